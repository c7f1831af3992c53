"""What became of the terms in a translation: the form to ask for, the check, the repair."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..document import Term, TermMatch, TermStatus, TermUse
from .english import adjective_of, plural, singular
from .repairing import repair
from .tokens import Word, gap, plain, words
from .verbatim import verbatim_spans

__all__ = ["check", "repair", "target_form"]


@dataclass(frozen=True, slots=True)
class _Found:
    """A form at `[start, end)` of the target, as the term prefers it or not."""

    start: int
    end: int
    exact: bool

    def meets(self, spans: Sequence["_Found"]) -> bool:
        return any(self.start < s.end and s.start < self.end for s in spans)


def target_form(match: TermMatch, text: str) -> str:
    """The English form to ask for at MATCH in TEXT, the segment's source.

    The preferred form in its own case, all-capitals text or not; with a capital when it opens the segment; in the
    plural when a lower-case term is reduplicated (rudal-rudal: missiles).
    """
    form = match.term.target
    here, source = (sum(1 for _ in words(t)) for t in (text[match.start : match.end], match.term.source))
    if form.islower() and here > source:
        form = plural(form)
    if not any(char.isalnum() for char in text[: match.start]):
        form = form[:1].upper() + form[1:]
    return form


def check(source: str, matches: Sequence[TermMatch], target: str, inlined: bool = False) -> tuple[TermUse, ...]:
    """A use for each of MATCHES, in their order, with spans in TARGET.

    `exact`: the preferred form; `variant`: an accepted form, a regular inflection (plural, possessive, adjective of
    a place) or another spelling (hyphen, apostrophe, diacritics, capitals); `conflict`: none of these, but a
    forbidden form; `missed`: nothing. Each place in TARGET is claimed by one use, longer terms first.
    """
    barred = verbatim_spans(target)
    text = [w for w in words(target) if not any(a <= w.start < b for a, b in barred)]
    uses = {i: TermUse(match, "missed") for i, match in enumerate(matches)}
    claimed: list[_Found] = []
    groups: dict[Term, list[int]] = {}
    for i, match in enumerate(matches):
        groups.setdefault(match.term, []).append(i)
    ordered = sorted(groups.items(), key=lambda group: -len(group[0].target))
    for term, places in ordered:
        right = [f for f in _right(term, text, target) if not f.meets(claimed)]
        best = _best(right, len(places))
        claimed += best
        for i, found in zip(places, best, strict=False):
            status: TermStatus = "exact" if found.exact else "variant"
            form = target[found.start : found.end]
            step = "inline" if inlined else "model"
            uses[i] = TermUse(matches[i], status, form, found.start, found.end, step)
    for term, places in ordered:
        wrong = [f for form in term.forbid for f in _occurrences(form, text, target) if not f.meets(claimed)]
        left = [i for i in places if uses[i].status == "missed"]
        best = _best(wrong, len(left))
        claimed += best
        uses.update((i, TermUse(matches[i], "conflict")) for i, _ in zip(left, best, strict=False))
    return tuple(uses.values())


def _best(found: Sequence[_Found], count: int) -> list[_Found]:
    """At most COUNT of FOUND that lie apart, exact and long ones preferred, in order of place."""
    best: list[_Found] = []
    for candidate in sorted(found, key=lambda f: (not f.exact, f.start, -f.end)):
        if len(best) < count and not candidate.meets(best):
            best.append(candidate)
    return sorted(best, key=lambda f: f.start)


def _right(term: Term, text: Sequence[Word], target: str) -> Iterator[_Found]:
    for form in (term.target, *term.accept):
        preferred = form == term.target
        for found in _occurrences(form, text, target):
            yield found if preferred else _Found(found.start, found.end, False)
        if dotted := _other_acronym(form):
            yield from (_Found(f.start, f.end, False) for f in _occurrences(dotted, text, target))


def _other_acronym(form: str) -> str:
    """US for U.S. and U.S. for US; empty for any other form."""
    letters = form.replace(".", "")
    if not (letters.isalpha() and letters.isupper() and 2 <= len(letters) <= 4):
        return ""
    dotted = "".join(f"{letter}." for letter in letters)
    return letters if form == dotted else dotted if form == letters else ""


def _occurrences(form: str, text: Sequence[Word], target: str) -> Iterator[_Found]:
    """Where FORM stands among the words TEXT of TARGET, inflected or not."""
    wanted = list(words(form))
    size = len(wanted)
    for i in range(len(text) - size + 1):
        here = text[i : i + size]
        if all(_same(w, h, form, target, j == size - 1) for j, (w, h) in enumerate(zip(wanted, here, strict=True))):
            gaps = [gap(form[a.end : b.start]) for a, b in pairwise(wanted)]
            if gaps == [gap(target[a.end : b.start]) for a, b in pairwise(here)]:
                yield _found(form, target, here, wanted[-1].possessive_end < len(form))


def _found(form: str, target: str, here: Sequence[Word], stopped: bool) -> _Found:
    start, end = here[0].start, here[-1].possessive_end
    if stopped and form.endswith(".") and target[end : end + 1] == ".":
        end += 1
    surface = " ".join(target[start:end].replace("’", "'").split())
    form = form.replace("’", "'")
    loose = form.islower() or target.isupper()
    exact = surface in (form, form[:1].upper() + form[1:]) or (loose and surface.casefold() == form.casefold())
    return _Found(start, end, exact)


def _same(wanted: Word, here: Word, form: str, target: str, last: bool) -> bool:
    """Whether HERE in TARGET is the word WANTED of FORM or an inflection; acronyms must be in capitals (US, not us)."""
    written = plain(form[wanted.start : wanted.end])
    if len(written) > 1 and written.isupper() and not plain(target[here.start : here.end])[: len(written)].isupper():
        return False
    if here.key == wanted.key or singular(here.key) == singular(wanted.key):
        return True
    if written.isupper():
        return here.key == wanted.key + "s"
    return last and written[:1].isupper() and adjective_of(here.key, wanted.key)
