"""The site in a browser, opened from a disk: search, accessibility, nothing asked for outside."""

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from test_publish import FIRST, SECOND, published

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    published(folder, {"satu": FIRST, "dua": SECOND}, title="Kabar Dunia")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens an empty page; at the end no console message, no error and no request to the outside must have come."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(**options: Any) -> Any:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith("file:") else wrong.append(asked.url))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def test_the_search_finds_words_of_both_languages_and_leads_to_their_place(show: Any, site: Path) -> None:
    page = show()
    page.goto((site / "search.html").as_uri())
    count = sync_api.expect(page.locator("#count"))
    page.fill("#query", "ditandat")
    count.to_have_text("2 sentence pairs")
    assert page.locator("#found .pairs p").count() == 4 == page.locator("mark").count()
    page.fill("#query", "PULANG <b>menteri")
    count.to_have_text("1 sentence pair")
    page.click("#found .at")
    page.wait_for_url("**/articles/dua.html#p1.s2")
    page.go_back()
    count.to_have_text("1 sentence pair")
    page.fill("#query", "tidakada")
    count.to_have_text("0 sentence pairs")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "search.html", "terms/index.html", "terms/pact-pakta.html"])
def test_pages_have_no_accessibility_fault_and_fit_a_phone(show: Any, site: Path, name: str, scheme: str) -> None:
    page = show(color_scheme=scheme, bypass_csp=True)
    page.goto((site / name).as_uri())
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run({preload: false})")["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
