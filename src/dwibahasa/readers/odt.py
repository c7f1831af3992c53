"""OpenDocument texts (.odt): paragraphs of the text, notes, frames, headers and footers, and the translated copy.

The parts of the file that no text is taken from stay in the copy byte for byte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..document import About, BilingualDocument, Document, Role
from ..errors import InputError
from ._base import READERS, REWRITERS, Piece, authored, places
from ._runs import Run, Stretch, rewritten, stretches
from ._trees import GONE, ITEM, THROUGH, Region, Taken, rebuild, runs_of
from .archive import Archive, serialized
from .odt_styles import FO, META, OFFICE, STYLE, TEXT, Styles

if TYPE_CHECKING:
    from lxml import etree

_CONTENT, _STYLES, _META, _MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
_KIND = "application/vnd.oasis.opendocument."
_DC, _HREF = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/1999/xlink}href"
_LIST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# Comments, tracked deletions and what no page shows.
_SKIPPED = {TEXT + "tracked-changes", OFFICE + "annotation", OFFICE + "forms"}
_NUMBERS = {TEXT + name for name in ("page-number", "page-count", "sequence", "chapter", "paragraph-count")}
_CHANGES = {TEXT + name for name in ("change", "change-start", "change-end", "soft-page-break")}
# Macros, and signatures of what the copy no longer is.
_LEFT_OUT = ("Basic/", "Scripts/", "META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml")
_SPACES = re.compile(r"(^ +| {2,})")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    region: Region
    stretches: list[Stretch]
    role: Role | None


@READERS.register("odt", ".odt")
def read(data: bytes, name: str) -> Document:
    """The document in the bytes of an OpenDocument text; raises `InputError`."""
    text = _Text(data, name)
    if not text.pieces:
        raise InputError(f"{name}: there is no text in it (pictures of text cannot be read)")
    return authored(text.pieces, name, "odt", data, text.about())


@REWRITERS.register("odt")
def rewrite(document: BilingualDocument) -> bytes:
    """The OpenDocument text that DOCUMENT was read from, in English."""
    text = _Text(document.source.original, document.name)
    starts = iter(places(text.pieces))
    titles: dict[str, str] = {}
    for paragraph in text.paragraphs:
        done: list[Run] = []
        for stretch in paragraph.stretches:
            core = list(stretch.core)
            if core:
                core = rewritten(document, next(starts)[0], core)
                titles.setdefault(_plain(stretch.core), _plain(core))
            done += [*stretch.before, *core, *stretch.after]
        if any(stretch.core for stretch in paragraph.stretches):
            rebuild(paragraph.region, done, _spelled)
    return text.packed(titles)


class _Text:
    """An OpenDocument text: its parts, and the paragraphs in them in the order of reading."""

    def __init__(self, data: bytes, name: str) -> None:
        self.archive = archive = Archive(data, name, "ODT")
        kind = archive["mimetype"].decode("ascii", "replace").strip() if "mimetype" in archive else _KIND + "text"
        if not kind.startswith(_KIND + "text"):
            raise InputError(f"{name}: not an OpenDocument text but of the type {kind!r}; known: .odt")
        self.manifest = archive.xml(_MANIFEST) if _MANIFEST in archive else None
        listed = () if self.manifest is None else self.manifest.getroot().iter(_LIST + "encryption-data")
        if next(iter(listed), None) is not None:
            raise InputError(f"{name}: encrypted with a password; save it without one in an office program")
        self.parts = {part: archive.xml(part) for part in (_CONTENT, _STYLES) if part == _CONTENT or part in archive}
        if self.parts[_CONTENT].getroot().find(f"{OFFICE}body/{OFFICE}text") is None:
            raise InputError(f"{name}: not an OpenDocument text, or a damaged one: {_CONTENT} has no text in it")

    @cached_property
    def paragraphs(self) -> list[_Paragraph]:
        """The paragraphs of the text with its notes and frames, then those of headers and footers."""
        found = []
        roots = [tree.getroot() for tree in self.parts.values()]
        common = roots[1].find(OFFICE + "styles") if len(roots) > 1 else None
        for root in roots:
            styles = Styles(common, root.find(OFFICE + "automatic-styles"), root.find(OFFICE + "styles"))
            for element in _paragraphs(root):
                region = Region(element, None, tuple(element))
                above = {parent.tag for parent in element.iterancestors()}
                runs = runs_of(region, _taker(styles))
                if TEXT + "index-body" in above:
                    runs = [_without_number(run) for run in runs]
                role = styles.role(element) or _place(above, root is roots[0])
                found.append(_Paragraph(region, stretches(runs), role))
        return found

    @cached_property
    def pieces(self) -> list[Piece]:
        """The pieces of all paragraphs."""
        return [s.piece(p.role) for p in self.paragraphs for s in p.stretches if s.core]

    def about(self) -> About:
        """What meta.xml says."""
        if _META not in self.archive:
            return About()
        root = self.archive.xml(_META).getroot()
        names = (_DC + "title", META + "initial-creator", _DC + "creator", META + "creation-date")
        found = [" ".join((next(root.iter(name), root).text or "").split()) for name in names]
        return About(found[0], found[1] or found[2], date=found[3])

    def packed(self, titles: dict[str, str]) -> bytes:
        """The file with its changed parts, in English; TITLES are translations by source."""
        changed: dict[str, bytes | None] = {}
        for part, tree in self.parts.items():
            _in_english(tree.getroot(), default=part == _STYLES)
            changed[part] = serialized(tree)
        if _META in self.archive:
            tree = self.archive.xml(_META)
            for element in tree.getroot().iter(_DC + "title", _DC + "language"):
                text = " ".join((element.text or "").split())
                element.text = titles.get(text, element.text) if element.tag == _DC + "title" else "en-US"
            changed[_META] = serialized(tree)
        dropped = [part for part in self.archive if part.startswith(_LEFT_OUT)]
        changed |= dict.fromkeys(dropped)
        if dropped and self.manifest is not None:
            root = self.manifest.getroot()
            for entry in list(root):
                if str(entry.get(_LIST + "full-path", "")).startswith(_LEFT_OUT):
                    root.remove(entry)
            changed[_MANIFEST] = serialized(self.manifest)
        return self.archive.packed(changed, first="mimetype")


def _paragraphs(root: "etree._Element") -> "Iterator[etree._Element]":
    """The paragraphs under ROOT that are read, those in notes and frames after the one that they are fixed to."""
    skipped = set()
    top = root.find(f"{OFFICE}body/{OFFICE}text")
    top = root.find(OFFICE + "master-styles") if top is None else top
    for element in () if top is None else top.iter(TEXT + "p", TEXT + "h", *_SKIPPED):
        if any(parent in skipped for parent in element.iterancestors()):
            continue
        if element.tag in _SKIPPED:
            skipped.add(element)
        else:
            yield element


def _place(above: set[Any], body: bool) -> Role | None:
    """The role that the elements ABOVE a paragraph tell, and whether it is in the BODY of the text."""
    if TEXT + "list-item" in above or TEXT + "index-body" in above:
        return "list_item"
    return None if body and not above & {_TABLE + "table-cell", TEXT + "note-body"} else "paragraph"


def _taker(styles: Styles) -> Any:
    def take(element: Any) -> Taken:
        tag = element.tag
        if tag == TEXT + "span":
            key = styles.key(element)
            return Taken("layer", key, styles.marks(element)) if key else THROUGH
        if tag == TEXT + "s":
            count = element.get(TEXT + "c", "1")
            return Taken("text", text=" " * min(int(count) if count.isdecimal() else 1, 1000))
        if tag in (TEXT + "tab", TEXT + "line-break"):
            return Taken("cut" if tag == TEXT + "tab" else "break")
        if tag in _CHANGES:
            return GONE
        if tag == TEXT + "a":
            return Taken("layer", marks=(("link", element.get(_HREF, "")),))
        holds = tag.startswith(TEXT) and next(element.iter(TEXT + "p", TEXT + "h"), None) is None
        if holds and tag != TEXT + "ruby" and "".join(element.itertext()).strip():
            return Taken("layer", computed=tag in _NUMBERS)
        return ITEM

    return take


def _without_number(run: Run) -> Run:
    """RUN of a table of contents, where a number that stands alone is that of a page."""
    return run if any(map(str.isalpha, run.text)) else Run(run.text, run.format, run.item, run.cut, run.edge, True)


def _spelled(text: str, blank: bool) -> Iterator[Any]:
    """TEXT, with elements for spaces that would be collapsed (OpenDocument 1.3 part 3, 6.1.2)."""
    from lxml import etree

    for number, part in enumerate(parts := _SPACES.split(text)):
        if number % 2 == 0:
            yield part
            continue
        kept = 0 if blank and number == 1 and not parts[0] else 1
        yield " " * kept
        if len(part) > kept:
            yield etree.Element(TEXT + "s", {TEXT + "c": str(len(part) - kept)})


def _in_english(root: "etree._Element", default: bool) -> None:
    """Make English the language of the styles under ROOT, accept tracked changes, and leave out what runs by itself."""
    from lxml import etree

    for properties in root.iter(STYLE + "text-properties"):
        parent = properties.getparent()
        whole = parent is not None and parent.tag == STYLE + "default-style"
        if whole or properties.get(FO + "language") in ("id", "in"):
            properties.set(FO + "language", "en")
            properties.set(FO + "country", "US")
    styles = root.find(OFFICE + "styles")
    families = () if styles is None else [e.get(STYLE + "family") for e in styles.iter(STYLE + "default-style")]
    if default and styles is not None and "paragraph" not in families:
        style = etree.Element(STYLE + "default-style", {STYLE + "family": "paragraph"})
        etree.SubElement(style, STYLE + "text-properties", {FO + "language": "en", FO + "country": "US"})
        styles.insert(0, style)
    for element in [*root.iter(TEXT + "tracked-changes"), *root.iter(OFFICE + "scripts")]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _plain(runs: "tuple[Run, ...] | list[Run]") -> str:
    return " ".join("".join(run.text for run in runs).split())
