"""What became of the terms in a translation: the form to ask for, the check, the repair."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..document import Term, TermMatch, TermStatus, TermUse
from .english import plural, titled
from .forms import Found, occurrences, other_acronym
from .repairing import repair, replacement
from .tokens import Word, words
from .verbatim import verbatim_spans

__all__ = ["applicable", "check", "repair", "replacement", "target_form"]

_NAME = re.compile(r" [A-Z][a-z]")  # what a title may stand before
_NEXT_NAME = re.compile(r" (?:(?:bin|binti|de|van|von) |al-)?[A-Z][\w’'-]+")
_NAME_BEFORE = re.compile(r"[A-Z][\w’'-]+ $")


def target_form(match: TermMatch, text: str) -> str:
    """The English form to ask for at MATCH in TEXT, the segment's source.

    The preferred form in its own case, all-capitals text or not, except a form in lower case: with a capital when it
    opens the segment, with capitals as a title before a name (Presiden Putin: President), in the plural when the term
    is reduplicated (rudal-rudal: missiles).
    """
    form = match.term.target
    found = text[match.start : match.end]
    here, source = (sum(1 for _ in words(t)) for t in (found, match.term.source))
    if form.islower() and here > source:
        form = plural(form)
    capitals = all(found[w.start].isupper() for w in words(found)) and match.term.source[0].islower()
    if capitals and not text.isupper() and _NAME.match(text, match.end):
        form = titled(form)
    if not any(char.isalnum() for char in text[: match.start]):
        form = form[:1].upper() + form[1:]
    return form


def applicable(source: str, matches: Iterable[TermMatch], target: str) -> tuple[TermMatch, ...]:
    """MATCHES without those that are one word of a longer name which TARGET carries over as it is: *Wina* in *Wina
    Kusuma*, *Turki* in *Turki al-Faisal*."""
    return tuple(match for match in matches if not _of_name(source, match, target))


def _of_name(source: str, match: TermMatch, target: str) -> bool:
    word = source[match.start : match.end]
    if not (word.isalpha() and word.istitle() and match.term.target[:1].isupper()) or word in match.term.target:
        return False
    after, before = _NEXT_NAME.match(source, match.end), _NAME_BEFORE.search(source, 0, match.start)
    names = ([source[match.start : after.end()]] if after else []) + ([before[0] + word] if before else [])
    return any(name in target for name in names)


def check(source: str, matches: Sequence[TermMatch], target: str) -> tuple[TermUse, ...]:
    """A use for each of MATCHES, in their order, with spans in TARGET.

    `exact`: the preferred form; `variant`: an accepted form, a regular inflection (plural, possessive, adjective of
    a place) or another spelling (hyphen, apostrophe, diacritics, capitals, British); `conflict`: none of these, but a
    forbidden form, which may have a right one in it; `missed`: nothing. Each place in TARGET is claimed by one use,
    longer terms first.
    """
    barred = verbatim_spans(target)
    text = [w for w in words(target) if not any(a <= w.start < b for a, b in barred)]
    uses = {i: TermUse(match, "missed") for i, match in enumerate(matches)}
    claimed: list[Found] = []
    groups: dict[Term, list[int]] = {}
    for i, match in enumerate(matches):
        groups.setdefault(match.term, []).append(i)
    ordered = sorted(groups.items(), key=lambda group: -len(group[0].target))
    wrong = {term: [f for form in term.forbid for f in occurrences(form, text, target)] for term in groups}
    for term, places in ordered:
        right = [f for f in _right(term, text, target) if not f.meets(claimed) and not f.inside(wrong[term])]
        best = _best(right, len(places))
        claimed += best
        for i, found in zip(places, best, strict=False):
            status: TermStatus = "exact" if found.exact else "variant"
            form = target[found.start : found.end]
            uses[i] = TermUse(matches[i], status, form, found.start, found.end, "model")
    for term, places in ordered:
        left = [i for i in places if uses[i].status == "missed"]
        best = _best([f for f in wrong[term] if not f.meets(claimed)], len(left))
        claimed += best
        uses.update((i, TermUse(matches[i], "conflict")) for i, _ in zip(left, best, strict=False))
    return tuple(uses.values())


def _best(found: Sequence[Found], count: int) -> list[Found]:
    """At most COUNT of FOUND that lie apart, exact and long ones preferred, in order of place."""
    best: list[Found] = []
    for candidate in sorted(found, key=lambda f: (not f.exact, f.start, -f.end)):
        if len(best) < count and not candidate.meets(best):
            best.append(candidate)
    return sorted(best, key=lambda f: f.start)


def _right(term: Term, text: Sequence[Word], target: str) -> Iterator[Found]:
    for form in (term.target, *term.accept):
        preferred = form == term.target
        for found in occurrences(form, text, target):
            yield found if preferred else Found(found.start, found.end, False)
        if dotted := other_acronym(form):
            yield from (Found(f.start, f.end, False) for f in occurrences(dotted, text, target))
