"""Where an English form stands in a translation, inflected or written another way."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .english import adjective_of, stem, titled
from .tokens import CURRENCY, Word, gap, plain, words


@dataclass(frozen=True, slots=True)
class Found:
    """A form at `[start, end)` of the target; `exact` when it stands there as the term base writes it."""

    start: int
    end: int
    exact: bool

    def meets(self, spans: Sequence["Found"]) -> bool:
        """Whether it overlaps one of SPANS."""
        return any(self.start < s.end and s.start < self.end for s in spans)

    def inside(self, spans: Sequence["Found"]) -> bool:
        """Whether it is a part, not the whole, of one of SPANS."""
        return any(
            s.start <= self.start and self.end <= s.end and s.end - s.start > self.end - self.start for s in spans
        )


def occurrences(form: str, text: Sequence[Word], target: str) -> Iterator[Found]:
    """Where FORM stands among the words TEXT of TARGET: as it is, with another number, a possessive or as the
    adjective of a place, with other hyphens, apostrophes, diacritics or capitals, as one word or two (cease-fire), in
    British spelling. A form with the sign of a currency ($, US$) stands where no letter is before it."""
    if CURRENCY.search(form):
        yield from (Found(*m.span(), True) for m in re.finditer(rf"(?<![^\W\d_]){re.escape(form)}", target))
        return
    wanted = list(words(form))
    gaps = [gap(form[a.end : b.start]) for a, b in pairwise(wanted)]
    together = _together(wanted) if any(map(str.islower, form)) and not any(gaps) else ""
    for i in range(len(text)):
        for size in {len(wanted), max(len(wanted) - 1, 1), len(wanted) + 1}:
            here = text[i : i + size]
            if len(here) < size:
                continue
            between = [gap(target[a.end : b.start]) for a, b in pairwise(here)]
            same = between == gaps and _same(wanted, here, form, target)
            if same or (together and not any(between) and _together(here) == together):
                yield _found(form, target, here)


def _together(run: Sequence[Word]) -> str:
    return "".join(w.key for w in run[:-1]) + stem(run[-1].key)


def _same(wanted: Sequence[Word], here: Sequence[Word], form: str, target: str) -> bool:
    return all(_same_word(w, h, form, target, w is wanted[-1]) for w, h in zip(wanted, here, strict=True))


def _same_word(wanted: Word, here: Word, form: str, target: str, last: bool) -> bool:
    """Whether HERE in TARGET is the word WANTED of FORM or an inflection; acronyms must be in capitals (US, not us)."""
    written = plain(form[wanted.start : wanted.end])
    if len(written) > 1 and written.isupper() and not plain(target[here.start : here.end])[: len(written)].isupper():
        return False
    if stem(here.key) == stem(wanted.key) or here.key == wanted.key + "s":  # UAVs, Israelis
        return True
    return last and written[:1].isupper() and adjective_of(here.key, wanted.key)


def _found(form: str, target: str, here: Sequence[Word]) -> Found:
    start, end = here[0].start, here[-1].possessive_end
    if form[-1] in ".)" and target[end : end + 1] == form[-1]:
        end += 1
    surface = " ".join(target[start:end].replace("’", "'").split())
    form = form.replace("’", "'")
    loose = form.islower() or target.isupper()
    exact = surface in (form, form[:1].upper() + form[1:], titled(form)) or (
        loose and surface.casefold() == form.casefold()
    )
    return Found(start, end, exact)


def other_acronym(form: str) -> str:
    """US for U.S. and U.S. for US; empty for any other form."""
    letters = form.replace(".", "")
    if not (letters.isalpha() and letters.isupper() and 2 <= len(letters) <= 4):
        return ""
    dotted = "".join(f"{letter}." for letter in letters)
    return letters if form == dotted else dotted if form == letters else ""
