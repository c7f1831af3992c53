"""Sentence boundaries of running text, by rule and in one pass.

Every run of full stops, question or exclamation marks is a candidate. What stands before and after it decides, looked
at through windows of bounded length, so that the whole is linear in the length of the text.
"""

import re

from . import data
from .abbreviations import ends_after, kind, starts_sentence
from .spacing import closes_glued, opens_glued
from .tokens import WINDOW, around, can_open, is_title, number, parted, skip_space, tail_at, token_at

_RUN = re.compile(r"[.!?…]+")
_URL = re.compile(r"(?:https?://|ftp://|www\.)\S+")
_CLOSERS = frozenset("”’\"'»›)]}*_`´†‡⁰¹²³⁴⁵⁶⁷⁸⁹\u200b\u200c\u200d\u2060\ufeff")
_TURNED = frozenset("“‘")  # closers of German-style quotes; openers where text follows at once
_OPENERS = "“„‘‚\"'`«‹([{<*_¿¡”"
_FOOTNOTE = re.compile(r"(?:\[(?:\d{1,3}|[a-z]|(?:catatan|cat\.|note) \d{1,3}|butuh rujukan)\])+")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENUMERATOR = re.compile(r"[(“\"]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[IVXL]{1,6}|[ivx]{1,5})\.")
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s")
_BULLETS = frozenset("-*•–—·▪►")
_CREDIT = re.compile(r"(?:\([^()\n]{2,80}\)|\[[^\[\]\n]{2,80}\])[.\s]*$")
_DESK = re.compile(r"[(\[](?:[a-z]{2,5}|[^()\[\]\s]{1,20}/[^()\[\]]{1,40})[)\]][.\s]*$")  # (ant), (rzn/hp)
_OPEN_CREDIT = re.compile(r"[|/©]\s?[^\W\d_]")  # | Foto: AP, /Reuters/
_VERSION = re.compile(r"v\d+\.$")
_DATELINE = re.compile(r"\S{3,30} +[-–—]+ +[A-Z][A-Z ,]{2,30}$")
_PLACE = re.compile(r"[A-Z]{5,20}(?: [A-Z]{3,20})?$")  # JAKARTA. Pemerintah …
_GLUED = re.compile(r"[“„‘\"'(\[«]{0,3}([^\W\d_]+)")
_AND = ("dan", "atau", "serta")
_BRACKETS = re.compile(r"[()]")
_MARKS = re.compile(r"[()\"“”‘]|(?<![^\s(\"“])'(?=\w)")


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
        self.bracket = -1  # offset of the outermost open bracket, where one is open
        self.depth = 0  # of the open brackets
        self.quote = -1  # offset of the open quote
        self.inner = -1  # offset of the last single quote that opens, inside or outside of others
        self.item = 0  # number of the item that was read last
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
        self.start = self.read = skip_space(self.text, end)
        self.bracket = self.quote = self.inner = -1
        self.item = self.depth = 0

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
        after = skip_space(self.text, close)
        after, close = self._orphans(after, close)
        if after >= len(self.text) or self._held(at, close, after):
            return 0
        return close if self._ends(at, end, close, after) else 0

    def _count_marks(self, at: int) -> None:
        for mark in _MARKS.finditer(self.text, self.read, at):
            sign = mark.group()
            if sign == "(":
                self.bracket = self.bracket if self.depth else mark.start()
                self.depth += 1
            elif sign == ")":
                self.depth = max(self.depth - 1, 0)
                self.bracket = self.bracket if self.depth else -1
            elif sign in "‘'":
                self.inner = mark.start()
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
        token = token_at(self.text, after)
        if token and all(sign in "”’»)" or (sign == '"' and self.quote >= 0) for sign in token):
            close = after + len(token)
            after = skip_space(self.text, close)
        return after, close

    def _held(self, at: int, close: int, after: int) -> bool:
        """Whether the run stands in a bracket, or in a short quoted title, that opened inside the sentence."""
        text = self.text
        if self.bracket > self.start:
            shut = self._shut(at)
            if shut >= close:
                return True
            if 0 <= shut < close and (text[at] != "." or self._short_in_bracket(at)):
                return True
        return text[at] in "!?" and (self._in_title(self.quote, at, close) or self._in_title(self.inner, at, close))

    def _shut(self, at: int) -> int:
        """Where the open bracket closes, -1 where it does not, as `(dulu Aurelia ditahan. Ia (47) …`."""
        depth = self.depth
        for sign in _BRACKETS.finditer(self.text, at, at + 600):
            depth += 1 if sign.group() == "(" else -1
            if not depth:
                return sign.start()
        return -1

    def _short_in_bracket(self, at: int) -> bool:
        """Whether the stop at AT belongs to an abbreviation or a single word in a bracket: `(Mar.)`."""
        words = self.text[self.bracket + 1 : at + 1][:WINDOW]
        return " " not in words.strip() or kind(tail_at(self.text, self.start, at + 1)) != "none"

    def _in_title(self, quote: int, at: int, close: int) -> bool:
        """Whether the mark at AT stands in a short quotation that opened at QUOTE and is a title: by its capitals, or
        because it opened inside the sentence, which goes on behind it."""
        text = self.text
        if quote < self.start:
            return False
        shut = text.find({"“": "”", "‘": "’"}.get(text[quote], text[quote]), at, quote + 80)
        if shut < close:
            return False
        before = text[max(self.start, quote - 4) : quote].rstrip()[-1:]
        inside = before not in ",:.!?—–-“" and self._goes_on(shut + 1)
        return (quote > self.start and inside) or is_title(text[quote + 1 : shut])

    def _goes_on(self, at: int) -> bool:
        follows = self.text[at : at + 3].strip()[:1]
        return follows.islower() or follows in set(",;.)")

    def _ends(self, at: int, end: int, close: int, after: int) -> bool:
        """Whether the run `[at, end)`, with closing marks up to CLOSE, ends a sentence before the token at AFTER."""
        text = self.text
        token = token_at(text, after)
        opened = token[0] if token[0] in _OPENERS else ""
        if self._bullet(token, close, after) or (text[at:end] == "." and _OPEN_CREDIT.match(text, after)):
            return True
        core = token.lstrip(_OPENERS + ".…")
        if not core and opened and len(token) == 1:  # an opening mark that stands apart
            core = token_at(text, skip_space(text, after + 1)).lstrip(_OPENERS)
        run = text[at:end]
        if not core or not can_open(core):
            if self._item(after) or (opened in ("(", "[") and run != "." and _CREDIT.match(text, after)):
                return True
            return run == "." and opened in tuple('([“„"‘') and self._full_stop(at, end, close, after, core)
        if close > end and not opened and self._attribution(core):
            return False
        if close > end and opened in ("", "(") and run != "." and self._titled(at, core):
            return False
        if "…" in run or (len(run) > 1 and run.strip(".") == ""):
            return self._ellipsis(at, core)
        if run != ".":
            return self._mark(at, end, core)
        return self._full_stop(at, end, close, after, core)

    def _bullet(self, token: str, close: int, after: int) -> bool:
        """Whether TOKEN is the bullet with which the sentence began, or one that begins a line."""
        return token in _BULLETS and (token_at(self.text, self.start) == token or "\n" in self.text[close:after])

    def _item(self, after: int) -> bool:
        """Whether an item mark (`b.`) follows in a sentence that opened with one (`a.`)."""
        return bool(_ITEM.match(self.text, after) and _ITEM.match(self.text, self.start))

    def _attribution(self, core: str) -> bool:
        word = _WORD.match(core)
        form = word.group().casefold() if word else ""
        return form in data.words("attribution") or form.removesuffix("nya") in data.words("attribution")

    def _titled(self, at: int, core: str) -> bool:
        """Whether a quotation that is a title by its capitals ends here in mid-sentence: `acara “Siapa Bisa?” TV`."""
        text, quote = self.text, max(self.quote, self.inner)
        if quote <= self.start or at - quote > 60 or starts_sentence(core):
            return False
        before = text[max(self.start, quote - 4) : quote].rstrip()[-1:]
        return before not in ",:.!?—–-“" and is_title(text[quote + 1 : at])

    def _ellipsis(self, at: int, core: str) -> bool:
        before = self.text[max(self.start, at - WINDOW) : at]
        if not before or before[-1].isspace() or before[-1] in "([":
            return False
        word, following = _LAST_WORD.search(before), _WORD.match(core)
        return not (word and following and word.group().casefold() == following.group().casefold())

    def _mark(self, at: int, end: int, core: str) -> bool:
        name = tail_at(self.text, self.start, end) in data.words("names_with_marks")
        return not (name and not starts_sentence(core)) and self.text[at - 1 : at] != "("

    def _full_stop(self, at: int, end: int, close: int, after: int, core: str) -> bool:
        text = self.text
        if close == end and end - self.start < 12 and _ENUMERATOR.fullmatch(text, self.start, end):
            self.item = number(text[self.start : end])
            return False
        if self.start == self.first and at - self.first < 64 and self._dateline(at, core):
            return False
        tail = tail_at(text, self.start, end)
        before = text[max(self.start, end - len(tail) - WINDOW) : end - len(tail)]
        apart, before = before[-1:].isspace(), before.rstrip()
        if apart and _ENUMERATOR.fullmatch(tail) and self._listed(tail, before):
            return False
        sort = kind(tail)
        if sort == "none" and core[:1].isdigit() and (_VERSION.search(tail) or parted(before, tail, core)):
            return False
        if sort in ("may_end", "degree", "initials") and _DESK.match(text, after):
            return True
        if tail in data.abbreviations("after_name") and self._headline(end, after):
            return False
        opened = text[after] if text[after] in _OPENERS else ""
        return ends_after(sort, tail, before, core, opened, close > end)

    def _dateline(self, at: int, core: str) -> bool:
        """Whether the block opens with a dateline that ends in the stop at AT."""
        if _DATELINE.fullmatch(self.text, self.first, at):
            return True
        place = _PLACE.fullmatch(self.text, self.first, at)
        return bool(place) and core[1:2].islower() and self.text[self.first : at] not in data.words("caps_labels")

    def _listed(self, tail: str, before: str) -> bool:
        """Whether an enumerator inside a sentence opens an item: `yaitu: 1. …; 2. …`, `1. Paspor 2. Visa`, `dan c.`."""
        count = number(tail)
        if before.endswith(":"):
            first = tail.lower() in ("1.", "a.", "i.")
            self.item = count if first else self.item
            return first
        if self.item and count == self.item + 1:
            self.item = count
            return True
        letter = len(tail) == 2 and tail.islower()
        return before.endswith(";") or (letter and (before.endswith(",") or before.rpartition(" ")[2] in _AND))

    def _headline(self, end: int, after: int) -> bool:
        """Whether the stop stands in a headline, in which all words have capitals: `Anora Tbk. Teken Kontrak Nikel`."""
        words = [*self.text[max(self.start, end - 100) : end].split(), *self.text[after : after + WINDOW].split()[:3]]
        return end - self.start < 100 and len(words) > 5 and not any(word[:1].islower() for word in words)

    def _glued(self, at: int, end: int, close: int) -> int:
        """A boundary without white space after it (`Senin.Presiden`), or 0."""
        text = self.text
        if close > end and text[close - 1] in "\"'" and self.quote < 0:
            close -= 1  # an opening quote, not a closing one
        following = _GLUED.match(text, close, close + WINDOW)
        tail = tail_at(text, self.start, end)
        if text[close] in "([" and text[at:end] == "." and kind(tail) == "none" and "." not in tail[:-1]:
            return close if _CREDIT.match(text, close) else 0
        if not following or self.bracket > self.start or "@" in around(text, at):
            return 0
        word = following.group(1)
        if not opens_glued(word, text, following.end()) or not closes_glued(tail, text, at, end, close, word):
            return 0
        if end - self.start < 12 and _ENUMERATOR.fullmatch(text, self.start, end):
            return 0
        return close
