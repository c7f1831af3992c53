"""The page that people read: source and translation side by side, in one self-contained HTML file.

Markup, style and script lie in `page/`; this module turns a document into what the template shows. The style and the
script are inlined, and the page's Content Security Policy allows just these two, by hash (CSP Level 3, section 2.3.1).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from ..document import BilingualDocument, Block, Mark, Term, TermUse, TranslationUnit
from ._about import has_marker
from ._base import WRITERS, kept_units
from ._bidi import RTL_RUN, runs_rtl
from ._cells import Piece, pieces
from ._runs import marks_by_unit, source_runs, target_runs
from ._summary import counts, facts, made_with, summary

if TYPE_CHECKING:
    from jinja2 import Template

# Control characters and lone surrogates: HTML cannot hold them (HTML Standard, 13.2.3.5, "Preprocessing the input
# stream"). A carriage return it holds only as a reference: raw, the parser would turn it into a line feed.
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

_OWN_NAMES = {"id": "Bahasa Indonesia", "en": "English", "ms": "Bahasa Melayu"}

_ORIGINS = {"human": "human translation", "memory": "from memory", "copied": "copied"}
_STATUSES = {
    "exact": "as preferred",
    "variant": "“{form}”, an accepted form",
    "repaired": "put in after translation",
    "missed": "not in the translation",
    "conflict": "a wrong form stands in the translation",
}


@dataclass(slots=True)
class Card:
    """What the page tells of a term; `uses` maps a status in words to the rows (id, label) where it holds."""

    id: str
    term: Term
    uses: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A segment as the template shows it. `links` are the word links in the form of `packed_links`; `marks` are quiet
    words in the margin, `warnings` the findings there (name, message)."""

    unit: TranslationUnit
    label: str
    source: list[Piece]
    target: list[Piece]
    links: str
    marks: list[str]
    warnings: list[tuple[str, str]]
    score: str


@WRITERS.register("html", ".html")
def write_html(
    document: BilingualDocument,
    *,
    keep_boilerplate: bool = False,
    home: tuple[str, str] | None = None,
    concordance: Mapping[tuple[str, str], str] | None = None,
) -> str:
    """The page, whole; the same document gives the same text.

    Boilerplate is left out and counted in the footer, or shown greyed with `keep_boilerplate`. U+FFFD stands for each
    character that HTML cannot hold, and the row says so. A page of a site leads HOME, a name and an address, and from
    the cards of terms to the CONCORDANCE, the addresses by source and target form.
    """
    units = kept_units(document, keep_boilerplate)
    cards: dict[Term, Card] = {}
    blocks = {block.id: block for block in document.source.blocks}
    marks = marks_by_unit(document)
    rows = [_row(unit, blocks.get(unit.block), marks.get(unit.id, []), cards) for unit in units]
    grouped = [list(group) for _, group in groupby(rows, key=lambda r: (r.unit.block, r.unit.role))]
    headline = next((u for u in units if u.role == "headline"), None)
    page = _template().render(
        blocks=[(_kinds(group), group) for group in grouped],
        cards=list(cards.values()),
        concordance=concordance or {},
        document=document,
        facts=facts(document, units),
        footer=counts(document, units),
        headline=headline,
        home=home,
        language=lambda tag: _OWN_NAMES.get(tag, tag),
        made=made_with(document),
        noted=any(row.marks or row.warnings for row in rows),
        summary=summary(document, units),
        title=_title(document, headline),
    )
    return _UNFIT.sub("\ufffd", page).replace("\r", "&#13;")


@cache
def _template() -> "Template":
    import base64
    import hashlib
    from importlib.resources import files

    from jinja2 import Environment, StrictUndefined

    folder = files("dwibahasa.writers") / "page"
    page, style, script = ((folder / n).read_text("utf-8") for n in ("page.html.j2", "style.css", "script.js"))
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters.update(parts=RTL_RUN.split, words=_words, direction=_direction)
    environment.globals.update(style=style, script=script)
    environment.globals["csp_hash"] = lambda text: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return environment.from_string(page)


