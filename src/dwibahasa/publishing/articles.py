"""What the site keeps of an article: enough for the index, the concordance, the search and the feeds."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from math import log
from pathlib import PurePath
from typing import Any

from ..document import BilingualDocument
from .dates import find_date

Pair = tuple[str, str, str]
"""Id of a unit, its source and its target."""
Place = tuple[int, int, int, int, int]
"""Where a term stands: the number of the pair, and its spans in the source and the target (start, end)."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the site. `title` is in the target language, `original` in the source language; `summary` is the
    first translated paragraph; `date` is ISO 8601 or empty; `terms` maps the source and the target form of a term to
    the places where it stands."""

    slug: str
    name: str
    title: str
    original: str
    summary: str
    date: str
    outlet: str
    url: str
    words: int
    pairs: tuple[Pair, ...]
    terms: dict[tuple[str, str], tuple[Place, ...]]

    @property
    def year(self) -> str:
        """The year of its date, or an empty string."""
        return self.date[:4]

    @property
    def rfc822(self) -> str:
        """Its date as RSS has it (RFC 822, section 5)."""
        return format_datetime(datetime.fromisoformat(self.date).replace(tzinfo=timezone.utc)) if self.date else ""

    def as_json(self) -> dict[str, Any]:
        """The article as JSON has it; `from_json` takes it back."""
        record = {name: getattr(self, name) for name in self.__slots__}
        return {**record, "terms": [[*key, list(places)] for key, places in self.terms.items()]}

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> "Article":
        """The article of what `as_json` gave."""
        terms = {(source, target): tuple(map(tuple, places)) for source, target, places in record["terms"]}
        return cls(**{**record, "pairs": tuple(map(tuple, record["pairs"])), "terms": terms})


def article(document: BilingualDocument, slug: str) -> Article:
    """What the site keeps of DOCUMENT; boilerplate and units without a target are left out."""
    units = [u for u in document.units if u.target is not None and u.role not in ("boilerplate", "related")]
    terms: dict[tuple[str, str], list[Place]] = {}
    for number, unit in enumerate(units):
        for use in unit.terms:
            if use.start >= 0:
                places = terms.setdefault((use.match.term.source, use.match.term.target), [])
                places.append((number, use.match.start, use.match.end, use.start, use.end))
    about = document.source.about
    head = next((u for u in units if u.role == "headline"), None)
    text = next((u for u in units if u.role == "paragraph"), None)
    lines = [u.segment.text for u in document.units if u.role in ("dateline", "byline", "boilerplate")]
    name = PurePath(document.name).stem
    found = find_date([about.date, *lines])
    return Article(
        slug=slug,
        name=document.name,
        title=_line(head.target if head and head.target else about.title or name),
        original=_line(head.segment.text if head else about.title or name),
        summary=_line(text.target if text and text.target else ""),
        date=found.isoformat() if found else "",
        outlet=about.outlet,
        url=about.url if about.url.startswith(("https://", "http://")) else "",
        words=sum(len(u.segment.text.split()) for u in units),
        pairs=tuple((u.id, _flat(u.segment.text), _flat(u.target or "")) for u in units),
        terms={key: tuple(places) for key, places in terms.items()},
    )


def _flat(text: str) -> str:
    """TEXT in one line, each code point at its place."""
    return re.sub(r"\s", " ", text.encode("utf-8", "replace").decode())


def _line(text: str) -> str:
    return " ".join(_flat(text).split())


def slug_of(text: str, taken: set[str]) -> str:
    """A name for a file of the site, of ASCII letters, digits and hyphens, at most 80, unlike those TAKEN; it joins
    them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].rstrip("-") or "x"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    taken.add(slug)
    return slug


def term_slug(source: str, target: str) -> str:
    """Name of the file of a term in the concordance, the same in every run."""
    return slug_of(f"{target} {source}", {"index"})


def topics(articles: list[Article], most: int = 5) -> dict[str, list[tuple[str, str]]]:
    """For each article's slug the terms that tell it best from the others, by tf-idf (Spärck Jones 1972)."""
    spread = Counter(term for a in articles for term in a.terms)
    found = {}
    for a in articles:
        known = [(len(p) * log(1 + len(articles) / spread[t]), t) for t, p in a.terms.items()]
        found[a.slug] = [term for _, term in sorted(known, key=lambda pair: (-pair[0], pair[1]))[:most]]
    return found
