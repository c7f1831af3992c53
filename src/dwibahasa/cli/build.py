"""`dwibahasa build`: outputs of bilingual files that a person edited, without a machine."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..document import BilingualDocument
from ..errors import DwibahasaError
from ._inputs import SAME, Job, Naming, formats, glossary_option, out_option, plan, to_option
from ._outputs import located, number, write_outputs
from ._progress import Reporter

if TYPE_CHECKING:
    from ..glossary import Glossary

EXAMPLES = """\b
Examples:
  dwibahasa build berita.id-en.po
  dwibahasa build edited/*.xlf --to html,tmx -o site
  dwibahasa build berita.id-en.po --original berita.docx --to same"""


@click.command(epilog=EXAMPLES)
@click.argument("edited", nargs=-1, required=True, metavar="EDITED...")
@out_option
@to_option
@glossary_option
@click.option("--default-glossary/--no-default-glossary", default=True, help="Use the shipped term base.")
@click.option(
    "--original",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The text that EDITED was made from: brings its markup back, and makes `--to same` possible.",
)
@click.option("--force", is_flag=True, help="Replace outputs that exist.")
@click.option("--strict", is_flag=True, help="List the findings, and exit with 3 if there are any.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--keep-boilerplate", is_flag=True, help="Show boilerplate in the outputs, where EDITED has it.")
@click.pass_context
def build(
    ctx: click.Context,
    /,
    edited: tuple[str, ...],
    to: str,
    out: Path | None,
    glossaries: tuple[Path, ...],
    default_glossary: bool,
    original: Path | None,
    force: bool,
    strict: bool,
    quiet: bool,
    keep_boilerplate: bool,
) -> None:
    """Make outputs from edited bilingual files: PO, XLIFF, TMX, JSON Lines, of this program or another.

    NAME.po gives NAME.html, and so on for each format, with the wording and the states of the file; no model is needed.
    """
    from ..bilingual import BILINGUAL
    from ..glossary import Glossary

    reporter = Reporter(quiet=quiet)
    wanted = formats(to)
    if SAME in wanted and original is None:
        raise click.UsageError(f"--to {SAME} needs --original FILE: a bilingual file does not hold its original")
    jobs, problems = plan(edited, Naming(BILINGUAL, wanted, out, force, original=original))
    if original is not None and len(jobs) + len(problems) > 1:
        raise click.UsageError("--original goes with one file")
    glossary = Glossary.load(*(Glossary.default_paths() if default_glossary else ()), *glossaries)
    failed = findings = 0
    for problem in problems:
        reporter.message("error", problem)
    written: list[Path] = []
    for job in jobs:
        try:
            document = _read(job, glossary, original)
            written += write_outputs(document, job, reporter, keep_boilerplate, force)
        except DwibahasaError as error:
            failed += 1
            reporter.message("error", located(job, str(error)))
        else:
            findings += _told(document, job, reporter, strict)
    failed += len(problems)
    _close(reporter, len(jobs) + len(problems), failed, findings, written)
    ctx.exit(1 if failed else 3 if strict and findings else 0)


def _read(job: Job, glossary: "Glossary", original: Path | None) -> BilingualDocument:
    from ..bilingual import placed, read_bilingual
    from ..readers import read

    assert job.path is not None
    document = read_bilingual(job.path, glossary)
    return document if original is None else placed(read(original), document)


def _told(document: BilingualDocument, job: Job, reporter: Reporter, strict: bool) -> int:
    """Say what was found in DOCUMENT, that of single units where STRICT; how many findings there are."""
    for finding in document.findings:
        reporter.message("warning", located(job, finding.message))
    for unit in document.units if strict else ():
        for finding in unit.findings:
            reporter.message("warning", f"{job.name}: {unit.id}: {finding.check}: {finding.message}")
    return len(document.findings) + sum(len(unit.findings) for unit in document.units)


def _close(reporter: Reporter, files: int, failed: int, findings: int, written: Iterable[Path]) -> None:
    names = list(map(str, written))
    few = ", ".join(names) if len(names) <= 3 else f"{len(names)} files"
    line = f"{files - failed} of {number(files, 'file')}, {number(findings, 'finding')}"
    reporter.close(f"{line}, {f'wrote {few}' if few else 'nothing written'}")
