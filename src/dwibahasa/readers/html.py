"""HTML: the article of a page, or all of its text, and the page again with the translation in its place."""

import html
import re
from collections.abc import Sequence

from ..document import About, BilingualDocument, Document
from ..errors import InputError
from . import text
from ._base import READERS, REWRITERS, Piece, assembled, places
from ._inline import Wrap, carried, rendered
from .html_about import about
from .html_article import article, whole
from .html_blocks import Page, Stretch, parsed
from .html_encoding import decoded
from .html_source import Node

_LANG = re.compile(r"""(\s(?:xml:)?lang\s*=\s*)("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
_HAS_LANG = re.compile(r"\slang\s*=", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[-–—|·•:»]\s+")
_MARKUP = re.compile(r"<[a-zA-Z!]")


@READERS.register("html", ".html", ".htm", ".xhtml", ".xht", ".shtml")
def read_article(data: bytes, name: str) -> Document:
    """The article on the page in DATA, with its headline, roles, links and emphasis, and what the page says of itself.

    Raises `InputError` for what is empty, binary or without any text. A file without markup is read as plain text.
    """
    return _read(data, name, "html")


@READERS.register("html-full")
def read_page(data: bytes, name: str) -> Document:
    """All text of the page in DATA, menus and footers too; raises as `read_article` does."""
    return _read(data, name, "html-full")


def _read(data: bytes, name: str, format: str) -> Document:
    source, _ = decoded(data, name)
    if not _MARKUP.search(source):
        return text.read_bytes(data, name)
    stretches, said = _stretches(source, format)
    if not stretches:
        raise InputError(f"{name}: there is no text on this page")
    return assembled([stretch.piece for stretch in stretches], name, format, data, said)


def _stretches(source: str, format: str) -> tuple[list[Stretch], About]:
    """What is read of a page, in order, and what it says of itself; the title alone stands for a missing headline."""
    page = parsed(source)
    said, titles = about(source, page)
    found = whole(page, titles) if format == "html-full" else article(page, titles)
    headed = any(stretch.piece.role == "headline" for stretch in found)
    title = None if headed else _title(source, page, said.outlet)
    return ([title, *found] if title else found), said


def _title(source: str, page: Page, outlet: str) -> Stretch | None:
    """The title of the page, without the name of the outlet after it."""
    if page.title is None:
        return None
    start, end = page.title
    raw = source[start:end]
    whole = html.unescape(raw).strip()
    if outlet and whole.lower().endswith(outlet.lower()) and (cuts := list(_SEPARATOR.finditer(raw))):
        raw = raw[: cuts[-1].start()]
    start += len(raw) - len(raw.lstrip())
    said = " ".join(html.unescape(raw).replace("\0", "").split())
    node = Node("title", None, "<title>", start)
    return Stretch(Piece(said, "headline"), (), start, start + len(raw.strip()), node, " ") if said else None


@REWRITERS.register("html")
@REWRITERS.register("html-full")
def rewrite(document: BilingualDocument) -> bytes:
    """The page of DOCUMENT with the translation in the place of what was read of it, in the page's encoding.

    All else stays as it is to the byte, but the title, which follows the headline, and `lang` on `html`.
    """
    source, encoding = decoded(document.source.original, document.name)
    stretches, _ = _stretches(source, document.source.format)
    spans = places([stretch.piece for stretch in stretches])
    changes = [
        (stretch.start, stretch.end, _translation(document, stretch, span))
        for stretch, span in zip(stretches, spans, strict=True)
    ]
    page = parsed(source)
    if all(stretch.node.name != "title" for stretch in stretches) and page.title:
        changes.append((*page.title, _new_title(document, stretches, spans, source[slice(*page.title)])))
    changes += [_language(node, document.target_language) for node in page.nodes if node.name == "html"][:1]
    out, at = list[str](), 0
    for start, end, new in sorted(change for change in changes if change[2] is not None):
        out += source[at:start], encoding.fitting(new or "")
        at = end
    return encoding.encoded("".join((*out, source[at:])))


def _translation(document: BilingualDocument, stretch: Stretch, span: tuple[int, int]) -> str | None:
    """The markup that takes the place of STRETCH, whose text is at SPAN; None where that does not change."""
    target, found = carried(document, *span, stretch.wraps)
    if target == stretch.piece.text:
        return None

    def escape(part: str, _: tuple[Wrap, ...]) -> str:
        return _escaped(part).replace("\n", stretch.line_break)

    return rendered(target, stretch.wraps, found, escape)


def _escaped(part: str) -> str:
    return html.escape(part, quote=False).replace("\0", "\ufffd")


def _new_title(
    document: BilingualDocument, stretches: Sequence[Stretch], spans: Sequence[tuple[int, int]], title: str
) -> str | None:
    """The title with the translated headline in the place of the headline, or, where it says it in other words, of
    all but the name of the outlet; None where there is no headline."""
    headlines = (n for n, stretch in enumerate(stretches) if stretch.piece.role == "headline")
    if (number := next(headlines, None)) is None:
        return None
    source = stretches[number].piece.text
    target, _ = carried(document, *spans[number], ())
    if target == source:
        return None
    title = " ".join(html.unescape(title).split())
    start = title.find(source)
    if start >= 0:
        return _escaped(title[:start] + target + title[start + len(source) :])
    outlet = document.source.about.outlet.lower()
    cuts = list(_SEPARATOR.finditer(title)) if outlet and title.lower().endswith(outlet) else []
    return _escaped(target + (title[cuts[-1].start() :] if cuts else ""))


def _language(node: Node, language: str) -> tuple[int, int, str | None]:
    """The start tag of `html` with the language of the translation."""
    end = node.start + len(node.tag)
    if _HAS_LANG.search(node.tag):
        return node.start, end, _LANG.sub(lambda found: f'{found.group(1)}"{language}"', node.tag)
    at = node.start + len("<html")
    return at, at, f' lang="{language}"'
