"""What every engine promises, over the bundled model and tiny packages of each kind; the guards; bad packages."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwibahasa.document import Finding
from dwibahasa.engines import InlineTerm, Request, Settings, load_engine
from dwibahasa.engines._ctranslate2 import WINDOW, CTranslate2Engine, Prompt
from dwibahasa.engines.argos import ArgosEngine
from dwibahasa.engines.batching import StepCost
from dwibahasa.engines.decoder import DecoderEngine
from dwibahasa.errors import EngineError, ModelError, ModelNotFoundError
from dwibahasa.models import Package, find, read_package
from model_folders import ARGOS
from tiny_models import MARKS, TINY_DECODER, make_argos, make_decoder

KINDS = ("bundled", "decoder", "sentencepiece", "bpe", "prefix")
WORDS, FORMS = ["Kapal", "Korea Utara", "di", "itu.", "(19/6)"], ["", "", "The ship", "North Korea", "X1"]
SENTENCES = ["Presiden tiba di Moskwa.", "Rapat ditunda.", "Kapal itu bersandar di Batam pada Rabu (14/8).", "“Ya.”"]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("packages")
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
        assert 1 <= len(scores) <= engine.settings.beam
        assert 0 >= scores[0] == max(scores)
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


def test_a_character_may_be_several_pieces(packages: dict[str, Path]) -> None:
    engine = load_engine(read_package(packages["decoder"]))
    assert engine.fits("x" * 170)
    assert not engine.fits("習" * 170)


def test_the_signature_names_package_hash_and_beam(engine: CTranslate2Engine) -> None:
    package_hash = engine.signature.split("@")[1].split("|")[0]
    batch = engine.best_batch // engine.settings.beam
    assert re.fullmatch(rf"model:{engine.name}@{package_hash}\|beam:2\|batch:{batch}\|compute:\w+", engine.signature)
    assert len(package_hash) == 12


@pytest.fixture(scope="module")
def decoders(packages: dict[str, Path]) -> list[DecoderEngine]:
    """The tiny decoder, and the bundled one where it is installed."""
    found = [DecoderEngine(read_package(packages["decoder"]))]
    try:
        return [*found, DecoderEngine(find())]
    except ModelNotFoundError:
        return found


@given(st.lists(st.sampled_from([*MARKS, "<bos>", "<eos>", "</s>", "<", ">", "term", " ", "Korea", "a"]), max_size=12))
def test_marks_in_a_text_are_text(decoders: list[DecoderEngine], parts: list[str]) -> None:
    text = " ".join("".join(parts).split())
    marks = {*MARKS, "<bos>", "<eos>", "</s>"}
    for engine in decoders:
        before, *pieces, after = engine._encode(Request(text))
        assert (before, after) == ("<bos>", "<en>")
        assert not set(pieces) & marks
        assert engine._decode(pieces) == text
        assert engine._decode(["<bos>", *pieces, "<term>", after]) == text
        pieces = engine._encode(Request(f"Kota{text}", (InlineTerm(0, 4, f"City{text}"),)))[1:-1]
        assert [piece for piece in pieces if piece in marks] == ["<term>", "<trans>", "</term>"]


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(FORMS), st.sampled_from(["", " ", ", ", " “"]))))
def test_inline_terms_are_coded_as_sentencepiece_codes_their_marks(
    decoders: list[DecoderEngine], parts: list[tuple[str, str, str]]
) -> None:
    text, marked, terms = "", "", []
    for word, form, between in parts:
        if form:
            terms.append(InlineTerm(len(text), len(text) + len(word), form))
        text += word + between
        marked += (f"<term>{word}<trans>{form}</term>" if form else word) + between
    text, marked = text.rstrip(), marked.rstrip()
    for engine in decoders:
        assert engine._encode(Request(text, tuple(terms)))[1:-1] == engine._tokenizer.encode(marked, out_type=str)


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
    [future] = engine._submit([Prompt(engine._encode(Request("Rapat usai.")))], 8)
    assert future.result().hypotheses[0][0] == "<en>"
    [answer] = engine.translate([Request("Rapat usai.")])
    assert not answer.hypotheses[0].text.startswith("<en>")


@pytest.mark.parametrize("kind", KINDS[1:])
def test_an_output_at_the_limit_is_seen_as_cut(kind: str, packages: dict[str, Path]) -> None:
    engine = load_engine(read_package(packages[kind]), Settings(beam=1))
    prompts = [Prompt(engine._encode(Request(text))) for text in ("Rapat ditunda karena hujan.", "Ya.")]
    at_least = {"min_length" if kind == "decoder" else "min_decoding_length": 12}
    for future in engine._submit(prompts, 12, **at_least):
        result = future.result()
        (pieces,) = result.sequences if kind == "decoder" else result.hypotheses
        assert len(pieces) >= 12


Answer = Callable[[list[str], dict[str, Any]], str]


class Scripted(CTranslate2Engine):
    """Pieces are letters; gives what ANSWER says, cut at the limit, and keeps each try: prompts, limit, options."""

    step_cost = StepCost(fixed=1, sentence=1, spread=True)
    best_batch = 16

    def __init__(self, answer: Answer, **settings: Any) -> None:
        package = Package("scripted", Path("nowhere"), "1", "id", "en", "argos", "0" * 64, "path")
        super().__init__(package, Settings(threads=2, **settings))
        self.answer = answer
        self.tries: list[tuple[list[str], int, dict[str, Any]]] = []

    def _encode(self, request: Request) -> list[str]:
        return list(request.text)

    def _pieces(self, text: str) -> list[str]:
        return list(text)

    def _submit(self, prompts: list[Prompt], limit: int, **options: Any) -> list[Any]:
        self.tries.append((["".join(prompt.source) for prompt in prompts], limit, options))
        return [Future(list(self.answer(prompt.source, options))[:limit]) for prompt in prompts]

    def _decode(self, pieces: list[str]) -> str:
        return "".join(pieces)


@dataclass
class Future:
    pieces: list[str]
    polls: list[None] = field(default_factory=list)

    def done(self) -> bool:
        self.polls.append(None)
        return len(self.polls) > 1

    def result(self) -> Any:
        return SimpleNamespace(sequences=[self.pieces], scores=[0.25])


def test_the_order_holds_over_batches_windows_and_groups() -> None:
    engine = Scripted(lambda prompt, _: "".join(prompt).upper())
    requests = [Request(f"{'kapal ' * (n % 7)}{n}", group=n // 300) for n in range(800)]
    answers = engine.translate(iter(requests))
    assert [answer.hypotheses[0].text for answer in answers] == [request.text.upper() for request in requests]
    groups = {request.text: request.group for request in requests}
    for prompts, _, _ in engine.tries:
        assert len(prompts) <= engine.best_batch // engine.settings.beam
        assert len({groups[prompt] for prompt in prompts}) == 1


def test_a_score_is_never_above_zero() -> None:
    [answer] = Scripted(lambda prompt, _: "ya").translate([Request("ya")])
    assert [hypothesis.score for hypothesis in answer.hypotheses] == [0.0]


def test_an_output_that_does_not_end_is_tried_again_once_and_reported() -> None:
    endless = "".join(chr(0x4E00 + n) for n in range(500))
    engine = Scripted(lambda prompt, _: endless)
    [answer] = engine.translate([Request("x" * 10)])
    assert engine.tries == [(["x" * 10], 39, {}), (["x" * 10], 78, {})]
    assert answer.findings == (Finding("cut", "the translation was cut at 78 pieces"),)
    assert answer.hypotheses[0].text == endless[:78]


def test_a_second_try_that_ends_is_no_finding() -> None:
    ends = "".join(chr(0x4E00 + n) for n in range(70))
    engine = Scripted(lambda prompt, _: ends)
    [answer] = engine.translate([Request("x" * 10)])
    assert (answer.hypotheses[0].text, answer.findings, len(engine.tries)) == (ends, (), 2)


def test_a_loop_is_tried_again_without_repetition() -> None:
    engine = Scripted(lambda _, options: "good" if options else "ha" * 9)
    [answer] = engine.translate([Request("Rapat.")])
    assert [options for _, _, options in engine.tries] == [{}, {"no_repeat_ngram_size": 4}]
    assert (answer.hypotheses[0].text, answer.findings) == ("good", ())


def test_a_loop_of_the_source_is_none_and_a_good_output_is_taken_at_once() -> None:
    engine = Scripted(lambda prompt, _: "".join(prompt))
    answers = engine.translate([Request("ha" * 9), Request("Rapat.")])
    assert [answer.hypotheses[0].text for answer in answers] == ["ha" * 9, "Rapat."]
    assert all(not options for _, _, options in engine.tries)


def test_a_failure_of_ctranslate2_is_an_engine_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(future: Future) -> Any:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(Future, "result", fail)
    with pytest.raises(EngineError, match="out of memory"):
        list(Scripted(lambda prompt, _: "ya").translate([Request("ya")]))


def test_threads_are_shared_out_one_a_batch() -> None:
    assert Settings(threads=2).workers() == (2, 1)
    assert Settings(threads=16).workers() == (8, 2)
    assert Settings().workers()[0] >= 1


@pytest.mark.parametrize("bad", [{"beam": 0}, {"threads": -1}, {"batch": -1}])
def test_settings_that_make_no_sense_are_refused(bad: dict[str, int]) -> None:
    with pytest.raises(EngineError, match="must be"):
        Settings(**bad)


@pytest.mark.parametrize("beam", [1, 4])
def test_the_beam_is_the_number_of_hypotheses_at_most(beam: int, packages: dict[str, Path]) -> None:
    for kind in ("decoder", "sentencepiece"):
        engine = load_engine(read_package(packages[kind]), Settings(beam=beam, threads=1))
        [answer] = engine.translate([Request("Rapat ditunda.")])
        scores = [hypothesis.score for hypothesis in answer.hypotheses]
        assert 1 <= len(scores) <= beam
        assert scores == sorted(scores, reverse=True)


def test_a_byte_pair_that_is_cut_off_leaves_no_joiner(packages: dict[str, Path]) -> None:
    engine = load_engine(read_package(packages["bpe"]))
    assert engine._decode(engine._encode(Request("Kapal itu & 'Tuan' tiba."))) == "Kapal itu & 'Tuan' tiba."
    assert engine._decode(["di", "k@@", "a@@"]) == "di ka"


Change = Callable[[Path], object]


def metadata(**keys: Any) -> Change:
    return lambda folder: (folder / "metadata.json").write_text(json.dumps(ARGOS | keys))


def decoder_keys(**keys: Any) -> Change:
    return metadata(decoder_only=TINY_DECODER["decoder_only"] | keys)


def content(name: str, data: bytes) -> Change:
    return lambda folder: (folder / name).write_bytes(data)


def cut_weights(folder: Path) -> None:
    weights = folder / "model" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:1000])


def without_end(folder: Path) -> None:
    vocabulary = folder / "model" / "vocabulary.json"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("<eos>", "<end>"), "utf-8")


def other_model(folder: Path) -> None:
    vocabulary = folder / "model" / "vocabulary.json"
    pieces = json.loads(vocabulary.read_text("utf-8"))
    vocabulary.write_text(json.dumps([p if p in (*MARKS, "<bos>", "<eos>") else f"{p}~" for p in pieces]), "utf-8")


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("decoder", cut_weights, "does not load"),
        ("sentencepiece", cut_weights, "does not load"),
        ("bpe", cut_weights, "does not load"),
        ("decoder", content("sentencepiece.model", b"no\npieces"), "does not load"),
        ("sentencepiece", content("sentencepiece.model", b"no\npieces"), "does not load"),
        ("bpe", content("bpe.model", b"\xff\xfe"), "does not load"),
        ("bpe", content("bpe.model", b"#version: 0.2\na b\na b c\n"), "bpe.model:3: not a pair"),
        ("decoder", content("model/config.json", b"{"), "does not load"),
        ("decoder", metadata(), "sequence-to-sequence"),
        ("sentencepiece", decoder_keys(), "generator"),
        ("decoder", decoder_keys(end="<stop>"), "sentencepiece.model lacks: ['<stop>']"),
        ("decoder", decoder_keys(term_markup=["<a>", "<b>", "<trans>"]), "sentencepiece.model lacks: ['<a>', '<b>']"),
        ("decoder", without_end, "vocabulary lacks: ['<eos>']"),
        ("decoder", other_model, "belongs to another model"),
        ("sentencepiece", metadata(target_prefix=["<en>"]), "target_prefix is not a string"),
    ],
)
def test_a_broken_package_is_one_clear_line(
    kind: str, change: Change, said: str, packages: dict[str, Path], tmp_path: Path
) -> None:
    folder = shutil.copytree(packages[kind], tmp_path / "broken")
    assert load_engine(read_package(folder))
    change(folder)
    with pytest.raises(ModelError, match=re.escape(said)) as caught:
        load_engine(read_package(folder))
    assert str(caught.value).startswith(str(folder))
    assert "\n" not in str(caught.value)


def test_an_unknown_device_is_one_clear_line(packages: dict[str, Path]) -> None:
    with pytest.raises(ModelError, match="device"):
        load_engine(read_package(packages["decoder"]), Settings(device="abacus"))


def test_a_prefix_opens_the_translation(engine: CTranslate2Engine) -> None:
    plain, opened = engine.translate([Request(SENTENCES[2]), Request(SENTENCES[2], prefix="Batam di Batam")])
    assert not plain.hypotheses[0].text.startswith("Batam di Batam")
    assert all(h.text.startswith("Batam di Batam") and h.score <= 0 for h in opened.hypotheses)


def test_forms_to_avoid_stay_away(bundled: CTranslate2Engine) -> None:
    text = "Presiden Rusia tiba di Moskwa."
    free, other = bundled.translate([Request(text), Request(text, avoid=("Moscow",))])
    assert "Moscow" in free.hypotheses[0].text
    assert all("Moscow" not in h.text for h in other.hypotheses)


def test_requests_with_forms_to_avoid_go_alone_and_every_try_avoids_them() -> None:
    engine = Scripted(lambda prompt, _: "".join(prompt))
    requests = [Request("a"), Request("b", avoid=("x", "yz")), Request("dddddddddd"), Request("e")]
    assert [h.hypotheses[0].text for h in engine.translate(requests)] == ["a", "b", "dddddddddd", "e"]
    avoided = {prompt: options.get("suppress_sequences") for prompts, _, options in engine.tries for prompt in prompts}
    assert avoided == {"a": None, "b": [["x"], ["y", "z"]], "dddddddddd": None, "e": None}
