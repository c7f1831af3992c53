"""Word links between a sentence and its translation, from the two texts alone, so for any engine.

A lexical table that ships with the package says which Indonesian word goes with which English word. A token pair that
the table, a shared spelling or a shared number supports is a candidate. A Viterbi search over the candidates that
prefers a steady order runs in both directions (the HMM of Vogel, Ney and Tillmann 1996, without training), and the
two results are joined by growing their intersection (Och and Ney 2003).
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log, log1p, sqrt

from .document import Link

TABLE = "word-table.txt.gz"
# The table holds a probability as one digit: 0 stands for 1, and each step divides by the square root of two.
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PROBABILITY = {digit: 2 ** (-step / 2) for step, digit in enumerate(DIGITS)}

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}(?:-[^\W_]+)?|[^\W_]+(?:(?:[-'’‑]|(?<=\d)[.,:/](?=\d))[^\W_]+)*|[%$€£]")

# Tuned on the first half of tests/data/word-links.tsv.
_NULL = 0.02  # a link has to be better than this to be worth making
_JUMP = 0.4  # cost of a jump, times the logarithm of its width
_ROOT = 0.5  # weight of a match between roots
_PART = 0.6  # weight of a match with one part of a hyphenated word
_COGNATE = 0.3  # score of a shared spelling
_ALONE = 0.25  # a weaker link needs another link near it
_CANDIDATES = 8  # candidates kept for a token
_STATES = 12  # search states kept after a token

# For each source token, the target tokens it may be linked to and how well they fit (0 to 1).
Candidates = list[dict[int, float]]
Pair = tuple[int, int]
Path = tuple[()] | tuple[Pair, "Path"]


def tokenize(text: str) -> list[tuple[int, int]]:
    """Spans of the tokens that links may join: words with their hyphens and apostrophes, numbers, `%`, currency."""
    return [match.span() for match in _TOKEN.finditer(text)]


def normalize(token: str) -> str:
    """The table's form of a token: lower case, straight apostrophe, no possessive 's."""
    return token.lower().replace("’", "'").replace("‑", "-").removesuffix("'s").removesuffix("'")


_OUTER = re.compile(r"(?:[bpt]er|be(?=kerja)|[bp]el(?=ajar)|ke(?=\w{4,}an$)|di|me|pe)(?=\w{4})")
_INNER = re.compile(r"(?:[bpt]er|be(?=kerja)|[bp]el(?=ajar)|ke(?=\w{4,}an$))(?=\w{4})")
_NASAL = re.compile(r"m(?=[bfpv])|ng(?=[gkh])|n(?=[cdjstz])")
_NASALISED = {"k": "ng", "p": "m", "t": "n", "s": "ny"}
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """A key that the forms of an Indonesian root share (`tangkap`, `menangkap`, `penangkapan` → `nangkap`).

    The first sound is put in the nasal form that me- and pe- give it, which undoes their mutation without guessing
    (affixes: Sneddon and others, Indonesian Reference Grammar, 2010, chapter 1).
    """
    word = _single(word)
    for clitic in ("nya", "lah", "kah", "pun"):
        if word.endswith(clitic) and len(word) >= 7:
            word = word[:-3]
            break
    for prefix in (_OUTER, _INNER):
        if match := prefix.match(word):
            word = word[match.end() :]
            if nasal := _NASAL.match(word):
                word = word[nasal.end() :]
    if word.endswith("an") and len(word) > 5:
        word = word[:-2]
    if word.endswith("k") and len(word) > 3:
        word = word.rstrip("k")
    if word.endswith("i") and len(word) > 4:
        word = word[:-1]
    if word[1:2] in _VOWELS and word[0] in _NASALISED:
        return _NASALISED[word[0]] + word[1:]
    return "ng" + word if word[:1] in _VOWELS else word


def _single(word: str) -> str:
    """One half of a reduplicated word (`negara-negara`, `anak-anaknya`, `berpura-pura`); other words as they are."""
    left, _, right = word.partition("-")
    if len(left) > 2 and right.startswith(left):
        return left
    return right if len(right) > 2 and left.endswith(right) else word


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A key that the regular inflections of an English word share (`sign`, `signs`, `signed`, `signing` → `sign`)."""
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word.removesuffix(suffix)
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 2:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 2 else word


