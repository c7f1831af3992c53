"""How good translations are, on texts with reference translations: BLEU, chrF2++, terms, speed (extra `evaluate`).

Terms are counted in two ways: those of a glossary that the reference has too, and those that a person marked in the
sentences.
"""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .document import Block, Document, Segment, Term, TermMatch, TermStatus, TermUse, TranslationUnit
from .errors import DwibahasaError, InputError, UnknownNameError
from .glossary import Glossary
from .glossary.control import check
from .glossary.forms import Found, occurrences
from .glossary.tokens import words
from .translation import Translator

FOLDER = "DWIBAHASA_TESTS"
"""Environment variable with the folder of the test sets that can be given by name."""
RESAMPLINGS = 1000
KEPT = ("exact", "variant", "repaired")


@dataclass(frozen=True, slots=True)
class TestSet:
    """Sentences and their reference translations, in order."""

    name: str
    sources: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one system on one test set.

    `bleu` and `chrf` (chrF2++) run from 0 to 100, with sacreBLEU's signatures. `terms` are the terms of the glossary
    in the sources that the references translate as the glossary does; `exact` of them the system rendered in the
    preferred form, `kept` in any right form. `seconds` is wall time, the loading of the model left out. `units` are the
    outputs with what became of the terms in them.
    """

    system: str
    outputs: tuple[str, ...]
    bleu: float
    chrf: float
    signatures: tuple[str, str]
    terms: int
    exact: int
    kept: int
    seconds: float
    units: tuple[TranslationUnit, ...] = ()

    @property
    def speed(self) -> float:
        """Sentences a second."""
        return len(self.outputs) / self.seconds


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a term stand in a source: `[start, end)` in code points, without a clitic after them.

    `forms` are the English forms that are right there, the best first; several of one entry are the same form as
    other parts of speech (`("France", "French")`). None where the words stand in another sense than the term's.
    """

    start: int
    end: int
    forms: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A source with its terms marked, in order and apart, and its reference translation.

    `document` is the same for the consecutive sentences of one article, and empty for a sentence by itself; `where`
    names the file and line.
    """

    source: str
    reference: str
    places: tuple[Place, ...] = ()
    document: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class TermScores:
    """What became of marked terms in the translations of one system.

    `statuses` has one for each place with right forms, in order: `exact` is the best form there, `variant` another
    right form, an inflection or a spelling of one. `applied` has one for each place in another sense: whether the
    translation has a form of the term all the same. `repeated` counts the terms that stand twice or more in a document,
    `consistent` those of them that have one and the same right form at every place.
    """

    statuses: tuple[TermStatus, ...]
    applied: tuple[bool, ...]
    repeated: int
    consistent: int

    @property
    def exact(self) -> int:
        """Places that have the best form."""
        return self.statuses.count("exact")

    @property
    def right(self) -> int:
        """Places that have any right form."""
        return sum(status in KEPT for status in self.statuses)


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric of two systems: the second minus the first, and the p-value of a paired bootstrap (Koehn 2004)."""

    metric: str
    difference: float
    p: float


def load_test(source: str, reference: str | None = None, lines: int | None = None) -> TestSet:
    """The files SOURCE and REFERENCE, one sentence a line, or the set named SOURCE: NAME.id and NAME.en, where NAME is
    a path without suffix or lies in the folder that the environment variable `DWIBAHASA_TESTS` names.

    LINES takes the first ones only. Raises `InputError` for files that cannot be read or differ in their number of
    lines, `UnknownNameError` for a name that is not there.
    """
    files = (Path(source), Path(reference)) if reference else _named(source)
    sides = [_lines(path) for path in files]
    if len(sides[0]) != len(sides[1]):
        raise InputError(f"{files[0]} has {len(sides[0])} lines and {files[1]} has {len(sides[1])}: they do not match")
    return TestSet(files[0].stem, *(tuple(side[:lines]) for side in sides))


def _named(name: str) -> tuple[Path, Path]:
    folder = os.environ.get(FOLDER)
    for base in (Path(name), *([Path(folder, name)] if folder else [])):
        if (source := base.with_name(base.name + ".id")).exists():
            return source, base.with_name(base.name + ".en")
    known = ", ".join(sorted(path.stem for path in Path(folder).glob("*.id"))) if folder else ""
    where = f"{folder} has {known or 'none'}" if folder else f"set {FOLDER} to their folder, or give SOURCE REFERENCE"
    raise UnknownNameError(f"unknown test set {name!r}; {where}")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {getattr(error, 'strerror', None) or error}") from None


def evaluate(translator: Translator, test: TestSet, glossary: Glossary | None = None, system: str = "") -> Scores:
    """Translate the sources of TEST, each line as one sentence, and score the result.

    The terms of GLOSSARY (default: the translator's) are counted whether the translator asks for them or not.
    """
    bleu, chrf = _metrics()
    start = time.perf_counter()
    units = translator.translate(_document(test), force_language=translator.engine.source_language).units
    seconds = time.perf_counter() - start
    outputs = tuple(unit.target or "" for unit in units)
    references = [list(test.references)]
    values = [metric.corpus_score(list(outputs), references).score for metric in (bleu, chrf)]
    signatures = str(bleu.get_signature()), str(chrf.get_signature())
    total, exact, kept = _terms(glossary or translator.glossary, test, outputs)
    name = system or translator.engine.name
    return Scores(name, outputs, values[0], values[1], signatures, total, exact, kept, seconds, units)


