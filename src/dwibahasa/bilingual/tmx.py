"""TMX in any version: the pairs of two languages of a translation memory."""

from collections import Counter
from typing import Any

from ..errors import InputError
from ..exchange import REMARK, Fact
from ._base import BILINGUAL, Reading, Record, by_key, rebuilt, told
from ._xml import local, parse

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = ("bpt", "ept", "it", "ph", "ut")


@BILINGUAL.register("tmx", ".tmx")
def read_tmx(data: bytes, name: str) -> Reading:
    """The pairs of a TMX file: the source language is that of its header, or Indonesian where it names none; the
    target language is English or, where there is no English text, the first other one."""
    root = parse(data, name)
    if local(root) != "tmx":
        raise InputError(f"{name}: not TMX: the root element is {local(root)}")
    header = root.find("header")
    facts = [] if header is None else _facts(header)
    units = list(root.iterfind("body/tu"))
    wanted = "" if header is None else header.get("srclang") or ""
    languages = _languages(units, wanted)
    left: Counter[str] = Counter()
    records = [record for unit in units if (record := _record(unit, languages, left)) is not None]
    own = [] if header is None else [" ".join(note.text.split()) for note in header.iterfind("note") if note.text]
    return rebuilt(records, by_key(facts), languages, name, "tmx", [*own, *told(left)])


def _facts(element: Any) -> list[Fact]:
    """The properties of ELEMENT that this program writes."""
    props = ((prop.get("type") or "", prop.text or "") for prop in element.iterfind("prop"))
    return [(type.removeprefix("x-"), text) for type, text in props if type.startswith("x-")]


def _languages(units: list[Any], wanted: str) -> tuple[str, str]:
    """The tags of source and target, as the texts of UNITS have them."""
    seen: Counter[str] = Counter(_language(tuv) for unit in units for tuv in unit.iterfind("tuv"))

    def pick(language: str, other: str = "") -> str:
        found = (tag for tag in seen if _same(tag, language) and not _same(tag, other))
        return next(found, "")

    source = pick(wanted) or pick("id") or next(iter(seen), "id")
    rest = [tag for tag in seen if not _same(tag, source)]
    return source, pick("en", source) or next(iter(rest), "en")


def _same(tag: str, other: str) -> bool:
    return tag.lower().replace("_", "-").partition("-")[0] == other.lower().replace("_", "-").partition("-")[0]


def _language(tuv: Any) -> str:
    return str(tuv.get(_LANG) or tuv.get("lang") or "")


def _record(unit: Any, languages: tuple[str, str], left: Counter[str]) -> Record | None:
    texts: dict[str, str] = {}
    for tuv in unit.iterfind("tuv"):
        tag = _language(tuv)
        known = next((language for language in languages if _same(tag, language)), None)
        seg = tuv.find("seg")
        if known is None or known in texts or seg is None:
            left[f"a text in {tag or 'no language'}"] += 1
        else:
            texts[known] = _text(seg, left)
    source, target = (texts.get(language, "") for language in languages)
    if not source:
        left["a unit without a source text"] += 1
        return None
    record = Record(source, target or None, facts=by_key(_facts(unit)))
    if record.own:
        record.id = unit.get("tuid") or ""
    else:
        record.facts.clear()
    for note in unit.iterfind("note"):
        record.facts.setdefault(REMARK, []).append(" ".join("".join(note.itertext()).split()))
    return record


def _text(seg: Any, left: Counter[str]) -> str:
    """The text of a segment; the codes of inline elements are left out, what `hi` marks is kept."""
    text = seg.text or ""
    for child in seg:
        left[""] += 1
        text += ("" if local(child) in _CODES else _text(child, left)) + (child.tail or "")
    return text
