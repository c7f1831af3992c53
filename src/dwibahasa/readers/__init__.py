"""Files in: each format is one module that registers a reader for its suffixes."""

from pathlib import Path
from typing import Literal

from ..document import BilingualDocument, Document
from ..errors import InputError, UnknownNameError
from ..files import read_file
from ..segmentation import segment
from . import bilingual as _bilingual  # noqa: F401 - registers itself
from . import docx as _docx  # noqa: F401 - registers itself
from . import epub as _epub  # noqa: F401 - registers itself
from . import html as _html  # noqa: F401 - registers itself
from . import markdown as _markdown  # noqa: F401 - registers itself
from . import odt as _odt  # noqa: F401 - registers itself
from . import subtitles as _subtitles  # noqa: F401 - registers itself
from . import text as _text
from ._base import READERS, REWRITERS, Reader, Rewriter

__all__ = ["READERS", "REWRITERS", "Reader", "Rewriter", "read", "read_bytes", "read_text", "translated_copy"]

# Formats that would decode as text, or fail as binary, and must be refused by their name.
_NOT_READ_YET = (
    *(".doc", ".mobi", ".pdf", ".pptx"),
    *(".rtf", ".tmx", ".xlsx"),
)

# How files begin whose name does not tell their format.
_CONTENTS = ((b"<!doctype html", "html"), (b"<html", "html"), (b"webvtt", "vtt"))
_HEAD = 4096


def read(path: str | Path, html: Literal["article", "full"] = "article") -> Document:
    """The document in the file at PATH, named after it.

    The suffix chooses the reader, or the content where the suffix is none or unknown. Of an HTML page the article is
    read, or with HTML `full` all of its text. Raises `InputError` when the file is missing, a folder, not readable,
    empty, binary, in no known encoding, or in a format that has no reader.
    """
    path = Path(path)
    if (suffix := path.suffix.lower()) in _NOT_READ_YET:
        advice = "; save it as .docx or .odt" if suffix in (".doc", ".rtf") else ""
        raise InputError(f"{path}: {suffix} files cannot be read yet; known: {', '.join(READERS)}{advice}")
    data = read_file(path)
    return read_bytes(data, path.name, html)


def read_bytes(data: bytes, name: str, html: Literal["article", "full"] = "article") -> Document:
    """The document in DATA; NAME is what messages call it, and its suffix chooses the reader, as in `read`."""
    try:
        format = READERS.for_path(name) if "." in name else ""
    except UnknownNameError:
        format = ""
    if not format:
        head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        format = next((format for start, format in _CONTENTS if head.startswith(start)), "text")
    return READERS["html-full" if (format, html) == ("html", "full") else format](data, name)


def read_text(text: str, name: str = "text") -> Document:
    """The document in a string that is already decoded; raises `InputError` when it is empty."""
    return segment(_text.not_empty(text, name), name)


def translated_copy(document: BilingualDocument) -> bytes:
    """The source of DOCUMENT in its own format, with the translation in the place of the text.

    Raises `UnknownNameError` where its format has no such copy.
    """
    return REWRITERS[document.source.format](document)
