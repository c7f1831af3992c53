"""How whole the articles are that the reader takes out of pages, and what else comes out.

    python benchmarks/extraction.py     # beside trafilatura: pip install trafilatura lxml_html_clean

For the pages in `tests/data/readers/html`, with the blocks that belong to them: the share of these that come out word
for word, and the share of the words that come out without belonging there. Processor time for all pages.
"""

import time
from collections.abc import Callable
from pathlib import Path

PAGES = sorted(Path(__file__).parent.parent.glob("tests/data/readers/html/*.html"))
NO_ARTICLE = ("boilerplate", "related", "byline", "dateline")


def dwibahasa(data: bytes) -> list[str]:
    from dwibahasa.readers import READERS

    document = READERS["html"](data, "page")
    spans = [(block.role, block.segments[0].start, block.segments[-1].end) for block in document.blocks]
    return [document.text[start:end] for role, start, end in spans if role not in NO_ARTICLE]


def trafilatura(data: bytes, **options: bool) -> list[str]:
    from trafilatura import extract

    return (extract(data, include_comments=False, **options) or "").split("\n")


def main() -> None:
    ways: dict[str, Callable[[bytes], list[str]]] = {
        "dwibahasa": dwibahasa,
        "trafilatura": trafilatura,
        "trafilatura, for recall": lambda data: trafilatura(data, favor_recall=True),
    }
    pages = [(path.read_bytes(), _wanted(path)) for path in PAGES]
    print(f"{len(pages)} pages, {sum(len(wanted) for _, wanted in pages)} blocks")
    for name, way in ways.items():
        found = kept = extra = words = 0
        way(pages[0][0])
        start = time.process_time()
        results = [way(data) for data, _ in pages]
        seconds = time.process_time() - start
        for (_, wanted), blocks in zip(pages, results, strict=True):
            text = " ".join(" ".join(blocks).split())
            found += len(wanted)
            kept += sum(block in text for block in wanted)
            own = set(" ".join(wanted).split())
            words += len(text.split())
            extra += sum(word not in own for word in text.split())
        print(f"{name:<24} {kept / found:7.1%} of the blocks {extra / words:7.1%} other words {seconds:6.2f} s")


def _wanted(path: Path) -> list[str]:
    rows = [line.split("\t") for line in path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()]
    return [" ".join(text.split()) for role, text in rows if role not in NO_ARTICLE]


if __name__ == "__main__":
    main()
