"""Names of the term base that a text has with one letter wrong. They are shown to a person; nothing is changed.

Only a word with a capital is looked at, and only one that neither the term base nor the table of the word links knows:
a real word or another name is no misspelling. The words of the names are found through an index of each of them with
one letter left out (symmetric deletion: Garbe, SymSpell, 2012), so the time is linear in the length of the text.
"""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from ..data import FOLDER
from ..data import words as word_set
from ..document import Term
from ._data import word_list
from .matching import stems
from .tokens import WORD, fold, gap, words
from .verbatim import verbatim_spans

MIN_LETTERS = 7
"""Letters of the shortest name that is suggested; shorter names lie one letter from other names (Iran, Irak)."""
MIN_WORD = 4
"""Letters of the shortest word inside a name that may be the wrong one: Kim Jong Il is not Kim Jong Un misspelt."""
_WINDOW = 3  # words that a name may have been torn into

Edit = Literal["insertion", "deletion", "substitution", "transposition", "space"]
"""What is wrong in the text: a letter too many, one missing, another letter, two that changed places, a space."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`found`, at `[start, end)` in code points of a text, may be meant to be the source of `term`."""

    start: int
    end: int
    found: str
    term: Term
    edit: Edit


@dataclass(frozen=True, slots=True)
class _Name:
    term: Term
    keys: tuple[str, ...]


class Speller:
    """Finds misspelt names of TERMS."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._known: set[str] = set()
        self._names: dict[str, list[tuple[_Name, int]]] = {}  # a word of a name, and which one it is
        self._solid: dict[str, _Name] = {}  # the words of a name without spaces
        self._near: dict[str, list[str]] = {}  # a word of a name without one letter, and the word
        for term in terms:
            for form in (term.source, term.target, *term.accept, *term.forbid):
                self._known.update(fold(word) for word, _ in WORD.findall(form))
            if keys := _name(term):
                self._add(_Name(term, keys))
        for word in self._names:
            for part in _shortened(word):
                self._near.setdefault(part, []).append(word)

    def _add(self, name: _Name) -> None:
        self._solid.setdefault("".join(name.keys), name)
        for place, key in enumerate(name.keys):
            if len(key) >= MIN_WORD:
                self._names.setdefault(key, []).append((name, place))

    def suggest(self, text: str) -> Iterator[Suggestion]:
        """The misspelt names in TEXT, in order and apart, none inside a verbatim span."""
        spans = [m.span(1) for m in WORD.finditer(text)]
        barred: Sequence[tuple[int, int]] | None = None
        done = 0
        for i, (start, end) in enumerate(spans):
            if start < done or not text[start].isupper() or (key := fold(text[start:end])) in self._known:
                continue
            best = max(self._candidates(text, spans, i, key), key=lambda s: s.end - s.start, default=None)
            if best is None or _is_known(key) or any(stem in self._known or _is_known(stem) for stem, _ in stems(key)):
                continue
            barred = verbatim_spans(text) if barred is None else barred
            if best.start >= done and not any(a < best.end and best.start < b for a, b in barred):
                yield best
                done = best.end

    def _candidates(self, text: str, spans: Sequence[tuple[int, int]], i: int, key: str) -> Iterator[Suggestion]:
        """What the word I of TEXT, KEY, may be meant to be, alone or with the words around it."""
        for near, cut in ((key, 0), *stems(key)):
            for word in dict.fromkeys(w for part in _shortened(near) for w in self._near.get(part, ())):
                if edit := edit_between(near, word):
                    for name, place in self._names[word]:
                        if len(name.keys) == 1 and not _likely(near, word):
                            continue
                        first, last = i - place, i - place + len(name.keys) - 1
                        others = [n for n in range(first, last + 1) if n != i]
                        if _run(text, spans, first, last) and all(
                            fold(text[slice(*spans[n])]) == name.keys[n - first] for n in others
                        ):
                            end = spans[last][1] - (cut if last == i else 0)
                            yield Suggestion(spans[first][0], end, text[spans[first][0] : end], name.term, edit)
        solid = ""
        for last in range(i, min(i + _WINDOW, len(spans))):
            solid += fold(text[slice(*spans[last])])
            found = self._solid.get(solid)
            if found and len(found.keys) != last - i + 1 and _run(text, spans, i, last):
                start, end = spans[i][0], spans[last][1]
                yield Suggestion(start, end, text[start:end], found.term, "space")


def nearest(terms: Iterable[Term], text: str) -> tuple[Term, ...]:
    """Those of TERMS whose source or target is TEXT but for one edit, in any case."""
    wanted = " ".join(word.key for word in words(text))
    return tuple(
        term
        for term in terms
        if any(
            abs(len(form) - len(wanted)) < MIN_WORD and edit_between(wanted, " ".join(w.key for w in words(form)))
            for form in (term.source, term.target)
        )
    )


def edit_between(found: str, meant: str) -> Edit | None:
    """The one edit that makes FOUND of MEANT; None where they are equal or further apart."""
    longer, shorter = (found, meant) if len(found) > len(meant) else (meant, found)
    if found == meant or len(longer) - len(shorter) > 1:
        return None
    at = next((n for n, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    if len(longer) > len(shorter):
        if longer[at + 1 :] != shorter[at:]:
            return None
        return "space" if longer[at] == " " else "insertion" if longer is found else "deletion"
    if longer[at + 1 :] == shorter[at + 1 :]:
        return "substitution"
    swapped = longer[at : at + 2] == shorter[at : at + 2][::-1] and longer[at + 2 :] == shorter[at + 2 :]
    return "transposition" if swapped else None


def _name(term: Term) -> tuple[str, ...]:
    """The words of TERM if it is a long name; empty for any other."""
    found = list(words(term.source))
    written = [term.source[w.start : w.end] for w in found]
    links = word_list("name_links")
    proper = written[0][0].isupper() and all(w[0].isupper() or w in links for w in written)
    if not proper or all(map(str.isupper, written)) or sum(map(len, written)) < MIN_LETTERS:
        return ()
    if any(gap(term.source[a.end : b.start]) for a, b in pairwise(found)) or not all(map(str.isalpha, written)):
        return ()
    return tuple(word.key for word in found)


def _likely(found: str, meant: str) -> bool:
    """Whether FOUND, a word alone, is MEANT rather than another name: people seldom get the first letter wrong (Pollock
    and Zamora 1984), and another last letter makes another name (Sukarno, Sukarni)."""
    return found[0] == meant[0] and (len(found) != len(meant) or found[-1] == meant[-1] or found[-2:] == meant[:-3:-1])


def _shortened(word: str) -> set[str]:
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def _run(text: str, spans: Sequence[tuple[int, int]], first: int, last: int) -> bool:
    """Whether there are words FIRST to LAST, with nothing but spaces and hyphens between them."""
    if first < 0 or last >= len(spans):
        return False
    return not any(gap(text[spans[n][1] : spans[n + 1][0]]) for n in range(first, last))


def _is_known(key: str) -> bool:
    return key in _vocabulary() or key in word_set("indonesian") or key in word_set("english")


@cache
def _vocabulary() -> frozenset[str]:
    """The Indonesian words of the table of word links, without what is between their parts."""
    lines = gzip.decompress((FOLDER / "word-table.txt.gz").read_bytes()).decode().splitlines()
    entries = (line.partition("\t")[0] for line in lines)
    return frozenset(fold(part) for entry in entries for part in (entry, *entry.split("-")))
