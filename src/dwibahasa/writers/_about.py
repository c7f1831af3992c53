"""What a document that people read says of itself: titles, facts, who translated it, its terms, its date."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..document import BilingualDocument, Term, TermUse, TranslationUnit
from ._base import notes, one_line

FIXED_DATE = "2000-01-01"
"""Stands in files that must hold a date of change, where the source has none: the time of writing would make the same
document two different files."""

_NAMES = {"id": "Indonesian", "en": "English", "ms": "Malay"}
_ISO_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term of the text: source and preferred form, and in words what became of it where it is not just that."""

    source: str
    target: str
    remarks: tuple[str, ...]


def language_name(tag: str) -> str:
    """The English name of the language, or its tag."""
    return _NAMES.get(tag, tag)


def language_tag(tag: str) -> str:
    """TAG where it has the form of a BCP 47 tag, otherwise `und`."""
    return tag if _TAG.fullmatch(tag) else "und"


def titles(document: BilingualDocument, units: Sequence[TranslationUnit]) -> tuple[str, str]:
    """The title in the target language and that of the source, one line each; the second is empty where there is none
    or it is the same."""
    headline = next((u for u in units if u.role == "headline"), None)
    source = one_line(headline.segment.text if headline else document.source.about.title)
    target = one_line((headline and headline.target) or "") or source or one_line(document.name) or "Untitled"
    return target, source if source != target else ""


def facts(document: BilingualDocument) -> list[str]:
    """Outlet, author, date and address of the source, as far as they are known, otherwise its name; one line each."""
    about = document.source.about
    known = [one_line(fact) for fact in (about.outlet, about.author, about.date, about.url)]
    return [fact for fact in known if fact] or [one_line(document.name)]


def iso_date(document: BilingualDocument) -> str:
    """The date of the source as `YYYY-MM-DD` where it begins with one, otherwise `FIXED_DATE`."""
    found = _ISO_DATE.match(document.source.about.date.strip())
    return found[0] if found and int(found[3]) <= 28 + 3 * (found[2] != "02") else FIXED_DATE


def remarks(document: BilingualDocument, units: Sequence[TranslationUnit]) -> list[str]:
    """Sentences for the end: who translated, whether anyone has reviewed it, and what is left out."""
    sentences = [_status(units)]
    if any(u.origin in ("mt", "memory") and u.state not in ("reviewed", "final") for u in units):
        source = language_name(document.source_language)
        sentences.append(f"Translated by machine from the {source}; check before quoting.")
    if hidden := len(document.units) - len(units):
        sentences.append(f"{_count(hidden, 'segment')} of boilerplate left out.")
    return sentences


def _status(units: Sequence[TranslationUnit]) -> str:
    done = [u for u in units if u.target is not None and u.origin != "copied"]
    if not done:
        return "Not translated."
    people = [u for u in done if u.origin == "human"]
    if len(people) == len(done):
        return "Translated by people."
    reviewed = len([u for u in done if u.state in ("reviewed", "final")])
    review = {0: "not reviewed", len(done): "reviewed"}.get(reviewed, f"{reviewed} of {len(done)} segments reviewed")
    return f"{'Machine and human' if people else 'Machine'} translation, {review}."


def unit_findings(document: BilingualDocument, unit: TranslationUnit) -> list[str]:
    """The findings of UNIT, each one line, `check: what`; with one more where `xml_text` replaces a character."""
    return [value for key, value in notes(document, unit) if key == "finding"]


def document_findings(document: BilingualDocument) -> list[str]:
    """The findings of the whole document, each one line, `check: what`."""
    return [one_line(f"{finding.check}: {finding.message}") for finding in document.findings]


def term_entries(units: Iterable[TranslationUnit]) -> list[TermEntry]:
    """The terms of the text in the order of their source forms."""
    uses: dict[Term, dict[str, None]] = {}
    for unit in units:
        for use in unit.terms:
            remark = _remark(use, unit.id)
            uses.setdefault(use.match.term, {}).update({remark: None} if remark else {})
    entries = [TermEntry(one_line(t.source), one_line(t.target), tuple(found)) for t, found in uses.items()]
    return sorted(entries, key=lambda entry: (entry.source.casefold(), entry.source, entry.target))


def _remark(use: TermUse, id: str) -> str:
    if use.status == "missed":
        return f"not in the translation of {id}"
    if use.status == "conflict":
        return f"a wrong form in the translation of {id}"
    return f"also “{one_line(use.form)}”" if use.status == "variant" else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
