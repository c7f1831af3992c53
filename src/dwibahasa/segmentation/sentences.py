"""Sentence boundaries of running text, by rule and in one pass.

Every run of full stops, question or exclamation marks is a candidate. What stands before and after it decides, looked
at through windows of bounded length, so that the whole is linear in the length of the text.
"""

import re

from . import data
from .abbreviations import ends_after, kind
from .spacing import closes_glued, opens_glued

WINDOW = 48
_RUN = re.compile(r"[.!?…]+")
_URL = re.compile(r"(?:https?://|ftp://|www\.)\S+")
_CLOSERS = frozenset("”’\"'»›)]}*_`´")
_TURNED = frozenset("“‘")  # closers of German-style quotes; openers where text follows at once
_OPENERS = "“„‘‚\"'`«‹([{<*_¿¡”"
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\])+")
_TAIL = re.compile(r"[^\s,;:(\[“„\"‘'/«]*$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENUMERATOR = re.compile(r"[(“\"]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[IVXL]{1,6}|[ivx]{1,5})\.")
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s")
_CREDIT = re.compile(r"\([^()\n]{2,80}\)[.\s]*$")
_VERSION = re.compile(r"v\d+\.$")
_DATELINE = re.compile(r"\S{3,30} +[-–—]+ +[A-Z][A-Z ,]{2,30}$")
_GLUED = re.compile(r"[“„‘\"'(\[«]{0,3}([^\W\d_]+)")
_AND = ("dan", "atau", "serta")
_MARKS = re.compile(r"[()\"“”]")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of TEXT as `(start, end)` in code points, without outer white space, in order.

    Everything that is not white space lies in exactly one span. TEXT is one block: white space in it, line ends
    included, is plain white space.
    """
    return _Splitter(text).spans()


class _Splitter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.start = len(text) - len(text.lstrip())  # of the sentence that is being read
        self.first = self.start
        self.read = self.start  # brackets and quotes before this offset are counted
        self.bracket = -1  # offset of the open bracket, where one is open
        self.quote = -1  # offset of the open quote
        self.urls = _URL.finditer(text)
        self.url = next(self.urls, None)

    def spans(self) -> list[tuple[int, int]]:
        found = []
        for run in _RUN.finditer(self.text):
            if run.start() < self.start:
                continue
            end = self._boundary(run.start(), run.end())
            if end:
                found.append((self.start, end))
                self._restart(end)
        end = len(self.text.rstrip())
        if self.start < end:
            found.append((self.start, end))
        return found

    def _restart(self, end: int) -> None:
        self.start = self.read = _skip_space(self.text, end)
        self.bracket = self.quote = -1

    def _boundary(self, at: int, end: int) -> int:
        """Offset at which the sentence ends if the run `[at, end)` ends one, else 0."""
        self._count_marks(at)
        if self._in_url(at, end):
            return 0
        close = self._closers(end)
        if close >= len(self.text) or self.text[close] in ".!?…":
            return 0
        if not self.text[close].isspace():
            return self._glued(at, end, close)
        after = _skip_space(self.text, close)
        after, close = self._orphans(after, close)
        if after >= len(self.text) or self._held(at, close, after):
            return 0
        return close if self._ends(at, end, close, after) else 0

    def _count_marks(self, at: int) -> None:
        for mark in _MARKS.finditer(self.text, self.read, at):
            sign = mark.group()
            if sign == "(":
                self.bracket = mark.start() if self.bracket < 0 else self.bracket
            elif sign == ")":
                self.bracket = -1
            elif sign == "”" or (sign == '"' and self.quote >= 0):
                self.quote = -1
            else:
                self.quote = mark.start()
        self.read = at

    def _in_url(self, at: int, end: int) -> bool:
        while self.url and self.url.end() <= at:
            self.url = next(self.urls, None)
        return bool(self.url and self.url.start() <= at and end < self.url.end())

    def _closers(self, end: int) -> int:
        text, close = self.text, end
        while close < len(text):
            if text[close] == "[" and (note := _FOOTNOTE.match(text, close)):
                close = note.end()
            elif text[close] in _CLOSERS or (text[close] in _TURNED and text[close + 1 : close + 2].strip() == ""):
                close += 1
            else:
                break
        return close

    def _orphans(self, after: int, close: int) -> tuple[int, int]:
        """Takes in a closing quote or bracket that white space cut off (`menolak. ”`)."""
        token = _token(self.text, after)
        if token and all(sign in "”’»)" or (sign == '"' and self.quote >= 0) for sign in token):
            close = after + len(token)
            after = _skip_space(self.text, close)
        return after, close

    def _held(self, at: int, close: int, after: int) -> bool:
        """Whether the run stands in a bracket, or in a short quoted title, that opened inside the sentence."""
        text = self.text
        if self.bracket > self.start:
            shut = text.find(")", at, at + 600)
            if shut >= close:
                return True
            if 0 <= shut < close and text[at] != ".":
                return True
        if self.quote > self.start and text[at] in "!?":
            opener = text[self.quote]
            shut = text.find("”" if opener == "“" else '"', at, self.quote + 80)
            before = text[max(self.start, self.quote - 4) : self.quote].rstrip()[-1:]
            if shut >= close and before not in ",:.!?—–-" and self._goes_on(shut + 1):
                return True
        return False

    def _goes_on(self, at: int) -> bool:
        follows = self.text[at : at + 3].strip()[:1]
        return follows.islower() or follows in set(",;.)")

    def _ends(self, at: int, end: int, close: int, after: int) -> bool:
        """Whether the run `[at, end)`, with closing marks up to CLOSE, ends a sentence before the token at AFTER."""
        text = self.text
        token = _token(text, after)
        core = token.lstrip(_OPENERS + ".…")
        opened = token[0] if token[0] in _OPENERS else ""
        run = text[at:end]
        if not core or not _can_open(core):
            if self._item(after) or (opened == "(" and run != "." and _CREDIT.match(text, after)):
                return True
            return run == "." and opened in tuple('([“„"') and self._full_stop(at, end, close, core, opened)
        if close > end and not opened and self._attribution(core):
            return False
        if "…" in run or (len(run) > 1 and run.strip(".") == ""):
            return self._ellipsis(at, core)
        if run != ".":
            return self._mark(at, end)
        return self._full_stop(at, end, close, core, opened)

    def _item(self, after: int) -> bool:
        """Whether an item mark (`b.`) follows in a sentence that opened with one (`a.`)."""
        return bool(_ITEM.match(self.text, after) and _ITEM.match(self.text, self.start))

    def _attribution(self, core: str) -> bool:
        word = _WORD.match(core)
        form = word.group().casefold() if word else ""
        return form in data.words("attribution") or form.removesuffix("nya") in data.words("attribution")

    def _ellipsis(self, at: int, core: str) -> bool:
        before = self.text[max(self.start, at - WINDOW) : at]
        if not before or before[-1].isspace() or before[-1] in "([":
            return False
        word, following = _LAST_WORD.search(before), _WORD.match(core)
        return not (word and following and word.group().casefold() == following.group().casefold())

    def _mark(self, at: int, end: int) -> bool:
        tail = _tail(self.text, self.start, end)
        return tail not in data.words("names_with_marks") and self.text[at - 1 : at] != "("

    def _full_stop(self, at: int, end: int, close: int, core: str, opened: str) -> bool:
        text = self.text
        if end - self.start < 12 and _ENUMERATOR.fullmatch(text, self.start, end):
            return False
        if self.start == self.first and at - self.first < 64 and _DATELINE.fullmatch(text, self.first, at):
            return False
        tail = _tail(text, self.start, end)
        before = text[max(self.start, end - len(tail) - WINDOW) : end - len(tail)]
        apart, before = before[-1:].isspace(), before.rstrip()
        if apart and _ENUMERATOR.fullmatch(tail) and self._listed(tail, before):
            return False
        sort = kind(tail)
        if sort == "none":
            return not (core[:1].isdigit() and _VERSION.search(tail))
        return ends_after(sort, tail, before, core, opened, close > end)

    def _listed(self, tail: str, before: str) -> bool:
        """Whether an enumerator inside a sentence opens an item: `yaitu: 1. …; 2. …`, `dan c. …`."""
        if before.endswith(":"):
            return tail.lower() in ("1.", "a.", "i.")
        letter = len(tail) == 2 and tail.islower()
        return before.endswith(";") or (letter and (before.endswith(",") or before.rpartition(" ")[2] in _AND))

    def _glued(self, at: int, end: int, close: int) -> int:
        """A boundary without white space after it (`Senin.Presiden`), or 0."""
        text = self.text
        if close > end and text[close - 1] in "\"'" and self.quote < 0:
            close -= 1  # an opening quote, not a closing one
        following = _GLUED.match(text, close, close + WINDOW)
        tail = _tail(text, self.start, end)
        if text[close] == "(" and text[at:end] == "." and kind(tail) == "none" and "." not in tail[:-1]:
            return close if _CREDIT.match(text, close) else 0
        if not following or self.bracket > self.start or "@" in _around(text, at):
            return 0
        word = following.group(1)
        if not opens_glued(word, text, following.end()) or not closes_glued(tail, text, at, end, close, word):
            return 0
        if end - self.start < 12 and _ENUMERATOR.fullmatch(text, self.start, end):
            return 0
        return close


def _can_open(core: str) -> bool:
    """Whether a token can open a sentence: a capital, a figure, a letter without case, a sign such as # or €."""
    first = core[0]
    if first.islower():
        return core.rstrip(",") in data.words("lowercase_starters")
    return first.isalnum() or first in "@#$€£¥•" or ord(first) > 0x2190


def _tail(text: str, start: int, end: int) -> str:
    """The token that ends at END, cut at brackets, quotes, commas and slashes."""
    found = _TAIL.search(text[max(start, end - WINDOW) : end])
    return found.group() if found else ""


def _token(text: str, at: int) -> str:
    """The start of the token at AT, at most `WINDOW` code points."""
    pieces = text[at : at + WINDOW].split(None, 1)
    return pieces[0] if pieces else ""


def _around(text: str, at: int) -> str:
    left = text[max(0, at - 64) : at].split()
    right = text[at : at + 64].split()
    return (left[-1] if left and not text[at - 1 : at].isspace() else "") + (right[0] if right else "")


_SPACE = re.compile(r"\s*")


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
