"""A paragraph of a Word file as runs, and runs as a paragraph again."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ._runs import Format, Layer, Run, edge_of, opened
from .docx_styles import Styles, W

if TYPE_CHECKING:
    from lxml import etree

LANGUAGE = "en-US"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LINE_ENDS = re.compile(r"[\t\n\r]")
_INSTRUCTION = re.compile(r"\s*(\w+)(?:\s+\"([^\"]*)\")?")


def _names(words: str) -> frozenset[str]:
    return frozenset(W + word for word in words.split())


_WRAPPERS = _names("hyperlink fldSimple sdt customXml dir bdo")
_TRANSPARENT = _names("ins moveTo smartTag")
# Tracked deletions, marks of the proofing tools, and what belongs to the element around it.
_DROPPED = _names(
    "del moveFrom moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd proofErr pPr rPr delText "
    "delInstrText softHyphen lastRenderedPageBreak sdtPr sdtEndPr customXmlPr smartTagPr fldData"
)
_OWN = _names("sdtPr sdtEndPr customXmlPr fldData")
_TABS, _BREAKS = _names("tab ptab"), _names("br cr")
# Not part of what text looks like: language, proofing, tracked changes.
_IGNORED = _names("lang noProof rPrChange ins del moveFrom moveTo")
_AFTER_LANGUAGE = _names("eastAsianLayout specVanish oMath rPrChange")
# Fields whose result is a number.
_NUMBERS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "SEQ", "NOTEREF", "LISTNUM", "AUTONUM")


@dataclass(slots=True)
class _Field:
    """A complex field that begins and ends in one paragraph: the runs before its result and after it."""

    before: list[Any] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)
    instruction: str = ""
    has_result: bool = False
    placed: bool = False


@dataclass(frozen=True, slots=True)
class _Child:
    """An item of a run: the element, and the properties of the run that it stands in."""

    element: Any
    properties: Any


def runs_of(paragraph: "etree._Element", styles: Styles, links: Mapping[str, str]) -> list[Run]:
    """The runs of PARAGRAPH, tracked insertions in it, tracked deletions not; LINKS are addresses by relation id."""
    walk = _Walk(paragraph, styles, links)
    walk.children(paragraph)
    return walk.runs


class _Walk:
    def __init__(self, paragraph: "etree._Element", styles: Styles, links: Mapping[str, str]) -> None:
        self.styles, self.links = styles, links
        self.runs: list[Run] = []
        self.stack: list[Layer] = []
        self.fields = _fields(paragraph)
        self.open: list[_Field] = []  # those whose result has not yet begun, or that have none
        self.computed = 0
        self.number = 0

    def children(self, parent: "etree._Element") -> None:
        for child in parent:
            if child.tag == W + "r":
                self._run(child)
            elif child.tag in _WRAPPERS:
                self._wrapped(child)
            elif child.tag in _TRANSPARENT:
                self.children(child)
            elif child.tag not in _DROPPED and isinstance(child.tag, str):
                name = child.tag.rpartition("}")[2]
                self.runs.append(Run(format=tuple(self.stack), item=child, edge=edge_of(name)))

    def _wrapped(self, element: "etree._Element") -> None:
        href = self.links.get(element.get(_R + "id", ""), "")
        anchor = element.get(W + "anchor", "")
        instruction = element.get(W + "instr", "")
        kind, address = _instruction(instruction)
        link = f"{href}#{anchor}" if anchor else href or (address if kind == "HYPERLINK" else "")
        layer = self._layer(element, link if element.tag == W + "hyperlink" or kind == "HYPERLINK" else "")
        self.stack.append(layer)
        self.computed += kind in _NUMBERS
        inner = element.find(W + "sdtContent") if element.tag == W + "sdt" else element
        count = len(self.runs)
        self.children(element if inner is None else inner)
        self.computed -= kind in _NUMBERS
        self.stack.remove(layer)
        if len(self.runs) == count:
            self.runs.append(Run(format=tuple(self.stack), item=element))

    def _layer(self, source: Any, link: str) -> Layer:
        self.number += 1
        return Layer(f"wrapper {self.number}", source, False, (("link", link),) if link else ())

    def _run(self, run: "etree._Element") -> None:
        properties = run.find(W + "rPr")
        form = self._format(properties)
        for child in run:
            tag = child.tag
            if tag == W + "fldChar" and child in self.fields:
                self._field(self.fields[child], child, properties)
            elif self.open and tag not in _DROPPED:
                self.open[-1].before.append(_Child(child, properties))
            elif tag == W + "t":
                self.runs.append(Run(_text(child), (*self.stack, *form), computed=self.computed > 0))
            elif tag == W + "noBreakHyphen":
                self.runs.append(Run("-", (*self.stack, *form)))
            elif tag not in _DROPPED and isinstance(tag, str):
                item = _Child(child, properties)
                cut = tag in _TABS or (tag in _BREAKS and child.get(W + "type") in ("page", "column"))
                text = "\n" if tag in _BREAKS and not cut else ""
                self.runs.append(Run(text, tuple(self.stack), item, cut=cut))

    def _field(self, found: _Field, child: "etree._Element", properties: "etree._Element | None") -> None:
        """Begin the field FOUND, its result, or end it, as CHILD says."""
        kind, address = _instruction(found.instruction)
        mark = child.get(W + "fldCharType")
        if mark == "end":
            found.after.append(_Child(child, properties))
            if found in self.open:
                self.open.remove(found)
                if self.open:
                    self.open[-1].before += [*found.before, *found.after]
                else:
                    self.runs.append(Run(format=tuple(self.stack), item=found))
            else:
                self.stack = [layer for layer in self.stack if layer.source is not found]
                self.computed -= kind in _NUMBERS
            return
        if mark == "begin":
            self.open.append(found)
        found.before.append(_Child(child, properties))
        if mark == "separate" and found.has_result and self.open == [found]:
            self.open.clear()
            self.stack.append(self._layer(found, address if kind == "HYPERLINK" else ""))
            self.computed += kind in _NUMBERS

    def _format(self, properties: "etree._Element | None") -> Format:
        from lxml import etree

        if properties is None:
            return ()
        shown = [child for child in properties if child.tag not in _IGNORED]
        key = b"".join(etree.tostring(child, with_tail=False) for child in shown).decode()
        return (Layer(key, properties, True, self.styles.marks(properties)),) if key else ()


def _fields(paragraph: "etree._Element") -> dict[Any, _Field]:
    """Each mark of a complex field that begins and ends in PARAGRAPH, with the field."""
    found: dict[Any, _Field] = {}
    open_fields: list[tuple[_Field, list[Any]]] = []
    for run in paragraph.iter(W + "r"):
        if next(run.iterancestors(W + "p"), None) is not paragraph:
            continue
        for child in run:
            kind = child.get(W + "fldCharType") if child.tag == W + "fldChar" else ""
            if kind == "begin":
                open_fields.append((_Field(), [child]))
            elif kind and open_fields:
                open_fields[-1][1].append(child)
                if kind == "end":
                    done, marks = open_fields.pop()
                    found |= dict.fromkeys(marks, done)
            elif open_fields:
                for inner, marks in open_fields:
                    inner.has_result |= child.tag == W + "t" and len(marks) > 1
                if child.tag == W + "instrText" and len(open_fields[-1][1]) == 1:
                    open_fields[-1][0].instruction += child.text or ""
    return found


def _instruction(text: str) -> tuple[str, str]:
    """The kind of a field, in capitals, and its first quoted argument."""
    match = _INSTRUCTION.match(text)
    return (match[1].upper(), match[2] or "") if match else ("", "")


def _text(element: "etree._Element") -> str:
    text = element.text or ""
    return _LINE_ENDS.sub(" ", text if element.get(_SPACE) == "preserve" else text.strip("\t\n\r "))


def rebuild(paragraph: "etree._Element", runs: Iterable[Run]) -> None:
    """Put RUNS, in English, in the place of what PARAGRAPH holds."""
    for child in list(paragraph):
        if child.tag != W + "pPr":
            paragraph.remove(child)
    parents = [paragraph]
    used: set[str] = set()
    before: Format = ()
    for form, shared, run in [*opened(runs), ((), 0, Run())]:
        for layer in reversed(before[shared:]):
            if not layer.spreads:
                _close(layer, parents)
        for layer in form[shared:]:
            if not layer.spreads:
                parents.append(_open(layer, parents[-1], layer.key in used))
                used.add(layer.key)
        before = form
        _append(parents[-1], run, form[-1].source if form and form[-1].spreads else None)


def _open(layer: Layer, parent: "etree._Element", again: bool) -> "etree._Element":
    """The element to put content in, after the beginning of LAYER has been put at the end of PARENT."""
    from lxml import etree

    if isinstance(layer.source, _Field):
        _append_all(parent, layer.source.before, again)
        return parent
    element = etree.SubElement(parent, layer.source.tag, layer.source.attrib, nsmap=layer.source.nsmap)
    for child in layer.source:
        if child.tag in _OWN:
            element.append(deepcopy(child))
    for own in element.findall(W + "sdtPr") if again else ():
        for number in own.findall(W + "id"):
            own.remove(number)
    return etree.SubElement(element, W + "sdtContent") if element.tag == W + "sdt" else element


def _close(layer: Layer, parents: list[Any]) -> None:
    parent = parents.pop()
    if isinstance(layer.source, _Field):
        _append_all(parent, layer.source.after, layer.source.placed)
        layer.source.placed = True


def _append(parent: "etree._Element", run: Run, properties: "etree._Element | None") -> None:
    from lxml import etree

    if isinstance(run.item, _Field):
        _append_all(parent, [*run.item.before, *run.item.after], False)
    elif isinstance(run.item, _Child):
        _append_all(parent, [run.item], False)
    elif run.item is not None:
        parent.append(run.item)
    elif run.text:
        text = etree.SubElement(_new_run(parent, properties), W + "t")
        text.text = run.text
        text.set(_SPACE, "preserve")


def _append_all(parent: "etree._Element", children: Iterable[_Child], again: bool) -> None:
    """Add a run with each of CHILDREN: itself the first time, so that paragraphs in it stay the same; later a copy."""
    for child in children:
        _new_run(parent, child.properties).append(deepcopy(child.element) if again else child.element)


def _new_run(parent: "etree._Element", properties: "etree._Element | None") -> "etree._Element":
    """A run with PROPERTIES, in English, at the end of PARENT."""
    from lxml import etree

    run = etree.SubElement(parent, W + "r")
    own = etree.Element(W + "rPr") if properties is None else deepcopy(properties)
    run.append(own)
    for child in list(own):
        if child.tag in _IGNORED and child.tag != W + "noProof":
            own.remove(child)
    language = etree.Element(W + "lang", {W + "val": LANGUAGE})
    own.insert(next((n for n, child in enumerate(own) if child.tag in _AFTER_LANGUAGE), len(own)), language)
    return run
