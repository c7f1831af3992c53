"""Candidates for a term base: names and fixed noun phrases in Indonesian texts that no entry covers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ..data import words as word_set
from ..document import Link, TermMatch
from ..word_forms import tokenize
from . import Glossary
from ._base import same_words, tidy
from ._data import word_list
from .english import is_function_word, stem
from .tokens import words
from .verbatim import verbatim_spans

Align = Callable[[str, str], Sequence[Link]]
Span = tuple[int, int]
T = TypeVar("T")

LEAST_PHRASE = 3
"""A phrase in lower case is proposed from so many occurrences on: two may be chance."""
FIXED = 0.25
"""Of the occurrences of the rarest word of a fixed phrase, this share at least is in the phrase. Own choice, as the
other numbers here: a person reads what comes out."""
_LONGEST = 4  # words of a phrase
_SHORT = 3  # letters; words up to this length are mostly function words, and need no word link
_EXAMPLE = 60  # characters shown on each side
_OPENING = tuple('.:?!…"“”‘–—')
# Active verbs by prefix and suffix (Sneddon and others, Indonesian Reference Grammar, 2010, chapter 1); nouns that
# look like them are few (menteri and media do not).
_VERB = re.compile(r"me(?:ng|ny|m[bpf]|n[cdjz])\w{3,}|men[aiueo]\w{3,}|(?:me|di)\w{3,}kan|ber\w{3,}kan")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source form that may deserve an entry.

    `count` says how often it stands in the texts; `seen` has the English forms that its word links lead to with their
    counts, the most frequent first; `target` is the first of them where it stands for more than half of the
    occurrences that have a translation, else empty. `example` is a piece of text around one occurrence.
    """

    source: str
    target: str
    count: int
    seen: tuple[tuple[str, int], ...]
    example: str


@dataclass(slots=True)
class _Sentence:
    text: str
    target: str
    tokens: list[Span]
    terms: dict[Span, TermMatch] = field(default_factory=dict)  # of each token in one
    links: Sequence[Link] = ()
    names: list[tuple[int, int, int]] = field(default_factory=list)  # start, start of what surely is a name, end
    stretches: list[list[Span]] = field(default_factory=list)


@dataclass(slots=True)
class _Places:
    """Where a candidate stands: sentence, span, and its spelling there."""

    places: list[tuple[_Sentence, Span]] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)

    def add(self, sentence: _Sentence, span: Span, form: str) -> None:
        self.places.append((sentence, span))
        self.forms[form] += 1


def extract(
    pairs: Iterable[tuple[str, str]], glossary: Glossary, align: Align | None = None, least: int = 2
) -> list[Candidate]:
    """Candidates from PAIRS of an Indonesian sentence and its translation (empty for none), the most frequent first.

    Names are runs of words with capitals that stand LEAST times; fixed phrases are two to four words in lower case
    without function words and verbs, that stand LEAST times, and `LEAST_PHRASE` times, and seldom apart. What GLOSSARY
    finds is left out, also at the beginning of a longer name (Presiden Rusia Dmitry Petrov: Dmitry Petrov). ALIGN gives
    word links and is not needed where no sentence has a translation.
    """
    sentences = [_Sentence(text, target, tokenize(text)) for text, target in pairs]
    habits = _habits(sentences)
    for sentence in sentences:
        _cut(sentence, glossary, habits)
    known = {same_words(term.source) for term in glossary.terms}
    found = {key: p for key, p in _names(sentences).items() if len(p.places) >= least}
    phrases = _phrases(sentences, max(least, LEAST_PHRASE))
    chosen = [p for p in (*found.values(), *phrases.values()) if same_words(next(iter(p.forms))) not in known]
    candidates = [_candidate(places, align) for places in chosen]
    return sorted(candidates, key=lambda c: (-c.count, c.source))


def _habits(sentences: Iterable[_Sentence]) -> Counter[str]:
    """How much more often each word, in lower case, has a capital than none where no sentence opens."""
    habits: Counter[str] = Counter()
    for sentence in sentences:
        if _titled(sentence):
            continue
        for start, end in sentence.tokens:
            word = sentence.text[start:end]
            if not _opens(sentence.text, start):
                habits[word.lower()] += 1 if word[0].isupper() else -1
    return habits


