"""Sentences to propose terms from: those of a text, or the pairs of a bilingual document of this program."""

import json
from collections.abc import Iterator
from pathlib import Path

from ..errors import InputError
from ._inputs import STDIN, read_source

Pair = tuple[str, str]
"""A sentence and its translation, empty for none."""


def read_pairs(name: str) -> list[Pair]:
    """The sentences of the file NAME (- for standard input) in order, boilerplate left out.

    A .jsonl or .po file is a bilingual document, as the writers of these formats make it or a person edited it;
    anything else is a text. Raises `InputError`, and `GlossaryError` for a PO file with a syntax error.
    """
    path = Path(name)
    suffix = path.suffix.lower()
    if name != STDIN and suffix == ".jsonl":
        return list(_jsonl(path))
    if name != STDIN and suffix == ".po":
        return list(_po(path))
    document = read_source(None if name == STDIN else path)
    return [(s.text, "") for block in document.blocks if block.role != "boilerplate" for s in block.segments]


def _jsonl(path: Path) -> Iterator[Pair]:
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            unit = json.loads(line)
            if unit["type"] == "unit" and unit["role"] != "boilerplate":
                yield "" + unit["source"], "" + (unit["target"] or "")
        except (ValueError, TypeError, KeyError, RecursionError):
            raise InputError(f"{path}: line {number}: not a line of dwibahasa's JSON Lines") from None


def _po(path: Path) -> Iterator[Pair]:
    from ..glossary.po import read_po

    for entry in read_po(path, _text(path)):
        yield entry.source, entry.target


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: file not found") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte 0x{error.object[error.start]:02x} at {error.start})") from None
