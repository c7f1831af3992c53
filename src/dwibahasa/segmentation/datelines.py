"""Lines that give a date, or a place and an outlet, and nothing else."""

import re
from functools import cache

from . import data

_DASH = re.compile(r"\s[-–—]{1,2}(?=\s|$)")
_NUMERIC = re.compile(r"(?<![\d-])(?:\d{1,2}([/.-])\d{1,2}(?:\1\d{2,4})?|\d{4}-\d{2}-\d{2})(?![\d-])")
_FULL = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_TIMES = re.compile(
    r"(?:pukul |pkl\.? |jam )?\d{1,2}[.:]\d{2}(?: ?[-–] ?\d\d?[.:]\d{2})?(?: (?:wi[bt]|wita|gmt|utc|waktu setempat))?",
    re.IGNORECASE,
)
_AGO = re.compile(r"\d{1,3} (?:detik|menit|jam|hari|minggu|bulan|tahun) (?:yang )?lalu$", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b")
_DIGITS = re.compile(r"\d")
_HOST = re.compile(r"[A-Za-z][\w-]{2,40}\.[a-z]{2,7}")
_TOKEN = re.compile(r"[^\s,|/()•·:–—-]+")
LONGEST = 18  # words

Found = tuple[str, str, bool]
NOTHING: Found = ("", "", False)


def dateline(line: str) -> Found:
    """`("dateline", reason, False)` where LINE is a stand-alone dateline (`Rabu, 19 Juni 2024 10:30 WIB`, `Labuan
    Bajo, 14 Mei 2024`, `Jakarta (ANTARA) -`), else `("", "", False)`."""
    if len(line) > 100 or len(line.split()) > LONGEST or line[-1] in "?!":
        return NOTHING
    if line[-1] == "." and line[-4:-1].casefold() not in data.folded("zones") and line[-3:-1].isalnum():
        return NOTHING  # a sentence: `Hari ini hari Kamis.`
    if place_before_dash(line) == len(line):
        return "dateline", "place before a dash", False
    rest = line
    if line[-1] == ")" and "(" in line and _agency(line[line.rindex("(") + 1 : -1]):
        rest = line[: line.rindex("(")].rstrip()  # OSLO, 3 Mei (Reuters)
    for outlet in (line.partition(" - ")[0], line.partition(",")[0], line.partition(" | ")[0]):
        if outlet.casefold() in data.folded("outlets"):
            rest = line[len(outlet) :].lstrip(" -,|")
            break
    place, comma, outlet = line.partition(", ")
    named = outlet.casefold() in data.folded("outlets") or _HOST.fullmatch(outlet)
    if comma and place.istitle() and " " not in place and named:
        return "dateline", "place and outlet", False
    if _ago(line):
        return "dateline", "label and time", False
    if _TIMES.fullmatch(rest):
        return "dateline", "clock time", False
    return ("dateline", "date", False) if only_date(rest) or _place_and_date(rest) else NOTHING


def _agency(text: str) -> bool:
    """Whether TEXT, in brackets behind a date, is an outlet or has an agency's form: `KNA`."""
    return text.casefold() in data.folded("outlets") or (2 <= len(text) <= 6 and text.isalpha() and text.isupper())


def _ago(line: str) -> bool:
    """`Pembaruan terakhir 12 menit lalu`: a time that has passed, with its label."""
    found = _AGO.search(line) if line[-4:].casefold() == "lalu" else None
    label = line[: found.start()].strip(" :").casefold().split() if found else []
    return bool(label) and all(word in _dates() for word in label)


def place_before_dash(line: str) -> int:
    """Offset after the dash of a dateline that opens LINE (`TEMPO.CO, Moskow -`), 0 where there is none."""
    dash = _DASH.search(line, 0, 70)
    if not dash or dash.start() == 0:
        return 0
    words = line[: dash.start()].split()
    if len(words) > 2 and line[dash.end() :].strip() == "" and words[-1] == words[-1].lower():
        return 0
    if len(words) <= 8 and all(_placed(word) for word in words) and any(word[0].isalpha() for word in words):
        while follow := re.compile(r"\s*([\w.]{2,20}(?: \w+)?)?\s[-–—]{1,2}(?=\s|$)").match(line, dash.end(), 90):
            if not all(_placed(word) for word in (follow.group(1) or "").split()):
                break
            dash = follow
        return dash.end()
    return 0


def _placed(word: str) -> bool:
    """Whether a word can stand before a dateline's dash: by a capital, a first figure, or as an outlet's name."""
    first = word.lstrip("(")[:1]
    return (
        first.isdigit() or not word.islower() or not word.strip("-–—|,()") or word.strip("(),") in data.words("outlets")
    )


@cache
def _dates() -> frozenset[str]:
    return data.folded("dates")


def only_date(text: str) -> bool:
    """Whether TEXT holds a date or a clock time with its zone and nothing but words and figures of dates."""
    if _TIME.fullmatch(text):
        return True
    first = _TOKEN.search(text)
    if first and not (_DIGITS.search(first.group()) or _dated(first.group().strip(".").casefold())):
        return False
    tokens = [token.strip(".").casefold() for token in _TOKEN.findall(_NUMERIC.sub(" ", text))]
    named = any(token in data.folded("calendar") for token in tokens)
    named = named or bool(_CLOCK.search(text) and not data.folded("zones").isdisjoint(tokens))
    if not named and not _FULL.search(text) and not (_NUMERIC.search(text) and "(" in text):
        return False
    return all(_dated(token) or token.isdigit() or _clock(token) for token in tokens)


def _dated(token: str) -> bool:
    return token in _dates() or token in data.folded("calendar")


def _clock(token: str) -> bool:
    hour, dot, minute = token.partition(".")
    return bool(dot) and hour.isdigit() and minute.isdigit()


def _place_and_date(text: str) -> bool:
    """`Labuan Bajo, 14 Mei 2024`, `Jakarta, Selasa`, `TAGBILARAN, Filipina (12/8)`: a place of at most four words
    with capitals, then only a date."""
    found = re.search(r",\s*|\s(?=\()", text)
    while found:
        place, date = text[: found.start()].split(), text[found.end() :]
        if not 0 < len(place) <= 4 or ":" in text[: found.start()] or not all(word[0].isupper() for word in place):
            return False
        if only_date(date) and not text.endswith("."):
            return True
        found = re.compile(r",\s*|\s(?=\()").search(text, found.end())
    return False
