"""Files of term bases in and out; `FORMATS` has a module for each format."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..document import Term
from ..errors import GlossaryError, UnknownNameError
from . import po, tables, tbx  # noqa: F401 - each registers its format
from ._base import CONTROL, FORMATS, Entry, Notice, Output, checked, collect, fail, tidied, tidy


@dataclass(frozen=True, slots=True)
class TermFile:
    """The terms of one file in its order, what was left out and why, and the file's name and sha256.

    `untidy` says where white space was put right in reading.
    """

    path: Path
    name: str
    sha256: str
    terms: tuple[Term, ...]
    notices: tuple[Notice, ...]
    untidy: tuple[Notice, ...]


def load_file(path: str | Path) -> TermFile:
    """Read one file (UTF-8, a byte order mark and any line ends allowed) in the format of its suffix.

    Raises `GlossaryError` with file and line: no known suffix, not readable, not UTF-8, a syntax error, a source with
    two targets, an unknown case rule, a form that is both right and forbidden.
    """
    path = Path(path)
    data = _bytes(path)
    try:
        read = FORMATS[FORMATS.for_path(path)].read
    except UnknownNameError as error:
        raise GlossaryError(str(error)) from None
    found = collect(path, read(path, _decoded(path, data)))
    digest = hashlib.sha256(data).hexdigest()
    return TermFile(path, path.stem, digest, tuple(found.terms), tuple(found.notices), tuple(found.untidy))


def write_terms(terms: Iterable[Term], format: str, name: str) -> Output:
    """TERMS as a term base called NAME, in their order; white space in them is tidied.

    Raises `UnknownNameError` for an unknown format, and `GlossaryError` for a term that could not be read back: it
    breaks a rule of `load_file`, or its source stands twice in one sense.
    """
    writer = FORMATS[format].write
    kept: dict[tuple[str, str], Term] = {}
    for t in terms:
        entry = Entry(
            t.line, t.source, t.target, t.accept, t.forbid, t.sense, t.case, t.note, t.citation, t.near, t.not_near
        )
        try:
            term = checked(tidied(entry), t.file)
        except ValueError as error:
            raise GlossaryError(f"{t.source!r}: {error}") from None
        if kept.setdefault((term.source, term.sense), term) is not term:
            raise GlossaryError(f"{t.source!r}: stands twice; a file has one entry for a source in one sense")
    return writer(tuple(kept.values()), tidy(CONTROL.sub(" ", name)))


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise GlossaryError(f"{path}: is a folder; a glossary is a file ({', '.join(FORMATS)})")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise GlossaryError(f"{path}: no such glossary file") from None
    except (OSError, ValueError) as error:
        raise GlossaryError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _decoded(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fail(path, line, f"not UTF-8 (byte 0x{data[error.start]:02x}); save the glossary as UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := CONTROL.search(text):
        fail(path, text.count("\n", 0, bad.start()) + 1, f"control character U+{ord(bad[0]):04X}")
    return text
