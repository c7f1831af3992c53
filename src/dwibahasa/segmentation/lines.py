"""Lines to paragraphs: which line ends are only the wrapping of a text that was broken at a fixed width."""

import itertools
import re
from dataclasses import dataclass, field

from . import data
from .credits import credit, names_source
from .furniture import classify, item_mark, item_number
from .shapes import titled, words

_ROMANS = {"I": ("II", "ii"), "V": ("IV", "VI", "iv", "vi"), "X": ("IX", "XI", "ix", "xi")}
HALF = 60  # code points of half a headline, at most
HEAD = 4  # lines: a headline that goes on in an indented line stands among the first
NARROWEST, WIDEST = 35, 125
_ENDS = re.compile(r"[.!?…:][”’\"'»)\]]*$")
_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Draft:
    """A block in the making: its span `[start, end)` in the text, without outer white space."""

    text: str
    start: int
    gap: bool  # a blank line (or the start of the text) stands before it
    role: str = ""
    reason: str = ""
    label: bool = False  # a bare label: what it announces follows on lines of its own
    twin: "Draft | None" = field(default=None, repr=False)  # the block that this one repeats
    twinned: bool = False  # another block repeats this one
    indent: int = 0  # white space before it on its line

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def paragraphs(text: str) -> list[Draft]:
    """The paragraphs of TEXT in order, with the role of those that a pattern names. All that is not white space lies
    in one of them."""
    lines = _lines(text)
    width = _width(lines)
    for line, following in itertools.pairwise(lines):
        if following.role == "boilerplate" and following.text[0].islower() and not following.gap and not line.role:
            following.role = "" if _filled(line, following, width) else following.role
    joined: list[Draft] = []
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and (
            _wrapped(lines[index - 1], lines[index], width) or (index <= 2 * HEAD and _hangs(lines, index))
        ):
            continue
        head, last = lines[first], lines[index - 1]
        if first < index - 1:
            head.text = text[head.start : last.end]
        joined.append(head)
        first = index
    return joined


def _lines(text: str) -> list[Draft]:
    lines, at, gap = [], 0, True
    for raw in text.splitlines(keepends=True):
        line = raw.strip()
        if line:
            indent = len(raw) - len(raw.lstrip())
            draft = Draft(line, at + indent, gap, indent=indent)
            draft.role, draft.reason, draft.label = classify(line)
            lines.append(draft)
        gap = not line
        at += len(raw)
    _mark_items(lines)
    return lines


def _mark_items(lines: list[Draft]) -> None:
    marks = {item_number(line.text) for line in lines if not line.role and item_mark(line.text)}
    before = ""
    for line in lines:
        apart = line.gap or bool(_ENDS.search(before[-8:]))
        if not line.role and item_mark(line.text) and _is_item(item_number(line.text), marks, apart):
            line.role, line.reason = "list_item", "item mark"
        before = line.text


def _is_item(mark: str, marks: set[str], apart: bool) -> bool:
    """Whether a line's mark makes it an item: a capital (`H. Agus Salim`) only beside its neighbour in the alphabet,
    a number or letter in the middle of a sentence (`pada tanggal / 19. Ia …`) only as the first or next of a list."""
    if not mark.isalnum():
        return True
    if mark.isdecimal():
        return apart or int(mark) == 1 or str(int(mark) - 1) in marks
    if len(mark) > 1:
        return True
    beside = {chr(ord(mark) - 1), chr(ord(mark) + 1), *_ROMANS.get(mark.upper(), ())} & marks
    return bool(beside) or mark == "a" or (mark.islower() and apart)


def _joinable(line: Draft, following: Draft) -> bool:
    """Whether two lines may be one paragraph: no blank line between them, none with a role that a line has whole."""
    if line.role == "caption" and credit(line.text):
        return False
    return not following.gap and not following.role and line.role in ("", "list_item", "caption")


def _unfinished(line: str, following: str) -> bool:
    """Whether the sentence of LINE plainly goes on in the next one."""
    if _ENDS.search(line[-8:]):
        return False
    if line[-1] in ",-–" or line.rpartition(" ")[2] in data.words("unfinished"):
        return len(line) >= NARROWEST or len(following) >= NARROWEST
    if names_source(following[:30].split()[0].rstrip(",")):
        return False
    goes_on = following[0].islower() and (len(line) >= NARROWEST or len(following) >= NARROWEST)
    return goes_on and not (line[-1] in ")]" and credit(line))


def _width(lines: list[Draft]) -> int:
    """The width at which the text was wrapped, in code points, or 0 where it was not: the longest line whose sentence
    plainly goes on in the next line."""
    lengths = [
        len(line.text)
        for line, following in itertools.pairwise(lines)
        if _joinable(line, following) and _unfinished(line.text, following.text)
    ]
    width = max(lengths, default=0)
    return width if NARROWEST <= width <= WIDEST else 0


def _wrapped(line: Draft, following: Draft, width: int) -> bool:
    """Whether the line end between two lines is only a wrap.

    It is where the sentence plainly goes on, and, in a wrapped text, where the next line's first word would not
    have fitted on the line (every break of a greedy line filler is of this kind).
    """
    if not _joinable(line, following):
        return False
    if _unfinished(line.text, following.text):
        return True
    return _filled(line, following, width)


def _filled(line: Draft, following: Draft, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on the line, in a text wrapped at WIDTH."""
    word = _WORD.match(following.text, 0, 60)
    return 0 < len(line.text) <= width < len(line.text) + 1 + (word.end() if word else 0)


def _halves(head: Draft, following: Draft) -> bool:
    """Whether two lines are the halves of a headline: capitals in both, and words enough for neither to be a name."""
    both = (head.text, following.text)
    if not _joinable(head, following) or head.role or len(head.text) > HALF or len(following.text) > HALF:
        return False
    if _ENDS.search(head.text) or any(mark in line for line in both for mark in '|>,:/()"“'):
        return False
    return all(titled(line) and words(line) >= 4 for line in both) and not any(line.isupper() for line in both)


def _hangs(lines: list[Draft], index: int) -> bool:
    """Whether the line at INDEX, indented, continues the headline in the line before it."""
    head, following = lines[index - 1], lines[index]
    below = [line for line in lines[index + 1 : index + 3] if line.role or words(line.text) > 3]
    if below and below[0].role in ("byline", "dateline") and _halves(head, following):
        return True
    alone = head.gap and (len(lines) < index + 2 or lines[index + 1].gap or lines[index + 1].role != "")
    return _joinable(head, following) and following.indent > head.indent + 1 and alone and not _ENDS.search(head.text)
