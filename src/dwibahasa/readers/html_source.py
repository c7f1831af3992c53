"""HTML as a run of events with their places in the source, so that a copy can change the text and leave the rest.

No parser that keeps the tree of a page also keeps where its parts stand, to the character. This one reads as the HTML
standard's tokeniser does (13.2.5), in linear time, and knows of the tree construction what text needs: empty
elements, end tags that may be missing, and stray ones. It never fails; nothing is executed, loaded or expanded.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal


def names(text: str) -> frozenset[str]:
    """The words of TEXT."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
RAW = frozenset(["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"])
BLOCKS = names(
    "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main "
    "menu nav ol optgroup option p pre search section select summary table tbody td tfoot th thead title tr ul"
)
_IN_PARAGRAPHS = names("body button caption dd dt html li option optgroup summary td th")  # leave a p open
_ENDED_BY = {
    "li": frozenset(["li"]),
    **dict.fromkeys(["dd", "dt"], frozenset(["dd", "dt"])),
    **dict.fromkeys(["td", "th"], frozenset(["td", "th"])),
    "tr": frozenset(["tr"]),
    **dict.fromkeys(["tbody", "tfoot", "thead"], frozenset(["tbody", "tfoot", "thead"])),
    **dict.fromkeys(["option", "optgroup"], frozenset(["option"])),
}
_BARRIERS = {
    **dict.fromkeys(["li", "dd", "dt"], frozenset(["dl", "menu", "ol", "table", "td", "th", "ul"])),
    **dict.fromkeys(["td", "th", "tr", "tbody", "tfoot", "thead"], frozenset(["table"])),
}
_IN_HEAD = names("base basefont bgsound link meta noscript script style template title")
_TABLE = frozenset(["caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"])
_DEPTH = 200  # how far up an end tag, or an element that ends another, is looked for: keeps the time linear

_MARKUP = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][^\s/>\0]*)|([!?/]))")
_COMMENT_END = re.compile(r"--!?>")
_STOP = re.compile("[>=]")
_QUOTE = re.compile(r"\s*([\"'])")
_ATTRIBUTE = re.compile(r"""([^\s/=>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?""")
_DOCTYPE = re.compile("<!doctype", re.IGNORECASE)
_SUBSET = re.compile(r"<!doctype[^>\[]*\[[^\]]*\]\s*>", re.IGNORECASE)
_PROLOGUE = 2000  # where a doctype with declarations of its own may begin
_WORD = re.compile(r"[a-z]+|\d+")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name in lower case, the element around it, its start tag as it stands in the source, and where
    that begins. `own` is the nearest block element, it or one around it."""

    name: str
    parent: "Node | None"
    tag: str
    start: int
    _attributes: dict[str, str] | None = None
    _words: frozenset[str] | None = None

    @property
    def block(self) -> bool:
        """Whether the element stands on lines of its own."""
        return self.name in BLOCKS or self.name.startswith("amp-")

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by their names in lower case, entities decoded; the first of a name counts."""
        if self._attributes is None:
            self._attributes = {}
            for name, *values in _ATTRIBUTE.findall(self.tag, 1 + len(self.name)):
                self._attributes.setdefault(name.lower(), html.unescape("".join(values)))
        return self._attributes

    @property
    def words(self) -> frozenset[str]:
        """The words of `class`, `id` and `data-component`: `baca-juga` gives `baca`, `juga` and `baca-juga`."""
        if self._words is None:
            found: set[str] = set()
            for name in ("class", "id", "data-component"):
                for item in self.attributes.get(name, "")[:1000].split():
                    words = _WORD.findall(_CAPITAL.sub("-", item).lower())
                    found.update(words)
                    found.update(map("-".join, pairwise(words)))
            self._words = frozenset(found)
        return self._words


@dataclass(frozen=True, slots=True)
class Event:
    """A part of the source, `[start, end)`: text, a start tag or an end tag of NODE, or markup without text: a
    comment, a declaration, an empty element, a stray end tag. An end tag that is missing has no length."""

    kind: Literal["text", "open", "close", "void"]
    start: int
    end: int
    node: Node


@dataclass(slots=True)
class _Reading:
    source: str
    xml: bool
    subset: tuple[int, int]  # the doctype, where it has declarations inside: they are not read
    stack: list[Node] = field(default_factory=list)
    opened: Counter[str] = field(default_factory=Counter)


