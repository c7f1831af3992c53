"""How often the checks and the language gate are wrong on human translations:

    python benchmarks/checks.py DOCUMENTS.jsonl …
    python benchmarks/checks.py SOURCE REFERENCE

A line of a JSONL file is a document: `{"blocks": [{"role": …, "pairs": [[Indonesian, English], …]}, …]}`. SOURCE and
REFERENCE have one sentence a line. Nearly every finding on a human translation is a false alarm.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from dwibahasa import read_text
from dwibahasa.detection import detect, english_quotes, is_english
from dwibahasa.quality import check_unit

Pairs = list[tuple[str, str]]
CHECKS = ("numbers", "length", "repetition", "untranslated", "doubled", "punctuation")


def documents(files: list[Path]) -> list[Pairs]:
    if all(file.suffix == ".jsonl" for file in files):
        lines = (line for file in files for line in file.read_text("utf-8").splitlines())
        return [[(s, t) for block in json.loads(line)["blocks"] for s, t in block["pairs"]] for line in lines]
    source, reference = (file.read_text("utf-8").splitlines() for file in files)
    return [[pair] for pair in zip(source, reference, strict=True)]


def main() -> None:
    texts = documents([Path(name) for name in sys.argv[1:]])
    pairs = [pair for text in texts for pair in text if all(side.strip() for side in pair)]
    found = Counter(
        check for s, t in pairs for check in {f.check for f in check_unit(s, t, "paragraph", None)}
    )  # units with a finding, not findings
    print(f"{len(pairs)} pairs\n\n| check | pairs with a finding |\n|---|---:|")
    for check in CHECKS:
        print(f"| {check} | {found[check]} ({found[check] / len(pairs):.2%}) |")
    whole = [tuple("\n\n".join(sides) for sides in zip(*text, strict=True)) for text in texts if len(text) > 1]
    if whole:
        right = [
            sum(detect(read_text(text[side])).language == tag for text in whole) for side, tag in ((0, "id"), (1, "en"))
        ]
        malay = sum(detect(read_text(text[0])).malay for text in whole)
        print(f"\n{len(whole)} documents: Indonesian {right[0]} right, {malay} called Malay; English {right[1]} right")
    sentences = [
        pair for pair in pairs if len(pair[1].split()) > 4 and pair[1].rstrip("”\"'").endswith((".", "?", "!"))
    ]
    print(f"Indonesian segments called English: {sum(is_english(s) for s, _ in pairs)} of {len(pairs)}")
    print(f"Indonesian segments with an English quotation: {sum(bool(english_quotes(s)) for s, _ in pairs)}")
    known = sum(is_english(t) for _, t in sentences)
    print(f"English sentences of five words and more called English: {known} of {len(sentences)}")


if __name__ == "__main__":
    main()
