"""Roles that need the neighbours: headline, subheading, caption, paragraph, and what a bare label announces."""

import re
from collections.abc import Iterator

from . import data, duplicates
from .abbreviations import kind
from .datelines import place_before_dash
from .furniture import credit, item_number, letterhead
from .lines import Draft
from .sentences import sentence_spans

_CLOSING = "”’\"'»)]*_ "
_ITEM_ENDS = (";", "; dan", "; atau")
_LABELLED = re.compile(r"([^\W\d_]+\.?(?: [a-z]+)?)\s*(:|\s)")


def assign(drafts: list[Draft]) -> None:
    """Gives every draft its role and the reason for it."""
    _announced(drafts)
    _head(drafts)
    duplicates.mark(drafts)
    _numbered(drafts)
    _body([draft for draft in drafts if draft.role not in ("boilerplate", "related", "byline")])


def _announced(drafts: list[Draft]) -> None:
    """Lines after a bare label (`Baca Juga:`, `Berita terkait`, `Tag:`) take its role while they look like headings."""
    label: Draft | None = None
    taken = 0
    for draft in drafts:
        if draft.label:
            label, taken = draft, 0
        elif label and draft.role in ("", "list_item") and _announces(label, draft, taken):
            draft.role, draft.reason = label.role, f"after {label.text.rstrip(' :')}"
            taken += 1
        else:
            label = None


def _announces(label: Draft, draft: Draft, taken: int) -> bool:
    if label.role == "byline":
        return taken == 0 and not draft.gap and _words(draft.text) <= 8 and not _stopped(draft.text)
    if label.role == "boilerplate":
        return not draft.gap and _words(draft.text) <= 4 and not _stopped(draft.text)
    goes_on = taken == 0 or not draft.gap or label.reason.startswith("section")
    return goes_on and _words(draft.text) <= 25 and not _stopped(draft.text)


def _head(drafts: list[Draft]) -> None:
    """Letterheads and section names, which count only above the first paragraph."""
    for index, draft in enumerate(drafts):
        if draft.role:
            continue
        if _stopped(draft.text) and _words(draft.text) > 12:
            return
        draft.role, draft.reason, _ = letterhead(draft.text)
        above = index - 1
        while draft.reason == "letterhead: address" and above >= 0 and _name_line(drafts[above]):
            drafts[above].role, drafts[above].reason = draft.role, "letterhead: name above an address"
            above -= 1


def _name_line(draft: Draft) -> bool:
    return not draft.role and draft.text.isupper()


def _numbered(drafts: list[Draft]) -> None:
    """A numbered heading over running text is a subheading, not a list item."""
    before = ""
    for draft, following in _pairs(drafts):
        role = draft.role
        alone = before != "list_item" or draft.gap
        if role == "list_item" and following and not following.role and alone and item_number(draft.text):
            running = _words(following.text) > (6 if _stopped(following.text) else 14)
            if running and _words(draft.text) <= 14 and heading(_unmarked(draft.text)):
                draft.role, draft.reason = "subheading", "numbered heading over running text"
        before = role


def _unmarked(text: str) -> str:
    return text.split(None, 1)[-1]


def _body(drafts: list[Draft]) -> None:
    headed = bodied = listing = False
    last = max((i for i, draft in enumerate(drafts) if not draft.role and _stopped(draft.text)), default=-1)
    for index, (draft, following) in enumerate(_pairs(drafts)):
        if not draft.role:
            if reason := _caption(draft, following, headed, bodied, index < last):
                draft.role, draft.reason = "caption", reason
            elif not (headed or bodied) and _headline(draft.text, following):
                draft.role, headed = "headline", True
            elif listing and _in_list(draft, following):
                draft.role, draft.reason = "list_item", "after a colon or a semicolon"
            elif (headed or bodied) and _subheading(draft.text, following):
                draft.role = "subheading"
            else:
                draft.role = "paragraph"
        bodied = bodied or draft.role in ("paragraph", "list_item")
        listing = draft.text.endswith((":", *_ITEM_ENDS)) or (listing and draft.role == "list_item")


def _in_list(draft: Draft, following: Draft | None) -> bool:
    """Whether the draft, which comes after a colon or a semicolon, is an item and not a heading over running text."""
    running = draft.gap and following and not following.role and _stopped(following.text)
    return draft.text.endswith(_ITEM_ENDS) or (heading(draft.text) and not running)


def _caption(draft: Draft, following: Draft | None, headed: bool, bodied: bool, text_follows: bool) -> str:
    """Why the draft is a caption; empty if it is none."""
    text = draft.text
    if len(text) > 900 or not (headed or bodied):
        return ""
    found = _LABELLED.match(text)
    if found and found.group(1).casefold().rstrip(".") in data.folded("captions"):
        label, rest = found.group(1), text[found.end() :]
        if found.group(2) == ":" or (label == "Ilustrasi" and (not _stopped(text) or credit(text))):
            return f"label: {label}" if rest else ""
    names = credit(text)
    short = len(sentence_spans(text)) <= 3
    if names and short and (re.match(r"\((?:foto|dok)", names, re.IGNORECASE) or (not bodied and text_follows)):
        return f"credit: {names}"
    if bodied or not short or not text_follows:
        return ""
    if draft.twinned:
        return "stands twice in the head"
    dated = following and place_before_dash(following.text)
    return "before the dateline" if dated and headed and _stopped(text) else ""


def _headline(text: str, following: Draft | None) -> bool:
    if not heading(text) or _words(text) > 30 or len(text) > 220:
        return False
    if following is None:  # nothing to head: only a title's capitals tell
        return _titled(text) and text[-1] not in "?!"
    return following.role != "" or not following.text[0].islower() or place_before_dash(following.text) > 0


def _subheading(text: str, following: Draft | None) -> bool:
    if not heading(text) or _words(text) > 14 or len(text) > 110 or following is None:
        return False
    if text[0].islower() or text[-1] == "!" or (following.role == "" and following.text[0].islower()):
        return False
    return text[-1] != "?" or (_words(text) <= 10 and text[0] not in '“"' and _stopped(following.text))


def heading(text: str) -> bool:
    """Whether TEXT could be a heading: no full stop, colon, comma or ellipsis at its end, no sentence that ends in a
    full stop inside."""
    last = text.rstrip(_CLOSING)[-1:]
    if last in (":", ";", ",", "…", "") or text.endswith("...") or (last == "." and not _abbreviated(text)):
        return False
    if len(text) > 300:
        return False
    return all(text[start:end].rstrip(_CLOSING)[-1:] in "?!" for start, end in sentence_spans(text)[:-1])


def _abbreviated(text: str) -> bool:
    return kind(text.rpartition(" ")[2]) in ("degree", "may_end", "initials")


def _stopped(text: str) -> bool:
    """Whether TEXT ends as running text does."""
    last = text[-40:].rstrip(_CLOSING)[-1:]
    return (
        (last in (".", "!", "?", "…", ":", ";") and not heading(text))
        or (last == ")" and "." in text)
        or bool(len(text) > 300 or credit(text))
    )


def _titled(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) * 10 >= 6 * len(words) > 0


def _words(text: str) -> int:
    """Number of words, counted up to 40."""
    return len(text.split(None, 40))


def _pairs(drafts: list[Draft]) -> Iterator[tuple[Draft, Draft | None]]:
    return zip(drafts, [*drafts[1:], None], strict=False)
