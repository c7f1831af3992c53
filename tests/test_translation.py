"""The stages from document to bilingual document, with engines that need no model."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa import (
    BilingualDocument,
    Document,
    DwibahasaError,
    Glossary,
    Term,
    TranslationUnit,
    Translator,
    read_text,
)
from dwibahasa.document import Block, Finding, Segment
from dwibahasa.engines import Hypothesis, Request, Translation
from dwibahasa.errors import EngineError, InputError, LanguageError, UnknownNameError
from dwibahasa.testing import DictEngine, EchoEngine
from dwibahasa.translation import GROUP, MAX_ASKED

SEA = Term("Laut Natuna Utara", "North Natuna Sea")
TRUCE = Term("gencatan senjata", "truce", forbid=("ceasefire",))


class Marked(DictEngine):
    """Knows inline terms: a request with terms is looked up as its text with the wanted forms after it."""

    def __init__(self, mapping: dict[str, Any]) -> None:
        super().__init__(mapping)
        self.term_markup = True

    def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
        for request in requests:
            self.requests.append(request)
            wanted = "".join(f" [{term.target}]" for term in request.terms)
            value = self._mapping[request.text + wanted]
            texts = (value,) if isinstance(value, str) else value
            yield Translation(tuple(Hypothesis(text, -0.5 * n) for n, text in enumerate(texts, 1)))


class Bound(DictEngine):
    """Is bound by constraints: a request is looked up as its text with the beginning or the forms to avoid after it."""

    def __init__(self, mapping: dict[str, Any]) -> None:
        super().__init__(mapping)
        self.constraints = True

    def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
        for request in requests:
            self.requests.append(request)
            key = request.text + f" [{request.prefix}]" * bool(request.prefix)
            key += f" [not {', '.join(request.avoid)}]" * bool(request.avoid)
            yield Translation((Hypothesis(self._mapping[key], -0.5),))


class Short(EchoEngine):
    """Bears sixty characters."""

    def fits(self, text: str) -> bool:
        return len(text) <= 60


def translated(text: str, engine: Any, *terms: Term) -> BilingualDocument:
    return Translator(engine, Glossary(terms)).translate(read_text(text), force_language="id")


def only(text: str, engine: Any, *terms: Term) -> TranslationUnit:
    (unit,) = translated(text, engine, *terms).units
    return unit


def checks(unit: TranslationUnit) -> list[str]:
    return [finding.check for finding in unit.findings]


def test_units_are_named_after_their_blocks_and_boilerplate_has_no_target() -> None:
    text = "Rapat Ditunda\n\n0 Komentar\n\nRapat ditunda. Hujan turun.\n\nKapal tiba."
    result = translated(text, EchoEngine())
    assert [(unit.id, unit.block, unit.target) for unit in result.units] == [
        ("h1.s1", "h1", "RAPAT DITUNDA"),
        ("x1.s1", "x1", None),
        ("p1.s1", "p1", "RAPAT DITUNDA."),
        ("p1.s2", "p1", "HUJAN TURUN."),
        ("p2.s1", "p2", "KAPAL TIBA."),
    ]
    boilerplate = result.units[1]
    assert (boilerplate.origin, boilerplate.state, boilerplate.score) == (None, "initial", None)
    assert {(unit.origin, unit.state) for unit in result.units if unit.target} == {("mt", "translated")}
    assert result.units[2].score == -0.5
    assert result.signature.startswith("dwibahasa:")
    assert result.signature.endswith("|model:echo")


def test_english_is_carried_over() -> None:
    unit = only("We will not accept any deal that leaves our people without security guarantees.", EchoEngine())
    assert (unit.target, unit.origin, unit.language) == (unit.segment.text, "copied", "en")
    assert only("(19/6/2024)", EchoEngine()).origin == "copied"


def test_an_english_quotation_is_carried_over_and_the_rest_translated() -> None:
    engine = DictEngine({"katanya di Doha.": "He said in Doha."})
    text = "“We will not negotiate under fire, not today and not tomorrow,” katanya di Doha."
    assert (
        only(text, engine).target == "“We will not negotiate under fire, not today and not tomorrow,” he said in Doha."
    )


def test_glued_headlines_are_translated_one_by_one() -> None:
    engine = EchoEngine()
    text = "Baca Juga:Harga Solar Naik Lagi di PasarKapal Kecil Berhenti Melaut di Riau\n\nRapat ditunda karena hujan."
    unit = next(unit for unit in translated(text, engine).units if unit.role == "related")
    assert unit.target == "BACA JUGA: HARGA SOLAR NAIK LAGI DI PASAR / KAPAL KECIL BERHENTI MELAUT DI RIAU"


def test_a_long_sentence_is_cut_for_the_engine_and_stays_one_unit() -> None:
    engine = Short()
    text = "Kapal itu tiba di Batam pada Senin pagi, dan awaknya turun ke darat, tetapi nakhoda menolak berbicara lagi."
    unit = only(text, engine)
    assert unit.target == text.upper()
    assert len(engine.requests) > 1
    assert all(engine.fits(request.text) for request in engine.requests)


def test_what_cannot_be_cut_is_carried_over_and_reported() -> None:
    unit = only("Kata dia " + "x" * 500 + " begitu.", Short())
    assert unit.target == "KATA DIA " + "x" * 500 + " BEGITU."
    assert "uncut" in checks(unit)


def test_a_long_english_quotation_is_no_stretch_that_was_too_long() -> None:
    quote = "“" + "We will not accept any deal that leaves them without guarantees, and they know it, " * 6 + "”"
    unit = only(f"{quote} katanya di Doha.", DictEngine({"katanya di Doha.": "he said in Doha."}))
    assert unit.target == f"{quote} he said in Doha."
    assert "uncut" not in checks(unit)


def test_digits_that_do_not_fit_are_reported_however_few() -> None:
    assert "uncut" in checks(only(f"Kode {'7' * 61} dicatat.", Short()))


def test_a_sentence_that_is_carried_over_whole_for_its_length_is_reported() -> None:
    unit = only("x" * 61, Short())
    assert (unit.target, unit.origin, checks(unit)) == ("x" * 61, "copied", ["uncut"])


def test_addresses_go_under_a_short_name_and_come_back() -> None:
    engine = EchoEngine(term_markup=True)
    unit = only("Naskah ada di https://contoh.go.id/a?b=1 dan di humas@contoh.go.id sejak Senin.", engine)
    assert unit.target == "NASKAH ADA DI https://contoh.go.id/a?b=1 DAN DI humas@contoh.go.id SEJAK SENIN."
    (request,) = engine.requests
    assert "contoh" not in request.text
    assert [request.text[term.start : term.end] for term in request.terms] == [term.target for term in request.terms]
    assert unit.terms == ()


def test_a_lost_address_is_reported() -> None:
    engine = DictEngine({"Naskah ada di X1.": "The text is there."})
    unit = only("Naskah ada di https://contoh.go.id/a.", engine)
    assert "verbatim" in checks(unit)


def test_a_term_that_the_model_keeps_is_not_asked_for() -> None:
    engine = Marked({"Kapal masuk Laut Natuna Utara.": "The ship entered the North Natuna Sea."})
    (use,) = only("Kapal masuk Laut Natuna Utara.", engine, SEA).terms
    assert (use.status, use.step, use.form) == ("exact", "model", "North Natuna Sea")
    assert len(engine.requests) == 1


def test_a_missed_term_is_asked_for_inside_the_sentence() -> None:
    engine = Marked(
        {
            "Kapal masuk Laut Natuna Utara.": "The ship entered North Sea.",
            "Kapal masuk Laut Natuna Utara. [North Natuna Sea]": "The ship entered the North Natuna Sea.",
        }
    )
    unit = only("Kapal masuk Laut Natuna Utara.", engine, SEA)
    assert unit.target == "The ship entered the North Natuna Sea."
    assert [(use.status, use.step) for use in unit.terms] == [("exact", "inline")]
    assert len(engine.requests) == 2


def test_a_second_answer_that_is_no_better_is_not_taken() -> None:
    engine = Marked(
        {
            "Kapal masuk Laut Natuna Utara.": "The ship came.",
            "Kapal masuk Laut Natuna Utara. [North Natuna Sea]": "The ship ship left.",
        }
    )
    unit = only("Kapal masuk Laut Natuna Utara.", engine, SEA)
    assert unit.target == "The ship came."
    assert [(use.status, use.step) for use in unit.terms] == [("missed", "none")]
    assert "term" in checks(unit)


def test_terms_of_a_long_document_are_asked_for_in_their_own_sentences() -> None:
    missing = {GROUP - 1, GROUP, 3 * GROUP + 1}
    sentences = [f"Kapal {n} masuk Laut Natuna Utara." for n in range(3 * GROUP + 5)]
    known = {text: f"Ship {n} entered the North Natuna Sea." for n, text in enumerate(sentences)}
    asked = {f"{text} [North Natuna Sea]": target for text, target in known.items()}
    known |= {sentences[n]: f"Ship {n} came." for n in missing}
    engine = Marked(known | asked)
    units = translated("\n\n".join(sentences), engine, SEA).units
    assert [unit.target for unit in units] == list(asked.values())
    assert {n for n, unit in enumerate(units) if unit.terms[0].step == "inline"} == missing
    assert len(engine.requests) == len(sentences) + len(missing)


def test_an_engine_without_markup_is_not_asked_twice() -> None:
    engine = DictEngine({"Kapal masuk Laut Natuna Utara.": "The ship came in."})
    assert checks(only("Kapal masuk Laut Natuna Utara.", engine, SEA)) == ["term"]
    assert len(engine.requests) == 1


def test_a_word_of_a_name_that_is_carried_over_is_no_term() -> None:
    turkey = Term("Turki", "Türkiye")
    name = {"Pangeran Turki al-Faisal pulang.": "Prince Turki al-Faisal went home."}
    unit = only("Pangeran Turki al-Faisal pulang.", DictEngine(name), turkey)
    assert (unit.target, unit.terms, unit.findings) == (name["Pangeran Turki al-Faisal pulang."], (), ())
    state = {"Delegasi Turki pulang ke Ankara.": "The Turki delegation went home to Ankara."}
    unit = only("Delegasi Turki pulang ke Ankara.", DictEngine(state), turkey)
    assert [use.status for use in unit.terms] != []


FREE = {"Gencatan senjata gagal lagi.": "The ceasefire failed again."}
OPENED, AVOIDED = "Gencatan senjata gagal lagi. [The truce]", "Gencatan senjata gagal lagi. [not ceasefire, Ceasefire]"


def test_a_missed_term_is_decoded_again_with_the_right_beginning() -> None:
    engine = Bound(FREE | {OPENED: "The truce collapsed once more.", AVOIDED: "The pause failed again."})
    unit = only("Gencatan senjata gagal lagi.", engine, TRUCE)
    assert unit.target == "The truce collapsed once more."
    assert [(use.status, use.form, use.step) for use in unit.terms] == [("exact", "truce", "redecoding")]
    assert unit.findings == ()


def test_a_missed_term_is_decoded_again_without_the_wrong_form() -> None:
    engine = Bound(FREE | {OPENED: "The truce truce truce.", AVOIDED: "The truce failed again."})
    assert only("Gencatan senjata gagal lagi.", engine, TRUCE).target == "The truce failed again."


def test_a_term_is_repaired_where_decoding_again_does_not_bring_it() -> None:
    engine = Bound(FREE | {OPENED: "", AVOIDED: "The pause failed again."})
    unit = only("Gencatan senjata gagal lagi.", engine, TRUCE)
    assert unit.target == "The truce failed again."
    assert [(use.status, use.step) for use in unit.terms] == [("repaired", "repair")]


def test_a_policy_says_what_terms_do() -> None:
    term = Term("gencatan senjata", "truce", accept=("ceasefire",))

    def under(policy: Any) -> tuple[TranslationUnit, str]:
        translator = Translator(DictEngine(FREE), Glossary([term], "own.po@1"), policy)
        (unit,) = translator.translate(read_text("Gencatan senjata gagal lagi."), force_language="id").units
        return unit, translator.signature

    unit, signature = under("prefer")
    assert unit.target == "The ceasefire failed again."
    assert [(use.status, use.form) for use in unit.terms] == [("variant", "ceasefire")]
    assert signature.endswith("|glossary:own.po@1")
    unit, signature = under("strict")
    assert unit.target == "The truce failed again."
    assert [(use.status, use.step) for use in unit.terms] == [("repaired", "repair")]
    assert signature.endswith("|glossary:own.po@1|policy:strict")
    term = Term("gencatan senjata", "truce", forbid=("ceasefire",))
    unit, signature = under("off")
    assert unit.target == "The ceasefire failed again."
    assert [use.status for use in unit.terms] == ["conflict"]
    assert unit.findings == ()
    with pytest.raises(UnknownNameError, match="unknown glossary policy 'never'; known: prefer, strict, off"):
        under("never")


def test_few_terms_are_asked_for_at_once() -> None:
    names = ["Satu", "Dua", "Tiga", "Empat", "Lima", "Enam"]
    terms = [Term(f"Pulau {name}", f"{name} Isle") for name in names]
    text = "Kapal ke " + ", ".join(term.source for term in terms) + "."
    wanted = "".join(f" [{term.target}]" for term in terms[:MAX_ASKED])
    engine = Marked({text: "The ship left.", text + wanted: "The ship left."})
    unit = only(text, engine, *terms)
    assert [len(request.terms) for request in engine.requests] == [0, MAX_ASKED]
    assert len(checks(unit)) == len(set(unit.findings))


def test_a_later_hypothesis_is_taken_for_its_terms_and_numbers() -> None:
    engine = DictEngine(
        {
            "Gencatan senjata berlaku.": ("The ceasefire took effect.", "The truce took effect."),
            "Korban menjadi 25 orang.": ("The toll rose to 52.", "The toll rose to 25."),
        }
    )
    first, second = translated("Gencatan senjata berlaku. Korban menjadi 25 orang.", engine, TRUCE).units
    assert first.target == "The truce took effect."
    assert [(use.status, use.step) for use in first.terms] == [("exact", "n-best")]
    assert (second.target, second.score) == ("The toll rose to 25.", -1.0)


def test_a_later_hypothesis_is_taken_for_its_addresses_and_before_an_empty_one() -> None:
    engine = DictEngine(
        {
            "Buka X1 dan X2 sekarang juga.": ("Open X1 and that now.", "Open X1 and X2 now."),
            "Rapat berlangsung 25 hari.": ("", "The talks lasted 52 days."),
        }
    )
    first, second = translated("Buka satu.go.id dan dua.go.id sekarang juga. Rapat berlangsung 25 hari.", engine).units
    assert first.target == "Open satu.go.id and dua.go.id now."
    assert second.target == "The talks lasted 52 days."


def test_an_address_that_stands_twice_is_to_stand_twice() -> None:
    engine = DictEngine({"Buka X1 atau X2.": "Open X2.", "Buka X1, lalu X1.": "Open X1."})
    assert checks(only("Buka contoh.go.id atau contoh.go.id/peta.", engine)) == ["verbatim"]
    assert "verbatim" in checks(only("Buka contoh.go.id, lalu contoh.go.id.", engine))


def test_what_the_engine_found_is_reported_once_and_the_score_is_the_mean() -> None:
    class Cutting(Short):
        def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
            for number, answer in enumerate(super().translate(requests), 1):
                hypothesis = Hypothesis(answer.hypotheses[0].text, -0.25 * number)
                yield Translation((hypothesis,), (Finding("cut", "the translation was cut at 9 pieces"),))

    engine = Cutting()
    unit = only("Kapal itu tiba di Batam pada Senin pagi ini, dan awaknya turun ke darat untuk beristirahat.", engine)
    assert len(engine.requests) == 2
    assert checks(unit).count("cut") == 1
    assert unit.score == -0.375


def test_a_wrong_form_is_repaired_at_its_place() -> None:
    engine = DictEngine({"Mereka menyambut gencatan senjata itu.": "They welcomed the ceasefire."})
    unit = only("Mereka menyambut gencatan senjata itu.", engine, TRUCE)
    assert unit.target == "They welcomed the truce."
    assert [(use.status, use.step) for use in unit.terms] == [("repaired", "repair")]


def test_documents_stay_apart_and_plans_are_taken_as_needed() -> None:
    engine = EchoEngine()
    translator = Translator(engine)
    taken = []

    def plans() -> Iterator[Any]:
        for text in ("Rapat ditunda.", "2024", "Kapal tiba. Hujan turun."):
            taken.append(text)
            yield translator.plan(read_text(text, text), force_language="id")

    results = translator.run(plans())
    assert taken == []
    assert next(results).name == "Rapat ditunda."
    assert len(taken) == 1
    assert [[unit.target for unit in result.units] for result in results] == [["2024"], ["KAPAL TIBA.", "HUJAN TURUN."]]
    assert [request.group for request in engine.requests] == [0, 2, 2]


def test_progress_counts_the_segments_that_are_translated() -> None:
    seen = []
    document = read_text("Rapat Ditunda\n\n0 Komentar\n\nHujan turun. Kapal tiba.")
    Translator(EchoEngine()).translate(
        document, force_language="id", on_unit=lambda d, done, total: seen.append((d.name, done, total))
    )
    assert seen == [("text", 1, 3), ("text", 2, 3), ("text", 3, 3)]
    seen.clear()
    long = read_text("\n\n".join(f"Kapal {number} tiba." for number in range(GROUP + 1)), "long")
    Translator(EchoEngine()).translate(
        long, force_language="id", on_unit=lambda d, done, total: seen.append((d.name, done, total))
    )
    assert seen == [("long", done, GROUP + 1) for done in range(1, GROUP + 2)]


def test_an_engine_error_leaves_the_documents_before_it() -> None:
    translator = Translator(DictEngine({"Rapat ditunda.": "Postponed."}))
    results = translator.run(
        translator.plan(read_text(text), force_language="id") for text in ("Rapat ditunda.", "Kapal tiba.")
    )
    assert next(results).units[0].target == "Postponed."
    with pytest.raises(EngineError, match="Kapal tiba"):
        next(results)


def test_the_signature_names_the_glossary(tmp_path: Path) -> None:
    (tmp_path / "own.po").write_text('msgid "rudal"\nmsgstr "missile"\n', encoding="utf-8")
    glossary = Glossary.load(tmp_path / "own.po")
    signature = Translator(EchoEngine(), glossary).signature
    assert re.fullmatch(r"dwibahasa:[\w.]+\|model:echo\|glossary:own@[0-9a-f]{12}", signature)


def test_what_is_not_indonesian_is_refused_unless_forced() -> None:
    text = "Der Präsident traf am Mittwoch in Moskau ein und sprach mit der Regierung über den Krieg in der Ukraine."
    with pytest.raises(LanguageError, match=r"text: the text is not id but de \(\d+% sure\)$"):
        Translator(EchoEngine()).translate(read_text(text))
    with pytest.raises(LanguageError, match="not id but de"):
        Translator(EchoEngine()).translate(read_text(text), force_language="de")
    assert Translator(EchoEngine()).translate(read_text(text), force_language="id").units
    with pytest.raises(InputError, match="no text"):
        Translator(EchoEngine()).translate(Document(" \n", ()))


def test_malay_is_translated_with_a_finding() -> None:
    text = "Polis menahan lapan lelaki kerana insiden itu pada Isnin lepas, kata kerajaan, manakala pejabat ditutup."
    (finding,) = Translator(EchoEngine()).translate(read_text(text)).findings
    assert finding.check == "language"
    assert "Malay" in finding.message


def test_an_engine_that_gives_too_little_is_an_error() -> None:
    class Silent(EchoEngine):
        def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
            return iter(())

    with pytest.raises(EngineError, match="fewer translations"):
        translated("Rapat ditunda.", Silent())


def test_too_little_for_the_terms_asked_again_is_an_error() -> None:
    class Forgetful(EchoEngine):
        def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
            return super().translate(request for request in requests if not request.terms)

    with pytest.raises(EngineError, match="fewer translations"):
        translated("Kapal masuk Laut Natuna Utara.", Forgetful(term_markup=True), SEA)


def test_the_shipped_term_base_is_loaded_under_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dwibahasa import translation

    monkeypatch.setattr(translation, "find", lambda model: model)
    monkeypatch.setattr(translation, "load_engine", lambda package, settings: EchoEngine())
    own = tmp_path / "own.po"
    own.write_text('msgid "Korea Utara"\nmsgstr "DPRK"\n', encoding="utf-8")
    full = Translator.load(glossaries=[own], beam=None, threads=2)
    assert {term.target for term in full.glossary.terms if term.source == "Korea Utara"} == {"DPRK"}
    assert len(full.glossary.terms) > 400
    assert full.notices
    assert len(Translator.load(glossaries=[own], default_glossary=False).glossary.terms) == 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_unit_for_each_segment(text: str) -> None:
    try:
        document = read_text(text)
        result = Translator(EchoEngine(), Glossary((SEA, TRUCE))).translate(document, force_language="id")
    except DwibahasaError:
        return
    assert [unit.segment for unit in result.units] == [s for block in document.blocks for s in block.segments]
    again = Translator(EchoEngine(), Glossary((SEA, TRUCE))).translate(document, force_language="id")
    assert again == result


def test_a_document_made_by_hand_is_translated_as_it_is() -> None:
    document = Document("Rapat usai.", (Block("p1", "paragraph", (Segment("Rapat usai.", 0),)),))
    (unit,) = Translator(EchoEngine()).translate(document, force_language="id").units
    assert unit.target == "RAPAT USAI."
