"""Dates of articles, from what a page says of itself or from the text."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from ..data import rows

_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_NUMBERS = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")
_WORDS = re.compile(r"\b(\d{1,2})(?: |-)([A-Za-z]+)\.?,?(?: |-)((?:19|20)\d\d)\b")
_ENGLISH_ORDER = re.compile(r"\b([A-Za-z]+)\.? (\d{1,2}), ((?:19|20)\d\d)\b")


@cache
def _months() -> dict[str, int]:
    """Number of each month by its Indonesian and English names and short forms, from `months.txt`."""
    return {name: int(number) for _, (name, number) in rows("months", 2, Path(__file__).parent)}


def find_date(texts: Iterable[str]) -> date | None:
    """The first date in TEXTS: `2026-11-25`, `25/11/2026`, `Rabu, 25 November 2026`, `November 25, 2026`."""
    for text in texts:
        if found := _ISO.search(text):
            candidates = [(found[1], found[2], found[3])]
        elif found := _WORDS.search(text):
            candidates = [(found[3], str(_months().get(found[2].lower(), 0)), found[1])]
        elif found := _ENGLISH_ORDER.search(text):
            candidates = [(found[3], str(_months().get(found[1].lower(), 0)), found[2])]
        elif found := _NUMBERS.search(text):
            candidates = [(found[3], found[2], found[1])]
        else:
            continue
        for year, month, day in candidates:
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                continue
    return None
