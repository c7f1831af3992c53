"""The encoding of a page, for reading it and for writing into it."""

import codecs
import re
from dataclasses import dataclass

from ..errors import InputError
from . import text

_DECLARED = re.compile(rb"""<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_LOOKED_AT = 8192  # bytes in which the declaration is looked for; browsers look at 1024
_KNOWN = re.compile(
    r"utf-?8|(?:iso-?8859|windows|cp)-?\d{1,4}|koi8-[ru]|gbk|gb2312|gb18030|big5|shift_jis|euc-(?:jp|kr)|tis-620",
    re.IGNORECASE,
)
# What browsers take for Windows-1252 (WHATWG Encoding Standard, 4.2).
_WESTERN = frozenset(["ascii", "us-ascii", "latin1", "iso-8859-1", "iso8859-1", "cp1252", "cp819", "windows-1252"])


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a page is encoded: the codec, its byte order mark, and whether the page says so itself."""

    codec: str
    mark: bytes = b""
    declared: bool = True

    def fitting(self, new: str) -> str:
        """NEW with character references for what the page cannot hold, or a browser might take for something else."""
        codec = self.codec if self.declared else "ascii"
        return new.encode(codec, "xmlcharrefreplace").decode(codec)

    def encoded(self, source: str) -> bytes:
        """The bytes of SOURCE; those that could not be decoded come back as they were."""
        errors = "surrogatepass" if self.codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
        return self.mark + source.encode(self.codec, errors)


def decoded(data: bytes, name: str) -> tuple[str, Encoding]:
    """The source of the page in DATA, and its encoding.

    A byte order mark decides. Without one it is UTF-8 where the bytes are, whatever is declared, or else the declared
    encoding, or else damaged UTF-8 or Windows-1252. Bytes that do not decode become lone surrogates. Raises
    `InputError` for what is empty, binary or in no known encoding.
    """
    for mark, codec in (*text.BYTE_ORDER_MARKS, (b"", _without_mark(data))):
        if data.startswith(mark) and codec:
            source = data[len(mark) :].decode(codec, "replace")
            return _checked(source, name), Encoding(codec, mark)
    text.refuse_signatures(data, name)
    declared = _declared(data)
    try:
        source, codec = data.decode("utf-8"), "utf-8"
        if source.isascii() and declared:
            codec = declared
    except UnicodeDecodeError:
        source, codec = _legacy(data, declared, name)
    return _checked(source, name), Encoding(codec, declared=codec == declared)


def _without_mark(data: bytes) -> str:
    """UTF-16 that has no byte order mark, told by how a page begins."""
    at = data[:64].find(b"<")
    if at < 0 or len(data) % 2 or data[at ^ 1 : (at ^ 1) + 1] != b"\0":
        return ""
    return "utf-16-be" if at % 2 else "utf-16-le"


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data, 0, _LOOKED_AT)
    codec = found.group(1).decode("ascii", "replace").lower() if found else ""
    if codec in _WESTERN:
        return "cp1252"
    if not _KNOWN.fullmatch(codec):
        return ""
    try:
        return "utf-8" if codec in ("utf-8", "utf8") else codecs.lookup(codec).name
    except LookupError:
        return ""


def _legacy(data: bytes, declared: str, name: str) -> tuple[str, str]:
    if declared not in ("", "utf-8", "cp1252"):
        return data.decode(declared, "surrogateescape"), declared
    lenient = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= char <= "\udcff" for char in lenient)
    if sum(char > "\x7f" for char in lenient) > 2 * broken:
        return lenient, "utf-8"
    if broken > text.MAX_HIGH_SHARE * len(data):
        raise InputError(f"{name}: cannot be decoded as a page (tried UTF-8 and Windows-1252; none is declared)")
    return data.decode("cp1252", "surrogateescape"), "cp1252"


def _checked(source: str, name: str) -> str:
    if text.looks_binary(source):
        raise InputError(f"{name}: binary data, not a page")
    return text.not_empty(source, name)
