"""PO and XLIFF as sources: their source texts are translated; a PO file gets the targets that it lacks."""

from dataclasses import replace

from ..bilingual import BILINGUAL
from ..bilingual.po import filled
from ..document import BilingualDocument, Document
from ..errors import InputError
from ._base import READERS, REWRITERS


@READERS.register("po", ".po", ".pot")
def read_po(data: bytes, name: str) -> Document:
    """The source texts of a PO file, each message a segment; raises `InputError` where there are none."""
    return _source(data, name, "po")


@READERS.register("xliff", ".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
def read_xliff(data: bytes, name: str) -> Document:
    """The source texts of an XLIFF file, cut as the file cuts them; raises `InputError` where there are none."""
    return _source(data, name, "xliff")


def _source(data: bytes, name: str, format: str) -> Document:
    document = BILINGUAL[format](data, name).document.source
    if not document.blocks:
        raise InputError(f"{name}: there is no text in it")
    return replace(document, name=name, format=format, original=data)


@REWRITERS.register("po")
def rewrite_po(document: BilingualDocument) -> bytes:
    """The PO file with a target in each message that had none, flagged fuzzy unless a person gave it; all else stays
    as it is."""
    targets = []
    for unit in document.units:
        source, target = unit.segment.text, (unit.target or "").strip()
        head, tail = source[: len(source) - len(source.lstrip())], source[len(source.rstrip()) :]
        by_person = unit.origin == "human" or unit.state in ("reviewed", "final")
        targets.append((head + target + tail if target else "", by_person))
    return filled(document.source.original, document.name, targets)
