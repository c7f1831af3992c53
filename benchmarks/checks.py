"""How often the checks and the language gate are wrong on human translations:

    python benchmarks/checks.py DOCUMENTS.jsonl … [--list]
    python benchmarks/checks.py SOURCE REFERENCE [--list]

A line of a JSONL file is a document: `{"blocks": [{"role": …, "pairs": [[Indonesian, English], …]}, …]}`. SOURCE and
REFERENCE have one sentence a line. All are checked as sentences of a paragraph. Nearly every finding on a human
translation is a false alarm; `--list` prints them.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from dwibahasa import read_text
from dwibahasa.detection import _words, detect, english_quotes, function_words, is_english
from dwibahasa.quality import MIN_LENGTH_CHARS, check_unit

Pairs = list[tuple[str, str]]
CHECKS = ("numbers", "length", "repetition", "untranslated", "doubled", "punctuation")


def documents(files: list[Path]) -> list[Pairs]:
    if all(file.suffix == ".jsonl" for file in files):
        lines = (line for file in files for line in file.read_text("utf-8").splitlines())
        return [[(s, t) for block in json.loads(line)["blocks"] for s, t in block["pairs"]] for line in lines]
    source, reference = (file.read_text("utf-8").splitlines() for file in files)
    return [[pair] for pair in zip(source, reference, strict=True)]


def checks(pairs: Pairs, listed: bool) -> None:
    with_finding: Counter[str] = Counter()  # pairs, not findings
    for source, target in pairs:
        findings = check_unit(source, target, "paragraph", None)
        with_finding.update({finding.check for finding in findings})
        for finding in findings if listed else ():
            print(f"{finding.check}: {finding.message}\n    {source}\n    {target}")
    print(f"{len(pairs)} pairs\n\n| check | pairs with a finding |\n|---|---:|")
    for check in CHECKS:
        print(f"| `{check}` | {with_finding[check]} ({with_finding[check] / len(pairs):.2%}) |")
    ratios = sorted(len(t) / len(s) for s, t in pairs if len(s) >= MIN_LENGTH_CHARS)
    low, middle, high = (ratios[int(len(ratios) * share)] for share in (0.001, 0.5, 0.999))
    print(f"\nEnglish over Indonesian length, {len(ratios)} pairs of {MIN_LENGTH_CHARS} characters and more:")
    print(f"median {middle:.2f}, one in a thousand under {low:.2f}, one in a thousand over {high:.2f}")


def languages(texts: list[Pairs], pairs: Pairs) -> None:
    whole = [tuple("\n\n".join(sides) for sides in zip(*text, strict=True)) for text in texts if len(text) > 1]
    if whole:
        found = [[detect(read_text(side)) for side in text] for text in whole]
        right = [sum(text[side].language == tag for text in found) for side, tag in ((0, "id"), (1, "en"))]
        malay = sum(text[0].malay for text in found)
        print(f"\n{len(whole)} documents: Indonesian {right[0]} right, {malay} called Malay; English {right[1]} right")
    shares = [
        sum(len(function_words(text, tag)) for text in side) / sum(len(_words(text)) for text in side)
        for side, tag in zip(zip(*pairs, strict=True), ("id", "en"), strict=True)
    ]
    print(f"function words: {shares[0]:.0%} of the Indonesian words, {shares[1]:.0%} of the English ones")
    print(f"Indonesian segments called English: {sum(is_english(s) for s, _ in pairs)} of {len(pairs)}")
    print(f"Indonesian segments with an English quotation: {sum(bool(english_quotes(s)) for s, _ in pairs)}")
    english = [t for _, t in pairs if len(t.split()) > 4 and t.rstrip("”\"'").endswith((".", "?", "!"))]
    known = sum(map(is_english, english))
    share = f"{known} of {len(english)} ({known / len(english):.0%})"
    print(f"English sentences of five words and more called English: {share}")


def main() -> None:
    names = [name for name in sys.argv[1:] if name != "--list"]
    texts = documents([Path(name) for name in names])
    pairs = [pair for text in texts for pair in text if all(side.strip() for side in pair)]
    checks(pairs, "--list" in sys.argv)
    languages(texts, pairs)


if __name__ == "__main__":
    main()
