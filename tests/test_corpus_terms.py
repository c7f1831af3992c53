"""The term set of corpus/terms/: format, marks, references, sizes, two halves that share nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus.terms import marked

from dwibahasa import Glossary
from dwibahasa.evaluation import KEPT, MarkedSentence, Place, marked_uses, term_scores
from dwibahasa.glossary.forms import occurrences
from dwibahasa.glossary.tokens import words

ROOT = Path(__file__).resolve().parent.parent
HALVES = {half: marked.sentences(half) for half in marked.HALVES}
ALL = [sentence for half in HALVES.values() for sentence in half]


def key(text: str) -> str:
    """TEXT without case, punctuation and spaces."""
    return re.sub(r"[\W_]+", "", text.casefold())


def entry_key(source: str) -> tuple[str, ...]:
    keys = [word.key for word in words(source)]
    return tuple(key for i, key in enumerate(keys) if key not in keys[i - 1 : i])


@pytest.fixture(scope="module")
def base() -> Glossary:
    return Glossary.default()


def places(with_forms: bool) -> Iterator[tuple[MarkedSentence, Place]]:
    for sentence in ALL:
        yield from ((sentence, place) for place in sentence.places if bool(place.forms) == with_forms)


def documents(half: str) -> dict[str, list[MarkedSentence]]:
    found: dict[str, list[MarkedSentence]] = {}
    for sentence in HALVES[half]:
        if sentence.document:
            found.setdefault(sentence.document, []).append(sentence)
    return found


def test_marks_are_read() -> None:
    found = marked.parse(
        "{Presiden AS|US president|president of the US} dan {as|-}nya.", "The US president.", "d", "x:1"
    )
    assert found.source == "Presiden AS dan asnya." and (found.document, found.where) == ("d", "x:1")
    assert found.places == (Place(0, 11, (("US president",), ("president of the US",))), Place(16, 18))
    assert marked.parse("{Cile|Chile/Chilean}", "Chile").places == (Place(0, 4, (("Chile", "Chilean"),)),)


@pytest.mark.parametrize("line", ["{AS}", "{AS|}", "{AS|US|}", "{AS|US |x}", "{AS|-|US}", "{AS|US", "AS|US}", "{|US}"])
def test_a_wrong_mark_is_named_with_its_place(line: str) -> None:
    with pytest.raises(ValueError, match=r"dev/a\.txt:7"):
        marked.parse(line, "x", where="dev/a.txt:7")


@pytest.mark.parametrize(
    ("text", "message"),
    [("satu\n\ntwo\nthree\n", "a source without a reference"), ("## a\nx\ny\n## b\n", "a document"), ("##\n", "a doc")],
)
def test_a_wrong_file_is_named_with_its_line(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marked, "FOLDER", tmp_path)
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev/a.txt").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=rf"dev/a\.txt:\d: {message}"):
        marked.sentences("dev")


def test_the_text_is_the_line_without_its_marks() -> None:
    for half, found in HALVES.items():
        lines = {
            f"{half}/{path.name}:{number}": line
            for path in (marked.FOLDER / half).glob("*.txt")
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        }
        for sentence in found:
            assert re.sub(r"\{([^|]+)\|[^}]*\}", r"\1", lines[sentence.where]) == sentence.source


def test_places_are_whole_words_in_order_and_apart() -> None:
    for sentence in ALL:
        assert sentence.places, sentence.where
        edges = [edge for place in sentence.places for edge in (place.start, place.end)]
        assert edges == sorted(set(edges)) and edges[-1] <= len(sentence.source), sentence.where
        for place in sentence.places:
            before, after = sentence.source[: place.start], sentence.source[place.end :]
            assert not before[-1:].isalnum(), sentence.where
            assert re.match(r"(?!\w)|(?i:(nya|lah|kah|pun|ku|mu)+)(?!\w)", after), sentence.where


def test_references_have_a_right_form_at_every_place() -> None:
    for sentence in ALL:
        for use in marked_uses(sentence, sentence.reference):
            assert use.status in KEPT, (sentence.where, use.match.term.source)
        forms = [form for place in sentence.places for same in place.forms for form in same]
        assert all(form.isprintable() and form == form.strip() for form in forms)


def test_marked_words_are_those_of_an_entry(base: Glossary) -> None:
    known = {entry_key(term.source) for term in base.terms}
    for with_forms, least in ((True, 1250), (False, 120)):
        found = [sentence.source[place.start : place.end] for sentence, place in places(with_forms)]
        unknown = [text for text in found if entry_key(text) not in known]
        assert len(found) - len(unknown) >= least
        assert len(unknown) < 10, unknown  # of entries taken out since


def test_references_keep_terms_away_from_other_senses(base: Glossary) -> None:
    """The preferred form is absent from most references, so that applying it shows; none counts as applied."""
    assert not any(term_scores(ALL, [sentence.reference for sentence in ALL], base).applied)
    preferred: dict[tuple[str, ...], set[str]] = {}
    for term in base.terms:
        preferred.setdefault(entry_key(term.source), set()).add(term.target)

    def shows(sentence: MarkedSentence, place: Place) -> bool:
        text = list(words(sentence.reference))
        forms = preferred[entry_key(sentence.source[place.start : place.end])]
        return not any(list(occurrences(form, text, sentence.reference)) for form in forms)

    assert sum(shows(*found) for found in places(False)) >= 120


def test_sizes() -> None:
    assert len(ALL) >= 520 and len(list(places(True))) >= 1250 and len(list(places(False))) >= 120
    for half, found in HALVES.items():
        assert len(found) >= 260
        assert sum(bool(place.forms) for sentence in found for place in sentence.places) >= 600
        assert sum(not place.forms for sentence in found for place in sentence.places) >= 60
        assert len(documents(half)) >= 12
        assert all(4 <= len(sentences) <= 8 for sentences in documents(half).values())
        assert any(sentence.source.isupper() for sentence in found)


def test_the_readme_has_the_sizes() -> None:
    assert marked.sizes() in (marked.FOLDER / "README.md").read_text(encoding="utf-8")


def test_no_sentence_stands_twice() -> None:
    for side in ("source", "reference"):
        texts = [key(getattr(sentence, side)) for sentence in ALL]
        assert len(texts) == len(set(texts))
    names = {half: set(documents(half)) for half in HALVES}
    assert not names["dev"] & names["test"]


def test_no_sentence_is_one_of_other_data_in_the_repository() -> None:
    """Training reads nothing from this folder, and no other corpus has a sentence of it."""
    own = {key(text) for sentence in ALL for text in (sentence.source, sentence.reference)}
    others = [path for name in ("corpus", "tests", "training", "benchmarks") for path in (ROOT / name).rglob("*")]
    read = 0
    for path in others:
        if path.suffix not in (".txt", ".tsv", ".jsonl", ".json", ".id", ".en") or marked.FOLDER in path.parents:
            continue
        read += 1
        for line in path.read_text("utf-8", errors="replace").splitlines():
            cells = [*re.split(r"[\t¦]|\{\w+\}", line), *(texts(json.loads(line)) if path.suffix == ".jsonl" else ())]
            assert not own & {key(cell) for cell in cells} - {""}, path
    assert read > 50


def texts(value: object) -> Iterator[str]:
    """The strings of a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)
