"""Makes tiny model packages: the layout is right, the weights are not."""

import json
import zipfile
from pathlib import Path
from typing import Any

ARGOS: dict[str, Any] = {"package_version": "1.9", "from_code": "id", "to_code": "en", "type": "translate"}
DECODER: dict[str, Any] = ARGOS | {
    "package_version": "0.1",
    "decoder_only": {"prompt": ["<bos>", "{source}", "<en>"], "end": "<eos>"},
}


def files(metadata: dict[str, Any], weights: bytes = b"weights") -> dict[str, bytes]:
    return {
        "metadata.json": json.dumps(metadata).encode(),
        "sentencepiece.model": b"pieces",
        "model/model.bin": weights,
        "model/config.json": b"{}",
    }


def make_folder(path: Path, metadata: dict[str, Any] = ARGOS, weights: bytes = b"weights") -> Path:
    for name, content in files(metadata, weights).items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def make_archive(path: Path, metadata: dict[str, Any] = ARGOS, top: str = "translate-id_en/", **more: bytes) -> Path:
    """An .argosmodel; MORE are entries beside the package's own, by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files(metadata).items():
            archive.writestr(top + name, content)
        for name, content in more.items():
            archive.writestr(name, content)
    return path