def _titled(sentence: _Sentence) -> bool:
    """Whether every longer word but function words has a capital, as in a headline, so that capitals say nothing."""
    long = [sentence.text[a:b] for a, b in sentence.tokens if b - a > _SHORT and sentence.text[a].isalpha()]
    content = [word for word in long if word not in word_set("indonesian")]
    return len(content) > _SHORT and all(word[0].isupper() for word in content)


def _opens(text: str, start: int) -> bool:
    """Whether the word at START has a capital wherever it comes from: it opens a sentence or a quotation."""
    before = text[max(0, start - 8) : start].rstrip()
    return not before or before.endswith(_OPENING)


def _cut(sentence: _Sentence, glossary: Glossary, habits: Counter[str]) -> None:
    """Find the names of SENTENCE and the stretches of words in which phrases may stand."""
    text = sentence.text
    sentence.terms = dict(_covered(sentence.tokens, ((m.start, m.end, m) for m in glossary.find(text))))
    verbatim = dict(_covered(sentence.tokens, ((a, b, None) for a, b in verbatim_spans(text))))
    name: list[Span] = []
    stretch: list[Span] = []
    names, stretches = [name], [stretch]
    doubtful = set()
    done = 0
    for start, end in sentence.tokens:
        word = text[start:end]
        habit = habits[word.lower()] if _opens(text, start) else 1
        kind = "" if (start, end) in verbatim else _kind(word, habit)
        if not habit and not word.isupper():
            doubtful.add((start, end))
        apart = not text[done:start].isspace()
        if apart or kind not in ("name", "link"):
            names.append(name := [])
        if apart or kind != "word":
            stretches.append(stretch := [])
        if kind == "word":
            stretch.append((start, end))
        elif kind:
            name.append((start, end))
        done = end
    if not _titled(sentence):
        for whole in filter(None, (_trimmed(sentence, name) for name in names)):
            sure = _trimmed(sentence, whole[1:]) if whole[0] in doubtful else whole
            if sure:
                sentence.names.append((whole[0][0], sure[0][0], sure[-1][1]))
    sentence.stretches = [stretch for stretch in stretches if len(stretch) > 1]


def _covered(tokens: Sequence[Span], spans: Iterable[tuple[int, int, T]]) -> Iterator[tuple[Span, T]]:
    """Each of TOKENS that meets one of SPANS, with what comes with this; both in order and apart."""
    rest = iter(spans)
    span = next(rest, None)
    for start, end in tokens:
        while span and span[1] <= start:
            span = next(rest, None)
        if span and span[0] < end:
            yield (start, end), span[2]


def _kind(word: str, habit: int) -> str:
    """What WORD may be part of: a `name`, a `link` between its words, a phrase (`word`), or neither. A capital of a
    word with a HABIT below zero says nothing."""
    low = word.lower()
    if word in word_list("name_links"):
        return "link"
    if len(word) < 2 or low in word_list("no_terms"):
        return ""
    if word.isupper():
        return "name"
    if low in word_set("indonesian"):
        return ""
    if word[0].isupper() and habit >= 0:
        return "name"
    return "word" if low.replace("-", "").isalpha() and not _VERB.fullmatch(low) else ""


def _trimmed(sentence: _Sentence, name: list[Span]) -> list[Span]:
    """NAME without links at its ends, terms at its beginning, and common nouns that are terms at its end."""

    def is_link(span: Span) -> bool:
        return sentence.text[slice(*span)] in word_list("name_links")

    def is_common(span: Span) -> bool:
        return span in sentence.terms and sentence.terms[span].term.source[0].islower()

    while name and (is_link(name[0]) or name[0] in sentence.terms):
        name = name[1:]
    while name and (is_link(name[-1]) or is_common(name[-1])):
        name = name[:-1]
    return name


def _names(sentences: Sequence[_Sentence]) -> dict[tuple[str, ...], _Places]:
    """The names, without a first word that only opens a sentence where the rest is a name elsewhere."""
    sure = {same_words(s.text[a:end]) for s in sentences for start, a, end in s.names if start == a}
    found: dict[tuple[str, ...], _Places] = {}
    for sentence in sentences:
        for start, later, end in sentence.names:
            if same_words(sentence.text[later:end]) in sure:
                start = later
            form = tidy(sentence.text[start:end])
            found.setdefault(same_words(form), _Places()).add(sentence, (start, end), form)
    return found


