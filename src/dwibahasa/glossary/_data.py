"""Word lists of the package: text files, one item a line, `#` comments."""

from functools import lru_cache
from pathlib import Path

from ..errors import GlossaryError


@lru_cache
def word_list(name: str) -> tuple[str, ...]:
    """The items of `data/NAME.txt` in their order; raises `GlossaryError` with file and line for a malformed line."""
    return tuple(word for (word,) in _rows(name, 1, "one new word a line is expected"))


@lru_cache
def word_pairs(name: str) -> dict[str, str]:
    """The first word of each line of `data/NAME.txt` to its second; raises `GlossaryError` as `word_list` does."""
    return {row[0]: row[1] for row in _rows(name, 2, "two words a line are expected, the first a new one")}


def _rows(name: str, size: int, wanted: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    seen = set()
    text = (Path(__file__).parent / "data" / f"{name}.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        row = tuple(line.split())
        if not row or line.lstrip().startswith("#"):
            continue
        if len(row) != size or not all(map(str.isalnum, row)) or row[0] in seen:
            raise GlossaryError(f"{name}.txt: line {number}: {wanted}, not {line.strip()!r}")
        seen.add(row[0])
        rows.append(row)
    return rows
