"""Word lists of the package: text files, one item a line, `#` comments."""

from functools import lru_cache
from pathlib import Path

from ..errors import GlossaryError


@lru_cache
def word_list(name: str) -> tuple[str, ...]:
    """The items of `data/NAME.txt` in their order; raises `GlossaryError` with file and line for a malformed line."""
    items = []
    text = (Path(__file__).parent / "data" / f"{name}.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        item = line.strip()
        if not item or item.startswith("#"):
            continue
        if not item.isalnum() or item in items:
            raise GlossaryError(f"{name}.txt: line {number}: one new word a line is expected, not {item!r}")
        items.append(item)
    return tuple(items)
