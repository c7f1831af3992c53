"""Books (.epub): the text of their chapters in the order of reading, their navigation, and the translated copy.

The parts of the file that no text is taken from stay in the copy byte for byte.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..document import About, BilingualDocument, Document, Role
from ..errors import InputError
from ._base import READERS, REWRITERS, Piece, authored, places
from ._runs import Run, Stretch, rewritten, stretches
from ._trees import Region, rebuild, runs_of
from .epub_package import Package
from .epub_text import XHTML, regions, role_of, take

_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    region: Region
    stretches: list[Stretch]
    role: Role


@READERS.register("epub", ".epub")
def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a book; raises `InputError`."""
    book = _Book(data, name)
    if not book.text:
        raise InputError(f"{name}: there is no text in it (pictures of text cannot be read)")
    first = book.package.first
    url = next((a for a in (first("source"), first("identifier")) if a.startswith(("http://", "https://"))), "")
    about = About(first("title"), first("creator"), first("publisher"), first("date"), url)
    return authored(book.pieces, name, "epub", data, about)


@REWRITERS.register("epub")
def rewrite(document: BilingualDocument) -> bytes:
    """The book that DOCUMENT was read from, in English."""
    book = _Book(document.source.original, document.name)
    starts: dict[str, int] = {}
    for piece, (start, _) in zip(book.pieces, places(book.pieces), strict=True):
        starts.setdefault(piece.text, start)
    own = iter(places(book.pieces)[len(book.title) :])

    def said(core: Sequence[Run]) -> Sequence[Run]:
        start = starts.get("".join(run.text for run in core))
        return core if start is None else rewritten(document, start, core)

    for paragraph in book.text:
        _rewrite(paragraph, lambda core: rewritten(document, next(own)[0], core))
    for paragraph in book.labels:
        _rewrite(paragraph, said)
    for element in (*book.names, *book.package.metadata("title")):
        if text := _collapsed(element.text):
            element.text = "".join(run.text for run in said([Run(text)]))
    return book.package.packed()


def _rewrite(paragraph: _Paragraph, translate: Callable[[Sequence[Run]], Sequence[Run]]) -> None:
    done: list[Run] = []
    for stretch in paragraph.stretches:
        done += [*stretch.before, *(translate(stretch.core) if stretch.core else ()), *stretch.after]
    rebuild(paragraph.region, done, lambda text, _: (text,))


class _Book:
    """A book: `text` are the paragraphs of its chapters, `labels` those of its navigation document, `names` the
    elements of text in the older form of the navigation and in the heads of chapters."""

    def __init__(self, data: bytes, name: str) -> None:
        self.package = package = Package(data, name)
        self.text: list[_Paragraph] = []
        self.labels: list[_Paragraph] = []
        self.names: list[Any] = []
        for part, tree in package.documents.items():
            if part == package.ncx:
                self.names += tree.getroot().iter(_NCX + "text")
                continue
            self.names += tree.getroot().iterfind(f"{XHTML}head/{XHTML}title")
            body = tree.getroot().find(XHTML + "body")
            if body is not None:
                (self.labels if part == package.nav else self.text).extend(_paragraphs(body))

    @property
    def title(self) -> list[Piece]:
        """The title of the book as a piece, where no paragraph is that."""
        title = self.package.first("title")
        known = any(piece.text == title for piece in _pieces(self.text))
        return [Piece(title, "headline")] if any(map(str.isalnum, title)) and not known else []

    @cached_property
    def pieces(self) -> list[Piece]:
        """The pieces of the book: its title, its text, and those labels of the navigation that stand in neither."""
        found = [*self.title, *_pieces(self.text)]
        known = {piece.text for piece in found}
        names = [_collapsed(e.text) for e in self.names if e.tag == _NCX + "text"]
        for label in (*_pieces(self.labels), *(Piece(text, "list_item") for text in names)):
            if label.text not in known and any(map(str.isalpha, label.text)):
                known.add(label.text)
                found.append(label)
        return found


def _paragraphs(body: Any) -> Iterator[_Paragraph]:
    for region in list(regions(body)):
        runs = runs_of(region, take, preformatted=region.parent.tag == XHTML + "pre")
        found = stretches(runs)
        if any(stretch.core for stretch in found):
            yield _Paragraph(region, found, role_of(region))


def _pieces(paragraphs: list[_Paragraph]) -> Iterator[Piece]:
    return (s.piece(p.role) for p in paragraphs for s in p.stretches if s.core)


def _collapsed(text: str | None) -> str:
    return " ".join((text or "").split())
