"""XLIFF 2.1: the exchange format of translation tools (OASIS, 2018); a group for each block, in it a unit for each
unit, of one segment."""

import re
from collections.abc import Iterator
from typing import Any

from ..document import BilingualDocument, TermUse, TranslationUnit
from ..exchange import NOT_XML, REMARK, Fact, finding_line, heading, rebuilding
from ._base import WRITERS, kept_units, notes, one_line

NS = "urn:oasis:names:tc:xliff:document:2.0"
MDA = "urn:oasis:names:tc:xliff:metadata:2.0"
GLS = "urn:oasis:names:tc:xliff:glossary:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_NAME = re.compile(r"[^\w.-]")


@WRITERS.register("xliff", ".xlf", ".xliff")
def write_xliff(document: BilingualDocument, *, keep_boilerplate: bool = False) -> bytes:
    """An XLIFF 2.1 file. States are those of XLIFF, `subState` tells the origin.

    Terms are marked in both texts (`mrk`) and explained in the glossary module; findings are notes; the other facts
    are in the metadata module. A character that XML cannot hold is a `cp` element, so every text comes back whole.
    """
    from lxml import etree

    spaces: Any = {None: NS, "mda": MDA, "gls": GLS}
    root = etree.Element(f"{{{NS}}}xliff", nsmap=spaces, version="2.1", srcLang=document.source_language)
    root.set("trgLang", document.target_language)
    facts = heading(document)
    file = etree.SubElement(root, f"{{{NS}}}file", id="f1", original=facts[0][1] or "text")
    _metadata(file, facts)
    _notes(file, [("finding", finding_line(finding)) for finding in document.findings])
    units = kept_units(document, keep_boilerplate)
    parent: Any = None
    for group, unit, extra in groups(document, units):
        if parent is None or group != parent.get("id"):
            parent = etree.SubElement(file, f"{{{NS}}}group", id=group, type=f"dwibahasa:{unit.role}")
        _unit(parent, unit, (*notes(document, unit, any_text=True), *extra))
    if not units:  # a file has a unit or a group at least
        etree.SubElement(file, f"{{{NS}}}group", id="empty")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def groups(
    document: BilingualDocument, units: tuple[TranslationUnit, ...]
) -> Iterator[tuple[str, TranslationUnit, tuple[Fact, ...]]]:
    """Each of UNITS with the id of its group, its block or, where others stand between its units, a part of it, and
    the facts that rebuild the document."""
    seen: dict[str, int] = {}
    block = None
    for unit, extra in zip(units, rebuilding(document, units), strict=True):
        if unit.block != block:
            block = unit.block
            seen[block] = seen.get(block, 0) + 1
        name = _NOT_NAME.sub("_", unit.block)
        yield name if seen[unit.block] == 1 else f"{name}-{seen[unit.block]}", unit, extra


def uses_in(unit: TranslationUnit, target: bool) -> list[tuple[int, int, int]]:
    """The spans of the unit's term uses in its source or TARGET, in order and apart, each after the use's number."""
    text = (unit.target or "") if target else unit.segment.text
    spans = sorted(
        (use.start, use.end, number) if target else (use.match.start, use.match.end, number)
        for number, use in enumerate(unit.terms)
    )
    apart, at = [], 0
    for start, end, number in spans:
        if at <= start < end <= len(text):
            apart.append((number, start, end))
            at = end
    return apart


def _unit(parent: Any, unit: TranslationUnit, facts: tuple[Fact, ...]) -> None:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{NS}}}unit", id=_NOT_NAME.sub("_", unit.id))
    _metadata(element, [fact for fact in facts if fact[0] not in ("finding", REMARK)])
    marked = {number for number, _, _ in uses_in(unit, False)}
    if entries := [(number, use) for number, use in enumerate(unit.terms) if number in marked]:
        glossary = etree.SubElement(element, f"{{{GLS}}}glossary")
        for number, use in entries:
            _entry(glossary, number, use)
    _notes(element, [fact for fact in facts if fact[0] in ("finding", REMARK)])
    segment = etree.SubElement(element, f"{{{NS}}}segment", id="s1", state=unit.state)
    if unit.origin:
        segment.set("subState", f"dwibahasa:{unit.origin}")
    _text(etree.SubElement(segment, f"{{{NS}}}source"), unit, unit.segment.text, uses_in(unit, False))
    if unit.target is not None:
        marks = [mark for mark in uses_in(unit, True) if mark[0] in marked]
        _text(etree.SubElement(segment, f"{{{NS}}}target"), unit, unit.target, marks)


def _text(element: Any, unit: TranslationUnit, text: str, marks: list[tuple[int, int, int]]) -> None:
    from lxml import etree

    element.set(_SPACE, "preserve")
    at = 0
    for number, start, end in marks:
        _characters(element, text[at:start])
        use = unit.terms[number]
        value = one_line(f"{use.match.term.target} ({use.status})")
        mark = etree.SubElement(element, f"{{{NS}}}mrk", id=f"m{number + 1}", type="term", value=value)
        _characters(mark, text[start:end])
        at = end
    _characters(element, text[at:])


def _characters(element: Any, text: str) -> None:
    """Append TEXT to what ELEMENT holds."""
    from lxml import etree

    def put(piece: str) -> None:
        if len(element):
            element[-1].tail = (element[-1].tail or "") + piece
        else:
            element.text = (element.text or "") + piece

    at = 0
    for match in NOT_XML.finditer(text):
        put(text[at : match.start()])
        etree.SubElement(element, f"{{{NS}}}cp", hex=f"{ord(match[0]):04X}")
        at = match.end()
    put(text[at:])


def _entry(glossary: Any, number: int, use: TermUse) -> None:
    from lxml import etree

    term = use.match.term
    entry = etree.SubElement(glossary, f"{{{GLS}}}glossEntry", id=f"g{number + 1}", ref=f"#m{number + 1}")
    etree.SubElement(entry, f"{{{GLS}}}term").text = one_line(term.source)
    etree.SubElement(entry, f"{{{GLS}}}translation").text = one_line(term.target)
    if explained := one_line(" ".join((term.note, term.citation))):
        etree.SubElement(entry, f"{{{GLS}}}definition").text = explained


def _metadata(parent: Any, facts: Any) -> None:
    from lxml import etree

    metadata = etree.SubElement(parent, f"{{{MDA}}}metadata")
    group = etree.SubElement(metadata, f"{{{MDA}}}metaGroup", category="dwibahasa")
    for key, value in facts:
        etree.SubElement(group, f"{{{MDA}}}meta", type=key).text = value


def _notes(parent: Any, facts: list[Fact]) -> None:
    from lxml import etree

    if facts:
        notes = etree.SubElement(parent, f"{{{NS}}}notes")
        for key, value in facts:
            etree.SubElement(notes, f"{{{NS}}}note", category=key).text = value
