"""The page that people read: source and translation side by side, in one self-contained HTML file.

Markup, style and script lie in `page/`; this module turns a document into what the template shows. The style and the
script are inlined, and the page's Content Security Policy allows just these two, by hash (CSP Level 3, section 2.3.1).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from ..document import BilingualDocument, Block, Term, TermUse, TranslationUnit
from ._base import WRITERS, kept_units

if TYPE_CHECKING:
    from jinja2 import Template

# Control characters and lone surrogates: HTML cannot hold them (HTML Standard, 13.2.3.5, "Preprocessing the input
# stream"). A carriage return it holds only as a reference: raw, the parser would turn it into a line feed.
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

# A run of right-to-left words: spaces and marks between them belong to it, and a full stop or an exclamation mark that
# a closing quotation mark follows. Isolated (`bdi`), it cannot turn the brackets and figures beside it around.
_RTL_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
_RTL_RUN = re.compile(f'([{_RTL_LETTER}](?:[^A-Za-z{_RTL_LETTER}]*[{_RTL_LETTER}])*(?:[!?.…]+(?=[»”’"]))?)')

_OWN_NAMES = {"id": "Bahasa Indonesia", "en": "English", "ms": "Bahasa Melayu"}
_ENGLISH_NAMES = {"id": "Indonesian", "en": "English", "ms": "Malay"}

_ORIGINS = {"human": "human translation", "memory": "from memory", "copied": "copied"}
_STATUSES = {
    "exact": "as preferred",
    "variant": "“{form}”, an accepted form",
    "repaired": "put in after translation",
    "missed": "not in the translation",
    "conflict": "a wrong form stands in the translation",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A term inside a cell. `before` and `after` stick to it: the line must not break between them and the button."""

    text: str
    card: str
    lost: bool
    before: str = ""
    after: str = ""


Pieces = list[str | Button]


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
    source: Pieces
    target: Pieces
    links: str
    marks: list[str]
    warnings: list[tuple[str, str]]
    score: str


