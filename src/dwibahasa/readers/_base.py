"""What every reader is, what those of structured formats share, and the registries; a module for a format registers
itself here."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..document import About, BilingualDocument, Document, Mark, Role
from ..registry import Registry
from ..segmentation import SEPARATOR, segment_blocks

Reader = Callable[[bytes, str], Document]
"""Takes the bytes of a file and its name, returns the document; raises `InputError`."""

READERS: Registry[Reader] = Registry("reader")

Rewriter = Callable[[BilingualDocument], bytes]
"""Takes a translated document, returns a copy of `source.original` with the translation in the place of the text."""

REWRITERS: Registry[Rewriter] = Registry("format with a translated copy")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a structured format: its text, its role where the format tells it, and its marks, whose offsets
    count in the text."""

    text: str
    role: Role | None = None
    marks: tuple[Mark, ...] = ()


def places(pieces: Iterable[Piece]) -> list[tuple[int, int]]:
    """The span of each trimmed, non-empty piece in the text of the document that `assembled` makes of PIECES."""
    spans, at = [], 0
    for piece in pieces:
        spans.append((at, at + len(piece.text)))
        at += len(piece.text) + len(SEPARATOR)
    return spans


def assembled(
    pieces: Sequence[Piece], name: str, format: str, original: bytes = b"", about: About | None = None
) -> Document:
    """The document of PIECES, trimmed and not empty, with their marks."""
    document = segment_blocks([(piece.text, piece.role) for piece in pieces], name)
    marks = [
        replace(mark, start=mark.start + start, end=mark.end + start)
        for piece, (start, _) in zip(pieces, places(pieces), strict=True)
        for mark in piece.marks
    ]
    ordered = tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
    return replace(document, marks=ordered, about=about or About(), format=format, original=original)


def authored(
    pieces: Sequence[Piece], name: str, format: str, original: bytes = b"", about: About | None = None
) -> Document:
    """As `assembled`, for what one person wrote and nobody put furniture around, such as a Word file or a book: nothing
    in it is boilerplate, and where no piece is a headline the first subheading is."""
    pieces = list(pieces)
    roles = [piece.role for piece in pieces]
    if "headline" not in roles and "subheading" in roles:
        first = roles.index("subheading")
        pieces[first] = replace(pieces[first], role="headline")
    document = assembled(pieces, name, format, original, about)
    if all(block.role != "boilerplate" for block in document.blocks):
        return document
    starts = [start for start, _ in places(pieces)]
    found: dict[int, Role] = {}
    for block in document.blocks:
        number = bisect_right(starts, block.segments[0].start) - 1
        found.setdefault(number, "paragraph" if block.role == "boilerplate" else block.role)
    settled = [replace(piece, role=found[number]) for number, piece in enumerate(pieces)]
    return assembled(settled, name, format, original, about)
