"""`dwibahasa translate`: texts in, bilingual documents out."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..document import BilingualDocument, Document
from ..errors import DwibahasaError, EngineError, InputError, LanguageError
from ..files import write_file
from ._inputs import STDIN, Job, glossary_option, plan, policy_option
from ._progress import Reporter, printable
from .segment import text_lines

if TYPE_CHECKING:
    from ..translation import Plan, Progress, Translator
    from ..writers.term_report import TermReport

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
    term_report: Path | None,
    **loading: Any,
) -> None:
    """Translate Indonesian texts: files, folders, patterns, or - for standard input.

    NAME.txt gives NAME.id-en.html, and so on for each format. With - the output goes to standard output.
    """
    run = _Run(Reporter(progress, quiet), loading, force, force_language, strict, keep_boilerplate)
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
    counts = f"{_number(segments, 'segment')} in {_number(len(document.blocks), 'block')}"
    head = f"{job.name} -> {outputs}: {counts}, {boilerplate} boilerplate"
    for line in (printable(head), *("  " + line for line in text_lines(document))):
        click.echo(line.encode() + b"\n", nl=False)


def _term_report() -> "TermReport":
    from ..writers.term_report import TermReport

    return TermReport()


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
    start: float = field(default_factory=time.perf_counter)
    done: int = 0
    failed: int = 0
    segments: int = 0
    words: int = 0
    terms: int = 0
    kept: int = 0
    findings: int = 0
    written: list[Path] = field(default_factory=list)
    report: "TermReport" = field(default_factory=_term_report)

    def fail(self, message: str) -> None:
        self.failed += 1
        self.reporter.message("error", message)

    def documents(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Document]]:
        """Each job with its document, read when it is asked for; those that cannot be read fail."""
        for job in jobs:
            try:
                document = job.read()
            except InputError as error:
                self.fail(_located(job, str(error)))
            else:
                yield job, document

    def translate(self, documents: Iterator[tuple[Job, Document]]) -> None:
        """Translate the sentences of all documents together, and write each document as soon as it is ready.

        The translator is loaded when the first document has been read; what that raises ends the run.
        """
        first = next(documents, None)
        if first is None:
            return
        from ..translation import Translator

        translator = Translator.load(**self.loading)
        for notice in translator.notices:
            self.reporter.message("note", notice)
        waiting: deque[tuple[Job, Plan]] = deque()
        plans = self._plans(translator, chain([first], documents), waiting)
        with self.reporter.track() as update:

            def on_unit(_: Document, done: int, total: int) -> None:
                update(waiting[0][0].name, done, total)

            while True:
                try:
                    for result in translator.run(plans, on_unit=on_unit):
                        self._finish(waiting.popleft()[0], result)
                    return
                except EngineError:  # some sentence of those under way: find whose, and go on with the rest
                    if not waiting:
                        raise
                while waiting:
                    self._alone(translator, *waiting[0], on_unit)
                    waiting.popleft()

    def _plans(
        self, translator: "Translator", documents: Iterable[tuple[Job, Document]], waiting: "deque[tuple[Job, Plan]]"
    ) -> "Iterator[Plan]":
        """The plan of each document that can be translated; its job joins those that wait for their results."""
        for job, document in documents:
            try:
                plan = translator.plan(document, force_language=self.force_language)
            except LanguageError as error:
                self.fail(_located(job, f"{error}; --force-language id translates it all the same"))
            except DwibahasaError as error:
                self.fail(_located(job, str(error)))
            else:
                waiting.append((job, plan))
                yield plan

    def _alone(self, translator: "Translator", job: Job, plan: "Plan", on_unit: "Progress") -> None:
        try:
            [result] = translator.run([plan], on_unit=on_unit)
        except EngineError as error:
            self.fail(_located(job, str(error)))
        else:
            self._finish(job, result)

    def _finish(self, job: Job, result: BilingualDocument) -> None:
        self._count(job, result)
        try:
            for name, path in job.outputs.items():
                self._write(result, name, path)
        except DwibahasaError as error:
            self.fail(_located(job, str(error)))
        else:
            self.done += 1

    def _count(self, job: Job, result: BilingualDocument) -> None:
        self.report.add(result)
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

    def report_terms(self, path: Path) -> None:
        """Write the report of the terms, over an older one."""
        try:
            write_file(path, self.report.text, overwrite=True)
        except DwibahasaError as error:
            self.fail(str(error))
        else:
            self.written.append(path)

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
