"""Which of the engine's answers becomes the translation of a passage, and what is known of it in the end.

A term that the model did not keep by itself, in any of its hypotheses, is asked for again: inside the sentence, where
the model knows inline terms; then by decoding with the right beginning, or without the wrong form. The candidate with
the fewest faults is taken; then the terms that are still missing are put in where the alignment says, or reported.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from . import passages, word_alignment
from .document import Finding, TermMatch, TermStep, TermUse, TranslationUnit
from .engines import Request, Translation
from .glossary.control import applicable, check, repair, replacement
from .passages import Part, Passage
from .quality import check_unit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation of a part; `asked` are the matches whose English form the model was asked for, by `step`."""

    text: str
    score: float
    asked: tuple[TermMatch, ...] = ()
    step: TermStep = "model"
    findings: tuple[Finding, ...] = ()


def candidates(
    passage: Passage, answer: Translation, asked: tuple[TermMatch, ...] = (), step: TermStep = "model"
) -> list[Candidate]:
    """The hypotheses of ANSWER, best first, for a part of PASSAGE."""
    return [Candidate(passage.restored(h.text), h.score, asked, step, answer.findings) for h in answer.hypotheses]


def best(passage: Passage, part: Part, found: Sequence[Candidate]) -> Candidate:
    """The first of FOUND, candidates for PART in order of trust, that has the fewest faults: terms and verbatim spans
    missed, and findings of the checks."""
    text = passage.segment.text[part.start : part.end]

    def faults(candidate: Candidate) -> tuple[bool, int]:
        terms = len(missed(passage, part, candidate))
        verbatim = len(_lost(passage.inside(part, passage.verbatim), candidate.text))
        return not candidate.text, terms + verbatim + len(check_unit(text, candidate.text, passage.role, None))

    return found[0] if faults(found[0]) == (False, 0) else min(found, key=faults)


def missed(passage: Passage, part: Part, chosen: Candidate) -> tuple[TermMatch, ...]:
    """The term matches inside PART that CHOSEN should keep and does not, with offsets in the part."""
    text = passage.segment.text[part.start : part.end]
    matches = applicable(text, passage.inside(part, passage.held), chosen.text)
    return tuple(use.match for use in _missed(check(text, matches, chosen.text)))


def redecodings(passage: Passage, part: Part, chosen: Candidate) -> Iterator[tuple[TermMatch, Request]]:
    """Requests that may bring the terms that CHOSEN misses: each with the translation up to the place of the term and
    its right form as the beginning, and without the wrong form that stands there."""
    if passage.inside(part, passage.verbatim):
        return  # the model knows these under other names
    text = passage.segment.text[part.start : part.end]
    uses = check(text, applicable(text, passage.inside(part, passage.held), chosen.text), chosen.text)
    taken = [(use.start, use.end) for use in uses if use.start >= 0]
    links = word_alignment.align(text, chosen.text)
    for use in _missed(uses):
        if edit := replacement(text, use, chosen.text, links, taken):
            plain = passage.request(part)
            yield use.match, replace(plain, prefix=chosen.text[: edit.start] + edit.text)
            forms = (edit.old, edit.old.lower(), edit.old[:1].upper() + edit.old[1:])
            yield use.match, replace(plain, avoid=tuple(dict.fromkeys(forms)))


def unit(passage: Passage, chosen: Sequence[Candidate], first: Sequence[Candidate]) -> TranslationUnit:
    """The unit, without its ids, for PASSAGE with the candidates CHOSEN for its requests; FIRST are those that the
    model put first."""
    source = passage.segment.text
    blank = TranslationUnit("", "", passage.role, passage.segment, state="translated", language=passage.language)
    if not passage.asked:
        return replace(blank, target=source, origin="copied", findings=tuple(dict.fromkeys(_uncut(passage))))
    target = passages.join(passage, [candidate.text for candidate in chosen])
    uses = _stepped(passage, check(source, applicable(source, passage.matches, target), target), chosen, first)
    if passage.held:
        target, uses = repair(source, uses, target, word_alignment.align)
    score = sum(candidate.score for candidate in chosen) / len(chosen)
    findings = (
        *passage.findings,
        *(finding for candidate in chosen for finding in candidate.findings),
        *check_unit(source, target, passage.role, score),
        *_findings(passage, uses if passage.held else (), target),
        *_uncut(passage),
    )
    return replace(
        blank,
        target=target,
        origin="mt",
        score=score,
        terms=uses,
        links=word_alignment.align(source, target),
        findings=tuple(dict.fromkeys(findings)),
    )


def _missed(uses: Iterable[TermUse]) -> Iterator[TermUse]:
    return (use for use in uses if use.status in ("missed", "conflict"))


def _stepped(
    passage: Passage, uses: Sequence[TermUse], chosen: Sequence[Candidate], first: Sequence[Candidate]
) -> tuple[TermUse, ...]:
    """USES with the step that brought each: the one by which it was asked for, or a hypothesis after the first."""
    asked = {
        (match.start + part.start, match.end + part.start): candidate.step
        for part, candidate in zip(passage.asked, chosen, strict=True)
        for match in candidate.asked
    }
    missed_first = set()
    if list(chosen) != list(first):
        before = check(
            passage.segment.text, [use.match for use in uses], passages.join(passage, [c.text for c in first])
        )
        missed_first = {use.match for use in _missed(before)}

    def step(use: TermUse) -> TermUse:
        if use.status in ("missed", "conflict"):
            return use
        if found := asked.get((use.match.start, use.match.end)):
            return replace(use, step=found)
        return replace(use, step="n-best") if use.match in missed_first else use

    return tuple(map(step, uses))


def _findings(passage: Passage, uses: Iterable[TermUse], target: str) -> Iterator[Finding]:
    """What the term base and the verbatim spans have to say."""
    for use in _missed(uses):
        here = passage.segment.text[use.match.start : use.match.end]
        yield Finding("term", f"“{here}” should be “{use.match.term.target}” here")
    for span in _lost(passage.verbatim, target):
        yield Finding("verbatim", f"“{span}” does not stand here unchanged")


def _uncut(passage: Passage) -> Iterator[Finding]:
    for part in passage.parts:
        if part.uncut:
            yield Finding("uncut", f"{part.end - part.start} characters without a place to cut were carried over")


def _lost(verbatim: Iterable[TermMatch], target: str) -> list[str]:
    """Those of the spans VERBATIM that do not stand in TARGET as often as in the source."""
    spans = Counter(match.term.source for match in verbatim)
    lost = set()
    for span in sorted(spans, key=len, reverse=True):  # an address may be the beginning of a longer one
        if target.count(span) < spans[span]:
            lost.add(span)
        target = target.replace(span, " ")
    return [span for span in spans if span in lost]
