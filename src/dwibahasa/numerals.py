"""The numbers in an Indonesian or English text, and what each of them can mean.

A number that can be read in two ways (`10.30`: a time or a decimal) has a meaning for each, so that two texts agree
where any reading agrees. Marks follow the language: `1.234,5` in Indonesian is `1,234.5` in English.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from . import data
from .errors import DwibahasaError

Language = Literal["id", "en"]
Meaning = tuple[str, Fraction | str]
"""A kind (`number`, `minute` of a twelve-hour clock, `month`, `literal`) and a value."""
MAX_DIGITS = 30
"""A longer string of digits is compared as it stands."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in the text, its possible meanings, and whether it is written in digits (or is the month
    beside such a number) and so must have a counterpart in the other text."""

    text: str
    meanings: frozenset[Meaning]
    digits: bool


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9/])"  # date
    r"|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9.])"  # date
    r"|[0-9]{1,2}[.:][0-9]{2}[.:][0-9]{2}(?![0-9])"  # time with seconds
    r"|[0-9]{1,2}:[0-9]{2}(?![0-9]|[.,][0-9])"  # time
    r"|[0-9]+(?:[.,][0-9]+)*"
    r"|[^\W\d_]+"
)
_DATE = re.compile(r"([0-9]{1,2})(?:/([0-9]{1,2})(?:/([0-9]{2,4}))?|\.([0-9]{1,2})\.([0-9]{4}))")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])[.:]([0-5][0-9])(?:[.:]([0-5][0-9]))?")
_MARKED = {
    "id": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"),
    "en": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"),
}
_CLOCK_CONTEXT = {
    "id": re.compile(r"\b(?:pukul|jam|tengah malam|tengah hari)\b", re.IGNORECASE),
    "en": re.compile(r"[0-9] ?[ap]\.? ?m\b|o['’]clock|\b(?:noon|midnight)\b", re.IGNORECASE),
}
_RANGE = re.compile(
    r"\s*(?:[-–—]|s/d|hingga|sampai|dan|atau|to|and|or)\s*(?:rp\.?|us\$|s\$|a\$|[$€£¥])?\s*", re.IGNORECASE
)
_YEAR_BEFORE = frozenset("'’‘/-–")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_KINDS = ("unit", "ten", "teen", "times", "one", "scale", "short", "month", "clock")


def numerals(text: str, language: Language) -> tuple[Numeral, ...]:
    """The numbers of TEXT in order: in digits, in words, in Roman figures, and the months."""
    tokens = [_Token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(text)]
    clock = bool(_CLOCK_CONTEXT[language].search(text))
    found: list[Numeral] = []
    for number, token in enumerate(tokens):
        if token.text[0].isdigit():
            found += _in_digits(text, tokens, number, language, clock)
        else:
            found += _month_or_roman(text, tokens, number, language)
    return (*found, *_in_words(text, tokens, language))


def english_form(numeral: Numeral) -> str:
    """NUMERAL with English marks and scale: `3,400,117`, `1,234.5 billion`; times, dates and plain digits unchanged."""
    values = [value for kind, value in numeral.meanings if kind == "number" and isinstance(value, Fraction)]
    kinds = {kind for kind, _ in numeral.meanings}
    if kinds != {"number"} or "/" in numeral.text or numeral.text.isdecimal():
        return numeral.text
    value = min(values)
    for name, scale in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if value >= scale and not numeral.text[-1].isdigit():
            return f"{_marks(value / scale)} {name}"
    return _marks(value)


def _marks(value: Fraction) -> str:
    whole = f"{value.numerator // value.denominator:,}"
    decimals = f"{float(value % 1):.6f}".rstrip("0")[1:]
    return whole + (decimals if decimals != "." else "")


@cache
def _lexicon(language: Language) -> dict[str, tuple[str, Fraction]]:
    """Word → (kind, value), from `numerals.<language>.txt`; raises `DwibahasaError` with file and line."""
    lexicon: dict[str, tuple[str, Fraction]] = {}
    for place, (word, kind, value) in data.rows(f"numerals.{language}", 3):
        if kind not in _KINDS:
            raise DwibahasaError(f"{place}: expected a word, a kind and a value, found {word} {kind} {value}")
        lexicon[word] = kind, Fraction(value)
    return lexicon


def _look_up(word: str, language: Language) -> tuple[str, Fraction]:
    lexicon, word = _lexicon(language), word.lower()
    entry = lexicon.get(word)
    if entry is None and language == "id" and word.startswith("ke"):
        entry = lexicon.get(word[2:])
        entry = entry if entry and entry[0] in ("unit", "one") else None
    return entry or ("", Fraction(0))


def _in_digits(text: str, tokens: list[_Token], number: int, language: Language, clock: bool) -> Iterator[Numeral]:
    token = tokens[number]
    if date := _DATE.fullmatch(token.text):
        yield from _date(token.text, [int(part) for part in date.groups() if part])
        return
    meanings = _readings(token.text, language)
    if token.text.isdecimal():
        meanings |= _year_or_hour(text, token, clock)
    meanings |= _product(tokens[max(0, number - 2) : number + 3])
    end = token.end
    kind, scale = _scale_after(text, tokens, number, language)
    if kind in ("scale", "times"):
        meanings, end = _scaled(meanings, scale), tokens[number + 1].end
    else:
        meanings |= _scaled(meanings, scale) | _scaled(meanings, _range_scale(text, tokens, number, language))
    yield Numeral(text[token.start : end], frozenset(meanings), True)


def _scaled(meanings: set[Meaning], scale: Fraction) -> set[Meaning]:
    return {(kind, value * scale) for kind, value in meanings if kind == "number" and isinstance(value, Fraction)}


def _readings(digits: str, language: Language) -> set[Meaning]:
    """What DIGITS can mean by themselves. English marks in an Indonesian text are accepted, as in quotations and
    names, except where the Indonesian reading of the same marks is another number; the reverse is an error."""
    meanings: set[Meaning] = set()
    if len(digits) > MAX_DIGITS:
        return {("literal", digits)}
    for marks in ("id", "en") if language == "id" else ("en",):
        misread = language == "id" and marks == "en" and re.fullmatch(r"[0-9]+\.[0-9]{3}", digits)
        if _MARKED[marks].fullmatch(digits) and not misread:
            plain = digits.replace(".", "").replace(",", ".") if marks == "id" else digits.replace(",", "")
            meanings.add(("number", Fraction(plain)))
    if found := _CLOCK.fullmatch(digits):
        meanings.add(_minute(int(found[1]), Fraction(int(found[2])) + Fraction(int(found[3] or 0), 60)))
    return meanings or {("literal", digits)}


def _minute(hour: int, minute: Fraction) -> Meaning:
    return "minute", hour % 12 * 60 + minute


def _year_or_hour(text: str, token: _Token, clock: bool) -> set[Meaning]:
    """Further meanings of a whole number: `’98` and `80-an` as a year in one of three centuries, `8` as an hour."""
    meanings: set[Meaning] = set()
    if len(token.text) > 2:
        return meanings
    value = int(token.text)
    before, after = text[max(0, token.start - 1) : token.start], text[token.end : token.end + 3]
    if len(token.text) == 2 and (before in _YEAR_BEFORE or after.startswith(("s", "-an", "an"))):
        meanings |= {("number", Fraction(century + value)) for century in (1800, 1900, 2000)}
    if clock and value <= 24:
        meanings.add(_minute(value, Fraction(0)))
    return meanings


def _product(tokens: list[_Token]) -> set[Meaning]:
    """The product, where the number is a factor: `3 x 24 jam` is `72 hours`."""
    return {
        ("number", Fraction(int(first.text) * int(second.text)))
        for first, times, second in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if times.text in ("x", "X") and all(t.text.isdecimal() and len(t.text) < 4 for t in (first, second))
    }


def _scale_after(text: str, tokens: list[_Token], number: int, language: Language) -> tuple[str, Fraction]:
    """Kind and value of the scale word right after the number (`2 juta`); an empty kind where there is none."""
    if number + 1 < len(tokens) and not text[tokens[number].end : tokens[number + 1].start].strip(" \u00a0-"):
        kind, value = _look_up(tokens[number + 1].text, language)
        if kind in ("scale", "times", "short"):
            return kind, value
    return "", Fraction(1)


def _range_scale(text: str, tokens: list[_Token], number: int, language: Language) -> Fraction:
    """The scale that a number shares with the next one, as in `2-3 juta` and `Rp2 hingga Rp3 triliun`, else 1."""
    for at in range(number + 1, min(number + 4, len(tokens))):
        if tokens[at].text[0].isdigit():
            shares = _RANGE.fullmatch(text, tokens[number].end, tokens[at].start)
            return _scale_after(text, tokens, at, language)[1] if shares else Fraction(1)
    return Fraction(1)


def _date(text: str, parts: list[int]) -> Iterator[Numeral]:
    """Day, month and year of `19/6` or `19/06/2024`. Either of the first two may be the month, as in English dates."""
    for value in parts[:2]:
        meanings: set[Meaning] = {("number", Fraction(value))}
        if value <= 12 and (value == parts[1] or parts[1] > 12):
            meanings.add(("month", Fraction(value)))
        yield Numeral(text, frozenset(meanings), True)
    for year in parts[2:]:
        yield Numeral(text, frozenset({("number", Fraction(year)), ("number", Fraction(year % 100 + 2000))}), True)


def _month_or_roman(text: str, tokens: list[_Token], number: int, language: Language) -> Iterator[Numeral]:
    token = tokens[number]
    kind, value = _look_up(token.text, language)
    if kind == "month":
        around = [tokens[at] for at in (number - 1, number + 1) if 0 <= at < len(tokens)]
        beside = any(
            other.text.isdecimal() and not text[min(token.end, other.end) : max(token.start, other.start)].strip(" .,")
            for other in around
        )
        meanings: frozenset[Meaning] = frozenset({("month", value), ("number", value)})
        yield Numeral(token.text, meanings, beside and token.text[0].isupper())
    elif kind == "clock":
        yield Numeral(token.text, frozenset({_minute(int(value), Fraction(0))}), False)
    elif _ROMAN.fullmatch(token.text) and not (language == "en" and token.text == "I"):
        values = [_ROMAN_VALUES[char] for char in token.text]
        total = sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))
        yield Numeral(token.text, frozenset({("number", Fraction(total))}), False)


def _in_words(text: str, tokens: list[_Token], language: Language) -> Iterator[Numeral]:
    """Numbers in words; `and`, `a` and `an` may stand inside one (`one and a half million`)."""
    total = group = unit = Fraction(0)
    begun, start, end = False, 0, 0
    for token in [*tokens, _Token("", len(text), len(text))]:
        kind, value = _look_up(token.text, language)
        gap = text[end : token.start].strip(" \u00a0-")
        if begun and not gap and token.text.lower() in ("and", "a", "an"):
            end = token.end
            continue
        clash = (kind == "unit" and value >= 1 and (unit >= 1 or (value >= 10 and group % 100))) or (
            kind == "ten" and (unit or group % 100)
        )
        if begun and (gap or clash or kind in ("", "month", "clock", "short")):
            yield Numeral(text[start:end], frozenset({("number", total + group + unit)}), False)
            total = group = unit = Fraction(0)
            begun = False
        if kind in ("", "month", "clock", "short"):
            continue
        if not begun:
            begun, start = True, token.start
        end = token.end
        if kind == "unit":
            unit += value
        elif kind == "ten":
            group += value
        elif kind == "teen":
            group, unit = group + unit + value, Fraction(0)
        elif kind == "times":
            group, unit = group + (unit or 1) * value, Fraction(0)
        elif kind == "one":
            group += value
        elif kind == "scale":
            total, group, unit = total + ((group + unit) or 1) * value, Fraction(0), Fraction(0)
