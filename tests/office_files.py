"""Zip files of readable parts, and translations without a model, for the tests of DOCX, ODT and EPUB."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

from dwibahasa.document import BilingualDocument, Document, TranslationUnit
from dwibahasa.word_alignment import align


def zipped(parts: Mapping[str, str | bytes], stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """A zip file of PARTS in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The contents of a zip file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def translated(document: Document, targets: Mapping[str, str] | None = None) -> BilingualDocument:
    """DOCUMENT with the TARGETS of its segments; without them each segment is its own translation."""
    units = []
    for block in document.blocks:
        for number, segment in enumerate(block.segments, 1):
            target = segment.text if targets is None else targets[segment.text]
            links = align(segment.text, target)
            unit = TranslationUnit(f"{block.id}.s{number}", block.id, block.role, segment, target, "mt", links=links)
            units.append(unit)
    return replace(BilingualDocument(document, tuple(units)), signature="model:test")
