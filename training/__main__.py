"""Command line of the training pipeline: a command a step, and `all`. See docs/training.md."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import sentencepiece

from dwibahasa.models.package import write_sums

from . import base, corpus, export, mix, network, prune, report, train, trials, vocabulary
from .recipe import DEFAULT, Recipe, read_recipe

BUNDLED = Path(__file__).resolve().parent.parent / "models/id_en/dwibahasa_model_id_en/id_en"
PAPERS = ("GEMMA_TERMS.md", "NOTICE.md")


class Time(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A time as `150m`, `2h` or `90s`, in seconds."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh])", str(value))
        if not match:
            self.fail(f"{value!r} is not a time such as 90s, 150m or 2h", param, ctx)
        return float(match[1]) * {"s": 1, "m": 60, "h": 3600}[match[2]]


class Run:
    """A work folder, the data to train on, and the recipe. What a step has made is not made again."""

    def __init__(self, work: Path, data: Path, recipe: Recipe) -> None:
        self.work, self.data, self.recipe = work, data, recipe
        work.mkdir(parents=True, exist_ok=True)

    def collect(self) -> None:
        """Write corpus.jsonl and, of how it came about, corpus-report.json."""
        if (self.work / "corpus.jsonl").exists():
            return
        found = corpus.collect(self.data, self.work, self.recipe)
        (self.work / "corpus-report.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        if not any(row.get("kept") for row in found["sources"].values()):
            (self.work / "corpus.jsonl").unlink()
            raise click.ClickException(f"{self.data}: no pairs to train on (*.tsv or *.jsonl); see corpus-report.json")

    def start(self, package: Path | None) -> None:
        """Write start.pt: the weights to train from, with the vocabulary and the size that the recipe wants.

        A package that is made smaller becomes the teacher, in teacher.pt.
        """
        path, wanted = self.work / "start.pt", self.recipe.network
        if path.exists():
            return
        state = network.read_package(package) if package else base.state(self.work)
        if len(state["weights"][network.EMBEDDING]) > 1.01 * wanted["vocabulary"]:
            tokenizer = self.work / "sentencepiece.model"
            state = vocabulary.cut(state, self._weighted(), wanted["vocabulary"], tokenizer)
        if network.megabytes(state["weights"]) > wanted["megabytes"]:
            if package:
                network.save_state(state, self.work / "teacher.pt")
            state = prune.narrow(state, prune.importance(state, self._sample(state)), wanted["megabytes"])
        network.save_state(state, path)

    def _weighted(self) -> Iterator[tuple[str, float]]:
        for pair in corpus.load(self.work):
            source = self.recipe.source(pair.name)
            yield from ((text, max(source.broad, source.final)) for text in (pair.source, pair.target))

    def _sample(self, state: network.State) -> list[train.Example]:
        """Examples of the final mix, to judge the parts of the network by."""
        tokenizer = sentencepiece.SentencePieceProcessor(model_file=state["vocabulary"])
        drawn = list(mix.draw(corpus.load(self.work), self.recipe, "final", 0))[: self.recipe.network["judged_by"]]
        examples = train.encode(tokenizer, drawn)
        return [example for example in examples if len(example[0]) <= self.recipe.train["max_pieces"]]

    def train(self, seconds: float) -> None:
        """Train from start.pt, or on from last.pt, until the budget is spent; write final.pt.

        A longer budget than that of the run before goes on from where that ended.
        """
        last, final = self.work / "last.pt", self.work / "final.pt"
        if not final.exists() or network.load_state(last)["spent"] < 0.99 * seconds:
            final.unlink(missing_ok=True)
            start, path = network.load_state(self.work / "start.pt"), self.work / "teacher.pt"
            teacher = network.load_state(path) if path.exists() else None
            train.Trainer(self.work, self.data, self.recipe, seconds, start, teacher).run()
        report.plot(self.work)

    def sizes(self, package: Path, sizes: list[int]) -> None:
        """Print what smaller networks lose on the development sets."""
        state = network.read_package(package)
        tokenizer = sentencepiece.SentencePieceProcessor(model_file=state["vocabulary"])
        folders = [*corpus.unpack(self.data, self.work), self.work]
        pairs = [
            pair
            for name in self.recipe.develop["sets"]
            for pair in corpus.test_set(folders, name)[: self.recipe.develop["lines"]]
        ]
        for line in prune.table(state, self._sample(state), train.encode(tokenizer, pairs), sizes):
            click.echo(line)

    def trials(self, package: Path, seconds: float) -> None:
        """Print what other prompts would gain."""
        folders = [*corpus.unpack(self.data, self.work), self.work]
        sets = {}
        for name in self.recipe.develop["sets"]:
            pairs = corpus.test_set(folders, name)[: 2 * self.recipe.develop["lines"]]
            before = ["", *(source for source, _ in pairs)]
            sets[name] = [(b, *pair) for b, pair in zip(before, pairs, strict=False)]
        trials.run(self.work, network.read_package(package), self.recipe, sets, seconds)

    def export(self, version: str) -> None:
        """Write the package with its licence."""
        export.export(network.load_state(self.work / "final.pt"), self.work / "package", version)
        for name in PAPERS:
            shutil.copy(BUNDLED / name, self.work / "package")

    def evaluate(self, version: str) -> None:
        """Score the package, and write its card and the hashes of its files."""
        folders = [*corpus.unpack(self.data, self.work), self.work]
        for row in report.score(self.work, folders, self.recipe):
            click.echo(f"{row['test']}: BLEU {row['bleu']:.2f}, chrF2++ {row['chrf']:.2f}")
        state = network.load_state(self.work / "final.pt")
        text = report.card(self.work, self.recipe, state, version)
        (self.work / "package" / "MODEL_CARD.md").write_text(text, encoding="utf-8")
        write_sums(self.work / "package")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Make the bundled model, or another like it. Start with `all`; stopped and started again, it goes on."""


