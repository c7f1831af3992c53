"""What every writer is, what several of them need, and the one that is called."""

from collections.abc import Callable
from pathlib import Path

from ..document import BilingualDocument, TranslationUnit
from ..exchange import notes, one_line, rebuilding, replaced, xml_text
from ..files import write_file
from ..registry import Registry

__all__ = ["WRITERS", "Writer", "kept_units", "notes", "one_line", "rebuilding", "replaced", "write", "xml_text"]

Writer = Callable[..., str | bytes]
"""Called as `writer(document, *, keep_boilerplate=False)`; returns the whole output and touches no file."""

WRITERS: Registry[Writer] = Registry("output format")


def kept_units(document: BilingualDocument, keep_boilerplate: bool) -> tuple[TranslationUnit, ...]:
    """The units in order, those of boilerplate blocks only with `keep_boilerplate`."""
    return tuple(u for u in document.units if keep_boilerplate or u.role != "boilerplate")


def write(
    document: BilingualDocument,
    path: str | Path,
    format: str | None = None,
    *,
    keep_boilerplate: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write DOCUMENT to PATH in FORMAT (by default the one of the suffix) and return the path.

    Missing folders are made. The file appears whole or not at all: it is written under a temporary name in the same
    folder and renamed, and the temporary file goes away on any error or interrupt. Text is written as UTF-8.

    Raises `UnknownNameError` for an unknown format or suffix, and `OutputError` where the file exists and `overwrite`
    is false, or where the place cannot be written.
    """
    path = Path(path)
    writer = WRITERS[format if format is not None else WRITERS.for_path(path)]
    write_file(path, lambda: writer(document, keep_boilerplate=keep_boilerplate), overwrite)
    return path
