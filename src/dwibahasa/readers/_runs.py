"""Runs: the text of a paragraph in stretches of one format, as word processors keep it; from runs to pieces with
marks, and from the translation of a piece to runs in the formats of the source."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Literal

from ..document import BilingualDocument, Mark, MarkKind, Role
from ..projection import Span, translated
from ._base import Piece

_WRAPPED = 50
"""A line that is shorter than this ends where its author broke it. Own choice: narrow hard-wrapped text has 60."""
_INITIAL = 2
"""Most letters of an initial, the large letter that a chapter begins with."""
_LINE_ENDS, _INK = re.compile(r"[\n\t\r\v\f]"), re.compile(r"\S")
_FINAL = (".", "!", "?", ":", ";", "…", "”", '"', ")")


@dataclass(frozen=True, slots=True)
class Layer:
    """Formatting around text: an element, or the properties of a run. Layers with the same `key` are the same.

    One that `spreads`, such as a font, may become the format of all text around it; a link or a field may not.
    `marks` are the kinds of marks that it makes, each with the address of a link.
    """

    key: str
    source: Any = field(compare=False, repr=False)
    spreads: bool = True
    marks: tuple[tuple[MarkKind, str], ...] = ()


Format = tuple[Layer, ...]
"""The layers around a text, from the outside in."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text in one format, or an `item` that is none, such as a picture, whose `text` is empty or a line feed.

    A `cut` item, such as a tab, parts what stands before it from what stands after it. An item with the edge `start`
    or `end` is one end of a range, such as a bookmark. `computed` text, such as a page number, is a piece only
    together with other text.
    """

    text: str = ""
    format: Format = ()
    item: Any = field(default=None, compare=False, repr=False)
    cut: bool = False
    edge: Literal["", "start", "end"] = ""
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Runs between two cuts: `core`, from the first character to the last that is not white space, and what stands
    around it. The core is empty where there is nothing to translate."""

    before: tuple[Run, ...]
    core: tuple[Run, ...]
    after: tuple[Run, ...]

    def piece(self, role: Role | None) -> Piece:
        """The core as a piece in ROLE."""
        return Piece("".join(run.text for run in self.core), role, tuple(_marks(self.core)))


def stretches(runs: Iterable[Run]) -> list[Stretch]:
    """RUNS, all of them and in order, as stretches.

    They are cut at items that are a `cut`, and at line breaks unless the sentence goes on: the next line begins with
    a small letter, or the one before is as long as a wrapped line and has no final mark.
    """
    found: list[Stretch] = []
    for line in _lines(_with_soft_breaks(list(runs))):
        text = "".join(run.text for run in line)
        worth = any(char.isalnum() for run in line if not run.computed for char in run.text)
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        if worth:
            before, rest = _split(line, start)
            core, after = _split(rest, end - start, include=False)
            found.append(Stretch(tuple(before), tuple(core), tuple(after)))
        else:
            found.append(Stretch(tuple(line), (), ()))
    return found


def rewritten(document: BilingualDocument, start: int, core: Sequence[Run]) -> list[Run]:
    """The translation of CORE, whose text begins at START of the document's, as runs in the formats of CORE.

    Text whose source has no place in the translation, or that was added, has the format that most of CORE has. Every
    item of CORE is kept.
    """
    offsets = [0]
    for run in core:
        offsets.append(offsets[-1] + len(run.text))
    base = _prevailing((), core)
    nodes = [(at, end, form) for at, end, form in _nodes(core, offsets, 0, base)]
    items = [(at, run) for at, run in zip(offsets, core, strict=False) if run.item is not None]
    spans = [(at + start, end + start) for at, end, _ in nodes] + [(at + start, at + start) for at, _ in items]
    text, places = translated(document, start, start + offsets[-1], spans)
    if not text.strip():
        return list(core)
    source = "".join(run.text for run in core)
    placed = [
        (_in_word(source, (at, end), text, place) or place, form)
        for (at, end, form), place in zip(nodes, places, strict=False)
        if place
    ]
    points = [place[0] if place else len(text) for place in places[len(nodes) :]]
    return _assembled(text, _painted(len(text), base, placed), [run for _, run in items], points)


def edge_of(name: str) -> Literal["", "start", "end"]:
    """The edge that an element of this NAME is, such as `bookmarkStart` or `bookmark-end`."""
    last = name.lower()
    return "start" if last.endswith("start") else "end" if last.endswith("end") else ""


def opened(runs: Iterable[Run]) -> Iterator[tuple[Format, int, Run]]:
    """Each run with its format and how many of its outer layers are open from the run before it."""
    before: Format = ()
    for run in runs:
        shared = 0
        while shared < min(len(before), len(run.format)) and before[shared] == run.format[shared]:
            shared += 1
        yield run.format, shared, run
        before = run.format


def _with_soft_breaks(runs: list[Run]) -> list[Run]:
    """RUNS where a line break at which a sentence may end is a cut."""
    lines = "".join("\v" if run.cut else run.text for run in runs)
    at, done = 0, []
    for run in runs:
        if run.item is not None and run.text == "\n" and not run.cut:
            line = lines[max(lines.rfind("\n", 0, at), lines.rfind("\v", 0, at)) + 1 : at].strip()
            following = _INK.search(lines, at)
            wrapped = len(line) >= _WRAPPED and not line.endswith(_FINAL)
            if not following or not (following[0].islower() or wrapped):
                run = replace(run, cut=True)
        at += 1 if run.cut else len(run.text)
        done.append(run)
    return done


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    for cut, group in groupby(runs, key=lambda run: run.cut):
        line = list(group)
        yield from ([run] for run in line) if cut else (line,)


