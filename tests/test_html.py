"""The page as text: structure, escaping, policy. What a browser makes of it is in test_page.py."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import get_args

import html5lib
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa.document import (
    About,
    BilingualDocument,
    Block,
    Document,
    Finding,
    Link,
    Mark,
    MarkKind,
    Segment,
    Term,
    TermMatch,
    TermUse,
    TranslationUnit,
)
from dwibahasa.writers._cells import TAGS
from dwibahasa.writers.html import packed_links, write_html
from page_document import LITTORAL, document, long_document

VNU = os.environ.get("VNU", "")
GOLDEN = Path(__file__).parent / "data" / "page.html"
STYLE = Path(__file__).parents[1] / "src" / "dwibahasa" / "writers" / "page" / "style.css"
UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def parse(page):
    return lxml.html.document_fromstring(page)


def row(page, id):
    return next(e for e in page.iter("tr") if e.get("id") == id)


def single(source, target, **options):
    segment = Segment(source, 0)
    unit = TranslationUnit("p1.s1", "p1", "paragraph", segment, target, "mt", "translated", **options)
    return BilingualDocument(Document(source, (Block("p1", "paragraph", (segment,)),)), (unit,))


def bare(page):
    """The page without style, script and their hashes."""
    page = re.sub("(<(style|script)>).*?(</)", r"\1\3", page, flags=re.S)
    return re.sub("sha256-[^']+", "sha256-", page)


def test_golden():
    expected = GOLDEN.read_text("utf-8")
    assert bare(write_html(document())) == expected, "if this is meant: python tests/page_document.py"


def test_the_same_document_gives_the_same_page():
    assert write_html(document()) == write_html(document())


def test_policy_allows_exactly_the_inlined_style_and_script():
    page = parse(write_html(document()))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    wanted = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    for tag in ("style", "script"):
        (element,) = page.iter(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        wanted[f"{tag}-src"] = f"'sha256-{digest}'"
    assert dict(part.split(" ", 1) for part in policy.split("; ")) == wanted


def test_the_page_is_small():
    doc = document()
    text = sum(len((u.segment.text + (u.target or "")).encode()) for u in doc.units)
    assert len(write_html(doc).encode()) - text < 60_000
    assert len(write_html(single("a", "b")).encode()) < 28_000
    assert STYLE.stat().st_size < 14_000 and STYLE.with_name("script.js").stat().st_size < 9_000
    # A row: its markup, links, terms and findings; the sample is denser than articles are.
    more = [len(write_html(long_document(n)).encode()) for n in (100, 300)]
    words = [sum(len((u.segment.text + (u.target or "")).encode()) for u in long_document(n).units) for n in (100, 300)]
    assert (more[1] - more[0] - words[1] + words[0]) / 200 < 450


def test_nothing_inline_and_nothing_from_outside():
    for element in parse(write_html(document(), keep_boilerplate=True)).iter():
        for name, value in element.attrib.items():
            assert name != "style" and not name.startswith("on")
            assert name not in ("src", "href") or value.startswith("#") or _leads_out(element), (name, value)


def _leads_out(element):
    """A link that a reader may follow: a web or mail address, which does not learn where the reader comes from."""
    return (
        element.tag == "a" and element.get("rel") == "noreferrer" and re.match("https?://|mailto:", element.get("href"))
    )


@pytest.mark.parametrize("keep_boilerplate", [False, True])
def test_the_page_is_valid_html(keep_boilerplate):
    """Every parse error of the HTML Standard (13.2.2), by html5lib; and no id twice, none that is not there."""
    text = write_html(document(), keep_boilerplate=keep_boilerplate)
    html5lib.HTMLParser(strict=True).parse(text)
    page = parse(text)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {h[1:] for h in page.xpath("//a/@href") if h.startswith("#")}
    assert links | set(page.xpath("//@popovertarget")) <= set(ids)
    assert not page.xpath("//a//a | //a//button | //a//label | //label//a | //button//button | //label//label")


@pytest.mark.skipif(not (VNU and shutil.which("java")), reason="no Nu Html Checker: VNU names no vnu.jar, or no java")
def test_the_nu_html_checker_finds_nothing(tmp_path):
    """All its errors and warnings but those of its CSS grammar, which lacks the properties of the last years, and of
    its reading of a policy, which does not reckon the hash of a style."""
    (tmp_path / "page.html").write_bytes(write_html(document(), keep_boilerplate=True).encode())
    known = "CSS: .*|Inline (style|script) violates Content Security Policy.*"
    command = ["java", "-jar", VNU, "--filterpattern", known, "--format", "json", str(tmp_path / "page.html")]
    assert json.loads(subprocess.run(command, capture_output=True, text=True).stderr)["messages"] == []


def test_a_row_a_unit_with_both_languages_marked():
    doc = document()
    page = parse(write_html(doc))
    assert page.get("lang") == "en"
    shown = [u for u in doc.units if u.role != "boilerplate"]
    assert [e.get("id") for e in page.xpath("//tbody/tr")] == [u.id for u in shown]
    for unit in shown:
        source, target, _ = row(page, unit.id)
        assert (source.text_content(), source.get("lang")) == (unit.segment.text, unit.language)
        if unit.target is not None:
            assert (target.text_content(), target.get("lang")) == (unit.target, "en")
    heads = [(e.text_content(), e.get("lang")) for e in page.iter("th")]
    assert heads == [("Bahasa Indonesia", "id"), ("English", "en"), ("Notes", None)]


def test_title_and_headings():
    page = parse(write_html(document()))
    (h1,) = page.iter("h1")
    english, indonesian = "Four Countries Renew Strait of Malacca Patrol Pact", "Empat Negara Perbarui Pakta Patroli"
    assert h1.text_content().startswith(english) and h1.getparent().get("lang") == "en"
    assert re.match(f"{english}.* — {indonesian}", page.findtext(".//title"))
    assert [e.text_content() for e in page.iter("h2")][:2] == ["Anggaran Terbatas", "Limited Budget"]


def test_a_document_without_headline_has_a_heading_of_its_name():
    page = parse(write_html(single("Satu.", "One.")))
    assert page.findtext(".//h1") == page.findtext(".//title") == "text"


def test_boilerplate_is_left_out_and_counted_or_shown():
    page = write_html(document())
    assert "0 Komentar" not in page and "3 segments of boilerplate left out." in page
    kept = write_html(document(), keep_boilerplate=True)
    cells = [e.text_content() for e in row(parse(kept), "x1.s1")]
    assert cells == ["Kapal patroli bersandar di Tanj", "— not translated", "cut-off duplicate of c1x1"]
    assert "left out" not in kept


def test_margin_says_in_words_what_a_reader_should_know():
    page = parse(write_html(document()))
    notes = {e.get("id"): e[2].text_content() for e in page.xpath("//tbody/tr")}
    assert notes["p3.s2"] == "Numbers: 2021 in the source, 2012 in the translationp3.2 score −0.58"
    assert notes["p3.s3"] == "Confidence: the model is unsure of this sentencep3.3 score −1.37"
    assert notes["p4.s5"].startswith("Term: “zona ekonomi eksklusif” should be “exclusive")
    origins = [notes[id] for id in ("p1.s4", "l1.s1", "l2.s1")]
    assert origins == ["copiedp1.4", "from memoryl1", "human translation, finall2"]
    assert notes["p1.s1"] == "p1.1 score −0.22"


def test_document_findings_stand_at_the_top():
    (banner,) = parse(write_html(document())).xpath("//header/p[@class='banner']")
    assert banner.text_content().startswith("Language: The text may be Malay")
    assert not parse(write_html(document(malay=False))).xpath("//p[@class='banner']")


def test_uses_of_a_term_share_one_card():
    page = parse(write_html(document()))
    terms = page.xpath("//label[@class]")
    buttons = [e.find("button") for e in terms]
    assert [b.get("aria-label") for b in buttons] == [e.text_content() for e in terms]
    cards = {e.get("id"): " ".join(e.text_content().split()) for e in page.xpath("//div[@popover]")}
    assert {b.get("popovertarget") for b in buttons} == set(cards) and len(cards) == 5
    assert [b.get("aria-label") for b in buttons if b.get("popovertarget") == "k1"] == [
        "Selat Malaka",
        "Strait of Malacca",
        "Selat Malaka",
        "Strait of Malacca",
    ]
    assert "as preferred: h1, p1.1" in cards["k1"] and "BGN" in cards["k1"]
    assert "put in after translation: p2.1" in cards["k4"] and "not in the translation: p4.5" in cards["k4"]


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([("mt", "translated"), ("mt", "translated")], "Machine translation, not reviewed"),
        ([("mt", "reviewed"), ("memory", "translated")], "Machine translation, 1 of 2 segments reviewed"),
        ([("mt", "reviewed"), ("mt", "final")], "Machine translation, reviewed"),
        ([("mt", "translated"), ("human", "final")], "Machine and human translation, 1 of 2 segments reviewed"),
        ([("human", "final"), ("copied", "translated")], "Translated by people"),
        ([("copied", "translated")], "Not translated"),
    ],
)
def test_status_in_words(states, words):
    base = single("Satu.", "One.")
    units = [replace(base.units[0], id=f"p1.s{i}", origin=o, state=s) for i, (o, s) in enumerate(states)]
    assert words in write_html(replace(base, units=tuple(units)))


def test_links_are_packed_in_utf16_and_give_way_to_terms():
    source, target = "🛥 negara pantai itu", "that 𝄞 littoral state"
    links = (Link(2, 8, 16, 21), Link(9, 15, 7, 15), Link(16, 19, 0, 4))
    use = TermUse(TermMatch(LITTORAL, 2, 15), "exact", "littoral state", 7, 21)
    unit = single(source, target, links=links, terms=(use,)).units[0]
    # The term [3, 16) to [8, 22), then "itu" [17, 20) to "that" [0, 4): each start counts from the end before.
    assert packed_links(unit) == "3 13 8 14 1 3 -22 4"
    assert packed_links(replace(unit, target=None)) == ""


def test_right_to_left_runs_are_isolated_with_their_own_marks():
    page = parse(write_html(document()))
    assert [e.text_content() for e in row(page, "p4.s1")[0].iter("bdi")] == ["السلام في البحر!", "שלום"]
    assert row(page, "p4.s1")[0].get("dir") == "auto" and row(page, "p4.s3")[0].get("dir") == "rtl"


def marked(source, target, links, *marks, **options):
    """A row of one pair with MARKS: (kind, start, end, address)."""
    doc = single(source, target, links=tuple(Link(*link) for link in links), **options)
    doc = replace(doc, source=replace(doc.source, marks=tuple(Mark(*mark) for mark in marks)))
    return [inner(cell) for cell in row(parse(write_html(doc)), "p1.s1")][:2]


def inner(cell):
    text = lxml.html.tostring(cell, encoding="unicode", with_tail=False)
    return re.sub("^<td[^>]*>|</td>$", "", text)


def test_marks_stand_in_the_source_and_carried_over_in_the_target():
    links = [(0, 5, 6, 11), (6, 11, 0, 5), (12, 18, 12, 15)]
    assert marked("Kapal putih kapten", "White ships sat", links, ("bold", 0, 11), ("italic", 6, 11)) == [
        "<b>Kapal </b><b><i>putih</i></b> kapten",
        "<b><i>White</i></b><b> ships</b> sat",
    ]


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("bold", "b"),
        ("italic", "i"),
        ("underline", "u"),
        ("strike", "s"),
        ("code", "code"),
        ("superscript", "sup"),
        ("subscript", "sub"),
    ],
)
def test_each_kind_of_mark_has_its_element(kind, tag):
    assert marked("Satu dua", "One two", [(5, 8, 4, 7)], (kind, 5, 8)) == [
        f"Satu <{tag}>dua</{tag}>",
        f"One <{tag}>two</{tag}>",
    ]
    assert tag in TAGS.values() and {*TAGS, "link"} == set(get_args(MarkKind))


def test_a_link_leads_out_and_tells_nothing():
    anchor = '<a href="https://contoh.example/?a=1&amp;b=2" rel="noreferrer">'
    href = "https://contoh.example/?a=1&b=2"
    assert marked("Satu dua", "One two", [(5, 8, 4, 7)], ("link", 5, 8, href)) == [
        f"Satu {anchor}dua</a>",
        f"One {anchor}two</a>",
    ]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        *("vbscript:x", "file:///etc/passwd", "blob:x", "//contoh.example", "/berita", "#h1", "", "https:", "http://["),
    ],
)
def test_other_addresses_are_no_links(href):
    assert marked("Satu dua", "One two", [(5, 8, 4, 7)], ("link", 5, 8, href)) == ["Satu dua", "One two"]


def test_a_link_and_a_term_stand_side_by_side():
    term, href = Term("Selat Malaka", "Strait of Malacca"), "https://contoh.example/"
    use = TermUse(TermMatch(term, 3, 15), "exact", "Strait of Malacca", 7, 24)
    button = '<label class="t"><button popovertarget="k1" aria-label="Selat Malaka"></button>'
    source, target = "Di Selat Malaka kini", "In the Strait of Malacca now"
    links = [(0, 2, 0, 2), (16, 20, 25, 28)]
    cut = marked(source, target, links, ("link", 0, 20, href), terms=(use,))
    anchor = f'<a href="{href}" rel="noreferrer">'
    term_cell = f'{button}<span aria-hidden="true">Selat Malaka</span></label>'
    assert cut[0] == f"{anchor}Di </a>{term_cell}{anchor} kini</a>"
    whole = marked(source, target, links, ("link", 3, 15, href), ("bold", 3, 8), terms=(use,))
    inside = term_cell.replace(">Selat Malaka<", "><b>Selat</b> Malaka<")
    assert whole[0] == f'Di {inside}<a class="go" href="{href}" rel="noreferrer" aria-label="contoh.example"></a> kini'
    assert whole[1].count('class="go"') == 1


def test_the_head_tells_the_source():
    page = parse(write_html(document()))
    (line,) = page.xpath("//p[@class='facts']")
    assert line.text_content() == "Harian Selat · 19 Maret 2025 · Ratna Wibisono · contoh.example"
    (link,) = line.iter("a")
    assert dict(link.attrib) == {"href": "https://www.contoh.example/berita/patroli?id=7", "rel": "noreferrer"}
    assert "Machine and human translation, 1 of 23 segments reviewed · model id_en" in page.xpath("string(//summary)")
    made = {e[0].text: e[1].text for e in page.xpath("//details/dl/div")}
    assert made["source"] == "patroli-selat.txt" and made["model"] == "id_en@3f9c0d1b2a47" and made["beam"] == "2"


def test_dateline_and_byline_stand_in_for_what_the_source_does_not_say():
    doc = document()
    page = parse(write_html(replace(doc, source=replace(doc.source, about=About()))))
    assert page.xpath("string(//p[@class='facts'])") == "Wednesday, 19 March 2025 · By Ratna Wibisono"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://contoh.example@jahat.example/", "ftp://contoh.example/"]
)
def test_another_address_of_the_source_is_text(url):
    doc = single("Satu.", "One.")
    page = parse(write_html(replace(doc, source=replace(doc.source, about=About(url=url)))))
    assert page.xpath("string(//p[@class='facts'])") == url and not page.xpath("//header//a")


def test_a_source_without_headline_has_its_own_title():
    doc = single("Satu.", "One.")
    page = parse(write_html(replace(doc, source=replace(doc.source, about=About("Judul")))))
    assert page.findtext(".//h1") == page.findtext(".//title") == "Judul" and page.find(".//h1").get("lang") == "id"


def test_items_get_a_dot_where_they_bring_no_mark():
    page = parse(write_html(document()))
    kinds = [row(page, id).getparent().get("class") for id in ("l1.s1", "l3.s1")]
    assert kinds == ["list_item", "list_item dot"]


def test_a_character_that_html_cannot_hold_is_told():
    cells = row(parse(write_html(single("a\x00b\ud800", "c\rd"))), "p1.s1")
    assert cells[0].text_content() == "a\ufffdb\ufffd" and cells[1].text_content() == "c\rd"
    assert cells[2].text_content() == "Characters: U+0000, U+D800 shown as U+FFFD, for a page cannot hold itp1"


ANY = st.text(st.characters(exclude_characters="\ufffe\uffff\x00\x0c")) | st.sampled_from(
    ["<script>alert(1)</script>", "</style><b>", "]]>", "--><!--", "&amp;&#60;", "\" onclick='x'", "{{ 1 }}", "\u202e"]
)


SPANS = st.lists(st.tuples(st.sampled_from(get_args(MarkKind)), st.integers(0, 12), st.integers(0, 12)), max_size=5)


@settings(deadline=None)
@given(ANY, ANY, ANY, SPANS)
def test_any_text_stays_text(source, target, other, spans):
    term = Term(other, other, (other,), (), other, "smart", other, other)
    middle = len(source) // 2
    use = TermUse(
        TermMatch(term, middle, min(middle + 1, len(source))), "variant", other, len(target) // 2, len(target)
    )
    note = Finding(other, other)
    doc = replace(
        single(source, target, terms=(use,), findings=(note,)), signature=other or "x", findings=(Finding("x", other),)
    )
    size = len(source)
    marks = tuple(Mark(kind, min(a, size), min(a + b, size), other) for kind, a, b in spans)
    about = About(*[other] * 5)
    page = parse(write_html(replace(doc, source=replace(doc.source, name=other, marks=marks, about=about))))
    first, second, _ = row(page, "p1.s1")
    assert first.text_content() == UNFIT.sub("\ufffd", source)
    assert second.text_content() == UNFIT.sub("\ufffd", target)
    known = (
        "html head meta title style body header p span h1 b details summary div fieldset legend label input search "
        "output main table thead tr th tbody td button bdi small dl dt dd a section footer kbd code script i u s sup "
        "sub"
    )
    assert {e.tag for e in page.iter()} <= set(known.split())
    assert len(list(page.iter("script"))) == len(list(page.iter("style"))) == 1


def test_colours_reach_contrast_aa():
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for text, in both schemes, on the paper and on a lit row."""
    for block in re.findall(r":root\{[^}]*--paper:#[^}]*\}", STYLE.read_text("utf-8")):
        colour = dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", block))
        if not colour:
            continue  # the sheet's, all on white
        for text in ("ink", "soft", "link", "note"):
            for ground in ("paper", "tint"):
                assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground, colour)


def contrast(one, two):
    light = sorted(luminance(c) for c in (one, two))
    return (light[1] + 0.05) / (light[0] + 0.05)


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
