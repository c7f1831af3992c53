"""Roles that need the neighbours: what a label announces, numbered headings, facts, subheadings, paragraphs."""

import re
from collections import Counter

from . import data, duplicates, heads, tails
from .bylines import maker
from .captions import opens_dated
from .credits import credit
from .datelines import place_before_dash
from .furniture import invitation, outlet_itself, section
from .lines import Draft
from .lists import LABEL, facts, heads_text, numbered, pairs, points
from .shapes import heading, stopped, titled, words

_INTERVIEW = ("wawancara", "pewawancara", "diwawancara", "tanya jawab")
_ITEM_ENDS = (";", "; dan", "; atau")
_BOX = re.compile(r"Lewati (.{3,60}) dan (?:terus membaca|lanjutkan membaca)$", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}(?:[.,]\d{1,3})?[KkMm]?|Rp ?\d[\d.]{0,10}")
ROW = 12  # entries of a list of furniture, at most, past which known furniture ends it
ENCLOSED = 6  # words of a line between furniture, at most
BOX = 12  # blocks of an inserted box, at most


def assign(drafts: list[Draft]) -> None:
    """Gives every draft its role and the reason for it."""
    _announced(drafts)
    _headings(drafts)
    heads.letterheads(drafts)
    _boxes(drafts)
    _contents(drafts)
    _paging(drafts)
    duplicates.mark(drafts)
    _credits(drafts)
    speakers = _speakers(drafts)
    numbered(drafts)
    facts(drafts, speakers)
    points(drafts)
    heads.mark(drafts)
    _invitations(drafts)
    _enclosed(drafts)
    tails.mark(drafts)
    asked = any(draft.text.casefold().startswith(_INTERVIEW) for draft in drafts[:BOX])
    _body([draft for draft in drafts if draft.role not in ("boilerplate", "related", "byline")], speakers, asked)


def _announced(drafts: list[Draft]) -> None:
    """Lines after a bare label (`Baca Juga:`, `Berita terkait`, `Tag:`) take its role while they look like headings.
    A label of links that announces none is boilerplate."""
    label: Draft | None = None
    taken = 0
    before: Draft | None = None
    headed = False
    lines: set[str] = set()  # since the label
    for draft, following in pairs(drafts):
        if draft.label and draft.role == "byline" and not headed and section(draft.text):
            draft.role, draft.reason, draft.label = "boilerplate", "section name", False
        headed = headed or not draft.role
        if draft.reason == "above a caption" and before and (before.role == "caption" or credit(before.text)):
            draft.label = False  # the caption stood above
        before = draft
        if label and label.reason.startswith("section") and _ranked(draft, following):
            draft.role, draft.reason = "boilerplate", "rank"
            continue
        again = label is not None and draft.text.casefold() in lines
        lines.add(draft.text.casefold())
        if label and not draft.label and not again and _announces(label, draft, following, taken):
            above = label.reason == "above a caption"
            draft.role, draft.reason = "caption" if above else label.role, f"after {label.text.rstrip(' :')}"
            taken += 1
            continue
        if label and label.role == draft.role == "boilerplate" and not draft.label and not draft.gap and taken < ROW:
            taken += 1  # an entry of the list that is furniture by itself
            continue
        lines.clear()
        _unused(label, taken)
        label, taken = (draft, 0) if draft.label else (None, 0)
    _unused(label, taken)


def _ranked(draft: Draft, following: Draft | None) -> bool:
    """Whether the draft is the number of a headline that follows in a list of the most read."""
    if following is None or following.role or not _number(draft.text):
        return False
    return words(following.text) >= 3 and not stopped(following.text)


def _headings(drafts: list[Draft]) -> None:
    """Words that head a part of an article as well (`Rekomendasi`): between running text they are no furniture."""
    before: Draft | None = None
    for draft, following in pairs(drafts):
        word = draft.text.rstrip(" :").casefold() if len(draft.text) < 40 else ""
        if draft.role in ("boilerplate", "related") and word in data.folded("headings"):
            above = before is not None and not before.role and stopped(before.text)
            if above and heads_text(following) and words(following.text if following else "") > 6:
                draft.role = draft.reason = ""
        before = draft


