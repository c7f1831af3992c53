"""The tokens beside a place in a text, through windows of bounded length, and what they show by themselves."""

import re

from . import data

WINDOW = 48
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+([a-z]{2,6})\b")
_DIGITS = re.compile(r"\d+")
_TAIL = re.compile(r"[^\s,;:(\[“„\"‘'/«]*$")
_SPACE = re.compile(r"\s*")


def can_open(core: str) -> bool:
    """Whether a token can open a sentence: a capital, a figure, a letter without case, a sign such as # or €."""
    first = core[0]
    if first.islower():
        host = _HOST.match(core)
        return core.rstrip(",") in data.words("lowercase_starters") or bool(
            host and host.group(1) in data.words("domains")
        )
    return first.isalnum() or first in "@#$€£¥•" or ord(first) > 0x2190


def is_title(quoted: str) -> bool:
    """Whether a quotation has capitals where a sentence would have small letters: `Siapa Takut? Kita!`."""
    capitals, first = 0, True
    for word in quoted.split():
        if not word[0].isupper() and word not in data.words("unfinished"):
            return False
        if word.endswith(",") or word.isupper():
            return False
        capitals += word[0].isupper() and not first
        first = word[-1] in ".!?…"
    return capitals > 0


def number(mark: str) -> int:
    """The number of an item mark, 0 for letters."""
    digits = mark.strip('(“".')
    return int(digits) if digits.isdecimal() else 0


def parted(before: str, tail: str, core: str) -> bool:
    """Whether white space got into a clock time or an amount: `pukul 10. 30`, `Rp1. 500`."""
    word = (before.split() or [""])[-1].lower()
    digits = _DIGITS.match(core)
    size = len(digits.group()) if digits else 0
    return (word in ("pukul", "jam", "pkl.") and size == 2) or (
        size == 3 and (word in ("rp", "rp.", "us$") or tail.startswith(("Rp", "US$")))
    )


def tail_at(text: str, start: int, end: int) -> str:
    """The token that ends at END, cut at brackets, quotes, commas and slashes."""
    found = _TAIL.search(text[max(start, end - WINDOW) : end])
    return found.group() if found else ""


def token_at(text: str, at: int) -> str:
    """The start of the token at AT, at most `WINDOW` code points."""
    pieces = text[at : at + WINDOW].split(None, 1)
    return pieces[0] if pieces else ""


def around(text: str, at: int) -> str:
    """The whole token in which AT lies."""
    left = text[max(0, at - 64) : at].split()
    right = text[at : at + 64].split()
    return (left[-1] if left and not text[at - 1 : at].isspace() else "") + (right[0] if right else "")


def skip_space(text: str, at: int) -> int:
    """The first offset from AT on that is no white space."""
    found = _SPACE.match(text, at)
    return found.end() if found else at
