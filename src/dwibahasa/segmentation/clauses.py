"""Cutting one over-long sentence at its clause boundaries, for an engine that cannot take it whole."""

import re
from bisect import bisect_left

from . import data

LIMIT = 400
# A mark and the white space after it; a dash counts only between spaces, so that 5-7 and anak-anak stay whole.
_BREAK = re.compile(r"(?:[;:,]|(?<=\s)(?:-{1,2}|[–—]))[”’\"']?\s+|\s+")
_WORD = re.compile(r"[“\"(]?([^\W\d_]+)")
_STRENGTH = {";": 5, ":": 4, "–": 4, "—": 4, "-": 4}


def clause_spans(text: str, limit: int = LIMIT) -> list[tuple[int, int]]:
    """Cuts TEXT, one long sentence, at clause boundaries: contiguous spans in code points that cover TEXT, the white
    space at a cut belonging to the span before it.

    A text with a clause boundary or white space inside gives at least two spans, and spans longer than LIMIT code
    points are cut again as long as that is possible: best at `;`, then at `:` or a dash, a comma before a
    conjunction, another comma, and where there is none at white space, each time near the middle. A text of one word
    comes back whole.
    """
    cuts = _cuts(text)
    places = [place for place, _ in cuts]
    spans, todo, whole = [], [(0, len(text))], True
    while todo:
        start, end = todo.pop()
        cut = _best(cuts, places, start, end) if whole or end - start > limit else 0
        whole = False
        if cut:
            todo += [(cut, end), (start, cut)]
        elif end > start:
            spans.append((start, end))
    return spans


def _cuts(text: str) -> list[tuple[int, int]]:
    """Where TEXT may be cut, with the strength of each place."""
    cuts, last = [], len(text.rstrip())
    begin = len(text) - len(text.lstrip())
    for found in _BREAK.finditer(text, begin, last):
        sign = text[found.start()]
        strength = _STRENGTH.get(sign, 0)
        if sign == ",":
            word = _WORD.match(text, found.end(), found.end() + 24)
            strength = 3 if word and word.group(1).casefold() in data.words("conjunctions") else 2
        if found.end() < last:
            cuts.append((found.end(), strength))
    return cuts


def _best(cuts: list[tuple[int, int]], places: list[int], start: int, end: int) -> int:
    """The strongest cut in the middle of `[start, end)`, the nearest to its middle among equals; 0 if there is none."""
    size = end - start
    for margin in (max(size // 4, 1), 1):
        low, high = bisect_left(places, start + margin), bisect_left(places, end - margin + 1)
        inside = cuts[low:high]
        if margin > 1 and not any(strength for _, strength in inside):
            continue
        if inside:
            return max(inside, key=lambda cut: (cut[1], -abs(2 * cut[0] - start - end)))[0]
    return 0
