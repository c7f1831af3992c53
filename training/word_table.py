"""Builds the lexical table of dwibahasa.word_alignment from parallel text.

    python training/word_table.py --data DIR [--glossaries glossaries] [--held-out tests/data/word-links.tsv]

Reads the sources that word-table-sources.tsv lists (TSV pairs `Indonesian TAB English`, JSONL articles with
`blocks[].pairs`), aligns them in both directions with eflomal (its command `eflomal-align` must be on the PATH), counts
the links, and writes src/dwibahasa/data/word-table.txt.gz. Held-out pairs take no part.

A line of the table is an Indonesian word, a tab, and its English words: `word` + two digits, p(English | Indonesian)
and p(Indonesian | English), as `PROBABILITY` of the module reads them. Lines that begin with `~` are the same between
`root(word)` and `stem(word)`, for forms that the texts did not have.
"""

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from math import log2, sqrt
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))

from dwibahasa.word_alignment import DIGITS, TABLE  # noqa: E402
from dwibahasa.word_forms import normalize, root, stem, tokenize  # noqa: E402

Pair = tuple[str, str]
PUNCTUATION = re.compile(r"[^\w\s]")
MAX_TOKENS = 120
MIN_COUNT = 2.0  # a pair seen less often is left out
MIN_STRENGTH = 0.02  # geometric mean of the two probabilities below which a pair is left out


def read_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a TSV, JSONL or PO file."""
    if path.suffix == ".jsonl":
        for line in path.open(encoding="utf-8"):
            for block in json.loads(line)["blocks"]:
                yield from ((source, target) for source, target in block["pairs"])
    elif path.suffix == ".po":
        import polib

        for entry in polib.pofile(str(path)):
            yield entry.msgid, entry.msgstr
    else:
        for line in path.open(encoding="utf-8"):
            source, _, target = line.rstrip("\n").partition("\t")
            yield source, target


def read_sources(data: Path, glossaries: Path | None, held_out: set[str]) -> Iterator[tuple[int, str, str]]:
    """Weight, source and target of every pair to learn from, each pair once."""
    seen: set[Pair] = set()
    files = [(1, path) for path in sorted(glossaries.glob("*.po"))] if glossaries else []
    for line in (HERE / "word-table-sources.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            pattern, times, _ = line.split("\t")
            files += [(int(times), path) for path in sorted(data.glob(pattern))]
    for weight, path in files:
        for pair in read_pairs(path):
            if all(pair) and pair not in seen and pair[0] not in held_out:
                seen.add(pair)
                yield weight, *pair


def aligner_tokens(text: str) -> list[str]:
    """The module's tokens and, as anchors for the aligner, the punctuation between them."""
    tokens, end = [], 0
    for start, stop in [*tokenize(text), (len(text), len(text))]:
        tokens += PUNCTUATION.findall(text[end:start])
        tokens.append(normalize(text[start:stop]))
        end = stop
    return [token for token in tokens if token]


def run_aligner(sources: list[list[str]], targets: list[list[str]], folder: Path) -> Iterator[tuple[str, str]]:
    """For each sentence pair, eflomal's forward and reverse links (`0-0 1-2 …`)."""
    for name, sentences in (("s", sources), ("t", targets)):
        (folder / name).write_text("".join(" ".join(s) + "\n" for s in sentences), encoding="utf-8")
    paths = {option: str(folder / option) for option in "stfr"}
    subprocess.run(["eflomal-align", *(word for o, p in paths.items() for word in (f"-{o}", p))], check=True)
    return zip((folder / "f").open(), (folder / "r").open(), strict=True)


def wordlike(token: str) -> bool:
    """Whether a token may stand in the table: a word, a percent or a currency sign; numbers match by themselves."""
    return not any(c.isdigit() for c in token) and (token[0].isalpha() or token in "%$€£")


def probabilities(joint: Counter[Pair], left: Counter[str], right: Counter[str]) -> dict[str, list[str]]:
    """Lines of the table: the strongest English words of each Indonesian word, best first."""
    rows: dict[str, list[tuple[float, str]]] = {}
    for (s, t), count in joint.items():
        strength = count / sqrt(left[s] * right[t])
        if count >= MIN_COUNT and strength >= MIN_STRENGTH:
            digits = "".join(DIGITS[min(35, round(-2 * log2(min(1, count / total))))] for total in (left[s], right[t]))
            rows.setdefault(s, []).append((-strength, t + digits))
    return {s: [text for _, text in sorted(row)] for s, row in rows.items()}


def build(pairs: list[tuple[int, str, str]]) -> str:
    """The text of the table."""
    sources = [aligner_tokens(source) for _, source, _ in pairs]
    targets = [aligner_tokens(target) for _, _, target in pairs]
    keep = [
        i for i, (s, t) in enumerate(zip(sources, targets, strict=True)) if s and t and len(s + t) <= 2 * MAX_TOKENS
    ]
    words: tuple[Counter[Pair], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
    roots: tuple[Counter[Pair], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
    with tempfile.TemporaryDirectory() as folder:
        links = run_aligner([sources[i] for i in keep], [targets[i] for i in keep], Path(folder))
        for i, directions in zip(keep, links, strict=True):
            weight, source, target = pairs[i][0], sources[i], targets[i]
            for joint, left, right in (words, roots):
                if joint is roots[0]:
                    source, target = [root(s) for s in source], [stem(t) for t in target]
                left.update({s: weight * n for s, n in Counter(source).items()})
                right.update({t: weight * n for t, n in Counter(target).items()})
                for direction in directions:
                    for link in direction.split():
                        s, t = (int(number) for number in link.split("-"))
                        joint[source[s], target[t]] += weight / 2  # type: ignore[assignment]
    lines = []
    for mark, (joint, left, right) in (("", words), ("~", roots)):
        joint = Counter({pair: n for pair, n in joint.items() if wordlike(pair[0]) and wordlike(pair[1])})
        lines += [f"{mark}{s}\t{' '.join(row)}\n" for s, row in probabilities(joint, left, right).items()]
    return "".join(sorted(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with own/, own2/, train/ and lex/")
    parser.add_argument("--glossaries", type=Path, help="folder with term bases in PO")
    parser.add_argument("--held-out", type=Path, default=HERE.parent / "tests/data/word-links.tsv")
    parser.add_argument("--out", type=Path, default=HERE.parent / "src/dwibahasa/data" / TABLE)
    options = parser.parse_args()
    held_out = {source for source, _ in read_pairs(options.held_out)}
    table = build(list(read_sources(options.data, options.glossaries, held_out)))
    options.out.write_bytes(gzip.compress(table.encode(), 9, mtime=0))
    print(f"{options.out}: {table.count(chr(10))} lines, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
