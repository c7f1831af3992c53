"""What a document that people read says of itself: titles, facts, who translated it, its terms, its date."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..document import BilingualDocument, Term, TermUse, TranslationUnit
from ..exchange import REMARK
from ._base import notes, one_line

FIXED_DATE = "2000-01-01"
"""Stands in files that must hold a date of change, where the source has none: the time of writing would make the same
document two different files."""

_NAMES = {"id": "Indonesian", "en": "English", "ms": "Malay"}
_ISO_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}(?![0-9])")
_MARKER = re.compile(r"\s*(?:[^\w\s“\"‘'«(\[]|\(?\w{1,3}[.)])")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term of the text: source and preferred form, the accepted forms that stand in the translation besides, and the
    ids of the units where it is missing or wrong."""

    source: str
    target: str
    also: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def language_name(tag: str) -> str:
    """The English name of the language, or its tag."""
    return _NAMES.get(tag, tag)


def language_tag(tag: str) -> str:
    """TAG where it has the form of a BCP 47 tag, otherwise `und`."""
    return tag if _TAG.fullmatch(tag) else "und"


def has_marker(text: str) -> bool:
    """Whether an item of a list begins with a marker of its own: a dash, a bullet, a number or a letter with a stop."""
    return _MARKER.match(text) is not None


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
    try:
        return str(date.fromisoformat(found[0])) if found else FIXED_DATE
    except ValueError:  # no such day
        return FIXED_DATE


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
    """The findings of UNIT and a person's remarks on it, each one line, `check: what`; with one more finding where
    `xml_text` replaces a character."""
    found = {"finding": "", REMARK: f"{REMARK}: "}
    return [found[key] + value for key, value in notes(document, unit) if key in found]


def document_findings(document: BilingualDocument) -> list[str]:
    """The findings of the whole document, each one line, `check: what`."""
    return [one_line(f"{finding.check}: {finding.message}") for finding in document.findings]


def unit_labels(units: Sequence[TranslationUnit]) -> dict[str, str]:
    """A short name of each unit for readers, by its id: `p1.2`, or `h1` where the block has no other unit."""
    sizes = Counter(unit.block for unit in units)
    return {unit.id: unit.block if sizes[unit.block] == 1 else unit.id.replace(".s", ".") for unit in units}


def term_entries(units: Iterable[TranslationUnit]) -> list[TermEntry]:
    """The terms of the text in the order of their source forms."""
    uses: dict[Term, list[tuple[str, TermUse]]] = {}
    for unit in units:
        for use in unit.terms:
            uses.setdefault(use.match.term, []).append((unit.id, use))
    entries = [_entry(term, found) for term, found in uses.items()]
    return sorted(entries, key=lambda entry: (entry.source.casefold(), entry.source, entry.target))


def _entry(term: Term, uses: Sequence[tuple[str, TermUse]]) -> TermEntry:
    forms = [one_line(use.form) for _, use in uses if use.form.casefold() not in ("", term.target.casefold())]
    missed, wrong = ([id for id, use in uses if use.status == status] for status in ("missed", "conflict"))
    distinct = (tuple(dict.fromkeys(values)) for values in (forms, missed, wrong))
    return TermEntry(one_line(term.source), one_line(term.target), *distinct)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