@WRITERS.register("html", ".html")
def write_html(document: BilingualDocument, *, keep_boilerplate: bool = False) -> str:
    """The page, whole; the same document gives the same text.

    Boilerplate is left out and counted in the footer, or shown greyed with `keep_boilerplate`. U+FFFD stands for each
    character that HTML cannot hold, and the row says so.
    """
    units = kept_units(document, keep_boilerplate)
    cards: dict[Term, Card] = {}
    blocks = {block.id: block for block in document.source.blocks}
    rows = [_row(unit, blocks.get(unit.block), cards) for unit in units]
    headline = next((u for u in units if u.role == "headline"), None)
    page = _template().render(
        blocks=[(role, list(group)) for (_, role), group in groupby(rows, key=lambda r: (r.unit.block, r.unit.role))],
        cards=list(cards.values()),
        document=document,
        facts=[document.name, *_lines_about(units), _status(units)],
        footer=_footer(document, units),
        headline=headline,
        language=lambda tag: _OWN_NAMES.get(tag, tag),
        noted=any(row.marks or row.warnings for row in rows),
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
    environment.filters.update(runs=_RTL_RUN.split, words=_words, direction=_direction)
    environment.globals.update(style=style, script=script)
    environment.globals["csp_hash"] = lambda text: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return environment.from_string(page)


def _direction(text: str) -> str:
    """The value of `dir` for a cell: `rtl` where most letters run so. `auto` alone is not enough: it looks past the
    runs in `bdi`."""
    rtl = sum(len(re.findall(f"[{_RTL_LETTER}]", run)) for run in _RTL_RUN.findall(text))
    return "rtl" if 2 * rtl > sum(c.isalpha() for c in text) else "auto"


def _row(unit: TranslationUnit, block: Block | None, cards: dict[Term, Card]) -> Row:
    text, target = unit.segment.text, unit.target or ""
    single = block is not None and len(block.segments) == 1
    label = unit.block if single else unit.id.replace(".s", ".")
    buttons = [_card(use, unit.id, label, cards).id for use in unit.terms]
    source_spans = [(u.match.start, u.match.end, card, u) for u, card in zip(unit.terms, buttons, strict=True)]
    target_spans = [(u.start, u.end, card, u) for u, card in zip(unit.terms, buttons, strict=True)]
    return Row(
        unit=unit,
        label=label,
        source=_pieces(text, source_spans),
        target=_pieces(target, target_spans),
        links=packed_links(unit),
        marks=_marks(unit, block),
        warnings=_warnings(unit),
        score="" if unit.score is None else f"{unit.score:.2f}".replace("-", "−"),
    )


def _card(use: TermUse, id: str, label: str, cards: dict[Term, Card]) -> Card:
    card = cards.setdefault(use.match.term, Card(f"k{len(cards) + 1}", use.match.term))
    card.uses.setdefault(_STATUSES[use.status].format(form=use.form), {})[id] = label
    return card


def _pieces(text: str, spans: Iterable[tuple[int, int, str, TermUse]]) -> Pieces:
    """TEXT cut into plain pieces and term buttons; together they are TEXT. A span outside it or over another is left
    out."""
    fit: list[tuple[int, int, str, TermUse]] = []
    for span in sorted(spans, key=lambda s: s[:2]):
        if (fit[-1][1] if fit else 0) <= span[0] < span[1] <= len(text):
            fit.append(span)
    pieces: Pieces = []
    at = 0
    for (start, end, card, use), following in zip(fit, [*(s[0] for s in fit[1:]), len(text)], strict=False):
        # Browsers break lines around a button even before a comma: what touches it on either side stays with it.
        before = re.split(r"\s", text[max(at, start - 12) : start])[-1]
        after = re.split(r"\s", text[end : min(following, end + 12)])[0]
        pieces.append(text[at : start - len(before)])
        pieces.append(Button(text[start:end], card, use.status in ("missed", "conflict"), before, after))
        at = end + len(after)
    return [*pieces, text[at:]]


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


def _lines_about(units: Sequence[TranslationUnit]) -> list[str]:
    """The first dateline and byline, for the top of the page."""
    lines = []
    for role in ("dateline", "byline"):
        first = next((u for u in units if u.role == role), None)
        if first is not None and len(first.segment.text) <= 80:
            lines.append(first.target or first.segment.text)
    return lines


def _title(document: BilingualDocument, headline: TranslationUnit | None) -> str:
    texts = [headline.target, headline.segment.text] if headline else [document.name]
    return " — ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text))


def _status(units: Sequence[TranslationUnit]) -> str:
    """Who translated and whether someone has reviewed it, in words."""
    done = [u for u in units if u.target is not None and u.origin != "copied"]
    if not done:
        return "not translated"
    people = [u for u in done if u.origin == "human"]
    if len(people) == len(done):
        return "translated by people"
    reviewed = len([u for u in done if u.state in ("reviewed", "final")])
    review = {0: "not reviewed", len(done): "reviewed"}.get(reviewed, f"{reviewed} of {len(done)} segments reviewed")
    return f"{'machine and human' if people else 'machine'} translation, {review}"


def _footer(document: BilingualDocument, units: Sequence[TranslationUnit]) -> list[str]:
    """The sentences at the foot of the page."""
    words = sum(len(u.segment.text.split()) for u in units)
    findings = len(document.findings) + sum(len(u.findings) for u in units)
    uses = [use for u in units for use in u.terms]
    kept = len([use for use in uses if use.status not in ("missed", "conflict")])
    counts = [_count(len(units), "segment"), _count(words, "word"), _count(findings, "finding")]
    terms = [f"{kept} of {_count(len(uses), 'term')} kept"] if uses else []
    sentences = [", ".join(counts + terms) + "."]
    if hidden := len(document.units) - len(units):
        sentences.append(f"{_count(hidden, 'segment')} of boilerplate left out.")
    if any(u.origin in ("mt", "memory") and u.state not in ("reviewed", "final") for u in units):
        source = _ENGLISH_NAMES.get(document.source_language, document.source_language)
        sentences.append(f"Translated by machine from the {source}; check before quoting.")
    if any(u.score is not None for u in units):
        sentences.append("A row's score is the mean log-probability of its tokens; the nearer to 0, the surer.")
    return sentences


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
