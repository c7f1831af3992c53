"""XLIFF 2.x: units of one or several segments."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..errors import InputError
from ..exchange import REMARK, Fact
from ._base import BILINGUAL, ORIGINS, STATES, Reading, Record, by_key, rebuilt, told
from ._xml import local, parse
from .xliff12 import read_root

_KEPT = ("mrk", "pc")


@BILINGUAL.register("xliff", ".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
def read_xliff(data: bytes, name: str) -> Reading:
    """The segments of an XLIFF file, 1.2 or 2.x by its root, those of all its files together.

    Segments that must not be translated are left out. A segment of this program whose state rose or whose text
    changed is a person's.
    """
    root = parse(data, name)
    version = root.get("version") or ""
    if local(root) != "xliff" or version[:2] not in ("1.", "2."):
        raise InputError(f"{name}: not XLIFF 1.x or 2.x (root element {local(root)}, version {version or 'missing'})")
    if version.startswith("1."):
        return read_root(root, name)
    left: Counter[str] = Counter()
    files = list(root.iterfind("{*}file"))
    records = [record for file in files for unit in file.iter("{*}unit") for record in _records(unit, left)]
    facts = by_key(_facts(files[0])) if files else {}
    languages = root.get("srcLang") or "id", root.get("trgLang") or "en"
    return rebuilt(records, facts, languages, name, "xliff", told(left, len(files)))


def _facts(element: Any) -> list[Fact]:
    """The metadata of this program on ELEMENT, a file or a unit, and its notes."""
    found = [
        (meta.get("type") or "", meta.text or "")
        for group in element.iterfind("{*}metadata/{*}metaGroup")
        if group.get("category") == "dwibahasa"
        for meta in group.iterfind("{*}meta")
    ]
    for note in element.iterfind("{*}notes/{*}note"):
        text = " ".join("".join(note.itertext()).split())
        found.append(("finding" if note.get("category") == "finding" else REMARK, text))
    return found


def _records(unit: Any, left: Counter[str]) -> Iterator[Record]:
    facts = by_key(_facts(unit))
    name = unit.get("id") or ""
    own = "state" in facts
    for part in unit:
        kind = local(part)
        source, target = part.find("{*}source"), part.find("{*}target")
        if kind not in ("segment", "ignorable") or source is None:
            continue
        if unit.get("translate") == "no":
            left["a segment that must not be translated"] += 1
            continue
        text = _text(source, left)
        if kind == "ignorable" or not text:
            yield Record("", None, space=text)
            continue
        translation = None if target is None else _text(target, left)
        record = Record(text, translation or None, facts=facts if own else {}, block=name)
        record.state = next((state for state in STATES if state == part.get("state")), "initial")
        kind_of_origin = (part.get("subState") or "").removeprefix("dwibahasa:")
        record.origin = next((origin for origin in ORIGINS if origin == kind_of_origin), None)
        if own:
            record.id, record.block = name, ""
        elif remarks := facts.get(REMARK):
            record.facts = {REMARK: remarks}
        yield record


def _text(element: Any, left: Counter[str]) -> str:
    text = element.text or ""
    for child in element:
        kind = local(child)
        if kind == "cp":
            text += _character(child.get("hex") or "")
        else:
            left[""] += kind != "mrk"
            text += _text(child, left) if kind in _KEPT else ""
        text += child.tail or ""
    return text


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
