"""Word lists that ship with the package: UTF-8 text, one item a line, `#` begins a comment."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def entries(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield, for each item of the list NAME, where it stands (`numerals.id.txt:12`) and its fields."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        fields = line.partition("#")[0].split()
        if fields:
            yield f"{name}:{number}", fields


@cache
def words(name: str) -> frozenset[str]:
    """The words of the list NAME, one a line; raises `ValueError`, with file and line, for anything else."""
    found: set[str] = set()
    for place, fields in entries(name):
        if len(fields) > 1 or fields[0] != fields[0].lower() or fields[0] in found:
            raise ValueError(f"{place}: expected one new word in lower case, found {' '.join(fields)!r}")
        found.add(fields[0])
    return frozenset(found)
