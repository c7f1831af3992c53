"""The blocks of a page: runs of text that stand on lines of their own, each with its place in the source."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..document import Mark, MarkKind
from ..segmentation.furniture import classify
from ._base import Piece
from ._inline import Item, Wrap, collected, link_address
from .html_source import Event, Node, events, names

UNREAD = names(
    "amp-analytics applet audio canvas colgroup datalist frameset head iframe map math meter noembed noframes "
    "noscript object progress rp rt script select style svg template textarea title video xmp"
)
"""Elements that hold no running text."""
_MARKS: dict[str, MarkKind] = {
    **dict.fromkeys(["b", "strong"], "bold"),
    **dict.fromkeys(["cite", "dfn", "em", "i", "var"], "italic"),
    **dict.fromkeys(["ins", "u"], "underline"),
    **dict.fromkeys(["del", "s", "strike"], "strike"),
    **dict.fromkeys(["code", "kbd", "samp", "tt"], "code"),
    "sup": "superscript",
    "sub": "subscript",
    "a": "link",
}
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)\]]*\s*\Z")
_SURROGATES = re.compile("[\ud800-\udfff]")
_WHITE = " \t\n\r\f"
_OUTER = 20  # elements around a block that are looked at for marks


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of text: its piece, and the range `[start, end)` of the source that holds the text and its inline
    markup. `wraps` are those, `line_break` is how the source breaks a line inside it, `inner` the innermost element
    around its first text."""

    piece: Piece
    wraps: tuple[Wrap, ...]
    start: int
    end: int
    inner: Node
    line_break: str

    @property
    def node(self) -> Node:
        """The block element around the text."""
        node = self.inner
        while node.parent is not None and not node.block:
            node = node.parent
        return node

    @property
    def linked(self) -> float:
        """The share of the text that stands in links, whatever their address."""
        spans = {(wrap.start, wrap.end) for wrap in self.wraps if wrap.mark == "link"}
        inside = sum(end - start for start, end in spans)
        whole = any(mark.kind == "link" and mark.end - mark.start == len(self.piece.text) for mark in self.piece.marks)
        return 1.0 if whole else inside / len(self.piece.text)

    @property
    def bold(self) -> bool:
        """Whether all of the text is bold."""
        return any(mark.kind == "bold" and mark.end - mark.start == len(self.piece.text) for mark in self.piece.marks)


@dataclass(frozen=True, slots=True)
class Page:
    """The elements of a page in the order of their start tags, its blocks, and the range of the text of its title."""

    nodes: tuple[Node, ...]
    stretches: tuple[Stretch, ...]
    title: tuple[int, int] | None
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    item: Item
    start: int
    end: int
    node: Node


def parsed(source: str) -> Page:
    """SOURCE, taken apart."""
    nodes: list[Node] = []
    stretches: list[Stretch] = []
    scripts: list[str] = []
    title: tuple[int, int] | None = None
    parts: list[_Part] = []
    unread: Node | None = None
    for event in events(source):
        node = event.node
        if event.kind != "close" and node.name and _is_tag(event):
            nodes.append(node)
        if event.kind == "text" and node.name == "title" and title is None:
            title = event.start, event.end
        if event.kind == "text" and node.name == "script" and "ld+json" in node.tag:
            scripts.append(source[event.start : event.end])
        if unread is None and event.kind == "open" and node.name in UNREAD:
            unread = node
        if unread is not None:
            parts.append(_Part(Item("point", source[event.start : event.end]), event.start, event.end, node))
            unread = None if event.kind == "close" and node is unread else unread
        elif node.block and _is_tag(event):
            stretches += _cut(source, parts)
            parts = []
        else:
            parts += _parts(source, event)
    return Page(tuple(nodes), (*stretches, *_cut(source, parts)), title, tuple(scripts))


def _is_tag(event: Event) -> bool:
    """Whether an event is a tag of its node, and no comment or stray tag inside it."""
    return event.kind in ("open", "close") or (event.kind == "void" and event.node.start == event.start)


def _parts(source: str, event: Event) -> Iterator[_Part]:
    raw, node = source[event.start : event.end], event.node
    if event.kind == "text":
        yield from _text(source, event)
    elif node.name == "br" and _is_tag(event):
        yield _Part(Item("break", raw), event.start, event.end, node)
    elif event.kind == "void":
        yield _Part(Item("point", raw), event.start, event.end, node)
    else:
        href = link_address(node.attributes.get("href", "")) if node.name == "a" else ""
        mark = _MARKS.get(node.name)
        yield _Part(Item(event.kind, raw, node, mark, href), event.start, event.end, node)


