"""What a person changed in the bilingual files of a text, read before the text is translated again."""

from typing import TYPE_CHECKING

from ..document import Document
from ._inputs import Job
from ._outputs import located, number
from ._progress import Reporter

if TYPE_CHECKING:
    from ..bilingual import Edit

_SHOWN = 5


def read_edits(job: Job, document: Document, reporter: Reporter) -> "dict[str, Edit]":
    """The edit for each unit id of DOCUMENT, the text of JOB, that has one in the files beside the outputs; says how
    many are kept and how many have no place any more. Raises `InputError` for a file that may hold edits and cannot
    be read."""
    paths = [path for path in job.edited if path.exists()]
    if job.path and document.format in ("po", "xliff"):  # a source that has translations already
        paths.append(job.path)
    if not paths:
        return {}
    from ..bilingual import Edits, readings, unplaced

    found = readings(paths)
    edits = Edits.merged(found)
    for notice in edits.notices:
        reporter.message("warning", located(job, notice))
    kept = edits.assigned(document)
    if kept:
        names = ", ".join(str(path) for path, reading in found if reading.has_edits)
        reporter.message("note", located(job, f"kept {number(len(kept), 'edit')} of {names}"))
    if gone := unplaced(edits, kept.values()):
        ids = ", ".join(edit.unit.id for edit in gone[:_SHOWN]) + (" …" if len(gone) > _SHOWN else "")
        what = number(len(gone), "edited sentence")
        reporter.message("warning", located(job, f"{what} of the last run not found in the text: {ids}"))
    return kept