FOLDERS = [
    click.option("--work", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for results."),
    click.option(
        "--data",
        required=True,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Folder with *.tsv (Indonesian TAB English), *.jsonl, eval/NAME.id and .en.",
    ),
    click.option("--recipe", "recipe_file", default=DEFAULT, type=click.Path(exists=True, path_type=Path)),
]
START = click.option(
    "--from", "package", type=click.Path(exists=True, path_type=Path), help="Package to go on from, not the base."
)
BUDGET = click.option("--budget", type=Time(), default="150m", show_default=True, help="Time to train for.")
VERSION = click.option("--version", default="0", help="Version of the package.")


def step(*options: Callable[..., object]) -> Callable[..., click.Command]:
    """A command that makes a `Run` from the folder options and passes it on with its OPTIONS."""

    def made(function: Callable[..., None]) -> click.Command:
        def command(work: Path, data: Path, recipe_file: Path, **given: object) -> None:
            try:
                function(Run(work, data, read_recipe(recipe_file)), **given)
            except (corpus.DataError, subprocess.CalledProcessError) as error:
                raise click.ClickException(str(error)) from error

        for option in reversed([*FOLDERS, *options]):
            command = option(command)
        return main.command(function.__name__.rstrip("_"), help=function.__doc__)(command)

    return made


@step()
def fetch(run: Run) -> None:
    """Fetch the base weights from the package index."""
    click.echo(base.fetch(run.work))


@step()
def collect(run: Run) -> None:
    """Collect and filter the training pairs."""
    run.collect()


@step(START)
def start(run: Run, package: Path | None) -> None:
    """Read the weights to train from, cut their vocabulary and their size."""
    run.start(package)


@step(BUDGET)
def train_(run: Run, budget: float) -> None:
    """Train, for the time of the budget in all."""
    run.train(budget)


@step(VERSION)
def export_(run: Run, version: str) -> None:
    """Write the trained weights as a package."""
    run.export(version)


@step(VERSION)
def evaluate(run: Run, version: str) -> None:
    """Score the package on the test sets and write its card."""
    run.evaluate(version)


PACKAGE = click.option("--from", "package", required=True, type=click.Path(exists=True, path_type=Path))


@step(PACKAGE)
def sizes(run: Run, package: Path) -> None:
    """Measure what a package loses without each layer, and narrowed to several sizes, before any training."""
    run.collect()
    run.sizes(package, [120, 115, 110, 105, 100, 95, 90])


@step(
    PACKAGE,
    click.option("--budget", type=Time(), default="8m", show_default=True, help="Time to train with each prompt."),
)
def trials_(run: Run, package: Path, budget: float) -> None:
    """Measure other prompts: the source twice, or with the sentence before it."""
    run.collect()
    run.trials(package, budget)


@step(START, BUDGET, VERSION)
def all_(run: Run, package: Path | None, budget: float, version: str) -> None:
    """All steps, one after the other."""
    run.collect()
    run.start(package)
    run.train(budget)
    run.export(version)
    run.evaluate(version)


if __name__ == "__main__":
    main(prog_name="python -m training")
