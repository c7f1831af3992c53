"""Which blocks of a page are its article, and what role each has."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..data import words
from ..document import Role
from ..segmentation.furniture import classify
from .html_blocks import Page, Stretch
from .html_source import Node, names

_DATA = Path(__file__).with_name("data")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_GROUPS = frozenset(["aside", "div", "dl", "ol", "section", "table", "ul"])
_CARDS = frozenset(["article", "aside", "div", "li", "section"])
_LEFT_OUT = names("amp-ad amp-consent amp-sidebar amp-social-share button dialog fieldset footer menu nav")
_HINTS = ("article", "amp-story-page")
_NEUTRAL = frozenset(["center", "div", "dl", "header", "hgroup", "p"])
_ROLES: dict[str, Role] = {
    **dict.fromkeys(_HEADINGS, "subheading"),
    **dict.fromkeys(["caption", "figcaption", "figure"], "caption"),
    **dict.fromkeys(["blockquote", "td", "th"], "paragraph"),
    "li": "list_item",
}
_BYLINES = frozenset(["author", "authors", "byline", "credit", "editor", "penulis", "redaktur", "reporter", "wartawan"])
_CAPTIONS = frozenset(["caption", "keterangan-foto", "photo-caption"])
_END = re.compile(r"[.!?…]['\"”’»)\]]*\Z")
_WORD = re.compile(r"\w+")
FURNITURE_SHARE = 0.5
"""An element whose class says that it is furniture, but which has more than this share of the running text, is none.
This and the figures below: own choice, on the pages in `tests/data/readers/html`."""
MUCH_TEXT = 400
"""Code points of running text with few links that are kept whatever the class says."""
LINKED = 0.6
"""The share of text in links from which a group of blocks is a list of links."""
CARD = 600
"""Code points of an element with a linked heading, up to which it announces another article."""
KEPT = 0.95
"""The share of the running text that the element taken for the article has at least, where no tag names it."""


@dataclass(slots=True)
class _Sums:
    """What stands in an element: code points of text, of links and of running text, how many links there are, and
    whether a linked heading or the headline is among it."""

    text: int = 0
    links: float = 0
    running: int = 0
    count: int = 0
    linked_heading: bool = False
    headline: bool = False
    left_out: bool = False


def article(page: Page, titles: Sequence[str]) -> list[Stretch]:
    """The stretches of the article on PAGE, each with its role, in order; TITLES are what the page says it is called.

    All that is not furniture is kept, and in doubt it is none; where nothing looks like an article, that is all.
    """
    headline = _headline(page, titles)
    for by_class in (True, False):
        sums = _sums(page, headline)
        _leave_out(page, sums, by_class)
        kept = [s for s in page.stretches if not sums[s.node].left_out]
        total = sum(map(_running, kept))
        if total >= MUCH_TEXT // 2 or not by_class:
            break
    root = _root(page.nodes, kept)
    inside = _inside(page, root)
    kept = _from_headline(kept, inside, headline) or kept or list(page.stretches)
    return [_with_role(stretch, headline) for stretch in kept]


def whole(page: Page, titles: Sequence[str]) -> list[Stretch]:
    """All stretches of PAGE, each with its role; what no element or the headline names is a paragraph."""
    headline = _headline(page, titles)
    return [_with_role(stretch, headline, "paragraph") for stretch in page.stretches]


def _with_role(stretch: Stretch, headline: Stretch | None, default: Role | None = None) -> Stretch:
    role = "headline" if stretch is headline else _role(stretch) or default
    return replace(stretch, piece=replace(stretch.piece, role=role))


def _role(stretch: Stretch) -> Role | None:
    """The role that the elements around the text give it, unless it shows another by itself."""
    text = stretch.piece.text
    if any(wrap.opening[:5].lower() == "<time" and wrap.end - wrap.start == len(text) for wrap in stretch.wraps):
        return "dateline"
    role = _structural(stretch, text)
    if role in (None, "caption", "byline"):
        return role
    shown = classify(text)[0]
    return role if not shown or (shown == "dateline" and not any(map(str.isdigit, text))) else None


def _structural(stretch: Stretch, text: str) -> Role | None:
    count = len(text.split())
    short = count <= 6 or (count <= 12 and not _END.search(text))
    node: Node | None = stretch.inner
    for _ in range(12):
        if node is None or node.name in ("body", "article", "section", "main"):
            break
        if node.name in _ROLES:
            return None if node.name == "li" and stretch.linked > 0.9 else _ROLES[node.name]
        if short and _BYLINES & node.words:
            return "byline"
        if _CAPTIONS & node.words and len(text) < CARD:
            return "caption"
        if node.block and node.name not in _NEUTRAL:
            break
        node = node.parent
    return "subheading" if _bold_heading(stretch) else None


def _bold_heading(stretch: Stretch) -> bool:
    """A short line all in bold that is no sentence and no label, as outlets set subheadings."""
    text = stretch.piece.text
    plain = stretch.bold and not stretch.linked and len(text.split()) <= 14 and text[-1] not in ".!:,;–-"
    return plain and text[0].isupper()


def _headline(page: Page, titles: Sequence[str]) -> Stretch | None:
    """The block that says the page's title, an h1 rather than another; the only h1 otherwise."""
    wanted = [frozenset(_WORD.findall(title.lower())) for title in titles if title]
    first = [s for s in page.stretches if _within(s.node, ("h1",))]

    def likeness(stretch: Stretch) -> float:
        own = frozenset(_WORD.findall(stretch.piece.text.lower()))
        return max((len(own & other) / len(own) for other in wanted), default=0.0) if len(own) > 1 else 0.0

    if likely := [s for s in first if likeness(s) >= 0.5]:
        return max(likely, key=likeness)
    others = (s for s in page.stretches if 12 <= len(s.piece.text) <= 250 and s.linked < 0.9)
    if found := next((s for s in others if len(s.piece.text.split()) >= 3 and likeness(s) >= 0.9), None):
        return found
    return first[0] if len(first) == 1 and len(first[0].piece.text.split()) >= 3 else None


