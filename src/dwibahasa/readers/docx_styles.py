"""What the styles of a Word file say of a paragraph and a run: role and marks."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..document import MarkKind, Role

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Names of built-in styles stand in English in every file that Word wrote; other programs translate some.
_TITLES, _SUBTITLES = ("title", "judul", "titel"), ("subtitle", "subjudul", "sub judul")
_HEADING = re.compile(r"(?:heading|judul|tajuk) ?[1-9]")
_CAPTIONS, _LIST = ("caption", "keterangan"), re.compile(r"(?:list|daftar|toc|table of figures)\b")
_LINKS = ("hyperlink", "followedhyperlink", "internet link", "visited internet link")
_OFF = ("0", "false", "off", "none")
_SIMPLE: tuple[tuple[str, MarkKind], ...] = (
    ("b", "bold"),
    ("i", "italic"),
    ("u", "underline"),
    ("strike", "strike"),
    ("dstrike", "strike"),
)


class Styles:
    """The styles in a styles part; none where there is no such part."""

    def __init__(self, root: "etree._Element | None") -> None:
        elements = [] if root is None else [e for e in root.iter(W + "style") if e.get(W + "styleId")]
        self._styles = {element.get(W + "styleId"): element for element in elements}

    def role(self, paragraph: "etree._Element") -> Role | None:
        """The role that the style of PARAGRAPH, an outline level or a list number tells; None where none does.

        Every heading is a `subheading`; only the title is a `headline`.
        """
        own = paragraph.find(W + "pPr")
        chain = list(self._chain(_value(own, "pStyle")))
        names = [_value(style, "name").lower() for style in chain]
        if any(name in _TITLES for name in names):
            return "headline"
        if any(name in _SUBTITLES or _HEADING.fullmatch(name) for name in names):
            return "subheading"
        if any(name in _CAPTIONS for name in names):
            return "caption"
        properties = [own, *(style.find(W + "pPr") for style in chain)]
        if next(filter(None, (_value(part, "outlineLvl") for part in properties)), "9") != "9":
            return "subheading"
        numbers = (_value(part.find(W + "numPr"), "numId") for part in properties if part is not None)
        if next(filter(None, numbers), "0") != "0" or any(_LIST.match(name) for name in names):
            return "list_item"
        return None

    def marks(self, properties: "etree._Element | None") -> tuple[tuple[MarkKind, str], ...]:
        """The marks that the PROPERTIES of a run make, and those of its character style where they say nothing."""
        found: dict[str, bool] = {}
        styles = self._chain(_value(properties, "rStyle"))
        inherited = (s.find(W + "rPr") for s in styles if _value(s, "name").lower() not in _LINKS)
        for part in (properties, *inherited):
            if part is None:
                continue
            for name, kind in _SIMPLE:
                if (element := part.find(W + name)) is not None:
                    found.setdefault(kind, element.get(W + "val", "1") not in _OFF)
            if (element := part.find(W + "vertAlign")) is not None and "superscript" not in found:
                found |= {kind: element.get(W + "val") == kind for kind in ("superscript", "subscript")}
        kinds: tuple[MarkKind, ...] = ("bold", "italic", "underline", "strike", "superscript", "subscript")
        return tuple((kind, "") for kind in kinds if found.get(kind))

    def _chain(self, identifier: str) -> "Iterator[etree._Element]":
        """The style IDENTIFIER and those that it is based on."""
        seen = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            yield style
            identifier = _value(style, "basedOn")


def _value(parent: "etree._Element | None", name: str) -> str:
    """The value of the child NAME of PARENT, empty where there is none."""
    element = None if parent is None else parent.find(W + name)
    return "" if element is None else element.get(W + "val", "")
