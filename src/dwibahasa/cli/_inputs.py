"""From the command's arguments to what is to be done: which texts are read, and where each output will lie."""

import glob
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click

from ..document import POLICIES, Document
from ..errors import DwibahasaError, InputError, UnknownNameError
from ..registry import Registry

STDIN = "-"
SAME = "same"
"""The name, among those of formats, of a translated copy in the format of the input."""
_SET_ASIDE = re.compile(r"\.old\d*(?:\.12)?$")
_BILINGUAL = (".po", ".pot", ".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
_EDITED = (".po", ".xlf", ".12.xlf", ".xliff", ".tmx", ".jsonl")

glossary_option = click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A term base of your own (PO, CSV, TSV, TBX); may be given several times, later ones win.",
)


policy_option = click.option(
    "--glossary-policy",
    "policy",
    type=click.Choice(POLICIES),
    default="prefer",
    show_default=True,
    help="Hold translations to a preferred or accepted form, to the preferred one alone, or only report terms.",
)


class _Formats(click.Option):
    """`--to`, whose help names the formats that there are."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from ..writers import WRITERS

        self.help = f"Output formats with commas between: {', '.join(WRITERS)}, or {SAME} for the input's own."
        return super().get_help_record(ctx)


to_option = click.option("--to", cls=_Formats, default="html", show_default=True, metavar="FORMATS")
out_option = click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for the outputs; without it they lie beside their inputs.",
)


html_option = click.option(
    "--html",
    type=click.Choice(["article", "full"]),
    default="article",
    show_default=True,
    help="Of a web page: its article, or all of its text.",
)


@dataclass(frozen=True, slots=True)
class Job:
    """A text to read (None: standard input), the output of each format (None: standard output), and what the names of
    its outputs begin with."""

    path: Path | None
    outputs: Mapping[str, Path | None]
    base: Path | None = None

    @property
    def name(self) -> str:
        """What messages call the text."""
        return str(self.path or "stdin")

    def read(self, html: str = "article") -> Document:
        """The segmented text, of a web page its article or, with `full`, all of it; raises `InputError`."""
        return read_source(self.path, html)

    @property
    def edited(self) -> tuple[Path, ...]:
        """Where bilingual files of this text lie that a person may have edited."""
        return tuple(self.base.with_name(self.base.name + suffix) for suffix in _EDITED) if self.base else ()


@dataclass(frozen=True, slots=True)
class Naming:
    """How the inputs of a command are found in folders, by SOURCES, and its outputs called: a suffix for each of
    FORMATS, but none for `same`, after STEM of the input and TAG; in the folder OUT, or beside the input; existing
    ones are replaced with FORCE."""

    sources: Registry[Any]
    formats: Mapping[str, str]
    out: Path | None
    force: bool
    tag: str = ""
    original: Path | None = None

    def takes(self, name: str, beside: Iterable[str]) -> bool:
        """Whether the file NAME of a folder is an input: it is not hidden, has the suffix of a reader, and is neither
        an output of an earlier run nor edits set aside by one; BESIDE are the files of the folder. A text to translate
        is no bilingual file either, which may be a glossary: such a source is named."""
        stem, _, suffix = name.rpartition(".")
        if name.startswith(".") or not stem or _SET_ASIDE.search(stem):
            return False
        if self.tag and (f"{self.tag}." in name or f".{suffix.lower()}" in _BILINGUAL):
            return False
        if stem.endswith(".en") and f"{stem[:-3]}.{suffix}" in beside:
            return False
        try:
            return bool(self.sources.for_path(name))
        except UnknownNameError:
            return False

    def base(self, path: Path, below: Path) -> Path:
        """What the names of the outputs of PATH begin with."""
        stem = path.stem.removesuffix(".12") if path.name.endswith(".12.xlf") else path.stem
        return (path.parent if self.out is None else self.out / below) / f"{stem}{self.tag}"

    def outputs(self, path: Path, below: Path) -> dict[str, Path]:
        """The output of PATH in each format."""
        base = self.base(path, below)
        return {
            name: self._same(path, base) if name == SAME else base.with_name(base.name + suffix)
            for name, suffix in self.formats.items()
        }

    def _same(self, path: Path, base: Path) -> Path:
        from ..readers import READERS, REWRITERS

        source = self.original or path
        try:
            format = READERS.for_path(source)
        except UnknownNameError:
            format = "text"
        if format not in REWRITERS:
            raise InputError(
                f"{path}: --to {SAME}: there is no translated copy in the format {format}; known: "
                f"{', '.join(REWRITERS) or 'none'}"
            )
        return base.with_name(f"{source.stem}.en{source.suffix}")


def formats(to: str) -> dict[str, str]:
    """The formats that TO names, with commas between, each with its suffix; raises `UnknownNameError`."""
    from ..writers import WRITERS

    return {name: "" if name == SAME else WRITERS.suffix(name) for name in map(str.strip, to.split(","))}


def read_source(path: Path | None, html: str = "article") -> Document:
    """The document in the file PATH, or in standard input where it is None; raises `InputError`."""
    from ..readers import read, read_bytes

    of_pages: Literal["article", "full"] = "full" if html == "full" else "article"
    if path is not None:
        return read(path, of_pages)
    if sys.stdin is None:
        raise InputError("stdin: closed")
    return read_bytes(sys.stdin.buffer.read(), "stdin", of_pages)


def plan(arguments: Iterable[str], naming: Naming) -> tuple[list[Job], list[str]]:
    """The jobs that can start and one line for each input that cannot.

    An output never replaces an input or another job's output, and an existing file only where NAMING says so.
    """
    problems: list[str] = []
    inputs = _inputs(arguments, naming, problems)
    originals = {_identity(path) for path, _ in inputs}
    taken: dict[Path, Path] = {}
    jobs = []
    for path, below in inputs:
        try:
            outputs = naming.outputs(path, below)
            _check(path, outputs.values(), originals, taken, naming.force)
        except (DwibahasaError, OSError) as error:
            problems.append(str(error))
        else:
            taken.update(dict.fromkeys(map(Path.resolve, outputs.values()), path))
            jobs.append(Job(path, outputs, naming.base(path, below)))
    return jobs, problems


def _inputs(arguments: Iterable[str], naming: Naming, problems: list[str]) -> list[tuple[Path, Path]]:
    """Each input file once, in order, with its place below the folder that was named."""
    names: list[str] = []
    for argument in arguments:
        try:
            names += _expand(argument)
        except (DwibahasaError, OSError) as error:
            problems.append(str(error))
    found: dict[Path, tuple[Path, Path]] = {}
    for name in names:
        try:
            for path, below in _files(Path(name), naming, problems):
                found.setdefault(path.resolve(), (path, below))
        except (DwibahasaError, OSError) as error:
            problems.append(str(error))
    return list(found.values())


def _expand(argument: str) -> list[str]:
    """The names that a pattern stands for where the shell left it alone; a file of that very name goes first."""
    if not glob.has_magic(argument) or Path(argument).exists():
        return [argument]
    names = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not names:
        raise InputError(f"{argument}: no file matches")
    return names


def _files(path: Path, naming: Naming, problems: list[str]) -> Iterator[tuple[Path, Path]]:
    if not path.is_dir():
        yield path, Path()
        return
    empty = True
    for folder, folders, names in os.walk(path, onerror=lambda error: problems.append(str(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if naming.takes(name, names):
                empty = False
                yield Path(folder, name), Path(folder).relative_to(path)
    if empty:
        raise InputError(f"{path}: no texts in this folder")


def _identity(path: Path) -> object:
    """What two names of one file have in common, symbolic and hard links and letter case included."""
    try:
        stat = path.stat()
    except OSError:
        return path.resolve()
    return stat.st_dev, stat.st_ino


def _check(
    path: Path, outputs: Iterable[Path], originals: set[object], taken: Mapping[Path, Path], force: bool
) -> None:
    for output in outputs:
        if _identity(output) in originals:
            raise InputError(f"{path}: the output {output} would replace an input; choose another folder with -o")
        if (other := taken.get(output.resolve())) is not None:
            raise InputError(f"{path}: the output {output} is already that of {other}; rename one or use -o")
        if output.exists() and not force:
            raise InputError(f"{path}: the output {output} exists; --force replaces it")
        if output.parent.is_dir() and not os.access(output.parent, os.W_OK):
            raise InputError(f"{path}: no permission to write in {output.parent}")
