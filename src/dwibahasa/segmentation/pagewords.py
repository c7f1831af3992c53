"""Lines that hold nothing but the vocabulary of web pages: buttons, prompts, counters, icons, numbers of pages."""

import re
import unicodedata

from . import data

LONGEST = 90  # code points
_TOKEN = re.compile(r"\w+(?:-\w+)?")
_REACHED = re.compile(r"[\w.+-]{1,40}@[\w.-]{1,40}|\+?\(?\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,5}")
_AMOUNT = re.compile(r"\d+(?:k|m|rb|jt|p|x)?")
_PAGES = re.compile(r"[«‹<\s]*1\s+2(?:\s+\d{1,3}){0,9}[\s…»›>]*|\d{1,2} / \d{1,2}")
_TOGETHER = frozenset(("anda", "kami", "kamu", "kita"))


def page_words(line: str) -> str:
    """Why LINE belongs to the page: `page words`, `icon` or `page numbers`; empty where it does not.

    Page words are two or more words of `page_words.txt`, `page_words_weak.txt` and `page_fillers.txt`, at least one of
    them of the first list. A line that ends in a full stop counts where it has two of the first list and speaks to the
    reader.
    """
    if len(line) > LONGEST:
        return ""
    if not line[0].isalpha():
        if _PAGES.fullmatch(line):
            return "page numbers"
        if _icon(line):
            return "icon"
    if _opens_prose(line):
        return ""
    tokens = [token.casefold() for token in _TOKEN.findall(_REACHED.sub(" ", line))]
    if not tokens or (tokens[0] not in _known() and not _AMOUNT.fullmatch(tokens[0])):
        return ""
    sure = sum(token in data.folded("page_words") for token in tokens)
    if not sure or (len(tokens) == 1 and "@" not in line):
        return ""
    if not all(token in _known() or _AMOUNT.fullmatch(token) for token in tokens):
        return ""
    if line[-1] == "." and (sure < 2 or _TOGETHER.isdisjoint(tokens)):
        return ""
    return "page words"


def _opens_prose(line: str) -> bool:
    """Whether the first word of LINE shows that it is none of this; most lines go no further."""
    first = _TOKEN.match(line)
    if not first or line[0].isdigit() or line[first.end() : first.end() + 1] in ("", "@", ".", "+"):
        return False
    return first.group().casefold() not in _known()


def _known() -> frozenset[str]:
    return data.united("page_words", "page_words_weak", "page_fillers")


def _icon(line: str) -> bool:
    """`👁 1.204`, `🔗`: a picture sign and no letter."""
    return any(unicodedata.category(sign) == "So" for sign in line) and not any(sign.isalpha() for sign in line)
