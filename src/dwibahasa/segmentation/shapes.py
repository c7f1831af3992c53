"""The forms of blocks that tell headings from running text."""

from functools import lru_cache

from . import data
from .abbreviations import kind
from .credits import credit
from .sentences import sentence_spans

LONGEST = 300  # code points of a heading
KEPT = 1024  # answers: the rules ask for the same blocks again and again
CLOSING = "”’\"'»)]*_ "


def heading(text: str) -> bool:
    """Whether TEXT could be a heading: no full stop, colon, comma or ellipsis at its end, no sentence that ends in a
    full stop inside."""
    return len(text) <= LONGEST and _heading(text)


@lru_cache(KEPT)
def _heading(text: str) -> bool:
    last = text.rstrip(CLOSING)[-1:]
    if last in (":", ";", ",", "…", "") or text.endswith("...") or (last == "." and not _abbreviated(text)):
        return False
    inner = (text[start:end] for start, end in sentence_spans(text)[:-1])
    return all(piece.rstrip(CLOSING)[-1:] in "?!" or _abbreviated(piece) for piece in inner)


def stopped(text: str) -> bool:
    """Whether TEXT ends as running text does."""
    return len(text) > LONGEST or _stopped(text)


@lru_cache(KEPT)
def _stopped(text: str) -> bool:
    last = text[-40:].rstrip(CLOSING)[-1:]
    if last == ")" and "." in text:
        return True
    return (last in (".", "!", "?", "…", ":", ";") and not heading(text)) or bool(credit(text))


def titled(text: str) -> bool:
    """Whether most words of TEXT have a capital."""
    words = [word for word in text.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) * 10 >= 6 * len(words) > 0


def institution(text: str) -> bool:
    """Whether TEXT may be the name of an institution: capitals only, or `Kementerian` and the like before the rest."""
    first = text.split(None, 1)[0].casefold()
    return heading(text) and (text.isupper() or (words(text) <= 8 and first in data.folded("institutions")))


def words(text: str) -> int:
    """Number of words, counted up to 41."""
    return _words(text) if len(text) <= LONGEST else len(text.split(None, 40))


@lru_cache(KEPT)
def _words(text: str) -> int:
    return len(text.split(None, 40))


def _abbreviated(text: str) -> bool:
    short = kind(text.rpartition(" ")[2]) in ("degree", "may_end", "initials")
    return short and (words(text) <= 4 or titled(text))
