"""Paragraphs of XML formats that keep inline markup as elements in elements (OpenDocument, XHTML): as runs, and runs as
elements again."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..document import MarkKind
from ._runs import Format, Layer, Run, edge_of, opened

if TYPE_CHECKING:
    from lxml import etree

_SPACE = re.compile(r"[ \t\n\r\f]+")
_IDS = ("id", "{http://www.w3.org/XML/1998/namespace}id", "name")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the content of `parent` that is a paragraph: the text after its child `after`, or from its start on
    where that is None, and the `nodes`, each with the text that follows it."""

    parent: Any
    after: Any
    nodes: tuple[Any, ...]

    @property
    def text(self) -> str:
        """The text before the first node."""
        return (self.parent.text if self.after is None else self.after.tail) or ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an element in a paragraph is taken for.

    `layer`: formatting, with its `key` where it spreads and its marks; `through`: nothing, only what is in it counts;
    `text`: it stands for `text`; `break`: a line break; `cut`: a tab or the like; `item`: something that is no text;
    `gone`: it and what is in it is left out. Text in `computed` elements is numbers that a program keeps up to date.
    White space after a `blank` line break is none.
    """

    how: Literal["layer", "through", "text", "break", "cut", "item", "gone"]
    key: str = ""
    marks: tuple[tuple[MarkKind, str], ...] = ()
    text: str = ""
    computed: bool = False
    blank: bool = False


Take = Callable[[Any], Taken]
ITEM, THROUGH, GONE = Taken("item"), Taken("through"), Taken("gone")


def runs_of(region: Region, take: Take, preformatted: bool = False) -> list[Run]:
    """The runs of REGION, whose elements are what TAKE says; white space is collapsed unless it is PREFORMATTED."""
    walk = _Walk(take, preformatted)
    walk.add(region.text, (), False)
    for node in region.nodes:
        walk.element(node, (), False)
    return walk.runs


class _Walk:
    def __init__(self, take: Take, preformatted: bool) -> None:
        self.take, self.preformatted = take, preformatted
        self.runs: list[Run] = []
        self.blank = True  # whether white space would follow white space
        self.number = 0

    def element(self, element: Any, form: Format, computed: bool) -> None:
        taken = self.take(element) if isinstance(element.tag, str) else ITEM
        if taken.how in ("layer", "through"):
            inner = form
            if taken.how == "layer":
                self.number += 1
                layer = Layer(taken.key or f"element {self.number}", element, bool(taken.key), taken.marks)
                inner = (*form, layer)
            count = len(self.runs)
            self.add(element.text, inner, computed or taken.computed)
            for child in element:
                self.element(child, inner, computed or taken.computed)
            if len(self.runs) == count and taken.how == "layer":
                self.runs.append(Run(format=form, item=element))
        elif taken.how == "text":
            self.runs.append(Run(taken.text, form, computed=computed))
            self.blank = False
        elif taken.how in ("break", "cut"):
            cut = taken.how == "cut"
            self.runs.append(Run("" if cut else "\n", form, element, cut))
            self.blank = taken.blank
        elif taken.how == "item":
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            self.runs.append(Run(format=form, item=element, edge=edge_of(name)))
            self.blank = self.blank and not _shows(element)
        self.add(element.tail, form, computed)

    def add(self, text: str | None, form: Format, computed: bool) -> None:
        if self.preformatted:
            for number, line in enumerate((text or "").split("\n")):
                self.runs += [Run("\n", form, "\n")] * (number > 0)
                self.runs += [Run(line, form, computed=computed)] * bool(line)
            return
        collapsed = _SPACE.sub(" ", text or "")
        if self.blank:
            collapsed = collapsed.removeprefix(" ")
        if collapsed:
            self.runs.append(Run(collapsed, form, computed=computed))
            self.blank = collapsed.endswith(" ")


def _shows(item: Any) -> bool:
    """Whether a page shows something in the place of ITEM, so that white space beside it counts."""
    picture = isinstance(item, str) or (isinstance(item.tag, str) and item.tag.endswith("}img"))
    return picture or (isinstance(item.tag, str) and bool(len(item) or item.text))


Spell = Callable[[str, bool], Iterable[Any]]
"""Takes a text, and whether white space at its start would be collapsed, returns strings and elements for it."""


def rebuild(region: Region, runs: Iterable[Run], spell: Spell) -> None:
    """Put RUNS in the place of what REGION holds, their text as SPELL writes it."""
    for node in region.nodes:
        region.parent.remove(node)
    if region.after is None:
        region.parent.text = None
    else:
        region.after.tail = None
    builder = _Builder(region)
    before: Format = ()
    for form, shared, run in opened(runs):
        builder.close(len(before) - shared)
        for layer in form[shared:]:
            builder.open(layer)
        before = form
        if run.item is None:
            for part in spell(run.text, builder.blank):
                builder.add(part)
                if part != "":
                    builder.blank = isinstance(part, str) and part.endswith(" ")
        else:
            builder.add(run.item)
            builder.blank = builder.blank and not (run.text or run.cut or _shows(run.item))


class _Builder:
    """Puts text and elements at the end of the innermost open element, or where a region was."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.last = region.after  # the element of the region after which text goes
        self.index = 0 if region.after is None else region.parent.index(region.after) + 1
        self.open_elements: list[Any] = []
        self.used: set[str] = set()
        self.blank = True  # whether white space at the start of what comes next would be collapsed

    def open(self, layer: Layer) -> None:
        from lxml import etree

        element = etree.Element(layer.source.tag, layer.source.attrib, nsmap=layer.source.nsmap)
        for name in _IDS if layer.key in self.used else ():
            element.attrib.pop(name, "")
        self.used.add(layer.key)
        self._append(element)
        self.open_elements.append(element)

    def close(self, number: int) -> None:
        del self.open_elements[len(self.open_elements) - number :]

    def add(self, part: Any) -> None:
        if not isinstance(part, str):
            part.tail = None
            self._append(part)
            return
        holder = self.open_elements[-1] if self.open_elements else None
        last = self.last if holder is None else (holder[-1] if len(holder) else None)
        if last is not None:
            last.tail = (last.tail or "") + part
        else:
            holder = self.region.parent if holder is None else holder
            holder.text = (holder.text or "") + part

    def _append(self, element: "etree._Element") -> None:
        if self.open_elements:
            self.open_elements[-1].append(element)
        else:
            self.region.parent.insert(self.index, element)
            self.index += 1
            self.last = element
