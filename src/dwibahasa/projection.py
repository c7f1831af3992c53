"""Where inline markup of a source stands in the translation: spans carried over by word links and terms."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from .document import BilingualDocument, TranslationUnit

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_OPENING, _CLOSING = "“\"‘'«([{", "”\"’'»)]},.;:?!…"

Span = tuple[int, int]


def translated(
    document: BilingualDocument, start: int, end: int, spans: Sequence[Span]
) -> tuple[str, list[Span | None]]:
    """The translation of `[start, end)` of the source's text, and where in it each of SPANS stands.

    START and END are bounds of blocks; SPANS lie between them, in the offsets of the source's text, and the answers
    are offsets in the translation, None where a span has no place there. A span of no length is a point and
    has always a place (`point`). A unit without a target stays as it is in the source. The white space between
    segments is kept.
    """
    first = bisect_left(document.units, start, key=_start)
    units = document.units[first : bisect_left(document.units, end, key=_start)]
    parts, offsets, at = [], [], 0
    for unit in units:
        offsets.append(at)
        parts.append((unit.segment.text if unit.target is None else unit.target) + unit.segment.space)
        at += len(parts[-1])
    text = "".join(parts).rstrip()
    return text, [_place(units, offsets, left, right, len(text)) for left, right in spans]


def _start(unit: TranslationUnit) -> int:
    return unit.segment.start


def _place(units: Sequence[TranslationUnit], offsets: Sequence[int], left: int, right: int, length: int) -> Span | None:
    """Where `[left, right)` of the source stands in the translations of UNITS, which begin at OFFSETS of a text of
    LENGTH."""
    number = max(bisect_right(units, left, key=_start) - 1, 0)
    if left == right:
        at = offsets[number] + _at(units[number], left) if units else 0
        return min(at, length), min(at, length)
    found = []
    for index in range(number, len(units)):
        segment = units[index].segment
        if segment.start >= right:
            break
        inside = max(left - segment.start, 0), min(right, segment.end) - segment.start
        if left < segment.end and (place := project(units[index], *inside)):
            found.append((place[0] + offsets[index], place[1] + offsets[index]))
    return (found[0][0], min(found[-1][1], length)) if found else None


def _at(unit: TranslationUnit, at: int) -> int:
    """Where the point AT of the source's text stands in the unit's target and the white space after it."""
    segment = unit.segment
    return point(unit, min(at, segment.end) - segment.start) + max(at - segment.end, 0)


def project(unit: TranslationUnit, start: int, end: int) -> Span | None:
    """Where `[start, end)` of the unit's source stands in its target, or None where it does not.

    The run of target words of which most are linked to words inside the span and fewest to words outside it; where
    none is linked, what stands between the neighbours' links. A quotation mark, a bracket or a stop at the edge of
    the span goes along.
    """
    source = unit.segment.text
    if unit.target is None:
        return start, end
    target = unit.target
    if target == source:
        return start, end
    if not source[:start].strip() and not source[end:].strip():
        return 0, len(target)
    if not (words := [match.span() for match in _WORD.finditer(target)]) or not source[start:end].strip():
        return None
    pairs = [(link.s0, link.s1, link.t0, link.t1) for link in unit.links]
    pairs += [(use.match.start, use.match.end, use.start, use.end) for use in unit.terms if use.start >= 0]
    weights = [_weight(word, pairs, start, end) for word in words]
    best = _heaviest(weights) or _between(words, pairs, start, end)
    if best is None:
        return None
    return _with_edges(source, target, (start, end), (words[best[0]][0], words[best[1]][1]))


def point(unit: TranslationUnit, at: int) -> int:
    """Where a point of the unit's source, such as the place of a footnote's mark, stands in its target: after the
    word that it follows, or before the one that comes next where white space is on its left."""
    source, target = unit.segment.text, unit.target
    if target is None or target == source or at <= 0:
        return max(at, 0)
    if at >= len(source):
        return len(target)
    before = [match.span() for match in _WORD.finditer(source) if match.start() < at]
    after = _WORD.search(source, at)
    if before and not source[at - 1].isspace():
        if place := project(unit, *before[-1]):
            end = place[1]
            marks = len(source[before[-1][1] : at])
            while marks and end < len(target) and target[end] in _CLOSING:
                end, marks = end + 1, marks - 1
            return end
    elif after and (place := project(unit, *after.span())):
        return place[0]
    share = round(len(target) * at / len(source))
    return next((match.end() for match in _WORD.finditer(target) if match.end() >= share), len(target))


def _weight(word: Span, pairs: Sequence[tuple[int, int, int, int]], start: int, end: int) -> float:
    """How much a target word belongs to the span: 1 where it is linked inside it, -1 outside, in between for both."""
    linked = [start < s1 and s0 < end for s0, s1, t0, t1 in pairs if t0 < word[1] and word[0] < t1]
    return (2 * sum(linked) - len(linked)) / len(linked) if linked else 0.0


def _heaviest(weights: Sequence[float]) -> Span | None:
    """The first and last index of the shortest run with the greatest sum, if that is above zero (Kadane)."""
    best, found = 0.0, None
    total, first = 0.0, 0
    for index, weight in enumerate(weights):
        if total <= 0:
            total, first = 0.0, index
        total += weight
        if total > best:
            best, found = total, (first, index)
    return found


def _between(words: Sequence[Span], pairs: Sequence[tuple[int, int, int, int]], start: int, end: int) -> Span | None:
    """The words between those linked to what stands right before the span and right after it."""
    before = max(((s1, t1) for _, s1, _, t1 in pairs if s1 <= start), default=(0, 0))[1]
    after = min(((s0, t0) for s0, _, t0, _ in pairs if s0 >= end), default=(0, words[-1][1]))[1]
    inside = [index for index, word in enumerate(words) if before <= word[0] and word[1] <= after]
    return (inside[0], inside[-1]) if inside else None


def _with_edges(source: str, target: str, span: Span, place: Span) -> Span:
    """PLACE with the punctuation at its edges that the source has inside SPAN."""
    start, end = place
    inner = source[span[0] : span[1]].strip()
    while start and target[start - 1] in _OPENING and inner[:1] in _OPENING:
        start, inner = start - 1, inner[1:]
    closing = len(inner) - len(inner.rstrip(_CLOSING))
    while closing and end < len(target) and target[end] in _CLOSING:
        end, closing = end + 1, closing - 1
    return start, end
