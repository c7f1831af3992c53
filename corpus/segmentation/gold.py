"""The gold set and the case list of this folder. `python corpus/segmentation/gold.py FILE` prints an article's raw text.

An article is its raw text with two kinds of marks in it. `{paragraph}` and the other roles stand before the first
character of a block, `¦` stands after the last character of a sentence that has another one after it in its block.
Without the marks the file is the raw text, code point for code point, line ends included.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dwibahasa.document import ROLES

FOLDER = Path(__file__).resolve().parent
HALVES = ("dev", "test")
_MARK = re.compile(r"\{([a-z_]+)\}|¦|[{}]")


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """A role and the `[start, end)` of each sentence, in code points of the raw text."""

    role: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A raw text and its blocks; every character outside the sentences is white space."""

    name: str
    text: str
    blocks: tuple[GoldBlock, ...]

    def sentences(self) -> list[str]:
        """The sentences of all blocks, in order."""
        return [self.text[start:end] for block in self.blocks for start, end in block.spans]


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of `cases/NAME.txt`: a text of one block and its sentences."""

    name: str
    text: str
    sentences: tuple[str, ...]


def parse(marked: str, name: str) -> Article:
    """The article in a marked text; raises `ValueError`, with the line, for a mark that is wrong or out of place."""
    blocks: list[tuple[str, list[tuple[int, int]]]] = []
    raw: list[str] = []
    length = at = 0
    for mark in [*_MARK.finditer(marked), None]:
        piece = marked[at : mark.start() if mark else None]
        where = f"{name}:{marked.count(chr(10), 0, at) + 1}"
        if not blocks and piece.strip():
            raise ValueError(f"{where}: text before the first block")
        if blocks:
            if not piece.strip():
                raise ValueError(f"{where}: a block or a sentence without text")
            start = length + len(piece) - len(piece.lstrip())
            blocks[-1][1].append((start, length + len(piece.rstrip())))
        raw.append(piece)
        length += len(piece)
        if mark is None:
            break
        if mark[1] in ROLES:
            blocks.append((mark[1], []))
        elif mark[0] != "¦":
            raise ValueError(f"{where}: {mark[0]!r} is no mark; known roles: {', '.join(ROLES)}")
        elif not blocks:
            raise ValueError(f"{where}: a sentence before the first block")
        at = mark.end()
    return Article(name, "".join(raw), tuple(GoldBlock(role, tuple(spans)) for role, spans in blocks))


def articles(half: str) -> list[Article]:
    """The articles of one half, by name."""
    paths = sorted((FOLDER / half).glob("*.txt"))
    return [parse(path.read_bytes().decode("utf-8"), f"{half}/{path.name}") for path in paths]


def cases() -> list[Case]:
    """The entries of the case list: `input`, a line `---`, its sentences one a line; a line `===` between entries.

    `↵` stands for a line end inside a sentence; lines that open with `# ` are comments. Raises `ValueError` for an
    entry without `---`, input or sentences, and for sentences that do not make up the input.
    """
    return [case for path in sorted((FOLDER / "cases").glob("*.txt")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[Case]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    for number, entry in enumerate("\n".join(lines).split("\n===\n"), 1):
        text, _, wanted = entry.strip("\n").partition("\n---\n")
        sentences = tuple(line.replace("↵", "\n") for line in wanted.split("\n"))
        if "".join(text.split()) != "".join("".join(sentences).split()) or not text or "" in sentences:
            raise ValueError(f"{path.name}, entry {number}: the sentences do not make up the input")
        yield Case(f"{path.stem}-{number}", text, sentences)


def spans(text: str, sentences: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where SENTENCES stand in TEXT, searched in order."""
    found, at = [], 0
    for sentence in sentences:
        start = text.index(sentence, at)
        at = start + len(sentence)
        found.append((start, at))
    return found


if __name__ == "__main__":
    sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
    sys.stdout.write(parse(Path(sys.argv[1]).read_bytes().decode("utf-8"), sys.argv[1]).text)
