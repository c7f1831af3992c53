"""One model package: a folder in the Argos layout, read, checked and hashed.

The layout is that of Argos Translate: `metadata.json`, `sentencepiece.model` or `bpe.model`, and `model/` for
CTranslate2. A decoder-only package has the key `decoder_only` in its metadata, and `SHA256SUMS`, where it is there,
holds the recorded hashes in the form of sha256sum(1).
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from ..errors import ModelError, ModelNotFoundError

SUMS = "SHA256SUMS"
WEIGHTS = "model/model.bin"

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_SUM_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")

Kind = Literal["argos", "decoder"]
Origin = Literal["bundled", "installed", "path"]


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was found and looks whole.

    `kind` names the engine that runs it. `sha256` is the hash of the weights, `model/model.bin`, in hex: the one
    recorded in the package's SHA256SUMS where it has one (`verify` checks that it is true), else computed once per
    process. `origin` tells a package that came as a distribution from one the user installed and one given by path.
    """

    name: str
    path: Path
    version: str
    source_language: str
    target_language: str
    kind: Kind
    sha256: str
    origin: Origin


@contextmanager
def reading(name: str | Path) -> Iterator[None]:
    """Turn an error of the system inside into a `ModelError` about NAME."""
    try:
        yield
    except OSError as error:
        raise ModelError(f"{error.filename or name}: cannot be read: {error.strerror or error}") from error


def read_package(path: Path, origin: Origin = "path", name: str | None = None) -> Package:
    """The package in the folder PATH; its name is NAME or the folder's.

    Raises `ModelNotFoundError` where there is no such folder, and `ModelError` that says which file is missing or bad.
    """
    with reading(path):
        return _read_package(path, origin, name)


def _read_package(path: Path, origin: Origin, name: str | None) -> Package:
    if not path.is_dir():
        raise ModelNotFoundError(f"{path}: no such model folder")
    metadata = read_metadata(path)
    if not any(_filled(path / tokenizer) for tokenizer in ("sentencepiece.model", "bpe.model")):
        raise ModelError(f"{path}: broken model package: sentencepiece.model (or bpe.model) is missing or empty")
    if not _filled(path / WEIGHTS):
        raise ModelError(f"{path}: broken model package: {WEIGHTS} is missing or empty")
    return Package(
        name=name or path.resolve().name,
        path=path,
        version=str(metadata.get("package_version", "")),
        source_language=metadata["from_code"],
        target_language=metadata["to_code"],
        kind="decoder" if "decoder_only" in metadata else "argos",
        sha256=recorded_sums(path).get(WEIGHTS) or _weights_sha256(path / WEIGHTS),
        origin=origin,
    )


def read_metadata(path: Path) -> dict[str, Any]:
    """The checked `metadata.json` of the package folder PATH.

    `from_code` and `to_code` are plain strings, and `decoder_only`, where it is there, has its `prompt` (a list of
    pieces with `{source}` once), its `end` piece and, if any, its three `term_markup` pieces. Raises `ModelError`.
    """
    file = path / "metadata.json"
    try:
        metadata = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise ModelError(f"{path}: not a model package: metadata.json is missing") from None
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{file}: not JSON: {error}") from None
    if not isinstance(metadata, dict):
        raise ModelError(f"{file}: not a JSON object")
    for key, default in (("from_code", ""), ("to_code", ""), ("package_version", "0")):
        value = metadata.get(key, default)
        if not isinstance(value, str) or not _PLAIN.fullmatch(value):
            raise ModelError(f"{file}: {key} is missing or not a plain string: {value!r}")
    if "decoder_only" in metadata and not _is_decoder_spec(metadata["decoder_only"]):
        raise ModelError(f"{file}: decoder_only needs prompt (with '{{source}}' once), end and, if any, 3 term_markup")
    return metadata


def _is_decoder_spec(spec: Any) -> bool:
    def pieces(value: object) -> bool:
        return isinstance(value, list) and all(isinstance(piece, str) and piece for piece in value)

    if not isinstance(spec, dict):
        return False
    prompt: Any = spec.get("prompt")
    markup: Any = spec.get("term_markup", ["-"] * 3)
    return (
        pieces(prompt)
        and prompt.count("{source}") == 1
        and pieces([spec.get("end")])
        and pieces(markup)
        and len(markup) == 3
    )


def recorded_sums(path: Path) -> dict[str, str]:
    """File name to sha256 as SHA256SUMS of the package folder PATH records them; empty where it has none."""
    file = path / SUMS
    if not file.is_file():
        return {}
    sums = {}
    for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
        match = _SUM_LINE.fullmatch(line)
        if match is None:
            raise ModelError(f"{file}:{number}: not a line of sha256sum: {line[:80]!r}")
        sums[match[2]] = match[1]
    return sums


def write_sums(path: Path) -> None:
    """Record the hashes of all files of the package folder PATH in its SHA256SUMS."""
    lines = [f"{sha256_of(path / name)}  {name}\n" for name in _files(path)]
    (path / SUMS).write_text("".join(lines), "utf-8")


def verify(package: Package) -> tuple[str, ...]:
    """Hash every file of PACKAGE again and return the names of those checked.

    Raises `ModelError` that names each file that is missing, changed or not recorded, or says that nothing is recorded.
    """
    with reading(package.path):
        return _verify(package)


def _verify(package: Package) -> tuple[str, ...]:
    recorded = recorded_sums(package.path)
    if not recorded:
        raise ModelError(f"{package.path}: no {SUMS}, so there is nothing to verify against")
    present = _files(package.path)
    faults = [f"{name} is missing" for name in recorded if name not in present]
    faults += [f"{name} is not recorded" for name in present if name not in recorded]
    faults += [f"{n} has changed" for n in present if n in recorded and sha256_of(package.path / n) != recorded[n]]
    if faults:
        raise ModelError(f"{package.path}: does not verify: {'; '.join(faults)}")
    return tuple(recorded)


def papers(package: Package) -> tuple[Path, ...]:
    """The files for people that PACKAGE carries: card or README, NOTICE, then licence texts."""
    order = re.compile(r"(?i)^(?:(MODEL_CARD|README)|(NOTICE)|(LICEN[CS]E|COPYING|.*TERMS))[^/]*(?:\.md|\.txt)?$")
    found = [(m.lastindex or 0, file.name, file) for file in package.path.iterdir() if (m := order.match(file.name))]
    return tuple(file for _, _, file in sorted(found) if file.is_file())


def _filled(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _files(path: Path) -> tuple[str, ...]:
    names = (PurePosixPath(file.relative_to(path)).as_posix() for file in path.rglob("*") if file.is_file())
    return tuple(sorted(name for name in names if name != SUMS))


def _weights_sha256(file: Path) -> str:
    status = file.stat()
    return _cached_sha256(file, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=32)
def _cached_sha256(file: Path, size: int, mtime_ns: int) -> str:
    return sha256_of(file)


def sha256_of(file: Path) -> str:
    """The sha256 of FILE in hex."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
