"""Scores on test sets: what is counted, how sets are found, and what the command prints."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dwibahasa import Glossary, Term, Translator, evaluation
from dwibahasa.cli import main
from dwibahasa.errors import InputError, UnknownNameError
from dwibahasa.evaluation import Place, TermScores, compare, evaluate, load_test, term_scores
from dwibahasa.testing import DictEngine

SOURCES = ("Presiden Korea Utara berbicara.", "Korea Utara menolak.", "Hujan turun di kota itu sejak pagi.")
RIGHT = ("The president of North Korea spoke.", "North Korea refused.", "Rain has fallen in the city since morning.")
GLOSSARY = Glossary([Term("Korea Utara", "North Korea", accept=("DPRK",))])


def scores(*outputs: str, references: tuple[str, ...] = RIGHT):
    test = evaluation.TestSet("tiny", SOURCES, references)
    translator = Translator(DictEngine(dict(zip(SOURCES, outputs, strict=True))))
    return evaluate(translator, test, GLOSSARY), test


def test_a_perfect_translation_has_full_marks() -> None:
    found, _ = scores(*RIGHT)
    assert found.bleu == pytest.approx(100) and found.chrf == pytest.approx(100)
    assert (found.terms, found.exact, found.kept) == (2, 2, 2)
    assert found.outputs == RIGHT and found.speed > 0
    assert "tok:13a" in found.signatures[0] and "nw:2" in found.signatures[1]


def test_terms_count_where_the_reference_has_them() -> None:
    found, _ = scores("The president of the DPRK spoke.", "Pyongyang refused.", RIGHT[2])
    assert (found.terms, found.exact, found.kept) == (2, 0, 1)
    found, _ = scores(*RIGHT, references=(RIGHT[0], "Pyongyang refused.", RIGHT[2]))
    assert (found.terms, found.exact, found.kept) == (1, 1, 1)


def test_scores_are_sacrebleus() -> None:
    import sacrebleu

    outputs = ["President of North Korea has spoken.", "North Korea said no.", "It has rained in the city."]
    found, _ = scores(*outputs)
    assert found.bleu == sacrebleu.corpus_bleu(outputs, [list(RIGHT)]).score
    assert found.chrf == sacrebleu.corpus_chrf(outputs, [list(RIGHT)], word_order=2).score


def test_lines_stay_whole_and_in_order() -> None:
    sources = ("Satu. Dua.", "", "  Tiga  ")
    engine = DictEngine({source: source.upper() for source in sources} | {"Tiga": "TIGA"})
    found = evaluate(Translator(engine), evaluation.TestSet("t", sources, ("a", "b", "c")))
    assert len(found.outputs) == 3 and found.outputs[0] == "SATU. DUA."


def test_two_systems_are_compared_with_a_bootstrap() -> None:
    good, test = scores(*RIGHT)
    bad, _ = scores("x y z", "a b", "c d e")
    assert [(d.metric, d.difference, d.p) for d in compare(good, good, test)] == [("BLEU", 0, 1), ("chrF2++", 0, 1)]
    for difference in compare(bad, good, test):
        assert difference.difference > 50 and difference.p < 0.1


def test_a_set_is_found_by_path_by_name_and_by_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kecil.id").write_text("satu\ndua\n", "utf-8")
    (tmp_path / "kecil.en").write_text("one\ntwo\n", "utf-8")
    wanted = evaluation.TestSet("kecil", ("satu", "dua"), ("one", "two"))
    assert load_test(str(tmp_path / "kecil")) == wanted
    assert load_test(str(tmp_path / "kecil.id"), str(tmp_path / "kecil.en")) == wanted
    assert load_test(str(tmp_path / "kecil"), lines=1).sources == ("satu",)
    with pytest.raises(UnknownNameError, match="DWIBAHASA_TESTS"):
        load_test("kecil")
    monkeypatch.setenv("DWIBAHASA_TESTS", str(tmp_path))
    assert load_test("kecil") == wanted
    with pytest.raises(UnknownNameError, match="has kecil"):
        load_test("besar")


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("satu\ndua\n", "utf-8")
    (tmp_path / "b").write_text("one\n", "utf-8")
    with pytest.raises(InputError, match=r"a has 2 lines and .*b has 1"):
        load_test(str(tmp_path / "a"), str(tmp_path / "b"))
    with pytest.raises(InputError, match="No such file"):
        load_test(str(tmp_path / "a"), str(tmp_path / "c"))


def test_the_command_scores_the_bundled_model(tmp_path: Path) -> None:
    rows = [line.split("\t") for line in Path("corpus/headlines.tsv").read_text("utf-8").splitlines()]
    rows = [row for row in rows if not row[0].startswith("#")][:3]
    for name, column in (("t.id", 0), ("t.en", 1)):
        (tmp_path / name).write_text("".join(row[column] + "\n" for row in rows), "utf-8")
    command = ["evaluate", "--test", str(tmp_path / "t"), "--model", "id_en", "--model", "id_en", "--format", "json"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.stderr
    first, second, *differences = map(json.loads, result.stdout.splitlines())
    assert first["sentences"] == 3 and first["model"] == "id_en" and first["bleu"] == second["bleu"] > 5
    assert {d["metric"]: d["p"] for d in differences} == {"BLEU": 1.0, "chrF2++": 1.0}
    result = CliRunner().invoke(
        main, ["evaluate", "--test", str(tmp_path / "t.id"), str(tmp_path / "t.en"), "--glossary-policy", "off"]
    )
    assert result.exit_code == 0 and "glossary policy: off" in result.stdout and "| id_en |" in result.stdout
    assert "nrefs:1|case:mixed" in result.stdout


def test_the_command_names_an_unknown_set() -> None:
    result = CliRunner().invoke(main, ["evaluate", "--test", "tidak-ada"])
    assert result.exit_code == 2 and "unknown test set 'tidak-ada'" in result.stderr


MARKED = evaluation.MarkedSentence(
    "AS dan Prancis memuji PBB, kata AS (34).",
    "The US and France praised the UN, said AS, 34.",
    (
        Place(0, 2, (("US", "American"), ("United States",))),
        Place(7, 14, (("France", "French"),)),
        Place(22, 25, (("UN",), ("United Nations",))),
        Place(32, 34),
    ),
)
BASE = Glossary([Term("AS", "US", accept=("United States",)), Term("Laut Mati", "Dead Sea")])


def marked_scores(*outputs: str, sentences: tuple[evaluation.MarkedSentence, ...] = (MARKED,)):
    return term_scores(sentences, outputs, BASE)


def test_marked_terms_are_right_in_the_forms_that_a_person_named() -> None:
    assert marked_scores(MARKED.reference) == TermScores(("exact", "exact", "exact"), (False,), 0, 0)
    found = marked_scores("American and French officials praised the United Nations, said AS, 34.")
    assert found.statuses == ("variant", "variant", "variant") and (found.exact, found.right) == (0, 3)
    found = marked_scores("They praised the League of Nations, said AS, 34.")
    assert found.statuses == ("missed", "missed", "missed") and found.right == 0


def test_a_term_in_another_sense_must_not_get_its_form() -> None:
    assert marked_scores("The US and France praised the UN, said the US, 34.").applied == (True,)
    assert marked_scores("The US and France praised the UN, said the United States, 34.").applied == (True,)
    assert marked_scores("France praised the UN, said the US.").applied == (False,)  # it stands for the country
    sea = evaluation.MarkedSentence("Danau itu laut mati.", "The lake is a dead sea.", (Place(10, 19),))
    assert marked_scores("The lake is a dead sea.", sentences=(sea,)).applied == (False,)
    assert marked_scores("The lake is the Dead Sea.", sentences=(sea,)).applied == (True,)


def test_a_wrong_form_is_counted_as_often_as_it_stands_there() -> None:
    twice = evaluation.MarkedSentence("AS memukul as dengan tepat.", "He hit the ace.", (Place(0, 2), Place(11, 13)))
    assert marked_scores("The US hit the ace.", sentences=(twice,)).applied == (True, False)
    assert marked_scores("The US hit the US.", sentences=(twice,)).applied == (True, True)


def test_what_the_reference_says_too_is_no_wrong_form() -> None:
    game = evaluation.MarkedSentence("Kartu as.", "The US card.", (Place(6, 8),))
    assert marked_scores("The US card.", sentences=(game,)).applied == (False,)


def test_a_document_is_consistent_where_a_term_has_one_form() -> None:
    def sentence(text: str, *forms: tuple[str, ...], document: str = "d") -> evaluation.MarkedSentence:
        return evaluation.MarkedSentence(text, "", (Place(0, len(text.split()[0]), forms),), document)

    names = (("France", "French"), ("Gaul",))
    two = sentence("Prancis menang.", *names), sentence("PRANCIS-PRANCIS itu.", *names)
    assert marked_scores("France won.", "The French.", sentences=two).consistent == 1
    assert marked_scores("France won.", "The Gauls.", sentences=two).consistent == 0
    assert marked_scores("Germany won.", "Germans.", sentences=two).consistent == 0
    assert marked_scores("France won.", "The Gauls.", sentences=two).repeated == 1
    apart = two[0], sentence("Prancis kalah.", *names, document="e"), sentence("Prancis.", *names, document="")
    assert marked_scores("France won.", "France lost.", "France.", sentences=apart).repeated == 0


def test_the_units_tell_what_became_of_the_terms() -> None:
    test = evaluation.TestSet("tiny", SOURCES, RIGHT)
    translator = Translator(DictEngine(dict(zip(SOURCES, RIGHT, strict=True))), GLOSSARY)
    units = evaluate(translator, test).units
    assert [[(use.status, use.step) for use in unit.terms] for unit in units] == [[("exact", "model")]] * 2 + [[]]
