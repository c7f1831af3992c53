"""The gold set and the case list of corpus/segmentation/: format, coverage, sizes, two halves that share nothing."""

import re
from pathlib import Path

import pytest
from corpus.segmentation import gold

from dwibahasa.document import ROLES

ARTICLES = {half: gold.articles(half) for half in gold.HALVES}
ALL = [article for half in gold.HALVES for article in ARTICLES[half]]
BY_NAME = pytest.mark.parametrize("article", ALL, ids=lambda article: article.name)


@BY_NAME
def test_every_character_is_covered_once(article: gold.Article) -> None:
    spans = [span for block in article.blocks for span in block.spans]
    edges = [0, *(edge for span in spans for edge in span), len(article.text)]
    assert edges == sorted(edges)
    gaps = zip(edges[::2], edges[1::2], strict=True)
    assert all(article.text[start:end].strip() == "" for start, end in gaps)
    assert all(sentence == sentence.strip() != "" for sentence in article.sentences())


@BY_NAME
def test_the_raw_text_is_the_file_without_its_marks(article: gold.Article) -> None:
    marked = (gold.FOLDER / article.name).read_bytes().decode("utf-8")
    assert re.sub(r"\{[a-z_]+\}|¦", "", marked) == article.text


@BY_NAME
def test_one_segment_where_the_conventions_want_one(article: gold.Article) -> None:
    assert [block.role for block in article.blocks].count("headline") == 1
    for block in article.blocks:
        if block.role in ("headline", "subheading", "byline", "dateline", "related"):
            assert len(block.spans) == 1, article.text[block.spans[0][0] : block.spans[-1][1]]


def test_sizes() -> None:
    for half in ARTICLES.values():
        assert len(half) >= 30
        assert {block.role for article in half for block in article.blocks} == set(ROLES)
        sentences = [s for a in half for b in a.blocks if b.role in gold.PROSE for s in b.spans]
        assert len(sentences) >= 450
    assert any("\r\n" in article.text for article in ARTICLES["dev"])
    assert any("\r\n" in article.text for article in ARTICLES["test"])


def test_the_readme_has_the_sizes() -> None:
    assert gold.sizes() in (gold.FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_halves_share_nothing() -> None:
    words = {half: [" ".join(article.text.split()) for article in ARTICLES[half]] for half in gold.HALVES}
    assert not {*words["dev"]} & {*words["test"]}
    long = {half: {s for a in ARTICLES[half] for s in a.sentences() if len(s.split()) > 6} for half in gold.HALVES}
    assert long["dev"] & long["test"] == set()


def test_offsets_of_an_article() -> None:
    article = gold.parse("{headline}Judul\n\n{paragraph}Ia. ¦Dia.\r\n{byline}🚢 (x)", "a.txt")
    assert article.text == "Judul\n\nIa. Dia.\r\n🚢 (x)"
    assert article.blocks == (
        gold.GoldBlock("headline", ((0, 5),)),
        gold.GoldBlock("paragraph", ((7, 10), (11, 15))),
        gold.GoldBlock("byline", ((17, 22),)),
    )


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("Judul", "a.txt:1: text before the first block"),
        ("{headline}Judul\n{title}Teks", "a.txt:2: '{title}' is no mark"),
        ("{headline}Judul}", "a.txt:1: '}' is no mark"),
        ("{headline}Judul\n\n{paragraph} ¦Teks", "a.txt:3: a block or a sentence without text"),
        ("{paragraph}Teks.¦", "a.txt:1: a block or a sentence without text"),
        ("¦{paragraph}Teks.", "a.txt:1: a sentence before the first block"),
    ],
)
def test_a_wrong_mark_names_file_and_line(marked: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        gold.parse(marked, "a.txt")


def test_case_list() -> None:
    cases = gold.cases()
    assert len(cases) >= 250
    assert len({case.name.rpartition("-")[0] for case in cases}) >= 25
    assert len({case.text for case in cases}) == len(cases)
    for case in cases:
        assert [case.text[start:end] for start, end in gold.spans(case.text, case.sentences)] == list(case.sentences)


@pytest.mark.parametrize("entry", ["Ia.", "Ia. Dia.\n---\nIa.", "Ia.\n---\n", "Ia. Dia.\n---\nDia.\nIa."])
def test_a_wrong_case_names_file_and_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "quotes.txt").write_text(f"Ia.\n---\nIa.\n===\n{entry}\n", encoding="utf-8")
    monkeypatch.setattr(gold, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"quotes\.txt, entry 2"):
        gold.cases()
