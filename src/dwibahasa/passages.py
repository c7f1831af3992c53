"""What of a segment goes to the engine, and how the answers become its translation.

Most segments are one request. One that is already English, or has no letters, is none. A quotation in English is
carried over and the text around it is translated; glued headlines and sentences that are too long are translated
part by part.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .casing import all_capitals, sentence_case
from .detection import english_quotes, is_english
from .document import Role, Segment, Term, TermMatch
from .engines import Engine, Request
from .glossary import Glossary, verbatim_spans
from .segmentation import clause_spans, split_glued

_OPENING, _CLOSING = "“\"‘'«(", "”\"’'»),."
_LOWER_STARTS = re.compile(r"(?:He|She|It|They|We|You|The|A|An|And|But|Or|In|On|At|To|Of|For|With|From|As|By|That)\b")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a segment: a request for the engine, or a literal that stays as it is."""

    start: int
    end: int
    request: Request | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment cut into parts, with the terms in it; `verbatim` are spans that must stand unchanged in the target,
    as matches of a term that translates to itself. `language` is that of the segment."""

    segment: Segment
    role: Role
    language: str
    parts: tuple[Part, ...] = ()
    matches: tuple[TermMatch, ...] = ()
    verbatim: tuple[TermMatch, ...] = ()

    @property
    def asked(self) -> tuple[Part, ...]:
        """The parts that the engine translates, in order; none where the segment is carried over as it is."""
        return tuple(part for part in self.parts if part.request)

    @property
    def requests(self) -> tuple[Request, ...]:
        """What the engine is asked, in order."""
        return tuple(part.request for part in self.parts if part.request)

    def inside(self, part: Part) -> tuple[TermMatch, ...]:
        """The term matches and verbatim spans inside PART, in order, with offsets in the part."""
        held = (m for m in (*self.matches, *self.verbatim) if part.start <= m.start and m.end <= part.end)
        moved = (replace(m, start=m.start - part.start, end=m.end - part.start) for m in held)
        return tuple(sorted(moved, key=lambda match: match.start))


def prepare(segment: Segment, role: Role, glossary: Glossary, engine: Engine) -> Passage:
    """SEGMENT ready for ENGINE."""
    text = segment.text
    if not any(char.isalpha() for char in text):
        return Passage(segment, role, "id")
    if is_english(text):
        return Passage(segment, role, "en")
    quotes = [_with_marks(text, *span) for span in english_quotes(text)]
    outside = [(s, e) for s, e in verbatim_spans(text) if not any(a < e and s < b for a, b in quotes)]
    verbatim = tuple(TermMatch(Term(text[s:e], text[s:e], case="exact"), s, e) for s, e in outside)
    matches = tuple(m for m in glossary.find(text) if not any(a < m.end and m.start < b for a, b in quotes))
    passage = Passage(segment, role, "id", (), matches, verbatim)
    return replace(passage, parts=tuple(_parts(passage, quotes, engine)))


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a quotation with the quotation marks around it."""
    while start and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return start, end


def _parts(passage: Passage, quotes: Sequence[tuple[int, int]], engine: Engine) -> Iterator[Part]:
    text = passage.segment.text
    cased = _cased(passage)
    at = 0
    for start, end in [*quotes, (len(text), len(text))]:
        for piece in _pieces(passage, at, start, engine):
            yield Part(*piece, Request(cased[slice(*piece)]))
        if start < end:
            yield Part(start, end, None)
        at = end


def _cased(passage: Passage) -> str:
    text = passage.segment.text
    if not all_capitals(text):
        return text
    return sentence_case(text, [(m.start, m.end, m.term.source) for m in passage.matches])


def _pieces(passage: Passage, start: int, end: int, engine: Engine) -> Iterator[tuple[int, int]]:
    """Spans of what is translated in one go, without white space around them; empty ones are left out."""
    text = passage.segment.text[start:end]
    at = start
    for headline in split_glued(text) if passage.role == "related" else [text]:
        first = passage.segment.text.index(headline, at)
        at = first + len(headline)
        spans = [(0, len(headline))] if engine.fits(headline) else clause_spans(headline)
        for left, right in spans:
            piece = headline[left:right]
            if any(char.isalnum() for char in piece):
                yield first + left + len(piece) - len(piece.lstrip()), first + left + len(piece.rstrip())


def join(passage: Passage, texts: Sequence[str]) -> str:
    """The translation of PASSAGE from the translations of its parts with a request, TEXTS, in order."""
    source = passage.segment.text
    given = iter(texts)
    joined = ""
    for number, part in enumerate(passage.parts):
        text = next(given) if part.request else source[part.start : part.end]
        if part.request and number:
            text = _continued(source[part.start : part.end], text, joined)
        if part.request and number + 1 < len(passage.parts) and passage.role != "related":
            text = _unfinished(source[part.start : part.end], text)
        seam = " / " if passage.role == "related" and number > 1 else " " if joined and text else ""
        joined += seam + text
    return joined


def _continued(source: str, text: str, before: str) -> str:
    """TEXT with a small letter where its SOURCE goes on in the middle of a sentence."""
    if source[:1].islower() and before and _LOWER_STARTS.match(text):
        return text[:1].lower() + text[1:]
    return text


def _unfinished(source: str, text: str) -> str:
    """TEXT without a full stop that its SOURCE, the beginning of a sentence, does not have."""
    if text.endswith(".") and not source.endswith((".", "…")):
        return text[:-1] + ("," if source.endswith(",") else "")
    return text
