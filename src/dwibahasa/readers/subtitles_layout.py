"""The translation of a passage of subtitles, divided among its cues and set in lines."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..data import words
from ..document import BilingualDocument
from ..projection import Span, translated
from ._base import Piece
from ._inline import Wrap, rendered

_DATA = Path(__file__).with_name("data")
WIDTH = 42
"""Code points a line, as the style guides of broadcasters and streaming services have it; two lines a cue."""
_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"\s+(?![-–—‐])")  # a line that begins with a dash would be another speaker's
_AFTER_MARK, _BEFORE_CLAUSE = 0.15, 0.08
"""How far a cut may lie from where it would be by length, as a share of the text, to stand after a punctuation mark or
before a word that opens a clause. Own choice."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one speaker says in one cue: its piece and wraps, its range `[start, end)` of the source, and whether a
    dash or a voice shows another speaker."""

    piece: Piece
    wraps: tuple[Wrap, ...]
    start: int
    end: int
    speaker: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Parts that belong together, the piece of all of them, and where in it each begins."""

    piece: Piece
    parts: tuple[Part, ...]
    starts: tuple[int, ...]


def divided(
    document: BilingualDocument, passage: Passage, span: Span, escape: Callable[[str], str]
) -> Iterator[tuple[Part, str]]:
    """Each part of PASSAGE, which stands at SPAN of the document's text, with the markup that takes its place; none
    where the text does not change."""
    asked = [
        (span[0] + at + wrap.start, span[0] + at + wrap.end)
        for part, at in zip(passage.parts, passage.starts, strict=True)
        for wrap in part.wraps
    ]
    target, places = translated(document, *span, asked)
    if target == passage.piece.text:
        return
    target = _SPACES.sub(lambda found: " " * len(found.group()), target)
    cuts = [0, *_cuts(document, passage, span), len(target)]
    loose = list(_loose(passage, places))
    number = 0
    for index, part in enumerate(passage.parts):
        own = places[number : number + len(part.wraps)]
        number += len(part.wraps)
        start, end = _trimmed(target, cuts[index], cuts[index + 1])
        wraps, spots = _around(part, own, start, end, loose)
        shown = _in_lines(target[start:end])
        yield part, rendered(shown, wraps, spots, lambda text, _: escape(text))


def _trimmed(target: str, start: int, end: int) -> Span:
    inner = target[start:end]
    start += len(inner) - len(inner.lstrip())
    return start, start + len(inner.strip())


def _loose(passage: Passage, places: Sequence[Span | None]) -> Iterator[tuple[Wrap, Span]]:
    """The wraps of some words of a part, with their places in the whole translation."""
    wraps = [(part, wrap) for part in passage.parts for wrap in part.wraps]
    for (part, wrap), place in zip(wraps, places, strict=True):
        if place and wrap.start < wrap.end and not _whole(part, wrap):
            yield replace(wrap, parent=-1), place


def _whole(part: Part, wrap: Wrap) -> bool:
    return wrap.start == 0 and wrap.end == len(part.piece.text)


def _around(
    part: Part, own: Sequence[Span | None], start: int, end: int, loose: Sequence[tuple[Wrap, Span]]
) -> tuple[list[Wrap], list[Span | None]]:
    """The wraps of `[start, end)` of the translation: those around all of the part, its points, and those around words
    that came there."""
    wraps: list[Wrap] = []
    spots: list[Span | None] = []
    for wrap in part.wraps:
        if wrap.start < wrap.end and _whole(part, wrap):
            wraps.append(replace(wrap, parent=len(wraps) - 1))
            spots.append((0, end - start))
    outer = len(wraps) - 1
    for wrap, place in zip(part.wraps, own, strict=True):
        if wrap.start == wrap.end:
            at = 0 if wrap.start == 0 else min(max((place or (start, start))[0] - start, 0), end - start)
            wraps.append(replace(wrap, parent=outer))
            spots.append((at, at))
    for wrap, (left, right) in loose:
        if left < end and start < right:
            wraps.append(replace(wrap, parent=outer))
            spots.append((max(left - start, 0), min(right, end) - start))
    return wraps, spots


def _cuts(document: BilingualDocument, passage: Passage, span: Span) -> Iterator[int]:
    """Where in the translation each part but the first begins: by its share of the sentence that the bound lies in."""
    first = bisect_left(document.units, span[0], key=lambda unit: unit.segment.start)
    bounds = [span[0] + at for at in passage.starts[1:]]
    at = 0
    for unit in document.units[first:]:
        segment = unit.segment
        if segment.start >= span[1]:
            break
        target = segment.text if unit.target is None else unit.target
        inside = [bound - segment.start for bound in bounds if segment.start < bound < segment.end]
        yield from (at for bound in bounds if bound == segment.start)
        yield from (at + cut for cut in cuts(target, [bound / len(segment.text) for bound in inside]))
        at += len(target) + len(segment.space)


def cuts(target: str, shares: Sequence[float]) -> list[int]:
    """Where TARGET is cut, an offset for each of SHARES, which grow from 0 to 1: at a space, near that share of its
    length, better after a punctuation mark or before a clause. Nothing is left for the last where words are too few."""
    spots = [found.end() for found in _BREAKS.finditer(target)]
    found: list[int] = []
    for number, share in enumerate(shares):
        left = len(shares) - number - 1
        free = [spot for spot in spots if spot > (found[-1] if found else 0)]
        free = free[: max(len(free) - left, 1)]
        found.append(min(free, key=lambda spot: _cost(target, spot, share), default=len(target)))
    return found


def _cost(target: str, spot: int, share: float) -> float:
    distance = abs(spot - share * len(target)) / len(target)
    if target[:spot].rstrip()[-1:] in tuple(",;:.!?…–—"):
        return distance - _AFTER_MARK
    following = target[spot : spot + 20].split(" ", 1)[0].lower()
    return distance - _BEFORE_CLAUSE * (following in words("clause-openers", _DATA))


def _in_lines(shown: str) -> str:
    """SHOWN in two lines where it is too long for one, of about the same length, the first rather the shorter."""
    if len(shown) <= WIDTH:
        return shown
    spots = [found.start() for found in _BREAKS.finditer(shown)]
    fitting = [spot for spot in spots if spot <= WIDTH and len(shown) - spot - 1 <= WIDTH]
    best = min(fitting or spots, key=lambda spot: _cost(shown, spot + 1, 0.48), default=-1)
    return shown if best < 0 else shown[:best] + "\n" + shown[best:].lstrip()
