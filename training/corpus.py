"""Collects the training pairs of a data folder, and leaves out what a model should not learn from.

The folder holds `*.tsv` (Indonesian TAB English, a pair a line), `*.jsonl` (articles with `blocks[].pairs`, as in
`document.jsonl` of this project's own text) at any depth, and evaluation sets `eval/NAME.id` with `eval/NAME.en`. A
source is named after its file, for JSONL after the folder. `train.tar.xz` in it is unpacked first, into the work
folder.
"""

import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from dwibahasa.detection import function_words

from .recipe import Recipe

_NOT_WORD = re.compile(r"[\W_]+")
HELD_BACK = 40
_LANGUAGE_WORDS = 6  # from this many words on, function words can tell the language


class DataError(ValueError):
    """A file of the data folder is malformed; the message names file and line."""


class Pair(NamedTuple):
    """A sentence and its translation; `document` and `place` say where they stand in an article (place from 0)."""

    source: str
    target: str
    name: str
    document: str = ""
    place: int = 0


def key(text: str) -> str:
    """TEXT without case, punctuation and spaces: two texts with the same key are the same line."""
    return _NOT_WORD.sub("", text.casefold())


def read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def held_out(data: Path) -> set[str]:
    """Keys of every line, of either side, of every evaluation set of the folder DATA."""
    return {key(line) for path in sorted(data.glob("eval/*")) for line in read_lines(path)} - {""}


def test_set(folders: list[Path], name: str) -> list[tuple[str, str]]:
    """Pairs of the set NAME, an evaluation set `eval/NAME.id` with `.en` or a file NAME.tsv; none if it is missing."""
    for folder in folders:
        source, target = folder / f"eval/{name}.id", folder / f"eval/{name}.en"
        if source.exists():
            return list(zip(read_lines(source), read_lines(target), strict=True))
        if path := next(folder.rglob(f"{name}.tsv"), None):
            return [(pair.source, pair.target) for pair in _read_file(path)]
    return []


def unpack(data: Path, work: Path) -> list[Path]:
    """The folders to read pairs from: DATA, and its train.tar.xz unpacked in WORK."""
    archive, folder = data / "train.tar.xz", work / "unpacked"
    if not archive.exists():
        return [data]
    if not folder.exists():
        part = folder.with_suffix(".part")
        with tarfile.open(archive) as tar:
            tar.extractall(part, filter="data")
        part.rename(folder)
    return [folder / "train", data]


def read_pairs(folders: list[Path]) -> Iterator[Pair]:
    """Every pair of the TSV and JSONL files of the folders, in the order of their names."""
    for folder in folders:
        for path in sorted([*folder.rglob("*.tsv"), *folder.rglob("*.jsonl")]):
            if "lex" not in path.parts:
                yield from _read_file(path)


def _read_file(path: Path) -> Iterator[Pair]:
    if path.suffix == ".tsv":
        for number, line in enumerate(read_lines(path), 1):
            fields = line.split("\t")
            if line.startswith("#") or not line.strip():
                continue
            if len(fields) < 2:
                raise DataError(f"{path}: line {number}: no tab between Indonesian and English")
            yield Pair(fields[0], fields[1], path.stem)
        return
    for line in path.open(encoding="utf-8"):
        article = json.loads(line)
        pairs = [pair for block in article["blocks"] for pair in block["pairs"]]
        for place, (source, target) in enumerate(pairs):
            yield Pair(source, target, path.parent.name, article["id"], place)


def collect(data: Path, work: Path, recipe: Recipe) -> dict[str, Any]:
    """Write WORK/corpus.jsonl, a pair a line; give back for each source how many pairs were kept, and why not.

    One article in `HELD_BACK` is not trained on, and of sources that the recipe does not name one pair in as many;
    these go to WORK/articles.tsv (Indonesian, English, article) and serve for development.
    """
    evaluation, seen = held_out(data), set[str]()
    counts: dict[str, Counter[str]] = {}
    part = work / "corpus.part"
    with part.open("w", encoding="utf-8") as out, (work / "articles.tsv").open("w", encoding="utf-8") as articles:
        for pair in read_pairs(unpack(data, work)):
            source = recipe.source(pair.name)
            pair = pair._replace(source=" ".join(pair.source.split()), target=" ".join(pair.target.split()))
            kept = source.broad + source.final and pair.name not in recipe.develop["sets"]
            why = "weight 0" if not kept else _fault(pair, recipe.corpus, evaluation)
            if not why:
                both = f"{key(pair.source)} {key(pair.target)}"
                why = "twice" if both in seen else ""
                seen.add(both)
            if not why and _held_back(pair, recipe):
                why = "development"
                articles.write(f"{pair.source}\t{pair.target}\t{pair.document}\n")
            counts.setdefault(pair.name, Counter())[why or "kept"] += 1
            if not why:
                out.write(json.dumps(pair, ensure_ascii=False) + "\n")
    part.rename(work / "corpus.jsonl")
    return {"held out lines": len(evaluation), "sources": {name: dict(row) for name, row in sorted(counts.items())}}


def _held_back(pair: Pair, recipe: Recipe) -> bool:
    own = pair.document or ("" if pair.name in recipe.sources else pair.source)
    return bool(own) and crc32(own.encode()) % HELD_BACK == 0


def _fault(pair: Pair, limits: dict[str, Any], evaluation: set[str]) -> str:
    """Why PAIR is left out, or an empty string."""
    source, target = key(pair.source), key(pair.target)
    if source in evaluation or target in evaluation:
        return "evaluation line"
    sizes = len(pair.source), len(pair.target)
    if min(len(source), len(target)) < limits["min_letters"] or max(sizes) > limits["max_letters"]:
        return "length"
    if max(sizes) > limits["max_ratio"] * min(sizes):
        return "ratio"
    if source == target:
        return "same on both sides"
    return "" if _is(pair.source, "id", "en") and _is(pair.target, "en", "id") else "language"


def _is(text: str, language: str, other: str) -> bool:
    """Whether TEXT is in the language, as far as its function words can tell."""
    if len(text.split()) < _LANGUAGE_WORDS:
        return True
    return len(function_words(text, language)) >= len(function_words(text, other))


def load(work: Path) -> list[Pair]:
    """The pairs of WORK/corpus.jsonl."""
    return [Pair(*json.loads(line)) for line in (work / "corpus.jsonl").open(encoding="utf-8")]
