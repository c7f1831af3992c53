"""What of a segment goes to the engine, and how the answers become its translation.

Most segments are one request. One that is already English, or has no letters, is none. A quotation in English is
carried over and the text around it is translated; glued headlines and sentences that are too long are translated
part by part. A stretch that is too long and has no place to cut, such as a row of digits, is carried over.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .casing import all_capitals, recased
from .detection import english_quotes, is_english
from .document import Finding, Policy, Role, Segment, Term, TermMatch
from .engines import Engine, InlineTerm, Request
from .glossary import Glossary, verbatim_spans
from .glossary.control import target_form
from .segmentation import clause_spans, split_glued
from .segmentation.furniture import label_end

LONGEST_CLAUSE, SHORTEST_CLAUSE = 400, 40
"""Code points to which a sentence that is too long for the model is cut, at first and at last."""

_OPENING, _CLOSING = "“\"‘'«(", "”\"’'»),.;:?!…"
_LOWER_STARTS = re.compile(r"(?:He|She|It|They|We|You|The|A|An|And|But|Or|In|On|At|To|Of|For|With|From|As|By|That)\b")
_ABBREVIATION = re.compile(r"\b[A-Za-z]\.[A-Za-z]\.$")  # U.S., a.m.


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch `[start, end)` of a segment that the engine translates, or a literal that stays as it is; `uncut`
    tells a literal that the engine could not take, being too long and without a place to cut; `glued` the beginning
    of a headline after another."""

    start: int
    end: int
    literal: bool = False
    uncut: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment cut into parts, with the terms in it; none where the segment is carried over as it is.

    `held` are the matches that the translation is held to: all, or none where the policy is `off`. `verbatim` are
    spans that must stand unchanged in the target, as matches of a term that translates to itself.
    `cased` is the text with the capitals that the model likes best. `language` is that of the segment. `findings` are
    about the source itself.
    """

    segment: Segment
    role: Role
    language: str
    cased: str = ""
    parts: tuple[Part, ...] = ()
    matches: tuple[TermMatch, ...] = ()
    held: tuple[TermMatch, ...] = ()
    verbatim: tuple[TermMatch, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def asked(self) -> tuple[Part, ...]:
        """The parts that the engine translates, in order."""
        return tuple(part for part in self.parts if not part.literal)

    def inside(self, part: Part, matches: Iterable[TermMatch]) -> tuple[TermMatch, ...]:
        """Those of MATCHES that lie inside PART, with offsets in the part."""
        held = (match for match in matches if part.start <= match.start and match.end <= part.end)
        return tuple(replace(m, start=m.start - part.start, end=m.end - part.start) for m in held)

    def request(self, part: Part, wanted: Iterable[TermMatch] = ()) -> Request:
        """What the engine is asked for PART, with the English forms of the terms WANTED, matches inside it.

        A verbatim span is given as a short name, which models copy, where they garble an address.
        """
        text, cased = self.segment.text[part.start : part.end], self.cased[part.start : part.end]
        forms = [(match, target_form(match, text), cased[match.start : match.end]) for match in wanted]
        for match in self.inside(part, self.verbatim):
            forms.append((match, self._names[match.term.source], self._names[match.term.source]))
        asked, terms, at = "", [], 0
        for match, form, shown in sorted(forms, key=lambda form: form[0].start):
            asked += cased[at : match.start]
            terms.append(InlineTerm(len(asked), len(asked) + len(shown), form))
            asked += shown
            at = match.end
        return Request(asked + cased[at:], tuple(terms))

    def restored(self, text: str) -> str:
        """TEXT, an answer of the engine, with the verbatim spans in the place of their short names."""
        spans = {name: span for span, name in self._names.items()}
        return re.sub("|".join(sorted(spans, reverse=True)), lambda name: spans[name[0]], text) if spans else text

    @property
    def _names(self) -> dict[str, str]:
        """Verbatim span to short name, one that does not occur in the text."""
        letter = next((letter for letter in "XZQVWYKUJ" if letter not in self.segment.text), "X")
        spans = dict.fromkeys(match.term.source for match in self.verbatim)
        return {span: f"{letter}{number}" for number, span in enumerate(spans, 1)}


def prepare(segment: Segment, role: Role, glossary: Glossary, engine: Engine, policy: Policy = "prefer") -> Passage:
    """SEGMENT ready for ENGINE; under the policy `strict` its terms have no accepted forms beside the preferred one."""
    text = segment.text
    if not any(char.isalpha() for char in text):
        return Passage(segment, role, "id")
    if is_english(text):
        return Passage(segment, role, "en")
    fixed = verbatim_spans(text)
    quotes = [_with_marks(text, *span, fixed) for span in english_quotes(text)]
    outside = [(s, e) for s, e in fixed if not any(a < e and s < b for a, b in quotes)]
    verbatim = tuple(TermMatch(Term(text[s:e], text[s:e], case="exact"), s, e) for s, e in outside)
    matches = tuple(m for m in glossary.find(text) if not any(a < m.end and m.start < b for a, b in quotes))
    if policy == "strict":
        matches = tuple(replace(m, term=replace(m.term, accept=())) for m in matches)
    cased = text
    if all_capitals(text):
        cased = recased(text, [(m.start, m.end, m.term.source) for m in (*matches, *verbatim)])
    held = () if policy == "off" else matches
    findings = tuple(
        Finding("term-typo", f"“{s.found}” may be {_named(s.term)} misspelt")
        for s in glossary.suggest(text)
        if not any(a < s.end and s.start < b for a, b in quotes)
    )
    passage = Passage(segment, role, "id", cased, (), matches, held, verbatim, findings)
    return replace(passage, parts=tuple(_parts(passage, quotes, engine)))


def _named(term: Term) -> str:
    return f"“{term.source}”" + f" ({term.target})" * (term.target != term.source)


def _with_marks(text: str, start: int, end: int, fixed: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The span of a quotation with the quotation marks around it, which are none of the FIXED spans beside it."""
    starts, ends = {span[0] for span in fixed}, {span[1] for span in fixed}
    while start and start not in ends and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and end not in starts and text[end] in _CLOSING:
        end += 1
    return start, end


