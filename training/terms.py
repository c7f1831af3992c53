"""Puts inline terms into training pairs: `<term>` source form `<trans>` wanted English `</term>` in the source.

Any phrase whose words are linked to one contiguous phrase of the translation and to nothing else can be a term, so
the model learns to obey whatever stands in the markup. Some terms ask for another form than the reference has, and
the reference is changed to match, articles and number included: a name for a name of the same kind, or a word for
another translation of the same word.
"""

import re
from collections import defaultdict
from random import Random
from typing import NamedTuple

from dwibahasa import Glossary
from dwibahasa.detection import function_words
from dwibahasa.glossary.english import article, is_function_word, is_plural, plural
from dwibahasa.word_alignment import align, translations
from dwibahasa.word_forms import tokenize

MARKS = "<term>", "<trans>", "</term>"
LONGEST = 4  # words of a phrase, on each side
_ENOUGH = 0.1  # strength of another translation in the word table that may be asked for
_NOT_PHRASE = re.compile(r"[^\w\s'’-]")
_ARTICLE = re.compile(r"\b(an?|An?)(\s+)$")


class Phrase(NamedTuple):
    """Spans of a phrase in the source and in the translation, in code points."""

    start: int
    end: int
    first: int
    last: int


def phrases(source: str, target: str) -> list[Phrase]:
    """Phrases of up to four words on each side that are linked to each other and to nothing else."""
    words, others = tokenize(source), tokenize(target)
    links = [(link.s0, link.s1, link.t0, link.t1) for link in align(source, target)]
    linked = {place for start, end, _, _ in links for place in (start, end)}
    found = []
    for i, (start, _) in enumerate(words):
        for _, end in words[i : i + LONGEST]:
            ours = [link for link in links if link[0] < end and link[1] > start]
            if start not in linked or _NOT_PHRASE.search(source, start, end):
                break
            first, last = min(link[2] for link in ours), max(link[3] for link in ours)
            closed = all(start <= a and b <= end for a, b, c, d in links if c < last and d > first)
            short = sum(first <= c and d <= last for c, d in others) <= LONGEST
            if end in linked and closed and short and not _NOT_PHRASE.search(target, first, last):
                ends = source[start:end].split()[0], source[start:end].split()[-1], target[first:last].split()[-1]
                if not function_words(" ".join(ends[:2]), "id") and not is_function_word(ends[2].lower()):
                    found.append(Phrase(start, end, first, last))
    return found


class Terms:
    """Annotates pairs; knows the term bases and, from the pairs given, names to ask for instead of others."""

    def __init__(self, counterfactual: float) -> None:
        self.counterfactual = counterfactual
        self.glossary = Glossary.default()
        self.names: dict[tuple[int, bool], list[str]] = defaultdict(list)
        for term in self.glossary.terms:
            if term.target[:1].isupper() and term.target.replace(" ", "").isalpha():
                self.names[self._kind(term.target)].append(term.target)

    @staticmethod
    def _kind(name: str) -> tuple[int, bool]:
        return len(name.split()), name.isupper()

    def annotate(self, source: str, target: str, rng: Random) -> tuple[str, str]:
        """The pair with one to three terms marked, or as it is where there is nothing to mark."""
        options = phrases(source, target)
        if not options:
            return source, target
        known = {(match.start, match.end) for match in self.glossary.find(source)}
        options.sort(key=lambda p: rng.random() * len(source[p.start : p.end].split()))  # short ones sooner
        if rng.random() < 0.6:
            options.sort(key=lambda p: ((p.start, p.end) not in known, source[p.start].islower()))
        chosen: list[Phrase] = []
        wanted = rng.choice((1, 1, 1, 2, 2, 3))
        for phrase in options:
            if all(phrase.start >= c.end or phrase.end <= c.start for c in chosen) and all(
                phrase.first >= c.last or phrase.last <= c.first for c in chosen
            ):
                chosen.append(phrase)
            if len(chosen) == wanted:
                break
        forms = {phrase: target[phrase.first : phrase.last] for phrase in chosen}
        for phrase in chosen:
            if phrase.start and rng.random() < self.counterfactual:
                forms[phrase] = self._other(source[phrase.start : phrase.end], forms[phrase], rng)
        for phrase in sorted(chosen, key=lambda p: -p.first):
            target = _replaced(target, phrase, forms[phrase])
        for phrase in sorted(chosen, key=lambda p: -p.start):
            form, at, end = _as_listed(forms[phrase], phrase, rng), phrase.start, phrase.end
            source = f"{source[:at]}{MARKS[0]}{source[at:end]}{MARKS[1]}{form}{MARKS[2]}{source[end:]}"
        return source, target

    def _other(self, source: str, form: str, rng: Random) -> str:
        """A form to ask for instead of FORM, or FORM itself."""
        if all(word[0].isupper() for word in (*source.split(), *form.split())):
            names = self.names.get(self._kind(form), [])
            return rng.choice(names) if names else form
        if " " in source or " " in form or not source.islower():
            return form
        others = [
            word
            for word, strength in translations(source.lower())
            if strength > _ENOUGH and word.isalpha() and word != form and is_plural(word) == is_plural(form)
        ]
        return rng.choice(others) if others else form


def _as_listed(form: str, phrase: Phrase, rng: Random) -> str:
    """FORM as a term base would list it: without the capital of a sentence's first word, sometimes in the singular's
    plural or the other way round, so that the sentence decides the number."""
    if phrase.first == 0 and form[1:].islower() and rng.random() < 0.5:
        form = form[0].lower() + form[1:]
    if form.islower() and is_plural(form) and plural(form[:-1]) == form and rng.random() < 0.3:
        return form[:-1]
    return form


def _replaced(target: str, phrase: Phrase, form: str) -> str:
    """TARGET with FORM in the place of the phrase, and the article before it as FORM is pronounced."""
    before, old = target[: phrase.first], target[phrase.first : phrase.last]
    if form == old:
        return target
    if phrase.first == 0:
        form = form[0].upper() + form[1:]
    if match := _ARTICLE.search(before):
        right = article(form)
        before = before[: match.start()] + (right.capitalize() if match[1][0] == "A" else right) + match[2]
    return before + form + target[phrase.last :]
