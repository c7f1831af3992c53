"""gettext PO, from this program, Poedit, Weblate or any other."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..document import State
from ..errors import InputError, OutputError
from ..exchange import REMARK
from ._base import BILINGUAL, Reading, Record, rebuilt, told

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)(?![\w\[])\s*(.*)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_CHARSET = re.compile(rb"charset=([\w.:-]+)", re.IGNORECASE)
_FACT = re.compile(r"([a-z]+): (.*)")
_PREFIX = "x-dwibahasa-"


@dataclass(slots=True)
class _Message:
    line: int
    comments: list[tuple[str, str]] = field(default_factory=list)  # marker such as `#.`, text
    strings: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)  # first and last line of each string, from 1

    @property
    def fuzzy(self) -> bool:
        return any(mark == "#," and "fuzzy" in re.split(r"[,\s]+", text) for mark, text in self.comments)


@BILINGUAL.register("po", ".po", ".pot")
def read_po(data: bytes, name: str) -> Reading:
    """The messages of a PO file. A message with a plural is two units; obsolete messages are left out.

    A message of this program that is no longer fuzzy is `reviewed`, and one whose text is another is a person's. Of
    other programs, a fuzzy message comes from a memory.
    """
    text = _decoded(data, name)
    messages = list(_messages(text, name))
    header: dict[str, str] = {}
    left: Counter[str] = Counter({"obsolete message": len(re.findall(r"^#~\s*msgid\s", text, re.MULTILINE))})
    facts: dict[str, list[str]] = {}
    records: list[Record] = []
    for message in messages:
        if message.strings.get("msgid") == "" and "msgctxt" not in message.strings:
            header = _header(message.strings.get("msgstr", ""))
            found = (_FACT.fullmatch(comment) for _, comment in message.comments)
            facts["finding"] = [match[2] for match in found if match and match[1] == "finding"]
        else:
            records += _records(message, left)
    own = f"{_PREFIX}signature" in header
    facts |= {key.removeprefix(_PREFIX): [value] for key, value in header.items() if key.startswith(_PREFIX)}
    facts["name"] = [header.get("project-id-version", "")] if own else [""]
    languages = header.get("x-source-language", "id"), header.get("language", "").replace("_", "-") or "en"
    return rebuilt(records, facts, languages, name, "po", told(+left))


def filled(data: bytes, name: str, targets: Iterable[tuple[str, bool]]) -> bytes:
    """The PO file DATA with TARGETS, one for each of its units in order (a text, and whether it needs no review), in
    the messages that have none; the others stay as they are. Raises `OutputError` where the file's own encoding cannot
    hold a target."""
    text = _decoded(data, name)
    lines: list[str | None] = list(text.split("\n"))
    rest = iter(targets)
    for message in _messages(text, name):
        sources = [key for key in ("msgid", "msgid_plural") if message.strings.get(key)]
        given = [next(rest) for _ in sources if "msgctxt" in message.strings or message.strings["msgid"]]
        keys = [key for key in message.strings if key.startswith("msgstr")]
        if not given or any(message.strings[key] for key in keys) or not all(target for target, _ in given):
            continue
        for key, (target, _) in zip(keys, [given[0], *[given[-1]] * len(keys)], strict=False):
            first, last = message.places[key]
            lines[first - 1 : last] = [f"{key} {_quoted(target)}", *[None] * (last - first)]
        if not all(certain for _, certain in given):
            start = min(first for first, _ in message.places.values()) - 1
            lines[start] = f"#, fuzzy\n{lines[start]}"
    whole = "\n".join(line for line in lines if line is not None)
    encoding = _encoding(data)
    if encoding == "utf-8-sig" and not data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8"
    try:
        return whole.replace("\n", "\r\n" if b"\r\n" in data else "\n").encode(encoding)
    except UnicodeEncodeError as error:
        raise OutputError(f"{name}: {error.object[error.start]!r} of a translation is not in {encoding}") from None


def _quoted(text: str) -> str:
    pairs = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r"))
    for char, escape in pairs:
        text = text.replace(char, escape)
    return f'"{text}"'


def _encoding(data: bytes) -> str:
    charset = _CHARSET.search(data)
    encoding = charset[1].decode("ascii", "replace") if charset else "utf-8"
    return "utf-8-sig" if encoding.lower() in ("utf-8", "utf8", "charset") else encoding


def _decoded(data: bytes, name: str) -> str:
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not {encoding} as its header says (byte {error.start})") from None
    except LookupError:
        raise InputError(f"{name}: its header names the unknown encoding {encoding}") from None
    return text.replace("\r\n", "\n")


def _messages(text: str, name: str) -> Iterator[_Message]:
    message, key = _Message(1), ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip(" \t\r")
        keyword = _KEYWORD.fullmatch(line)
        if line.startswith("#"):
            if message.strings:
                yield _whole(message, name)
                message, key = _Message(number), ""
            if not line.startswith("#~"):
                marker = line[:2] if line[1:2] in set(".:,|") else "#"
                message.comments.append((marker, line[len(marker) :].strip()))
        elif keyword:
            if keyword[1] in ("msgctxt", "msgid") and "msgid" in message.strings:
                yield _whole(message, name)
                message = _Message(number)
            key = keyword[1]
            if key in message.strings:
                raise InputError(f"{name}: line {number}: a second {key} in one message")
            message.strings[key] = _value(keyword[2], name, number)
            message.places[key] = number, number
        elif line:
            if not key or not line.startswith('"'):
                raise InputError(f"{name}: line {number}: not PO: {line[:60]!r}")
            message.strings[key] += _value(line, name, number)
            message.places[key] = message.places[key][0], number
    if message.strings:
        yield _whole(message, name)


def _whole(message: _Message, name: str) -> _Message:
    if "msgid" not in message.strings or not any(key.startswith("msgstr") for key in message.strings):
        raise InputError(f"{name}: line {message.line}: a message without its msgid or msgstr")
    return message


def _value(text: str, name: str, number: int) -> str:
    if not (match := _STRING.fullmatch(text)):
        raise InputError(f"{name}: line {number}: a string without its quotation marks: {text[:60]!r}")
    return _ESCAPE.sub(_unescaped, match[1])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    return chr(int(code, 8)) if code[0] in "01234567" else _ESCAPES.get(code, code)


def _header(text: str) -> dict[str, str]:
    lines = (line.partition(":") for line in text.split("\n"))
    return {key.strip().lower(): value.strip() for key, colon, value in lines if colon}


def _records(message: _Message, left: Counter[str]) -> Iterator[Record]:
    strings = message.strings
    facts: dict[str, list[str]] = {}
    for marker, text in message.comments:
        if marker == "#." and (match := _FACT.fullmatch(text)):
            facts.setdefault(match[1], []).append(match[2])
    if "state" not in facts:
        facts.clear()
    if remarks := [text for marker, text in message.comments if marker == "#" and text]:
        facts[REMARK] = remarks
    plural = strings.get("msgid_plural")
    if plural is None:
        yield _record(message, strings["msgid"], strings.get("msgstr", ""), facts)
        return
    left["plural forms but the first and the last"] += max(0, sum(key.startswith("msgstr[") for key in strings) - 2)
    forms = [value for key, value in sorted(strings.items()) if key.startswith("msgstr[")] or [""]
    yield _record(message, strings["msgid"], forms[0], facts)
    yield _record(message, plural, forms[-1], {})


def _record(message: _Message, source: str, target: str, facts: dict[str, list[str]]) -> Record:
    record = Record(source, target or None, facts=facts)
    if record.own:
        record.id = message.strings.get("msgctxt", "")
        record.state = _state(record, message.fuzzy)
    else:
        record.state = "translated" if message.fuzzy else "reviewed"
        record.origin = "memory" if message.fuzzy else "human"
    return record


def _state(record: Record, fuzzy: bool) -> State:
    """What the flag says, now, of a message that this program wrote."""
    before = record.written_state or "translated"
    if fuzzy:
        return "translated" if before in ("reviewed", "final") else before
    was_fuzzy = record.written_origin != "human" and before in ("initial", "translated") and record.fact("written")
    return "reviewed" if was_fuzzy else before
