"""What belongs to a pair of texts and has to be found again where a format does not hold it, or a person changed the
target: word links, places of terms, findings."""

from collections.abc import Iterable
from dataclasses import replace

from .. import word_alignment
from ..document import BilingualDocument, Finding, Term, TermUse, TranslationUnit
from ..exchange import REMARK
from ..glossary import Glossary, verbatim_spans
from ..glossary.control import check
from ..quality import check_unit
from ._base import Reading


def renewed(reading: Reading, glossary: Glossary) -> BilingualDocument:
    """The document of READING with word links, terms and findings in every unit that has a target.

    The terms are those that the file names, with what GLOSSARY knows of them; in a file of another program, those that
    GLOSSARY finds. Links, terms and findings are for Indonesian and English; another pair is left as it is.
    """
    document = reading.document
    if not (_is(document.source_language, "id") and _is(document.target_language, "en")):
        return document
    known = {(term.source, term.target): term for term in glossary.terms}
    units = []
    for unit in document.units:
        changed = unit.id in reading.changed
        if unit.target is None or (reading.complete and not changed):
            units.append(unit)
            continue
        named = reading.terms.get(unit.id) or [(use.match.term, use.status) for use in unit.terms]
        own = Glossary(_merged(known, (term for term, _ in named))) if reading.own else glossary
        new = renewed_unit(unit, own, changed or not reading.own)
        units.append(new if changed else _with_statuses(new, named))
    return replace(document, units=tuple(units))


def _merged(known: dict[tuple[str, str], Term], named: Iterable[Term]) -> Iterable[Term]:
    """The terms NAMED, once each, as KNOWN has them or with the accepted forms of all places."""
    terms: dict[tuple[str, str], Term] = {}
    for term in named:
        key = term.source, term.target
        earlier = terms.get(key, term)
        terms[key] = known.get(key, replace(term, accept=tuple(dict.fromkeys((*earlier.accept, *term.accept)))))
    return terms.values()


def renewed_unit(unit: TranslationUnit, glossary: Glossary, changed: bool) -> TranslationUnit:
    """UNIT, which has a target, with its word links, the terms of GLOSSARY, and, where it CHANGED, new findings and
    no score; remarks stay."""
    source, target = unit.segment.text, unit.target or ""
    if _is(unit.language, "en") and source == target:
        return replace(unit, terms=(), links=())
    uses = check(source, glossary.find(source), target)
    unit = replace(unit, terms=uses, links=word_alignment.align(source, target))
    if not changed:
        return unit
    findings = (
        *(f for f in unit.findings if f.check == REMARK),
        *check_unit(source, target, unit.role, None),
        *_lost(source, target, uses),
    )
    uses = tuple(replace(use, step="none") for use in uses)
    return replace(unit, terms=uses, score=None, findings=tuple(dict.fromkeys(findings)))


def _lost(source: str, target: str, uses: Iterable[TermUse]) -> list[Finding]:
    """Terms and what should stand unchanged, where they are not in TARGET."""
    found = []
    for use in uses:
        if use.status in ("missed", "conflict"):
            here = source[use.match.start : use.match.end]
            found.append(Finding("term", f"“{here}” should be “{use.match.term.target}” here"))
    for start, end in verbatim_spans(source):
        if source[start:end] not in target:
            found.append(Finding("verbatim", f"“{source[start:end]}” does not stand here unchanged"))
    return found


def _with_statuses(unit: TranslationUnit, named: Iterable[tuple[Term, str]]) -> TranslationUnit:
    """UNIT whose terms that were repaired when it was written, as NAMED says in their order, are told so."""
    told: dict[tuple[str, str], list[str]] = {}
    for term, status in named:
        told.setdefault((term.source, term.target), []).append(status)
    uses = []
    for use in unit.terms:
        rest = told.get((use.match.term.source, use.match.term.target), [])
        status = rest.pop(0) if rest else ""
        repaired = status == "repaired" and use.status in ("exact", "variant")
        uses.append(replace(use, status="repaired", step="repair") if repaired else use)
    return replace(unit, terms=tuple(uses))


def _is(tag: str, language: str) -> bool:
    return tag.lower().replace("_", "-").partition("-")[0] == language
