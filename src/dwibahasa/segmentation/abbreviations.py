"""What kind of abbreviation a token with a full stop is."""

import re
from functools import cache
from typing import Literal

from . import data

Kind = Literal["title", "degree", "month", "number", "may_end", "initials", "none"]

# In the order of preference: a form in two lists counts as the first.
_LISTS: tuple[tuple[Kind, str], ...] = (
    ("title", "titles"),
    ("may_end", "may_end"),
    ("degree", "degrees"),
    ("month", "months"),
    ("number", "before_number"),
)
# Single capitals (A.M.) and the digraphs of the old spelling (Ch. Anwar, Tj. Priok, Dj. Suparta).
_INITIALS = re.compile(r"(?:(?:[^\W\d_a-z]|[CKPT]h|[DNST]j)\.-?){1,6}")
_ROMAN = re.compile(r"[IVXLC]+\b")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"(?:[a-z]{1,2}\.){2,4}")


@cache
def _table() -> dict[str, Kind]:
    table: dict[str, Kind] = {}
    for kind, name in _LISTS:
        for item in data.abbreviations(name):
            table.setdefault(item, kind)
    return table


@cache
def _folded() -> dict[str, Kind]:
    table: dict[str, Kind] = {}
    for item, kind in _table().items():
        table.setdefault(item.casefold(), kind)
    return table


def kind(token: str) -> Kind:
    """The kind of TOKEN (with its full stop): its list in `data/`, `initials` for capitals, `none` for a word.

    An entry in lower case also matches with a first capital, and a token all in capitals matches in any case.
    Of a glued token (`Prof.Dr.`) the last part decides.
    """
    table = _table()
    for form in (token, token[:1].lower() + token[1:]):
        if form in table:
            return table[form]
    if _INITIALS.fullmatch(token) and token[0].isupper():
        return "initials"
    if len(token) > 2 and token.isupper() and (found := _folded().get(token.casefold())):
        return found
    if _SMALL.fullmatch(token):
        return "title"
    head, dot, last = token[:-1].rpartition(".")
    if dot and head and (found := table.get(last + ".")) in ("title", "degree"):
        return found
    return "none"


def ends_after(sort: Kind, tail: str, before: str, core: str, opened: str, closed: bool) -> bool:
    """Whether a sentence ends after an abbreviation of kind SORT; BEFORE is the text before it, CORE the next token."""
    word = _WORD.match(core)
    form = word.group() if word else ""
    starts = form in data.words("starters") or (
        form.isupper() and len(form) > 1 and form.capitalize() in data.words("starters")
    )
    capitals = tail.replace(".", "").isupper() and all(len(part) == 1 for part in tail[:-1].split("."))
    last = before.rpartition(" ")[2]
    if sort == "degree" and capitals and not (before.endswith(",") or kind(last.rstrip(",")) == "degree"):
        sort = "initials"
    if sort == "title":
        return False
    if sort == "number":
        return not (core[:1].isdigit() or _ROMAN.match(core))
    if sort == "month":
        return not (core[:1].isdigit() or before[-1:].isdigit())
    if sort == "initials":
        if opened == "(":
            return False
        return starts or core[:1].isdigit() or closed or last.casefold() in data.words("label_nouns")
    if opened == "(" or kind(core.rstrip(",")) == "degree":
        return False
    return bool(core)
