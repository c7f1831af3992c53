"""Put the form of a term where the word links say that its translation stands; undo what would read worse."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..document import Link, TermUse
from .english import article, is_function_word, is_plural, plural, titled
from .placing import find_place
from .tokens import words
from .verbatim import verbatim_spans

Align = Callable[[str, str], tuple[Link, ...]]
_PARTS = re.compile(r"[^\W\d_]+")
_SINGULAR_VERB = re.compile(r"\s+(?:is|was|has|does)\b", re.IGNORECASE)
_MID_SENTENCE = re.compile(r"[^\W_]['’\"”)]?,? $")
_NAME = re.compile(r" [A-Z]")
_ARTICLE = re.compile(r"\b(a|an|the)(\s+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` for `[start, end)`; the form stands in it from `offset` on, `length` long, for the words `old`."""

    start: int
    end: int
    text: str
    offset: int
    length: int
    old: str


def repair(source: str, uses: Sequence[TermUse], target: str, align: Align) -> tuple[str, tuple[TermUse, ...]]:
    """TARGET with the forms of missed and conflicting uses put in, and USES with their spans in the new target.

    ALIGN gives word links between SOURCE and a target; it is asked again after each repair. The words linked to a
    term are replaced, articles, capitals, plural and possessive looked after, never a word that another use claims.
    A repair that would drop or double a word, or for which no place is found, is not made and the use stays as it is.
    A form that the model was given with a capital, for the start of the sentence, loses it elsewhere.
    """
    done = list(uses)
    for i, use in enumerate(uses):
        if use.status not in ("missed", "conflict"):
            continue
        taken = [(u.start, u.end) for u in done if u.start >= 0] + list(verbatim_spans(target))
        edit = replacement(source, use, target, align(source, target), taken)
        if not edit:
            continue
        edited = target[: edit.start] + edit.text + target[edit.end :]
        if _doubled(edited) - _doubled(target) or _open_brackets(edited) != _open_brackets(target):
            continue
        grown = len(edited) - len(target)
        done = [replace(u, start=u.start + grown, end=u.end + grown) if u.start >= edit.end else u for u in done]
        start = edit.start + edit.offset
        end = start + edit.length
        done[i] = TermUse(use.match, "repaired", edited[start:end], start, end, "repair")
        target = edited
    return _settled(target, done)


def replacement(
    source: str, use: TermUse, target: str, links: Sequence[Link], taken: Sequence[tuple[int, int]]
) -> Edit | None:
    """What would put the form of the missed or conflicting USE into TARGET, outside the spans TAKEN; None where the
    LINKS show no place for it or it would not read as English there."""
    place = find_place(source, use, target, links, taken)
    edit = _edit(use, target, place) if place else None
    return None if edit and any(a < edit.end and edit.start < b for a, b in taken) else edit


def _settled(target: str, uses: Sequence[TermUse]) -> tuple[str, tuple[TermUse, ...]]:
    """TARGET and USES with a small letter where the form of a common noun, asked for with a capital, stands inside a
    sentence; not in a title, and not before a name (President Putin)."""
    apart = [w for w in words(target) if not any(u.start <= w.start < u.end for u in uses)]
    if not any(target[w.start].islower() and not is_function_word(w.key) for w in apart):
        return target, tuple(uses)
    done = list(uses)
    for i, use in enumerate(uses):
        capital = use.form[:1].isupper() and use.form[1:].islower() and use.form not in use.match.term.accept
        if use.step != "inline" or not capital or not use.match.term.target.islower():
            continue
        if _MID_SENTENCE.search(target[max(use.start - 4, 0) : use.start]) and not _NAME.match(target, use.end):
            form = use.form[0].lower() + use.form[1:]
            target = target[: use.start] + form + target[use.end :]
            done[i] = replace(use, form=form)
    return target, tuple(done)


def _unsafe(use: TermUse, old: str) -> bool:
    """Whether the form would stand for OLD as another part of speech: a name for common words or for a people
    (Thais), a noun for a participle or an adverb."""
    form = use.match.term.target
    if use.status == "conflict":
        return False
    if not form.islower() and (old.islower() or (is_plural(old) and not is_plural(form))):
        return True
    return any(old.endswith(ending) and not form.endswith(ending) for ending in ("ed", "ing", "ly"))


def _edit(use: TermUse, target: str, place: tuple[int, int]) -> Edit | None:
    """The replacement of PLACE by the form of USE, in the number, case and possessive of what stood there; None
    where it would not read as English."""
    start, end = place
    old = target[start:end]
    possessive = old[-2:] if old[-2:].lower() in ("'s", "’s") else ""
    old = old[: len(old) - len(possessive)]
    if _unsafe(use, old):
        return None
    form = use.match.term.target
    common = form.islower()
    if common and is_plural(old.lower()) and not is_plural(form):
        form = plural(form)
    if common and is_plural(form) and not is_plural(old.lower()) and _SINGULAR_VERB.match(target, end):
        return None
    before = _ARTICLE.search(target[:start])
    lead = _lead(before, form, common) if before else ""
    if before:
        start = before.start()
    opens = not any(char.isalnum() for char in target[:start])
    if use.match.term.source[0].islower() and not opens and all(part[0].isupper() for part in _PARTS.findall(old)):
        form = titled(form)
    if opens and target[start].isupper():
        lead, form = (lead[:1].upper() + lead[1:], form) if lead else ("", form[:1].upper() + form[1:])
    if target.isupper():
        lead, form = lead.upper(), form.upper()
    return Edit(start, end, lead + form + possessive, len(lead), len(form + possessive), old)


def _lead(before: re.Match[str], form: str, common: bool) -> str:
    """The article for FORM where BEFORE stood, with the space after it; empty where it needs none."""
    kept = before[1].lower()
    if form.lower().startswith("the ") or (kept != "the" and common and is_plural(form)):
        return ""
    return (kept if kept == "the" else article(form)) + before[2]


def _open_brackets(text: str) -> int:
    return text.count("(") - text.count(")")


def _doubled(text: str) -> set[tuple[str, ...]]:
    """Words and pairs of words that come twice in a row in TEXT."""
    keys = [w.key for w in words(text)]
    once = {(a,) for a, b in pairwise(keys) if a == b}
    return once | {tuple(keys[i : i + 2]) for i in range(len(keys) - 3) if keys[i : i + 2] == keys[i + 2 : i + 4]}
