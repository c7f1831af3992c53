"""How fast the page is in a browser: an article of 300 segments that is scrolled, a book of 20,000 that is opened.

    python benchmarks/page.py [--segments 300] [--book 20000]

Needs Chromium and Playwright; both pages are the sample of tests/page_document.py over and over, with terms, word
links, marks and findings. Prints two tables.

Scrolling: 120 px a frame through the whole page, with the pointer over the text, so that each frame lights a row and a
word. `main` and `raster` are the processor time that the renderer's main thread and its painting threads took for a
frame, from Chromium’s trace (thread clock): at 60 frames a second there are 16.7 ms. The headless browser paints
without a graphics card, which a reader’s need not. The clock means little on a busy machine.

Opening: from navigation to the first frame after the last script, by the clock and in processor time of the renderer,
all its threads; then a jump to the last segment, a search for a common word, the last match, and other layouts.
"""

import argparse
import shutil
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from dwibahasa.writers.html import write_html

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from page_document import long_document

LATE = 17.0  # milliseconds: a frame at 60 a second, and a little for the clock
SCROLL = """async step => {
  const times = [];
  const frame = () => new Promise(requestAnimationFrame);
  let at = -1;
  while (scrollY > at) {
    at = scrollY;
    scrollBy(0, step);
    const x = innerWidth * (times.length % 2 ? 0.3 : 0.6), y = innerHeight / 2;
    const under = document.elementFromPoint(x, y);
    under.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX: x, clientY: y }));
    under.closest("tbody tr")?.classList.add("here");
    times.push(await frame());
    for (const row of document.querySelectorAll(".here")) row.classList.remove("here");
  }
  return times;
}"""


SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
SEARCH = """const field = document.querySelector("[type=search]");
field.value = "selat"; field.dispatchEvent(new Event("input"))"""
ACTIONS = {
    "jump to the last segment": "location.hash = [...document.querySelectorAll('tbody tr')].at(-1).id",
    "search": SEARCH,
    "last match": "document.querySelector('search button').click()",
    "interlinear": "document.getElementById('v-inter').click()",
    "one language": "document.getElementById('v-en').click()",
}


@contextmanager
def browser_page(path: Path) -> Iterator[tuple[Page, CDPSession, float]]:
    """The page at PATH, a session of Chromium's protocol, and the seconds from navigation to the first whole frame."""
    with sync_playwright() as playwright:
        executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        begin = time.perf_counter()
        page.goto(path.as_uri(), timeout=120_000)
        page.evaluate(SETTLED)
        yield page, session, time.perf_counter() - begin
        browser.close()


def processor_time(session: CDPSession) -> float:
    """Seconds of processor time of the renderer until now, all its threads."""
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ProcessTime"])


def traced(session: CDPSession, action: Callable[[], Any]) -> tuple[list[dict[str, Any]], Any]:
    """The trace events of ACTION, and what it returns."""
    events: list[dict[str, Any]] = []
    over: list[bool] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda _: over.append(True))
    session.send("Tracing.start", {"categories": "toplevel,devtools.timeline,disabled-by-default-devtools.timeline"})
    result = action()
    session.send("Tracing.end")
    while not over:
        session.send("Performance.getMetrics")  # lets the events in
        time.sleep(0.05)
    return events, result


def frames(events: list[dict[str, Any]]) -> tuple[list[float], list[float]]:
    """For each frame, the milliseconds of processor time of the main thread and of the painting threads."""
    threads = {(e["pid"], e["tid"]): e["args"]["name"] for e in events if e["name"] == "thread_name"}
    renderer = next(e["pid"] for e in events if e["name"] == "FireAnimationFrame")
    starts = sorted(e["ts"] for e in events if e["name"] == "FireAnimationFrame")
    main, raster = [0.0] * len(starts), [0.0] * len(starts)
    for event in events:
        frame = bisect(starts, event["ts"] + event.get("dur", 0)) - 1
        if event["pid"] != renderer or "tdur" not in event or frame < 0:
            continue
        if event["name"] == "RunTask" and threads.get((event["pid"], event["tid"])) == "CrRendererMain":
            main[frame] += event["tdur"] / 1000
        elif event["name"] == "RasterTask":
            raster[frame] += event["tdur"] / 1000
    return main, raster


def scroll(path: Path) -> None:
    """Prints the table of frames."""
    with browser_page(path) as (page, session, _):
        events, times = traced(session, lambda: page.evaluate(SCROLL, 120))
    gaps = [after - before for before, after in pairwise(times)]
    print("| | median ms | 95 % | 99 % | most | over 17 ms |\n|---|---:|---:|---:|---:|---:|")
    for name, values in zip(("main", "raster", "by the clock"), (*frames(events), gaps), strict=True):
        cuts = quantiles(values, n=100)
        late = sum(value > LATE for value in values) / len(values)
        print(f"| {name} | {median(values):.1f} | {cuts[94]:.1f} | {cuts[98]:.1f} | {max(values):.1f} | {late:.1%} |")
    print(f"\n{len(times)} frames, {1000 / (sum(gaps) / len(gaps)):.0f} frames/s by the clock")


def book(path: Path) -> None:
    """Prints the table of the long page."""
    print("| | by the clock | processor time |\n|---|---:|---:|")
    with browser_page(path) as (page, session, opening):
        spent = processor_time(session)
        print(f"| open | {opening:.2f} s | {spent:.2f} s |")
        for name, action in ACTIONS.items():
            begin = time.perf_counter()
            page.evaluate(
                f"() => {{ {action}; return new Promise(done => requestAnimationFrame(() => setTimeout(done))) }}"
            )
            before, spent = spent, processor_time(session)
            print(f"| {name} | {time.perf_counter() - begin:.2f} s | {spent - before:.2f} s |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, default=300)
    parser.add_argument("--book", type=int, default=20_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for segments, measure in ((arguments.segments, scroll), (arguments.book, book)):
            bilingual = long_document(segments)
            text = sum(len((u.segment.text + (u.target or "")).encode()) for u in bilingual.units)
            begin = time.process_time()
            page = write_html(bilingual, keep_boilerplate=True).encode()
            spent = time.process_time() - begin
            path = Path(folder, f"{segments}.html")
            path.write_bytes(page)
            print(
                f"\n{segments:,} segments: {len(page):,} bytes, {(len(page) - text):,} over the text, "
                f"written in {spent:.2f} s of processor time\n"
            )
            measure(path)


if __name__ == "__main__":
    main()
