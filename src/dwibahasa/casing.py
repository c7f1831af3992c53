"""Capitals. The model was taught few texts in capitals, so they are given to it in the case of their kind.

Of 120 headlines put in capitals, BLEU / chrF2++ without regard to case, beam 2 (`python benchmarks/casing.py
corpus/headlines.tsv`): capitals as they are 5 / 28, sentence case 35 / 60, title case 42 / 62.
"""

import re
from collections.abc import Iterable

from . import data

MIN_CAPITALS = 6
"""Fewest letters of a text that is taken for one in capitals; shorter ones may be acronyms."""
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[aeiou]")


def all_capitals(text: str) -> bool:
    """Whether TEXT has no lower-case letter, at least two words and `MIN_CAPITALS` letters."""
    words = _WORD.findall(text)
    return len(words) > 1 and sum(map(len, words)) >= MIN_CAPITALS and not any(char.islower() for char in text)


def recased(text: str, names: Iterable[tuple[int, int, str]]) -> str:
    """TEXT, all capitals, in sentence case where it ends as a sentence, else in title case.

    NAMES (start, end, right spelling) and words without a vowel, which are acronyms, keep their capitals. The result
    has the length of TEXT, so offsets stay right.
    """
    title = not text.rstrip("”\"’') ").endswith((".", "!", "?"))
    small = data.words("title-small-words")
    letters = list(text)
    first = True
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if len(word) == len(match[0]) and _VOWEL.search(word):
            letters[match.start() : match.end()] = word
            if first or (title and word not in small):
                letters[match.start()] = match[0][0]
        first = False
    for start, end, name in names:
        if len(name) == end - start and not name.islower():
            letters[start:end] = name
    return "".join(letters)