def _boxes(drafts: list[Draft]) -> None:
    """What stands between `Lewati X dan terus membaca` and `Akhir dari X` (BBC) is an inserted box: boilerplate."""
    for index, draft in enumerate(drafts):
        if not (found := _BOX.match(draft.text)):
            continue
        end = f"akhir dari {found.group(1).casefold()}"
        for last, other in enumerate(drafts[index + 1 : index + 1 + BOX], index + 1):
            if other.text.casefold() == end:
                for part in drafts[index : last + 1]:
                    part.role, part.reason = "boilerplate", "inserted box"


def _contents(drafts: list[Draft]) -> None:
    """A table of contents without a label: adjacent lines, each of which comes again over running text."""
    over = [draft for draft, following in pairs(drafts) if heads_text(following) and heading(draft.text)]
    places = {draft.text.casefold(): draft.start for draft in over}
    row: list[Draft] = []
    for draft in [*drafts, None]:
        again = places.get(draft.text.casefold(), -1) if draft and draft.role in ("", "list_item") else -1
        if draft and again > draft.start:
            row.append(draft)
            continue
        for line in row if len(row) > 1 else ():
            line.role, line.reason = "boilerplate", "table of contents"
        row = []


def _paging(drafts: list[Draft]) -> None:
    """Numbers of pages: a small number alone on its line, beside another or beside furniture."""
    before = None
    for draft, following in pairs(drafts):
        if not draft.role and _number(draft.text):
            beside = (before, following)
            if any(other and (other.role == "boilerplate" or _number(other.text)) for other in beside):
                draft.role, draft.reason = "boilerplate", "page number"
        before = draft


def _number(text: str) -> bool:
    return (len(text) <= 6 or text.startswith("Rp")) and len(text) <= 14 and bool(_COUNT.fullmatch(text))


def _unused(label: Draft | None, taken: int) -> None:
    if label and not taken and label.role == "related":
        label.role = "boilerplate"


def _announces(label: Draft, draft: Draft, following: Draft | None, taken: int) -> bool:
    if label.role == "byline":
        name = maker(draft.text) or (taken == 0 and not draft.gap and words(draft.text) <= 8)
        free = not draft.role or draft.reason == "name of an outlet"
        return free and name and taken < 3 and not stopped(draft.text)
    if draft.role not in ("", "list_item"):
        return False
    if label.reason == "above a caption":
        below = not draft.gap and taken == 0 and words(draft.text) < 40 and not opens_dated(draft.text)
        return below and following is not None
    if label.role == "boilerplate":
        contents = label.text.rstrip(" :").casefold() in data.folded("contents")
        apart = draft.gap and (taken > 0 or heads_text(following))
        if taken == 0 and draft.text[-1] == "?" and label.text.rstrip(" :?").casefold() in data.folded("polls"):
            return not draft.gap and words(draft.text) <= 20
        return not apart and words(draft.text) <= (14 if contents else 5) and not stopped(draft.text)
    if label.reason.startswith("section") and words(draft.text) < 3:
        return False
    goes_on = taken == 0 or not draft.gap or (label.reason.startswith("section") and not heads_text(following))
    return goes_on and words(draft.text) <= 25 and not stopped(draft.text)


def _credits(drafts: list[Draft]) -> None:
    """`Sumber: …` right below a caption is its credit."""
    before = None
    bodied = 0
    for draft in drafts:
        source = draft.role == "byline" and draft.text.casefold().startswith("sumber")
        fact = before is not None and not before.role and bool(LABEL.match(before.text)) and not stopped(before.text)
        pictured = before and (before.role == "caption" or (not before.role and bodied == 1 and stopped(before.text)))
        if source and pictured and not draft.gap and not fact:
            draft.role, draft.reason = "caption", "credit below a caption"
        bodied += not draft.role and stopped(draft.text)
        before = draft