def _parts(passage: Passage, quotes: Sequence[tuple[int, int]], engine: Engine) -> Iterator[Part]:
    text = passage.segment.text
    at = 0
    for start, end in [*quotes, (len(text), len(text))]:
        for left, right, glued in _pieces(passage, at, start, engine):
            words = any(map(str.isalnum, text[left:right]))
            uncut = words and not engine.fits(text[left:right])
            yield Part(left, right, literal=uncut or not words, uncut=uncut, glued=glued)
        if start < end:
            yield Part(start, end, literal=True)
        at = end


def _pieces(passage: Passage, start: int, end: int, engine: Engine) -> Iterator[tuple[int, int, bool]]:
    """Spans of what is translated in one go, without white space around them; whether each is `Part.glued`."""
    text = passage.segment.text
    headlines = split_glued(text[start:end]) if passage.role == "related" else [text[start:end]]
    first = 1 if label_end(text[start:end], "related") > 0 else 0
    for number, headline in enumerate(headlines):
        start, glued = text.index(headline, start), number > first
        for left, right in _fitting(headline, engine, LONGEST_CLAUSE):
            piece = headline[left:right]
            if piece.strip():
                yield start + left + len(piece) - len(piece.lstrip()), start + left + len(piece.rstrip()), glued
                glued = False
        start += len(headline)


def _fitting(text: str, engine: Engine, limit: int) -> Iterator[tuple[int, int]]:
    """Spans of TEXT that ENGINE bears, cut at clause boundaries; one without any place to cut may be longer."""
    if engine.fits(text):
        yield 0, len(text)
        return
    for start, end in clause_spans(text, limit):
        clause = text[start:end]
        if limit < SHORTEST_CLAUSE or engine.fits(clause):
            yield start, end
        else:
            yield from ((start + left, start + right) for left, right in _fitting(clause, engine, limit // 2))


def join(passage: Passage, texts: Sequence[str]) -> str:
    """The translation of PASSAGE from TEXTS, the translations of the parts that the engine was asked, in order."""
    source = passage.segment.text
    given = iter(texts)
    joined = ""
    for part, following in zip(passage.parts, [*passage.parts[1:], None], strict=True):
        text = source[part.start : part.end] if part.literal else next(given)
        if not part.literal:
            text = _continued(source[part.start : part.end], text, joined)
            if following and not following.glued:
                text = _unfinished(source[part.start : part.end], text)
        seam = " / " if part.glued else " "
        joined += seam + text if joined and text else text
    return joined


def _continued(source: str, text: str, before: str) -> str:
    """TEXT with a small letter where its SOURCE goes on in the middle of a sentence."""
    if source[:1].islower() and before and _LOWER_STARTS.match(text):
        return text[:1].lower() + text[1:]
    return text


def _unfinished(source: str, text: str) -> str:
    """TEXT without a full stop that its SOURCE, the beginning of a sentence, does not have."""
    if text.endswith(".") and not source.endswith((".", "…")):
        return (text if _ABBREVIATION.search(text) else text[:-1]) + ("," if source.endswith(",") else "")
    return text
