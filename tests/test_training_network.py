"""The steps of training that need torch, on a network of two layers; skipped without the extra `training`."""

import json
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("gguf")

import sentencepiece  # noqa: E402
from click.testing import CliRunner  # noqa: E402
from training import base, network, prune, train, vocabulary  # noqa: E402
from training.__main__ import BUNDLED, Time, main  # noqa: E402
from training.export import export  # noqa: E402
from training.recipe import DEFAULT, read_recipe  # noqa: E402

from dwibahasa.engines import Request, Settings, load_engine  # noqa: E402
from dwibahasa.models import read_package  # noqa: E402

TOKENIZER = BUNDLED / "sentencepiece.model"
TEXTS = [
    "Presiden Rusia tiba di Pyongyang pada Rabu.",
    "The president of Russia arrived in Pyongyang on Wednesday.",
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch, "compile", lambda module, **_: module)


@pytest.fixture(scope="module")
def state() -> network.State:
    """A network of two layers with random weights, of which the second has global attention."""
    torch.manual_seed(1)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(TOKENIZER)).get_piece_size()
    model = network.Gemma3ForCausalLM(network.config(pieces, [False, True]))
    weights = network.weights_of(model)
    return {"weights": weights, "rope": [False, True], "vocabulary": str(TOKENIZER), "history": ""}


def examples(state: network.State) -> list[train.Example]:
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=state["vocabulary"])
    return train.encode(tokenizer, [(TEXTS[0], TEXTS[1]), (TEXTS[0][:20], TEXTS[1][:20])])


def test_a_package_is_read_back(state: network.State, tmp_path: Path) -> None:
    export(state, tmp_path / "package", "1")
    again = network.read_package(tmp_path / "package")
    assert again["rope"] == state["rope"] and again["weights"].keys() == state["weights"].keys()
    for name, tensor in state["weights"].items():
        assert float((again["weights"][name] - tensor).norm()) <= 0.02 * float(tensor.norm()) + 1e-6, name
    size = (tmp_path / "package/model/model.bin").stat().st_size / 1e6
    assert abs(size - network.megabytes(state["weights"])) < 0.05
    engine = load_engine(read_package(tmp_path / "package"), Settings(beam=1))
    assert len(list(engine.translate([Request(TEXTS[0])]))) == 1


def test_pruning_takes_out_the_least_important_channels(state: network.State) -> None:
    scores = prune.importance(state, examples(state))
    assert [len(score) for score in scores] == [2048, 2048] and all(float(score.min()) >= 0 for score in scores)
    wanted = network.megabytes(state["weights"]) - 2
    small = prune.narrow(state, scores, wanted)
    assert wanted - 0.2 < network.megabytes(small["weights"]) <= wanted
    for number, score in enumerate(scores):
        width = len(small["weights"][f"model.layers.{number}.mlp.up_proj.weight"])
        kept = score.topk(width).indices.sort().values
        whole = state["weights"][f"model.layers.{number}.mlp.down_proj.weight"]
        assert width % prune.STEP == 0
        assert torch.equal(small["weights"][f"model.layers.{number}.mlp.down_proj.weight"], whole[:, kept])
    assert prune.mean_loss(small, examples(small)) == pytest.approx(prune.mean_loss(state, examples(state)), rel=0.05)


def test_a_layer_is_dropped(state: network.State) -> None:
    small = prune.without_layer(state, 0)
    assert small["rope"] == [True] and prune.mean_loss(small, examples(small)) > 0
    name = "self_attn.q_proj.weight"
    assert torch.equal(small["weights"][f"model.layers.0.{name}"], state["weights"][f"model.layers.1.{name}"])


