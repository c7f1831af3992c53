"""Term bases as gettext PO files.

A file that is laid out as this module writes it is read by one regular expression, which takes a third of the time;
every other file is parsed by polib after a check of each line. polib reads a string without its closing quotation mark
in silence, so the lines are checked here first; that pass also gives the lines of the sources and of the comments.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..document import Term
from ._base import FORMATS, Entry, Format, Output, case_rule, fail, split_forms

_STRING = r'"(?:[^"\\]|\\.)*"'
_UNKNOWN_ESCAPE = re.compile(r'(?:[^\\]|\\[bfnrtv"\\])*(\\[^bfnrtv"\\])')
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)(?![\w\[])\s*(.*)")
_VALUE = re.compile(_STRING)
# What `write_po` makes, and people who copy it: each string on one line, without escapes, and no flags.
_COMMENTS = r"((?:#[.: ].*\n)*)"
_PLAIN_HEADER = re.compile(_COMMENTS + r'msgid ""\nmsgstr ""\n(?:"[^"\\\n]*(?:\\n)?"\n)*\n+')
_PLAIN_ENTRY = re.compile(
    _COMMENTS + r'(?:msgctxt "([^"\\\n]*)"\n)?msgid "([^"\\\n]+)"\nmsgstr "([^"\\\n]*)"(?:\n+|\Z)'
)
_HEADER = """# dwibahasa term base: {name} (Indonesian to English)
msgid ""
msgstr ""
"Project-Id-Version: dwibahasa {escaped}\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Source-Language: id\\n"
"""


Comments = list[tuple[int, str, str]]
"""Comments before a msgid: line (from 1), marker (`#.` or `#:`), text."""


@dataclass(slots=True)
class _Place:
    """Where a msgid stands (line, from 1) and the comments before it."""

    line: int
    comments: Comments = field(default_factory=list)


def read_po(path: Path, text: str) -> Iterator[Entry]:
    """The entries of a PO file; those marked fuzzy are left out."""
    plain = plain_entries(path, text)
    return parsed_entries(path, text) if plain is None else iter(plain)


def plain_entries(path: Path, text: str) -> list[Entry] | None:
    """The entries of a file that is laid out as `write_po` does it; None for any other."""
    header = _PLAIN_HEADER.match(text)
    at = header.end() if header else 0
    line = text.count("\n", 0, at) + 1
    entries = []
    while found := _PLAIN_ENTRY.match(text, at):
        above, sense, source, target = found.groups()
        rows = above.split("\n")[:-1]
        comments = [(n, row[:2], row[2:].strip()) for n, row in enumerate(rows, line) if row[1] != " "]
        entry = Entry(line + len(rows) + (sense is not None), source, target, sense=sense or "")
        entries.append(_filled(path, entry, comments))
        at = found.end()
        line += found[0].count("\n")
    return entries if at == len(text) else None


def parsed_entries(path: Path, text: str) -> Iterator[Entry]:
    """The entries of any PO file, by polib."""
    import polib

    places = _scan(path, text)
    lines = [place.line for place in places]
    try:
        parsed = polib.pofile("\n".join(map(_for_polib, text.split("\n"))) + "\n", encoding="utf-8")
    except OSError as error:
        number = re.search(r"line (\d+)", str(error))
        fail(path, int(number[1]) if number else 1, "cannot follow the line before it (a msgid without msgstr?)")
    for po in parsed:
        if po.obsolete:
            continue
        # linenum: the first line of the entry, its msgctxt for one
        place = places[bisect_left(lines, po.linenum or 0)]
        entry = Entry(place.line, po.msgid, po.msgstr, sense=po.msgctxt or "")
        if po.msgstr and po.fuzzy:
            entry.left_out = "is marked fuzzy"
            yield entry
        else:
            yield _filled(path, entry, place.comments)


def _scan(path: Path, text: str) -> list[_Place]:
    """Check the form of every line; give back the msgids with their comments, in order."""
    places: list[_Place] = []
    comments: Comments = []
    context = source = 0  # the lines of a msgctxt and of a msgid that wait for what belongs to them
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
            fail(path, number, _syntax(line, value))
        if "\\" in value and (unknown := _UNKNOWN_ESCAPE.match(value)):
            fail(path, number, f"{unknown[1]!r} means nothing in PO; write a backslash twice")
        if keyword and keyword[1] == "msgctxt":
            context = number
        elif keyword and keyword[1] == "msgid":
            places.append(_Place(number, comments))
            comments = []
            context, source = 0, number
        elif keyword and keyword[1] == "msgid_plural":
            fail(path, number, "a glossary entry has no plural (msgid_plural)")
        elif keyword:
            source = 0
    if source:
        fail(path, source, "a msgid without its msgstr")
    if context:
        fail(path, context, "a msgctxt without its msgid")
    return places


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


def _filled(path: Path, entry: Entry, comments: Comments) -> Entry:
    """ENTRY with what its COMMENTS say."""
    if not comments:
        return entry
    forms: dict[str, list[str]] = {"accept": [], "forbid": [], "near": [], "not near": []}
    notes, citations = [], []
    for line, marker, text in comments:
        key, colon, value = text.partition(":")
        value = value.strip()
        if marker == "#:":
            citations.append(text)
        elif colon and key in forms:
            forms[key] += split_forms(value)
        elif colon and key == "note":
            notes.append(value)
        elif colon and key == "case":
            entry.case = case_rule(path, line, value)
    entry.accept, entry.forbid, entry.near, entry.not_near = forms.values()
    entry.note, entry.citation = " ".join(notes), "; ".join(citations)
    return entry


def write_po(terms: Sequence[Term], name: str) -> Output:
    """A PO file as docs/glossary-format.md describes it; it holds every field."""
    head = _HEADER.format(name=name, escaped=_escaped(name))
    return Output("\n".join((head, *map(_message, terms))))


def _message(term: Term) -> str:
    lines = []
    if term.accept:
        lines.append("#. accept: " + "; ".join(term.accept))
    if term.forbid:
        lines.append("#. forbid: " + "; ".join(term.forbid))
    if term.case != "smart":
        lines.append("#. case: " + term.case)
    if term.near:
        lines.append("#. near: " + "; ".join(term.near))
    if term.not_near:
        lines.append("#. not near: " + "; ".join(term.not_near))
    if term.note:
        lines.append("#. note: " + term.note)
    if term.citation:
        lines.append("#: " + term.citation)
    # gettext joins a line that ends with a backslash to the next, even in a comment; a space ends it otherwise.
    lines = [line + " " if line.endswith("\\") else line for line in lines]
    if term.sense:
        lines.append(f'msgctxt "{_escaped(term.sense)}"')
    return "\n".join((*lines, f'msgid "{_escaped(term.source)}"', f'msgstr "{_escaped(term.target)}"', ""))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


FORMATS.register("po", ".po")(Format(read_po, write_po))
