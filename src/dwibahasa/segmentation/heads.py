"""The head of an article, from its first line to its first paragraph: letterhead, sections, headline, bylines,
captions."""

import itertools
from collections.abc import Sequence

from . import captions, data
from .bylines import maker, person
from .furniture import breadcrumb, letterhead, section
from .lines import Draft
from .shapes import heading, stopped, titled, words

NAME = 4  # words: a line of capitals in the head that is as long is rather a headline than a name


def letterheads(drafts: list[Draft]) -> None:
    """Letterheads and section names, which count only above the first paragraph."""
    last = -1
    for index, draft in enumerate(drafts):
        if draft.role:
            continue
        if stopped(draft.text) and words(draft.text) > 12:
            break
        draft.role, draft.reason, _ = letterhead(draft.text)
        if draft.role:
            last = index
        elif section(draft.text):
            draft.role, draft.reason = "boilerplate", "section name"
    for draft in drafts[: max(last, 0)]:
        if not draft.role and _institution(draft.text):
            draft.role, draft.reason = "boilerplate", "letterhead: name above it"
    for draft, following in itertools.pairwise(drafts[last : last + 4] if last >= 0 else ()):
        longer = not following.role and heading(following.text) and words(draft.text) < words(following.text)
        if longer and not draft.role and _institution(draft.text):
            draft.role, draft.reason = "boilerplate", "letterhead: name below it"


def _institution(text: str) -> bool:
    first = text.split(None, 1)[0].casefold()
    return heading(text) and (text.isupper() or (words(text) <= 8 and first in data.folded("institutions")))


def mark(drafts: list[Draft]) -> None:
    """The roles of the head: of the lines that look like headings one is the headline; short ones above it are names
    of sections, names below it bylines; running text before the first paragraph may be a caption."""
    lines: list[Draft] = []
    end = 0
    for draft, following, dated in _open(drafts):
        if draft.role:
            break
        if lines and (reason := _caption(draft, following, dated)):
            draft.role, draft.reason = "caption", reason
        elif _line(draft.text) or (not lines and _trails_off(draft.text)):
            lines.append(draft)
        else:
            break
        end = following.start if following else drafts[-1].end
    if not lines:
        _promote(drafts)
    else:
        headline = _headline(lines)
        if _trails_off(headline.text):
            headline.role = "headline"
        _bylines(drafts, headline, end)
        for draft in drafts:
            if not draft.role and draft is not headline and draft.text == headline.text and words(draft.text) >= NAME:
                draft.role, draft.reason, draft.twin = "boilerplate", "duplicate", headline


def _promote(drafts: Sequence[Draft]) -> None:
    """Where no line is left for a headline, the first that a label took (`Sumber: Rusia Siap Mundur`) is it."""
    for draft in drafts:
        if draft.role in ("", "paragraph", "list_item", "subheading"):
            return
        taken = draft.role in ("byline", "caption") or draft.reason.startswith(("section name", "letterhead"))
        long = words(draft.text) >= NAME or draft.reason == "section name"
        if taken and long and heading(draft.text) and not person(draft.text.partition(":")[2]):
            draft.role, draft.reason = "headline", ""
            return


def _open(drafts: Sequence[Draft]) -> list[tuple[Draft, Draft | None, bool]]:
    """The drafts without a role of their own and the list items, each with the next one, and whether that one opens
    with a dateline or follows one."""
    found: list[tuple[Draft, Draft | None, bool]] = []
    following, dated = None, False
    for draft in reversed(drafts):
        if draft.reason == "place before a dash":
            dated = True
        elif draft.role in ("", "list_item"):
            found.append((draft, following, dated))
            following, dated = draft, captions.opens_dated(draft.text)
    return found[::-1]


def _line(text: str) -> bool:
    """Whether TEXT may be a headline, a section or a name."""
    return words(text) <= 30 and len(text) <= 220 and (heading(text) or person(text))


def _trails_off(text: str) -> bool:
    """A first line such as `Ketika Laut Pergi…`."""
    return text.endswith(("...", "…")) and words(text) <= 14 and heading(text.rstrip(".…"))


def _caption(draft: Draft, following: Draft | None, dated: bool) -> str:
    """Why the draft, which is not the headline, is a caption; empty if it is none. DATED: the text begins after it."""
    if not following or following.role or len(draft.text) > captions.LONGEST:
        return ""
    if draft.twinned:
        return "stands twice in the head"
    return captions.in_head(draft.text, dated)


def _headline(lines: Sequence[Draft]) -> Draft:
    """The headline among the lines of the head that look like one; gives those above it their role."""
    longest = [0] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        longest[index] = max(longest[index + 1], 0 if maker(text) and words(text) < NAME else words(text))
    for index, line in enumerate(lines[:-1]):
        if not _above(line, lines[index + 1], longest[index + 1]):
            return line
        line.role, line.reason = "boilerplate", "above the headline"
    return lines[-1]


def _above(line: Draft, following: Draft, longest: int) -> bool:
    """Whether a line is a kicker or breadcrumb and not the headline: short beside a line that comes after it, whose
    words number LONGEST at most."""
    count = words(line.text)
    if line.text[-1] in "?!" or longest < 4 or longest < count + 2:
        return False
    if breadcrumb(line.text) or (_institution(line.text) and line.text.isupper() and not following.text.isupper()):
        return True
    if count <= 4 and line.text.split()[0].casefold() in data.folded("genres") and line.text[-1] != ":":
        return True
    if count == 3:
        return line.text.isupper() and not following.gap and not following.text.isupper()
    return count < 3 and (line.text.isupper() or (not following.gap and (count == 1 or titled(following.text))))


def _bylines(drafts: Sequence[Draft], headline: Draft, end: int) -> None:
    """Names of people, outlets and teams beside a date line or another byline, below the headline and up to END."""
    places = [index for index, draft in enumerate(drafts) if headline.start < draft.start < end]
    for index in (*reversed(places), *places):
        draft = drafts[index]
        above, below = _beside(drafts, index)
        if draft.role == "caption" and "byline" in (above.role, below.role) and _named(draft):
            draft.role, draft.reason = "byline", "name beside a byline"
        if draft.role and draft.reason != "name of an outlet":
            if draft.reason.endswith(" lalu"):
                draft.role, draft.reason = "dateline", "time in the head"
            continue
        alone = above is headline and _dated(below) and words(draft.text) == 1 and draft.text[0].isupper()
        if alone or (maker(draft.text) and any(_dated(other) or other.role == "byline" for other in (above, below))):
            draft.role, draft.reason = "byline", "name beside a date or byline"


def _beside(drafts: Sequence[Draft], index: int) -> tuple[Draft, Draft]:
    """The drafts above and below, past rules and counters; the draft itself where there is none."""
    above = next((other for other in drafts[index - 1 : max(index - 3, 0) : -1] if not _thin(other)), drafts[index])
    below = next((other for other in drafts[index + 1 : index + 3] if not _thin(other)), drafts[index])
    return above, below


def _thin(draft: Draft) -> bool:
    return draft.role == "boilerplate" and draft.reason != "name of an outlet" and len(draft.text) < 20


def _named(draft: Draft) -> bool:
    return draft.reason.startswith("label") and person(draft.text.partition(":")[2].strip())


def _dated(draft: Draft) -> bool:
    return draft.role == "dateline" and draft.reason != "clock time"
