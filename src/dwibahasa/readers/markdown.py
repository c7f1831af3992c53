"""Markdown (CommonMark with tables and strikethrough): its text, and the source again with the translation in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..document import About, BilingualDocument, Document, MarkKind, Role
from ..errors import InputError
from ..segmentation.furniture import classify
from . import text
from ._base import READERS, REWRITERS, Piece, assembled, places
from ._inline import Item, Wrap, carried, collected, link_address, rendered

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

_MARKS: dict[str, MarkKind] = {"strong": "bold", "em": "italic", "s": "strike", "link": "link"}
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(title|judul|author|penulis|date|tanggal|url|link|canonical):[ \t]*(\S.*)$", re.MULTILINE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*?(/?)>")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&~])")
_LINE_START = re.compile(r"^(?=#|>|[-+](?:\s|$)|[-=]+\s*$)", re.MULTILINE)
_ITEM_START = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_UNSAFE = re.compile(r"[\s()<>]")


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of text: its piece and wraps, the range `[start, end)` of the source, and what stands before each
    further line of it, and whether it can only be one line, as in a cell."""

    piece: Piece
    wraps: tuple[Wrap, ...]
    start: int
    end: int
    prefix: str
    one_line: bool
    cell: bool


@dataclass(frozen=True, slots=True)
class _Parsed:
    blocks: tuple[_Block, ...]
    about: About
    parser: "MarkdownIt"
    env: "EnvType"


@READERS.register("markdown", ".md", ".markdown", ".mdown", ".mkd")
def read_bytes(data: bytes, name: str) -> Document:
    """The text of a Markdown file: headings, paragraphs, list items, quotations and cells, with links and emphasis.

    Front matter, code blocks, HTML blocks and link definitions are not read. Raises `InputError` for what is empty,
    binary, in no known encoding or without any text.
    """
    parsed = _parsed(text.decode(data, name))
    if not parsed.blocks:
        raise InputError(f"{name}: there is no text in this file")
    return assembled([block.piece for block in parsed.blocks], name, "markdown", data, parsed.about)


@REWRITERS.register("markdown")
def rewrite(document: BilingualDocument) -> bytes:
    """The Markdown of DOCUMENT with the translation in the place of its text, in UTF-8; all other lines as they are."""
    source = text.decode(document.source.original, document.name)
    parsed = _parsed(source)
    out, at = list[str](), 0
    spans = places([block.piece for block in parsed.blocks])
    for block, span in zip(parsed.blocks, spans, strict=True):
        target, found = carried(document, *span, block.wraps)
        if target != block.piece.text:
            out += source[at : block.start], _markup(parsed, block, target, found)
            at = block.end
    return "".join((*out, source[at:])).encode("utf-8", "replace")


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _parsed(source: str) -> _Parsed:
    front = _FRONT.match(source.replace("\r\n", "\n"))
    fields = {key: value.strip().strip("\"'") for key, value in _FIELD.findall(front.group(1))} if front else {}
    skipped = front.group().count("\n") if front else 0
    lines = _LINE.findall(source)
    parser, env = _parser(), dict[str, object]()
    tokens = parser.parse("".join(lines[skipped:]), env)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    blocks = tuple(_blocks(tokens, lines, starts, skipped))
    title = fields.get("title") or fields.get("judul") or ""
    about = About(
        title or next((block.piece.text for block in blocks if block.piece.role == "headline"), ""),
        fields.get("author") or fields.get("penulis") or "",
        date=fields.get("date") or fields.get("tanggal") or "",
        url=link_address(fields.get("url") or fields.get("link") or fields.get("canonical") or ""),
    )
    return _Parsed(blocks, about, parser, env)


def _blocks(tokens: "Sequence[Token]", lines: Sequence[str], starts: Sequence[int], skipped: int) -> Iterator[_Block]:
    around: list[Token] = []
    headed = False
    cell = 0
    for token in tokens:
        if token.nesting == 1:
            around.append(token)
        elif token.nesting == -1:
            around.pop()
        if token.type in ("tr_open", "inline") and (token.type == "tr_open" or not _in_cell(around)):
            cell = 0
        if token.type != "inline" or token.map is None:
            continue
        first, last = token.map[0] + skipped, token.map[1] + skipped
        piece, wraps = collected(_items(token.children or ()))
        span = _span(token, lines[first:last], around[-1], cell)
        if span is None or not token.content:
            continue
        cell = span[1] if _in_cell(around) else 0
        if not piece.text:
            continue
        role = _role(piece.text, around, headed)
        headed = headed or role == "headline"
        start, end = starts[first] + span[0], starts[last - 1] + span[1]
        prefix = _prefix(lines[first:last], token.content)
        one_line = last - first == 1 or _in_cell(around) or around[-1].markup.startswith("#")
        yield _Block(replace(piece, role=role), tuple(wraps), start, end, prefix, one_line, _in_cell(around))


def _in_cell(around: "Sequence[Token]") -> bool:
    return bool(around) and around[-1].type in ("td_open", "th_open")


