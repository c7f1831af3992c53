"""Word files (.docx, .docm): paragraphs of the text, notes, headers, footers and text boxes, and the translated copy.

The parts of the file that no text is taken from stay in the copy byte for byte.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..document import About, BilingualDocument, Document, Role
from ..errors import InputError
from ._base import READERS, REWRITERS, Piece, authored, places
from ._runs import Run, Stretch, rewritten, stretches
from .docx_package import Package
from .docx_runs import LANGUAGE, rebuild, runs_of
from .docx_styles import Styles, W

if TYPE_CHECKING:
    from lxml import etree

_PARTS = ("footnotes", "endnotes", "header", "footer")
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC, _TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
_INDONESIAN = ("id", "in")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph, its stretches, and the role of its pieces."""

    element: "etree._Element"
    stretches: list[Stretch]
    role: Role | None


@READERS.register("docx", ".docx", ".docm")
def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a Word file; raises `InputError`."""
    word = _Word(data, name)
    pieces = [piece for _, piece in word.pieces]
    if not pieces:
        raise InputError(f"{name}: there is no text in it (pictures of text cannot be read)")
    return authored(pieces, name, "docx", data, word.about())


@REWRITERS.register("docx")
def rewrite(document: BilingualDocument) -> bytes:
    """The Word file that DOCUMENT was read from, in English."""
    word = _Word(document.source.original, document.name)
    starts = iter(places(piece for _, piece in word.pieces))
    titles: dict[str, str] = {}
    for paragraph in word.paragraphs:
        done: list[Run] = []
        for stretch in paragraph.stretches:
            core = list(stretch.core)
            if core:
                core = rewritten(document, next(starts)[0], core)
                titles.setdefault(_text(stretch.core), _text(core))
            done += [*stretch.before, *core, *stretch.after]
        if any(stretch.core for stretch in paragraph.stretches):
            rebuild(paragraph.element, done)
    return word.packed(titles)


class _Word:
    """A Word file: its parts with text, and the paragraphs in them in the order of reading."""

    def __init__(self, data: bytes, name: str) -> None:
        self.package = Package(data, name)
        main = self.package.main
        related = [part for kind in _PARTS for part in self.package.related(main, kind)]
        self.parts = {part: self.package.archive.xml(part) for part in dict.fromkeys((main, *related))}
        styles = [self.package.archive.xml(part) for part in self.package.related(main, "styles")]
        self.styles = Styles(styles[0].getroot() if styles else None)

    @cached_property
    def paragraphs(self) -> list[_Paragraph]:
        """The paragraphs of all parts: the text, notes, headers and footers."""
        found = []
        for part, tree in self.parts.items():
            links = {r.id: r.target for r in self.package.relations(part) if r.external}
            for element in _paragraphs(tree.getroot()):
                role = self.styles.role(element)
                if part != self.package.main or next(element.iterancestors(W + "tbl"), None) is not None:
                    role = role or "paragraph"
                found.append(_Paragraph(element, stretches(runs_of(element, self.styles, links)), role))
        return found

    @cached_property
    def pieces(self) -> list[tuple[_Paragraph, Piece]]:
        """Each piece with the paragraph that it is in."""
        return [(p, s.piece(p.role)) for p in self.paragraphs for s in p.stretches if s.core]

    def about(self) -> About:
        """What the core properties say."""
        tree = self._core()
        if tree is None:
            return About()
        title, author, date = (
            " ".join((tree.getroot().findtext(name) or "").split())
            for name in (_DC + "title", _DC + "creator", _TERMS + "created")
        )
        return About(title, author, date=date)

    def packed(self, titles: dict[str, str]) -> bytes:
        """The file with its changed parts, in English; TITLES are translations by source."""
        changed = dict(self.parts)
        for tree in self.parts.values():
            _renew_fallbacks(tree.getroot())
        for kind in ("styles", "settings"):
            for part in self.package.related(self.package.main, kind):
                changed[part] = tree = self.package.archive.xml(part)
                _in_english(tree.getroot())
        core = self._core()
        if core is not None:
            changed[self._core_part()] = core
            for element in core.getroot().iter(_DC + "title", _DC + "language"):
                text = " ".join((element.text or "").split())
                element.text = titles.get(text, element.text) if element.tag == _DC + "title" else LANGUAGE
        return self.package.packed(changed)

    def _core_part(self) -> str:
        return next(iter(self.package.related("", "core-properties")), "")

    def _core(self) -> "etree._ElementTree | None":
        part = self._core_part()
        return self.package.archive.xml(part) if part else None


def _paragraphs(root: "etree._Element") -> "Iterator[etree._Element]":
    """The paragraphs under ROOT that are read, those in text boxes after the one that the box is fixed to."""
    skipped = set()
    for element in root.iter(W + "p", W + "tr", W + "footnote", W + "endnote", _COMPATIBILITY + "Fallback"):
        if element.getparent() is not None and any(parent in skipped for parent in element.iterancestors()):
            continue
        separator = element.tag in (W + "footnote", W + "endnote") and element.get(W + "type", "normal") != "normal"
        deleted = element.tag == W + "tr" and element.find(f"{W}trPr/{W}del") is not None
        if separator or deleted or element.tag == _COMPATIBILITY + "Fallback":
            skipped.add(element)
        elif element.tag == W + "p":
            yield element


def _renew_fallbacks(root: "etree._Element") -> None:
    """Put the text of each text box into the form of it that older programs read."""
    content = W + "txbxContent"
    for choice in root.iter(_COMPATIBILITY + "AlternateContent"):
        wanted = [box for part in choice.findall(_COMPATIBILITY + "Choice") for box in part.iter(content)]
        boxes = [box for part in choice.findall(_COMPATIBILITY + "Fallback") for box in part.iter(content)]
        for old, new in zip(boxes, wanted, strict=False):
            for child in list(old):
                old.remove(child)
            old.extend(deepcopy(new))


def _in_english(root: "etree._Element") -> None:
    """Make English the language of the styles or settings under ROOT, and take out the address of a template."""
    for element in root.iter(W + "lang", W + "themeFontLang"):
        default = any(parent.tag == W + "rPrDefault" for parent in element.iterancestors())
        if default or element.get(W + "val", "").partition("-")[0] in _INDONESIAN:
            element.set(W + "val", LANGUAGE)
    for element in root.findall(W + "attachedTemplate"):
        root.remove(element)


def _text(runs: "tuple[Run, ...] | list[Run]") -> str:
    return " ".join("".join(run.text for run in runs).split())
