"""JSON Lines of this program: everything comes back but the bytes of a structured source."""

import json
from dataclasses import fields
from typing import Any, TypeVar, get_args

from ..document import (
    ROLES,
    About,
    BilingualDocument,
    Block,
    CaseRule,
    Document,
    Finding,
    Link,
    Mark,
    MarkKind,
    Segment,
    Term,
    TermMatch,
    TermStatus,
    TermStep,
    TermUse,
    TranslationUnit,
)
from ..errors import InputError
from ..exchange import fingerprint
from ._base import BILINGUAL, ORIGINS, STATES, Reading

SCHEMA = 1
T = TypeVar("T")


@BILINGUAL.register("jsonl", ".jsonl")
def read_jsonl(data: bytes, name: str) -> Reading:
    """The document of the lines; those of version 0.1.0, which have no `schema`, too. A key that is not known is not
    read. A target that is another than when this program wrote the line is a person's."""
    (number, head), *lines = _objects(data, name) or [(1, {})]
    if head.get("type") != "document":
        raise InputError(f"{name}: line {number}: not dwibahasa's JSON Lines, whose first line has the type document")
    if not isinstance(schema := head.get("schema", 0), int) or schema > SCHEMA:
        raise InputError(f"{name}: schema {schema!r} is newer than the {SCHEMA} that this version reads")
    units, reasons, changed, text = [], [], set(), head.get("lead") or ""
    following = [line for _, line in lines[1:]] + [None]
    for (number, line), after in zip(lines, following, strict=True):
        try:
            unit, edited = _unit(line, after, len(text))
            reasons.append(_text(line, "reason", ""))
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise InputError(f"{name}: line {number}: not a unit of dwibahasa's JSON Lines ({error})") from None
        text += unit.segment.text + unit.segment.space
        units.append(unit)
        changed |= {unit.id} if edited else set()
    try:
        document = _document(head, units, reasons, text)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name}: line 1: not the head of dwibahasa's JSON Lines ({error})") from None
    return Reading(document, frozenset(changed), own=True, complete=True)


def _objects(data: bytes, name: str) -> list[tuple[int, dict[str, Any]]]:
    found = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise InputError(f"{name}: line {number}: not JSON") from None
        if not isinstance(value, dict):
            raise InputError(f"{name}: line {number}: not a JSON object")
        found.append((number, value))
    return found


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _document(head: dict[str, Any], units: list[TranslationUnit], reasons: list[str], text: str) -> BilingualDocument:
    about = head.get("about") or {}
    source = Document(
        text,
        _blocks(units, reasons),
        _text(head, "name"),
        _text(head, "source_language"),
        tuple(
            Mark(_of(get_args(MarkKind), mark["kind"]), _int(mark["start"]), _int(mark["end"]), _text(mark, "href"))
            for mark in head.get("marks") or ()
        ),
        About(**{field.name: _text(about, field.name, "") for field in fields(About)}),
        _text(head, "format", "text"),
    )
    return BilingualDocument(
        source,
        tuple(units),
        source.language,
        _text(head, "target_language"),
        _text(head, "signature"),
        tuple(map(_finding, head["findings"])),
    )


def _unit(line: dict[str, Any], after: dict[str, Any] | None, start: int) -> tuple[TranslationUnit, bool]:
    """The unit of a line, and whether a person changed its target."""
    if line.get("type") != "unit":
        raise ValueError(f"type {line.get('type')!r}")
    block, target, score = _text(line, "block"), line["target"], line["score"]
    usual = "" if after is None else " " if after.get("block") == block else "\n\n"
    if not isinstance(target, str | None):
        raise ValueError("target is not a string")
    if score is not None and not (isinstance(score, int | float) and -1e9 < score <= 0):
        raise ValueError("score is not a number up to 0")
    segment = Segment(_text(line, "source"), start, _text(line, "space", usual))
    written = line.get("written")
    edited = target is not None and "written" in line and written != fingerprint(target)
    stale = edited or (written is None and not _inside(line))
    unit = TranslationUnit(
        _text(line, "id"),
        block,
        _of(ROLES, line["role"]),
        segment,
        target,
        "human" if edited else None if line["origin"] is None else _of(ORIGINS, line["origin"]),
        "translated" if edited and line["state"] == "initial" else _of(STATES, line["state"]),
        None if edited else score,
        _text(line, "language"),
        tuple(map(_use, line["terms"])),
        () if stale else tuple(Link(*map(_int, link)) for link in line["links"]),
        tuple(map(_finding, line["findings"])),
    )
    return unit, stale


def _inside(line: dict[str, Any]) -> bool:
    """Whether the word links of a line end inside its texts."""
    ends = len(line["source"]), len(line["target"] or "")
    return all(s1 <= ends[0] and t1 <= ends[1] for _, s1, _, t1 in line["links"])


def _use(term: dict[str, Any]) -> TermUse:
    lists = ("accept", "forbid", "near", "not_near")
    values: dict[str, Any] = {key: tuple(map(_string, term.get(key) or ())) for key in lists}
    values |= {key: _text(term, key, "") for key in ("sense", "note", "citation", "file")}
    values |= {"case": _of(get_args(CaseRule), term.get("case", "smart")), "line": _int(term.get("line", 0))}
    entry = Term(_text(term, "source"), _text(term, "target"), **values)
    match = TermMatch(entry, *map(_int, term["source_span"]))
    start, end = map(_int, term["target_span"] or (-1, -1))
    status, step = _of(get_args(TermStatus), term["status"]), _of(get_args(TermStep), term["step"])
    return TermUse(match, status, _text(term, "form"), start, end, step)


def _finding(finding: dict[str, Any]) -> Finding:
    return Finding(_text(finding, "check"), _text(finding, "message"))


def _blocks(units: list[TranslationUnit], reasons: list[str]) -> tuple[Block, ...]:
    blocks: dict[str, list[TranslationUnit]] = {}
    told: dict[str, str] = {}
    for unit, reason in zip(units, reasons, strict=True):
        blocks.setdefault(unit.block, []).append(unit)
        told.setdefault(unit.block, reason)
    return tuple(Block(id, own[0].role, tuple(u.segment for u in own), told[id]) for id, own in blocks.items())


def _text(values: dict[str, Any], key: str, default: str | None = None) -> str:
    return _string(values[key] if default is None else values.get(key, default), key)


def _string(value: Any, key: str = "text") -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key}: {value!r:.40} is not a string")
    return value


def _int(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r:.40} is not a whole number")
    return value


def _of(known: tuple[T, ...], value: Any) -> T:
    found = next((one for one in known if one == value), None)
    if found is None:
        raise ValueError(f"{value!r:.40} is none of {', '.join(map(str, known))}")
    return found