def _text(source: str, event: Event) -> Iterator[_Part]:
    """The text of an event; in `pre` each line end is a break."""
    at = event.start
    if _preformatted(event.node):
        for found in re.finditer(r"\r?\n", source[at : event.end]):
            start, end = found.start() + event.start, found.end() + event.start
            yield _plain(source, at, start, event.node)
            yield _Part(Item("break", source[start:end]), start, end, event.node)
            at = end
    yield _plain(source, at, event.end, event.node)


def _preformatted(node: Node) -> bool:
    for _ in range(_OUTER):
        if node.name == "pre":
            return True
        if node.parent is None or node.block:
            return False
        node = node.parent
    return False


def _plain(source: str, start: int, end: int, node: Node) -> _Part:
    text = _SURROGATES.sub("\ufffd", html.unescape(source[start:end])).replace("\0", "")
    return _Part(Item("text", text), start, end, node)


def _cut(source: str, parts: list[_Part]) -> Iterator[Stretch]:
    """The stretches of a block: it is cut where two line breaks meet, and at one after a line that is finished."""
    if not any(part.item.kind == "text" and not part.item.value.isspace() for part in parts):
        return
    line: list[_Part] = []
    texts: list[_Part] = []
    for part in parts:
        if part.item.kind == "break" and _finished(texts):
            yield from _stretch(source, line)
            line, texts = [], []
            continue
        line.append(part)
        if part.item.kind == "break":
            texts = []
        elif part.item.kind == "text" and not part.item.value.isspace():
            texts.append(part)
    yield from _stretch(source, line)


def _finished(line: list[_Part]) -> bool:
    """Whether a line with the texts LINE is a block: it is empty, ends a sentence, is all in bold, or is a byline, a
    link or other furniture by itself."""
    if not line or _SENTENCE_END.search(line[-1].item.value) or all(_is_bold(part.node) for part in line):
        return True
    text = " ".join("".join(part.item.value for part in line).split())
    return bool(text) and bool(classify(text)[0])


def _is_bold(node: Node) -> bool:
    for _ in range(_OUTER):
        if _MARKS.get(node.name) == "bold":
            return True
        if node.parent is None or node.block:
            return False
        node = node.parent
    return False


def _stretch(source: str, parts: list[_Part]) -> Iterator[Stretch]:
    first, last = _core(parts)
    kept = parts[first : last + 1]
    if not kept:
        return
    piece, wraps = collected(part.item for part in kept)
    if not piece.text:
        return
    start, end = kept[0].start, kept[-1].end
    if kept[0].item.kind == "text":
        start += len(source[start:end]) - len(source[start:end].lstrip(_WHITE))
    if kept[-1].item.kind == "text":
        end = start + len(source[start:end].rstrip(_WHITE))
    breaks = [part.item.value for part in kept if part.item.kind == "break"]
    text = next(part for part in kept if part.item.kind == "text" and part.item.value.strip())
    outer = _outer_marks(text.node, kept, len(piece.text))
    piece = replace(piece, marks=(*outer, *piece.marks))
    yield Stretch(piece, tuple(wraps), start, end, text.node, breaks[0] if breaks else "<br>")


def _core(parts: list[_Part]) -> tuple[int, int]:
    """The first and last of PARTS that a copy writes anew: from the first text to the last, with the elements that
    hold them whole."""
    texts = [index for index, part in enumerate(parts) if part.item.kind == "text" and part.item.value.strip()]
    if not texts:
        return 0, -1
    first, last = texts[0], texts[-1]
    opens: dict[object, int] = {}
    for index, part in enumerate(parts):
        if part.item.kind == "open":
            opens[part.item.key] = index
        elif part.item.kind == "close" and part.item.key in opens:
            opening = opens[part.item.key]
            if opening < texts[0] <= index:
                first = min(first, opening)
                last = max(last, index)
            elif opening <= texts[-1] < index:
                last = max(last, index)
    return first, last


def _outer_marks(node: Node, kept: Iterable[_Part], length: int) -> Iterator[Mark]:
    """The marks of elements around the whole stretch, such as a link around a heading."""
    inside = {part.item.key for part in kept if part.item.kind in ("open", "close")}
    outer: Node | None = node
    for _ in range(_OUTER):
        if outer is None:
            return
        kind = _MARKS.get(outer.name)
        href = link_address(outer.attributes.get("href", "")) if kind == "link" else ""
        if kind and outer not in inside and (kind != "link" or href):
            yield Mark(kind, 0, length, href)
        outer = outer.parent