def events(source: str) -> Iterator[Event]:
    """The parts of SOURCE in order, the elements properly nested; all of it is in one of them."""
    doctype = _DOCTYPE.search(source, 0, _PROLOGUE)
    subset = _SUBSET.match(source, doctype.start()) if doctype else None
    xml = source[:_PROLOGUE].lstrip("\ufeff \t\r\n")[:5].lower() == "<?xml"
    reading = _Reading(source, xml, subset.span() if subset else (-1, -1))
    root = Node("", None, "", 0)
    reading.stack.append(root)
    at = 0
    while found := _MARKUP.search(source, at):
        yield from _plain(reading, at, found.start())
        at = found.start()
        end = reading.subset[1] if at == reading.subset[0] else _end(source, found)
        name = found.group(3).lower() if found.group(3) else ""
        if end < 0 or not name:
            yield Event("void", at, len(source) if end < 0 else end, reading.stack[-1])
        elif found.group(2):
            yield from _close(reading, name, at, end)
        else:
            yield from _open(reading, name, at, end)
        at = len(source) if end < 0 else end
        if end >= 0 and reading.stack[-1].name in RAW and not found.group(2):
            close = re.compile(f"</{reading.stack[-1].name}(?=[\\s/>])", re.IGNORECASE).search(source, at)
            stop = close.start() if close else len(source)
            if at < stop:
                yield Event("text", at, stop, reading.stack[-1])
            at = stop
    yield from _plain(reading, at, len(source))
    while len(reading.stack) > 1:
        yield Event("close", len(source), len(source), reading.stack.pop())


def _plain(reading: _Reading, start: int, end: int) -> Iterator[Event]:
    if start < end:
        if reading.stack[-1].name == "head" and not reading.source[start:end].isspace():
            yield from _pop(reading, 1, start)
        yield Event("text", start, end, reading.stack[-1])


def _end(source: str, found: re.Match[str]) -> int:
    """Where the markup that FOUND begins ends, or -1 where it does not."""
    at = found.end()
    if found.group(1):
        if source.startswith((">", "->"), at):
            return source.index(">", at) + 1
        ended = _COMMENT_END.search(source, at)
        return ended.end() if ended else -1
    if found.group(4):
        return source.find(">", at) + 1 or -1
    while stop := _STOP.search(source, at):
        at = stop.end()
        if stop.group() == ">":
            return at
        if quote := _QUOTE.match(source, at):
            at = source.find(quote.group(1), quote.end()) + 1
            if not at:
                return -1
    return -1


def _open(reading: _Reading, name: str, at: int, end: int) -> Iterator[Event]:
    yield from _implied(reading, name, at)
    tag = reading.source[at:end]
    node = Node(name, reading.stack[-1], tag, at)
    if name in VOID or (tag.endswith("/>") and (reading.xml or _foreign(reading.stack))):
        yield Event("void", at, end, node)
        return
    reading.stack.append(node)
    reading.opened[name] += 1
    yield Event("open", at, end, node)


def _foreign(stack: list[Node]) -> bool:
    return any(node.name in ("svg", "math") for node in stack[-20:])


def _implied(reading: _Reading, name: str, at: int) -> Iterator[Event]:
    """The ends of the elements that a start tag ends without saying so."""
    if reading.stack[-1].name == "head" and name not in _IN_HEAD:
        yield from _pop(reading, 1, at)
    wanted, barriers = _ENDED_BY.get(name, frozenset()), _BARRIERS.get(name, frozenset())
    paragraph = name in BLOCKS and name not in _IN_PARAGRAPHS
    if not any(reading.opened[other] for other in wanted) and not (paragraph and reading.opened["p"]):
        return
    for depth in range(1, min(_DEPTH, len(reading.stack))):
        node = reading.stack[-depth]
        if node.name in wanted or (paragraph and node.name == "p"):
            yield from _pop(reading, depth, at)
            return
        if node.name in barriers or (not wanted and node.block):
            return


def _close(reading: _Reading, name: str, at: int, end: int) -> Iterator[Event]:
    stack = reading.stack
    block = name in BLOCKS
    for depth in range(1, min(_DEPTH, len(stack)) if reading.opened[name] else 0):
        node = stack[-depth]
        if node.name == name:
            yield from _pop(reading, depth - 1, at)
            reading.opened[name] -= 1
            yield Event("close", at, end, stack.pop())
            return
        if node.block and (not block or (node.name in _TABLE and name not in _TABLE)):
            break
    stray = Node(name, stack[-1], reading.source[at:end], at) if name == "p" else stack[-1]  # `</p>` ends a line
    yield Event("void", at, end, stray)


def _pop(reading: _Reading, count: int, at: int) -> Iterator[Event]:
    for _ in range(count):
        node = reading.stack.pop()
        reading.opened[node.name] -= 1
        yield Event("close", at, at, node)
