"""Put the form of a term where the word links say that its translation stands; undo what would read worse."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..document import Link, TermUse
from .english import article, is_function_word, is_plural, plural, singular
from .tokens import Word, words
from .verbatim import verbatim_spans

Align = Callable[[str, str], tuple[Link, ...]]
_MORE_WORDS = 2  # a place may have so many words more than twice those of the form
_ARTICLE = re.compile(r"\b(a|an|the)(\s+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Put `text` for `[start, end)`; the form stands in it from `offset` on, `length` long."""

    start: int
    end: int
    text: str
    offset: int
    length: int


def repair(source: str, uses: Sequence[TermUse], target: str, align: Align) -> tuple[str, tuple[TermUse, ...]]:
    """TARGET with the forms of missed and conflicting uses put in, and USES with their spans in the new target.

    ALIGN gives word links between SOURCE and a target; it is asked again after each repair. The words linked to a
    term are replaced, articles, capitals, plural and possessive looked after, never a word that another use claims.
    A repair that would drop or double a word, or for which no place is found, is not made and the use stays as it is.
    """
    done = list(uses)
    for i, use in enumerate(uses):
        if use.status not in ("missed", "conflict"):
            continue
        taken = [(u.start, u.end) for u in done if u.start >= 0] + list(verbatim_spans(target))
        place = _place(use, target, align(source, target), taken)
        edit = _edit(use, target, place) if place else None
        if not edit or any(a < edit.end and edit.start < b for a, b in taken):
            continue
        edited = target[: edit.start] + edit.text + target[edit.end :]
        if _doubled(edited) - _doubled(target):
            continue
        grown = len(edited) - len(target)
        done = [replace(u, start=u.start + grown, end=u.end + grown) if u.start >= edit.end else u for u in done]
        start = edit.start + edit.offset
        end = start + edit.length
        done[i] = TermUse(use.match, "repaired", edited[start:end], start, end, "repair")
        target = edited
    return target, tuple(done)


def _place(
    use: TermUse, target: str, links: Sequence[Link], taken: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """The span of TARGET to replace for USE, or None when the links show none that is safe to replace."""
    match = use.match
    text = list(words(target))
    ours = [k for k in links if k.s0 < match.end and match.start < k.s1]
    others = [k for k in links if k not in ours]
    free = [w for w in text if not any(a < w.end and w.start < b for a, b in taken)]
    linked = [w for w in free if _meets(w, ours) and not is_function_word(w.key)]
    if use.status == "conflict":
        forbidden = [f for form in match.term.forbid for f in _find(form, free, target)]
        near = [f for f in forbidden if any(_meets(w, ours) for w in f)]
        linked = (near or (forbidden if len(forbidden) == 1 else [[]]))[0] or linked
    form_keys = {singular(w.key) for w in words(match.term.target)}
    clusters = _clusters(linked, text, form_keys, free)
    if not clusters:
        return None
    best = max(clusters, key=lambda c: (sum(w in linked for w in c), -c[0].start))
    foreign = [w for w in best if _meets(w, others) and not _meets(w, ours) and singular(w.key) not in form_keys]
    lost = [w for w in foreign if not is_function_word(w.key) and w not in linked]
    if lost or len(best) > 2 * len(form_keys) + _MORE_WORDS or any(w.key.isdigit() for w in best):
        return None
    return best[0].start, best[-1].possessive_end


def _meets(word: Word, links: Sequence[Link]) -> bool:
    return any(k.t0 < word.end and word.start < k.t1 for k in links)


def _find(form: str, text: Sequence[Word], target: str) -> list[list[Word]]:
    keys = [singular(w.key) for w in words(form)]
    runs = (list(text[i : i + len(keys)]) for i in range(len(text) - len(keys) + 1))
    return [run for run in runs if [singular(w.key) for w in run] == keys]


def _clusters(
    linked: Sequence[Word], text: Sequence[Word], form_keys: set[str], free: Sequence[Word]
) -> list[list[Word]]:
    """Runs of words of TEXT: linked ones, function words between them, and neighbours that the form has too."""
    clusters: list[list[Word]] = []
    run: list[Word] = []
    inside = [w in free and (w in linked or singular(w.key) in form_keys) for w in text]
    for word, belongs in zip(text, inside, strict=True):
        if belongs or (run and is_function_word(word.key) and word in free):
            run.append(word)
        else:
            clusters.append(run)
            run = []
    clusters.append(run)
    trimmed = []
    for run in clusters:
        while (
            run and is_function_word(run[-1].key) and run[-1] not in linked and singular(run[-1].key) not in form_keys
        ):
            run.pop()
        if any(w in linked for w in run):
            trimmed.append(run)
    return trimmed


def _edit(use: TermUse, target: str, place: tuple[int, int]) -> _Edit:
    """The replacement of PLACE by the form of USE, in the number, case and possessive of what stood there."""
    start, end = place
    old = target[start:end]
    form = use.match.term.target
    possessive = old[-2:] if old[-2:].lower() in ("'s", "’s") else ""
    bare = old[: len(old) - len(possessive)]
    if form.islower() and is_plural(bare.lower()) and not is_plural(form):
        form = plural(form)
    if target.isupper():
        form, possessive = form.upper(), possessive.upper()
    first = not any(char.isalnum() for char in target[:start])
    before = _ARTICLE.search(target[:start])
    lead = ""
    if before:
        start = before.start()
        first = not any(char.isalnum() for char in target[:start])
        kept = before[1].lower()
        if form.lower().startswith("the ") or (kept != "the" and form.islower() and is_plural(form)):
            kept = ""
        elif kept != "the":
            kept = article(form)
        if kept:
            lead = (
                kept.upper() if target.isupper() else kept.capitalize() if before[1][0].isupper() else kept
            ) + before[2]
            first = False
    if first:
        form = form[:1].upper() + form[1:]
    return _Edit(start, end, lead + form + possessive, len(lead), len(form + possessive))


def _doubled(text: str) -> set[tuple[str, ...]]:
    """Words and pairs of words that come twice in a row in TEXT."""
    keys = [w.key for w in words(text)]
    once = {(a,) for a, b in pairwise(keys) if a == b}
    return once | {tuple(keys[i : i + 2]) for i in range(len(keys) - 3) if keys[i : i + 2] == keys[i + 2 : i + 4]}
