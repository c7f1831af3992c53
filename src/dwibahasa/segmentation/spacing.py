"""Sentence ends with no white space after them (`Senin.Presiden`), told from hosts, file names and amounts."""

import re

from . import data
from .abbreviations import kind


def opens_glued(word: str, text: str, end: int) -> bool:
    """Whether WORD, which stands right after a full stop and ends at END, opens a sentence there: no suffix of a file
    or host, no degree, no part of a program's name."""
    if word.casefold() in data.words("domains") or text[end : end + 1] in ("_", "/", "@", "=", "\\"):
        return False
    if text[end : end + 1] == "." and (text[end + 1 : end + 2].isdigit() or text[end + 1 : end + 2].islower()):
        return False
    return len(word) > 1 and word[0].isupper() and (word[1:].islower() or (word.isupper() and len(word) > 2))


def closes_glued(tail: str, text: str, at: int, end: int, close: int, word: str) -> bool:
    """Whether TAIL, the token up to the marks `[at, end)`, with closing quotes up to CLOSE, ends a sentence although
    WORD follows without white space."""
    run, before = text[at:end], text[at - 1 : at]
    if run not in (".", "?", "!", "?!", "!?"):
        return word in data.words("starters") and run.strip(".…") == ""
    if close > end or before in ("”", '"', ")", "%"):
        return word[1:].islower()
    if "=" in tail or "\\" in tail:
        return False
    if before.isdigit():
        return word[1:].islower() and not re.search(r"[^\W\d_]", tail.removeprefix("Rp")) and len(tail) > 2
    letters = tail.rstrip(".!?")
    if not letters.replace("-", "").isalpha() or len(letters) < 2 or kind(letters + ".") not in ("none", "may_end"):
        return False
    if word.isupper() and len(word) > 1:
        return letters.isupper() and len(letters) > 3
    return letters[1:].islower() or letters.isupper() or "-" in letters
