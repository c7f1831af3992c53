"""The page in a real browser, headless: keys, words, search, no script, narrow, printed."""

import shutil
from dataclasses import replace
from importlib.resources import files

import pytest

from dwibahasa.document import Term, TermMatch, TermUse
from dwibahasa.writers.html import write_html
from page_document import document, long_document
from test_html import single

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

LIT = "() => [...(CSS.highlights.get('%s') || [])].map(String)"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LAYOUTS = ("v-side", "v-inter", "v-en", "v-id")


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def show(browser, tmp_path):
    """Opens a page of a document; at the end no console message, no error and no other request must have come."""
    contexts, wrong = [], []

    def open_page(doc=None, *, width=1280, keep_boilerplate=False, **options):
        path = tmp_path / f"{len(contexts)}.html"
        path.write_bytes(write_html(doc or document(), keep_boilerplate=keep_boilerplate).encode())
        contexts.append(
            browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **options)
        )
        page = contexts[-1].new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: request.url == path.as_uri() or wrong.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def row(page, id):
    return page.locator(f"tr[id='{id}']")


def background(page, id):
    return row(page, id).evaluate("e => getComputedStyle(e).backgroundColor")


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def choose(page, layout):
    """The layout, also where a narrow window has no control for it."""
    page.evaluate("id => { document.getElementById(id).checked = true; }", layout)


def over_word(page, id, side, word):
    """The pointer onto a word of a cell (0 the source, 1 the target)."""
    x, y = page.evaluate(
        """([id, side, word]) => {
          const cell = document.getElementById(id).cells[side], walk = document.createTreeWalker(cell, 4);
          let n; while ((n = walk.nextNode()) && !n.data.includes(word)) {}
          const r = new Range(), at = n.data.indexOf(word);
          r.setStart(n, at); r.setEnd(n, at + word.length);
          cell.scrollIntoView({block: "center"});
          const b = r.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2];
        }""",
        [id, side, word],
    )
    page.mouse.move(x, y)


def test_keys_go_from_row_to_row_and_from_word_to_word(show):
    page = show()
    at = "document.activeElement.id"
    for key, wanted in [("j", "d1.s1"), ("j", "h1.s1"), ("ArrowDown", "b1.s1"), ("k", "h1.s1"), ("ArrowUp", "d1.s1")]:
        page.keyboard.press(key)
        assert page.evaluate(at) == wanted
    page.keyboard.press("k")
    assert page.evaluate(at) == "d1.s1"  # the first stays the first
    page.keyboard.press("j")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(LIT % "word") == ["Empat", "Four"]
    assert page.locator("#said").inner_text() == "Empat – Four"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("j")
    assert page.evaluate(LIT % "word") == []


def test_every_row_and_term_is_reached_with_the_tab_key_and_lit(show):
    page = show()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent"))
        if seen[-1] == "negara pantai":
            break
    assert seen[-3:] == ["Menteri Luar Negeri", "contoh.example", "negara pantai"]  # a term, a link there, a term
    assert background(page, "p1.s1") != background(page, "p1.s2")
    assert page.evaluate(LIT % "word") == ["negara pantai", "littoral states"]
    page.keyboard.press("Enter")
    card = page.locator(".card:popover-open")
    assert "law of the sea" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.count() == 0


def test_pointing_at_a_word_lights_its_partner(show):
    page = show()
    over_word(page, "p1.s2", 0, "keselamatan")
    assert page.evaluate(LIT % "word") == ["keselamatan", "safety"]
    assert background(page, "p1.s2") != background(page, "p1.s1")
    over_word(page, "p1.s2", 1, "navigation")
    assert page.evaluate(LIT % "word") == ["pelayaran", "navigation"]
    over_word(page, "p4.s4", 1, "waves")  # after an astral character
    assert page.evaluate(LIT % "word") == ["Ombak", "waves"]
    over_word(page, "p4.s4", 1, "agreements")  # has no link
    assert page.evaluate(LIT % "word") == []
    over_word(page, "p1.s1", 1, "littoral")  # a term is lit as one
    assert page.evaluate(LIT % "word") == ["negara pantai", "littoral states"]


