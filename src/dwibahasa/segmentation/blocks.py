"""Text to document: paragraphs, their roles, their sentences, and ids."""

from collections import Counter
from collections.abc import Sequence

from ..document import ROLES, Block, Document, Role, Segment
from .datelines import NOTHING
from .furniture import classify
from .lines import Draft, paragraphs
from .roles import assign
from .sentences import sentence_spans

LETTERS: dict[Role, str] = {
    "headline": "h",
    "subheading": "s",
    "paragraph": "p",
    "caption": "c",
    "byline": "b",
    "dateline": "d",
    "list_item": "l",
    "related": "r",
    "boilerplate": "x",
}
# Kept whole: a headline's `?` is no sentence end to cut at, and glued headlines cannot be told apart safely.
SEPARATOR = "\n\n"
"""What stands between two blocks of a structured format."""
_ROLES: dict[str, Role] = {role: role for role in ROLES}
_HEADINGS = ("headline", "subheading")
_WHOLE = ("headline", "subheading", "related", "byline", "dateline")


def segment(text: str, name: str = "text") -> Document:
    """The document of TEXT: its blocks in order, each with a role, a reason where a rule gave it, and its sentences.

    Ids are the letter of the role and a running number (`h1`, `p1`, `p2`, `x1`). The text before the first segment is
    white space, and from there on the segments and their `space` rejoin to TEXT; a text of white space has no blocks.
    Offsets are code points. The time is linear in the length of TEXT.
    """
    drafts = paragraphs(text)
    assign(drafts)
    return _document(text, drafts, name)


def segment_blocks(blocks: Sequence[tuple[str, Role | None]], name: str = "text") -> Document:
    """The document of BLOCKS that a structured format has: the text of each, without outer white space and not empty,
    and its role where the format tells it.

    The document's text is the blocks' texts joined by `SEPARATOR`. The roles left open are found as `segment` finds
    them, except that where any heading is known there are no others. A block may still become several: a
    `Baca juga: …` sentence inside a paragraph stands alone.
    """
    drafts, at = [], 0
    for text, role in blocks:
        draft = Draft(text, at, True)
        draft.role, draft.reason, draft.label = (role, "", False) if role else classify(text)
        drafts.append(draft)
        at = draft.end + len(SEPARATOR)
    assign(drafts)
    headings = any(role in _HEADINGS for _, role in blocks)
    for draft, (_, role) in zip(drafts, blocks, strict=True):
        if role:
            draft.role, draft.reason, draft.twin = role, "", None
        elif headings and draft.role in _HEADINGS:
            draft.role, draft.reason = "paragraph", ""
    return _document(SEPARATOR.join(text for text, _ in blocks), drafts, name)


def _document(text: str, drafts: Sequence[Draft], name: str) -> Document:
    """The document of TEXT whose blocks are DRAFTS, each with its role."""
    pieces = [piece for draft in drafts for piece in _sentences(draft)]
    ids, count = {}, Counter[str]()
    for draft, _ in pieces:
        letter = LETTERS[_role(draft)]
        count[letter] += 1
        ids[id(draft)] = f"{letter}{count[letter]}"
    ends = [spans[0][0] for _, spans in pieces[1:]] + [len(text)]
    return Document(
        text,
        tuple(
            Block(ids[id(draft)], _role(draft), _segments(text, spans, end), _reason(draft, ids))
            for (draft, spans), end in zip(pieces, ends, strict=False)
        ),
        name,
    )


def _role(draft: Draft) -> Role:
    return _ROLES[draft.role]


def _sentences(draft: Draft) -> list[tuple[Draft, list[tuple[int, int]]]]:
    """The draft with its sentence spans in the text; a `Baca juga: …` sentence inside a paragraph becomes a block."""
    if draft.role in _WHOLE:
        return [(draft, [(draft.start, draft.end)])]
    pieces: list[tuple[Draft, list[tuple[int, int]]]] = []
    for start, end in sentence_spans(draft.text):
        sentence = draft.text[start:end]
        link = bool(pieces) and draft.role == "paragraph" and len(sentence) < 400 and ":" in sentence[:40]
        role, reason, _ = classify(sentence) if link else NOTHING
        if role == "related":
            block = Draft(sentence, draft.start + start, False, role, reason)
            pieces.append((block, [(block.start, block.end)]))
        elif pieces and pieces[-1][0].role == draft.role:
            pieces[-1][1].append((draft.start + start, draft.start + end))
        else:
            part = draft if not pieces else Draft(sentence, draft.start + start, False, draft.role, draft.reason)
            pieces.append((part, [(draft.start + start, draft.start + end)]))
    return pieces


def _segments(text: str, spans: list[tuple[int, int]], end: int) -> tuple[Segment, ...]:
    starts = [start for start, _ in spans[1:]] + [end]
    return tuple(
        Segment(text[start:stop], start, text[stop:following])
        for (start, stop), following in zip(spans, starts, strict=True)
    )


def _reason(draft: Draft, ids: dict[int, str]) -> str:
    return f"{draft.reason} of {ids[id(draft.twin)]}" if draft.twin else draft.reason
