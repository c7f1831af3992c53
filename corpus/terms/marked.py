"""The term set of this folder: sentences with their terms marked, their references, and documents.

`python corpus/terms/marked.py` prints the sizes. The format is described in README.md.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from dwibahasa.evaluation import MarkedSentence, Place

FOLDER = Path(__file__).resolve().parent
HALVES = ("dev", "test")
_MARK = re.compile(r"\{([^{}|]+)((?:\|[^{}|]+)+)\}")


def sentences(half: str) -> list[MarkedSentence]:
    """The sentences of one half, file by file; raises `ValueError`, with file and line, for what breaks the format."""
    return [found for path in sorted((FOLDER / half).glob("*.txt")) for found in _file(path, half)]


def _file(path: Path, half: str) -> Iterator[MarkedSentence]:
    document, source = "", ""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate([*lines, ""], 1):
        where = f"{half}/{path.name}:{number}"
        if line.startswith("##"):
            document, before = f"{half}/{path.name}/{name}" if (name := line[2:].strip()) else "", document
            if bool(before) == bool(document):
                raise ValueError(f"{where}: a document opens with `## NAME` and closes with `##`")
        if source and (not line or line.startswith("#")):
            raise ValueError(f"{where}: a source without a reference")
        if not line or line.startswith("#"):
            continue
        if not source:
            source = line
            continue
        yield parse(source, line, document, f"{half}/{path.name}:{number - 1}")
        source = ""


def parse(marked: str, reference: str, document: str = "", where: str = "") -> MarkedSentence:
    """The sentence of a line with marks, `{words|form|form}` or `{words|-}`; raises `ValueError` for a wrong mark."""
    text, places, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        forms = [tuple(form.split("/")) for form in mark[2][1:].split("|")]
        right = () if forms == [("-",)] else tuple(forms)
        if any(form != form.strip() or form in ("", "-") for same in right for form in same):
            raise ValueError(f"{where}: {mark[0]!r} has an empty form, white space around one, or - beside others")
        places.append(Place(len(text), len(text) + len(mark[1]), right))
        text, at = text + mark[1], mark.end()
    text += marked[at:]
    if re.search(r"[{}|]", text + reference):
        raise ValueError(f"{where}: a mark that is no mark")
    return MarkedSentence(text, reference, tuple(places), document, where)


def sizes() -> str:
    """A Markdown table of the two halves."""
    rows = [
        "| | sentences | terms | other senses | documents | sentences in documents |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for half in HALVES:
        found = sentences(half)
        places = [place for sentence in found for place in sentence.places]
        right = sum(bool(place.forms) for place in places)
        named = [sentence.document for sentence in found if sentence.document]
        counts = (len(found), right, len(places) - right, len(set(named)), len(named))
        rows.append(f"| `{half}/` | {' | '.join(map(str, counts))} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(sizes())
