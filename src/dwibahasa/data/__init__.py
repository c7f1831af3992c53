"""Lists that ship with the package, and their reader: UTF-8 text, one item a line, `#` begins a comment."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..errors import DwibahasaError

FOLDER = Path(__file__).parent


def items(name: str, folder: Path = FOLDER) -> Iterator[tuple[str, str]]:
    """Each item of the list `NAME.txt` in FOLDER and its place (`titles.txt:12`); raises `DwibahasaError` with that
    place for an item that is indented, padded, spaced with tabs or given twice."""
    path = folder / f"{name}.txt"
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        item, mark, _ = line.partition("#")
        item = item.rstrip() if mark else item
        if not item:
            continue
        place = f"{path.name}:{number}"
        if item != " ".join(item.split()):
            raise DwibahasaError(f"{place}: stray white space in {item!r}")
        if item in seen:
            raise DwibahasaError(f"{place}: {item!r} stands twice")
        seen.add(item)
        yield place, item


def rows(name: str, size: int, folder: Path = FOLDER) -> Iterator[tuple[str, tuple[str, ...]]]:
    """As `items`, for lists of SIZE words a line, the first of which is new; raises `DwibahasaError` for others."""
    seen: set[str] = set()
    for place, item in items(name, folder):
        row = tuple(item.split())
        if len(row) != size or row[0] in seen:
            raise DwibahasaError(f"{place}: expected {size} words, the first a new one, found {item!r}")
        seen.add(row[0])
        yield place, row


@cache
def words(name: str, folder: Path = FOLDER) -> frozenset[str]:
    """The words of a list that has one a line, in lower case; raises `DwibahasaError` for anything else."""
    found = set()
    for place, (word,) in rows(name, 1, folder):
        if word != word.lower():
            raise DwibahasaError(f"{place}: expected a word in lower case, found {word!r}")
        found.add(word)
    return frozenset(found)
