"""Packages in their travelling form, `.argosmodel`: a zip archive, unpacked with no trust in what it says."""

import shutil
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..errors import ModelError
from .package import read_package, write_sums

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

# The largest packages in use have 3.3 billion weights of 8 bits; weights hardly shrink in a zip, JSON about tenfold.
MAX_BYTES = 4 << 30
MAX_RATIO = 100
MAX_FILES = 10_000


def unpack(archive: Path, folder: Path) -> None:
    """Unpack ARCHIVE so that its package is FOLDER, which must not exist, and record the hashes of its files.

    The folder appears whole or not at all. Raises `ModelError` for an archive that is broken or unsafe (a name that
    leaves the folder, a link, more or larger files than any model needs) or holds no sound package.
    """
    import tempfile
    import zipfile
    import zlib

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with (
            zipfile.ZipFile(archive) as source,
            tempfile.TemporaryDirectory(prefix=".unpack-", dir=folder.parent) as scratch,
        ):
            _check(archive, source)
            _extract(source, Path(scratch, "package"))
            package = _package_folder(archive, Path(scratch, "package"))
            write_sums(package)
            package.rename(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        # RuntimeError: encrypted, or (NotImplementedError) a compression that Python cannot undo.
        raise ModelError(f"{archive}: not a sound package archive: {error}") from error
    except OSError as error:
        raise ModelError(f"{archive}: cannot be unpacked to {folder}: {error.strerror or error}") from error


def _check(archive: Path, source: "ZipFile") -> None:
    entries = source.infolist()
    if len(entries) > MAX_FILES:
        raise ModelError(f"{archive}: refused: {len(entries)} files, more than {MAX_FILES}")
    for entry in entries:
        if fault := _fault(entry):
            raise ModelError(f"{archive}: refused: the entry {entry.filename!r} {fault}")
    # zipfile never gives more bytes than an entry declares, so what is declared bounds what is written.
    size = sum(entry.file_size for entry in entries)
    if size > MAX_BYTES or size > MAX_RATIO * max(1, archive.stat().st_size):
        raise ModelError(f"{archive}: refused: it would unpack to {size} bytes, far more than a model of its size")


def _fault(entry: "ZipInfo") -> str:
    name = entry.orig_filename
    if name.startswith("/") or "\\" in name or "\0" in name or ":" in name or ".." in PurePosixPath(name).parts:
        return "would leave the model's folder"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    return ""


def _extract(source: "ZipFile", folder: Path) -> None:
    folder.mkdir()
    for entry in source.infolist():
        target = folder / entry.filename
        if entry.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open(entry) as inner, target.open("xb") as outer:
            shutil.copyfileobj(inner, outer, 1 << 20)


def _package_folder(archive: Path, folder: Path) -> Path:
    """The folder of the one sound package in FOLDER: FOLDER itself or, as Argos has it, the one folder in it."""
    found = [c for c in (folder, *sorted(folder.iterdir())) if (c / "metadata.json").is_file()]
    if len(found) != 1:
        raise ModelError(f"{archive}: holds {len(found)} packages (folders with a metadata.json), not one")
    try:
        read_package(found[0])
    except ModelError as error:
        raise ModelError(str(error).replace(str(found[0]), str(archive))) from None
    return found[0]
