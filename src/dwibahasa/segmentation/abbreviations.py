"""What kind of abbreviation a token with a full stop is, and whether a sentence ends after it."""

import re
from functools import cache, lru_cache
from typing import Literal

from . import data

Kind = Literal["title", "degree", "month", "number", "may_end", "initials", "none"]

# In the order of preference: a form in two lists counts as the first.
_LISTS: tuple[tuple[Kind, str], ...] = (
    ("may_end", "after_name"),
    ("may_end", "may_end"),
    ("title", "titles"),
    ("title", "ranks"),
    ("title", "addresses"),
    ("title", "small_words"),
    ("degree", "degrees"),
    ("month", "months"),
    ("number", "before_number"),
)
# Single capitals (A.M.) and the digraphs of the old spelling (Ch. Anwar, Tj. Priok, Dj. Suparta).
_INITIALS = re.compile(r"(?:(?:[^\W\d_a-z]|[CKPT]h|[DNST]j)\.-?){1,6}")
_LABEL = re.compile(r"[IVXLC]+\b|[A-Z]\b")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"(?:[a-z]{1,2}\.){2,4}")
_VOWELLESS = re.compile(r"[b-df-hj-np-tv-z]{2,5}\.", re.IGNORECASE)
_MONEY = re.compile(r"Rp\.?\s?[\d.,]+$")
_TICKER = re.compile(r"[A-Z]{4}")
# kota A atau pangkalan B.; terminal B, C dan D.
_LABELLED = re.compile(
    r"[a-z] [A-Z] (?:atau|dan|ke|maupun|serta) |(?:^|[\s(])[A-Z],? (?:atau|dan|hingga|maupun|serta)$"
)
_PAIR = re.compile(r"(?:^|\W)([a-z][./])$")
_SPACED = re.compile(r"[A-Z]\.$|[A-Z][a-z]\.$")
_ERA = re.compile(r"(?<![\d.,])(?:1[0-5]\d\d|\d{1,3})$")  # 79 M., 1445 H.


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


@lru_cache(4096)
def kind(token: str) -> Kind:
    """The kind of TOKEN (with its full stop): its list in `data/`, `initials` for capitals, `none` for a word.

    An entry in lower case also matches with a first capital, unless it has one letter, and a token all in capitals
    matches in any case. Of a glued token (`Prof.Dr.`) the last part decides. A word without a vowel (`Ktr.`) counts
    as initials.
    """
    table = _table()
    if token in table:
        return table[token]
    if _INITIALS.fullmatch(token) and token[0].isupper():
        return "initials"
    if (small := token[:1].lower() + token[1:]) in table:
        return table[small]
    if len(token) > 2 and token.isupper() and (found := _folded().get(token.casefold())):
        return found
    if _VOWELLESS.fullmatch(token) and not token.isupper() and token.casefold() not in data.abbreviations("units"):
        return "initials"
    if _SMALL.fullmatch(token):
        return "title"
    head, dot, last = token[:-1].rpartition(".")
    if dot and head and (found := table.get(last.lstrip("-") + ".")) in ("title", "degree"):
        return found
    return "none"


def starts_sentence(core: str) -> bool:
    """Whether a token opens a sentence and is hardly part of a name: a word of `starters.txt`, or one in -nya."""
    word = _WORD.match(core)
    form = word.group() if word else ""
    if len(form) > 1 and form.isupper():
        form = form.capitalize()
    starters = data.words("starters")
    return form in starters or (len(form) > 6 and form.endswith("nya") and form[0].isupper())


def ends_after(sort: Kind, tail: str, before: str, core: str, opened: str, closed: bool) -> bool:
    """Whether a sentence ends after TAIL, an abbreviation of kind SORT or a word; BEFORE is the text before it, CORE
    the next token, OPENED its opening mark, CLOSED whether a quote closes."""
    last = (before.split() or [""])[-1]
    if last[-1:].isdigit() and _quantity(tail, before):
        return core[:1].isupper() or (core[:1].isdigit() and kind(tail) == "none")  # 5 thn. 3 bln.
    sort = _in_context(sort, tail, before, last, core)
    starts = starts_sentence(core)
    if sort == "none":
        return True
    if sort == "title":
        return starts and (len(tail) > 4 or (tail.isupper() and tail.count(".") > 1))
    if sort == "number":
        return not (core[:1].isdigit() or _LABEL.match(core))
    if sort == "month":
        return core[:1].isupper() and (starts or (last.isdigit() and len(last) < 3))
    if opened == "(":
        return False
    following = core.rstrip(",;)")
    if sort == "initials":
        if _INITIALS.fullmatch(following):
            return False
        label = last.endswith("°") or last.casefold() in data.words("label_nouns") or bool(_LABELLED.search(before))
        return starts or closed or (label and kind(following) not in ("title", "number"))
    if kind(following) == "degree" or (_spaced(last, tail) and _INITIALS.fullmatch(following)):
        return False
    if tail in data.abbreviations("after_name"):
        named = last != "" and not last[:1].islower() and not starts_sentence(last)
        form = {following, following + "."} & data.abbreviations("after_name")
        return named and not form and not (tail == "Tbk." and _TICKER.fullmatch(following))
    return bool(core)


def _in_context(sort: Kind, tail: str, before: str, last: str, core: str) -> Kind:
    """The kind of TAIL as the words beside it show it."""
    if _spaced(last, tail):
        return "degree"
    if sort == "none":
        pair = _PAIR.search(before)  # a. n., a/n.
        return "title" if pair and pair.group(1) + tail in data.abbreviations("small_words") else sort
    if tail.isupper() and len(tail) > 2 and sort != "initials" and tail not in _table() and not _capitals(core):
        return "none"  # KY is a commission here, no kiai
    degree = last.endswith(",") or kind(last) == "degree"
    if sort == "title" and degree and tail in data.abbreviations("degrees"):
        return "degree"  # "Rina, Apt."
    return "initials" if sort == "degree" and not degree and tail.isupper() and tail.count(".") > 1 else sort


def _spaced(last: str, tail: str) -> bool:
    """Whether TAIL is the second part of a degree with a space in it, `S. Pd.`; `M. H.` may as well be initials."""
    return bool(_SPACED.match(last)) and len(last + tail) > 4 and last + tail in data.abbreviations("degrees")


def _quantity(tail: str, before: str) -> bool:
    """Whether a number before TAIL makes a unit of it: `12 km.`, `79 M.`, `Rp 2 M.`, `1445 H.`."""
    if tail in ("H.", "M.") and _ERA.search(before):
        return True
    if tail in ("M.", "T.") and _MONEY.search(before):
        return True
    return (tail if len(tail) == 2 else tail.casefold()) in data.abbreviations("units")


def _capitals(core: str) -> bool:
    """Whether the token is a number or all in capitals."""
    word = _WORD.match(core)
    return core[:1].isdigit() or (word is not None and word.group().isupper())