def _split(runs: Sequence[Run], at: int, include: bool = True) -> tuple[list[Run], list[Run]]:
    """RUNS before the offset AT and from there on; items that stand right there are, with INCLUDE, in the first."""
    left: list[Run] = []
    right: list[Run] = []
    for run in runs:
        size = len(run.text)
        if right or at < 0 or (at == 0 and (size or not include)):
            right.append(run)
        elif size <= at:
            left.append(run)
            at -= size
        else:
            left.append(replace(run, text=run.text[:at]))
            right.append(replace(run, text=run.text[at:]))
            at = 0
    return left, right


def _marks(core: Sequence[Run]) -> Iterator[Mark]:
    """The marks of CORE, in order of their start, wider ones first, each as wide as it can be."""
    open_at: dict[tuple[MarkKind, str, str], int] = {}
    found, at = [], 0
    for run in [*core, Run(text=" ")]:
        if not run.text:
            continue
        # Two links side by side to one address are two.
        wanted = {(*mark, layer.key if mark[0] == "link" else "") for layer in run.format for mark in layer.marks}
        for mark in [mark for mark in open_at if mark not in wanted]:
            found.append(Mark(mark[0], open_at.pop(mark), at, mark[1]))
        for mark in sorted(wanted - open_at.keys()):
            open_at[mark] = at
        at += len(run.text)
    yield from sorted(found, key=lambda mark: (mark.start, -mark.end, mark.kind))


def _prevailing(prefix: Format, runs: Iterable[Run]) -> Format:
    """The format that most of the text of RUNS has, which all have the layers PREFIX; one with a layer that does not
    spread, only where there is no other."""
    weights: Counter[Format] = Counter()
    confined: Counter[Format] = Counter()
    for run in runs:
        if size := sum(not char.isspace() for char in run.text):
            inner = run.format[len(prefix) :]
            narrow = next((depth for depth, layer in enumerate(inner) if not layer.spreads), None)
            if narrow is None:
                weights[run.format] += size
            else:
                confined[prefix + inner[:narrow]] += size
    best = (weights or confined).most_common(1)
    return best[0][0] if best else prefix


def _nodes(
    core: Sequence[Run], offsets: Sequence[int], depth: int, outer: Format, first: int = 0
) -> Iterator[tuple[int, int, Format]]:
    """The spans of CORE in another format than OUTER, that around them, with that format; outer ones first."""
    texts = [(number, run) for number, run in enumerate(core, first) if run.text]
    for layer, group in groupby(texts, key=lambda pair: pair[1].format[depth : depth + 1]):
        numbered = list(group)
        at, end = numbered[0][0], numbered[-1][0] + 1
        runs = core[at - first : end - first]
        own = _prevailing(numbered[0][1].format[: depth + len(layer)], [run for _, run in numbered])
        if own != outer:
            yield offsets[at], offsets[end], own
        if layer:
            yield from _nodes(runs, offsets, depth + 1, own, at)


def _in_word(source: str, span: Span, text: str, place: Span) -> Span | None:
    """The place of a part of a word, such as a raised figure or an initial; None for what is no such part."""
    start, end = span
    while start and source[start - 1].isalnum():
        start -= 1
    while end < len(source) and source[end].isalnum():
        end += 1
    if (start, end) == span or not source[start:end].isalnum():
        return None
    if span[0] == 0 and span[1] <= _INITIAL:
        return 0, min(span[1], len(text))
    found = re.compile(rf"(?<![^\W_]){source[start:end]}(?![^\W_])").search(text, *place)
    return (found.start() + span[0] - start, found.start() + span[1] - start) if found else None


def _painted(length: int, base: Format, placed: Iterable[tuple[Span, Format]]) -> list[Format]:
    """The format of each character of the translation: that of the narrowest place around it."""
    painted = [base] * length
    for (start, end), form in sorted(placed, key=lambda place: (place[0][0] - place[0][1], len(place[1]))):
        painted[start:end] = [form] * (end - start)
    return painted


def _assembled(text: str, formats: Sequence[Format], items: Sequence[Run], points: Sequence[int]) -> list[Run]:
    """Runs of TEXT, each character in its format, with ITEMS at POINTS; a line break takes the place of white space
    beside it, and other line ends become spaces."""
    begun, at_point = 0, []
    for item, point in zip(items, points, strict=True):
        if item.edge == "end":
            point = max(point, begun)
        elif item.edge == "start":
            begun = max(begun, point)
        at_point.append(point)
    taken = set()
    for number, (item, point) in enumerate(zip(items, at_point, strict=True)):
        if item.text:
            near = (place for place in (point, point - 1) if 0 <= place < len(text) and place not in taken)
            if (place := next((place for place in near if text[place].isspace()), None)) is not None:
                taken.add(place)
                at_point[number] = place
    changes = (place for place in range(1, len(text)) if formats[place] != formats[place - 1])
    bounds = sorted({0, len(text), *changes, *at_point, *taken, *(place + 1 for place in taken)})
    order = deque(sorted(range(len(items)), key=lambda number: at_point[number]))
    runs: list[Run] = []
    for start, end in zip(bounds, [*bounds[1:], len(text)], strict=True):
        while order and at_point[order[0]] <= start:
            runs.append(items[order.popleft()])
        if start < end and start not in taken:
            runs.append(Run(_LINE_ENDS.sub(" ", text[start:end]), formats[start]))
    return runs
