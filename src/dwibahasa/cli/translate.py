"""`dwibahasa translate`: texts in, bilingual documents out."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..document import BilingualDocument, Document
from ..errors import DwibahasaError, LanguageError
from ._inputs import STDIN, Job, plan
from ._progress import Reporter, printable
from .segment import text_lines

if TYPE_CHECKING:
    from ..translation import Translator

EXAMPLES = """\b
Examples:
  dwibahasa translate berita.txt
  dwibahasa translate berita/ -o out --to html,po,tmx,jsonl
  dwibahasa translate berita.txt --glossary mine.po --strict
  curl -s URL | dwibahasa translate - --to jsonl"""


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for the outputs; without it they lie beside their inputs.",
)
@click.option(
    "--to",
    default="html",
    show_default=True,
    metavar="FORMATS",
    help="Output formats with commas between: html, po, tmx, jsonl.",
)
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A term base in PO; may be given several times, later ones win.",
)
@click.option("--default-glossary/--no-default-glossary", default=True, help="Use the shipped term base.")
@click.option("--model", metavar="NAME|PATH", help="The model package; see `dwibahasa model list`.")
@click.option("--beam", type=click.IntRange(1), metavar="N", help="Beam size.")
@click.option("--threads", type=click.IntRange(1), metavar="N", help="Processor threads.")
@click.option("--force", is_flag=True, help="Replace outputs that exist.")
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
    **loading: Any,
) -> None:
    """Translate Indonesian texts: files, folders, patterns, or - for standard input.

    NAME.txt gives NAME.id-en.html, and so on for each format. With - the output goes to standard output.
    """
    run = _Run(Reporter(progress, quiet), loading, force, force_language, strict, keep_boilerplate)
    for job in _jobs(files, to, out, force or dry_run, run.fail):
        try:
            document = job.read()
        except DwibahasaError as error:
            run.fail(_located(job, str(error)))
            continue
        if dry_run:
            _show(job, document, force)
        else:
            run.translate(job, document)
    if not dry_run:
        run.close()
    ctx.exit(1 if run.failed else 3 if strict and run.findings else 0)


def _jobs(files: tuple[str, ...], to: str, out: Path | None, force: bool, fail: Callable[[str], None]) -> Iterable[Job]:
    from ..writers import WRITERS

    suffixes = {name: WRITERS.suffix(name) for name in map(str.strip, to.split(","))}
    if STDIN in files:
        if len(files) > 1 or len(suffixes) > 1 or out is not None:
            raise click.UsageError("- stands alone, with one format and without -o: its output is standard output")
        return [Job(None, dict.fromkeys(suffixes))]
    jobs, problems = plan(files, suffixes, out, force)
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
    head = f"{job.name} -> {outputs}: {segments} segments in {len(document.blocks)} blocks, {boilerplate} boilerplate"
    for line in (printable(head), *("  " + line for line in text_lines(document))):
        click.echo(line.encode() + b"\n", nl=False)


@dataclass
class _Run:
    """One run over all jobs: its settings (`loading` goes to `Translator.load`), the translator once it is loaded, and
    the figures of the closing line."""

    reporter: Reporter
    loading: Mapping[str, Any]
    force: bool
    force_language: str | None
    strict: bool
    keep_boilerplate: bool
    translator: "Translator | None" = None
    start: float = field(default_factory=time.perf_counter)
    done: int = 0
    failed: int = 0
    segments: int = 0
    words: int = 0
    terms: int = 0
    kept: int = 0
    findings: int = 0
    written: list[Path] = field(default_factory=list)

    def fail(self, message: str) -> None:
        self.failed += 1
        self.reporter.message("error", message)

    def translate(self, job: Job, document: Document) -> None:
        """Translate and write one document; only an error of loading (no model, a broken glossary) is raised."""
        if self.translator is None:  # loaded here, when there is a text to translate
            from ..translation import Translator

            self.translator = Translator.load(**self.loading)
            for notice in self.translator.notices:
                self.reporter.message("note", notice)
        try:
            with self.reporter.track(job.name) as update:
                result = self.translator.translate(document, force_language=self.force_language, on_unit=update)
            self._count(job, result)
            for name, path in job.outputs.items():
                self._write(result, name, path)
        except LanguageError as error:
            hint = "" if "--force-language" in str(error) else "; --force-language id translates it all the same"
            self.fail(_located(job, f"{error}{hint}"))
        except DwibahasaError as error:
            self.fail(_located(job, str(error)))
        else:
            self.done += 1

    def _count(self, job: Job, result: BilingualDocument) -> None:
        for finding in result.findings:
            self.reporter.message("warning", _located(job, finding.message))
        self.findings += len(result.findings)
        for unit in result.units:
            if unit.target is not None:
                self.segments += 1
                self.words += len(unit.segment.text.split())
            self.terms += len(unit.terms)
            self.kept += sum(use.status in ("exact", "variant", "repaired") for use in unit.terms)
            self.findings += len(unit.findings)
            for finding in unit.findings if self.strict else ():
                self.reporter.message("warning", f"{job.name}: {unit.id}: {finding.check}: {finding.message}")

    def _write(self, result: BilingualDocument, name: str, path: Path | None) -> None:
        from ..writers import WRITERS, write

        if path is None:
            data = WRITERS[name](result, keep_boilerplate=self.keep_boilerplate)
            click.echo(data.encode() if isinstance(data, str) else data, nl=False)
            return
        self.written.append(write(result, path, name, keep_boilerplate=self.keep_boilerplate, overwrite=self.force))

    def close(self) -> None:
        seconds = time.perf_counter() - self.start
        speed = self.words / seconds
        few = ", ".join(map(str, self.written)) if len(self.written) <= 3 else f"{len(self.written)} files"
        parts = [
            f"{self.done} of {_number(self.done + self.failed, 'text')}",
            f"{_number(self.segments, 'segment')} in {seconds:.1f} s ({speed:.0f} words/s)",
            f"{self.kept} of {_number(self.terms, 'term')} kept",
            _number(self.findings, "finding"),
            f"wrote {few}" if few else "nothing written",
        ]
        self.reporter.close(
            ", ".join(parts),
            texts=self.done,
            failed=self.failed,
            segments=self.segments,
            seconds=round(seconds, 3),
            words_per_second=round(speed, 1),
            terms=self.terms,
            terms_kept=self.kept,
            findings=self.findings,
            written=list(map(str, self.written)),
        )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _located(job: Job, message: str) -> str:
    """MESSAGE with the name of the input, as the user gave it, before it once."""
    for name in (job.name, Path(job.name).name):
        message = message.removeprefix(f"{name}: ")
    return f"{job.name}: {message}"