def _invitations(drafts: list[Draft]) -> None:
    headed = False
    for draft in drafts:
        if headed and not draft.role and (invitation(draft.text) or outlet_itself(draft.text) or _offer(draft.text)):
            draft.role, draft.reason = "boilerplate", "call to the reader"
        headed = headed or draft.role in ("", "headline")


def _enclosed(drafts: list[Draft]) -> None:
    """Short lines right between furniture, without blank lines and below the headline, are furniture too."""
    run: list[Draft] = []
    headed = after = False  # after: furniture stands before the run
    for draft in drafts:
        headed = headed or draft.role == "headline" or (not draft.role and stopped(draft.text))
        short = not draft.role and words(draft.text) <= ENCLOSED and heading(draft.text)
        if headed and after and short and not draft.gap:
            run.append(draft)
            continue
        if run and draft.role == "boilerplate" and not draft.gap and len(run) <= 2:
            for line in run:
                line.role, line.reason = "boilerplate", "between furniture"
        run = []
        after = draft.role == "boilerplate"


def _offer(text: str) -> bool:
    """`Berlangganan mulai Rp45.000 per bulan`."""
    folded = text.casefold()
    return words(text) <= 14 and "langganan" in folded and not stopped(text) and ("rp" in folded or "gratis" in folded)


def _speakers(drafts: list[Draft]) -> frozenset[str]:
    """The labels before a colon that open several blocks, as the speakers of an interview do."""
    labels = (found.group() for draft in drafts if not draft.role and (found := LABEL.match(draft.text)))
    return data.words("speakers") | {label for label, count in Counter(labels).items() if count > 1}


def _body(drafts: list[Draft], speakers: frozenset[str], asked: bool) -> None:
    """The roles that are left; ASKED: in an interview, whose questions are no headings."""
    headed = bodied = listing = False
    for draft, following in pairs(drafts):
        if not draft.role:
            if not (headed or bodied) and _headline(draft.text, following):
                draft.role = "headline"
            elif listing and _in_list(draft, following):
                draft.role, draft.reason = "list_item", "after a colon or a semicolon"
            elif asked and draft.text[-1] == "?":
                draft.role = "paragraph"  # a question of an interview
            elif (headed or bodied) and _subheading(draft.text, following, speakers):
                credited = credit(draft.text)
                draft.role, draft.reason = ("caption", f"credit: {credited}") if credited else ("subheading", "")
            else:
                draft.role = "paragraph"
        headed = headed or draft.role == "headline"
        bodied = bodied or draft.role in ("paragraph", "list_item")
        listing = draft.text.endswith((":", *_ITEM_ENDS)) or (listing and draft.role == "list_item")


def _in_list(draft: Draft, following: Draft | None) -> bool:
    """Whether the draft, which comes after a colon or a semicolon, is an item and not a heading over running text."""
    if credit(draft.text):
        return False
    running = draft.gap and following and not following.role and stopped(following.text)
    return draft.text.endswith(_ITEM_ENDS) or (heading(draft.text) and not running)


def _headline(text: str, following: Draft | None) -> bool:
    if not heading(text) or words(text) > 30 or len(text) > 220:
        return False
    if following is None:  # nothing to head: only a title's capitals tell
        return titled(text) and text[-1] not in "?!"
    return following.role != "" or not following.text[0].islower() or place_before_dash(following.text) > 0


def _subheading(text: str, following: Draft | None, speakers: frozenset[str]) -> bool:
    if not heading(text) or words(text) > 14 or len(text) > 110 or following is None:
        return False
    bracketed = text[0] == "(" and text[-1] == ")"
    small = text[0].islower() or (following.role == "" and following.text[0].islower())
    if small or bracketed or text[-1] == "!":
        return False
    if (found := LABEL.match(text)) and found.group() in speakers:
        return False
    return text[-1] != "?" or (words(text) <= 10 and text[0] not in '“"' and stopped(following.text))
