"""The gold set and the case list of this folder.

`python corpus/segmentation/gold.py FILE` prints the raw text of an article; without FILE it prints the sizes.

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
PROSE = ("paragraph", "list_item", "caption")
"""The roles that are made of sentences."""
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

    def check(right: object, place: int, message: str) -> None:
        if not right:
            raise ValueError(f"{name}:{marked.count(chr(10), 0, place) + 1}: {message}")

    for mark in [*_MARK.finditer(marked), None]:
        piece = marked[at : mark.start() if mark else None]
        raw.append(piece)
        if blocks:
            check(piece.strip(), at, "a block or a sentence without text")
            blocks[-1][1].append((length + len(piece) - len(piece.lstrip()), length + len(piece.rstrip())))
        else:
            check(not piece.strip(), at, "text before the first block")
        length += len(piece)
        if mark:
            at = mark.end()
            known = mark[1] in ROLES or mark[0] == "¦"
            check(known, mark.start(), f"{mark[0]!r} is no mark; known roles: {', '.join(ROLES)}")
            check(mark[1] or blocks, mark.start(), "a sentence before the first block")
            if mark[1]:
                blocks.append((mark[1], []))
    return Article(name, "".join(raw), tuple(GoldBlock(role, tuple(spans)) for role, spans in blocks))


def articles(half: str) -> list[Article]:
    """The articles of one half, by name."""
    paths = sorted((FOLDER / half).glob("*.txt"))
    return [parse(path.read_bytes().decode("utf-8"), f"{half}/{path.name}") for path in paths]


def pages(name: str = "pages.txt") -> list[Article]:
    """The entries of `pages.txt` or `pages-more.txt`, one after the other with a line `===` between them: as articles,
    but with the roles and extents of blocks only."""
    entries = (FOLDER / name).read_text(encoding="utf-8").rstrip("\n").split("\n===\n")
    return [parse(entry, f"{name}, entry {number}") for number, entry in enumerate(entries, 1)]


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


def sizes() -> str:
    """A Markdown table of the halves and the case list."""
    rows = ["| | texts | blocks | segments | in paragraphs, list items, captions |", "|---|---:|---:|---:|---:|"]
    for half in HALVES:
        blocks = [block for article in articles(half) for block in article.blocks]
        prose = [block for block in blocks if block.role in PROSE]
        counts = [sum(len(block.spans) for block in some) for some in (blocks, prose)]
        rows.append(f"| `{half}/` | {len(articles(half))} | {len(blocks)} | {counts[0]} | {counts[1]} |")
    listed = cases()
    rows.append(f"| `cases/` | {len(listed)} | {len(listed)} | {sum(len(case.sentences) for case in listed)} | |")
    return "\n".join(rows)


def main() -> None:
    """Print sizes or the raw text of a file."""
    if len(sys.argv) == 1:
        print(sizes())
    else:
        sys.stdout.buffer.write(parse(Path(sys.argv[1]).read_bytes().decode("utf-8"), sys.argv[1]).text.encode())


if __name__ == "__main__":
    main()
