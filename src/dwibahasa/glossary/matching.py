"""Where terms stand in Indonesian text: a trie of words, walked from each word that begins a term.

The walk from a word is no longer than the longest term, so the time is linear in the length of the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ..document import Term, TermMatch
from ._data import word_list
from .tokens import WORD, Word, fold, gap, plain, words
from .verbatim import verbatim_spans

_MIN_STEM = 2  # letters before a clitic
_MIN_LOWER = 3  # the same where the term is not an acronym
_MIN_CAPITALS = 5  # letters in capitals that are read as emphasis and not as an acronym
_HYPHENS = ("-", "‐", "‑")


@dataclass(frozen=True, slots=True)
class _Entry:
    term: Term
    words: tuple[str, ...]
    gaps: tuple[str, ...]


class _Node:
    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.entries: list[_Entry] = []


@lru_cache(maxsize=1 << 16)
def _stems(key: str) -> tuple[tuple[str, int], ...]:
    """What KEY may be without clitics, and their length: `kebijakannyalah` gives `kebijakannya`, `kebijakan`."""
    stems = []
    cut = 0
    clitics = word_list("clitics")
    while key.endswith(clitics) and key not in word_list("clitic_lookalikes"):
        length = max(len(c) for c in clitics if key.endswith(c))
        key, cut = key[:-length], cut + length
        if len(key) < _MIN_STEM:
            break
        stems.append((key, cut))
    return tuple(stems)


class Matcher:
    """Finds TERMS, given in order of rank: of two that fit the same place the first is taken."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._root = _Node()
        self._gaps = {""}
        self._begins: dict[str, bool] = {}
        for term in terms:
            self._add(term)

    def _add(self, term: Term) -> None:
        parts = list(words(term.source))
        gaps = tuple(gap(term.source[a.end : b.start]) for a, b in pairwise(parts))
        node = self._root
        for part in parts:
            node = node.next.setdefault(part.key, _Node())
        node.entries.append(_Entry(term, tuple(plain(term.source[p.start : p.end]) for p in parts), gaps))
        self._gaps.update(gaps)

    def _may_begin(self, word: str) -> bool:
        """Whether a term may begin with WORD; the answers are kept, since most words come often."""
        begin = self._begins.get(word)
        if begin is None:
            key = fold(word)
            begin = key in self._root.next or any(stem in self._root.next for stem, _ in _stems(key))
            if len(self._begins) > 1 << 17:
                self._begins.clear()
            self._begins[word] = begin
        return begin

    def find(self, text: str) -> Iterator[TermMatch]:
        """The longest leftmost matches in TEXT, in order and apart, none inside a verbatim span."""
        barriers = iter((*verbatim_spans(text), (len(text), len(text))))
        barrier = next(barriers)
        capitals = text.isupper()
        begins = self._begins
        done = 0
        for m in WORD.finditer(text):
            if not (begins[m[1]] if m[1] in begins else self._may_begin(m[1])) or m.start() < done:
                continue
            start = m.start()
            while barrier[1] <= start:
                barrier = next(barriers)
            if start >= barrier[0] or (start and _in_word(text[start - 1])):
                continue
            if found := self._longest(text, _word(m), barrier[0], capitals):
                yield found
                done = found.end

    def _longest(self, text: str, first: Word, limit: int, capitals: bool) -> TermMatch | None:
        """The longest term that begins with the word FIRST and ends by LIMIT; a reduplicated word (rudal-rudal) may
        stand for a single one."""
        best: TermMatch | None = None
        branches: list[tuple[_Node, tuple[Word, ...], Word]] = [(self._root, (), first)]
        while branches:
            node, path, word = branches.pop()
            while word.end <= limit:
                child = node.next.get(word.key)
                if child and child.entries and not (best and word.end <= best.end):
                    best = _ending(child, text, (*path, word), 0, capitals) or best
                for stem, cut in _stems(word.key):
                    shorter = node.next.get(stem)
                    if shorter and shorter.entries and not (best and word.end - cut <= best.end):
                        best = _ending(shorter, text, (*path, word._replace(end=word.end - cut)), cut, capitals) or best
                after = WORD.search(text, word.end)
                if not after:
                    break
                following = _word(after)
                between = text[word.end : following.start]
                if between in _HYPHENS and _doubles(word.key, following.key):
                    branches.append((node, path, following._replace(start=word.start)))
                if not child or not child.next or gap(between) not in self._gaps:
                    break
                path = (*path, word)
                node, word = child, following
        return best


def _word(m: re.Match[str]) -> Word:
    return Word(m.start(), m.end(1), fold(m[1]), m.end())


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _doubles(key: str, after: str) -> bool:
    return after == key or any(stem == key for stem, _ in _stems(after))


def _ending(node: _Node, text: str, path: tuple[Word, ...], cut: int, capitals: bool) -> TermMatch | None:
    """The first entry of NODE that fits the words at PATH; CUT letters of clitics follow the last one."""
    start, end = path[0].start, path[-1].end
    if cut:
        # ASlah may be AS + -lah, but aslah and ASLAH are other words
        if end - start < _MIN_CAPITALS and len(path) == 1 and text[start:end].isupper() and not text[end].islower():
            return None
        if end - start < _MIN_LOWER and not text[start:end].isupper():
            return None
    elif end < len(text) and _in_word(text[end]):
        return None
    for entry in node.entries:
        if text[start:end] == entry.term.source or _fits(entry, text, path, capitals):
            return TermMatch(entry.term, start, end)
    return None


def _fits(entry: _Entry, text: str, path: tuple[Word, ...], capitals: bool) -> bool:
    """Whether the gaps and the case of the words at PATH are the entry's, by its case rule."""
    between = [text[a.end : b.start] for a, b in pairwise(path)]
    if tuple(map(gap, between)) != entry.gaps:
        return False
    found = [_single(plain(text[p.start : p.end])) for p in path]
    if entry.term.case == "exact":
        return all(f == w for f, w in zip(found, entry.words, strict=True))
    shouted = capitals or sum(map(len, found)) >= _MIN_CAPITALS
    for i, (f, w) in enumerate(zip(found, entry.words, strict=True)):
        hyphened = any(g and not g.isspace() for g in (*between[max(i - 1, 0) : i], *between[i : i + 1]))
        if f != w and not w.islower() and not hyphened and not (shouted and f.isupper()):
            return False
    return True


def _single(word: str) -> str:
    """The first half of a reduplicated WORD; any other as it is."""
    return word.replace("‐", "-").replace("‑", "-").partition("-")[0]


def ranked(terms: Iterable[Term]) -> list[Term]:
    """TERMS in order of rank for a `Matcher`: those of a later file first, one entry for each source of a file.

    Where a file has several senses of one source, the first stands for all, and what the others say is right is
    accepted: nothing here tells the senses apart.
    """
    files: dict[str, dict[str, list[Term]]] = {}
    for term in terms:
        files.setdefault(term.file, {}).setdefault(term.source, []).append(term)
    return [_joined(senses) for sources in reversed(files.values()) for senses in sources.values()]


def _joined(senses: list[Term]) -> Term:
    first, *others = senses
    if not others:
        return first
    right = dict.fromkeys((*first.accept, *(form for o in others for form in (o.target, *o.accept))))
    right.pop(first.target, None)
    forbid = tuple(
        f for f in dict.fromkeys(f for s in senses for f in s.forbid) if f not in right and f != first.target
    )
    return replace(first, accept=tuple(right), forbid=forbid)
