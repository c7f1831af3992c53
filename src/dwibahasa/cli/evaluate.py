"""`dwibahasa evaluate`: models on test sets."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ._inputs import glossary_option, policy_option

if TYPE_CHECKING:
    from ..document import Policy
    from ..evaluation import Scores

EXAMPLES = """\b
Examples:
  dwibahasa evaluate --test source.id.txt reference.en.txt
  dwibahasa evaluate --test tests/flores200-devtest --model id_en --model ./other"""
COLUMNS = ("model", "BLEU", "chrF2++", "terms", "exact", "kept", "sentences/s")


@click.command(epilog=EXAMPLES)
@click.option(
    "--test",
    "source",
    required=True,
    metavar="NAME | SOURCE REFERENCE",
    help="A test set NAME.id with NAME.en, here or in the folder DWIBAHASA_TESTS; or its two files.",
)
@click.argument("reference", required=False, metavar="")
@click.option("--model", "models", multiple=True, metavar="NAME|PATH", help="A model package; two are compared.")
@click.option("--lines", type=click.IntRange(1), metavar="N", help="Take the first N lines only.")
@click.option("--beam", type=click.IntRange(1, 32), metavar="N", help="Beam size.")
@click.option("--threads", type=click.IntRange(1), metavar="N", help="Processor threads; all without it.")
@glossary_option
@policy_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def evaluate(
    source: str,
    reference: str | None,
    models: tuple[str, ...],
    lines: int | None,
    glossaries: tuple[Path, ...],
    policy: "Policy",
    style: str,
    **settings: Any,
) -> None:
    """Score models on a test set of one sentence a line: BLEU, chrF2++, terms and speed (needs the extra `evaluate`).

    `terms` are those of the term base that the reference has too; `exact` and `kept` (any right form) of them are in
    the translation. With two models, a paired bootstrap says how sure the difference is.
    """
    from .. import evaluation
    from ..translation import Translator

    test = evaluation.load_test(source, reference, lines)
    given = {name: value for name, value in settings.items() if value is not None}
    found = []
    for model in models or (None,):
        translator = Translator.load(model, glossaries, policy=policy, **given)
        found.append(evaluation.evaluate(translator, test, system=model or ""))
    differences = evaluation.compare(found[0], found[1], test) if len(found) == 2 else []
    if style == "json":
        rows = [{"test": test.name, "sentences": len(test.sources), "policy": policy, **_figures(s)} for s in found]
        rows += [{"test": test.name, "metric": d.metric, "difference": d.difference, "p": d.p} for d in differences]
        click.echo("\n".join(map(json.dumps, rows)))
        return
    click.echo(f"{test.name}: {len(test.sources)} sentences, glossary policy: {policy}\n")
    for line in _table(found):
        click.echo(line)
    for difference in differences:
        click.echo(f"{difference.metric}: {difference.difference:+.2f}, p = {difference.p:.3f} (paired bootstrap)")
    click.echo("\n".join(("", *found[0].signatures)))


def _figures(scores: "Scores") -> dict[str, object]:
    return {
        "model": scores.system,
        "bleu": round(scores.bleu, 2),
        "chrf": round(scores.chrf, 2),
        "terms": scores.terms,
        "exact": scores.exact,
        "kept": scores.kept,
        "sentences_per_second": round(scores.speed, 1),
        "signatures": scores.signatures,
    }


def _table(found: "list[Scores]") -> list[str]:
    rows = [list(map(str, list(_figures(scores).values())[: len(COLUMNS)])) for scores in found]
    heads = ["| " + " | ".join(COLUMNS) + " |", "|---" + "|---:" * (len(COLUMNS) - 1) + "|"]
    return [*heads, *("| " + " | ".join(row) + " |" for row in rows), ""]
