"""XLIFF 1.2: the older exchange format, which most translation programs still prefer (OASIS, 2008)."""

from typing import Any

from ..document import BilingualDocument, TranslationUnit
from ..exchange import REMARK, Fact, finding_line, heading
from ._base import WRITERS, kept_units, notes, one_line, xml_text
from .xliff import groups, uses_in

NS = "urn:oasis:names:tc:xliff:document:1.2"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_STATES = {"initial": "needs-translation", "reviewed": "signed-off", "final": "final"}
_QUALIFIERS = {"mt": "leveraged-mt", "memory": "leveraged-tm", "copied": "x-copied"}


@WRITERS.register("xliff12", ".12.xlf")
def write_xliff12(document: BilingualDocument, *, keep_boilerplate: bool = False) -> bytes:
    """An XLIFF 1.2 file: a `group` for each block, in it a `trans-unit` for each unit.

    The state `translated` is `needs-review-translation` unless a human wrote the target, `reviewed` is `signed-off`,
    and both `reviewed` and `final` are approved; `state-qualifier` tells the origin. Terms are marked in both texts
    (`mrk`); findings are notes; the other facts are contexts.
    """
    from lxml import etree

    from .._version import __version__

    spaces: Any = {None: NS}
    root = etree.Element(f"{{{NS}}}xliff", nsmap=spaces, version="1.2")
    facts = heading(document)
    file = _add(root, "file", original=facts[0][1] or "text", datatype="plaintext")
    file.attrib.update({"source-language": document.source_language, "target-language": document.target_language})
    header = _add(file, "header")
    _add(header, "tool").attrib.update({"tool-id": "dwibahasa", "tool-name": "dwibahasa", "tool-version": __version__})
    findings = [("finding", finding_line(finding)) for finding in document.findings]
    for key, value in (*facts, *findings):
        _note(header, key, value)
    body = _add(file, "body")
    parent: Any = None
    for group, unit, extra in groups(document, kept_units(document, keep_boilerplate)):
        if parent is None or group != parent.get("id"):
            parent = _add(body, "group", id=group, restype=f"x-{unit.role}")
        _unit(parent, document, unit, (*notes(document, unit), *extra))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _unit(parent: Any, document: BilingualDocument, unit: TranslationUnit, facts: tuple[Fact, ...]) -> None:
    approved = "yes" if unit.state in ("reviewed", "final") else "no"
    element = _add(parent, "trans-unit", id=unit.id, approved=approved)
    element.set(f"{_XML}space", "preserve")
    source = _add(element, "source")
    source.set(f"{_XML}lang", document.source_language)
    _text(source, unit, unit.segment.text, uses_in(unit, False))
    if unit.target is not None:
        usual = "translated" if unit.origin == "human" else "needs-review-translation"
        target = _add(element, "target", state=_STATES.get(unit.state, usual))
        if unit.origin in _QUALIFIERS:
            target.set("state-qualifier", _QUALIFIERS[unit.origin])
        target.set(f"{_XML}lang", document.target_language)
        _text(target, unit, unit.target, uses_in(unit, True))
    context = _add(element, "context-group", name="dwibahasa", purpose="information")
    for key, value in facts:
        if key in ("finding", REMARK):
            _note(element, key, value)
        else:
            _add(context, "context").text = value
            context[-1].set("context-type", f"x-{key}")


def _text(element: Any, unit: TranslationUnit, text: str, marks: list[tuple[int, int, int]]) -> None:
    element.text, at = xml_text(text[: marks[0][1]] if marks else text), 0
    for number, start, end in marks:
        if at and element[-1].tail is None:
            element[-1].tail = xml_text(text[at:start])
        use = unit.terms[number]
        mark = _add(element, "mrk", mtype="term", mid=f"m{number + 1}")
        mark.set("comment", one_line(f"{use.match.term.source} → {use.match.term.target} ({use.status})"))
        mark.text = xml_text(text[start:end])
        at = end
    if marks:
        element[-1].tail = xml_text(text[at:])


def _note(parent: Any, key: str, value: str) -> None:
    note = _add(parent, "note")
    note.text = value
    if key != REMARK:
        note.set("from", f"dwibahasa:{key}")


def _add(parent: Any, tag: str, /, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{{{NS}}}{tag}", attributes)