def _phrases(sentences: Sequence[_Sentence], least: int) -> dict[tuple[str, ...], _Places]:
    """The phrases that stand LEAST times, seldom apart and seldom in a longer one."""
    words_seen = Counter(s.text[a:b].lower() for s in sentences for a, b in s.tokens)
    counts = Counter(key for sentence in sentences for key, _ in _runs(sentence))
    fixed = {
        key: count
        for key, count in counts.items()
        if count >= least and count >= FIXED * min(words_seen[word] for word in key)
    }
    inside: Counter[tuple[str, ...]] = Counter()
    for key, count in fixed.items():
        for part in {key[i:j] for i in range(len(key)) for j in range(i + 2, len(key) + 1)} - {key}:
            inside[part] = max(inside[part], count)
    found: dict[tuple[str, ...], _Places] = {}
    for sentence in sentences:
        for key, span in _runs(sentence):
            if key in fixed and fixed[key] - inside[key] >= least:
                found.setdefault(key, _Places()).add(sentence, span, " ".join(key))
    return found


def _runs(sentence: _Sentence) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Each run of two to four words in a stretch, as a key in lower case and a span, that no term covers or cuts."""
    text, terms = sentence.text, sentence.terms
    for stretch in sentence.stretches:
        for i in range(len(stretch)):
            for j in range(i + 2, min(i + _LONGEST, len(stretch)) + 1):
                run = stretch[i:j]
                start, end = run[0][0], run[-1][1]
                first, last = terms.get(run[0]), terms.get(run[-1])
                cut = (first and first.start < start) or (last and last.end > end)
                if not cut and not all(span in terms for span in run):
                    yield tuple(text[a:b].lower() for a, b in run), (start, end)


def _candidate(found: _Places, align: Align | None) -> Candidate:
    source = min(found.forms, key=lambda form: (-found.forms[form], form))
    translated = [(s, span) for s, span in found.places if s.target] if align else []
    english: dict[tuple[str, ...], Counter[str]] = {}
    for sentence, span in translated:
        if align and not sentence.links:
            sentence.links = align(sentence.text, sentence.target)
        if form := _english(sentence, span, source.islower()):
            english.setdefault(tuple(stem(w.key) for w in words(form)), Counter())[form] += 1
    ranked = sorted(
        ((forms.most_common(1)[0][0], forms.total()) for forms in english.values()), key=lambda f: (-f[1], f)
    )
    target = ranked[0][0] if ranked and 2 * ranked[0][1] > len(translated) else ""
    return Candidate(source, target, len(found.places), tuple(ranked), _example(*found.places[0]))


def _english(sentence: _Sentence, span: Span, common: bool) -> str:
    """The words that the word SPAN is linked to, if they stand together, all its longer words have links, and no other
    word of the sentence is linked to them."""
    links = sentence.links
    ours = [k for k in links if span[0] <= k.s0 and k.s1 <= span[1]]
    tokens = [(a, b) for a, b in sentence.tokens if span[0] <= a and b <= span[1]]
    if not ours or any(b - a > _SHORT and not any(k.s0 < b and a < k.s1 for k in ours) for a, b in tokens):
        return ""
    start, end = min(k.t0 for k in ours), max(k.t1 for k in ours)
    if any(k.t0 < end and start < k.t1 for k in links if k not in ours):
        return ""
    parts = list(words(sentence.target[start:end]))
    while parts and is_function_word(parts[0].key) and sentence.target[start + parts[0].start].islower():
        parts = parts[1:]
    if not parts:
        return ""
    form = tidy(sentence.target[start + parts[0].start : start + parts[-1].end])
    if form.count("(") != form.count(")"):
        form = form.partition(" (")[0]
    opens = not any(map(str.isalnum, sentence.target[:start]))
    return form[0].lower() + form[1:] if common and opens and form[1:].islower() else form


def _example(sentence: _Sentence, span: Span) -> str:
    """A line of text around SPAN; never one that begins like a formula of a spreadsheet."""
    start, end = max(0, span[0] - _EXAMPLE), span[1] + _EXAMPLE
    before = sentence.text[start : span[0]]
    if start:
        before = "… " + before.partition(" ")[2]
    after = sentence.text[span[1] : end]
    if end < len(sentence.text):
        after = after.rpartition(" ")[0] + " …"
    return tidy(before + sentence.text[slice(*span)] + after).lstrip("=+-@ ")