def test_a_row_of_one_language_is_lit_in_both_columns(show):
    page = show()
    soft = row(page, "p1.s2").locator("td").nth(0).evaluate("e => getComputedStyle(e).color")
    row(page, "p1.s2").locator("td").nth(1).hover()
    assert row(page, "p1.s2").locator("td").nth(0).evaluate("e => getComputedStyle(e).color") != soft


def test_search_finds_in_both_languages(show):
    page = show()
    page.keyboard.press("/")
    page.keyboard.type("STRAIT OF")
    assert page.evaluate(LIT % "find") == ["Strait of", "Strait of"]
    count = page.locator("output")
    assert count.inner_text() == "2 matches"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert count.inner_text() == "2 of 2" and page.evaluate(LIT % "found") == ["Strait of"]
    assert page.locator("tr.here").get_attribute("id") == "p1.s1"
    page.keyboard.press("Escape")  # back to the text, with the matches still lit
    assert page.evaluate("document.activeElement.id") == "p1.s1"
    page.keyboard.press("n")
    assert count.inner_text() == "1 of 2" and page.evaluate("document.activeElement.id") == "h1.s1"
    page.keyboard.press("N")
    assert count.inner_text() == "2 of 2" and page.evaluate("document.activeElement.id") == "p1.s1"
    page.get_by_role("button", name="Next match").click()
    assert count.inner_text() == "1 of 2"
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert page.evaluate(LIT % "find") == page.evaluate(LIT % "found") == [] and not count.is_visible()
    page.keyboard.press("/")
    page.keyboard.type("(bersambung)")  # letters, not a pattern
    assert count.inner_text() == "1 match"


def test_a_pair_is_copied(show):
    page = show(permissions=["clipboard-read", "clipboard-write"])
    row(page, "s1.s1").hover()
    page.locator(".copy").click()
    page.wait_for_function("document.querySelector('.copy').textContent === 'copied'")
    assert page.evaluate("navigator.clipboard.readText()") == "Anggaran Terbatas\nLimited Budget\n"


def test_it_reads_and_works_without_javascript(show):
    page = show(java_script_enabled=False)
    for unit in document().units:
        if unit.role != "boilerplate" and unit.target:
            assert row(page, unit.id).locator("td").nth(1).is_visible()
    assert not page.locator("[type=search]").is_visible() and not page.locator("#keys").is_visible()
    page.locator("#v-en").check()
    assert not row(page, "p1.s1").locator("td").nth(0).is_visible()
    page.locator("#v-side").check()
    row(page, "p1.s1").hover()
    assert row(page, "p1.s1").locator("small").is_visible()
    row(page, "p1.s1").locator(".t").nth(1).click()
    assert page.locator(".card:popover-open dd").first.inner_text() == "negara pantai"


def test_layouts_are_reached_with_the_keyboard_and_need_no_script(show):
    page = show(java_script_enabled=False)
    source, target = row(page, "p1.s2").locator("td").nth(0), row(page, "p1.s2").locator("td").nth(1)
    page.locator("#v-side").focus()
    side = source.bounding_box(), target.bounding_box()
    assert side[0]["x"] + side[0]["width"] <= side[1]["x"]
    page.keyboard.press("ArrowRight")
    inter = source.bounding_box(), target.bounding_box()
    assert inter[0]["x"] == inter[1]["x"] and inter[0]["y"] + inter[0]["height"] <= inter[1]["y"]
    page.keyboard.press("ArrowRight")
    assert (source.is_visible(), target.is_visible()) == (False, True)
    page.keyboard.press("ArrowRight")
    assert (source.is_visible(), target.is_visible()) == (True, False)


