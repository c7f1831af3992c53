"""Words of a text as terms see them: the same key for every way to write a name."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_LETTER = r"[^\W\d_]"
_INSIDE = r"'’‘ʼ`\u0300-\u036f\u00ad"  # apostrophes, combining marks, soft hyphen: part of a word when inside it
_POSSESSIVE = r"['’][sS](?![^\W_])"
# Group 1 is the word or the number; letters and digits are apart so that "G20" and "G-20" are the same two words.
WORD = re.compile(rf"({_LETTER}+(?:(?!{_POSSESSIVE})[{_INSIDE}]+{_LETTER}+)*[\u0300-\u036f]*|\d+)({_POSSESSIVE})?")
CURRENCY = re.compile("[$¢£¥₠-₿]")  # the letters of Unicode category Sc that news uses
_DROPPED = dict.fromkeys(map(ord, "'’‘ʼ`\u00ad"))
_LOOSE = re.compile(r"[^\S\n]*\n?[^\S\n]*|[-‐‑]|\u200b+")


class Word(NamedTuple):
    """A word: span `[start, end)` in code points, folded key, and the end with a possessive 's (or `end`)."""

    start: int
    end: int
    key: str
    possessive_end: int


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """WORD without diacritics, apostrophes and soft hyphens."""
    if word.isascii():
        return word.translate(_DROPPED) if "'" in word or "`" in word else word
    marked = unicodedata.normalize("NFKD", word)
    return "".join(c for c in marked if not unicodedata.combining(c)).translate(_DROPPED)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The key under which WORD is compared: `plain` and without case."""
    return plain(word).casefold()


def words(text: str, start: int = 0) -> Iterator[Word]:
    """The words of TEXT from START on, in order; `_`, punctuation and space are between words."""
    for m in WORD.finditer(text, start):
        yield Word(m.start(), m.end(1), fold(m[1]), m.end())


@lru_cache(maxsize=1 << 12)
def gap(between: str) -> str:
    """What stands BETWEEN two words, made comparable: empty for white space (at most one line end), a hyphen or
    nothing, which may replace each other inside a term; else the text itself without white space around it."""
    if between == " " or _LOOSE.fullmatch(between):
        return ""
    return " ".join(between.replace("’", "'").split()) or "\n\n"
