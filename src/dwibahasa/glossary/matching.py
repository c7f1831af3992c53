"""Where terms stand in Indonesian text: a trie of words, walked from each word that begins a term.

The walk from a word is no longer than the longest term, so the time is linear in the length of the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ..document import Term, TermMatch
from ._data import word_list
from .tokens import WORD, fold, gap, plain, words
from .verbatim import verbatim_spans

_MIN_STEM = 2  # letters before a clitic
_MIN_LOWER = 3  # the same where the term is not an acronym
_MIN_CAPITALS = 5  # letters in capitals that are read as emphasis and not as an acronym
_MOST_ANSWERS = 1 << 17
_HYPHENS = ("-", "‐", "‑")
_DOUBLE = re.compile("[-‐‑]")
_AGE = re.compile(r"\s\(\d{2}\)")


_Path = tuple[tuple[int, int], ...]
"""The spans of the words that stand for those of a term, a reduplicated one as one."""


@dataclass(frozen=True, slots=True)
class _Entry:
    term: Term
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    doubled: bool  # a reduplication itself: mata-mata, "spy"


class _Node:
    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.entries: list[_Entry] = []


@lru_cache(maxsize=1 << 16)
def stems(key: str) -> tuple[tuple[str, int], ...]:
    """What KEY may be without clitics, and their length: `kebijakannyalah` gives `kebijakannya`, `kebijakan`."""
    found = []
    cut = 0
    clitics = word_list("clitics")
    while key.endswith(clitics) and key not in word_list("clitic_lookalikes"):
        length = max(len(c) for c in clitics if key.endswith(c))
        key, cut = key[:-length], cut + length
        if len(key) < _MIN_STEM:
            break
        found.append((key, cut))
    return tuple(found)


class _Text:
    """A text and its words: their keys, starts and ends."""

    __slots__ = ("_alone", "_has", "_joined", "capitals", "ends", "keys", "starts", "text")

    def __init__(self, text: str) -> None:
        spans = [m.span(1) for m in WORD.finditer(text)]
        self.text = text
        self.capitals = text.isupper()
        self.keys = [fold(text[a:b]) for a, b in spans]
        self.starts = [a for a, _ in spans]
        self.ends = [b for _, b in spans]
        self._joined = ""
        self._alone: set[str] = set()
        self._has: dict[str, bool] = {}

    def holds(self, term: Term) -> bool:
        """Whether TERM holds in this text by its context rules; each expression is looked for once."""
        return (not term.near or any(map(self._near, term.near))) and not any(map(self._near, term.not_near))

    def _near(self, expression: str) -> bool:
        if expression not in self._has:
            if not self._joined:
                self._joined = f" {' '.join(self.keys)} "
                self._alone = {stem for key in set(self.keys) for stem, _ in stems(key)}
            key = " ".join(word.key for word in words(expression))
            self._has[expression] = f" {key} " in self._joined or key in self._alone
        return self._has[expression]


class Matcher:
    """Finds TERMS, given in order of rank: of two that fit the same place the first is taken."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._root = _Node()
        self._gaps = {""}
        self._begins: dict[str, Mapping[str, object] | None] = {}
        for term in terms:
            self._add(term)

    def _add(self, term: Term) -> None:
        parts = list(words(term.source))
        gaps = tuple(gap(term.source[a.end : b.start]) for a, b in pairwise(parts))
        node = self._root
        for part in parts:
            node = node.next.setdefault(part.key, _Node())
        written = tuple(plain(term.source[p.start : p.end]) for p in parts)
        node.entries.append(_Entry(term, written, gaps, any(a.key == b.key for a, b in pairwise(parts))))
        self._gaps.update(gaps)

    def _seconds(self, key: str) -> Mapping[str, object] | None:
        """What must follow the word KEY to make a term: None where no term begins so, empty where it may be one."""
        child = self._root.next.get(key)
        alone = any(stem in self._root.next for stem, _ in stems(key))
        if child is None or alone or child.entries:
            return {} if child or alone else None
        return child.next

    def find(self, text: str) -> Iterator[TermMatch]:
        """The longest leftmost matches in TEXT, in order and apart, none inside a verbatim span."""
        found = _Text(text)
        barriers = iter((*verbatim_spans(text), (len(text), len(text))))
        barrier = next(barriers)
        done = 0
        for i, (key, start) in enumerate(zip(found.keys, found.starts, strict=True)):
            if key not in self._begins:  # most words come often and begin no term: the answers are kept
                if len(self._begins) > _MOST_ANSWERS:
                    self._begins.clear()
                self._begins[key] = self._seconds(key)
            seconds = self._begins[key]
            if seconds is None or start < done:
                continue
            after = found.keys[i + 1] if i + 1 < len(found.keys) else ""
            if seconds and after not in seconds and after != key and not stems(after):
                continue
            while barrier[1] <= start:
                barrier = next(barriers)
            if start >= barrier[0] or (start and _in_word(text[start - 1])):
                continue
            if (match := self._longest(found, i, barrier[0])) and not _of_another_name(found, i, match):
                yield match
                done = match.end

    def _longest(self, found: _Text, i: int, limit: int) -> TermMatch | None:
        """The longest term that begins with word I and ends by LIMIT; a reduplicated word (rudal-rudal) may stand for
        a single one."""
        text, keys, starts, ends = found.text, found.keys, found.starts, found.ends
        best: TermMatch | None = None
        branches: list[tuple[_Node, _Path, int, int]] = [(self._root, (), i, starts[i])]
        while branches:
            node, path, i, start = branches.pop()
            while i < len(keys) and ends[i] <= limit:
                end, child = ends[i], node.next.get(keys[i])
                for stem, cut in ((keys[i], 0), *stems(keys[i])):
                    last = node.next.get(stem)
                    if last and last.entries and not (best and end - cut <= best.end):
                        best = _ending(last, found, (*path, (start, end - cut)), cut) or best
                if i + 1 == len(keys):
                    break
                once = start == starts[i]
                if once and text[end : starts[i + 1]] in _HYPHENS and _doubles(keys[i], keys[i + 1]):
                    branches.append((node, path, i + 1, start))
                if not child or not child.next or gap(text[end : starts[i + 1]]) not in self._gaps:
                    break
                path, node, i = (*path, (start, end)), child, i + 1
                start = starts[i]
        return best


