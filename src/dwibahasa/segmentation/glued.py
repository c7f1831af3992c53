"""Headlines that a scraper glued together on one `Baca Juga:` line."""

import re

from . import data
from .furniture import label_end

_SEAM = re.compile(r"(?<=[a-zà-öø-ÿ0-9?!”])(?=[A-Z][A-Za-z]*[ a-z])")
_WORD = re.compile(r"[\w’'-]+")


def split_glued(text: str) -> list[str]:
    """The pieces of a line of glued headlines, for display: cut where lower case runs into upper case (`Kuasa
    HukumSurvey`), but not inside a word that is mixed by nature (detikNews, YouTube), and only between headlines of
    at least three words.

    A label (`Baca Juga:`) is a piece of its own. The pieces hold every character but white space at their edges.
    """
    end = max(label_end(text, "related"), 0)
    pieces, at = [text[:end].strip()], end
    for seam in _SEAM.finditer(text, end):
        cut = seam.start()
        word = _WORD.match(text, max(at, text.rfind(" ", max(at, cut - 60), cut) + 1))
        mixed = word and word.group().casefold() in data.folded("mixed_case")
        if not mixed and text.count(" ", max(at, cut - 200), cut) >= 2 and text.count(" ", cut, cut + 90) >= 2:
            pieces.append(text[at:cut].strip())
            at = cut
    return [piece for piece in [*pieces, text[at:].strip()] if piece]