def _within(node: Node | None, names: Iterable[str]) -> bool:
    for _ in range(6):
        if node is None:
            return False
        if node.name in names:
            return True
        node = node.parent
    return False


def _running(stretch: Stretch) -> int:
    """Code points of running text: sentences, not headings, menus or links."""
    text = stretch.piece.text
    if stretch.linked >= 0.5 or stretch.node.name in _HEADINGS or text.count(" ") < 4:
        return 0
    return len(text) if _END.search(text) or len(text) >= 80 else 0


def _sums(page: Page, headline: Stretch | None) -> dict[Node, _Sums]:
    sums = {node: _Sums() for node in page.nodes}
    for stretch in page.stretches:
        own = sums.setdefault(stretch.node, _Sums())
        own.text += len(stretch.piece.text)
        own.links += stretch.linked * len(stretch.piece.text)
        own.running += _running(stretch)
        own.count += max(sum(wrap.mark == "link" for wrap in stretch.wraps), int(stretch.linked > 0.9))
        own.linked_heading |= stretch.linked > 0.9 and _within(stretch.node, _HEADINGS)
        own.headline |= stretch is headline
    for node in reversed(page.nodes):
        if node.parent in sums:
            own, outer = sums[node], sums[node.parent]
            outer.text += own.text
            outer.links += own.links
            outer.running += own.running
            outer.count += own.count
            outer.linked_heading |= own.linked_heading
            outer.headline |= own.headline
    return sums


def _leave_out(page: Page, sums: dict[Node, _Sums], by_class: bool) -> None:
    total = sum(map(_running, page.stretches))
    for node in page.nodes:
        own = sums[node]
        outer = sums.get(node.parent) if node.parent else None
        own.left_out = bool(outer and outer.left_out) or (
            own.text > 0 and not own.headline and node.block and _furniture(node, own, total, by_class)
        )


def _furniture(node: Node, own: _Sums, total: int, by_class: bool) -> bool:
    few_links = own.links < 0.2 * own.text
    if by_class and words("html-comments", _DATA) & node.words:
        return True
    if own.running > FURNITURE_SHARE * total:
        return False
    hidden = "hidden" in node.attributes or "display:none" in node.attributes.get("style", "").replace(" ", "").lower()
    if hidden or node.name in _LEFT_OUT:
        return True
    if node.name in _GROUPS and own.count > 1 and own.links >= LINKED * own.text:
        return True
    if node.name in _CARDS and own.linked_heading and own.text <= CARD:
        return True
    if own.running >= MUCH_TEXT and few_links:
        return False
    return by_class and (node.name == "aside" or bool(words("html-furniture", _DATA) & node.words))


def _root(nodes: Sequence[Node], kept: Sequence[Stretch]) -> Node | None:
    """The element that holds the article: the one that a tag names, if it has most of the running text, or else the
    smallest that has nearly all of it."""
    running: dict[Node, int] = dict.fromkeys(nodes, 0)
    for stretch in kept:
        if stretch.node in running:
            running[stretch.node] += _running(stretch)
    for node in reversed(nodes):
        if node.parent in running:
            running[node.parent] += running[node]
    total = sum(map(_running, kept))
    named = [n for n in nodes if n.name in _HINTS or n.attributes.get("itemprop", "").lower() == "articlebody"]
    best = max(named, key=lambda node: running[node], default=None)
    if best and 2 * running[best] >= total > 0:
        around = [n for n in _outer(best) if n.name == "article" and running.get(n, 0) <= 1.5 * running[best]]
        return around[-1] if around else best
    mains = [n for n in nodes if n.name == "main" or n.attributes.get("role", "").lower() == "main"]
    if (main := max(mains, key=lambda node: running[node], default=None)) and 2 * running[main] >= total:
        total = running[main]
    enough = [node for node in nodes if node.block and running[node] >= KEPT * total > 0]
    return enough[-1] if enough else None


def _outer(node: Node) -> Iterable[Node]:
    outer = node.parent
    while outer is not None:
        yield outer
        outer = outer.parent


def _inside(page: Page, root: Node | None) -> set[Node]:
    """The elements in ROOT, and in those beside it that are of the same name and class."""
    if root is None:
        return set()
    inside = {root}
    for node in page.nodes:
        twin = node.parent is root.parent and node.name == root.name and node.words == root.words and bool(root.words)
        if node.parent in inside or twin:
            inside.add(node)
    return inside


def _from_headline(kept: Sequence[Stretch], inside: set[Node], headline: Stretch | None) -> list[Stretch]:
    """The stretches INSIDE the article's element, from the headline on where it stands among or before them, and what
    stands between it and them. Above the headline only running text is kept."""
    body = [index for index, stretch in enumerate(kept) if stretch.node in inside]
    if not body:
        return []
    head = next((index for index, stretch in enumerate(kept) if stretch is headline), -1)
    chosen = set(body)
    if head >= 0:
        between = range(head, body[0]) if head < body[0] else ()
        chosen.update(index for index in between if kept[index].linked < 0.5)
        chosen.add(head)
        chosen -= {index for index in body if index < head and not _running(kept[index])}
    return [kept[index] for index in sorted(chosen)]
