"""Term bases as TBX-Basic: ISO 30042:2008 (TBX 2, `martif`) and ISO 30042:2019 (TBX 3, `tbx`, both styles).

Both editions have the same levels under different names: a concept, its languages, the terms of each. TBX 3 writes a
data category as a type (style DCA: `<termNote type="administrativeStatus">`) or as an element of another namespace
(style DCT: `<min:administrativeStatus>`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..document import Term
from ._base import CONTROL, FORMATS, Entry, Format, Notice, Output, fail, split_forms, tidy

if TYPE_CHECKING:
    from lxml import etree

_LANGUAGES = ("langSet", "langSec")
_TERMS = ("tig", "ntig", "termSec")
_READ = ("subjectField", "note", "source")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_INDONESIAN = ("id", "in", "ind")  # `in` is the code of ISO 639 before 1989
_ENGLISH = ("en", "eng")
_AMERICAN = "en-us"  # the preferred form is in American spelling
# preferredTerm-admn-sts and so on; the last two are those of Weblate.
_STATUS = re.compile("preferred|admitted|deprecated|superseded|forbidden|obsolete")
_RIGHT = ("preferred", "", "admitted")
# Entities can be declared only so; whatever else a DOCTYPE declares is of no use to a term base.
_DECLARATION = re.compile("<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)")
# What TBX has no category for, as notes of the Indonesian term.
_EXACT, _NEAR, _NOT_NEAR = "case: exact", "near: ", "not near: "


@dataclass(slots=True)
class _Form:
    """A term of a concept, its status by the first word, and what else its section says."""

    text: str
    line: int
    status: str = ""
    said: dict[str, list[str]] = field(default_factory=dict)


def read_tbx(path: Path, text: str) -> Iterator[Entry | Notice]:
    """The entries of a TBX file: one for each Indonesian term of a concept that has English ones."""
    root = _parse(path, text)
    name = _name(root)
    if name not in ("martif", "tbx"):
        fail(path, 1, f"not TBX: the root element is {name!r}; known: martif, tbx")
    unread: Counter[str] = Counter()
    for concept in root.iter("{*}termEntry", "{*}conceptEntry"):
        yield from _concept(path, concept, unread)
    if unread:
        yield Notice(0, "not read: " + ", ".join(f"{what} ({count})" for what, count in sorted(unread.items())))


def _parse(path: Path, text: str) -> etree._Element:
    """The root of the file; nothing is declared in it, nothing outside it is opened, no entity is expanded."""
    from lxml import etree

    if found := _DECLARATION.search(text):
        line = text.count("\n", 0, found.start()) + 1
        fail(path, line, f"{found[0]} is refused: a TBX file must not declare entities or elements")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        fail(path, error.lineno or 1, f"not well-formed XML: {tidy(str(error.msg))}")
    for entity in root.iter(etree.Entity):
        fail(path, _line(entity), f"the entity {entity.text} is not known")
    return root


def _line(element: Any) -> int:
    return element.sourceline or 0


def _name(element: etree._Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _category(element: etree._Element, root_space: str) -> str:
    """The data category of ELEMENT; empty for one that only gives structure."""
    name = _name(element)
    if name == "note" or not str(element.tag).startswith(root_space):
        return name
    return element.get("type") or ("" if len(element) else name)


def _said(element: etree._Element, stop: Sequence[str]) -> dict[str, list[str]]:
    """The data categories of ELEMENT with their values, those in elements called as in STOP left to these."""
    space, brace, _ = str(element.tag).rpartition("}")
    said: dict[str, list[str]] = {}
    waiting = [*reversed(element)]
    while waiting:
        child = waiting.pop()
        if _name(child) in stop or _name(child) == "term":
            continue
        if category := _category(child, space + brace):
            said.setdefault(category, []).append(_text(child))
        else:
            waiting += reversed(child)
    return said


def _text(element: etree._Element) -> str:
    text = "".join(map(str, element.itertext()))
    return text if CONTROL.search(text) else tidy(text)  # some controls are white space too, and are refused later


def _concept(path: Path, concept: etree._Element, unread: Counter[str]) -> Iterator[Entry | Notice]:
    said = _said(concept, _LANGUAGES)
    languages: dict[str, list[_Form]] = {}
    for section in concept.iter("{*}langSet", "{*}langSec"):
        tag = (section.get(_LANG) or section.get("lang") or "").lower().replace("_", "-")
        language = tag.partition("-")[0]
        if language not in (*_INDONESIAN, *_ENGLISH):
            unread[f"language {tag or '?'}"] += 1
            continue
        for category, values in _said(section, _TERMS).items():
            said.setdefault(category, []).extend(values)
        forms = [form for part in section.iter("{*}tig", "{*}ntig", "{*}termSec") if (form := _form(part)).text]
        languages.setdefault("id" if language in _INDONESIAN else tag, []).extend(forms)
    sources = languages.pop("id", [])
    english = [forms for _, forms in sorted(languages.items(), key=lambda item: (item[0] != _AMERICAN, item[0]))]
    for every in (said, *(form.said for forms in (sources, *english) for form in forms)):
        unread.update({category: len(values) for category, values in every.items() if category not in _READ})
    if not sources:
        yield Notice(_line(concept), "a concept without an Indonesian term; left out")
    for source in sources:
        yield _entry(path, source, english, said)


def _form(section: etree._Element) -> _Form:
    term = next(section.iter("{*}term"), None)
    said = _said(section, ())
    status = ""
    for value in said.pop("administrativeStatus", ()):
        if found := _STATUS.match(value):
            status = found[0]
        else:
            said[f"administrativeStatus {value!r}"] = [value]
    return _Form("" if term is None else _text(term), _line(section if term is None else term), status, said)


def _entry(path: Path, source: _Form, english: Sequence[Sequence[_Form]], said: dict[str, list[str]]) -> Entry:
    right, wrong = [], []
    for forms in english:
        good = [form for form in forms if form.status in _RIGHT]
        wrong += [form.text for form in forms if form not in good]
        first = [form for form in good if form.status == "preferred"]
        if len(first) > 1:
            both = " and ".join(f"{form.text!r} (line {form.line})" for form in first[:2])
            fail(path, first[1].line, f"{source.text!r} has two targets: {both}")
        right += sorted(good, key=lambda form: _RIGHT.index(form.status))
    target = right[0] if right else _Form("", source.line)
    own = source.said.pop("note", [])
    near, not_near = (
        [form for note in own if note.startswith(head) for form in split_forms(note[len(head) :])]
        for head in (_NEAR, _NOT_NEAR)
    )
    notes, citations = [*said.get("note", ())], [*said.get("source", ())]
    notes += [note for note in own if note != _EXACT and not note.startswith((_NEAR, _NOT_NEAR))]
    for form in (source, *right):
        lead = "" if form in (source, target) else f"{form.text}: "
        notes += [lead + value for value in form.said.get("note", ())]
        citations += [lead + value for value in form.said.get("source", ())]
    return Entry(
        source.line,
        source.text,
        target.text,
        list(dict.fromkeys(form.text for form in right if form.text != target.text)),
        wrong,
        "; ".join(said.get("subjectField", ())),
        "exact" if _EXACT in own else "smart",
        "; ".join(notes),
        "; ".join(citations),
        near,
        not_near,
    )


def write_tbx(terms: Sequence[Term], name: str) -> Output:
    """A TBX-Basic file of ISO 30042:2008, which most programs read: a concept for each entry, in order.

    TBX has no category for case rules and contexts: they are notes of the Indonesian term, `case: exact` and
    `near: a; b`.
    """
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX-Basic", _LANG: "en"})
    description = etree.SubElement(etree.SubElement(root, "martifHeader"), "fileDesc")
    etree.SubElement(etree.SubElement(description, "titleStmt"), "title").text = name
    origin = f"dwibahasa term base: {name} (Indonesian to English)"
    etree.SubElement(etree.SubElement(description, "sourceDesc"), "p").text = origin
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for number, term in enumerate(terms, 1):
        _add_concept(etree.SubElement(body, "termEntry", id=f"t{number}"), term)
    exact, bound = sum(t.case == "exact" for t in terms), sum(bool(t.near or t.not_near) for t in terms)
    notes = [f"TBX has no case rules: {exact} stand as notes, `{_EXACT}`"] if exact else []
    notes += [f"TBX has no contexts: {bound} stand as notes, `{_NEAR}…` and `{_NOT_NEAR}…`"] if bound else []
    xml = etree.tostring(root, encoding="unicode", pretty_print=True)
    return Output('<?xml version="1.0" encoding="UTF-8"?>\n' + xml, tuple(notes))


def _add_concept(concept: Any, term: Term) -> None:
    from lxml import etree

    if term.sense:
        etree.SubElement(concept, "descrip", type="subjectField").text = term.sense
    if term.note:
        etree.SubElement(concept, "note").text = term.note
    source = _add_term(etree.SubElement(concept, "langSet", {_LANG: "id"}), term.source)
    rules = [_EXACT] if term.case == "exact" else []
    rules += [head + "; ".join(forms) for head, forms in ((_NEAR, term.near), (_NOT_NEAR, term.not_near)) if forms]
    for rule in rules:
        etree.SubElement(source, "note").text = rule
    english = etree.SubElement(concept, "langSet", {_LANG: "en"})
    target = _add_term(english, term.target, "preferred")
    if term.citation:
        etree.SubElement(target, "admin", type="source").text = term.citation
    for form in term.accept:
        _add_term(english, form, "admitted")
    for form in term.forbid:
        _add_term(english, form, "deprecated")


def _add_term(language: Any, form: str, status: str = "") -> Any:
    from lxml import etree

    section = etree.SubElement(language, "tig")
    etree.SubElement(section, "term").text = form
    if status:
        etree.SubElement(section, "termNote", type="administrativeStatus").text = f"{status}Term-admn-sts"
    return section


FORMATS.register("tbx", ".tbx")(Format(read_tbx, write_tbx))
