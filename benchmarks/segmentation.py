"""Sentence boundaries, block roles and speed beside other segmenters, on the gold set of corpus/segmentation/:

    python benchmarks/segmentation.py [--lines FILE [--inner FILE]] [--errors]

Needs nothing else; NLTK, sentencex and MiniSBD are compared where they are installed. `--lines FILE` adds a file of one
sentence a line, joined into paragraphs of five; `--inner` has the sentences that begin inside its lines, as
corpus/segmentation/gsd-inner.tsv has them for the test set of UD Indonesian-GSD, and measures with these too.
`--errors` prints what went wrong on the dev half and in the case list; the test half is only counted, so that no rule
is tuned on it.

A boundary is the end of a sentence, in characters; the last one of a text is given and not counted. A sentence is exact
where both its ends are right. A block's role is right where a block of the same extent has it. The other segmenters
know no blocks: on whole articles they get a line at a time.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus" / "segmentation"))

import gold  # noqa: E402

from dwibahasa.segmentation import segment, sentence_spans  # noqa: E402

Spans = list[tuple[int, int]]
Splitter = Callable[[str], Spans]
PARAGRAPH = 5
"""Lines of `--lines` that make up a paragraph."""
_NAIVE = re.compile(r"[.!?…]+[\"'”’)\]]*\s+|\Z")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its sentences."""

    name: str
    text: str
    spans: Spans


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def located(text: str, sentences: Iterable[str]) -> Spans:
    """Where the sentences of a segmenter that gives no offsets stand."""
    spans, at = [], 0
    for sentence in filter(None, map(str.strip, sentences)):
        start = text.index(sentence, at)
        at = start + len(sentence)
        spans.append((start, at))
    return spans


def naive(text: str) -> Spans:
    edges = [0, *(match.end() for match in _NAIVE.finditer(text))]
    pieces = [stripped(text, start, end) for start, end in pairwise(edges)]
    return [(start, end) for start, end in pieces if start < end]


def punkt(texts: list[str]) -> Splitter:
    """Punkt learns abbreviations without supervision: it gets the texts that it is then measured on."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    tokenizer = PunktSentenceTokenizer("\n\n".join(texts))
    return lambda text: [stripped(text, *span) for span in tokenizer.span_tokenize(text)]


def sentencex(texts: list[str]) -> Splitter:
    from sentencex import segment as split

    return lambda text: located(text, split("id", text))


def minisbd(texts: list[str]) -> Splitter:
    from minisbd import SBDetect, models

    if not (Path(models.cache_dir) / models.MODELS["id"]).is_file():
        raise ImportError("its Indonesian model is not on this machine")
    detector = SBDetect("id", use_gpu=False)
    return lambda text: located(text, detector.sentences(text))


OTHERS: dict[str, Callable[[list[str]], Splitter]] = {
    "NLTK Punkt": punkt,
    "sentencex": sentencex,
    "MiniSBD": minisbd,
    "naive": lambda texts: naive,
}


def by_line(split: Splitter) -> Splitter:
    def run(text: str) -> Spans:
        spans, at = [], 0
        for line in text.splitlines(keepends=True):
            spans += [(at + start, at + end) for start, end in split(line)] if line.strip() else []
            at += len(line)
        return spans

    return run


def whole(text: str) -> Spans:
    """dwibahasa on a whole article: it finds the blocks itself."""
    return [(piece.start, piece.end) for block in segment(text).blocks for piece in block.segments]


def f1(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return precision, recall, 2 * right / max(found + wanted, 1)


def timed(texts: list[Text], split: Splitter) -> tuple[list[Spans], float]:
    """The answers, and the seconds of the fastest of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        answers = [split(text.text) for text in texts]
        times.append(time.perf_counter() - start)
    return answers, min(times)


def score(texts: list[Text], split: Splitter) -> str:
    """A table row: boundary precision, recall, F1, exact-sentence F1, texts without an error, characters a second."""
    ends, exact, clean = Counter[str](), Counter[str](), 0
    answers, seconds = timed(texts, split)
    for text, found in zip(texts, answers, strict=True):
        last = text.spans[-1][1]
        wanted, given = ({end for _, end in spans} - {last} for spans in (text.spans, found))
        ends.update(right=len(wanted & given), found=len(given), wanted=len(wanted))
        exact.update(right=len({*text.spans} & {*found}), found=len(found), wanted=len(text.spans))
        clean += text.spans == found
    values = [f"{value:.4f}" for value in (*f1(**ends), f1(**exact)[2])]
    speed = sum(len(text.text) for text in texts) / seconds
    return " | ".join([*values, f"{clean} of {len(texts)}", f"{speed:,.0f}"])


