"""Bilingual files in: what a person edited, or another program made, as a `BilingualDocument` again."""

from collections.abc import Iterable
from pathlib import Path

from ..document import BilingualDocument
from ..errors import InputError, UnknownNameError
from ..files import read_file
from ..glossary import Glossary
from . import jsonl, po, tmx, xliff  # noqa: F401 - each registers its format
from ._base import BILINGUAL, BilingualReader, Reading
from .keeping import Edit, Edits, edits, lost_by, placed, unplaced, with_kept, without_kept
from .renewing import renewed

__all__ = [
    "BILINGUAL",
    "BilingualReader",
    "Edit",
    "Edits",
    "Reading",
    "edits",
    "lost_by",
    "placed",
    "read_bilingual",
    "reading",
    "readings",
    "unplaced",
    "with_kept",
    "without_kept",
]


def read_bilingual(path: str | Path, glossary: Glossary | None = None) -> BilingualDocument:
    """The bilingual document in the PO, XLIFF, TMX or JSON Lines file PATH, with word links, terms and findings.

    What this program wrote comes back, as far as the format holds it; a target that a person changed or approved
    since then has the origin `human`, and its terms, links and findings are new. GLOSSARY adds notes and other right
    forms to the terms of the file, and its terms where another program wrote the file. Raises `InputError`.
    """
    return renewed(reading(path), glossary or Glossary(()))


def reading(path: str | Path) -> Reading:
    """The file PATH as it stands; raises `InputError`."""
    path = Path(path)
    try:
        reader = BILINGUAL[BILINGUAL.for_path(path)]
    except UnknownNameError:
        known = "PO, XLIFF, TMX and the JSON Lines of this program"
        raise InputError(f"{path}: not a bilingual file; those that are read: {known}") from None
    return reader(read_file(path), path.name)


def readings(paths: Iterable[str | Path]) -> list[tuple[Path, Reading]]:
    """Those of the bilingual files PATHS that exist, the one changed last first.

    Raises `InputError` for one of this program that cannot be read, because it may hold edits; another that cannot be
    read is left out, and `UnknownNameError` for a suffix that no format has.
    """
    for path in paths:
        BILINGUAL.for_path(path)
    dated = [(path.stat().st_mtime_ns, number, path) for number, path in enumerate(map(Path, paths)) if path.is_file()]
    found = []
    for _, _, path in sorted(dated, key=lambda item: (-item[0], item[1])):
        try:
            found.append((path, reading(path)))
        except InputError as error:
            data = path.read_bytes()
            if b"dwibahasa" in data.lower() or b'"type": "unit"' in data:
                raise InputError(f"{error}; it may hold edits: mend it, or move it away") from None
    return found
