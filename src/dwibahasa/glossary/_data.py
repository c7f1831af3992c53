"""The lists of this package: words, and pairs of words."""

from functools import cache
from pathlib import Path

from ..data import rows

_FOLDER = Path(__file__).with_name("data")


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The words of `data/NAME.txt` in their order."""
    return tuple(word for _, (word,) in rows(name, 1, _FOLDER))


@cache
def word_pairs(name: str) -> dict[str, str]:
    """The first word of each line of `data/NAME.txt` to its second."""
    return {first: second for _, (first, second) in rows(name, 2, _FOLDER)}
