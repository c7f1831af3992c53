"""A term in brackets that only says the term before it once more."""

import re
from collections.abc import Iterable, Iterator

from ..document import Term, TermMatch
from .tokens import fold, words

_OPENING = re.compile(r"\s*[(\[]\s*")
_CLOSING = re.compile(r"\s*[)\]]")


def without_repeats(text: str, matches: Iterable[TermMatch]) -> Iterator[TermMatch]:
    """MATCHES in TEXT but for each that stands alone in brackets directly after one that it repeats.

    It repeats it where both have a right English form in common, or where it is a short form of its last words:
    `Kementerian Agama (Kemenag)`, `presiden Amerika Serikat (AS)`. English says such a thing once, or keeps the short
    form, so that a form of its own can neither be asked for nor be missed.
    """
    before: TermMatch | None = None
    for match in matches:
        if before and _OPENING.fullmatch(text, before.end, match.start) and _CLOSING.match(text, match.end):
            outer, inner = text[before.start : before.end], text[match.start : match.end]
            if _forms(before.term) & _forms(match.term) or _shortens(inner, outer) or _shortens(outer, inner):
                continue
        before = match
        yield match


def _forms(term: Term) -> set[str]:
    return {form.casefold() for form in (term.target, *term.accept)}


def _shortens(short: str, name: str) -> bool:
    """Whether the word SHORT is made, in order, of letters of the last words of NAME and begins as they do."""
    letters = fold(short)
    return letters.isalpha() and any(_in_order(letters, fold(name[w.start :])) for w in words(name))


def _in_order(letters: str, name: str) -> bool:
    rest = iter(name)
    return name[0] == letters[0] and len(letters) < len(name) and all(letter in rest for letter in letters)
