"""What the styles of an OpenDocument text say of a paragraph and a span: role and marks."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..document import MarkKind, Role

if TYPE_CHECKING:
    from lxml import etree

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, STYLE, TEXT = _OASIS % "office", _OASIS % "style", _OASIS % "text"
FO = _OASIS % "xsl-fo-compatible"
META = _OASIS % "meta"
# Not part of what text looks like: revision numbers and language.
_IGNORED = re.compile(r".*\}(?:rsid|paragraph-rsid|language|country|script|rfc-language-tag)(?:-asian|-complex)?")
_HEADING = re.compile(r"(?:heading|judul|tajuk) ?\d{1,2}")
_CAPTIONS = ("caption", "keterangan", "illustration", "figure", "drawing")


class Styles:
    """The styles that hold in one part of a text: those of ROOTS, where the automatic ones come last."""

    def __init__(self, *roots: "etree._Element | None") -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._automatic = set()
        for root in roots:
            for style in () if root is None else root.iter(STYLE + "style"):
                name = (style.get(STYLE + "family", ""), style.get(STYLE + "name", ""))
                self._styles[name] = style
                parent = style.getparent()
                if parent is not None and parent.tag == OFFICE + "automatic-styles":
                    self._automatic.add(name)

    def role(self, paragraph: "etree._Element") -> Role | None:
        """The role that the style of PARAGRAPH tells; None where it does not. Every heading is a `subheading`."""
        names = [_plain(name) for name, _ in self._chain("paragraph", paragraph.get(TEXT + "style-name", ""))]
        if any(name in ("title", "judul") for name in names):
            return "headline"
        if paragraph.tag == TEXT + "h" or any(name == "subtitle" or _HEADING.fullmatch(name) for name in names):
            return "subheading"
        if any(name in _CAPTIONS for name in names):
            return "caption"
        return None

    def key(self, span: "etree._Element") -> str:
        """What the look of SPAN comes down to, the same for spans that look the same; empty where it has none."""
        name = span.get(TEXT + "style-name", "")
        found = []
        for own, style in self._chain("text", name):
            if ("text", own) not in self._automatic:
                found.append(f"style {own}")
                break
            properties = style.find(STYLE + "text-properties")
            found += sorted(f"{key}={value}" for key, value in _attributes(properties) if not _IGNORED.fullmatch(key))
        return " ".join(found)

    def marks(self, span: "etree._Element") -> tuple[tuple[MarkKind, str], ...]:
        """The marks that the style of SPAN makes."""
        values: dict[str, str] = {}
        for _, style in self._chain("text", span.get(TEXT + "style-name", "")):
            properties = style.find(STYLE + "text-properties")
            for key, value in _attributes(properties):
                values.setdefault(key.rpartition("}")[2], value)
        position = values.get("text-position", "").split(" ")[0].rstrip("%")
        raised = position == "super" or (position.isdigit() and int(position) > 0)
        wanted: tuple[tuple[MarkKind, bool], ...] = (
            ("bold", values.get("font-weight", "") in ("bold", "600", "700", "800", "900")),
            ("italic", values.get("font-style", "") in ("italic", "oblique")),
            ("underline", values.get("text-underline-style", "none") != "none"),
            ("strike", values.get("text-line-through-style", "none") != "none"),
            ("superscript", raised),
            ("subscript", position == "sub" or position.startswith("-")),
        )
        return tuple((kind, "") for kind, found in wanted if found)

    def _chain(self, family: str, name: str) -> "Iterator[tuple[str, etree._Element]]":
        """The style NAME and those that it is based on, each with its name."""
        seen = set()
        while (family, name) in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[family, name]
            yield name, style
            name = style.get(STYLE + "parent-style-name", "")


def _attributes(element: "etree._Element | None") -> list[tuple[str, str]]:
    return [] if element is None else [(str(key), str(value)) for key, value in element.attrib.items()]


def _plain(name: str) -> str:
    """The name of a style without its escapes (`Heading_20_1`), in lower case."""
    return re.sub(r"_([0-9a-f]{1,4})_", lambda match: chr(int(match[1], 16)), name).lower()
