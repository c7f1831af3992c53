"""One run of `dwibahasa translate` over all its texts."""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..document import BilingualDocument, Document
from ..errors import DwibahasaError, EngineError, InputError, LanguageError
from ..files import write_file
from ._edits import read_edits
from ._inputs import Job
from ._outputs import located, number, write_outputs
from ._progress import Reporter

if TYPE_CHECKING:
    from ..bilingual import Edit
    from ..translation import Plan, Progress, Translator
    from ..writers.term_report import TermReport


def _term_report() -> "TermReport":
    from ..writers.term_report import TermReport

    return TermReport()


@dataclass(frozen=True, slots=True)
class Work:
    """A document under way: its job, its plan, and the edits that are kept, by unit id."""

    job: Job
    plan: "Plan"
    kept: "dict[str, Edit]"


@dataclass
class Run:
    """One run over all jobs: its settings (`loading` goes to `Translator.load`), the translator once it is loaded, and
    the figures of the closing line."""

    reporter: Reporter
    loading: Mapping[str, Any]
    force: bool
    force_language: str | None
    strict: bool
    keep_boilerplate: bool
    html: str = "article"
    start: float = field(default_factory=time.perf_counter)
    done: int = 0
    failed: int = 0
    segments: int = 0
    words: int = 0
    terms: int = 0
    kept: int = 0
    findings: int = 0
    edits: int = 0
    written: list[Path] = field(default_factory=list)
    report: "TermReport" = field(default_factory=_term_report)

    def fail(self, message: str) -> None:
        self.failed += 1
        self.reporter.message("error", message)

    def documents(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Document]]:
        """Each job with its document, read when it is asked for; those that cannot be read fail."""
        for job in jobs:
            try:
                document = job.read(self.html)
            except InputError as error:
                self.fail(located(job, str(error)))
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
        waiting: deque[Work] = deque()
        plans = self._plans(translator, chain([first], documents), waiting)
        with self.reporter.track() as update:

            def on_unit(_: Document, done: int, total: int) -> None:
                update(waiting[0].job.name, done, total)

            while True:
                try:
                    for result in translator.run(plans, on_unit=on_unit):
                        self._finish(translator, waiting.popleft(), result)
                    return
                except EngineError:  # some sentence of those under way: find whose, and go on with the rest
                    if not waiting:
                        raise
                while waiting:
                    self._alone(translator, waiting[0], on_unit)
                    waiting.popleft()

    def _plans(
        self, translator: "Translator", documents: Iterable[tuple[Job, Document]], waiting: "deque[Work]"
    ) -> "Iterator[Plan]":
        """The plan of each document that can be translated; its job joins those that wait for their results."""
        from ..bilingual import without_kept

        for job, document in documents:
            try:
                plan = translator.plan(document, force_language=self.force_language)
                kept = read_edits(job, document, self.reporter)
            except LanguageError as error:
                self.fail(located(job, f"{error}; --force-language id translates it all the same"))
            except DwibahasaError as error:
                self.fail(located(job, str(error)))
            else:
                plan = without_kept(plan, kept)
                waiting.append(Work(job, plan, kept))
                yield plan

    def _alone(self, translator: "Translator", work: "Work", on_unit: "Progress") -> None:
        try:
            [result] = translator.run([work.plan], on_unit=on_unit)
        except EngineError as error:
            self.fail(located(work.job, str(error)))
        else:
            self._finish(translator, work, result)

    def _finish(self, translator: "Translator", work: "Work", result: BilingualDocument) -> None:
        from ..bilingual import with_kept

        result = with_kept(result, work.kept, translator.glossary)
        self.edits += len(work.kept)
        self._count(work.job, result)
        try:
            self.written += write_outputs(result, work.job, self.reporter, self.keep_boilerplate, self.force)
        except DwibahasaError as error:
            self.fail(located(work.job, str(error)))
        else:
            self.done += 1

    def _count(self, job: Job, result: BilingualDocument) -> None:
        self.report.add(result)
        for finding in result.findings:
            self.reporter.message("warning", located(job, finding.message))
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
            f"{self.done} of {number(self.done + self.failed, 'text')}",
            f"{number(self.segments, 'segment')} in {seconds:.1f} s ({speed:.0f} words/s)",
            f"{self.kept} of {number(self.terms, 'term')} kept",
            number(self.findings, "finding"),
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
            edits=self.edits,
            written=list(map(str, self.written)),
        )
