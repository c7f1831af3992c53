"""What the commands say on standard error: messages, progress and the closing line, as text or as JSON lines."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Update = Callable[[str, int, int], None]


def printable(text: str) -> str:
    """TEXT with everything that a terminal would act on (controls, escapes, bidi marks, line ends) written out, as
    in `\\x1b`."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def say(kind: str, message: str) -> None:
    """One line on standard error, such as `error: berita.txt: not found`."""
    click.echo(f"{kind}: {printable(message)}", err=True)


class Reporter:
    """Says how a run goes, on standard error.

    The bar is drawn on a terminal only. With `json` every message is one JSON object a line, `type` first. A quiet
    reporter gives errors only, as text.
    """

    def __init__(self, progress: str = "auto", quiet: bool = False) -> None:
        terminal = sys.stderr is not None and sys.stderr.isatty()
        self.quiet = quiet
        self.json = progress == "json" and not quiet
        self.bar = progress in ("auto", "bar") and terminal and not quiet

    def message(self, kind: str, message: str) -> None:
        """An `error`, a `warning` or a `note`."""
        if self.json:
            self._line(type=kind, message=message)
        elif kind == "error" or not self.quiet:
            say(kind, message)

    def close(self, line: str, **figures: object) -> None:
        """The closing line: LINE as text, FIGURES as JSON."""
        if self.json:
            self._line(type="summary", **figures)
        elif not self.quiet:
            click.echo(printable(line), err=True)

    @contextmanager
    def track(self) -> Iterator[Update]:
        """Gives a function to call with a text's name, how many of its segments are done, and how many there are."""
        if self.json:
            yield lambda name, done, total: self._line(type="progress", file=name, done=done, total=total)
        elif self.bar:
            with _bar() as update:
                yield update
        else:
            yield lambda name, done, total: None

    def _line(self, **fields: object) -> None:
        click.echo(json.dumps(fields), err=True)


@contextmanager
def _bar() -> Iterator[Update]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("", total=None)
        yield lambda name, done, total: progress.update(task, description=printable(name), completed=done, total=total)
