"""Quality over speed, of models and beam sizes, all in one run:

    python benchmarks/tradeoff.py --test NAME [--model NAME|PATH …] [--beams 1,2,4] [--lines 200] [--plot FILE.svg]

Prints BLEU, chrF2++ and speed without term control (needs the extra `evaluate`; the plot needs matplotlib). Speed is
sentences a second over those of the first model with the first beam. Use development sets only.
"""

import argparse
from pathlib import Path

from dwibahasa.engines import Settings, load_engine
from dwibahasa.evaluation import Scores, evaluate, load_test
from dwibahasa.models import find
from dwibahasa.translation import Translator


def plot(found: dict[str, list[Scores]], beams: list[int], base: float, file: Path) -> None:
    """A line for each model, a point for each beam."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(6, 4), layout="constrained")
    for model, scores in found.items():
        axis.plot([s.speed / base for s in scores], [s.chrf for s in scores], marker="o", label=model)
        for beam, score in zip(beams, scores, strict=True):
            axis.annotate(f" {beam}", (score.speed / base, score.chrf))
    axis.set(xlabel="speed (ratio)", ylabel="chrF2++")
    axis.grid(alpha=0.3)
    axis.legend(frameon=False)
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--test", required=True)
    parser.add_argument("--model", action="append")
    parser.add_argument("--beams", default="1,2,4")
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    test, beams = load_test(given.test, lines=given.lines), [int(beam) for beam in given.beams.split(",")]
    found: dict[str, list[Scores]] = {}
    print(f"{test.name}, {len(test.sources)} lines\n")
    print("| model | MB | beam | BLEU | chrF2++ | speed |\n|---|---:|---:|---:|---:|---:|")
    for name in given.model or ["id_en"]:
        package = find(name)
        size = sum(path.stat().st_size for path in (package.path / "model").iterdir()) / 1e6
        for beam in beams:
            score = evaluate(Translator(load_engine(package, Settings(beam=beam))), test)
            found.setdefault(package.path.name if name != "id_en" else name, []).append(score)
            base = next(iter(found.values()))[0].speed
            print(
                f"| {name} | {size:.0f} | {beam} | {score.bleu:.2f} | {score.chrf:.2f} | {score.speed / base:.2f} |",
                flush=True,
            )
    print("\n" + "\n".join(score.signatures))
    if given.plot:
        plot(found, beams, base, given.plot)


if __name__ == "__main__":
    main()
