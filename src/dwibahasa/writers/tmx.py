"""TMX 1.4b: a translation memory for computer-aided translation programs; one `tu` for each translated unit."""

from typing import Any

from ..document import BilingualDocument, TranslationUnit
from ..exchange import REMARK, Fact, heading
from ._base import WRITERS, kept_units, notes, one_line, rebuilding, xml_text

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@WRITERS.register("tmx", ".tmx")
def write_tmx(document: BilingualDocument, *, keep_boilerplate: bool = False) -> bytes:
    """A TMX file with a pair for each unit that has a target; the header names the units left out.

    `tuid` is the unit's id; role, origin, state, score, terms and findings are `prop` elements with types of their own
    (`x-score` …), as TMX 1.4b foresees for tools; a person's remarks are `note` elements. No dates are written: the
    same document gives the same bytes.
    """
    from lxml import etree

    from .._version import __version__

    root = etree.Element("tmx", version="1.4")
    header = etree.SubElement(
        root,
        "header",
        creationtool="dwibahasa",
        creationtoolversion=__version__,
        segtype="sentence",
        adminlang="en",
        srclang=document.source_language,
        datatype="plaintext",
    )
    header.set("o-tmf", "dwibahasa")
    units = kept_units(document, keep_boilerplate)
    for note in _header_notes(units):
        etree.SubElement(header, "note").text = note
    for key, value in heading(document):
        _prop(header, key, value)
    for finding in document.findings:
        _prop(header, "finding", f"{finding.check}: {finding.message}")
    body = etree.SubElement(root, "body")
    pairs = tuple(unit for unit in units if unit.target)
    for unit, extra in zip(pairs, rebuilding(document, pairs), strict=True):
        _pair(body, document, unit, (*notes(document, unit), *extra))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _header_notes(units: tuple[TranslationUnit, ...]) -> list[str]:
    missing = [u.id for u in units if not u.target]
    return [f"without a translation, left out: {', '.join(missing)}"] if missing else []


def _pair(body: Any, document: BilingualDocument, unit: TranslationUnit, facts: tuple[Fact, ...]) -> None:
    from lxml import etree

    tu = etree.SubElement(body, "tu", tuid=unit.id)
    for key, value in facts:
        if key == REMARK:
            etree.SubElement(tu, "note").text = value
        else:
            _prop(tu, key, value)
    # The document's language even where a sentence is English already: a memory asks in the document's language.
    pair = ((document.source_language, unit.segment.text), (document.target_language, unit.target or ""))
    for language, text in pair:
        tuv = etree.SubElement(tu, "tuv", {XML_LANG: language})
        etree.SubElement(tuv, "seg").text = xml_text(text)


def _prop(parent: Any, key: str, value: str) -> None:
    from lxml import etree

    etree.SubElement(parent, "prop", type=f"x-{key}").text = one_line(value)
