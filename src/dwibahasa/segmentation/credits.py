"""Credits: the agency, photographer or desk at the end of a text, in brackets or behind a slash."""

import re
from functools import lru_cache

from . import data

WINDOW = 90  # code points at the end of a text in which a credit lies
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]\.?$")
_CLOSED = (")", "]", ").", "].")
_LABELS = ("foto", "photo", "dok", "sumber", "kredit", "grafis", "image")
_LABEL = re.compile(
    r"(?:^|[\s|]|(?<=[a-z)])(?-i:(?=[FP])))"
    r"(?:foto|photo|dok|sumber(?: foto)?|kredit|grafis|image)\s?[:.] ?[^:]{2,70}$",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"(?:\(c\)|©) ?\w[\w .,/-]{1,50}$")
_SLASHED = re.compile(r"(?:^|[.!?)”\"] ?|\| ?)([A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3})/[^.!?\n][^!?\n]{0,50}$")
_BETWEEN_SLASHES = re.compile(r"[.!?”\"] ?/[A-Z][\w .-]{1,30}(?:/[\w .-]{0,30}){0,3}$")
_HOST = re.compile(r"\w[\w-]*\.(?:com|co|id|org|net|gov|tv)\b")
_PARTS = re.compile(r"[/,:;]| via ")
_DESK = re.compile(r"[(\[]\*?(?:\w{2,12}(?:[/-]\w{1,12})*|\w[/-]\w{1,12})\*?[)\]]\.?|[(\[]\*{1,3}(?:/\w{2,12})?[)\]]")
_INITIALS = re.compile(r"[a-z]{2,4}(?:/[a-z]{2,4}){1,3}(?: \([^()]{2,60}\))?")
_UNNAMED = ("/ist", "/ist.", "/istimewa", "/dok")
_SOURCES = ("foto", "dok", "dokumentasi", "istimewa", "ist", "sumber", "photo", "©", "c")


def credit(text: str) -> str:
    """The photo or desk credit at the end of TEXT: `(AFP/Ivan Stoyan)`, `FOTO/AP`, `| Foto: EPA`; empty where nothing
    there names an agency, an outlet or a source."""
    return _credit(text[-WINDOW:])


@lru_cache(1024)  # the rules ask for the same blocks again and again
def _credit(tail: str) -> str:
    if found := _BRACKETS.search(tail) if tail[-1:] in _CLOSED or tail[-2:] in _CLOSED else None:
        inside = found.group(1)
        label = re.match(r"[^\W\d_]+|©", inside)
        if label and label.group().casefold() in _SOURCES:
            return found.group()
        return found.group() if _HOST.search(inside) or _named(inside) else ""
    folded = tail.casefold()
    if found := _LABEL.search(tail) if any(map(folded.__contains__, _LABELS)) else None:
        return found.group().strip(" |")
    if "/" not in tail and "©" not in tail and "(c)" not in folded:
        return ""
    if found := _RIGHTS.search(tail) or _BETWEEN_SLASHES.search(tail):
        return found.group().strip(" |")
    if folded.endswith(_UNNAMED):
        return tail.rpartition(" ")[2]
    found = _SLASHED.search(tail)
    if found and (_named(found.group(1)) or found.group(1).isupper() or found.group(1) == "Foto"):
        return found.group().strip(' .|)”"!?')
    return ""


def bracketed(text: str) -> str:
    """The brackets that follow a full stop at the end of TEXT, unless they hold only letters of a desk (`(FID/UN)`):
    `… (Hendra/Radar Kota)`."""
    found = _BRACKETS.search(text[-WINDOW:])
    before = text[: -len(found.group())].rstrip() if found else ""
    if found and all(len(part) < 4 for part in _PARTS.split(found.group(1))):
        return ""
    return found.group() if found and before[-1:] in (".", "!", "?", "”", '"') else ""


def desk(line: str) -> bool:
    """Whether LINE is nothing but the letters of a desk: `(rzn/hp)`, `[gls]`, `(Z-2)`, `rs/hp (AFP, Reuters)`."""
    if _DESK.fullmatch(line):
        return not line.strip("()[].").isdigit()
    return bool(len(line) <= 80 and _INITIALS.fullmatch(line))


def names_source(text: str) -> bool:
    """Whether TEXT is the name of an outlet or an agency."""
    folded = text.casefold()
    return folded in data.folded("outlets") or folded in data.folded("agencies")


def _named(text: str) -> bool:
    return any(names_source(part.strip()) for part in _PARTS.split(text))
