"""What a run has to show: a plot of its log, figures on the test sets, and the model card."""

import json
import os
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dwibahasa.engines import Settings, load_engine
from dwibahasa.evaluation import TestSet, evaluate
from dwibahasa.glossary import Glossary
from dwibahasa.models import read_package
from dwibahasa.translation import Translator

from .corpus import test_set
from .recipe import Recipe


def read_log(work: Path) -> list[dict[str, Any]]:
    """The lines of WORK/log.jsonl."""
    return [json.loads(line) for line in (work / "log.jsonl").open(encoding="utf-8")]


def plot(work: Path) -> None:
    """Write WORK/training.svg: the loss of the steps, and loss, BLEU and chrF2++ on the development sets."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "dwibahasa"  # same log, same file
    from matplotlib import pyplot

    rows = read_log(work)
    figure, axes = pyplot.subplots(1, 3, figsize=(12, 4), layout="constrained")
    steps = [row for row in rows if "loss" in row]
    axes[0].plot([r["minutes"] for r in steps], [r["loss"] for r in steps], lw=0.8, color="0.6", label="training")
    for name in sorted({row["set"] for row in rows if "set" in row}):
        measured = [row for row in rows if row.get("set") == name]
        minutes = [row["minutes"] for row in measured]
        for axis, figure_name in zip(axes, ("development_loss", "bleu", "chrf"), strict=True):
            axis.plot(minutes, [row[figure_name] for row in measured], marker=".", label=name)
    for axis, title in zip(axes, ("loss, nats a piece", "BLEU, greedy", "chrF2++, greedy"), strict=True):
        axis.set(title=title, xlabel="minutes")
        axis.grid(alpha=0.3)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
    figure.savefig(work / "training.svg", metadata={"Date": None})
    pyplot.close(figure)


def score(work: Path, folders: list[Path], recipe: Recipe) -> list[dict[str, Any]]:
    """Score WORK/package on the test sets that there are, without term control; also in WORK/scores.json."""
    rows = []
    for name in recipe.evaluate["sets"]:
        pairs = test_set(folders, name)[: recipe.evaluate["lines"] or None]
        if pairs:
            test = TestSet(name, *(tuple(pair[side] for pair in pairs) for side in (0, 1)))
            engine = load_engine(read_package(work / "package"), Settings(beam=recipe.evaluate["beam"]))
            scores = evaluate(Translator(engine), test, Glossary.default())
            row = {key: value for key, value in asdict(scores).items() if key not in ("outputs", "system")}
            rows.append({"test": name, "sentences": len(pairs), "speed": scores.speed, **row})
    (work / "scores.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return rows


def card(work: Path, recipe: Recipe, state: dict[str, Any], version: str) -> str:
    """The model card, from what the steps have left in WORK."""
    report = json.loads((work / "corpus-report.json").read_text("utf-8"))
    log = read_log(work)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, keep_trailing_newline=True
    )
    widths = [len(t) for name, t in state["weights"].items() if name.endswith("mlp.gate_proj.weight")]
    used = {name: row["kept"] for name, row in report["sources"].items() if row.get("kept")}
    return environment.get_template("MODEL_CARD.md.j2").render(
        version=version,
        layers=len(widths),
        widths=widths,
        vocabulary=len(state["weights"]["model.embed_tokens.weight"]),
        parameters=sum(tensor.numel() for tensor in state["weights"].values()),
        size=(work / "package/model/model.bin").stat().st_size,
        history=state["history"],
        taught=(work / "teacher.pt").exists(),
        steps=log[-1]["step"],
        minutes=log[-1]["minutes"],
        last=[row for row in log if "set" in row][-len(recipe.develop["sets"]) :],
        sources={name: (count, recipe.source(name)) for name, count in used.items()},
        left_out={name: recipe.source(name) for name in report["sources"] if name not in used},
        recipe=recipe,
        scores=json.loads((work / "scores.json").read_text("utf-8")),
        hardware=f"{os.cpu_count()} cores, {platform.machine()}",
    )
