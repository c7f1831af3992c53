"""Files in, and out whole or not at all."""

import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from .errors import InputError, OutputError


def read_file(path: Path) -> bytes:
    """The bytes of the file PATH; raises `InputError` where it is missing, a folder or not readable."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder, not a file") from None
    except FileNotFoundError:
        raise InputError(f"{path}: file not found") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def write_file(path: Path, content: Callable[[], str | bytes], overwrite: bool) -> None:
    """Write what CONTENT gives (text as UTF-8) to PATH, making missing folders.

    The file appears whole or not at all: it is written under a temporary name in the same folder and renamed, and the
    temporary file goes away on any error or interrupt. Raises `OutputError` where the file exists and OVERWRITE is
    false, before CONTENT is called, or where the place cannot be written.
    """
    try:
        _check_free(path, overwrite)
        data = content()
        _replace(path, data if isinstance(data, bytes) else data.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {_reason(error)}") from error


def _check_free(path: Path, overwrite: bool) -> None:
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; an output is a file")
    if not overwrite and os.path.lexists(path):
        raise OutputError(f"{path}: exists already; --force (in Python: overwrite=True) replaces it")


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A short name of its own: PATH's name may be as long as the file system allows.
    temporary = path.parent / f".dwibahasa-{os.getpid()}-{secrets.token_hex(4)}.tmp"
    try:
        with temporary.open("xb") as file:
            file.write(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "no space left on the device"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "no permission to write in its folder"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a part of its folder's path is a file"
    return (error.strerror or str(error)).lower()
