"""How good the word links are, against links made by hand:

    python benchmarks/links.py [LINKS.tsv]

A line of LINKS.tsv, by default tests/data/word-links.tsv, is an Indonesian sentence, a tab, its English, a tab, links
between tokens: `3-4` is sure, `3?4` possible. Prints precision against sure and possible links, recall against sure
ones, and the alignment error rate (Och and Ney 2003). Costs were chosen on the first 34 pairs; the others measure.
"""

import sys
from pathlib import Path

from dwibahasa.word_alignment import align
from dwibahasa.word_forms import tokenize

DEFAULT = Path(__file__).resolve().parent.parent / "tests" / "data" / "word-links.tsv"
TUNED = 34
Pairs = set[tuple[int, int]]


def made(source: str, target: str) -> Pairs:
    """The links of `align`, as pairs of token numbers."""
    s, t = tokenize(source), tokenize(target)
    return {
        (i, j)
        for link in align(source, target)
        for i, (a, b) in enumerate(s)
        if link.s0 <= a and b <= link.s1
        for j, (c, d) in enumerate(t)
        if link.t0 <= c and d <= link.t1
    }


def by_hand(links: str) -> tuple[Pairs, Pairs]:
    """The sure links, and the sure and possible ones."""
    sure, allowed = set(), set()
    for link in links.split():
        i, j = map(int, link.replace("?", "-").split("-"))
        allowed.add((i, j))
        if "-" in link:
            sure.add((i, j))
    return sure, allowed


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    lines = [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    print("| | sure links | precision | recall | AER |\n|---|---:|---:|---:|---:|")
    for name, part in (("tuned on", lines[:TUNED]), ("measured", lines[TUNED:]), ("all", lines)):
        links = sure = right = right_sure = 0
        for source, target, given in (line.split("\t") for line in part):
            found, (certain, allowed) = made(source, target), by_hand(given)
            links, sure = links + len(found), sure + len(certain)
            right, right_sure = right + len(found & allowed), right_sure + len(found & certain)
        error = 1 - (right + right_sure) / (links + sure)
        print(f"| {name}, {len(part)} pairs | {sure} | {right / links:.1%} | {right_sure / sure:.1%} | {error:.1%} |")


if __name__ == "__main__":
    main()
