"""Inline markup of a block: from the parts of a source to a piece with its marks, and around its translation again."""

import re
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..document import BilingualDocument, Mark, MarkKind
from ..projection import Span, translated
from ._base import Piece

_SPACE = re.compile(r"[ \t\n\r\f]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_SAFE = ("http:", "https:", "mailto:")


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a block: text, a line break, an opening or closing tag, or a point, which has no text (a picture, a
    comment).

    `value` is the text, or the markup as the source has it. `key` pairs an opening tag with its closing one. `mark` is
    the kind of mark that the element makes, if any.
    """

    kind: Literal["text", "break", "open", "close", "point"]
    value: str
    key: Hashable = None
    mark: MarkKind | None = None
    href: str = ""


@dataclass(slots=True)
class Wrap:
    """Markup around the span `[start, end)` of a piece's text, or at a point of it. An outer wrap stands before those
    inside it, which have its index as `parent` (-1: none)."""

    start: int
    end: int
    opening: str
    closing: str = ""
    parent: int = -1
    mark: MarkKind | None = None
    href: str = ""


def collected(items: Iterable[Item]) -> tuple[Piece, list[Wrap]]:
    """The piece of ITEMS, trimmed, with its marks, and its wraps.

    White space is collapsed as in HTML, and a break is a line feed. A tag without its partner among ITEMS reaches from
    the start or to the end.
    """
    text, wraps, opened = _Text(), list[Wrap](), list[int]()
    pointed = False  # whether a point stands right before
    for item in _balanced(items):
        parent = opened[-1] if opened else -1
        if item.kind == "text":
            if not text.add(item.value) and pointed:
                wraps[-1].opening += " "
        elif item.kind == "break":
            text.end_line()
        elif item.kind == "point":
            wraps.append(Wrap(text.length, text.length, item.value, "", parent))
        elif item.kind == "open":
            opened.append(len(wraps))
            wraps.append(Wrap(text.length, text.length, item.value, "", parent, item.mark, item.href))
        else:
            wrap = wraps[opened.pop()]
            wrap.end, wrap.closing = text.length, item.value
            wrap.mark, wrap.href = wrap.mark or item.mark, wrap.href or item.href
        pointed = item.kind == "point"
    whole = "".join(text.parts).rstrip()
    for wrap in wraps:
        if wrap.start == wrap.end > len(whole):
            wrap.opening = " " + wrap.opening
        wrap.start, wrap.end = min(wrap.start, len(whole)), min(wrap.end, len(whole))
    marks = (_mark(wrap, whole) for wrap in wraps if wrap.mark)
    return Piece(whole, marks=tuple(mark for mark in marks if mark)), wraps


def link_address(href: str) -> str:
    """HREF, or an empty string where its scheme is another than http, https and mailto; a relative one has none."""
    scheme = _SCHEME.match(_BLANKS.sub("", href))
    return href.strip() if not scheme or scheme.group().lower() in _SAFE else ""


def carried(document: BilingualDocument, start: int, end: int, wraps: Sequence[Wrap]) -> tuple[str, list[Span | None]]:
    """The translation of the piece at `[start, end)` of the document's text, and the place of each of its WRAPS there.

    A wrap that goes on beyond the piece goes on beyond its translation.
    """
    target, places = translated(document, start, end, [(start + wrap.start, start + wrap.end) for wrap in wraps])
    for number, wrap in enumerate(wraps):
        place = places[number]
        if wrap.start < wrap.end == end - start and not wrap.closing:
            places[number] = (place[0] if place else len(target), len(target))
        elif wrap.start == 0 < wrap.end and not wrap.opening:
            places[number] = (0, place[1] if place else 0)
    return target, places


def rendered(
    target: str, wraps: Sequence[Wrap], places: Sequence[Span | None], escape: Callable[[str, tuple[Wrap, ...]], str]
) -> str:
    """TARGET with WRAPS at their PLACES; ESCAPE makes markup of a text, given the wraps that stand around it.

    Wraps stay nested as they are: a place that crosses that of an outer or an earlier wrap is cut short. A wrap of
    text that has no place is left out, what is inside it is not.
    """
    children: dict[int, list[int]] = {}
    for number, wrap in enumerate(wraps):
        children.setdefault(wrap.parent, []).append(number)

    def queue(parent: int, at: int) -> deque[tuple[int, int, int]]:
        found = ((*(places[number] or (at, at)), number) for number in children.get(parent, ()))
        return deque(sorted(found, key=lambda place: (place[0], place[2])))

    out: list[str] = []
    frames = [_Frame(queue(-1, 0), 0, len(target))]
    while frames:
        frame = frames[-1]
        if not frame.queue:
            out += escape(target[frame.at : frame.end], frame.around), frame.closing
            frames.pop()
            if frames:
                frames[-1].at = frame.end
            continue
        start, end, number = frame.queue.popleft()
        start = min(max(start, frame.at), frame.end)
        end, wrap = max(start, min(end, frame.end)), wraps[number]
        if start == end and wrap.start < wrap.end and wrap.opening and wrap.closing:
            frame.queue.extendleft(reversed(queue(number, start)))
            continue
        out += escape(target[frame.at : start], frame.around), wrap.opening
        frame.at = start
        frames.append(_Frame(queue(number, start), start, end, wrap.closing, (*frame.around[-7:], wrap)))
    return "".join(out)


@dataclass(slots=True)
class _Frame:
    """A wrap that is being written: what stands inside it, how far it is written, where it ends."""

    queue: deque[tuple[int, int, int]]
    at: int
    end: int
    closing: str = ""
    around: tuple[Wrap, ...] = ()


@dataclass(slots=True)
class _Text:
    """A text that grows, its white space collapsed."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    last: str = ""

    def add(self, value: str) -> bool:
        """Adds VALUE; whether all of it, white space at its start included."""
        collapsed = _SPACE.sub(" ", value)
        value = collapsed
        if not self.length:
            value = value.lstrip()
        elif self.last in (" ", "\n"):
            value = value.lstrip(" ")
        if value:
            self.parts.append(value)
            self.length += len(value)
            self.last = value[-1]
        return value == collapsed

    def end_line(self) -> None:
        if self.last == " ":
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
        if self.length:
            self.parts.append("\n")
            self.length += 1
            self.last = "\n"


def _balanced(items: Iterable[Item]) -> list[Item]:
    """ITEMS with an empty tag for each that is missing: at the start, at the end, or where an outer element ends."""
    found: list[Item] = []
    missing: list[Item] = []
    opened: list[Item] = []
    for item in items:
        if item.kind == "open":
            opened.append(item)
        elif item.kind == "close":
            if not any(other.key == item.key for other in opened[-100:]):
                if opened:
                    item = replace(item, kind="point")
                else:
                    missing.append(replace(item, kind="open", value=""))
            else:
                while (inner := opened.pop()).key != item.key:
                    found.append(replace(inner, kind="close", value=""))
        found.append(item)
    ends = (replace(item, kind="close", value="") for item in reversed(opened))
    return [*reversed(missing), *found, *ends]


def _mark(wrap: Wrap, text: str) -> Mark | None:
    inner = text[wrap.start : wrap.end]
    start = wrap.start + len(inner) - len(inner.lstrip())
    if wrap.mark is None or not inner.strip() or (wrap.mark == "link" and not wrap.href):
        return None
    return Mark(wrap.mark, start, start + len(inner.strip()), wrap.href)