class _Table:
    """The lexical table: rows stay text until they are asked for."""

    def __init__(self, data: bytes) -> None:
        lines = gzip.decompress(data).decode().splitlines()
        self._rows = dict(line.split("\t", 1) for line in lines)

    @lru_cache(maxsize=5_000)  # noqa: B019 - there is one table
    def row(self, key: str) -> tuple[tuple[str, float], ...]:
        """Target words for KEY and their strength: the geometric mean of the probabilities of both directions."""
        words = self._rows.get(key, "").split()
        return tuple((word[:-2], sqrt(PROBABILITY[word[-2]] * PROBABILITY[word[-1]])) for word in words)


@cache
def _table() -> _Table:
    return _Table((files(__package__) / "data" / TABLE).read_bytes())


class _Target:
    """The tokens of the target, found by word, part of a hyphenated word, stem, number and spelling."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.stems: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.numbers: dict[str, list[int]] = defaultdict(list)
        self.spellings: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for j, word in enumerate(words):
            for part, weight in _parts(word):
                self.words[part].append((j, weight))
                self.stems[stem(part)].append((j, weight))
            for number in _numbers(word, english=True):
                self.numbers[number].append(j)
            spelling = _spelling(word)
            self.spellings[spelling[:2]].append((j, spelling))


def _parts(word: str) -> list[tuple[str, float]]:
    """The word and, if it has hyphens, its parts, with their weights."""
    pieces = word.split("-")
    return [(word, 1.0)] + [(piece, _PART) for piece in pieces if len(pieces) > 1 and piece]


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SWAP = str.maketrans(".,", ",.")
# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on


def _numbers(word: str, english: bool = False) -> list[str]:
    """The numbers in a word without thousands separators, as English writes them; a date `19/6` also gives `june`."""
    found = _NUMBER.findall(word)
    numbers = [(number if english else number.translate(_SWAP)).replace(",", "") for number in found]
    if english:
        return [*numbers, word] if word in _MONTHS else numbers
    if "/" in word and len(numbers) > 1 and numbers[1].isdecimal() and 1 <= int(numbers[1]) <= 12:
        numbers.append(_MONTHS[int(numbers[1]) - 1])
    return numbers


_RESPELLINGS = [(re.compile(a), b) for a, b in (("tion", "si"), ("ph|v", "f"), ("[cq]", "k"), ("y", "i"), ("x", "ks"))]
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def _spelling(word: str) -> str:
    """A word as Indonesian would spell it, roughly: `Zelenskyy`, `Zelensky` → `zelenski`, `defensive` → `defensif`."""
    for pattern, replacement in _RESPELLINGS:
        word = pattern.sub(replacement, word)
    return _REPEATED.sub(r"\1", word).removesuffix("e")


def _similarity(a: str, b: str) -> float:
    """Share of the longer word that a common beginning and a common end cover."""
    short, long = sorted((len(a), len(b)))
    start = next((k for k in range(short) if a[k] != b[k]), short)
    end = next((k for k in range(short - start) if a[-1 - k] != b[-1 - k]), short - start)
    return (start + end) / long


def _candidates(source: Sequence[str], target: Sequence[str]) -> Candidates:
    """What may be linked with each source token: the best few, the nearest to the diagonal first among equals."""
    index, table = _Target(target), _table()
    slope = len(target) / max(1, len(source))
    candidates: Candidates = []
    for i, word in enumerate(source):
        scores: dict[int, float] = defaultdict(float)
        for part, weight in _parts(word):
            keys = (("", part, index.words, weight), ("~", root(part), index.stems, weight * _ROOT))
            for mark, key, found, factor in keys:
                for translation, strength in table.row(mark + key):
                    for j, share in found.get(translation, ()):
                        scores[j] = max(scores[j], factor * share * strength)
        for j, score in _look_alikes(word, index):
            scores[j] = max(scores[j], score)
        best = sorted(scores, key=lambda j: (-scores[j], abs(j - slope * i)))[:_CANDIDATES]
        candidates.append({j: scores[j] for j in best if scores[j] > _NULL})
    return candidates


def _look_alikes(word: str, index: _Target) -> Iterator[tuple[int, float]]:
    """Target tokens that are the same word or number, or nearly."""
    yield from ((j, share) for j, share in index.words.get(word, ()) if len(word) > 1)
    numbers = _numbers(word)
    yield from ((j, 0.9 if len(numbers) == 1 else _PART) for number in numbers for j in index.numbers.get(number, ()))
    spelling = _spelling(word)
    if len(spelling) > 3 and not numbers:
        for j, other in index.spellings.get(spelling[:2], ()):
            similarity = _similarity(spelling, other)
            if similarity >= 0.7:
                yield j, _COGNATE * similarity


def _search(candidates: Sequence[dict[int, float]], size: int) -> set[Pair]:
    """The best link, or none, for each token: Viterbi over the candidates with a cost for jumps.

    A state is the last link made, so that the width of a jump is known across tokens without a link.
    """
    slope = size / max(1, len(candidates))
    # A path is a list of links, newest first, that shares its tail with the paths it grew from.
    states: dict[Pair, tuple[float, Path]] = {(-1, -1): (0.0, ())}
    for i, options in enumerate(candidates):
        if not options:
            continue
        following = dict(states)
        for j, score in options.items():
            best, path = max(
                (
                    (total - _JUMP * log1p(abs(j - b - slope * (i - a))), path)
                    for (a, b), (total, path) in states.items()
                ),
                key=lambda item: item[0],
            )
            following[i, j] = (best + log(score / _NULL), ((i, j), path))
        states = dict(sorted(following.items(), key=lambda item: (-item[1][0], item[0]))[:_STATES])
    path = max(states.values(), key=lambda item: item[0])[1]
    links: set[Pair] = set()
    while path:
        link, path = path
        links.add(link)
    return links


def _join(forward: set[Pair], backward: set[Pair], candidates: Candidates) -> set[Pair]:
    """The links of both directions, and those of one that continue a link or join two free tokens."""
    links = forward & backward
    sources, targets = {i for i, _ in links}, {j for _, j in links}
    rest = sorted(forward ^ backward, key=lambda pair: (-candidates[pair[0]][pair[1]], pair))
    for i, j in rest:
        free = (i not in sources) + (j not in targets)
        beside = {(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)} & links
        if free == 2 or (free == 1 and beside):
            links.add((i, j))
            sources.add(i)
            targets.add(j)
    return links


def _supported(links: set[Pair], candidates: Candidates) -> set[Pair]:
    """The links that are strong, or have another link near them."""
    near = [(a, b) for a in (-2, -1, 0, 1, 2) for b in (-2, -1, 0, 1, 2) if a or b]
    return {(i, j) for i, j in links if candidates[i][j] >= _ALONE or any((i + a, j + b) in links for a, b in near)}


def align(source: str, target: str) -> tuple[Link, ...]:
    """Word links between an Indonesian sentence and its English translation.

    Returns links in code points, sorted by their start in the source. A link spans several words only where they are
    contiguous and all linked to the same contiguous words on the other side. Punctuation is not linked.
    """
    s, t = tokenize(source), tokenize(target)
    candidates = _candidates([normalize(source[a:b]) for a, b in s], [normalize(target[a:b]) for a, b in t])
    transposed: Candidates = [{} for _ in t]
    for i, options in enumerate(candidates):
        for j, score in options.items():
            transposed[j][i] = score
    forward = _search(candidates, len(t))
    backward = {(i, j) for j, i in _search(transposed, len(s))}
    links = _supported(_join(forward, backward, candidates), candidates)
    return tuple(Link(s[a][0], s[b][1], t[c][0], t[d][1]) for a, b, c, d in _merge(links))


def _merge(links: set[Pair]) -> list[tuple[int, int, int, int]]:
    """Token ranges (both ends included): one for a group that is contiguous on both sides, else one for each link."""
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in sorted(links):
        touching = [group for group in groups if i in group[0] or j in group[1]]
        groups = [group for group in groups if group not in touching]
        groups.append(({i}.union(*(g[0] for g in touching)), {j}.union(*(g[1] for g in touching))))
    ranges = []
    for sources, targets in groups:
        if max(sources) - min(sources) < len(sources) and max(targets) - min(targets) < len(targets):
            ranges.append((min(sources), max(sources), min(targets), max(targets)))
        else:
            ranges += [(i, i, j, j) for i, j in links if i in sources and j in targets]
    return sorted(ranges)
