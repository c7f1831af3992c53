"""What a program can see of the rules for a good entry (docs/glossary-format.md)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from ..data import words as word_set
from ..document import Term
from ._base import Notice, same_words
from ._data import word_list
from .english import stem
from .formats import TermFile
from .tokens import CURRENCY, gap, words

MAX_WORDS = 8
"""The longest source without a finding. Own choice: the longest source of the shipped term bases has eight words, and a
sentence that got into a table has more."""
_ARTICLE = re.compile(r"(?:a|an|the)\s")
_INSIDE = re.compile("[a-z][A-Z]")
_ACRONYM = re.compile(r"[A-Z]{2,3}")


def lint(files: Sequence[TermFile]) -> list[tuple[Path, Notice]]:
    """What is wrong in each of FILES, in order of file and line; in files later in the order as `Glossary.load` has it.

    What loading leaves out or puts right is a finding too.
    """
    found: list[tuple[int, Notice]] = []
    for number, file in enumerate(files):
        found += [(number, notice) for notice in (*file.notices, *file.untidy)]
        found += [(number, Notice(term.line, said)) for term in file.terms for said in _entry(term)]
        found += [(number, notice) for notice in (*_repeated(file.terms), *_unbound(file.terms))]
    found += _shadowed(files)
    return [(files[number].path, notice) for number, notice in sorted(found)]


def _entry(term: Term) -> Iterator[str]:
    yield from _source(term)
    yield from _target(term)
    yield from _forms(term)
    yield from _contexts(term)
    for form in (term.source, term.target, *term.accept, *term.forbid):
        if hidden := [c for c in form if unicodedata.category(c) == "Cf"]:
            yield f"an invisible character U+{ord(hidden[0]):04X} in {form!r}; delete it"


def _source(term: Term) -> Iterator[str]:
    source = term.source
    parts = [source[w.start : w.end] for w in words(source)]
    if source in word_set("indonesian"):
        yield f"{source!r} is a function word that stands in every text; list the longer expressions it is part of"
    if len(parts) > MAX_WORDS:
        yield f"the source has {len(parts)} words; an entry is a name or a fixed expression of up to {MAX_WORDS}"
    last = parts[-1]
    if last.islower() and len(last) > 5 and last.endswith("nya") and last not in word_list("clitic_lookalikes"):
        yield f"{source!r} ends with a clitic; write it without -nya, which is found anyway"
    if source[0].islower() and (stray := _stray_capital(parts, term.target)):
        yield f"{stray!r} has a capital in the middle of {source!r} and matches only so; write it in lower case"
    if _ACRONYM.fullmatch(source) and term.case != "exact":
        yield f"{source!r} is short enough to be a word or a syllable as well; give it the case rule exact"
    if ";" in source:
        yield f"a semicolon in the source {source!r}; write an entry for each form"


def _stray_capital(parts: Sequence[str], target: str) -> str:
    """The word among PARTS that has a capital where none belongs: inside a word that the TARGET does not have too, or
    before a word in lower case while the English is a common noun; a name stands at the end (semenanjung Korea)."""
    for i, part in enumerate(parts):
        inside = _INSIDE.search(part) and part not in target
        before = part[0].isupper() and not part.isupper() and target.islower()
        if inside or (before and any(map(str.islower, parts[i + 1 :]))):
            return part
    return ""


def _target(term: Term) -> Iterator[str]:
    target = term.target
    if article := _ARTICLE.match(target):
        yield f"an article in front of {target!r}; write {target[article.end() :]!r}"
    if ";" in target:
        yield f"a semicolon in the target {target!r}; keep one form and accept the others"
    english = word_set("english")
    for word in (target[w.start : w.end] for w in words(target)):
        if word in word_set("indonesian") and word not in english:
            yield f"{word!r} in the target {target!r} is Indonesian; write the English form"


def _forms(term: Term) -> Iterator[str]:
    right: dict[tuple[object, ...], str] = {_sense_of(term.target): term.target}
    for form in term.accept:
        if form == term.target:
            yield f"accept repeats the target {form!r}; delete it there"
        elif (first := right.setdefault(_sense_of(form), form)) != form:
            yield f"accept has {form!r}, which is right anyway with {first!r}; delete it"
    folded = {form.casefold() for form in (term.target, *term.accept)}
    for form in term.forbid:
        if form.casefold() in folded:
            yield f"{form!r} is forbidden and right but for its capitals; keep one of the two"
        elif whole := next((good for good in folded if f" {form.casefold()} " in f" {good} "), ""):
            yield f"the forbidden form {form!r} is a part of the right one {whole!r}; forbid a longer one"


def _sense_of(form: str) -> tuple[object, ...]:
    """The same for FORM and what is right wherever it is: words without number and spelling, acronyms in capitals."""
    found = list(words(form))
    stems = [stem(w.key).upper() if form[w.start : w.end].isupper() else stem(w.key) for w in found]
    gaps = [gap(form[a.end : b.start]) for a, b in pairwise(found)]
    return (*stems, *gaps, *re.findall(rf"\.|{CURRENCY.pattern}", form))


def _repeated(terms: Iterable[Term]) -> Iterator[Notice]:
    """Entries of one file that differ in hyphens, apostrophes or capitals only."""
    seen: dict[tuple[str, ...], Term] = {}
    for term in terms:
        between = [gap(term.source[a.end : b.start]) for a, b in pairwise(words(term.source))]
        first = seen.setdefault((*same_words(term.source), *between), term)
        if first.source != term.source:
            yield Notice(term.line, f"{term.source!r} has the words of {first.source!r} (line {first.line}); keep one")


def _contexts(term: Term) -> Iterator[str]:
    for expression in (*term.near, *term.not_near):
        if expression.lower() in word_set("indonesian"):
            yield f"the context {expression!r} is a function word that stands in every text; name a telling word"
        if f" {' '.join(same_words(expression))} " in f" {' '.join(same_words(term.source))} ":
            yield f"the context {expression!r} is a part of {term.source!r} itself; name a word that stands beside it"


def _unbound(terms: Iterable[Term]) -> Iterator[Notice]:
    """Senses of one source of which more than one has no context."""
    seen: dict[str, Term] = {}
    for term in terms:
        if not term.near and not term.not_near:
            first = seen.setdefault(term.source, term)
            if first is not term:
                both = f"{first.sense!r} (line {first.line}) and {term.sense!r}"
                yield Notice(term.line, f"nothing tells the senses {both} of {term.source!r} apart; give one a near")


def _shadowed(files: Sequence[TermFile]) -> Iterator[tuple[int, Notice]]:
    """Entries that a later file replaces."""
    later: dict[tuple[str, ...], Term] = {}
    for number in range(len(files) - 1, -1, -1):
        for term in files[number].terms:
            if over := later.get(same_words(term.source)):
                where = f"{over.file}:{over.line} ({over.target!r})"
                yield number, Notice(term.line, f"{term.source!r} is replaced by {where}; delete one of them")
        later.update((same_words(term.source), term) for term in files[number].terms)
