"""The end of a page, after the last paragraph: who signed it, tags, names of sections, headlines of other articles."""

import re
from collections.abc import Sequence
from functools import lru_cache

from . import data
from .bylines import maker, name_first, name_of, person
from .credits import names_source
from .furniture import contact, letterhead
from .lines import Draft
from .shapes import heading, institution, stopped, titled, words

LONG = 14  # words: a line without a full stop that is running text all the same
SHORT = 4  # words: a line without a full stop that heads nothing after a body of at least
BODY = 3  # paragraphs
NOTICES = 3  # sentences to the reader after the end
_LETTERS = re.compile(r"[A-Z]{2,4}(?:/[A-Z]{2,4})*")
_CLOSING = ("tags", "pattern: Tag", "pattern: Copyright", "pattern: ©")
_ABOUT = ("informasi", "tentang")
SIGNED = 4  # lines of a sender below a letter


def mark(drafts: list[Draft]) -> None:
    """The roles of the blocks after the last paragraph. Running text stays what it is, except a note on the author."""
    _notices(drafts)
    _to_readers(drafts)
    _dated_officials(drafts)
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
    apart = body and _apart(tail[taken:])
    for index in range(taken, len(tail)):
        draft = tail[index]
        if draft.role == "caption" and _photographer(draft.text, tail[max(index - 1, 0) : index + 2]):
            draft.role, draft.reason = "byline", "photographer beside a byline"
        if not draft.role:
            alone = index + 1 == len(tail) or bool(tail[index + 1].role)
            draft.role, draft.reason = _role(
                draft.text, names, furnished, index == 0 and alone, draft.gap or titled(draft.text)
            )
            if not draft.role and apart and index == taken:
                draft.role, draft.reason = "boilerplate", "after the end"
        if (
            not draft.role
            and index < 2
            and not furnished
            and words(draft.text) <= 5
            and institution(draft.text)
            and titled(draft.text)
        ):
            draft.role, draft.reason = "byline", "office at the end"
        if not draft.role and closed and heading(draft.text) and words(draft.text) <= LONG:
            linked = titled(draft.text) and not (draft.text[0].isdigit() and "," in draft.text)
            draft.role, draft.reason = "related" if linked else "boilerplate", "after the end"
        furnished = furnished or draft.role in ("byline", "boilerplate")
        closed = closed or draft.role == "byline" or draft.reason in ("tags", "pattern: Tags", "pattern: Tag")


def _apart(tail: Sequence[Draft]) -> bool:
    """Whether the text ends in short lines behind a blank line, two at least and no sentence among them."""
    short = [draft for draft in tail if words(draft.text) <= SHORT and draft.text[-1].isalnum()]
    return len(tail) > 1 and len(short) == len(tail) and tail[0].gap


def _to_readers(drafts: list[Draft]) -> None:
    """Short sentences that speak to the reader, after a byline that closes the article, are boilerplate."""
    found: list[Draft] = []
    running = [index for index, draft in enumerate(drafts) if _running(draft)]
    body = running[1] if len(running) > 2 else len(drafts)
    for draft in reversed(drafts[body:]):
        if draft.role == "byline" or draft.reason.startswith(_CLOSING):
            for notice in found:
                notice.role, notice.reason = "boilerplate", "to the reader, after the end"
            found = []
        elif not draft.role and stopped(draft.text):
            if not _to_reader(draft.text) or len(found) == NOTICES:
                return
            found.append(draft)


def _notices(drafts: list[Draft]) -> None:
    """Corrections and notes on the article with nothing but furniture below them."""
    running = [index for index, draft in enumerate(drafts) if _running(draft)]
    for draft in reversed(drafts[running[1] + 1 :] if len(running) > 1 else ()):
        if not draft.role and (pattern := data.patterns("notices").match(draft.text)):
            draft.role, draft.reason = "boilerplate", f"notice: {pattern}"
        elif not draft.role and stopped(draft.text) and _service(draft.text):
            draft.role, draft.reason = "boilerplate", "service to the reader"
        elif _running(draft):
            return


def _service(text: str) -> bool:
    """`Kirim surat Anda ke redaksi@lensa.example.`: speaks to the reader and names an address or parts of a page."""
    spoken = {word.strip(",.!?:;()").casefold() for word in text.split(None, 40)}
    if len(text) > 300 or any(mark in text for mark in '“”"') or spoken.isdisjoint(("anda", "kami", "kamu", "redaksi")):
        return False
    return contact(text) or len(spoken & data.folded("page_words")) > 2


def _to_reader(text: str) -> bool:
    plain = words(text) < 40 and not any(mark in text for mark in '“”"')
    spoken = (word.strip(",.!?:;()").casefold() for word in text.split())
    return plain and not data.folded("to_readers").isdisjoint(spoken)


def _running(draft: Draft) -> bool:
    if draft.role:
        return draft.role == "list_item"
    if words(draft.text) <= 4 and _sources(draft.text):
        return False
    return words(draft.text) > LONG or (stopped(draft.text) and not _sign_off(draft.text))