def test_a_smaller_vocabulary_loses_no_text(state: network.State, tmp_path: Path) -> None:
    small = vocabulary.cut(state, [(text, 1.0) for text in TEXTS], 5_000, tmp_path / "small.model")
    before, after = (sentencepiece.SentencePieceProcessor(model_file=s["vocabulary"]) for s in (state, small))
    assert 5_000 <= after.get_piece_size() == len(small["weights"][network.EMBEDDING]) < 5_010
    for text in [*TEXTS, "Zelenskyy “naïve” 🙂 ₱", "<term>Moskow<trans>Moscow</term>"]:
        assert after.decode(after.encode(text)) == before.decode(before.encode(text))
    assert after.encode(TEXTS[0], out_type=str) == before.encode(TEXTS[0], out_type=str)
    piece = before.piece_to_id("▁Rusia")
    same = small["weights"][network.EMBEDDING][after.piece_to_id("▁Rusia")]
    assert torch.equal(same, state["weights"][network.EMBEDDING][piece])


def test_only_the_translation_is_learned(state: network.State) -> None:
    pieces, learned = train.tensors(examples(state), "cpu")
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=state["vocabulary"])
    for row, text in enumerate((TEXTS[1], TEXTS[1][:20])):
        wanted = torch.roll(pieces, -1, 1)[row][learned[row]].tolist()
        assert tokenizer.decode(wanted[:-1]) == text.strip() and wanted[-1] == base.EOS


def test_training_learns_and_goes_on_where_it_was(state: network.State, tmp_path: Path) -> None:
    recipe = read_recipe()
    recipe = replace(recipe, train={**recipe.train, "batch": 200, "warmup": 2}, develop={**recipe.develop, "sets": []})
    rows = [[f"{TEXTS[0]} {n}", f"{TEXTS[1]} {n}", "berita", "", 0] for n in range(40)]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    small = prune.narrow(state, [torch.rand(2048, generator=torch.manual_seed(n)) for n in (1, 2)], 30)
    first = train.Trainer(tmp_path, tmp_path, recipe, 10, small, state)
    first.run()
    assert first.step > 2 and (tmp_path / "final.pt").exists()
    losses = [prune.mean_loss(network.load_state(tmp_path / name)["state"], examples(small)) for name in ("last.pt",)]
    assert losses[0] < prune.mean_loss(small, examples(small))
    second = train.Trainer(tmp_path, tmp_path, recipe, 20, small, state)
    assert (second.step, second.mix, second.place) == (first.step, first.mix, first.place)
    assert 10 <= second.spent < 20 and second.averaged == 0 < network.load_state(tmp_path / "last.pt")["averaged"]
    second.started = time.monotonic()
    next(second._stream())
    assert (second.mix, second.number, second.place) == ("broad", 1 + first.step, 1)


def test_batches_hold_every_example_and_no_more_than_their_size() -> None:
    rng = Random(1)
    made = [([1] * rng.randrange(5, 90), 3) for _ in range(500)]
    found = train.batches(made, 400, Random(2))
    assert sorted(len(e[0]) for batch in found for e in batch) == sorted(len(e[0]) for e in made)
    assert max(len(batch) * max(train._padded(e) for e in batch) for batch in found) <= 400


def test_the_budget_is_a_time() -> None:
    assert [Time().convert(text, None, None) for text in ("90s", "1.5m", "2h")] == [90, 90, 7200]
    result = CliRunner().invoke(main, ["all", "--work", "w", "--data", ".", "--budget", "soon"])
    assert result.exit_code == 2 and "'soon' is not a time such as 90s" in result.output


def test_a_malformed_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "berita.tsv").write_text("tanpa tab\n", "utf-8")
    result = CliRunner().invoke(main, ["collect", "--work", str(tmp_path / "work"), "--data", str(tmp_path)])
    assert result.exit_code == 1 and "berita.tsv: line 1: no tab" in result.output


def test_data_without_pairs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    command = ["collect", "--work", str(tmp_path / "work"), "--data", str(tmp_path / "data"), "--recipe", str(DEFAULT)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1 and "no pairs to train on" in result.output
    assert not (tmp_path / "work/corpus.jsonl").exists()
