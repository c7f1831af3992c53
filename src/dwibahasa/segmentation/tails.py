"""The end of a page, after the last paragraph: who signed it, tags, names of sections, headlines of other articles."""

import re
from collections.abc import Sequence

from . import data
from .bylines import maker, name_of, person
from .credits import names_source
from .furniture import contact, letterhead
from .lines import Draft
from .shapes import heading, stopped, titled, words

LONG = 14  # words: a line without a full stop that is running text all the same
SHORT = 4  # words: a line without a full stop that heads nothing after a body of at least
BODY = 3  # paragraphs
NOTICES = 3  # sentences to the reader after the end
SIGNED = 4  # lines of a sender below a letter


def mark(drafts: list[Draft]) -> None:
    """The roles of the blocks after the last paragraph. Running text stays what it is, except a note on the author."""
    _to_readers(drafts)
    last = max((index for index, draft in enumerate(drafts) if _running(draft)), default=-1)
    if last < 1:
        return
    names = {name for draft in drafts if draft.role == "byline" and (name := name_of(draft.text))}
    for draft in drafts[max(1, last - 2) : last + 1]:
        if not draft.role and _about(draft.text, names):
            draft.role, draft.reason = "byline", "note on the author"
    body = sum(_running(draft) for draft in drafts) >= BODY
    tail = drafts[last + 1 :]
    taken = _signed(drafts[last], tail)
    furnished = any(draft.role in ("byline", "boilerplate") for draft in tail[:taken])
    closed = any(draft.role == "byline" for draft in tail[:taken])
    taken = max(taken, _officials(tail))
    if tail[:1] and tail[0].reason == "name of an outlet":
        tail[0].role = "byline"
    for index in range(taken, len(tail)):
        draft = tail[index]
        if not draft.role:
            alone = index + 1 == len(tail) or bool(tail[index + 1].role)
            draft.role, draft.reason = _role(draft.text, names, furnished, index == 0 and alone)
            if not draft.role and draft.gap and body and heading(draft.text) and words(draft.text) <= SHORT:
                draft.role, draft.reason = "boilerplate", "after the end"
        if not draft.role and closed and heading(draft.text) and words(draft.text) <= LONG:
            draft.role, draft.reason = "related" if titled(draft.text) else "boilerplate", "after the end"
        furnished = furnished or draft.role in ("byline", "boilerplate")
        closed = closed or draft.role == "byline" or draft.reason in ("tags", "pattern: Tags", "pattern: Tag")


def _to_readers(drafts: list[Draft]) -> None:
    """Short sentences that speak to the reader, after a byline that closes the article, are boilerplate."""
    found: list[Draft] = []
    running = [index for index, draft in enumerate(drafts) if _running(draft)]
    body = running[1] if len(running) > 2 else len(drafts)
    for draft in reversed(drafts[body:]):
        if draft.role == "byline":
            for notice in found:
                notice.role, notice.reason = "boilerplate", "to the reader, after the end"
            found = []
        elif not draft.role and stopped(draft.text):
            if not _to_reader(draft.text) or len(found) == NOTICES:
                return
            found.append(draft)


def _to_reader(text: str) -> bool:
    plain = words(text) <= 30 and not any(mark in text for mark in '“”"')
    return plain and not data.folded("to_readers").isdisjoint(word.strip(",.!?").casefold() for word in text.split())


def _running(draft: Draft) -> bool:
    if draft.role == "list_item":
        return True
    return not draft.role and (words(draft.text) > LONG or (stopped(draft.text) and not _sign_off(draft.text)))


def _about(text: str, names: set[str]) -> bool:
    head = text[:80].lstrip("*() ").casefold()
    return words(text) <= 30 and any(head.startswith((f"{name},", f"{name} adalah ")) for name in names)


def _signed(before: Draft, tail: Sequence[Draft]) -> int:
    """Number of lines that a sign-off (`Hormat saya,`) or a place and date announce; gives them their role."""
    opened = -1 if _sign_off(before.text) else None
    for index, draft in enumerate(tail[:3]):
        if _sign_off(draft.text) or (draft.role == "dateline" and "," in draft.text):
            opened = index
    if opened is None:
        return 0
    signature = tail[opened + 1 : opened + 1 + SIGNED]
    for count, draft in enumerate(signature):
        if draft.role or (count and draft.gap) or words(draft.text) > 12 or stopped(draft.text):
            return opened + 1 + count
        if contact(draft.text) or letterhead(draft.text)[1] not in ("", "letterhead: address"):
            return opened + 1 + count
        draft.role, draft.reason = "byline", "below a sign-off"
    return opened + 1 + len(signature)


def _officials(tail: Sequence[Draft]) -> int:
    """Number of the first lines of the tail that name an office and its holder (`Kepala Biro Humas`, a name)."""
    lines = []
    for draft in tail[:SIGNED]:
        if draft.role or words(draft.text) > 12 or not (_office(draft.text) or person(draft.text)):
            break
        lines.append(draft)
    if not any(_office(draft.text) for draft in lines):
        return 0
    for draft in lines:
        draft.role, draft.reason = "byline", "office and name"
    return len(lines)


def _office(text: str) -> bool:
    words = text.casefold().split(None, 2)
    return words[0] in data.folded("jobs") or " ".join(words[:2]) in data.folded("jobs")


def _sign_off(text: str) -> bool:
    return len(text) < 40 and text.rstrip(" ,.").casefold() in data.folded("sign_offs")


def _role(text: str, names: set[str], furnished: bool, alone: bool) -> tuple[str, str]:
    """The role of a line of the tail with the reason; FURNISHED: after a byline or furniture; ALONE: the first line
    and no run of such lines."""
    if not heading(text) or words(text) > LONG:
        return "", ""
    if words(text) <= 5 and text[0] in "([" and text[-1] in ")]":
        return "byline", "credit"
    parts = [part.strip() for part in text.split("|")]
    if len(parts) > 1 and all(part.isupper() and words(part) <= 5 for part in parts):
        return "byline", "names in capitals"
    if (_of_outlet(text) and words(text) <= 5) or _about(text, names) or text.casefold() in names:
        return "byline", "name at the end"
    if all(names_source(part.strip()) for part in re.split(r"[/,&]| dan ", text)):
        return "byline", "sources"
    if contact(text):
        return "boilerplate", "contact"
    if reason := letterhead(text)[1]:
        return "boilerplate", reason
    name, comma, rest = text.partition(", ")
    if comma and person(name) and rest.split()[0].casefold() in data.folded("jobs"):
        return "byline", "name and office"
    if alone and person(text):
        return "byline", "name at the end"
    tags = [part for part in re.split(r"[,|•#]\s*", text) if part]
    if furnished and len(tags) > 2 and all(words(tag) <= 3 for tag in tags):
        return "boilerplate", "tags"
    if words(text) <= 4 and (furnished or text.islower()):
        return "boilerplate", "after the end"
    return "", ""


def _of_outlet(text: str) -> bool:
    """`CNBC INDONESIA RESEARCH`, `TIM REDAKSI VOI`: capitals that begin or end with the name of an outlet."""
    if not text.isupper():
        return False
    parts = text.split()
    return any(names_source(" ".join(parts[:cut])) or names_source(" ".join(parts[-cut:])) for cut in (1, 2)) or (
        maker(text) and parts[0] == "TIM"
    )
