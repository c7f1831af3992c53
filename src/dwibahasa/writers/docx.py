"""DOCX (ECMA-376, WordprocessingML): a table of two columns to read, to print and to edit in Word or LibreOffice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape  # not xml.sax.saxutils, which brings the modules of the network along
from itertools import groupby
from typing import TYPE_CHECKING

from ..document import BilingualDocument, Mark, Role, TranslationUnit
from ._about import (
    TermEntry,
    document_findings,
    facts,
    iso_date,
    language_name,
    language_tag,
    remarks,
    term_entries,
    titles,
    unit_findings,
    unit_labels,
)
from ._base import WRITERS, kept_units, one_line, xml_text
from ._bidi import RTL_RUN, runs_rtl
from ._runs import Run, marks_by_unit, source_runs, target_runs
from .docx_paper import LINK, MONO, NOTE, NUMBER_WIDTH, RULE, TERM, TEXT_WIDTH, blank, saved

if TYPE_CHECKING:
    from docx.document import Document

_STYLES: dict[Role, str] = {
    "headline": "Heading1",
    "subheading": "Heading2",
    "paragraph": "BodyText",
    "caption": "Caption",
    "byline": "Byline",
    "dateline": "Dateline",
    "list_item": "ListParagraph",
    "related": "Related",
    "boilerplate": "Boilerplate",
}
# A spelling checker knows languages with a region only.
_REGIONS = {"id": "id-ID", "en": "en-US", "ms": "ms-MY", "ar": "ar-SA", "nl": "nl-NL", "fr": "fr-FR", "zh": "zh-CN"}
# A row that fills more than about half a page may break: LibreOffice would cut off one that is higher than a page.
_WHOLE_ROW = 2500
# Above a block in twentieths of a point, and how much lower its number stands, to be level with the first line.
_ABOVE: dict[Role, int] = {"headline": 160, "subheading": 260}
_ABOVE_OTHERS, _ABOVE_NEXT_ITEM = 140, 20
_LOWER: dict[Role, int] = {"headline": 150, "subheading": 80}
_LOWER_OTHERS = 60


@dataclass(slots=True)
class Sheet:
    """The file under way: its paper, the relation of each address, the comments so far."""

    paper: "Document"
    addresses: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)

    def relation(self, href: str) -> str:
        """The id of the relation to the address HREF."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        if href not in self.addresses:
            self.addresses[href] = self.paper.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self.addresses[href]

    def comment(self, lines: Iterable[str]) -> int:
        """The number of a new comment with these lines."""
        number = len(self.comments)
        paragraphs = "".join(f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{_run(line)}</w:p>' for line in lines)
        self.comments.append(
            f'<w:comment w:id="{number}" w:author="dwibahasa" w:initials="dw">{paragraphs}</w:comment>'
        )
        return number


@WRITERS.register("docx", ".docx")
def write_docx(document: BilingualDocument, *, keep_boilerplate: bool = False) -> bytes:
    """The file. A row a unit, its style that of its role, each run with its language; findings are comments; at the end
    the terms of the text. The times in the file are those of `iso_date`, so the same document gives the same bytes."""
    units = kept_units(document, keep_boilerplate)
    title, original = titles(document, units)
    sheet = Sheet(blank(document, title))
    parts = [
        *([] if any(u.role == "headline" for u in units) else [_paragraph("Title", _run(title))]),
        _paragraph("Facts", _run(" · ".join([*facts(document), remarks(document, units)[0].rstrip(".")]))),
        *(_paragraph("Notice", _run(finding)) for finding in document_findings(document)),
        _table(document, units, sheet),
        *_terms(document, units),
        _paragraph("Facts", _run(" ".join(remarks(document, units)[1:])), before=240),
    ]
    about = document.source.about
    properties = {
        "title": title,
        "subject": original,
        "author": one_line(about.author) or one_line(about.outlet),
        "comments": one_line(document.signature),
        "identifier": one_line(about.url),
        "language": f"{_language(document.source_language)}, {_language(document.target_language)}",
        "last_modified_by": "dwibahasa",
    }
    return saved(sheet.paper, "".join(parts), "".join(sheet.comments), properties, iso_date(document))


def _table(document: BilingualDocument, units: Sequence[TranslationUnit], sheet: Sheet) -> str:
    names = {"id": "Bahasa Indonesia", "ms": "Bahasa Melayu"}
    head = [names.get(tag, language_name(tag)) for tag in (document.source_language, document.target_language)]
    edge = f'<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/></w:tcBorders>'
    cells = "".join(_cell(_paragraph("ColumnHead", _run(text)), width, edge) for text, width in _columns("", *head))
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"]
    marks, labels = marks_by_unit(document), unit_labels(units)
    for before, unit in zip([None, *units], units, strict=False):
        texts = _texts(document, unit, sheet, marks.get(unit.id, ()))
        rows.append(_row(unit, texts, labels[unit.id], _above(before, unit)))
    return _frame([NUMBER_WIDTH, TEXT_WIDTH, TEXT_WIDTH], rows)


def _above(before: TranslationUnit | None, unit: TranslationUnit) -> int:
    """The space above a row in twentieths of a point."""
    if before is not None and before.block == unit.block:
        return 0
    if before is not None and before.role == unit.role == "list_item":
        return _ABOVE_NEXT_ITEM
    return _ABOVE.get(unit.role, _ABOVE_OTHERS)


def _texts(document: BilingualDocument, unit: TranslationUnit, sheet: Sheet, marks: Sequence[Mark]) -> tuple[str, str]:
    """The runs of both sides; those of the translation with a comment where there are findings."""
    source = _runs(source_runs(unit, marks), "Original", unit.language, sheet)
    if unit.target is None:
        target = _run("— not translated", style="Untranslated")
    else:
        target = _runs(target_runs(unit, marks), "Translation", document.target_language, sheet)
    if lines := unit_findings(document, unit):
        score = [] if unit.score is None else [f"score: {unit.score:.2f}".replace("-", "−")]
        target = _commented(target, sheet.comment([*lines, *score]))
    return source, target


def _row(unit: TranslationUnit, texts: tuple[str, str], label: str, above: int) -> str:
    style = _STYLES[unit.role]
    target = unit.target or ""
    source = _paragraph(style, texts[0], above, rtl=runs_rtl(unit.segment.text))
    translation = _paragraph(style, texts[1], above, rtl=runs_rtl(target))
    number = _paragraph("SegmentNumber", _run(label), above + _LOWER.get(unit.role, _LOWER_OTHERS))
    cells = "".join(_cell(text, width) for text, width in _columns(number, source, translation))
    whole = "<w:cantSplit/>" if max(len(unit.segment.text), len(target)) <= _WHOLE_ROW else ""
    return f"<w:tr><w:trPr>{whole}</w:trPr>{cells}</w:tr>"


def _terms(document: BilingualDocument, units: Sequence[TranslationUnit]) -> Iterator[str]:
    """A heading and a table of the terms in the text, if there are any."""
    entries, labels = term_entries(units), unit_labels(units)
    if not entries:
        return
    yield _paragraph("Heading2", _run("Terms"), before=360)
    rows = []
    for entry in entries:
        texts = (
            _run(entry.source, "Original", _language(document.source_language)),
            _run(entry.target, "Translation", _language(document.target_language)),
            _run(_remark(entry, labels)),
        )
        styles = ("Caption", "Caption", "Facts")
        cells = [_cell(_paragraph(s, t, flush=True), w) for s, t, w in zip(styles, texts, (3213,) * 3, strict=True)]
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    yield _frame([3213] * 3, rows)


def _remark(entry: TermEntry, labels: Mapping[str, str]) -> str:
    also = ["also " + ", ".join(f"“{form}”" for form in entry.also)] if entry.also else []
    missed = ["not translated so in " + ", ".join(labels[id] for id in entry.missed)] if entry.missed else []
    wrong = ["a wrong form in " + ", ".join(labels[id] for id in entry.wrong)] if entry.wrong else []
    return "; ".join([*also, *missed, *wrong])


def _columns(*texts: str) -> Iterator[tuple[str, int]]:
    return zip(texts, (NUMBER_WIDTH, TEXT_WIDTH, TEXT_WIDTH), strict=True)


def _frame(widths: Sequence[int], rows: Iterable[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:top w:w="45" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:right w:w="300" w:type="dxa"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(content: str, width: int, more: str = "") -> str:
    content = content if content.startswith("<w:p>") else _paragraph("Normal", content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{content}</w:tc>'


def _paragraph(style: str, runs: str, before: int = 0, rtl: bool = False, flush: bool = False) -> str:
    """A paragraph in the style of this id; BEFORE is the space above it in twentieths of a point, 0 that of the style;
    FLUSH takes the style's indent and rule away."""
    edge = '<w:pBdr><w:left w:val="nil"/></w:pBdr>' if flush else ""
    space = f'<w:spacing w:before="{before}"/>' if before else ""
    indent = '<w:ind w:left="0"/>' if flush else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{edge}{"<w:bidi/>" * rtl}{space}{indent}</w:pPr>{runs}</w:p>'


def _commented(runs: str, number: int) -> str:
    reference = f'<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/>'
    return f'<w:commentRangeStart w:id="{number}"/>{runs}<w:commentRangeEnd w:id="{number}"/><w:r>{reference}</w:r>'


def _runs(runs: Iterable[Run], style: str, language: str, sheet: Sheet) -> str:
    tag = _language(language)
    text = ""
    for href, group in groupby(runs, key=lambda run: run.href):
        inner = "".join(_run(run.text, style, tag, run) for run in group)
        text += f'<w:hyperlink r:id="{sheet.relation(href)}" w:history="1">{inner}</w:hyperlink>' if href else inner
    return text


def _language(tag: str) -> str:
    return _REGIONS.get(tag, language_tag(tag))


def _run(text: str, style: str = "", language: str = "en-US", run: Run | None = None) -> str:
    """TEXT as one run, or as several where words run from right to left; with the look of RUN's marks and term."""
    found = []
    for number, piece in enumerate(RTL_RUN.split(xml_text(text))):
        properties = (f'<w:rStyle w:val="{style}"/>' if style else "") + _look(run)
        rtl = '<w:rtl/><w:lang w:bidi="ar-SA"/>' if number % 2 else f'<w:lang w:val="{escape(language)}"/>'
        parts = "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(part).replace(chr(13), "&#13;")}</w:t>' for part in piece.split("\t")
        )
        if piece:
            found.append(f"<w:r><w:rPr>{properties}{rtl}</w:rPr>{parts}</w:r>")
    return "".join(found)


def _look(run: Run | None) -> str:
    """The properties of RUN's marks, link and term, in the order that the schema asks for."""
    if run is None:
        return ""
    lost = run.use is not None and run.use.status in ("missed", "conflict")
    line, colour = (
        (("wave", NOTE) if lost else ("dotted", TERM)) if run.use else ("single", LINK if run.href else "auto")
    )
    underlined = run.use or run.href or "underline" in run.kinds
    high = next((place for place in ("superscript", "subscript") if place in run.kinds), "")
    return "".join(
        (
            f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}"/>' if "code" in run.kinds else "",
            "<w:b/><w:bCs/>" if "bold" in run.kinds else "",
            "<w:i/><w:iCs/>" if "italic" in run.kinds else "",
            "<w:strike/>" if "strike" in run.kinds else "",
            f'<w:color w:val="{LINK}"/>' if run.href else "",
            f'<w:u w:val="{line}" w:color="{colour}"/>' if underlined else "",
            f'<w:vertAlign w:val="{high}"/>' if high else "",
        )
    )
