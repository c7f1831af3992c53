"""From the command's arguments to what is to be done: which texts are read, and where each output will lie."""

import glob
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from ..document import POLICIES, Document
from ..errors import DwibahasaError, InputError, UnknownNameError

STDIN = "-"

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


@dataclass(frozen=True, slots=True)
class Job:
    """A text to read (None: standard input) and the output of each format (None: standard output)."""

    path: Path | None
    outputs: Mapping[str, Path | None]

    @property
    def name(self) -> str:
        """What messages call the text."""
        return str(self.path or "stdin")

    def read(self) -> Document:
        """The segmented text; raises `InputError`."""
        return read_source(self.path)


def read_source(path: Path | None) -> Document:
    """The document in the file PATH, or in standard input where it is None; raises `InputError`."""
    from ..readers import read, read_text
    from ..readers.text import decode

    if path is not None:
        return read(path)
    if sys.stdin is None:
        raise InputError("stdin: closed")
    return read_text(decode(sys.stdin.buffer.read(), "stdin"), "stdin")


def plan(
    arguments: Iterable[str], suffixes: Mapping[str, str], out: Path | None, force: bool
) -> tuple[list[Job], list[str]]:
    """The jobs that can start and one line for each input that cannot.

    SUFFIXES maps each wanted format to its file suffix. An output lies beside its input or, with OUT, below that
    folder. It never replaces an input or another job's output, and an existing file only with FORCE.
    """
    problems: list[str] = []
    inputs = _inputs(arguments, problems)
    originals = {_identity(path) for path, _ in inputs}
    taken: dict[Path, Path] = {}
    jobs = []
    for path, below in inputs:
        folder = path.parent if out is None else out / below
        outputs = {name: folder / f"{path.stem}.id-en{suffix}" for name, suffix in suffixes.items()}
        try:
            _check(path, outputs.values(), originals, taken, force)
        except (DwibahasaError, OSError) as error:
            problems.append(str(error))
        else:
            taken.update(dict.fromkeys(map(Path.resolve, outputs.values()), path))
            jobs.append(Job(path, outputs))
    return jobs, problems


def _inputs(arguments: Iterable[str], problems: list[str]) -> list[tuple[Path, Path]]:
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
            for path, below in _files(Path(name), problems):
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


def _files(path: Path, problems: list[str]) -> Iterator[tuple[Path, Path]]:
    if not path.is_dir():
        yield path, Path()
        return
    empty = True
    for folder, folders, names in os.walk(path, onerror=lambda error: problems.append(str(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if _readable(name):
                empty = False
                yield Path(folder, name), Path(folder).relative_to(path)
    if empty:
        raise InputError(f"{path}: no texts in this folder")


def _readable(name: str) -> bool:
    """Whether a file found in a folder is taken: not hidden, and with the suffix of a reader."""
    from ..readers import READERS

    try:
        return not name.startswith(".") and "." in name and bool(READERS.for_path(name))
    except UnknownNameError:
        return False


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
