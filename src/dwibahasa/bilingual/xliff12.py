"""XLIFF 1.x, from this program, OmegaT, memoQ, Trados or any other."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..document import Origin, State
from ..exchange import REMARK, Fact
from ._base import Reading, Record, by_key, rebuilt, told
from ._xml import local

_XML = "{http://www.w3.org/XML/1998/namespace}"
_KEPT = ("g", "mrk")
_STATES: dict[str, State] = {
    "new": "initial",
    "needs-translation": "initial",
    "translated": "translated",
    "signed-off": "reviewed",
    "final": "final",
    # what Trados (conf of a segment) and memoQ (status of a unit) call it
    "Draft": "translated",
    "Translated": "translated",
    "ApprovedTranslation": "reviewed",
    "ApprovedSignOff": "final",
    "ManuallyConfirmed": "reviewed",
    "Proofread": "final",
}
_ORIGINS: dict[str, Origin] = {"leveraged-mt": "mt", "mt-suggestion": "mt", "x-copied": "copied"}


def read_root(root: Any, name: str) -> Reading:
    """The units of the XLIFF 1.x file with the element ROOT; a unit that was cut into segments (`seg-source`) is one
    unit for each of these."""
    left: Counter[str] = Counter()
    files = list(root.iterfind("{*}file"))
    records = [record for file in files for unit in file.iter("{*}trans-unit") for record in _records(unit, left)]
    facts: dict[str, list[str]] = {}
    languages = "id", "en"
    if files:
        languages = files[0].get("source-language") or "id", files[0].get("target-language") or "en"
        facts = by_key([fact for note in files[0].iterfind("{*}header/{*}note") if (fact := _note(note))[0] != REMARK])
    return rebuilt(records, facts, languages, name, "xliff12", told(left, len(files)))


def _note(note: Any) -> Fact:
    """What a note tells: a fact of this program by its `from`, else a remark."""
    _, own, key = (note.get("from") or "").partition("dwibahasa:")
    return (key if own else REMARK), " ".join("".join(note.itertext()).split())


def _records(unit: Any, left: Counter[str]) -> Iterator[Record]:
    if unit.get("translate") == "no":
        left["a unit that must not be translated"] += 1
        return
    source, target = unit.find("{*}source"), unit.find("{*}target")
    facts = [
        ((context.get("context-type") or "").removeprefix("x-"), context.text or "")
        for group in unit.iterfind("{*}context-group")
        if group.get("name") == "dwibahasa"
        for context in group.iterfind("{*}context")
    ]
    known = by_key([*facts, *map(_note, unit.iterfind("{*}note"))])
    own = "state" in known
    segments = unit.find("{*}seg-source")
    marks = [] if segments is None else [mark for mark in segments.iter("{*}mrk") if mark.get("mtype") == "seg"]
    if own or not marks:
        yield from _whole(unit, source, target, known if own else {}, left)
    else:
        yield from _segments(unit, segments, target, left)
    if not own and (remarks := known.get(REMARK)):
        yield Record("", None, facts={REMARK: remarks})


def _whole(unit: Any, source: Any, target: Any, facts: dict[str, list[str]], left: Counter[str]) -> Iterator[Record]:
    if source is None or not (text := _text(source, left)):
        return
    record = Record(text, None, facts=facts, id=(unit.get("id") or "") if facts else "")
    if target is not None and (translation := _text(target, left)):
        record.target = translation
        _settle(record, unit, target, target.get("state") or _status(unit))
    yield record


def _settle(record: Record, unit: Any, target: Any, state: str) -> None:
    """What the attributes of the unit and its target say of RECORD."""
    record.state = _STATES.get(state, "translated")
    if unit.get("approved") == "yes" and record.state != "final":
        record.state = "reviewed"
    qualifier = "" if target is None else target.get("state-qualifier") or ""
    memory = "match" in qualifier or qualifier.startswith("leveraged")
    record.origin = _ORIGINS.get(qualifier) or ("memory" if memory else None)
    # This program calls a target that nobody has looked at `needs-review-translation`.
    record.confirmed = record.own and state == "translated" and record.written_origin != "human"


def _status(unit: Any) -> str:
    """The state by the attribute of memoQ."""
    return next((value for key, value in unit.attrib.items() if key.endswith("}status")), "")


def _segments(unit: Any, segments: Any, target: Any, left: Counter[str]) -> Iterator[Record]:
    """A record for each segment of a unit; what stands between them is white space or is left out."""
    targets = {} if target is None else {mark.get("mid"): mark for mark in target.iter("{*}mrk")}
    states = {seg.get("id"): seg.get("conf") or "Draft" for seg in unit.iter("{*}seg") if seg.get("conf")}
    for mark in segments.iter("{*}mrk"):
        mid = mark.get("mid") or ""
        if mark.get("mtype") != "seg" or not (text := _text(mark, left)):
            continue
        record = Record(text, None, block=unit.get("id") or "")
        if (own := targets.get(mid)) is not None and (translation := _text(own, left)):
            record.target = translation
            _settle(record, unit, target, states.get(mid) or (target.get("state") or _status(unit)))
        between = mark.tail or ""
        record.space = between if between and not between.strip() else None
        yield record


def _text(element: Any, left: Counter[str]) -> str:
    text = element.text or ""
    for child in element:
        kind = local(child)
        left[""] += kind != "mrk"
        if kind in _KEPT:
            text += _text(child, left)
        elif kind in ("x", "ph") and child.get("ctype") == "lb":
            text += "\n"
        text += child.tail or ""
    return text
