"""Term bases from gettext PO files, parsed by polib after a check of each line.

polib reads a string without its closing quotation mark in silence, so the lines are checked here first; that pass
also gives the lines of the sources and of the comments.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

from ..document import CaseRule, Term
from ..errors import GlossaryError
from .tokens import CURRENCY, WORD

if TYPE_CHECKING:
    import polib

_STRING = r'"(?:[^"\\]|\\.)*"'
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)(?![\w\[])\s*(.*)")
_VALUE = re.compile(_STRING)
# str.splitlines, which polib uses, cuts lines at these too.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class TermFile:
    """The terms of one file in its order, what was left out and why, and the file's name and sha256."""

    name: str
    sha256: str
    terms: tuple[Term, ...]
    notices: tuple[str, ...]


@dataclass(slots=True)
class _Entry:
    """Where a msgid stands (line, from 1) and the comments before it: (line, marker, text)."""

    line: int
    comments: list[tuple[int, str, str]] = field(default_factory=list)


def load_file(path: str | Path) -> TermFile:
    """Read one PO file (UTF-8, a byte order mark and any line ends allowed).

    Raises `GlossaryError` with file and line: not readable, not UTF-8, a syntax error, a source with two targets, an
    unknown case rule, a form that is both right and forbidden.
    """
    path = Path(path)
    data = _bytes(path)
    text = _decoded(path, data)
    entries = _scan(path, text)
    terms, notices = _terms(path, text, entries)
    return TermFile(path.stem, hashlib.sha256(data).hexdigest(), terms, notices)


def _fail(path: Path, line: int, message: str) -> NoReturn:
    raise GlossaryError(f"{path}: line {line}: {message}")


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise GlossaryError(f"{path}: is a folder; a glossary is a PO file")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise GlossaryError(f"{path}: no such glossary file") from None
    except (OSError, ValueError) as error:
        raise GlossaryError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _decoded(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _fail(path, line, f"not UTF-8 (byte 0x{data[error.start]:02x}); save the glossary as UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := _CONTROL.search(text):
        _fail(path, text.count("\n", 0, bad.start()) + 1, f"control character U+{ord(bad[0]):04X}")
    return text


def _scan(path: Path, text: str) -> list[_Entry]:
    """Check the form of every line; give back the msgids with their comments, in order."""
    entries: list[_Entry] = []
    comments: list[tuple[int, str, str]] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("#"):
            if line.startswith("#~ msgid "):
                comments = []
            elif line[:2] in ("#.", "#:"):
                comments.append((number, line[:2], line[2:].strip()))
            continue
        keyword = _KEYWORD.fullmatch(line)
        value = keyword[2] if keyword else line
        if line and not _VALUE.fullmatch(value):
            _fail(path, number, _syntax(line, value))
        if keyword and keyword[1] == "msgid":
            entries.append(_Entry(number, comments))
            comments = []
        elif keyword and keyword[1] == "msgid_plural":
            _fail(path, number, "a glossary entry has no plural (msgid_plural)")
    return entries


def _syntax(line: str, value: str) -> str:
    if not value.startswith('"'):
        return (
            f"not PO: {line[:60]!r} (expected msgctxt, msgid or msgstr and a string in quotation marks, or a comment)"
        )
    if re.match(_STRING, value):
        return f"text after the closing quotation mark, or a quotation mark without \\ before it: {line[:60]!r}"
    return f"string without closing quotation mark: {line[:60]!r}"


def _for_polib(line: str) -> str:
    """LINE without a comment, which polib may refuse ("#note"), but with flags and entries commented out by `#~`."""
    line = line.strip()
    if line.startswith("#,"):
        return "#, " + line[2:]
    return line if not line.startswith("#") or line.startswith("#~ ") else ""


def _parse(path: Path, text: str) -> list[polib.POEntry]:
    import polib

    try:
        parsed = polib.pofile("\n".join(map(_for_polib, text.split("\n"))) + "\n", encoding="utf-8")
    except OSError as error:
        number = re.search(r"line (\d+)", str(error))
        _fail(path, int(number[1]) if number else 1, "cannot follow the line before it (a msgid without msgstr?)")
    return [entry for entry in parsed if not entry.obsolete]


def _terms(path: Path, text: str, entries: list[_Entry]) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    seen: dict[tuple[str, str], Term] = {}
    notices = []
    lines = [entry.line for entry in entries]
    for po in _parse(path, text):
        entry = entries[
            bisect_left(lines, po.linenum or 0)
        ]  # linenum: the first line of the entry, its msgctxt for one
        if not po.msgstr or po.fuzzy:
            why = "is marked fuzzy" if po.msgstr else "has no target"
            notices.append(f"{path}: line {entry.line}: {po.msgid!r} {why}; left out")
            continue
        term = _term(path, entry, po.msgid, po.msgstr, po.msgctxt or "")
        first = seen.setdefault((term.source, term.sense), term)
        if first.target != term.target:
            both = f"{first.target!r} (line {first.line}) and {term.target!r} (line {term.line})"
            _fail(path, term.line, f"{term.source!r} has two targets: {both}")
        if first is not term:
            notices.append(f"{path}: line {term.line}: {term.source!r} stands on line {first.line} already; left out")
    if not seen:
        notices.append(f"{path}: no entries")
    return tuple(seen.values()), tuple(notices)


def _term(path: Path, entry: _Entry, source: str, target: str, sense: str) -> Term:
    forms: dict[str, list[str]] = {"accept": [], "forbid": []}
    notes, citations = [], []
    case = "smart"
    for line, marker, text in entry.comments:
        key, colon, value = text.partition(":")
        value = value.strip()
        if marker == "#:":
            citations.append(text)
        elif colon and key in forms:
            forms[key] += (form for part in value.split(";") if (form := " ".join(part.split())))
        elif colon and key == "note":
            notes.append(value)
        elif colon and key == "case":
            if value not in ("smart", "exact"):
                _fail(path, line, f"unknown case rule {value!r}; known: smart, exact")
            case = value
    source, target = " ".join(source.split()), " ".join(target.split())
    wordless = [form for form in (source, target, *forms["forbid"]) if not WORD.search(form)]
    wordless += [form for form in forms["accept"] if not WORD.search(form) and not CURRENCY.search(form)]
    if wordless:
        _fail(path, entry.line, f"{wordless[0]!r} has no letter or digit")
    for form in forms["forbid"]:
        if form in (target, *forms["accept"]):
            _fail(path, entry.line, f"{form!r} is forbidden and right at once for {source!r}")
    return Term(
        source, target, tuple(dict.fromkeys(forms["accept"])), tuple(dict.fromkeys(forms["forbid"])), sense,
        cast(CaseRule, case), " ".join(notes), "; ".join(citations), str(path), entry.line,
    )  # fmt: skip
