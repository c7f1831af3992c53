"""The forms of blocks that tell headings from running text."""

from . import data
from .abbreviations import kind
from .credits import credit
from .sentences import sentence_spans

CLOSING = "”’\"'»)]*_ "


def heading(text: str) -> bool:
    """Whether TEXT could be a heading: no full stop, colon, comma or ellipsis at its end, no sentence that ends in a
    full stop inside."""
    last = text.rstrip(CLOSING)[-1:]
    if last in (":", ";", ",", "…", "") or text.endswith("...") or (last == "." and not _abbreviated(text)):
        return False
    if len(text) > 300:
        return False
    inner = (text[start:end] for start, end in sentence_spans(text)[:-1])
    return all(piece.rstrip(CLOSING)[-1:] in "?!" or _abbreviated(piece) for piece in inner)


def stopped(text: str) -> bool:
    """Whether TEXT ends as running text does."""
    last = text[-40:].rstrip(CLOSING)[-1:]
    return (
        (last in (".", "!", "?", "…", ":", ";") and not heading(text))
        or (last == ")" and "." in text)
        or bool(len(text) > 300 or credit(text))
    )


def titled(text: str) -> bool:
    """Whether most words of TEXT have a capital."""
    words = [word for word in text.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) * 10 >= 6 * len(words) > 0


def institution(text: str) -> bool:
    """Whether TEXT may be the name of an institution: capitals only, or `Kementerian` and the like before the rest."""
    first = text.split(None, 1)[0].casefold()
    return heading(text) and (text.isupper() or (words(text) <= 8 and first in data.folded("institutions")))


def words(text: str) -> int:
    """Number of words, counted up to 40."""
    return len(text.split(None, 40))


def _abbreviated(text: str) -> bool:
    short = kind(text.rpartition(" ")[2]) in ("degree", "may_end", "initials")
    return short and (words(text) <= 4 or titled(text))
