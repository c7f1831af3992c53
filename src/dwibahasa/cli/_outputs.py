"""What the commands write: the outputs of one text, none of which destroys what a person changed."""

from pathlib import Path

import click

from ..document import BilingualDocument
from ..errors import UnknownNameError
from ..files import write_file
from ._inputs import SAME, Job
from ._progress import Reporter


def write_outputs(
    document: BilingualDocument, job: Job, reporter: Reporter, keep_boilerplate: bool, force: bool
) -> list[Path]:
    """Write DOCUMENT in each format of JOB, over existing files with FORCE; the paths that were written.

    A file with edits that DOCUMENT does not have is copied to NAME.old.SUFFIX before it is replaced. Raises
    `OutputError`, `UnknownNameError` where the input's own format has no translated copy, and `InputError` for a
    bilingual file of this program that is to be replaced and cannot be read.
    """
    from ..writers import WRITERS, write

    make = {name: _copy if name == SAME else WRITERS[name] for name in job.outputs}
    written = []
    for name, path in job.outputs.items():
        if path is None:
            data = make[name](document, keep_boilerplate=keep_boilerplate)
            click.echo(data.encode() if isinstance(data, str) else data, nl=False)
            continue
        if force and (old := _set_aside(path, document)):
            reporter.message("note", located(job, f"{path} held edits that have no place any more; they are in {old}"))
        if name == SAME:
            write_file(path, lambda: _copy(document), force)
        else:
            write(document, path, name, keep_boilerplate=keep_boilerplate, overwrite=force)
        written.append(path)
    return written


def _copy(document: BilingualDocument, *, keep_boilerplate: bool = False) -> bytes:
    from ..readers import translated_copy

    del keep_boilerplate  # a copy has all that its original has
    return translated_copy(document)


def _set_aside(path: Path, document: BilingualDocument) -> Path | None:
    """Copy the bilingual file PATH, where it has edits that DOCUMENT does not have; the path of the copy."""
    from ..bilingual import lost_by, readings

    try:
        found = readings([path])
    except UnknownNameError:
        return None
    if not found or not lost_by(document, found[0][1]):
        return None
    suffix = ".12.xlf" if path.name.endswith(".12.xlf") else path.suffix
    stem, number = path.name.removesuffix(suffix), 1
    while (old := path.with_name(f"{stem}.old{number if number > 1 else ''}{suffix}")).exists():
        number += 1
    write_file(old, path.read_bytes, False)
    return old


def number(count: int, noun: str) -> str:
    """`1 text`, `2 texts`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def located(job: Job, message: str) -> str:
    """MESSAGE with the name of the input, as the user gave it, before it once."""
    for name in (job.name, Path(job.name).name):
        message = message.removeprefix(f"{name}: ")
    return f"{job.name}: {message}"
