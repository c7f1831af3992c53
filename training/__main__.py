"""Command line of the training pipeline; see docs/training.md."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import sentencepiece

from . import corpus, mix, network, prune, train, vocabulary
from .recipe import Recipe

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ROOT / "models/id_en/dwibahasa_model_id_en/id_en"


class Budget(click.ParamType):
    """A time as `150m`, `2h` or `90s`, in seconds."""

    name = "time"

    def convert(self, value: object, param: object, ctx: object) -> float:
        match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh])", str(value))
        if not match:
            self.fail(f"{value!r} is not a time such as 90s, 150m or 2h")
        return float(match[1]) * {"s": 1, "m": 60, "h": 3600}[match[2]]


class Run:
    """A work folder, the data to train on, and the recipe."""

    def __init__(self, work: Path, data: Path, recipe: Recipe) -> None:
        self.work, self.data, self.recipe = work, data, recipe
        work.mkdir(parents=True, exist_ok=True)

    def collect(self) -> None:
        """Write corpus.jsonl and, of how it came about, corpus-report.json."""
        if not (self.work / "corpus.jsonl").exists():
            report = corpus.collect(self.data, self.work, self.recipe)
            (self.work / "corpus-report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")

    def start(self, package: Path | None) -> None:
        """Write start.pt: the weights to train from, with the wanted vocabulary and size."""
        path = self.work / "start.pt"
        if path.exists():
            return
        state = network.read_package(package) if package else base.state(self.work)
        size = self.recipe.network["vocabulary"]
        if len(state["weights"][network.EMBEDDING]) > 1.01 * size:
            state = vocabulary.cut(state, self._weighted(), size, self.work / "sentencepiece.model")
        if network.megabytes(state["weights"]) > self.recipe.network["megabytes"]:
            examples = self._sample(state)
            state = prune.narrow(state, prune.importance(state, examples), self.recipe.network["megabytes"])
        network.save_state(state, path)

    def _weighted(self) -> Iterator[tuple[str, float]]:
        for pair in corpus.load(self.work):
            source = self.recipe.source(pair.name)
            yield from ((text, max(source.broad, source.final)) for text in (pair.source, pair.target))

    def _sample(self, state: network.State) -> list[train.Example]:
        """Examples of the final mix, to judge the parts of the network by."""
        tokenizer = sentencepiece.SentencePieceProcessor(model_file=state["vocabulary"])
        drawn = list(mix.draw(corpus.load(self.work), self.recipe, "final", 0))
        drawn = drawn[: self.recipe.network["judged_by"]]
        return [example for example in train.encode(tokenizer, drawn) if len(example[0]) < 200]

    def train(self, seconds: float) -> None:
        train.Trainer(self.work, self.data, self.recipe, seconds, network.load_state(self.work / "start.pt")).run()
