"""The text of a book's XHTML: its paragraphs, what the elements in them mean, and their roles."""

from collections.abc import Iterator
from typing import Any

from ..document import MarkKind, Role
from ._trees import GONE, ITEM, THROUGH, Region, Taken

XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"


def _names(words: str) -> frozenset[str]:
    return frozenset(XHTML + word for word in words.split())


_BLOCKS = _names(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul"
)
_NO_TEXT = _names(
    "audio button canvas embed iframe img input map math meter noscript object progress rp rt script select style svg "
    "template textarea video"
)
_FORMATTING = _names(
    "abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup "
    "time tt u var"
)
_MARKS: dict[str, MarkKind] = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("cite", "dfn", "em", "i", "var"), "italic"),
    **dict.fromkeys(("ins", "u"), "underline"),
    **dict.fromkeys(("del", "s", "strike"), "strike"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sup": "superscript",
    "sub": "subscript",
}
_ROLES: dict[str, Role] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "subheading"),
    **dict.fromkeys(("li", "dt", "dd"), "list_item"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    **dict.fromkeys(("td", "th", "blockquote", "aside", "body"), "paragraph"),
}
_NOTES = ("noteref", "backlink", "pagebreak", "doc-noteref", "doc-backlink", "doc-pagebreak")
_NOTE_LENGTH = 6


def regions(body: Any) -> Iterator[Region]:
    """The stretches of BODY that are paragraphs: what stands between the bounds of blocks, in order."""
    holders = set()
    for block in body.iter(*_BLOCKS):
        for parent in block.iterancestors():
            if parent in holders or parent is body:
                break
            holders.add(parent)
    yield from _regions(body, holders)


def _regions(element: Any, holders: set[Any]) -> Iterator[Region]:
    after: Any = None
    nodes: list[Any] = []
    for child in element:
        if child.tag in _BLOCKS or child in holders:
            yield Region(element, after, tuple(nodes))
            if not (child.tag == XHTML + "pre" and next(child.iter(XHTML + "code", XHTML + "samp"), None) is not None):
                yield from _regions(child, holders)
            after, nodes = child, []
        else:
            nodes.append(child)
    yield Region(element, after, tuple(nodes))


def role_of(region: Region) -> Role:
    """The role that the elements around REGION tell; every heading is a `subheading`."""
    for element in (region.parent, *region.parent.iterancestors()):
        if isinstance(element.tag, str) and (role := _ROLES.get(element.tag.removeprefix(XHTML))):
            return role
    return "paragraph"


def take(element: Any) -> Taken:
    """What an inline element is taken for."""
    tag = element.tag
    if tag == XHTML + "br":
        return Taken("break", blank=True)
    if tag == XHTML + "wbr":
        return GONE
    if not tag.startswith(XHTML) or tag in _NO_TEXT or _is_note_mark(element):
        return ITEM
    name = tag.removeprefix(XHTML)
    if name == "a" and element.get("href"):
        return Taken("layer", marks=(("link", element.get("href")),))
    if name == "span" and not element.attrib:
        return THROUGH
    marks: tuple[tuple[MarkKind, str], ...] = ((_MARKS[name], ""),) if name in _MARKS else ()
    if tag not in _FORMATTING or element.get("id"):
        return Taken("layer", marks=marks)
    return Taken("layer", " ".join([name, *sorted(f"{key}={value}" for key, value in element.attrib.items())]), marks)


def _is_note_mark(element: Any) -> bool:
    """Whether ELEMENT is the mark of a note or a page, no part of the sentence: said so, or a link of few characters
    and no letters."""
    if set(f"{element.get(_TYPE, '')} {element.get('role', '')}".split()) & set(_NOTES):
        return True
    text = "".join(element.itertext()).strip()
    links = [link for link in element.iter(XHTML + "a") if "#" in link.get("href", "")]
    return bool(links) and 0 < len(text) <= _NOTE_LENGTH and not any(map(str.isalpha, text))