def _role(text: str, around: "Sequence[Token]", headed: bool) -> Role | None:
    types = [token.type for token in around]
    if types[-1] == "heading_open":
        return "headline" if around[-1].tag == "h1" and not headed else "subheading"
    if "list_item_open" in types:
        return None if classify(text)[0] else "list_item"
    return "paragraph" if _in_cell(around) or "blockquote_open" in types else None


def _span(token: "Token", lines: Sequence[str], holder: "Token", cell: int) -> tuple[int, int] | None:
    """Where the content of TOKEN begins in the first and ends in the last of LINES; None where it cannot be found."""
    first, last = (lines[n].replace("\0", "\ufffd") for n in (0, -1))
    content = token.content.split("\n")
    if _in_cell([holder]):
        pattern = re.escape(token.content).replace(r"\|", r"\\?\|")
        found = re.compile(rf"(?<![^\s|>]){pattern}(?=\s*(?:\||$))").search(first, cell)
        return found.span() if found else None
    if holder.type == "heading_open" and holder.markup.startswith("#"):
        mark = _HEADING.search(first)
        start = mark.end() if mark else -1
        return (start, start + len(content[0])) if first.startswith(content[0], start) else None
    head, tail = content[0].strip(), content[-1].strip()
    if not first.rstrip().endswith(head) or not last.rstrip().endswith(tail):
        return None
    return len(first.rstrip()) - len(head), len(last.rstrip())


def _prefix(lines: Sequence[str], content: str) -> str:
    """What stands before the text on the second of LINES: marks of quotations, indentation."""
    if len(lines) < 2:
        return ""
    inner = content.split("\n")[1].strip()
    return lines[1][: max(len(lines[1].rstrip()) - len(inner), 0)]


def _items(tokens: "Iterable[Token]") -> Iterator[Item]:
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type == "text":
            yield Item("text", token.content)
        elif token.type == "softbreak":
            yield Item("text", " ")
        elif token.type == "hardbreak":
            yield Item("break", "")
        elif token.type == "code_inline":
            yield Item("open", token.markup, "code", "code")
            yield Item("text", token.content)
            yield Item("close", token.markup, "code")
        elif token.type == "image":
            yield Item("point", f"![{token.content}]{_target(token.attrs.get('src'), token.attrs.get('title'))}")
        elif token.type == "html_inline":
            yield _tag(token.content)
        elif token.type == "link_open":
            address = token.attrs.get("href")
            ends = ("<", ">") if token.info == "auto" else ("[", "]" + _target(address, token.attrs.get("title")))
            yield Item("open", ends[0], "link", "link", link_address(str(address or "")))
        elif token.type == "link_close":
            yield Item("close", ends[1], "link")
        elif token.nesting:
            yield Item("open" if token.nesting == 1 else "close", token.markup, name, _MARKS.get(name))
        else:
            yield Item("text", token.content)


def _tag(markup: str) -> Item:
    found = _TAG.fullmatch(markup)
    if not found or found.group(3):
        return Item("break" if found and found.group(2).lower() == "br" else "point", markup)
    name = found.group(2).lower()
    if name in ("br", "hr", "img", "wbr"):
        return Item("break" if name == "br" else "point", markup)
    return Item("close" if found.group(1) else "open", markup, f"<{name}>")


def _target(address: object, title: object) -> str:
    """The part of a link or an image in parentheses."""
    href = str(address or "")
    if _UNSAFE.search(href) or not href:
        href = "<" + href.replace("<", "%3C").replace(">", "%3E") + ">"
    quoted = str(title).replace("\\", "\\\\").replace('"', '\\"') if title else ""
    return f'({href} "{quoted}")' if quoted else f"({href})"


def _markup(parsed: _Parsed, block: _Block, target: str, found: Sequence[tuple[int, int] | None]) -> str:
    """TARGET as Markdown, with the wraps of BLOCK where they stand in it: as plain as it still reads the same, and
    without its wraps where it would not."""
    made = ""
    for escape, wraps in ((_plain, block.wraps), (_escaped, block.wraps), (_escaped, ())):
        made = _cased(rendered(target, wraps, found, escape).strip(), escape)
        if _reads(parsed, made) == "".join(target.split()):
            break
    made = made.replace("\n", "<br>" if block.one_line else "\\\n" + block.prefix)
    return made.replace("|", r"\|") if block.cell else made


def _plain(part: str, _: tuple[Wrap, ...]) -> str:
    return part


def _escaped(part: str, around: tuple[Wrap, ...]) -> str:
    return part if any(wrap.mark == "code" for wrap in around) else _SPECIAL.sub(r"\\\1", part)


def _cased(made: str, escape: object) -> str:
    """MADE without anything at the start of its lines that would begin a block of another kind."""
    return made if escape is _plain else _ITEM_START.sub(r"\1\\", _LINE_START.sub(r"\\", made))


def _reads(parsed: _Parsed, made: str) -> str | None:
    """The text, without white space, of MADE as a paragraph; None where it is something else."""
    tokens = parsed.parser.parse(made, {"references": parsed.env.get("references", {})})
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    return "".join(collected(_items(tokens[1].children or ()))[0].text.split())
