"""The head of an article, from its first line to its first paragraph: letterhead, sections, headline, bylines,
captions."""

from collections.abc import Sequence

from . import captions, data
from .bylines import maker
from .furniture import breadcrumb, letterhead, section
from .lines import Draft
from .shapes import heading, stopped, titled, words


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


def _institution(text: str) -> bool:
    first = text.split(None, 1)[0].casefold()
    return heading(text) and (text.isupper() or (words(text) <= 8 and first in data.folded("institutions")))


def mark(drafts: list[Draft]) -> None:
    """The roles of the head: of the lines that look like headings one is the headline; short ones above it are names
    of sections, names below it bylines; running text before the first paragraph may be a caption."""
    lines: list[Draft] = []
    end = 0
    open_drafts = [draft for draft in drafts if not draft.role or draft.role == "list_item"]
    for draft, following in zip(open_drafts, [*open_drafts[1:], None], strict=False):
        if draft.role:
            break
        reason = ""
        if lines and following and not (heading(draft.text) and words(draft.text) > 25):
            reason = _caption(draft, following)
        if reason:
            draft.role, draft.reason = "caption", reason
        elif heading(draft.text) and words(draft.text) <= 30 and len(draft.text) <= 220:
            lines.append(draft)
        else:
            break
        end = draft.start
    if lines:
        _bylines(drafts, _headline(lines), end)


def _caption(draft: Draft, following: Draft) -> str:
    """Why the draft, which is no longer the headline, is a caption; empty if it is none."""
    if following.role or len(draft.text) > captions.LONGEST:
        return ""
    if draft.twinned:
        return "stands twice in the head"
    return captions.in_head(draft.text, following.text)


def _headline(lines: Sequence[Draft]) -> Draft:
    """The headline among the lines of the head that look like one; gives those above it their role."""
    longest = [0] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        longest[index] = max(longest[index + 1], 0 if maker(text) else words(text))
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
    if breadcrumb(line.text) or count == 1:
        return True
    if count == 3:
        return line.text.isupper() and not following.gap and not following.text.isupper()
    return count == 2 and (line.text.isupper() or titled(following.text))


def _bylines(drafts: Sequence[Draft], headline: Draft, end: int) -> None:
    """Names of people, outlets and teams beside a date line or another byline, below the headline and up to END."""
    for index, draft in enumerate(drafts):
        if draft.start > end:
            return
        if draft.start <= headline.start or (draft.role and draft.reason != "name of an outlet"):
            continue
        beside = [other.role for other in (*drafts[index - 1 : index], *drafts[index + 1 : index + 2])]
        if maker(draft.text) and ("dateline" in beside or "byline" in beside):
            draft.role, draft.reason = "byline", "name beside a date or byline"
