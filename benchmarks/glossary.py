"""Term bases: time to load them, to build the matcher, to find terms in a long text; how good suggestions are.

    python benchmarks/glossary.py TEXT...

TEXT are Indonesian texts or, with the suffix .jsonl, documents of sentence pairs. Their lines are what suggestions are
counted in, and, repeated until there are 10 MB, what terms are found in. All times are processor seconds, the least of
three runs, with the ratio to ours. Rivals that are not installed are skipped (`pip install flashtext pyahocorasick`).
"""

import argparse
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dwibahasa.document import Term
from dwibahasa.glossary import Glossary
from dwibahasa.glossary.matching import Matcher, ranked
from dwibahasa.glossary.po import parsed_entries
from dwibahasa.glossary.suggesting import MIN_LETTERS, MIN_WORD
from dwibahasa.glossary.tokens import WORD

TERMS, SIZE = 5_000, 10_000_000
Found = Callable[[str], int]


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """The processor seconds of the quickest of three runs, and what the last gave."""
    times, given = [], None
    for _ in range(3):
        start = time.process_time()
        given = run()
        times.append(time.process_time() - start)
    return min(times), given


def row(name: str, seconds: float, own: float, more: str = "") -> None:
    print(f"| {name} | {seconds:.3f} | {seconds / own:.1f} | {more} |", flush=True)


def loading() -> None:
    import polib

    paths = Glossary.default_paths()
    own, base = timed(Glossary.default)
    print(f"\n## Loading the shipped term bases ({len(base.terms)} entries, {len(paths)} files)\n")
    print("| | seconds | ratio | |\n|---|---:|---:|---|")
    row("dwibahasa", own, own, "checked, overrides looked for")
    seconds, _ = timed(lambda: [polib.pofile(str(path), encoding="utf-8") for path in paths])
    row("polib", seconds, own, "parsed only, comments not read")
    seconds, _ = timed(lambda: [list(parsed_entries(path, path.read_text(encoding="utf-8"))) for path in paths])
    row("dwibahasa, files with another layout", seconds, own, "parsed only, by polib after a check of each line")
    seconds, _ = timed(lambda: Matcher(ranked(base.terms)))
    row("building the matcher", seconds, own, "when the first text is searched")


def terms() -> list[Term]:
    """The shipped terms, and as many with another word before them as make TERMS."""
    shipped = list(Glossary.default().terms)
    more = [Term(f"mantan {t.source}", f"former {t.target}", case=t.case) for t in shipped]
    return [*shipped, *more][:TERMS]


def flashtext(bases: list[Term]) -> Found:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    for term in bases:
        processor.add_keyword(term.source, term.target)
    return lambda text: len(processor.extract_keywords(text, span_info=True))


def ahocorasick(bases: list[Term]) -> Found:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for term in bases:
        automaton.add_word(term.source.lower(), len(term.source))
    automaton.make_automaton()

    def run(text: str) -> int:
        lower, found, end = text.lower(), 0, 0
        for last, length in automaton.iter_long(lower):
            start = last - length + 1
            whole = not (lower[start - 1 : start].isalnum() or lower[last + 1 : last + 2].isalnum())
            if whole and start >= end:
                found, end = found + 1, last + 1
        return found

    return run


def alternation(bases: list[Term]) -> Found:
    longest = sorted((re.escape(term.source) for term in bases), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(longest)})\b", re.IGNORECASE)
    return lambda text: sum(1 for _ in pattern.finditer(text))


RIVALS: dict[str, Callable[[list[Term]], Found]] = {
    "pyahocorasick": ahocorasick,
    "flashtext": flashtext,
    "one regular expression": alternation,
}


def matching(lines: list[str]) -> None:
    once = "\n\n".join(lines)
    text = (once + "\n\n") * (SIZE // len(once) + 1)
    text = text[:SIZE]
    bases = terms()
    base = Glossary(bases)
    base.find("")
    own, found = timed(lambda: len(base.find(text)))
    print(f"\n## Finding {len(bases)} terms in {len(text) / 1e6:.0f} million characters\n")
    print("| | seconds | ratio | found |\n|---|---:|---:|---|")
    row("dwibahasa", own, own, f"{found}")
    for name, make in RIVALS.items():
        share = 20 if name.startswith("one") else 1  # quick enough to be waited for
        try:
            search = make(bases)
        except ImportError as error:
            print(f"| {name} | skipped: {error} | | |")
            continue
        piece = text[: SIZE // share]
        if share > 1:
            start = time.process_time()
            count, seconds = search(piece) * share, (time.process_time() - start) * share
        else:
            seconds, count = timed(lambda search=search, piece=piece: search(piece))
        row(name, seconds, own, f"{count}" + (f", from 1/{share} of the text" if share > 1 else ""))
    base.suggest("")
    seconds, told = timed(lambda: len(base.suggest(text)))
    row("suggestions", seconds, own, f"{told}")


def misspelt(name: str, draw: random.Random) -> str:
    """NAME with one letter inside one of its words left out, doubled, replaced, or changed with the next."""
    words = [m for m in WORD.finditer(name) if len(m[1]) >= MIN_WORD]
    word = draw.choice(words)
    at = draw.randrange(word.start(1) + 1, word.end(1) - 1)
    kind = draw.randrange(4)
    letter = draw.choice("abcdefghijklmnopqrstuvwxyz")
    middle = ("", name[at] * 2, letter, name[at + 1] + name[at])[kind]
    return name[:at] + middle + name[at + (2 if kind == 3 else 1) :]


def suggestions(lines: list[str], show: bool) -> None:
    base = Glossary.default()
    told = [(line, s) for line in lines for s in base.suggest(line)]
    print(f"\n## Suggestions\n\n{len(told)} in {len(lines)} lines ({len(told) / len(lines):.3%})")
    for line, s in told if show else ():
        print(f"- {s.found} → {s.term.source} ({s.edit}): {line[max(0, s.start - 30) : s.end + 30].strip()}")
    draw = random.Random(6)
    names = [
        t.source
        for t in base.terms
        if t.source[0].isupper()
        and not t.source.isupper()
        and sum(map(str.isalpha, t.source)) >= MIN_LETTERS
        and any(len(word) >= MIN_WORD for word, _ in WORD.findall(t.source))
        and not any(c in t.source for c in "(),./0123456789")
    ]
    tried = [(name, made) for name in names if (made := misspelt(name, draw)) != name]
    right = sum(any(s.term.source == name for s in base.suggest(f"Kata {made} itu.")) for name, made in tried)
    print(f"{right} of {len(tried)} names with one wrong letter in them are seen ({right / len(tried):.1%})")


def read(path: Path) -> Iterator[str]:
    """The Indonesian sentences of PATH."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if path.suffix == ".jsonl":
            yield from (pair[0] for block in json.loads(line)["blocks"] for pair in block["pairs"])
        elif line.strip():
            yield line


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("texts", nargs="+", type=Path, metavar="TEXT")
    parser.add_argument("--show", action="store_true", help="print every suggestion")
    options = parser.parse_args()
    lines = [line for path in options.texts for line in read(path)]
    loading()
    matching(lines)
    suggestions(lines, options.show)


if __name__ == "__main__":
    main()