def compare(first: Scores, second: Scores, test: TestSet) -> list[Difference]:
    """BLEU and chrF2++ of two systems on the same test, with `RESAMPLINGS` paired bootstrap samples (fixed seed)."""
    from sacrebleu.significance import PairedTest

    if first.outputs == second.outputs:
        return [Difference(name, 0.0, 1.0) for name in ("BLEU", "chrF2++")]
    metrics: dict[str, Any] = dict(zip(("BLEU", "chrF2++"), _metrics(), strict=True))
    systems = [(str(number), list(scores.outputs)) for number, scores in enumerate((first, second))]
    _, found = PairedTest(systems, metrics, [list(test.references)], "bs", RESAMPLINGS)()
    return [Difference(name, found[name][1].score - found[name][0].score, found[name][1].p_value) for name in metrics]


def _metrics() -> tuple[Any, Any]:
    try:
        from sacrebleu.metrics import BLEU, CHRF
    except ImportError:
        raise DwibahasaError("scores need sacrebleu: pip install 'dwibahasa[evaluate]'") from None
    return BLEU(), CHRF(word_order=2)


def _document(test: TestSet) -> Document:
    """The sources as a document: a paragraph of one segment for each line, empty ones kept."""
    blocks, at = [], 0
    for number, line in enumerate(test.sources, 1):
        blocks.append(Block(f"p{number}", "paragraph", (Segment(line, at, "\n"),)))
        at += len(line) + 1
    return Document("\n".join(test.sources) + "\n", tuple(blocks), test.name)


def _terms(glossary: Glossary, test: TestSet, outputs: Iterable[str]) -> tuple[int, int, int]:
    """How many terms the references have, and how many of them the outputs have: exactly, and in any right form."""
    total = exact = kept = 0
    for source, reference, output in zip(test.sources, test.references, outputs, strict=True):
        matches: Sequence[Any] = [
            use.match for use in check(source, glossary.find(source), reference) if use.status in KEPT
        ]
        statuses = [use.status for use in check(source, matches, output)]
        total += len(statuses)
        exact += statuses.count("exact")
        kept += sum(status in KEPT for status in statuses)
    return total, exact, kept


def term_scores(sentences: Sequence[MarkedSentence], outputs: Sequence[str], glossary: Glossary) -> TermScores:
    """What became of the terms marked in SENTENCES in their translations OUTPUTS; the forms that must not stand at a
    place of another sense are those that GLOSSARY has for its words, unless the reference has them too."""
    forms: dict[tuple[str, ...], list[str]] = {}
    for term in glossary.terms:
        forms.setdefault(_key(term.source), []).extend((term.target, *term.accept))
    statuses: list[TermStatus] = []
    applied: list[bool] = []
    repeated: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for sentence, output in zip(sentences, outputs, strict=True):
        uses = marked_uses(sentence, output)
        statuses += (use.status for use in uses)
        if sentence.document:
            for use, chosen in zip(uses, _chosen(sentence, uses), strict=True):
                repeated.setdefault((sentence.document, _key(use.match.term.source)), []).append(chosen)
        others = [_key(sentence.source[place.start : place.end]) for place in sentence.places if not place.forms]
        wrong = {key: _wrong(forms.get(key, ()), sentence, output) for key in others}
        applied += (others[:i].count(key) < wrong[key] for i, key in enumerate(others))
    terms = [found for found in repeated.values() if len(found) > 1]
    consistent = sum(len(set(found)) == 1 and found[0] != "" for found in terms)
    return TermScores(tuple(statuses), tuple(applied), len(terms), consistent)


def marked_uses(sentence: MarkedSentence, output: str) -> tuple[TermUse, ...]:
    """A use for each place of SENTENCE that has right forms, in order, with spans in its translation OUTPUT."""
    matches = []
    for place in sentence.places:
        if forms := [form for same in place.forms for form in same]:
            term = Term(sentence.source[place.start : place.end], forms[0], tuple(forms[1:]))
            matches.append(TermMatch(term, place.start, place.end))
    return check(sentence.source, matches, output)


def _key(source: str) -> tuple[str, ...]:
    """The words of SOURCE, a reduplicated one once."""
    keys = [word.key for word in words(source)]
    return tuple(key for i, key in enumerate(keys) if key not in keys[i - 1 : i])


def _chosen(sentence: MarkedSentence, uses: Iterable[TermUse]) -> Iterator[str]:
    """The form that each of USES has, as the first of its parts of speech; empty for none."""
    for place, use in zip((place for place in sentence.places if place.forms), uses, strict=True):
        text = list(words(use.form))
        fit = (same[0] for same in place.forms if any(_whole(form, text, use.form) for form in same))
        yield next(fit, use.form)


def _whole(form: str, text: Sequence[Any], found: str) -> bool:
    return any(f.start == 0 and f.end == len(found) for f in occurrences(form, text, found))


def _wrong(forms: Sequence[str], sentence: MarkedSentence, output: str) -> int:
    """How many more of FORMS the translation OUTPUT has than the reference, apart from those of marked terms."""
    return max(0, _count(forms, sentence, output) - _count(forms, sentence, sentence.reference))


def _count(forms: Sequence[str], sentence: MarkedSentence, text: str) -> int:
    apart = [Found(use.start, use.end, True) for use in marked_uses(sentence, text) if use.form]
    claimed = len(apart)
    places = list(words(text))
    for form in sorted(set(forms), key=len, reverse=True):
        capitals = sum(map(str.isupper, form))  # a dead sea is not the Dead Sea
        for found in occurrences(form, places, text):
            if not found.meets(apart) and sum(map(str.isupper, text[found.start : found.end])) >= capitals:
                apart.append(found)
    return len(apart) - claimed
