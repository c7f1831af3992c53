"""Text to document: paragraphs, their roles, their sentences, and ids."""

from collections import Counter

from ..document import ROLES, Block, Document, Role, Segment
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
_WHOLE = ("headline", "subheading", "related", "byline", "dateline")


def segment(text: str, name: str = "text") -> Document:
    """The document of TEXT: its blocks in order, each with a role, a reason where a rule gave it, and its sentences.

    Ids are the letter of the role and a running number (`h1`, `p1`, `p2`, `x1`). The text before the first segment is
    white space, and from there on the segments and their `space` rejoin to TEXT; a text of white space has no blocks.
    Offsets are code points. The time is linear in the length of TEXT.
    """
    drafts = paragraphs(text)
    assign(drafts)
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
    return next(role for role in ROLES if role == draft.role)


def _sentences(draft: Draft) -> list[tuple[Draft, list[tuple[int, int]]]]:
    """The draft with its sentence spans in the text; a `Baca juga: …` sentence inside a paragraph becomes a block."""
    if draft.role in _WHOLE:
        return [(draft, [(draft.start, draft.end)])]
    pieces: list[tuple[Draft, list[tuple[int, int]]]] = []
    for start, end in sentence_spans(draft.text):
        sentence = draft.text[start:end]
        role, reason, _ = classify(sentence) if draft.role == "paragraph" and len(sentence) < 400 else ("", "", False)
        if pieces and role == "related" and ":" in sentence[:40]:
            link = Draft(sentence, draft.start + start, False, role, reason)
            pieces.append((link, [(link.start, link.end)]))
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
