"""Where in a translation the form of a missed term belongs."""

import re
from collections.abc import Sequence

from ..document import Link, Term, TermUse
from .english import is_function_word, stem
from .forms import occurrences
from .tokens import Word, words

Span = tuple[int, int]
_MORE_WORDS = 2  # a place may have so many words more than twice those of the form
_SHORT = 3  # letters; words of the source up to this length are mostly function words (di, dan, tak)
_BETWEEN = re.compile(r"\s+|-")
_REST = re.compile(r"[\w'’-]*")


def find_place(source: str, use: TermUse, target: str, links: Sequence[Link], taken: Sequence[Span]) -> Span | None:
    """The span of TARGET to replace for USE, outside TAKEN, or None when the links show none that is safe to replace.

    A forbidden form that is linked to the term, or stands there alone, is the place. Else all words linked to the
    term must stand together, and each word of the term needs a link or an unlinked neighbour of the place on the
    side where English puts its translation: heads come first in Indonesian and last in English.
    """
    term = use.match.term
    start, end = use.match.start, next(_REST.finditer(source, use.match.end)).end()
    ours = [k for k in links if start <= k.s0 and k.s1 <= end]  # links may cover a clitic after the term
    text = list(words(target))
    kinds = _kinds(text, term, ours, links, taken)
    if use.status == "conflict":
        free = [w for w, kind in zip(text, kinds, strict=True) if kind != "x" or _meets(w, ours)]
        if forbidden := _forbidden(term, free, target, ours, taken):
            return forbidden
    first, last = kinds.find("o"), kinds.rfind("o")
    if first < 0 or "x" in kinds[first:last]:
        return None
    credit = _unlinked(source, use.match.start, use.match.end, ours, kinds[first:last].count("l"))
    for step in (-1, 1):
        i = last if step > 0 else first
        while 0 <= i + step < len(text):
            a, b = sorted((i, i + step))
            if not _BETWEEN.fullmatch(target, text[a].end, text[b].start):
                break
            if kinds[i + step] == "l" and credit[step] > 0:
                credit[step] -= 1
            elif kinds[i + step] not in ("o", "f"):
                break
            i += step
        first, last = min(first, i), max(last, i)
    if any(credit.values()) or last - first >= 2 * len(list(words(term.target))) + _MORE_WORDS:
        return None
    return text[first].start, text[last].possessive_end


def _kinds(text: Sequence[Word], term: Term, ours: Sequence[Link], links: Sequence[Link], taken: Sequence[Span]) -> str:
    """A letter for each word: `o` linked to the term, `f` a word of the form, `l` linked to nothing, `w` a function
    word, `x` none to touch."""
    others = [k for k in links if k not in ours]
    form = {stem(w.key) for w in words(term.target)}
    cut = tuple(w.key for w in words(term.target) if term.target[w.end : w.end + 1] == ".")  # Gen. of General
    kinds = ""
    for word in text:
        if word.key.isdigit() or any(a < word.end and word.start < b for a, b in taken):
            kinds += "x"
        elif is_function_word(word.key):
            kinds += "w"
        elif _meets(word, ours) and not _meets(word, others):
            kinds += "o"
        elif stem(word.key) in form or (cut and word.key.startswith(cut)):
            kinds += "f"
        else:
            kinds += "x" if _meets(word, links) else "l"
    return kinds


def _meets(word: Word, links: Sequence[Link]) -> bool:
    return any(k.t0 < word.end and word.start < k.t1 for k in links)


def _forbidden(
    term: Term, text: Sequence[Word], target: str, ours: Sequence[Link], taken: Sequence[Span]
) -> Span | None:
    """Where a forbidden form of TERM stands among the words TEXT: the one linked to the term, or the only one."""
    found = {(f.start, f.end) for form in term.forbid for f in occurrences(form, text, target)}
    found = {(a, b) for a, b in found if not any(c < b and a < d for c, d in taken)}
    linked = {(a, b) for a, b in found if any(k.t0 < b and a < k.t1 for k in ours)}
    return min(linked or found) if linked or len(found) == 1 else None


def _unlinked(source: str, start: int, end: int, ours: Sequence[Link], inside: int) -> dict[int, int]:
    """How many words of the term at `[start, end)` have no link and belong to the left (-1) and right (1) of the
    place; INSIDE of them stand in it already, below zero where more words stand in it than the term has."""
    term = [w for w in words(source[:end], start) if len(w.key) > _SHORT or source[w.start : w.end].isupper()]
    linked = [any(k.s0 < w.end and w.start < k.s1 for k in ours) for w in term]
    if True not in linked:
        return {-1: 0, 1: 0}
    after = linked[::-1].index(True)
    return {-1: after, 1: linked.count(False) - after - inside}
