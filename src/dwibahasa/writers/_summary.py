"""What the page says of a document as a whole: facts about the text for its head, counts and cautions for its foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..document import BilingualDocument, TranslationUnit
from ._about import remarks
from ._cells import host
from ._runs import address


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing about the source: its words, their BCP 47 tag where they are not English, the address of a link."""

    text: str
    language: str = ""
    href: str = ""


def facts(document: BilingualDocument, units: Sequence[TranslationUnit]) -> list[Fact]:
    """Outlet, date, author and address of the source, as it gives them; what it does not give is taken from the first
    dateline and byline of UNITS. The address is a link where it is one of the web. Without any of it, the name."""
    about, language = document.source.about, document.source_language
    found = [Fact(about.outlet, language)]
    for given, role in ((about.date, "dateline"), (about.author, "byline")):
        found.append(Fact(given, language) if given else _line(document, units, role))
    href = address(about.url)
    found.append(Fact(host(href), href=href) if href.startswith("http") else Fact(about.url))
    return [fact for fact in found if fact.text.strip()] or [Fact(document.name)]


def _line(document: BilingualDocument, units: Sequence[TranslationUnit], role: str) -> Fact:
    first = next((u for u in units if u.role == role), None)
    if first is None or len(first.segment.text) > 80:
        return Fact("")
    return Fact(first.segment.text, first.language) if first.target is None else Fact(first.target)


def made_with(document: BilingualDocument) -> list[tuple[str, str]]:
    """The name of the source and the parts of the signature, as pairs for a list."""
    parts = [part.partition(":") for part in document.signature.split("|") if part]
    return [("source", document.name), *((key, value) for key, _, value in parts)]


def summary(document: BilingualDocument, units: Sequence[TranslationUnit]) -> list[str]:
    """Who translated, whether someone has reviewed it, and with which model."""
    model = dict(made_with(document)).get("model", "").partition("@")[0]
    return [remarks(document, units)[0].rstrip("."), *([f"model {model}"] if model else [])]


def counts(document: BilingualDocument, units: Sequence[TranslationUnit]) -> list[str]:
    """The sentences at the foot: how much there is, what is left out, what to mind."""
    words = sum(len(u.segment.text.split()) for u in units)
    findings = len(document.findings) + sum(len(u.findings) for u in units)
    uses = [use for u in units for use in u.terms]
    kept = len([use for use in uses if use.status not in ("missed", "conflict")])
    numbers = [_count(len(units), "segment"), _count(words, "word"), _count(findings, "finding")]
    terms = [f"{kept} of {_count(len(uses), 'term')} kept"] if uses else []
    sentences = [", ".join(numbers + terms) + "."]
    sentences += remarks(document, units)[1:]
    if any(u.score is not None for u in units):
        sentences.append("A row’s score is the mean log-probability of its tokens; the nearer to 0, the surer.")
    return sentences


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
