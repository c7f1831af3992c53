"""Blocks that stand twice in a scraped text: whole, or once cut off (`… menandatangani pakta pertahan`)."""

import itertools

from .credits import credit
from .lines import Draft

NEAR, HEAD = 4, 6  # blocks
SHORT, LONG = 8, 25  # words


def mark(drafts: list[Draft]) -> None:
    """Gives every duplicate the role boilerplate and its `twin`, the block that stays.

    Ordinary repetition stays: a whole block counts only when it is long, or when the two stand close together; one
    that is the beginning of another counts when it breaks off inside a word or at an ellipsis.
    """
    places = [(_key(draft.text), index) for index, draft in enumerate(drafts) if not draft.role]
    places.sort()
    keep: dict[str, int] = {}
    for key, index in places:
        first = keep.setdefault(key, index)
        if first != index and _repeated(drafts[index], first, index):
            _drop(drafts[index], drafts[first], "duplicate")
    keys = list(keep)
    for key, longer in reversed(list(itertools.pairwise(keys))):
        here, there = drafts[keep[key]], drafts[keep[longer]]
        if longer.startswith(key) and _cut_off(here, there, key, longer, keep[key], keep[longer]):
            _drop(here, there.twin or there, "cut-off duplicate")


def _key(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".…")


def _drop(draft: Draft, twin: Draft, reason: str) -> None:
    draft.role, draft.reason, draft.twin = "boilerplate", reason, twin
    twin.twinned = True


def _repeated(draft: Draft, first: int, index: int) -> bool:
    words = len(draft.text.split(None, LONG))
    if words > LONG:
        return True
    close = index - first == 1 or (first < HEAD and index - first <= NEAR)
    return close and words >= (SHORT if draft.text[-1] in '.!?”"' else 3)


def _cut_off(draft: Draft, twin: Draft, key: str, longer: str, here: int, there: int) -> bool:
    if len(key) < 30 or key.count(" ") < 4:
        return False
    inside_word = key[-1].isalnum() and longer[len(key)].isalnum()
    if draft.text[-1].isalnum() and inside_word:
        return True
    if draft.text.endswith(("...", "…")):
        return True
    near = abs(here - there) <= NEAR and min(here, there) < HEAD
    if near and here > 0 and credit(twin.text)[:1] in ("(", "[") and not credit(draft.text) and not inside_word:
        return True
    return near and here > 0 and key.count(" ") >= 10 and not inside_word
