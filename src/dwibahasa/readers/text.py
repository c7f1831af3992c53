"""Plain text: find the encoding, refuse what is not text, cut into blocks and sentences."""

import codecs
import re

from ..document import BilingualDocument, Document
from ..errors import InputError
from ..segmentation import segment
from ._base import READERS, REWRITERS

# UTF-32 stands before UTF-16 because its little-endian mark begins with the one of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The byte order marks of UTF-8, UTF-32 and UTF-16, and the codecs that read what follows them."""
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, as DOCX and EPUB files are"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
MAX_CONTROL_SHARE = 0.1
"""Text with a larger share of NUL and control characters is taken for binary. Own choice: UTF-16 without a byte order
mark has about a half, scraped text with stray characters well under a hundredth."""
MAX_HIGH_SHARE = 0.25
"""Largest share of bytes above 0x7F in text taken for Windows-1252. Own choice: French has about 0.04, while Cyrillic,
Arabic, Greek, Chinese or Japanese text in a legacy encoding has more than a half."""


def decode(data: bytes, name: str) -> str:
    """The text in DATA, without its byte order mark; line ends stay as they are.

    A byte order mark decides between UTF-8, UTF-16 and UTF-32; without one the text is UTF-8 or, when that fails and
    the bytes look like it, Windows-1252. Raises `InputError`, with NAME and the encodings tried, for what is empty,
    binary or in none of these.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding, name)
            break
    else:
        refuse_signatures(data, name)
        text = _without_mark(data, name)
    if looks_binary(text):
        raise InputError(f"{name}: binary data, not text (UTF-8 with many NUL or control characters)")
    return not_empty(text, name)


def looks_binary(text: str) -> bool:
    """Whether TEXT has so many NUL and control characters that it is none."""
    return len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text)


def not_empty(text: str, name: str) -> str:
    """TEXT itself; raises `InputError` when it holds nothing but white space."""
    if not text.strip():
        raise InputError(f"{name}: the text is empty")
    return text


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: begins with the byte order mark of {encoding.upper()} but is not valid {encoding.upper()} "
            f"at byte {error.start} after the mark"
        ) from error


def refuse_signatures(data: bytes, name: str) -> None:
    """Raises `InputError` where DATA begins as a picture, an archive or another known binary format does."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name}: not text but {kind}")


def _without_mark(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8"
    # Text with many good multi-byte sequences is damaged UTF-8; as Windows-1252 it would turn into “â€œ”.
    lenient = data.decode("utf-8", "replace")
    damaged = sum(char > "\x7f" and char != "\ufffd" for char in lenient) > lenient.count("\ufffd")
    high = len(data.translate(None, bytes(range(0x80))))
    if damaged or high > MAX_HIGH_SHARE * len(data):
        raise InputError(f"{name}: cannot be decoded as text (tried UTF-8; {where})")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise InputError(f"{name}: cannot be decoded as text (tried UTF-8 and Windows-1252; {where})") from None


@READERS.register("text", ".txt", ".text", "")
def read_bytes(data: bytes, name: str) -> Document:
    """The document in the bytes of a text file; raises `InputError`."""
    return segment(decode(data, name), name)


@REWRITERS.register("text")
def rewrite(document: BilingualDocument) -> bytes:
    """The translation as plain text in UTF-8, with the white space of the source between the sentences; a unit without
    a target stays as it is."""
    text = document.source.text
    parts = [text[: document.units[0].segment.start]] if document.units else [text]
    for unit in document.units:
        parts += unit.segment.text if unit.target is None else unit.target, unit.segment.space
    return "".join(parts).encode("utf-8", "replace")
