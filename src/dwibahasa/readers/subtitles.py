"""Subtitles in SRT and WebVTT: cues joined into sentences, and the translation divided among the cues again."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..document import BilingualDocument, Document, MarkKind
from ..errors import InputError
from . import text
from ._base import READERS, REWRITERS, Piece, assembled, places
from ._inline import Item, collected
from .subtitles_layout import Part, Passage, divided

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?\s*")
_TAG = re.compile(r"<(/?)(i|b|u|s|font|c|v|lang|ruby|rt)(?:[\s.][^<>]*)?>|\{\\[^{}]*\}|<\d[\d:.]*>", re.IGNORECASE)
_MARKS: dict[str, MarkKind] = {"i": "italic", "b": "bold", "u": "underline", "s": "strike"}
_DASH = re.compile(r"[-–—‐]\s*(?=\S)")
_VOICE = re.compile(r"<v[\s.][^<>]*>", re.IGNORECASE)
_NOT_CUES = ("NOTE", "STYLE", "REGION")
_ENDED = re.compile(r"[.!?…♪\])]['\"”’»]*\Z")
_ALONE = ("[", "(", "♪")
PAUSE = 3000
"""Milliseconds without a cue after which a sentence does not go on. This and `LONGEST`: own choice."""
LONGEST = 12
"""Cues that are joined at most, where nothing shows that a sentence ends."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """Its times in milliseconds, and the indices `[first, last)` of the lines of its text."""

    start: int
    end: int
    first: int
    last: int


@READERS.register("srt", ".srt")
def read_srt(data: bytes, name: str) -> Document:
    """The text of SRT subtitles, a block a run of cues that the sentences go through.

    Raises `InputError`, with the line, for times that cannot be read; and for what is empty, binary, in no known
    encoding or without a cue.
    """
    return _read(data, name, "srt")


@READERS.register("vtt", ".vtt")
def read_vtt(data: bytes, name: str) -> Document:
    """The text of WebVTT subtitles; as `read_srt`."""
    return _read(data, name, "vtt")


def _read(data: bytes, name: str, format: str) -> Document:
    passages = _passages(text.decode(data, name), name, format)
    if not passages:
        raise InputError(f"{name}: no cue with text in this file")
    return assembled([passage.piece for passage in passages], name, format, data)


@REWRITERS.register("srt")
@REWRITERS.register("vtt")
def rewrite(document: BilingualDocument) -> bytes:
    """The subtitles of DOCUMENT with the translation in the place of the text, in UTF-8; times, numbers, settings,
    notes and styles as they are."""
    data, format = document.source.original, document.source.format
    source = text.decode(data, document.name)
    passages = _passages(source, document.name, format)
    spans = places([passage.piece for passage in passages])
    end_of_line = "\r\n" if "\r\n" in source else "\n"
    escape = _vtt if format == "vtt" else _srt
    out, at = list[str](), 0
    for passage, span in zip(passages, spans, strict=True):
        for part, new in divided(document, passage, span, escape):
            out += source[at : part.start], new.replace("\n", end_of_line)
            at = part.end
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return mark + "".join((*out, source[at:])).encode("utf-8", "replace")


def _vtt(part: str) -> str:
    return part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _srt(part: str) -> str:
    return part.replace("-->", "->")


def _passages(source: str, name: str, format: str) -> list[Passage]:
    lines = _LINE.findall(source)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    passages: list[Passage] = []
    open_parts: list[Part] = []
    before: _Cue | None = None
    for cue in _cues(lines, name, format):
        for part in _parts(lines, starts, cue, format):
            if open_parts and before and _apart(open_parts, part, cue.start - before.end):
                passages.append(_joined(open_parts))
                open_parts = []
            open_parts.append(part)
            before = cue
    return [*passages, _joined(open_parts)] if open_parts else passages


def _cues(lines: Sequence[str], name: str, format: str) -> Iterator[_Cue]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if format == "vtt" and line.startswith(_NOT_CUES) and "-->" not in line:
            at = _blank(lines, at)
        elif "-->" not in line:
            at += 1
        else:
            times = _TIMING.fullmatch(line)
            if not times:
                raise InputError(f"{name}:{at + 1}: cannot read the times {line.strip()[:60]!r}")
            last = _blank(lines, at + 1) if format == "vtt" else _text_end(lines, at + 1)
            yield _Cue(_milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:]), at + 1, last)
            at = last


def _milliseconds(fields: Sequence[str | None]) -> int:
    hours, minutes, seconds = (int(field or 0) for field in fields[:3])
    return 1000 * (3600 * hours + 60 * minutes + seconds) + int((fields[3] or "0").ljust(3, "0"))


def _blank(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and lines[at].strip() and "-->" not in lines[at]:
        at += 1
    return at


def _text_end(lines: Sequence[str], at: int) -> int:
    """Where the text of an SRT cue ends that begins AT: before the number of the next, blank lines inside it kept."""
    end = at
    while end < len(lines) and "-->" not in lines[end]:
        end += 1
    if end < len(lines) and end > at and lines[end - 1].strip().isdecimal():
        end -= 1
    while end > at and not lines[end - 1].strip():
        end -= 1
    return end


def _parts(lines: Sequence[str], starts: Sequence[int], cue: _Cue, format: str) -> Iterator[Part]:
    """What each speaker says in a cue; a line that begins with a dash or a voice is another speaker's."""
    groups: list[list[int]] = []
    for number in range(cue.first, cue.last):
        line = lines[number].strip()
        if line and (not groups or _DASH.match(line) or _VOICE.match(line)):
            groups.append([])
        if groups and line:
            groups[-1].append(number)
    for group in groups:
        first, last = lines[group[0]], lines[group[-1]]
        indent = len(first) - len(first.lstrip())
        dash = _DASH.match(first, indent)
        skip = dash.end() if dash else indent
        items = [
            item for number in group for item in _items(lines[number][skip if number == group[0] else 0 :], format)
        ]
        piece, wraps = collected(items)
        if piece.text:
            start, end = starts[group[0]] + skip, starts[group[-1]] + len(last.rstrip())
            yield Part(piece, tuple(wraps), start, end, bool(dash or _VOICE.match(first, indent)))


def _items(line: str, format: str) -> Iterator[Item]:
    at = 0
    for found in _TAG.finditer(line):
        yield _plain(line[at : found.start()], format)
        at = found.end()
        name = (found.group(2) or "").lower()
        if not name:
            yield Item("point", found.group())
        elif found.group(1):
            yield Item("close", found.group(), name)
        else:
            yield Item("open", found.group(), name, _MARKS.get(name))
    yield _plain(line[at:] + " ", format)


def _plain(part: str, format: str) -> Item:
    return Item("text", html.unescape(part) if format == "vtt" else part)


def _apart(before: Sequence[Part], part: Part, pause: int) -> bool:
    """Whether PART begins a passage of its own after the parts BEFORE it."""
    return (
        part.speaker
        or bool(_ENDED.search(before[-1].piece.text))
        or part.piece.text.startswith(_ALONE)
        or pause >= PAUSE
        or len(before) >= LONGEST
    )


def _joined(parts: Sequence[Part]) -> Passage:
    at, starts, marks = 0, [], []
    for part in parts:
        starts.append(at)
        marks += [replace(mark, start=mark.start + at, end=mark.end + at) for mark in part.piece.marks]
        at += len(part.piece.text) + 1
    whole = Piece(" ".join(part.piece.text for part in parts), "paragraph", tuple(marks))
    return Passage(whole, tuple(parts), tuple(starts))
