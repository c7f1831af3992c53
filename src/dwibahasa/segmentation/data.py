"""The linguistic data of this package: text files in `data/`, one item a line, `#` opens a comment line."""

import re
from functools import cache, lru_cache
from pathlib import Path

from ..data import items
from ..errors import DwibahasaError

FOLDER = Path(__file__).with_name("data")
_FIRST = re.compile(r"\d|\w+|\S")
_WORD = re.compile(r"\w+")


@cache
def words(name: str) -> frozenset[str]:
    """The items of a word list as they stand."""
    return frozenset(item for _, item in items(name, FOLDER))


@cache
def folded(name: str) -> frozenset[str]:
    """The items of a word list, case-folded."""
    return frozenset(item.casefold() for _, item in items(name, FOLDER))


@cache
def united(*names: str) -> frozenset[str]:
    """The items of several word lists, case-folded."""
    return frozenset().union(*(folded(name) for name in names))


@cache
def openers(name: str) -> frozenset[str]:
    """The first words of the items of a list: a line that opens with none of them opens with no item."""
    return frozenset(first_word(item) for item in folded(name))


def first_word(line: str) -> str:
    """The first word of LINE, case-folded; empty where it has none."""
    return _first_word(line) if len(line) <= Patterns.LONGEST else _first_word.__wrapped__(line)


@lru_cache(64)  # every rule asks for it
def _first_word(line: str) -> str:
    found = _WORD.search(line)
    return found.group().casefold() if found else ""


@cache
def abbreviations(name: str, folder: Path = FOLDER) -> frozenset[str]:
    """The items of a list of abbreviations; raises `DwibahasaError` for one without a full stop at its end."""
    found = set()
    for place, item in items(name, folder):
        if " " in item or not item.endswith("."):
            raise DwibahasaError(f"{place}: {item!r} is no abbreviation: one word that ends in a full stop is wanted")
        found.add(item)
    return frozenset(found)


class Patterns:
    """Patterns for whole lines: `{n}` is a number, `*` any text, capitals do not matter, and the marks at the end of
    a line may be missing. Patterns are looked up by their first word, so a line costs the same however many there
    are; lines above 300 code points are never matched, which bounds the cost of `*`."""

    LONGEST = 300

    def __init__(self, name: str, folder: Path = FOLDER) -> None:
        self._by_first: dict[str, list[str]] = {}
        for place, item in items(name, folder):
            if item.count("*") > 2 or item.startswith("*"):
                raise DwibahasaError(f"{place}: {item!r}: at most two `*`, and none at the start")
            self._by_first.setdefault(_first(item.replace("{n}", "0")), []).append(item)

    def match(self, line: str) -> str:
        """The pattern that LINE (without outer white space) matches as a whole, or an empty string."""
        if len(line) > self.LONGEST:
            return ""
        for item in self._by_first.get(_first(line), ()):
            if _compile(item).fullmatch(line):
                return item
        return ""


def _first(text: str) -> str:
    found = _FIRST.search(text)
    return "" if not found else "0" if found.group().isdecimal() else found.group().casefold()


@cache  # most of some thousand patterns are never asked for
def _compile(item: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in re.split(r"(\{n\}|\*| )", item))
    source = "".join(parts).replace(r"\{n\}", r"\d[\d.,]*").replace(r"\ ", r"\s+")
    source = source.replace(r"\s+\*", r"(?:[:,?!.]?\s.*)?")
    marks = r"\s*[:.!…»>]*" if " " in item or "*" in item else r"\s*(?:[:!…»>]*|\.\.+)"  # `Dengarkan.` is a sentence
    return re.compile(source.replace(r"\*", ".*") + marks, re.IGNORECASE | re.DOTALL)


@cache
def patterns(name: str) -> Patterns:
    """The patterns of `data/NAME.txt`."""
    return Patterns(name)
