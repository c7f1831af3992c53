"""Capitals. The model does better with sentence case than with a headline in capitals: see benchmarks/casing.py."""

import re
from collections.abc import Iterable

_VOWEL = re.compile("[aeiou]")
_WORD = re.compile(r"[^\W\d_]+")
MIN_CAPITALS = 6
"""Fewest letters of a text that is taken for one in capitals; shorter ones may be acronyms."""


def all_capitals(text: str) -> bool:
    """Whether TEXT has no lower-case letter, at least two words and `MIN_CAPITALS` letters."""
    words = _WORD.findall(text)
    return len(words) > 1 and sum(map(len, words)) >= MIN_CAPITALS and not any(char.islower() for char in text)


def sentence_case(text: str, names: Iterable[tuple[int, int, str]]) -> str:
    """TEXT, all capitals, with capitals only at its start, in NAMES (start, end, right spelling) and in words without
    a vowel, which are acronyms. The result has the length of TEXT, so offsets stay right."""
    letters = list(text)
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if len(word) == len(match[0]) and _VOWEL.search(word):
            letters[match.start() : match.end()] = word
    for start, end, name in names:
        if len(name) == end - start:
            letters[start:end] = name
    for index, char in enumerate(letters):
        if char.isalpha():
            letters[index] = char.upper() if len(char.upper()) == 1 else char
            break
    return "".join(letters)