def _direction(text: str) -> str:
    """The value of `dir` for a cell: `rtl` where most letters run so, `auto` where some do, else none. `auto` alone is
    not enough: it looks past the runs in `bdi`."""
    if runs_rtl(text):
        return "rtl"
    return "auto" if RTL_RUN.search(text) else ""


def _kinds(rows: Sequence[Row]) -> str:
    """The classes of a block: its role; `long` for a headline to be set smaller; `dot` for an item of a list that does
    not bring its own dash or number."""
    role, text = rows[0].unit.role, rows[0].unit.segment.text
    if role == "headline" and len(text) > 110:
        return f"{role} long"
    return f"{role} dot" if role == "list_item" and not has_marker(text) else role


def _row(unit: TranslationUnit, block: Block | None, marks: Sequence[Mark], cards: dict[Term, Card]) -> Row:
    single = block is not None and len(block.segments) == 1
    label = unit.block if single else unit.id.replace(".s", ".")
    ids = {use.match.term: _card(use, unit.id, label, cards).id for use in unit.terms}
    return Row(
        unit=unit,
        label=label,
        source=pieces(source_runs(unit, marks), ids),
        target=pieces(target_runs(unit, marks), ids),
        links=packed_links(unit),
        marks=_marks(unit, block),
        warnings=_warnings(unit),
        score="" if unit.score is None else f"{unit.score:.2f}".replace("-", "−"),
    )


def _card(use: TermUse, id: str, label: str, cards: dict[Term, Card]) -> Card:
    card = cards.setdefault(use.match.term, Card(f"k{len(cards) + 1}", use.match.term))
    card.uses.setdefault(_STATUSES[use.status].format(form=use.form), {})[id] = label
    return card


def packed_links(unit: TranslationUnit) -> str:
    """The unit's word links for the script: four numbers a link, in UTF-16 units as scripts count them: source start
    (from the end of the link before), source length, target start (likewise), target length.

    A term is one link from its whole source to its whole target form; word links inside it give way.
    """
    if unit.target is None:
        return ""
    terms = [(u.match.start, u.match.end, u.start, u.end) for u in unit.terms if u.start >= 0]
    words = [(k.s0, k.s1, k.t0, k.t1) for k in unit.links]
    words = [w for w in words if not any(_overlap(w[:2], t[:2]) or _overlap(w[2:], t[2:]) for t in terms)]
    source, target = _utf16(unit.segment.text), _utf16(unit.target)
    numbers: list[int] = []
    s = t = 0
    for s0, s1, t0, t1 in sorted({*terms, *words}):
        a, b, c, d = source[s0], source[s1], target[t0], target[t1]
        numbers += [a - s, b - a, c - t, d - c]
        s, t = b, d
    return " ".join(map(str, numbers))


def _overlap(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _utf16(text: str) -> Sequence[int]:
    """For each offset in code points, that in UTF-16 units."""
    if text.isascii() or max(text) <= "\uffff":
        return range(len(text) + 1)
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + 1 + (character > "\uffff"))
    return offsets


def _marks(unit: TranslationUnit, block: Block | None) -> list[str]:
    marks = [_ORIGINS[unit.origin]] if unit.origin in _ORIGINS else []
    if unit.state in ("reviewed", "final"):
        marks.append(unit.state)
    if block is not None and block.reason and unit.target is None:
        marks.append(block.reason)
    return marks


def _warnings(unit: TranslationUnit) -> list[tuple[str, str]]:
    """Findings as (name, message), with one more for characters that the page cannot hold."""
    warnings = [(_words(f.check), f.message) for f in unit.findings]
    if unfit := sorted({*_UNFIT.findall(unit.segment.text + (unit.target or ""))}):
        names = ", ".join(f"U+{ord(c):04X}" for c in unfit)
        warnings.append(("Characters", f"{names} shown as U+FFFD, for a page cannot hold it"))
    return warnings


def _words(check: str) -> str:
    return check.replace("_", " ").replace("-", " ").capitalize()


def _title(document: BilingualDocument, headline: TranslationUnit | None) -> str:
    texts = [headline.target, headline.segment.text] if headline else [document.source.about.title or document.name]
    return " — ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text))