def test_a_term_breaks_over_lines_keeps_its_comma_and_is_selected_with_its_sentence(show):
    name = "Konferensi Perserikatan Bangsa-Bangsa tentang Hukum Laut Internasional"
    source = f"Kata delegasi {name}, perundingan berlangsung terus."
    term = Term(name, "x")
    page = show(single(source, "x", terms=(TermUse(TermMatch(term, 14, 14 + len(name)), "missed"),)), width=340)
    lines, comma, selected = page.evaluate(
        """() => {
          const term = document.querySelector(".t"), span = term.querySelector("span"), cell = term.parentNode;
          const r = new Range(); r.setStart(term.nextSibling, 0); r.setEnd(term.nextSibling, 1);
          getSelection().selectAllChildren(cell);
          const lines = [...span.getClientRects()].map(b => b.bottom);
          return [lines, r.getBoundingClientRect().bottom, String(getSelection())];
        }"""
    )
    assert len(lines) > 1 and comma == lines[-1] and selected.strip() == source


def test_a_card_leaves_its_term_in_sight(show):
    page = show()
    term = row(page, "p1.s1").locator(".t").nth(1)
    term.click()
    card = page.locator(".card:popover-open").bounding_box()
    word = term.locator("span").bounding_box()
    assert card["y"] >= word["y"] + word["height"] or card["y"] + card["height"] <= word["y"]


def test_a_long_document_is_laid_out_where_it_is_seen_and_found_everywhere(show):
    page = show(long_document(1200))
    assert page.locator("table").count() > 20
    heads = page.locator(".heads")
    assert heads.count() == 1 and heads.is_visible()
    last = page.locator("tbody tr").last
    assert not last.evaluate("e => e.checkVisibility({ contentVisibilityAuto: true })")
    page.goto(f"{page.url}#{last.get_attribute('id')}")
    assert last.evaluate("e => { const b = e.getBoundingClientRect(); return b.top > 0 && b.bottom <= innerHeight; }")
    page.keyboard.press("/")
    page.keyboard.type("Nagasaki")
    count = int(page.locator("output").inner_text().split()[0])
    assert count == 2 * len([u for u in long_document(1200).units if "Nagasaki" in u.segment.text])


def test_motion_stops_where_a_reader_asks_for_it(show):
    page = show()
    duration = "document.querySelector('tbody tr').computedStyleMap().get('transition-duration').toString()"
    assert page.evaluate(duration) == "0s"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(duration) != "0s"


def test_a_permalink_marks_its_row(show):
    page = show()
    page.goto(page.url + "#p3.s2")
    assert background(page, "p3.s2") != background(page, "p3.s1")
    assert row(page, "p3.s2").evaluate("e => { const b = e.getBoundingClientRect(); return b.top > 0 && b.top < 800 }")


def test_table_and_heads_reach_a_screen_reader(show):
    page = show()
    for name in ("Bahasa Indonesia", "English"):
        assert page.get_by_role("columnheader", name=name).count() == 1
    assert page.get_by_role("row").count() == 1 + len([u for u in document().units if u.role != "boilerplate"])
    assert page.get_by_role("heading", level=1).count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(show, scheme, width):
    """Deque's axe-core, all its rules, in each layout, with a row lit, a card open and a search under way."""
    page = show(width=width, color_scheme=scheme, bypass_csp=True, keep_boilerplate=True)
    page.evaluate(AXE)
    check(page, "as it opens")
    page.locator("summary").click()
    page.keyboard.press("/")
    page.keyboard.type("selat")
    page.keyboard.press("Enter")
    for layout in LAYOUTS:
        choose(page, layout)
        side = 2 if layout == "v-en" else 1
        row(page, "p1.s1").locator(f"td:nth-child({side}) .t").first.click()
        check(page, layout)
        page.keyboard.press("Escape")


def check(page, state):
    result = page.evaluate("tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", TAGS)
    assert len(result["passes"]) > 25
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in result["violations"]] == [], state


def test_a_screen_reader_hears_source_then_translation_then_notes(show):
    lines = row(show(), "p2.s2").aria_snapshot().splitlines()
    heard = "\n".join(line for line in lines if line.startswith("    "))  # what stands in the cells, not their names
    parts = ["Sebuah", "terpisah", "mengatur pembagian data radar.", "text: A", "separate", "of radar data.", "- note"]
    places = [heard.index(part) for part in parts]
    assert places == sorted(places) and heard.index('link "p2.2"') > places[-1]


