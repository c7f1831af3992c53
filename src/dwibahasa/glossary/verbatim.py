"""Spans that must stand in a translation character for character."""

import re
from functools import lru_cache

from ._data import word_list

_MARKUP = re.compile(r"</?[A-Za-z|][^\s<>]{0,80}(?:\s[^<>]{0,400})?>|&(?:[a-z]{2,8}|#\d{1,7});")
_VERSION_WORD = re.compile(r"\b[Vv]ersi(?:on)?\s+(\d+(?:\.\d+)+)")
# A run without white space that may hold an address, a file name or a version number.
_CHUNK = re.compile(r"(?<!\S)\S*?[.@/][\w/]\S*")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,2}\.\d{1,2}\.\d{4}")  # 1.000.000 and 19.06.2024 are no versions
_AFTER_ADDRESS = ".,;:!?…'’\"”»*"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@lru_cache
def _address() -> re.Pattern[str]:
    suffix = "|".join(sorted(word_list("suffixes"), key=len, reverse=True))
    # Lengths after RFC 5321 section 4.5.3.1 (local part 64) and RFC 1035 section 2.3.4 (label 63).
    return re.compile(
        rf"""
        (?P<url>(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>"“”«»]+)
        |(?P<mail>(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+)
        |(?P<host>(?<![\w.@/-])(?:[\w-]{{1,63}}\.){{1,8}}(?:{suffix}|{suffix.upper()})(?![\w-])
           (?::\d{{1,5}})?(?:/[^\s<>"“”«»]*)?)
        |(?P<handle>(?<![\w.@/])@\w{{2,30}})
        |(?P<version>(?<![\w.,-])v?\d{{1,6}}(?:\.\d{{1,6}}){{0,4}}\.x(?!\w)
           |(?<![\w.,-])(?:v\d{{1,6}}(?:\.\d{{1,6}}){{1,4}}|\d{{1,6}}(?:\.\d{{1,6}}){{2,4}})(?![\w,]))
        """,
        re.VERBOSE,
    )


def _trimmed(found: str) -> int:
    """Length of FOUND without punctuation after it; a closing bracket stays where its opening one is inside."""
    end = len(found)
    for last in reversed(found[-20:]):  # a bound, so that a line of brackets takes no quadratic time
        opening = _BRACKETS.get(last)
        if last not in _AFTER_ADDRESS and (not opening or found.count(last, 0, end) <= found.count(opening, 0, end)):
            break
        end -= 1
    return end


def _in_chunk(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    for m in _address().finditer(text, start, end):
        kind, length = m.lastgroup, m.end() - m.start()
        if kind == "version" and _GROUPED.fullmatch(m[0]):
            continue
        if kind in ("url", "host"):
            length = _trimmed(m[0])
        spans.append((m.start(), m.start() + length))
    return spans


def verbatim_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans `[start, end)` in code points, in order and apart, of what is never translated: URLs, e-mail addresses,
    host names, file names, @names, version numbers (`3.12.x`), and literal markup (`<term>`, `</s>`, `&nbsp;`).

    Numbers with grouped digits (1.000.000) and dates are not among them. Linear in the length of TEXT.
    """
    spans: list[tuple[int, int]] = []
    if "<" in text or "&" in text:
        spans += (m.span() for m in _MARKUP.finditer(text))
    if "." in text or "@" in text or "/" in text:
        spans += (m.span(1) for m in _VERSION_WORD.finditer(text))
        for chunk in _CHUNK.finditer(text):
            spans += _in_chunk(text, *chunk.span())
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
