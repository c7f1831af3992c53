"""What every engine promises, over the bundled model and tiny packages of each kind; the guards; bad packages."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dwibahasa.engines import InlineTerm, Request, Settings, load_engine
from dwibahasa.engines._ctranslate2 import WINDOW, CTranslate2Engine
from dwibahasa.engines.argos import ArgosEngine
from dwibahasa.engines.decoder import DecoderEngine
from dwibahasa.errors import ModelError, ModelNotFoundError
from dwibahasa.models import find, read_package
from tiny_models import MARKS, TINY_DECODER, make_argos, make_decoder

KINDS = ("bundled", "decoder", "sentencepiece", "bpe", "prefix")
SENTENCES = ["Presiden tiba di Moskwa.", "Rapat ditunda.", "Kapal itu bersandar di Batam pada Rabu (14/8).", "“Ya.”"]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("packages")
    from model_folders import ARGOS

    return {
        "decoder": make_decoder(folder / "decoder"),
        "sentencepiece": make_argos(folder / "sentencepiece"),
        "bpe": make_argos(folder / "bpe", bpe=True),
        "prefix": make_argos(folder / "prefix", ARGOS | {"target_prefix": "<en>"}),
    }


@pytest.fixture(scope="module")
def bundled() -> CTranslate2Engine:
    try:
        return load_engine(find(), Settings(threads=2))
    except ModelNotFoundError:
        pytest.skip("the bundled model is not installed")


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, packages: dict[str, Path]) -> CTranslate2Engine:
    if request.param == "bundled":
        return request.getfixturevalue("bundled")  # type: ignore[no-any-return]
    return load_engine(read_package(packages[request.param]), Settings(threads=2))


def test_one_translation_a_request_in_their_order(engine: CTranslate2Engine) -> None:
    answers = list(engine.translate([Request(text) for text in SENTENCES]))
    assert len(answers) == len(SENTENCES)
    for answer in answers:
        scores = [hypothesis.score for hypothesis in answer.hypotheses]
        assert scores
        assert len(scores) <= engine.settings.beam
        assert all(score <= 0 for score in scores)
        assert all(isinstance(hypothesis.text, str) for hypothesis in answer.hypotheses)
    backwards = list(engine.translate([Request(text) for text in reversed(SENTENCES)]))
    assert [a.hypotheses[0].text for a in reversed(backwards)] == [a.hypotheses[0].text for a in answers]
    assert list(engine.translate([Request(text) for text in SENTENCES])) == answers
    assert list(engine.translate([])) == []


@pytest.mark.parametrize("text", ["", "…!?", "\0\x01", "<term> </s> <en>", "xkcd" * 9, " \u200b\u202e "])
def test_any_text_is_answered(engine: CTranslate2Engine, text: str) -> None:
    assert len(list(engine.translate([Request(text)]))) == 1


def test_requests_are_taken_as_they_are_needed(packages: dict[str, Path]) -> None:
    engine = load_engine(read_package(packages["sentencepiece"]), Settings(threads=2, beam=1))
    taken = 0

    def requests() -> Iterator[Request]:
        nonlocal taken
        for number in range(WINDOW * 8):
            taken += 1
            yield Request(f"Pasal {number}.")

    answers = engine.translate(requests())
    next(answers)
    assert taken <= WINDOW * 2
    assert len(list(answers)) == WINDOW * 8 - 1


def test_a_group_is_decoded_without_regard_to_others_and_to_threads(packages: dict[str, Path]) -> None:
    package = read_package(packages["decoder"])
    one, two = ([Request(text, group=group) for text in SENTENCES] for group in (1, 2))
    engine = load_engine(package, Settings(threads=2))
    assert [len(batch) for batch in engine._batches(one + two)] == 2 * [len(b) for b in engine._batches(one)]
    assert list(load_engine(package, Settings(threads=1)).translate(one)) == list(engine.translate(one + two))[:4]


def test_long_texts_do_not_fit(engine: CTranslate2Engine) -> None:
    assert engine.fits("Rapat ditunda.")
    assert not engine.fits("Rapat ditunda karena hujan. " * 200)
    assert not engine.fits("x" * 1_000_000)


def test_the_signature_names_package_hash_and_beam(engine: CTranslate2Engine) -> None:
    package_hash = engine.signature.split("@")[1].split("|")[0]
    assert engine.signature == f"model:{engine.name}@{package_hash}|beam:{engine.settings.beam}"
    assert len(package_hash) == 12


def test_marks_in_a_text_are_text(packages: dict[str, Path]) -> None:
    engine = DecoderEngine(read_package(packages["decoder"]))
    text = "Kode <term>Korea<trans>X</term> dan <en>, <eos> serta </s> <"
    pieces = engine._encode(Request(text))
    assert pieces[0] == "<bos>"
    assert pieces[-1] == "<en>"
    assert not set(pieces[1:-1]) & {*MARKS, "<bos>", "<eos>", "</s>"}
    assert engine._decode(pieces[1:-1]) == text
    request = Request("Kota <en> itu.", (InlineTerm(0, 4, "<trans>"),))
    assert engine._encode(request).count("<trans>") == 1


@pytest.mark.parametrize(
    ("request_", "marked"),
    [
        (Request("Kapal itu tiba.", (InlineTerm(0, 5, "The ship"),)), "<term>Kapal<trans>The ship</term> itu tiba."),
        (Request("Kata Putin", (InlineTerm(5, 10, "Putin"),)), "Kata <term>Putin<trans>Putin</term>"),
        (
            Request("di Batam dan Riau.", (InlineTerm(3, 8, "Batam"), InlineTerm(13, 17, "Riau"))),
            "di <term>Batam<trans>Batam</term> dan <term>Riau<trans>Riau</term>.",
        ),
    ],
)
def test_inline_terms_are_coded_as_the_model_was_taught(
    packages: dict[str, Path], request_: Request, marked: str
) -> None:
    for engine in (DecoderEngine(read_package(packages["decoder"])),):
        inner = engine._encode(request_)[1:-1]
        taught = engine._tokenizer.encode(marked, out_type=str)
        assert [piece for piece in inner if piece != "▁"] == [piece for piece in taught if piece != "▁"]


def test_inline_terms_are_obeyed_by_the_bundled_model(bundled: CTranslate2Engine) -> None:
    text = "Gencatan senjata itu mulai berlaku hari Senin."
    [plain] = bundled.translate([Request(text)])
    [asked] = bundled.translate([Request(text, (InlineTerm(0, 16, "The truce"),))])
    assert "truce" not in plain.hypotheses[0].text.lower()
    assert "truce" in asked.hypotheses[0].text.lower()


def test_an_engine_without_markup_ignores_terms(packages: dict[str, Path]) -> None:
    engine = load_engine(read_package(packages["sentencepiece"]))
    assert not engine.term_markup
    plain, asked = engine.translate([Request("Rapat usai."), Request("Rapat usai.", (InlineTerm(0, 5, "Talks"),))])
    assert plain == asked


def test_the_target_prefix_is_given_and_taken_off(packages: dict[str, Path]) -> None:
    engine = ArgosEngine(read_package(packages["prefix"]))
    [future] = engine._submit([engine._encode(Request("Rapat usai."))], 8)
    assert future.result().hypotheses[0][0] == "<en>"
    [answer] = engine.translate([Request("Rapat usai.")])
    assert not answer.hypotheses[0].text.startswith("<en>")


def test_an_output_that_does_not_end_is_cut_after_a_second_try_and_says_so(packages: dict[str, Path]) -> None:
    limits: list[tuple[int, dict[str, object]]] = []

    class Watched(ArgosEngine):
        def _submit(self, prompts, limit, **options):  # type: ignore[no-untyped-def]
            limits.append((limit, options))
            return super()._submit(prompts, limit, min_decoding_length=limit, **options)

    engine = Watched(read_package(packages["sentencepiece"]), Settings(beam=1))
    [answer] = engine.translate([Request("Rapat ditunda karena hujan.")])
    assert [finding.check for finding in answer.findings] == ["cut"]
    assert len(limits) == 2
    first, second = limits
    assert second[0] > first[0] or "no_repeat_ngram_size" in second[1]


def test_a_loop_is_tried_again_without_repetition(packages: dict[str, Path]) -> None:
    tries: list[dict[str, object]] = []

    class Looping(ArgosEngine):
        def _submit(self, prompts, limit, **options):  # type: ignore[no-untyped-def]
            tries.append(options)
            return super()._submit(prompts, limit, **options)

        def _guarded(self, request, prompt, output):  # type: ignore[no-untyped-def]
            from dataclasses import replace

            return super()._guarded(request, prompt, replace(output, pieces=(["▁ha"] * 12,), scores=(-1.0,)))

    engine = Looping(read_package(packages["sentencepiece"]), Settings(beam=1))
    [answer] = engine.translate([Request("Rapat ditunda.")])
    assert tries == [{}, {"no_repeat_ngram_size": 4}]
    assert "ha ha ha ha" not in answer.hypotheses[0].text


def test_threads_are_shared_out_one_a_batch() -> None:
    assert Settings(threads=2).workers() == (2, 1)
    assert Settings(threads=16).workers() == (8, 2)
    assert Settings().workers()[0] >= 1


def test_broken_packages_say_what_is_wrong(packages: dict[str, Path], tmp_path: Path) -> None:
    cut = shutil.copytree(packages["decoder"], tmp_path / "cut")
    weights = cut / "model" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match="cut"):
        load_engine(read_package(cut))
    garbled = shutil.copytree(packages["sentencepiece"], tmp_path / "garbled")
    (garbled / "sentencepiece.model").write_bytes(b"no pieces")
    with pytest.raises(ModelError, match="garbled"):
        load_engine(read_package(garbled))
    spec = TINY_DECODER["decoder_only"] | {"end": "<stop>"}
    unknown = make_decoder(tmp_path / "unknown", TINY_DECODER | {"decoder_only": spec})
    with pytest.raises(ModelError, match="<stop>"):
        load_engine(read_package(unknown))