def test_nothing_is_wider_than_the_window(show):
    doc = document()
    long = "Pertanggungjawaban" * 12 + " https://contoh.example/" + "a" * 300
    units = [replace(doc.units[1], segment=replace(doc.units[1].segment, text=long), target=long, terms=(), links=())]
    source = replace(doc.source, name="n" * 200)
    page = show(replace(doc, units=(*units, *doc.units[2:]), signature="x" * 400, source=source))
    for width in (320, 360, 640, 900, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for layout in LAYOUTS:
            choose(page, layout)
            assert overflow(page) <= 0, (width, layout)


def test_narrow_rows_are_stacked_source_first(show):
    page = show(width=400)
    source, target = (row(page, "p1.s2").locator("td").nth(i).bounding_box() for i in (0, 1))
    assert source["y"] + source["height"] <= target["y"] + 1 and abs(source["x"] - target["x"]) < 1


@pytest.mark.parametrize("width", [1280, 390])
def test_either_language_alone_is_set_alike(show, width):
    page = show(width=width)
    look = "e => ['fontSize', 'fontStyle', 'fontWeight', 'color'].map(name => getComputedStyle(e)[name])"
    for id in ("h1.s1", "p1.s2", "s1.s1"):
        alone = []
        for side, layout in enumerate(("v-id", "v-en")):
            choose(page, layout)
            alone.append(row(page, id).locator("td").nth(side).evaluate(look))
        assert alone[0] == alone[1], id
    left = "e => e.getBoundingClientRect().left"
    if width == 390:
        assert row(page, "p1.s2").locator("td").nth(1).evaluate(left) == page.locator(".facts").evaluate(left)


def test_a_very_long_headline_is_set_smaller(show):
    headline = "Pemerintah " * 30
    doc = document()
    long = replace(
        doc.units[1], segment=replace(doc.units[1].segment, text=headline), target=headline, terms=(), links=()
    )
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    sizes = [show(replace(doc, units=(unit,))).locator("h1").evaluate(size) for unit in (doc.units[1], long)]
    assert sizes[1] < sizes[0]


def test_print_keeps_pairs_together_and_hides_the_controls(show):
    page = show()
    page.emulate_media(media="print")
    style = row(page, "p1.s1").evaluate("e => [getComputedStyle(e).breakInside, getComputedStyle(e).display]")
    assert style == ["avoid", "table-row"]
    assert page.locator("thead").evaluate("e => getComputedStyle(e).display") == "table-header-group"
    for hidden in (".bar", ".heads", "#keys", "tbody small >> nth=0"):
        assert not page.locator(hidden).is_visible()
    assert page.get_by_text("2021 in the source").is_visible()


def test_right_to_left_text_stays_in_its_cell(show):
    page = show()
    style = "e => [getComputedStyle(e).direction, getComputedStyle(e).unicodeBidi]"
    assert row(page, "p4.s3").locator("td").nth(0).evaluate(style) == ["rtl", "isolate"]
    assert row(page, "p4.s3").locator("td").nth(1).evaluate(style) == ["ltr", "isolate"]


def test_brackets_after_a_right_to_left_run_stay_after_it(show):
    page = show(single("Papan «السلام!» (2024) itu.", "x"))
    run, bracket = page.evaluate(
        """() => { const cell = document.getElementById('p1.s1').cells[0], n = cell.lastChild, r = new Range();
          const at = n.data.indexOf('('); r.setStart(n, at); r.setEnd(n, at + 1);
          return [cell.querySelector('bdi').getBoundingClientRect().right, r.getBoundingClientRect().left]; }"""
    )
    assert run <= bracket


def test_every_character_arrives(show):
    text = "".join(
        map(chr, [9, 10, 13, *range(32, 127), *range(0xA0, 0x600), 0x2028, 0xFEFF, 0xFFFD, 0x1F6E5, 0x10FFFD])
    )
    page = show(single(text, text[::-1]))
    cells = row(page, "p1.s1").locator("td")
    assert cells.nth(0).text_content() == text and cells.nth(1).text_content() == text[::-1]


def test_lit_words_show_in_forced_colours(show):
    page = show(forced_colors="active")
    row(page, "p1.s2").hover()
    assert row(page, "p1.s2").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
