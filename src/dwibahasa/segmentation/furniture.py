"""Roles that a line shows by itself: page furniture, links to other articles, bylines, date lines, list items."""

import re
from functools import cache

from . import data
from .datelines import dateline

_ITEM = re.compile(r"(?:[•●▪■◦‣·○►▶✓✔*+–-]|[\[(]?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+(?=\S)")
_DIGITS = re.compile(r"\d")
_PAREN_CREDIT = re.compile(r"\(([^()]{2,80})\)[.]?$")
_SEPARATORS = re.compile(r"\s*[|•·/,]\s*|\s{2,}|\t")
_BREADCRUMB = re.compile(r"\s+[>»›]\s+")
_ADDRESS = re.compile(r"(?:Jl\.|Jln\.|Jalan)\s")
_RULE = re.compile(r"[\W_]+")
_TOKENS = re.compile(r"\S+")
_AFTER_LABEL = frozenset("|-–—“\"'‘")

Found = tuple[str, str, bool]
NOTHING: Found = ("", "", False)


def classify(line: str) -> Found:
    """The role of LINE (without outer white space) with the reason, and whether it is a bare label that announces
    the lines after it; `("", "", False)` where the line alone does not tell."""
    if len(line) > data.Patterns.LONGEST:
        return _related(line)
    for look in (_boilerplate, _related, _byline, dateline):
        found = look(line)
        if found[0]:
            return found
    return NOTHING


def item_mark(line: str) -> int:
    """Length of the item mark at the start of LINE with the white space after it, 0 where there is none."""
    found = _ITEM.match(line)
    return found.end() if found else 0


def item_number(line: str) -> str:
    """The number or letter of LINE's item mark (`3` of `3. Pakta`), empty for a bullet or no mark."""
    found = _ITEM.match(line)
    return found.group().strip(" \t.()[") if found and found.group().strip()[-1] in ".)" else ""


def letterhead(line: str) -> Found:
    """As `classify`, for lines that count only in the head of a text: letterhead, address, section name."""
    if pattern := data.patterns("letterheads").match(line):
        return "boilerplate", f"letterhead: {pattern}", False
    if line.casefold() in data.folded("sections"):
        return "boilerplate", "section name", False
    if _ADDRESS.match(line) and _DIGITS.search(line) and len(line) <= 200 and line[-1] not in ".?!":
        return "boilerplate", "letterhead: address", False
    return NOTHING


def credit(text: str) -> str:
    """The photo or desk credit in brackets at the end of TEXT: empty where the brackets name no agency or source."""
    found = _PAREN_CREDIT.search(text[-90:])
    if not found:
        return ""
    inside = found.group(1)
    label = re.match(r"[^\W\d_]+", inside)
    if label and label.group().casefold() in ("foto", "dok", "dokumentasi", "istimewa", "ist", "sumber", "photo"):
        return found.group()
    names = [part.strip().casefold() for part in re.split(r"[/,:;]| via ", inside)]
    return found.group() if any(name in data.folded("outlets") for name in names) else ""


def desk(line: str) -> bool:
    """Whether LINE is nothing but a credit in brackets: `(rzn/hp)`, `(AP/REUTERS/LUK)`."""
    return bool(re.fullmatch(r"\(\w{2,12}(?:/\w{2,12})*\)", line)) and not line[1:-1].isdigit()


def _boilerplate(line: str) -> Found:
    if pattern := data.patterns("boilerplate").match(line):
        return "boilerplate", f"pattern: {pattern}", line.rstrip(" :").casefold() in data.folded("boilerplate_lists")
    if line.casefold() in data.folded("outlets"):
        return "boilerplate", "name of an outlet", False
    if len(line) <= 120 and _share_bar(line):
        return "boilerplate", "share bar", False
    crumbs = _BREADCRUMB.split(line)
    if len(crumbs) > 1 and all(len(crumb.split()) <= 4 for crumb in crumbs[:-1]):
        return "boilerplate", "breadcrumb", False
    if line[0] == "#" and all(_tag(part) for part in line[1:].split("#")):
        return "boilerplate", "tags", False
    if _RULE.fullmatch(line) and len(line) > 2 and len(set(line)) <= 2:
        return "boilerplate", "rule", False
    return NOTHING


def _tag(text: str) -> bool:
    return text[:1].isalnum() and len(text.split()) <= 4 and text.rstrip()[-1] not in ".!?"


def _share_bar(line: str) -> bool:
    social = data.folded("social")
    return all(word in social for word in line.casefold().split()) or all(
        part in social for part in _SEPARATORS.split(line.casefold()) if part
    )


def label_end(line: str, name: str) -> int:
    """Offset after the label of list NAME that opens LINE, with its colon; -1 where there is none.

    A label without a colon counts where it is the whole line, or has two words or more and a capital, figure, quote
    or dash follows."""
    labels = data.folded(name)
    head, colon, _ = line[:60].partition(":")
    if colon and " ".join(head.split()).casefold() in labels:
        return len(head) + 1
    if len(line) <= 60 and " ".join(line.split()).casefold() in labels:
        return len(line)
    ends = [word.end() for word in _TOKENS.finditer(line[:60])]
    for end in reversed(ends[1:4]):
        following = line[end:].lstrip()[:1]
        if (following.isupper() or following.isdigit() or following in _AFTER_LABEL) and (
            " ".join(line[:end].split()).casefold() in labels
        ):
            return end
    return -1


def _related(line: str) -> Found:
    end = label_end(line, "related")
    if end >= 0:
        return "related", f"label: {line[:end].rstrip(' :')}", not line[end:].strip()
    head = line.rstrip(" :") if len(line) < 60 else ""
    if head.casefold() in data.folded("related_sections"):
        return "related", f"section: {head}", True
    return NOTHING


@cache
def _open_bylines() -> dict[str, tuple[str, ...]]:
    """The labels of bylines without a colon, as case-folded words, by their first word."""
    found: dict[str, tuple[str, ...]] = {}
    for item in data.words("bylines"):
        if item.endswith(" *"):
            words = tuple(item.casefold().split()[:-1])
            found[words[0]] = words
    return found


def _byline(line: str) -> Found:
    words = line.split(None, 31)
    if len(words) > 30:
        return NOTHING
    head, colon, rest = line.partition(":")
    label = " ".join(head.split())
    if colon and label.casefold() in data.folded("bylines"):
        return "byline", f"label: {label}", not rest.strip()
    if line.casefold() == "tim redaksi":
        return "byline", f"label: {line}", True
    opened = _open_bylines().get(words[0].casefold(), ())
    if opened and len(opened) < len(words) <= 14 and tuple(line.casefold().split()[: len(opened)]) == opened:
        following = words[len(opened)]
        if opened[0] == "penulis" or (following[0].isupper() and line[-1] not in ".?!"):
            return "byline", f"label: {' '.join(words[: len(opened)])}", False
    if desk(line):
        return "byline", "credit", False
    name, dash, outlet = line.rpartition(" - ")
    if dash and outlet.startswith("detik") and len(name.split()) <= 5:
        return "byline", "name before an outlet", False
    return NOTHING
