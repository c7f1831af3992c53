"""The package of a book (EPUB 2 and 3): its metadata, its documents in the order of reading, and its navigation."""

import posixpath
import re
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from ..errors import InputError
from .archive import Archive, parsed, serialized

if TYPE_CHECKING:
    from lxml import etree

DC, OPF = "{http://purl.org/dc/elements/1.1/}", "{http://www.idpf.org/2007/opf}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTAINER, _ENCRYPTION, _SIGNATURES = "META-INF/container.xml", "META-INF/encryption.xml", "META-INF/signatures.xml"
_ROOTFILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_METHOD = "{http://www.w3.org/2001/04/xmlenc#}EncryptionMethod"
# Both only garble the first bytes of fonts (EPUB 3.3, 4.3; the older one is Adobe's). The key is the book's identifier.
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_XHTML, _NCX = ("application/xhtml+xml", "text/html"), "application/x-dtbncx+xml"
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
_KEPT = (b"amp;", b"lt;", b"gt;", b"quot;", b"apos;")
INDONESIAN = ("id", "in", "ind")


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of the manifest: where it stands in the archive, empty where it lies outside of it."""

    href: str
    part: str
    type: str
    properties: tuple[str, ...]


class Package:
    """A book. `documents` are the trees of its documents by part, in the order of reading, `nav` and `ncx` the parts of
    its navigation, empty where there is none.

    Raises `InputError` where the file is no book, is protected, or lacks a part that it needs.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.archive = Archive(data, name, "EPUB")
        if "mimetype" in self.archive and self.archive["mimetype"].strip() != b"application/epub+zip":
            kind = self.archive["mimetype"].decode("ascii", "replace").strip()[:80]
            raise InputError(f"{name}: not an EPUB book but of the type {kind!r}; known: .epub")
        self._refuse_protected()
        roots = [e.get("full-path", "") for e in self._xml(_CONTAINER).getroot().iter(_ROOTFILE)]
        if not roots:
            raise InputError(f"{name}: not an EPUB book, or a damaged one: {_CONTAINER} names no package")
        self.part = self._inside("", roots[0], _CONTAINER)
        self.tree = self._xml(self.part)
        items = {e.get("id", ""): self._item(e) for e in self.tree.getroot().iter(OPF + "item")}
        spine = self.tree.getroot().find(OPF + "spine")
        if spine is None:
            raise InputError(f"{name}: not an EPUB book, or a damaged one: {self.part} has no spine")
        self.nav = next((item.part for item in items.values() if "nav" in item.properties), "")
        toc = items.get(spine.get("toc", ""))
        self.ncx = toc.part if toc else next((item.part for item in items.values() if item.type == _NCX), "")
        self.documents: dict[str, etree._ElementTree] = {}
        for reference in spine.iter(OPF + "itemref"):
            number = reference.get("idref", "")
            if number not in items:
                raise InputError(f"{name}: {self.part}: the spine names {number!r}, which the manifest has not")
            item = items[number]
            if item.type in _XHTML:
                if not item.part:
                    raise InputError(f"{name}: refused: {self.part}: a chapter lies outside the book, at {item.href!r}")
                self.documents.setdefault(item.part, self._xml(item.part))
        for part in filter(None, (self.nav, self.ncx)):
            self.documents.setdefault(part, self._xml(part))

    def metadata(self, name: str) -> list[Any]:
        """The elements of the Dublin Core with NAME, in their order."""
        return list(self.tree.getroot().iter(DC + name))

    def first(self, name: str) -> str:
        """The text of the first element of the Dublin Core with NAME, empty where there is none."""
        return next((text for element in self.metadata(name) if (text := " ".join((element.text or "").split()))), "")

    def packed(self) -> bytes:
        """The book with its trees as they are now, in English."""
        languages = self.metadata("language")
        own = [e for e in languages if (e.text or "").strip().lower().partition("-")[0] in INDONESIAN]
        for element in own or languages[:1]:
            element.text = "en"
        changed: dict[str, bytes | None] = {_SIGNATURES: None}
        for part, tree in {**self.documents, self.part: self.tree}.items():
            _in_english(tree.getroot())
            changed[part] = serialized(tree)
        return self.archive.packed(changed, first="mimetype")

    def _xml(self, part: str) -> "etree._ElementTree":
        """The tree of PART, with the characters that HTML has names for in the place of the names."""
        data = _ENTITY.sub(_character, self.archive[part])
        return parsed(data, f"{self.name}: {part}", doctype=True)

    def _refuse_protected(self) -> None:
        if _ENCRYPTION not in self.archive:
            return
        methods = {e.get("Algorithm", "") for e in self.archive.xml(_ENCRYPTION).getroot().iter(_METHOD)}
        if methods - set(_FONTS):
            raise InputError(
                f"{self.name}: the book is protected against copying (DRM, {_ENCRYPTION}); only its seller's programs "
                "can open it"
            )

    def _item(self, element: Any) -> _Item:
        href = element.get("href", "")
        outside = bool(urlsplit(href).scheme or urlsplit(href).netloc)
        part = "" if outside else self._inside(posixpath.dirname(self.part), href, self.part)
        return _Item(href, part, element.get("media-type", ""), tuple(element.get("properties", "").split()))

    def _inside(self, folder: str, href: str, where: str) -> str:
        """The part at HREF as seen from FOLDER; raises `InputError` where that is no place in the archive."""
        path = unquote(href.partition("#")[0])
        part = posixpath.normpath(posixpath.join(folder, path))
        if path.startswith("/") or "\\" in path or part.startswith("../") or part == "..":
            raise InputError(f"{self.name}: refused: {where}: {href!r} leads out of the book")
        return part


def _character(match: "re.Match[bytes]") -> bytes:
    name = match[1]
    if name in _KEPT or name.decode() not in html5:
        return match[0]
    return "".join(f"&#{ord(char)};" for char in html5[name.decode()]).encode()


def _in_english(root: "etree._Element") -> None:
    """Make English the language of ROOT, and of what is Indonesian in it."""
    for element in root.iter("{*}*"):
        for name in (LANG, "lang"):
            if element.get(name, "").lower().partition("-")[0] in INDONESIAN:
                element.set(name, "en")
    if root.tag == "{http://www.w3.org/1999/xhtml}html" and root.get(LANG) is None and root.get("lang") is None:
        root.set(LANG, "en")
