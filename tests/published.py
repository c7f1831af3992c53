"""Reads what the writers for people make, with programs that others wrote."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import lxml.etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

Pair = tuple[str, str, str | None]  # unit id, source, target

NOT_TRANSLATED = "not translated"


def markdown_tokens(content: bytes) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(content.decode())


def inline_text(token: Token) -> str:
    """The text that a reader sees; fails where anything but marks is made of it."""
    marks = {f"{mark}_{side}" for mark in ("strong", "em", "link") for side in ("open", "close")}
    children = token.children or []
    assert {child.type for child in children} <= {"text", "text_special", "code_inline", *marks}, token.content
    return "".join(child.content for child in children)


def cell_text(token: Token) -> str | None:
    """The text of a cell, None where it says that there is no translation."""
    children = token.children or []
    if [child.type for child in children] == ["em_open", "text", "em_close"] and children[1].content == NOT_TRANSLATED:
        return None
    return inline_text(token).strip() or None


def markdown_rows(content: bytes) -> Iterator[list[Token]]:
    """The inline tokens of each row of the table, its head left out."""
    row: list[Token] = []
    inside = False
    for token in markdown_tokens(content):
        inside = (inside or token.type == "tbody_open") and token.type != "tbody_close"
        if inside and token.type == "inline":
            row.append(token)
        elif token.type == "tr_close" and inside:
            yield row
            row = []


def read_markdown(content: bytes, folder: Path) -> list[Pair]:
    rows = enumerate(markdown_rows(content), 1)
    return [(f"p1.s{number}", cell_text(row[0]) or "", cell_text(row[1])) for number, row in rows]


def read_interlinear(content: bytes, folder: Path) -> list[Pair]:
    pairs: list[Pair] = []
    source, waiting = "", False
    for token in markdown_tokens(content):
        if token.type == "blockquote_open":
            waiting = True
        elif token.type == "inline":
            if waiting:
                pairs.append((f"p1.s{len(pairs) + 1}", source, cell_text(token)))
                waiting = False
            source = inline_text(token).strip()
    return pairs


def read_docx(content: bytes, folder: Path) -> list[Pair]:
    paper = docx.Document(BytesIO(content))
    pairs: list[Pair] = []
    for row in list(paper.tables[0].rows)[1:]:
        _, source, target = row.cells
        styles = [run.style.name for run in target.paragraphs[0].runs]
        found = None if styles[:1] == ["Untranslated"] else target.text
        pairs.append((f"p1.s{len(pairs) + 1}", source.text, found or None))
    return pairs


def book_pages(content: bytes) -> dict[str, lxml.etree._Element]:
    """The pages of an EPUB in the order of its spine, by name."""
    with ZipFile(BytesIO(content)) as archive:
        package = lxml.etree.fromstring(archive.read("EPUB/package.opf"))
        files = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}item")}
        spine = [files[ref.get("idref")] for ref in package.iterfind(".//{*}itemref")]
        return {name: lxml.etree.fromstring(archive.read(f"EPUB/{name}")) for name in spine}


def read_epub(content: bytes, folder: Path) -> list[Pair]:
    pairs: list[Pair] = []
    for page in book_pages(content).values():
        spans = {span.get("id"): "".join(span.itertext()) for span in page.iterfind(".//{*}span[@id]")}
        pairs += [(id, text, spans.get(f"{id}-t") or None) for id, text in spans.items() if not id.endswith("-t")]
    return pairs
