"""Lists without marks and lists that are none: fact boxes, points, numbered headings."""

import re
from collections.abc import Iterator

from . import data
from .credits import credit
from .furniture import contact, item_number
from .lines import Draft
from .shapes import heading, stopped, words

_DASHED = re.compile(r"[^\W_][^:.!?\n]{1,28}(?= [–—-] )")
LABEL = re.compile(r"[^\W_][^:.!?\n]{0,38}(?=: )")
"""A label before a colon at the start of a block."""
FACTS = 3  # lines of a fact box, at least
POINT = 25  # words of a point in a list without marks, at most


def facts(drafts: list[Draft], speakers: frozenset[str]) -> None:
    """Lines of a fact box: at least two or three in a row that say `Luas: 1.860 km²`; blank lines stand between all of
    them or none. A byline at an end of the row stays one."""
    row: list[Draft] = []
    bodied = False
    for draft in [*drafts, None]:
        apart = bool(row and draft and draft.gap and (stopped(draft.text) or stopped(row[-1].text)))
        if draft and (_fact(draft, speakers) or (row and _bare_label(draft))) and not apart:
            row.append(draft)
            continue
        while row and row[-1].role == "byline":
            row.pop()
        spaced = any(fact.gap for fact in row[1:])
        few = FACTS - 1 if bodied and not spaced else FACTS
        if len(row) >= few and (bodied or not spaced) and sum(not fact.role for fact in row) > 1:
            for fact in row:
                fact.role, fact.reason = "list_item", "fact box"
        row = [draft] if draft and not draft.role and _fact(draft, speakers) else []
        bodied = bodied or bool(draft and not draft.role and not row and stopped(draft.text))


def _fact(draft: Draft, speakers: frozenset[str]) -> bool:
    """Whether the draft is a label with a short text."""
    open_line = draft.role in ("", "dateline") or (draft.role == "byline" and not draft.text.startswith("Sumber"))
    found = (LABEL.match(draft.text) or _DASHED.match(draft.text)) if open_line else None
    return (
        found is not None
        and found.group() not in speakers
        and not contact(draft.text)
        and words(found.group()) <= 4
        and words(draft.text) <= 16
        and draft.text[-1] not in "?!:"
        and not (draft.text[-1] == "." and words(draft.text) > 12)
    )


def _bare_label(draft: Draft) -> bool:
    return not draft.role and draft.text[-1] == ":" and words(draft.text) <= 3


def _closed(following: Draft | None) -> bool:
    """Whether a list of points ends before FOLLOWING."""
    if following is None or following.role not in ("", "list_item"):
        return True
    return following.gap and stopped(following.text)


def points(drafts: list[Draft]) -> None:
    """Lines right below `Poin penting` or `Ringkasan`, up to a blank line or the first sentence after one, are a list
    without marks."""
    row: list[Draft] | None = None
    title: Draft | None = None
    for draft, following in pairs(drafts):
        free = draft.role in ("", "list_item") and words(draft.text) <= POINT and not (row and credit(draft.text))
        if row is not None and free and (not draft.gap or not stopped(draft.text)):
            row.append(draft)
            if len(row) > 1 and _closed(following):
                if title and not title.role:
                    title.role, title.reason = "subheading", "over points"
                for point in row:
                    point.role, point.reason = "list_item", "point"
                row = None
            continue
        label = draft.role in ("", "boilerplate") and draft.text.rstrip(" :.…").casefold() in data.folded("points")
        row, title = ([], draft) if label else (None, None)


def numbered(drafts: list[Draft]) -> None:
    """A numbered heading over running text is a subheading, not a list item."""
    before = ""
    rest = [draft for draft in drafts if draft.role not in ("boilerplate", "related", "caption")]
    for draft, following in pairs(rest):
        role = draft.role
        alone = before != "list_item" or draft.gap
        if role == "list_item" and following and not following.role and alone and item_number(draft.text):
            running = words(following.text) > (4 if stopped(following.text) else 14)
            if running and words(draft.text) <= 14 and heading(_unmarked(draft.text)):
                draft.role, draft.reason = "subheading", "numbered heading over running text"
        before = role


def _unmarked(text: str) -> str:
    return text.split(None, 1)[-1]


def heads_text(following: Draft | None) -> bool:
    """Whether FOLLOWING is running text, so that a line before it rather heads it than links to an article."""
    return following is not None and not following.role and stopped(following.text)


def pairs(drafts: list[Draft]) -> Iterator[tuple[Draft, Draft | None]]:
    return zip(drafts, [*drafts[1:], None], strict=False)
