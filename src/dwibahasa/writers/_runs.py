"""The text of a unit cut into runs of one look: inline marks and terms, on the source and on the target side."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import quote, urlsplit

from ..document import BilingualDocument, Mark, MarkKind, TermUse, TranslationUnit
from ..projection import project

_SCHEMES = ("http", "https", "mailto")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?")

TAGS: dict[MarkKind, str] = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strike": "s",
    "code": "code",
    "superscript": "sup",
    "subscript": "sub",
}
"""The HTML elements of inline marks, outermost first; links are none of them."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text, the kinds of marks on it, the address of the link it belongs to (or nothing), and its term."""

    text: str
    kinds: frozenset[MarkKind] = frozenset()
    href: str = ""
    use: TermUse | None = None


def marks_by_unit(document: BilingualDocument) -> Mapping[str, Sequence[Mark]]:
    """For the id of each unit with inline marks, what of them lies in its segment, in the offsets of its own text."""
    found: dict[str, list[Mark]] = {}
    units = sorted(document.units, key=lambda u: u.segment.start) if document.source.marks else []
    starts = [unit.segment.start for unit in units]
    for mark in document.source.marks:
        for unit in units[max(bisect_right(starts, mark.start) - 1, 0) : bisect_right(starts, mark.end)]:
            at, end = unit.segment.start, unit.segment.end
            inside = replace(mark, start=max(mark.start, at) - at, end=min(mark.end, end) - at)
            if inside.start < inside.end:
                found.setdefault(unit.id, []).append(inside)
    return found


def source_runs(unit: TranslationUnit, marks: Iterable[Mark] = ()) -> list[Run]:
    """The runs of the unit's source; together they are its text."""
    return _cut(unit.segment.text, marks, [((use.match.start, use.match.end), use) for use in unit.terms])


def target_runs(unit: TranslationUnit, marks: Iterable[Mark] = ()) -> list[Run]:
    """The runs of the unit's target, with each mark where `project` finds its place; none without a target."""
    if not unit.target:
        return []
    places = [(mark, project(unit, mark.start, mark.end)) for mark in marks]
    carried = [replace(mark, start=place[0], end=place[1]) for mark, place in places if place]
    return _cut(unit.target, carried, [((use.start, use.end), use) for use in unit.terms])


def _cut(text: str, marks: Iterable[Mark], uses: Iterable[tuple[Span, TermUse]]) -> list[Run]:
    """TEXT cut where a mark or a term begins or ends. A term outside the text or over another is left out."""
    marks = list(marks)
    terms: list[tuple[Span, TermUse]] = []
    for span, use in sorted(uses, key=lambda pair: pair[0]):
        if (terms[-1][0][1] if terms else 0) <= span[0] < span[1] <= len(text):
            terms.append((span, use))
    bounds = {0, len(text), *(at for m in marks for at in (m.start, m.end)), *(at for span, _ in terms for at in span)}
    runs = []
    for start, end in pairwise(sorted(at for at in bounds if at <= len(text))):
        over = [mark for mark in marks if mark.start <= start and end <= mark.end]
        kinds: frozenset[MarkKind] = frozenset(mark.kind for mark in over if mark.kind != "link")
        href = next((address(mark.href) for mark in over if mark.kind == "link"), "")
        found = next((use for (left, right), use in terms if left <= start and end <= right), None)
        runs.append(Run(text[start:end], kinds, href, found))
    return runs


def address(href: str) -> str:
    """HREF as a valid web or mail address, or nothing where it is none that a document should carry: other schemes
    (`javascript:`), places inside the source, hosts that cannot be."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or (parts.scheme != "mailto" and not _HOST.fullmatch(parts.netloc)):
        return ""
    rest = quote(href.strip()[len(parts.scheme) + 1 :], safe="%/?:@!$&'()*+,;=~-._#", errors="replace")
    rest = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", rest)
    head, hash, fragment = rest.partition("#")
    return f"{parts.scheme}:{head}{hash}{fragment.replace('#', '%23')}"