def _about(text: str, names: set[str]) -> bool:
    head = text[:80].lstrip("*() ").casefold()
    return words(text) <= 30 and any(
        head.startswith((f"{name},", f"{name} adalah ", f"{name} lahir ")) for name in names
    )


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
        if (
            draft.role
            or (count and draft.gap)
            or words(draft.text) > 12
            or stopped(draft.text)
            or draft.text[0].isdigit()
        ):
            return opened + 1 + count
        if (
            draft.text.split()[0].casefold() in _ABOUT
            or contact(draft.text)
            or letterhead(draft.text)[1] not in ("", "letterhead: address")
        ):
            return opened + 1 + count
        draft.role, draft.reason = "byline", "below a sign-off"
    return opened + 1 + len(signature)


def _dated_officials(drafts: Sequence[Draft]) -> None:
    """Below a place and date after the body, whatever follows them: an office and its holder."""
    bodied = 0
    for index, draft in enumerate(drafts):
        bodied += _running(draft)
        if bodied > 1 and draft.role == "dateline" and "," in draft.text:
            _officials(drafts[index + 1 :])


def _officials(tail: Sequence[Draft]) -> int:
    """Number of the first lines of the tail that name an office and its holder (`Kepala Biro Humas`, a name)."""
    lines = []
    for draft in tail[:SIGNED]:
        about = draft.text.split(None, 1)[0].casefold() in _ABOUT
        if about or draft.role or words(draft.text) > 12 or not (_office(draft.text) or person(draft.text)):
            break
        lines.append(draft)
    if not any(_office(draft.text) for draft in lines):
        return 0
    for draft in lines:
        draft.role, draft.reason = "byline", "office and name"
    return len(lines)


def _office(text: str) -> bool:
    if not titled(text):
        return False
    words = text.casefold().split(None, 2)
    return words[0] in data.folded("jobs") or " ".join(words[:2]) in data.folded("jobs")


def _sign_off(text: str) -> bool:
    return len(text) < 40 and text.rstrip(" ,.").casefold() in data.folded("sign_offs")


def _role(text: str, names: set[str], furnished: bool, alone: bool, apart: bool) -> tuple[str, str]:
    """The role of a line of the tail with the reason; FURNISHED: after a byline or furniture; ALONE: the first line
    and no run of such lines; APART: a blank line stands before it, or it has a title's capitals."""
    if not heading(text) or words(text) > LONG:
        return "", ""
    if words(text) <= 5 and text[0] in "([" and text[-1] in ")]":
        return "byline", "credit"
    parts = [part.strip() for part in text.split("|")]
    if len(parts) > 1 and all(part.isupper() and words(part) <= 5 for part in parts):
        return "byline", "names in capitals"
    if (_of_outlet(text) and words(text) <= 5) or _about(text, names) or text.casefold() in names:
        return "byline", "name at the end"
    if _sources(text):
        return "byline", "sources"
    if contact(text):
        return "boilerplate", "contact"
    if reason := letterhead(text)[1]:
        return "boilerplate", reason
    name, comma, rest = text.lstrip("*) ").partition(", ")
    if comma and person(name) and rest.split()[0].strip(",").casefold() in data.folded("jobs"):
        return "byline", "name and office"
    if alone and comma and person(name) and titled(rest) and words(rest) <= 3:
        return "byline", "name and place"
    first, _, rest = text.partition(" ")
    if first.casefold() in data.folded("jobs") and first.istitle() and person(rest):
        return "byline", "office and name"
    if furnished and first.casefold() in _ABOUT:
        return "boilerplate", "about the sender"
    if alone and ((maker(text) and words(text) <= 4) or name_first(text) or _LETTERS.fullmatch(text)):
        return "byline", "name at the end"
    tags = [part for part in re.split(r"[,|•#]\s*", text) if part]
    listed = len(tags) > 2 and " dan " not in text and all(words(tag) <= 3 for tag in tags) and '"' not in text
    if listed and (furnished or alone or text.islower()):
        return "boilerplate", "tags"
    short = words(text) <= (4 if apart or not furnished else 8)
    if short and (furnished or text.islower()) and text[-1] not in '?!"”':
        return "boilerplate", "after the end"
    return "", ""


@lru_cache(1024)
def _sources(text: str) -> bool:
    """`AFP, Reuters`, `AFP/Lensa`."""
    if all(names_source(part.strip()) for part in re.split(r"[/,&]| dan ", text)):
        return True
    parts = text.split("/")
    return len(parts) > 1 and any(map(names_source, parts)) and all(words(part) <= 2 and titled(part) for part in parts)


def _photographer(text: str, beside: Sequence[Draft]) -> bool:
    """Whether TEXT is `Foto: Agus Suparto` and a byline stands beside it."""
    names = text.partition(":")[2].strip()
    if names.startswith("Tim ") and maker(names):
        return True
    return person(names) and any(draft.role == "byline" for draft in beside)


def _of_outlet(text: str) -> bool:
    """`CNBC INDONESIA RESEARCH`, `TIM REDAKSI VOI`: capitals that begin or end with the name of an outlet."""
    if not text.isupper():
        return False
    parts = text.split()
    return any(names_source(" ".join(parts[:cut])) or names_source(" ".join(parts[-cut:])) for cut in (1, 2)) or (
        maker(text) and parts[0] == "TIM"
    )