def _of_another_name(found: _Text, i: int, match: TermMatch) -> bool:
    """Whether MATCH, which begins with word I, belongs to a street's name or is a person's initials: `AS (34)`."""
    here = found.text[match.start : match.end]
    if here.isupper() and len(here) < _MIN_CAPITALS and _AGE.match(found.text, match.end):
        return True
    if not i or found.capitals or not here[0].isupper():
        return False
    head, between = found.text[found.starts[i - 1] : found.ends[i - 1]], found.text[found.ends[i - 1] : match.start]
    return head in word_list("name_heads") and between.strip(".") == " "


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _doubles(key: str, after: str) -> bool:
    return after == key or any(stem == key for stem, _ in stems(after))


def _ending(node: _Node, found: _Text, path: _Path, cut: int) -> TermMatch | None:
    """The first entry of NODE that fits the words at PATH; CUT letters of clitics follow the last one."""
    start, end = path[0][0], path[-1][1]
    here = found.text[start:end]
    after = found.text[end : end + 1]
    if cut and len(here) < _MIN_CAPITALS and len(path) == 1:
        # ASlah may be AS and -lah, but aslah and ASLAH are other words
        if after.isupper() if here.isupper() else len(here) < _MIN_LOWER:
            return None
    elif not cut and _in_word(after):
        return None
    for entry in node.entries:
        source = entry.term.source
        if source.endswith(")") and (cut or after != ")"):
            continue
        if (here == source or _fits(entry, found, path)) and found.holds(entry.term):
            return TermMatch(entry.term, start, end + source.endswith(")"))
    return None


def _fits(entry: _Entry, found: _Text, path: _Path) -> bool:
    """Whether the gaps and the case of the words at PATH are the entry's, by its case rule."""
    between = [found.text[a[1] : b[0]] for a, b in pairwise(path)]
    if tuple(map(gap, between)) != entry.gaps:
        return False
    halves = [_DOUBLE.split(plain(found.text[a:b])) for a, b in path]
    if entry.doubled and any(len(h) > 1 for h in halves):
        return False
    here = [h[0] for h in halves]
    if entry.term.case == "exact":
        return all(h == w for h, w in zip(here, entry.words, strict=True))
    shouted = found.capitals or sum(map(len, here)) >= _MIN_CAPITALS
    for i, (h, w) in enumerate(zip(here, entry.words, strict=True)):
        hyphened = any(g and not g.isspace() for g in (*between[max(i - 1, 0) : i], *between[i : i + 1]))
        if h != w and not w.islower() and not hyphened and not (shouted and h.isupper()):
            return False
    return True


def ranked(terms: Iterable[Term]) -> list[Term]:
    """TERMS in order of rank for a `Matcher`: those of a later file first, of one source those with a context first.

    Where a file has several senses of one source without a context, the first stands for all, and what the others say
    is right is accepted: nothing tells these senses apart.
    """
    files: dict[str, dict[str, list[Term]]] = {}
    for term in terms:
        files.setdefault(term.file, {}).setdefault(term.source, []).append(term)
    return [
        term for sources in reversed(files.values()) for senses in sources.values() for term in _of_one_source(senses)
    ]


def _of_one_source(senses: list[Term]) -> list[Term]:
    if len(senses) == 1:
        return senses
    bound = [term for term in senses if term.near or term.not_near]
    if len(bound) == len(senses):
        return bound
    first, *others = [term for term in senses if not term.near and not term.not_near]
    right = dict.fromkeys((*first.accept, *(form for o in others for form in (o.target, *o.accept))))
    right.pop(first.target, None)
    wrong = dict.fromkeys(form for term in (first, *others) for form in term.forbid)
    forbid = tuple(form for form in wrong if form not in right and form != first.target)
    return [*bound, replace(first, accept=tuple(right), forbid=forbid)]