def compare(title: str, texts: list[Text], own: Splitter, adapt: Callable[[Splitter], Splitter] = lambda s: s) -> None:
    sentences = sum(len(text.spans) for text in texts)
    print(f"\n## {title}: {len(texts)} texts, {sentences} sentences\n")
    print("| | precision | recall | F1 | exact F1 | without error | characters/s |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    own(texts[0].text)  # reads the word lists
    print(f"| dwibahasa | {score(texts, own)} |")
    for name, make in OTHERS.items():
        try:
            split = adapt(make([text.text for text in texts]))
        except ImportError as error:
            print(f"| {name} | skipped: {error} |")
            continue
        print(f"| {name} | {score(texts, split)} |")


def blocks(articles: list[gold.Article]) -> list[Text]:
    """The gold blocks by themselves, of the roles that have sentences."""
    found = []
    for article in articles:
        for block in article.blocks:
            if block.role in gold.PROSE:
                at = block.spans[0][0]
                spans = [(start - at, end - at) for start, end in block.spans]
                found.append(Text(article.name, article.text[at : block.spans[-1][1]], spans))
    return found


def extents(article: gold.Article) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]:
    """The roles of gold blocks and of ours, by start and end."""
    ours = segment(article.text).blocks
    return (
        {(block.spans[0][0], block.spans[-1][1]): block.role for block in article.blocks},
        {(block.segments[0].start, block.segments[-1].end): block.role for block in ours},
    )


def roles(half: str, articles: list[gold.Article]) -> None:
    right, extent, wanted = Counter[str](), 0, Counter[str]()
    for article in articles:
        true, ours = extents(article)
        wanted.update(true.values())
        right.update(role for span, role in true.items() if ours.get(span) == role)
        extent += len(true.keys() & ours.keys())
    total, good = sum(wanted.values()), sum(right.values())
    print(f"\n## Block roles, {half}: {good} of {total} blocks right ({good / total:.2%})\n")
    print(f"The extent is right for {extent} blocks ({extent / total:.2%}).\n\n| role | right | of |\n|---|---:|---:|")
    for role, count in wanted.most_common():
        print(f"| {role} | {right[role]} | {count} |")


def errors(articles: list[gold.Article], cases: list[Text]) -> None:
    print("\n## Wrong roles, dev\n")
    for article in articles:
        true, ours = extents(article)
        for (start, end), role in true.items():
            found = ours.get((start, end), "another extent")
            if found != role:
                print(f"{article.name}: {role}, found {found}: {article.text[start:end][:70]!r}")
    print("\n## Wrong boundaries, dev\n")
    texts = [Text(article.name, article.text, [s for b in article.blocks for s in b.spans]) for article in articles]
    for text, split in [(text, whole) for text in texts] + [(text, sentence_spans) for text in cases]:
        wanted, found = ({end for _, end in spans} for spans in (text.spans, split(text.text)))
        for end in sorted(wanted ^ found):
            kind = "missed" if end in wanted else "added"
            print(f"{text.name}: {kind}: {text.text[max(0, end - 40) : end]!r} ‖ {text.text[end : end + 30]!r}")


def joined(path: Path, inner: Path | None = None) -> list[Text]:
    """The lines of PATH as paragraphs; INNER has line number (from 1) and offset of sentences that begin inside one."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    cuts: dict[int, list[int]] = {}
    for row in inner.read_text(encoding="utf-8").splitlines() if inner else []:
        if not row.startswith("#"):
            number, offset = map(int, row.split("\t"))
            cuts.setdefault(number - 1, []).append(offset)
    texts = []
    for at in range(0, len(lines), PARAGRAPH):
        places = range(at, min(at + PARAGRAPH, len(lines)))
        sentences = tuple(
            lines[i][a:b].strip() for i in places for a, b in pairwise([0, *cuts.get(i, []), len(lines[i])])
        )
        text = " ".join(lines[at : at + PARAGRAPH])
        texts.append(Text(f"{path.name}:{at + 1}", text, gold.spans(text, sentences)))
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lines", type=Path, metavar="FILE")
    parser.add_argument("--inner", type=Path, metavar="FILE")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    cases = [Text(case.name, case.text, gold.spans(case.text, case.sentences)) for case in gold.cases()]
    halves = {half: gold.articles(half) for half in gold.HALVES}
    for half, articles in halves.items():
        texts = [Text(a.name, a.text, [span for block in a.blocks for span in block.spans]) for a in articles]
        compare(f"Whole articles, {half}", texts, whole, by_line)
        compare(f"Sentences of given blocks, {half}", blocks(articles), sentence_spans)
        roles(half, articles)
    compare("Case list", cases, sentence_spans)
    if options.lines:
        compare(f"{options.lines.name}, {PARAGRAPH} lines a paragraph", joined(options.lines), sentence_spans)
    if options.lines and options.inner:
        title = f"{options.lines.name}, the same with the sentences of {options.inner.name}"
        compare(title, joined(options.lines, options.inner), sentence_spans)
    if options.errors:
        errors(halves["dev"], cases)


if __name__ == "__main__":
    main()
