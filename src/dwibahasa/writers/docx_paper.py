"""The paper of a DOCX file: page, styles, footer and properties, before anything is written on it."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..document import BilingualDocument
from ._base import one_line

if TYPE_CHECKING:
    from docx.document import Document

SERIF, SANS, MONO = "Cambria", "Calibri", "Consolas"
INK, SOFT, RULE, LINK, TERM, NOTE = "1D1B18", "655F56", "D9D3C8", "8A3B12", "9CBCBE", "855500"
NUMBER_WIDTH, TEXT_WIDTH = 652, 4493
"""Widths of the columns in twentieths of a point; together the text of an A4 page with margins of 20 mm."""

_TEMPLATE_LEFTOVERS = ("thumbnail", "stylesWithEffects", "customXml", "numbering")
_KEPT = ("Normal", "Header", "Footer", "Heading 1", "Heading 2", "Title", "Caption", "Body Text", "List Paragraph")
_KEPT_BASES = ("Default Paragraph Font", "Normal Table", "No List")

# Name, base, and what it looks like: font, size in points, colour, bold, italic; space before and after in points.
_PARAGRAPHS: tuple[tuple[str, str, tuple[str, float, str, bool, bool], tuple[float, float]], ...] = (
    ("Normal", "", (SERIF, 10.5, INK, False, False), (0, 0)),
    ("Body Text", "Normal", (SERIF, 10.5, INK, False, False), (0, 1)),
    ("Title", "Normal", (SERIF, 18, INK, True, False), (0, 6)),
    ("Heading 1", "Normal", (SERIF, 16, INK, True, False), (0, 6)),
    ("Heading 2", "Normal", (SERIF, 12, INK, True, False), (10, 3)),
    ("Caption", "Normal", (SANS, 9.5, INK, False, False), (0, 2)),
    ("List Paragraph", "Normal", (SERIF, 10.5, INK, False, False), (0, 2)),
    ("Byline", "Normal", (SANS, 9.5, INK, False, False), (0, 2)),
    ("Dateline", "Byline", (SANS, 9.5, INK, False, False), (0, 2)),
    ("Related", "Normal", (SANS, 9, SOFT, False, False), (0, 2)),
    ("Boilerplate", "Related", (SANS, 9, SOFT, False, False), (0, 2)),
    ("Column Head", "Normal", (SANS, 8.5, SOFT, False, False), (0, 3)),
    ("Segment Number", "Normal", (SANS, 6.5, SOFT, False, False), (3, 0)),
    ("Facts", "Normal", (SANS, 8.5, SOFT, False, False), (0, 2)),
    ("Notice", "Normal", (SANS, 9.5, INK, False, False), (6, 10)),
    ("Footer", "Normal", (SANS, 7.5, SOFT, False, False), (0, 0)),
    ("annotation text", "Normal", (SANS, 10, INK, False, False), (0, 2)),
)
_IDS = {"annotation text": "CommentText", "annotation reference": "CommentReference"}
_CHARACTERS = (("Original", SOFT), ("Translation", INK), ("Untranslated", SOFT), ("annotation reference", NOTE))


def blank(document: BilingualDocument, title: str) -> "Document":
    """An A4 page, upright, with the styles that the writer uses and no others, and a footer with TITLE, page numbers
    and the signature."""
    import docx
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    paper = docx.Document()
    for part in (paper.part, paper.part.package):
        for key in [key for key, rel in part.rels.items() if rel.reltype.endswith(_TEMPLATE_LEFTOVERS)]:
            del part.rels[key]
    _styles(paper)
    for setting in paper.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # Word 2013 and later; an older one would open in a compatibility mode
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(20)
    section.bottom_margin, section.footer_distance = Mm(22), Mm(10)
    footer = section.footer.paragraphs[0]
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"{title[:90]}{'…' * (len(title) > 90)}\t")
    for code, text in (("PAGE", " / "), ("NUMPAGES", "")):
        _field(footer, code)
        footer.add_run(text)
    signature = section.footer.add_paragraph(style="Footer").add_run(one_line(document.signature))
    signature.font.size = Pt(6)
    return paper


def _field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(OxmlElement("w:r"))
    field[0].append(OxmlElement("w:t"))
    field[0][0].text = "1"
    paragraph._p.append(field)


def _styles(paper: "Document") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, RGBColor

    for style in list(paper.styles):
        if style.name not in (*_KEPT, *_KEPT_BASES):
            style.delete()
    names = {style.name for style in paper.styles}
    for name, base, look, spaces in _PARAGRAPHS:
        style = paper.styles[name] if name in names else paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _dress(style, look, spaces)
        if base:
            style.base_style = paper.styles[base]
        for link in style.element.findall(qn("w:link")):
            style.element.remove(link)
    for name, colour in _CHARACTERS:
        paper.styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font.color.rgb = RGBColor.from_string(colour)
    for name, id in _IDS.items():
        paper.styles[name].element.styleId = id
    paper.styles["Untranslated"].font.italic = True
    for name in ("Caption", "List Paragraph", "Notice"):
        paper.styles[name].paragraph_format.left_indent = Mm(3)
    _edge(paper.styles["Caption"], RULE)
    _edge(paper.styles["Notice"], NOTE)


def _dress(style: Any, look: tuple[str, float, str, bool, bool], spaces: tuple[float, float]) -> None:
    """Give STYLE its look in the place of what the template gave it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font, size, colour, bold, italic = look
    for tag in ("w:rPr", "w:pPr"):
        for old in style.element.findall(qn(tag)):
            style.element.remove(old)
    style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, italic
    style.font.color.rgb = RGBColor.from_string(colour)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(spaces[0]), Pt(spaces[1]), 1.15
    shape.widow_control = True
    if style.name.startswith(("Heading", "Title")):
        shape.keep_with_next = True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "1" if style.name == "Heading 2" else "0")
        style.element.get_or_add_pPr().append(level)


def _edge(style: Any, colour: str) -> None:
    """A rule at the left of the paragraphs of STYLE."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    border = f'<w:left w:val="single" w:sz="12" w:space="6" w:color="{colour}"/>'
    pPr = style.element.get_or_add_pPr()
    pPr.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"), "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def saved(paper: "Document", body: str, comments: str, properties: Mapping[str, str], date: str) -> bytes:
    """The file with BODY and COMMENTS, in WordprocessingML, on the paper; PROPERTIES, 255 characters each at most, as
    the format has it; and DATE for every time in it.

    The two texts are put in as they are: as elements of python-docx, those of a long document take a hundred times as
    long.
    """
    from docx.oxml.ns import nsdecls

    core = paper.core_properties
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "subject"):
        setattr(core, name, "")
    for name, value in properties.items():
        setattr(core, name, value[:255])
    core.revision = 1
    core.created = core.modified = datetime.fromisoformat(date)
    if comments:
        _ = paper.comments  # makes the part
    draft, fixed = BytesIO(), BytesIO()
    paper.save(draft)
    with ZipFile(draft) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
            elif name == "word/comments.xml":
                data = f"<w:comments {nsdecls('w')}>{comments}</w:comments>".encode()
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, data)
    return fixed.getvalue()
