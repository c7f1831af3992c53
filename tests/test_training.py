"""The training pipeline, as far as it needs no torch: what is collected, drawn, marked and spoiled."""

import json
import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from training import corpus, mix, noise, terms
from training.recipe import Recipe, read_recipe

RECIPE = read_recipe()
PAIRS = [
    (
        "Presiden Korea Utara menandatangani perjanjian itu di Moskow.",
        "The North Korean president signed the treaty in Moscow.",
    ),
    ("Harga beras naik tajam di Jawa Timur pekan ini.", "The price of rice rose sharply in East Java this week."),
    ("Menteri Luar Negeri Retno Marsudi tiba di Jakarta.", "Foreign Minister Retno Marsudi arrived in Jakarta."),
    ("Dua kapal perang Rusia berlayar ke Laut Hitam.", "Two Russian warships sailed to the Black Sea."),
    (
        "Pemerintah membangun sebuah rumah sakit baru di kota itu.",
        "The government is building a new hospital in the city.",
    ),
]
DATA = Path(os.environ.get("DWIBAHASA_TRAINING_DATA", "../shared/mt-data"))


def folder(tmp_path: Path, pairs: list[tuple[str, str]], evaluation: list[tuple[str, str]]) -> Path:
    (tmp_path / "data/eval").mkdir(parents=True)
    (tmp_path / "data/berita.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in pairs), "utf-8")
    for side, suffix in enumerate((".id", ".en")):
        (tmp_path / f"data/eval/tes{suffix}").write_text("".join(f"{pair[side]}\n" for pair in evaluation), "utf-8")
    (tmp_path / "work").mkdir()
    return tmp_path / "data"


def collected(tmp_path: Path, data: Path) -> tuple[list[corpus.Pair], dict[str, dict[str, int]]]:
    report = corpus.collect(data, tmp_path / "work", RECIPE)
    return corpus.load(tmp_path / "work"), report["sources"]


def test_no_line_of_a_test_is_collected(tmp_path: Path) -> None:
    tested = [PAIRS[0], ("Kalimat lain sama sekali.", PAIRS[1][1])]
    near = (PAIRS[0][0].upper().replace(" ", "  ").rstrip("."), "A quite different translation of the sentence here.")
    pairs, report = collected(tmp_path, folder(tmp_path, [*PAIRS, near], tested))
    assert report["berita"]["evaluation line"] == 3  # the source, the target, and the source in capitals
    keys = {corpus.key(text) for pair in pairs for text in (pair.source, pair.target)}
    assert not keys & {corpus.key(text) for pair in tested for text in pair}


@pytest.mark.skipif(not (DATA / "eval").is_dir(), reason="DWIBAHASA_TRAINING_DATA names no folder with eval/")
def test_no_line_of_a_test_is_in_the_training_data(tmp_path: Path) -> None:
    corpus.collect(DATA, tmp_path, RECIPE)
    lines = {
        re.sub(r"\W+", "", line.lower())
        for path in (DATA / "eval").iterdir()
        for line in path.read_text("utf-8").splitlines()
    }
    pairs = corpus.load(tmp_path)
    assert len(pairs) > 1000
    for pair in pairs:
        assert re.sub(r"\W+", "", pair.source.lower()) not in lines
        assert re.sub(r"\W+", "", pair.target.lower()) not in lines


def test_what_cannot_be_a_translation_is_left_out(tmp_path: Path) -> None:
    bad = [
        ("Ya.", "Yes."),
        (
            "Kalimat yang pendek saja.",
            "This translation goes on and on, far beyond what the sentence says, and then on.",
        ),
        ("Vladimir Putin, Kim Jong-un", "Vladimir Putin, Kim Jong-un"),
        (
            "The minister said that he would not go to the meeting.",
            "Menteri itu mengatakan bahwa dia tidak akan datang.",
        ),
    ]
    pairs, report = collected(tmp_path, folder(tmp_path, [PAIRS[0], PAIRS[0], *bad], []))
    counts = {"kept": 1, "twice": 1, "length": 1, "ratio": 1, "same on both sides": 1, "language": 1}
    held = report["berita"].pop("development", 0)
    assert report["berita"] == counts and not held
    assert [pair[:3] for pair in pairs] == [(*PAIRS[0], "berita")]


def test_sources_of_weight_nothing_are_left_out(tmp_path: Path) -> None:
    data = folder(tmp_path, PAIRS, [])
    (data / "berita.tsv").rename(data / "javascript-info.tsv")
    pairs, report = collected(tmp_path, data)
    assert not pairs and report == {"javascript-info": {"weight 0": len(PAIRS)}}


def test_articles_keep_their_order_and_some_are_held_back(tmp_path: Path) -> None:
    data = folder(tmp_path, [], [])
    (data / "own").mkdir()
    rows = [
        {"id": f"a{n}", "blocks": [{"role": "paragraph", "pairs": [[f"{a} {n}", f"{b} {n}"] for a, b in PAIRS]}]}
        for n in range(100)
    ]
    (data / "own/berita.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    pairs, report = collected(tmp_path, data)
    articles = corpus.read_lines(tmp_path / "work/articles.tsv")
    assert 0 < len(articles) < 60 and len(articles) == report["own"]["development"]
    assert not {line.split("\t")[2] for line in articles} & {pair.document for pair in pairs}
    assert Counter(pair.document for pair in pairs).most_common()[-1][1] == len(PAIRS)
    assert [pair.place for pair in pairs[: len(PAIRS)]] == list(range(len(PAIRS)))


def test_a_line_without_a_tab_is_named(tmp_path: Path) -> None:
    data = folder(tmp_path, PAIRS, [])
    (data / "berita.tsv").write_text("a\tb\ntanpa tab\n", "utf-8")
    with pytest.raises(corpus.DataError, match=r"berita\.tsv: line 2: no tab"):
        corpus.collect(data, tmp_path / "work", RECIPE)


def pairs_of(name: str, count: int) -> list[corpus.Pair]:
    return [corpus.Pair(f"{a} {n}", f"{b} {n}", name) for n in range(count) for a, b in PAIRS]


def recipe(**weights: float) -> Recipe:
    source = RECIPE.sources["own"]
    return replace(RECIPE, sources={name: replace(source, broad=w, final=w) for name, w in weights.items()})


def test_a_pass_draws_by_weight_and_always_the_same() -> None:
    pairs = pairs_of("satu", 20) + pairs_of("dua", 20)
    made = recipe(satu=1.5, dua=0.2)
    drawn = list(mix.draw(pairs, made, "broad", 1))
    assert len(drawn) == 150 + 20
    assert drawn == list(mix.draw(pairs, made, "broad", 1))
    assert drawn != list(mix.draw(pairs, made, "broad", 2))


def test_terms_are_marked_and_the_translation_has_them() -> None:
    marker = terms.Terms(counterfactual=0.0)
    form = re.compile("<term>(.+?)<trans>(.+?)</term>")
    seen = 0
    for seed in range(30):
        for source, target in PAIRS:
            marked, wanted = marker.annotate(source, target, Random(seed))
            assert form.sub(r"\1", marked) == source and wanted == target
            for _, english in form.findall(marked):
                assert english.lower() in target.lower()
                seen += 1
    assert seen > 100


def test_a_counterfactual_term_changes_the_translation_to_match() -> None:
    marker = terms.Terms(counterfactual=1.0)
    changed = 0
    for seed in range(60):
        for source, target in PAIRS:
            marked, wanted = marker.annotate(source, target, Random(seed))
            for english in re.findall("<trans>(.+?)</term>", marked):
                assert english.lower() in wanted.lower()
            assert not re.search(r"\ba [aeio]|\ban [^aeiou8hHAEIOUFLMNRSX]", wanted), wanted
            changed += wanted != target
    assert changed > 60


def test_phrases_are_linked_on_both_sides() -> None:
    source, target = PAIRS[1]
    found = {(source[p.start : p.end], target[p.first : p.last]) for p in terms.phrases(source, target)}
    assert ("Jawa Timur", "East Java") in found and ("Harga beras", "price of rice") in found
    assert not any(re.search(r"^(di|ini)\b", s) for s, _ in found)


@pytest.mark.parametrize("kind", noise.KINDS, ids=lambda kind: kind.__name__)
def test_noise_spoils_some_sentences_and_keeps_the_words(kind: noise.Kind) -> None:
    changed = 0
    for seed in range(40):
        for source, target in PAIRS:
            spoiled, wanted = kind(source, target, Random(seed))
            changed += spoiled != source
            assert spoiled and wanted
            if kind is noise.cut:
                assert source.startswith(spoiled) and target.startswith(wanted)
            elif kind is not noise.mixed:
                assert abs(len(spoiled) - len(source)) <= 4
    if kind is not noise.no_comma:  # there is none in these
        assert changed > 10


def test_quotes_become_curly_and_straight_again() -> None:
    text = 'Ia berkata, "Itu bukan hak mereka," lalu pergi. It\'s over.'
    assert noise.curly(text) == "Ia berkata, “Itu bukan hak mereka,” lalu pergi. It’s over."
    assert noise.straight(noise.curly(text)) == text


def test_the_recipe_leaves_out_what_may_not_be_used() -> None:
    for name in ("javascript-info", "bible-tb-web", "progit1", "progit2", "ted-dev2010", "gunnxx-news-valid"):
        assert RECIPE.source(name).broad == RECIPE.source(name).final == 0
    assert all(source.licence for source in RECIPE.sources.values())
    assert not set(RECIPE.develop["sets"]) & set(RECIPE.evaluate["sets"])
