"""`dwibahasa translate`: texts in, bilingual documents out."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from ..document import Document
from ._inputs import (
    STDIN,
    Job,
    Naming,
    formats,
    glossary_option,
    html_option,
    out_option,
    plan,
    policy_option,
    to_option,
)
from ._outputs import number
from ._progress import Reporter, printable
from ._run import Run
from .segment import text_lines

EXAMPLES = """\b
Examples:
  dwibahasa translate berita.txt
  dwibahasa translate berita/ -o out --to html,po,tmx,jsonl
  dwibahasa translate berita.txt --glossary mine.po --strict
  curl -s URL | dwibahasa translate - --to jsonl"""


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@out_option
@to_option
@glossary_option
@click.option("--default-glossary/--no-default-glossary", default=True, help="Use the shipped term base.")
@policy_option
@click.option(
    "--term-report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what became of the terms in all texts, as tab-separated values.",
)
@click.option("--model", metavar="NAME|PATH", help="The model package; see `dwibahasa model list`.")
@click.option("--beam", type=click.IntRange(1, 32), metavar="N", help="Beam size; 4 is better and slower than 2.")
@click.option("--threads", type=click.IntRange(1), metavar="N", help="Processor threads; all without it.")
@click.option("--batch", type=click.IntRange(1), metavar="N", help="Most hypotheses decoded together.")
@click.option("--compute-type", metavar="TYPE", help="CTranslate2's: int8, float32 and so on.")
@click.option("--device", type=click.Choice(["cpu", "cuda", "auto"]), help="What to compute on.")
@html_option
@click.option("--force", is_flag=True, help="Replace outputs that exist; edits in them are kept.")
@click.option("--force-language", type=click.Choice(["id"]), help="Take the texts for Indonesian without checking.")
@click.option("--dry-run", is_flag=True, help="List blocks, segments and output names; translate nothing.")
@click.option("--strict", is_flag=True, help="List the findings, and exit with 3 if there are any.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option(
    "--progress",
    type=click.Choice(["auto", "bar", "json", "none"]),
    default="auto",
    show_default=True,
    help="Bar (on a terminal only) or JSON lines, on standard error.",
)
@click.option("--keep-boilerplate", is_flag=True, help="Show boilerplate in the outputs, untranslated.")
@click.pass_context
def translate(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    to: str,
    out: Path | None,
    force: bool,
    force_language: str | None,
    dry_run: bool,
    strict: bool,
    quiet: bool,
    progress: str,
    keep_boilerplate: bool,
    html: str,
    term_report: Path | None,
    **loading: Any,
) -> None:
    """Translate Indonesian texts: files, folders, patterns, or - for standard input.

    NAME.txt gives NAME.id-en.html, and so on for each format. With - the output goes to standard output.

    What a person changed in NAME.id-en.po, .xlf, .tmx or .jsonl beside the outputs is kept.
    """
    run = Run(Reporter(progress, quiet), loading, force, force_language, strict, keep_boilerplate, html)
    documents = run.documents(_jobs(files, to, out, force or dry_run, run.fail))
    if dry_run:
        for job, document in documents:
            _show(job, document, force)
    else:
        run.translate(documents)
        if term_report:
            run.report_terms(term_report)
        run.close()
    ctx.exit(1 if run.failed else 3 if strict and run.findings else 0)


def _jobs(files: tuple[str, ...], to: str, out: Path | None, force: bool, fail: Callable[[str], None]) -> Iterable[Job]:
    from ..readers import READERS

    wanted = formats(to)
    if STDIN in files:
        if len(files) > 1 or len(wanted) > 1 or out is not None:
            raise click.UsageError("- stands alone, with one format and without -o: its output is standard output")
        return [Job(None, dict.fromkeys(wanted))]
    jobs, problems = plan(files, Naming(READERS, wanted, out, force, ".id-en"))
    for problem in problems:
        fail(problem)
    return jobs


def _show(job: Job, document: Document, force: bool) -> None:
    boilerplate = sum(block.role == "boilerplate" for block in document.blocks)
    segments = sum(len(block.segments) for block in document.blocks)
    outputs = ", ".join(
        f"{path} (exists; --force replaces it)" if path and path.exists() and not force else str(path or "stdout")
        for path in job.outputs.values()
    )
    counts = f"{number(segments, 'segment')} in {number(len(document.blocks), 'block')}"
    head = f"{job.name} -> {outputs}: {counts}, {boilerplate} boilerplate"
    for line in (printable(head), *("  " + line for line in text_lines(document))):
        click.echo(line.encode() + b"\n", nl=False)
