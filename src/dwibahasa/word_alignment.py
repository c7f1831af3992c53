"""Word links between a sentence and its translation, from the two texts alone, so for any engine.

A lexical table that ships with the package says which Indonesian word goes with which English word. A token pair that
the table, a shared spelling or a shared number supports is a candidate. A Viterbi search over the candidates that
prefers a steady order runs in both directions (the HMM of Vogel, Ney and Tillmann 1996, without training), and the
two results are joined by growing their intersection (Och and Ney 2003).
"""

import gzip
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log, log1p, sqrt

from .document import Link
from .word_forms import normalize, numbers, root, similarity, spelling, stem, tokenize

TABLE = "word-table.txt.gz"
# The table holds a probability as one digit: 0 stands for 1, and each step divides by the square root of two.
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PROBABILITY = {digit: 2 ** (-step / 2) for step, digit in enumerate(DIGITS)}

# Tuned on the first half of tests/data/word-links.tsv.
_NULL = 0.01  # a link has to be better than this to be worth making
_JUMP = 0.4  # cost of a jump, times the logarithm of its width
_ROOT = 0.7  # weight of a match between roots
_PART = 0.6  # weight of a match with one part of a hyphenated word
_COGNATE = 0.3  # score of a shared spelling
_SHARE = 0.1  # a second link of a token needs this share of the score of the link beside it
_ALONE = 0.1  # a weaker link needs another link near it
_WINDOW = 8  # places kept on each side of the diagonal where a word is repeated
_CANDIDATES = 8  # candidates kept for a token
_STATES = 12  # search states kept after a token

# English words that the clitic -nya of a word may stand for (`pasarnya`: its market), with their scores.
_CLITIC = {"its": 0.1, "his": 0.1, "her": 0.1, "their": 0.1, "it": 0.05, "him": 0.05, "them": 0.05}

# Token numbers in the target with a weight, in order.
Places = list[tuple[int, float]]
# For each source token, the target tokens it may be linked to and how well they fit (0 to 1).
Candidates = list[dict[int, float]]
Pair = tuple[int, int]
Path = tuple[()] | tuple[Pair, "Path"]


@cache
def _table() -> dict[str, str]:
    """The rows of the table, still text."""
    lines = gzip.decompress((files(__package__) / "data" / TABLE).read_bytes()).decode().splitlines()
    return dict(line.split("\t", 1) for line in lines)


@lru_cache(maxsize=5_000)
def translations(key: str) -> tuple[tuple[str, float], ...]:
    """English words for KEY and their strength, the geometric mean of the probabilities of both directions."""
    words = _table().get(key, "").split()
    return tuple((word[:-2], sqrt(PROBABILITY[word[-2]] * PROBABILITY[word[-1]])) for word in words)


class _Target:
    """Places of the target's tokens, in order, by word or part of one, by stem, by number, by start of spelling."""

    def __init__(self, words: Sequence[str]) -> None:
        self.spellings = [spelling(word) for word in words]
        self.words, self.stems, self.numbers, self.starts = (defaultdict[str, Places](list) for _ in range(4))
        for j, word in enumerate(words):
            for part, weight in _parts(word):
                self.words[part].append((j, weight))
                self.stems[stem(part)].append((j, weight))
            for number in numbers(word, english=True):
                self.numbers[number].append((j, 1.0))
            self.starts[self.spellings[j][:2]].append((j, 1.0))


def _parts(word: str) -> list[tuple[str, float]]:
    """The word and, if it has hyphens, its parts of four letters and more, with their weights."""
    pieces = word.split("-")
    return [(word, 1.0)] + [(piece, _PART) for piece in pieces if len(pieces) > 1 and len(piece) > 3]


def _candidates(source: Sequence[str], target: Sequence[str]) -> Candidates:
    """What each source token may be linked with: the best few, among equals the nearest to the diagonal."""
    index = _Target(target)
    slope = len(target) / max(1, len(source))
    candidates: Candidates = []
    for i, word in enumerate(source):
        scores: dict[int, float] = defaultdict(float)
        for places, score in _lookups(word, index):
            for j, share in _near(places, slope * i):
                scores[j] = max(scores[j], score * share)
        own = spelling(word)
        if len(own) > 3 and own[0].isalpha():
            for j, _ in _near(index.starts.get(own[:2], []), slope * i):
                alike = similarity(own, index.spellings[j])
                if alike >= 0.7:
                    scores[j] = max(scores[j], _COGNATE * alike)
        best = sorted(scores, key=lambda j: (-scores[j], abs(j - slope * i)))[:_CANDIDATES]
        candidates.append({j: scores[j] for j in best if scores[j] > _NULL})
    return candidates


def _near(places: Places, middle: float) -> Places:
    """The places nearest to MIDDLE, so that repeated words do not make time quadratic."""
    start = max(0, bisect_left(places, (middle,)) - _WINDOW)
    return places[start : start + 2 * _WINDOW]


def _lookups(word: str, index: _Target) -> Iterator[tuple[Places, float]]:
    """Places in the target where a word's translations, its numbers or the word itself stand, with their scores."""
    for part, weight in _parts(word):
        for translation, strength in translations(part):
            yield index.words.get(translation, []), weight * strength
        for translation, strength in translations("~" + root(part)):
            yield index.stems.get(translation, []), weight * strength * _ROOT
    if word.endswith("nya") and len(word) > 5:
        yield from ((index.words.get(pronoun, []), score) for pronoun, score in _CLITIC.items())
    if len(word) > 1:
        yield index.words.get(word, []), 1.0
    found = numbers(word)
    yield from ((index.numbers.get(number, []), 0.9 if len(found) == 1 else _PART) for number in found)


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
        if free == 2 or (free == 1 and any(candidates[i][j] >= _SHARE * candidates[a][b] for a, b in beside)):
            links.add((i, j))
            sources.add(i)
            targets.add(j)
    return links


def _settle(links: set[Pair], candidates: Candidates) -> set[Pair]:
    """The links that are strong or have another near them, and a link for two free tokens between two linked pairs."""
    near = [(a, b) for a in (-2, -1, 0, 1, 2) for b in (-2, -1, 0, 1, 2) if a or b]
    kept = {(i, j) for i, j in links if candidates[i][j] >= _ALONE or any((i + a, j + b) in links for a, b in near)}
    sources, targets = {i for i, _ in kept}, {j for _, j in kept}
    return kept | {
        (i + 1, j + 1) for i, j in kept if (i + 2, j + 2) in kept and i + 1 not in sources and j + 1 not in targets
    }


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
    links = _settle(_join(forward, backward, candidates), candidates)
    return tuple(Link(s[a][0], s[b][1], t[c][0], t[d][1]) for a, b, c, d in _merge(links))


def _merge(links: set[Pair]) -> list[tuple[int, int, int, int]]:
    """Token ranges (both ends included): one for a group that is contiguous on both sides, else one for each link."""
    beside: dict[tuple[str, int], list[Pair]] = defaultdict(list)
    for i, j in links:
        beside["s", i].append((i, j))
        beside["t", j].append((i, j))
    ranges, left = [], set(links)
    while left:
        group = [left.pop()]
        for i, j in group:
            more = left.intersection(beside["s", i] + beside["t", j])
            left -= more
            group += more
        s0, s1, t0, t1 = (f(pair[side] for pair in group) for side in (0, 1) for f in (min, max))
        if s1 - s0 < len({i for i, _ in group}) and t1 - t0 < len({j for _, j in group}):
            ranges.append((s0, s1, t0, t1))
        else:
            ranges += [(i, i, j, j) for i, j in group]
    return sorted(ranges)
