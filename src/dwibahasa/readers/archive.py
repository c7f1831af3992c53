"""Zip files that formats are packed in, read and written without trust: nothing is unpacked to disk, every size is
bounded before it is read, and the XML inside is parsed without entities, DTD and network."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import InputError

if TYPE_CHECKING:
    from lxml import etree

MAX_ENTRIES = 20_000
MAX_SIZE = 512 * 2**20
"""Most bytes of all entries together. Own choice: illustrated books have up to about a hundred megabytes."""
MAX_XML = 64 * 2**20
"""Most bytes of one XML part. Own choice: the text of a thousand-page book has about five megabytes."""
MAX_RATIO = 250
"""Most bytes that one packed byte may stand for, in entries above `FREE`. Own choice: the XML of office files packs by
10 to 40, tables of equal rows by 100; deflate goes up to 1032, which is what bombs are made of."""
FREE = 2**20
TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every entry that is written, the first one that zip knows."""

_OLE, _ZIP, _WIDE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", "EncryptedPackage".encode("utf-16-le")
_SIGNATURES = ((b"%PDF-", "a PDF document"), (b"{\\rtf", "an RTF document"), (b"\x1f\x8b", "a gzip archive"))
_DRIVE = re.compile(r"[A-Za-z]:")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Archive:
    """The entries of a zip file in their order, by name. `name` is the file's, for messages; `kind` its format's, such
    as `DOCX`.

    Raises `InputError` where the file is no zip file, is damaged or encrypted, or tries to harm: entries that overlap,
    stand twice, lead out of the archive, or are larger than `MAX_SIZE` or `MAX_RATIO` allow.
    """

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        self.name, self.kind = name, kind
        if not data.startswith(_ZIP):
            raise InputError(f"{name}: {_not_a_zip(data, kind)}")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                self._check(file)
                self._entries = dict(self._unpacked(file))
                self.stored = {_name(i) for i in file.infolist() if i.compress_type == zipfile.ZIP_STORED}
        except _DAMAGED as error:
            raise InputError(f"{name}: the zip file is damaged ({_reason(error)}); get it anew") from error

    def __contains__(self, part: object) -> bool:
        return part in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __getitem__(self, part: str) -> bytes:
        if part not in self._entries:
            raise InputError(f"{self.name}: not a {self.kind} file, or a damaged one: it has no {part}")
        return self._entries[part]

    def xml(self, part: str, *, doctype: bool = False) -> "etree._ElementTree":
        """The tree of the XML in PART; without DOCTYPE a document type declaration is refused, with it one that
        defines something. Raises `InputError`."""
        return parsed(self[part], f"{self.name}: {part}", doctype=doctype)

    def packed(self, changed: Mapping[str, bytes | None], first: str = "") -> bytes:
        """A zip file of the entries, in their order and packed as they were, but with the contents CHANGED (None
        leaves an entry out) and the entry FIRST, stored, at the head. The same entries give the same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for part in sorted(self, key=lambda part: part != first):
                data = changed.get(part, self._entries[part])
                if data is None:
                    continue
                info = zipfile.ZipInfo(part, TIME)
                stored = part == first or part in self.stored
                info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                info.create_system, info.external_attr = 3, (0o40755 << 16 | 0x10) if part[-1] == "/" else 0o644 << 16
                file.writestr(info, data)
        return buffer.getvalue()

    def _check(self, file: zipfile.ZipFile) -> None:
        infos = file.infolist()
        if len(infos) > MAX_ENTRIES:
            raise self._refused(f"has {len(infos)} entries; the most is {MAX_ENTRIES}")
        names: set[str] = set()
        for info in infos:
            self._check_entry(info)
            if _name(info) in names:
                raise self._refused(f"has the entry {info.filename!r} twice")
            names.add(_name(info))
        if (total := sum(info.file_size for info in infos)) > MAX_SIZE:
            raise self._refused(f"would unpack to {total} bytes; the most is {MAX_SIZE}")
        # The local header of an entry has 30 bytes and the name (APPNOTE.TXT 4.3.7), the data follow.
        end, before = 0, ""
        for info in sorted(infos, key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise self._refused(f"has entries that overlap: {before!r} and {info.filename!r}")
            end, before = info.header_offset + 30 + len(info.orig_filename) + info.compress_size, info.filename
        if end > file.start_dir:
            raise self._refused(f"has entries that overlap: {before!r} and the list of entries")

    def _check_entry(self, info: zipfile.ZipInfo) -> None:
        path = info.orig_filename
        outside = path.startswith(("/", "\\")) or "\\" in path or _DRIVE.match(path) or ".." in path.split("/")
        if outside or "\0" in path or not path:
            raise self._refused(f"has an entry whose name leads out of it: {path!r}")
        if info.flag_bits & 0x1:
            raise InputError(f"{self.name}: {path} in it is encrypted; save the document without a password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._refused(f"packs {path} with method {info.compress_type}; known: stored and deflated")
        if info.file_size > max(FREE, MAX_RATIO * info.compress_size):
            raise self._refused(f"packs {path} more than {MAX_RATIO} to 1, as a zip bomb does")

    def _unpacked(self, file: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
        for info in file.infolist():
            with file.open(info) as entry:
                # `zipfile` reads no further than the size that was checked, and compares checksums at the end.
                data = entry.read(info.file_size + 1)
            if len(data) != info.file_size:
                raise zipfile.BadZipFile(f"{info.filename} has not the size that the list of entries tells")
            yield _name(info), data

    def _refused(self, why: str) -> InputError:
        return InputError(f"{self.name}: refused: the zip file {why}")


def parsed(data: bytes, where: str, *, doctype: bool = False) -> "etree._ElementTree":
    """The tree of the XML in DATA, nothing outside it ever loaded; see `Archive.xml`. WHERE begins the messages."""
    from lxml import etree

    if len(data) > MAX_XML:
        raise InputError(f"{where}: refused: {len(data)} bytes of XML; the most is {MAX_XML}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.parse(io.BytesIO(data), parser)
    except etree.XMLSyntaxError as error:
        reason = re.sub(r" \(<string>.*|, line \d+, column \d+.*", "", error.msg or "no XML", flags=re.DOTALL)
        raise InputError(f"{where}: not well-formed XML (line {error.lineno}: {' '.join(reason.split())})") from None
    dtd: Any = tree.docinfo.internalDTD
    if dtd is not None and not doctype:
        raise InputError(f"{where}: refused: a document type declaration, which this format has not")
    if dtd is not None and (next(dtd.iterentities(), None) is not None or next(dtd.iterelements(), None) is not None):
        raise InputError(f"{where}: refused: the document type declaration defines entities or elements of its own")
    return tree


def serialized(tree: "etree._ElementTree") -> bytes:
    """TREE as UTF-8 with a declaration, and its document type if it has one."""
    from lxml import etree

    standalone: Any = True if tree.docinfo.standalone else None
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=standalone))


def _name(info: zipfile.ZipInfo) -> str:
    """The name of an entry; many programs write UTF-8 without the flag that says so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _not_a_zip(data: bytes, kind: str) -> str:
    if data.startswith(_OLE):
        if _WIDE in data:
            return "encrypted with a password; open it in an office program and save it without one"
        return f"an old Office document (.doc), not {kind}; open it in an office program and save it as {kind}"
    if not data.strip():
        return "the file is empty"
    kinds = (known for signature, known in _SIGNATURES if data.startswith(signature))
    return f"not {kind}, which is a zip file, but {next(kinds, 'something else')}; save the document as {kind}"


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split()) or "it ends too early"
