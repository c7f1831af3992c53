"""HTML in: what the article of a page is, encodings, hostile pages, and the translated copy."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa import Translator
from dwibahasa.document import BilingualDocument, Document
from dwibahasa.errors import InputError
from dwibahasa.readers import READERS, read, translated_copy
from dwibahasa.readers.html_blocks import parsed
from dwibahasa.readers.html_source import events
from dwibahasa.testing import EchoEngine
from dwibahasa.word_alignment import align

PAGES = sorted((Path(__file__).parent / "data" / "readers" / "html").glob("*.html"))
SENTENCES = (
    "Dua negara kepulauan menyepakati patroli laut bersama pada hari Senin.",
    "Kesepakatan itu diteken setelah perundingan yang berlangsung hampir dua tahun.",
    "Nelayan setempat menyambut baik rencana itu dan berharap jalurnya tetap terbuka.",
    "Parlemen kedua negara masih harus mengesahkan perjanjian tersebut tahun ini.",
)
TITLE = "Dua Negara Sepakati Patroli Bersama"


def page(*paragraphs: str, title: str = TITLE, head: str = "") -> str:
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs or SENTENCES)
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>\n{body}</body></html>"


def article(source: str | bytes, format: str = "html") -> Document:
    return READERS[format](source.encode() if isinstance(source, str) else source, "a.html")


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.role, document.text[b.segments[0].start : b.segments[-1].end]) for b in document.blocks]


def texts(source: str | bytes, format: str = "html") -> list[str]:
    return [text for _, text in blocks(article(source, format))]


def echoed(document: Document) -> BilingualDocument:
    return Translator(EchoEngine()).translate(document, force_language="id")


def translated(document: Document, mapping: dict[str, str]) -> BilingualDocument:
    """DOCUMENT with the targets of MAPPING, and with its own text where that has none."""
    bilingual = echoed(document)
    targets = [mapping.get(unit.segment.text, unit.segment.text) for unit in bilingual.units]
    units = zip(bilingual.units, targets, strict=True)
    made = (replace(u, target=target, links=align(u.segment.text, target), terms=()) for u, target in units)
    return replace(bilingual, units=tuple(made))


def copy(source: str | bytes, format: str = "html") -> str:
    return translated_copy(echoed(article(source, format))).decode()


def seen(source: str) -> list[str]:
    return [stretch.piece.text for stretch in parsed(source).stretches]


def squeezed(source: str) -> str:
    return "".join("".join(seen(source)).upper().split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_article_of_a_page_is_whole_and_nothing_else(path: Path) -> None:
    rows = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert blocks(read(path)) == [tuple(row.split("\t")) for row in rows]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
@pytest.mark.parametrize("format", ["html", "html-full"])
def test_a_copy_without_changes_is_the_page(path: Path, format: str) -> None:
    data = path.read_bytes()
    document = article(data, format)
    same = translated(document, {})
    assert translated_copy(same) == data.replace(b'<html lang="id">', b'<html lang="en">')


def test_what_the_page_says_of_itself() -> None:
    about = read(PAGES[[path.stem for path in PAGES].index("portal-boxes")]).about
    assert about.title == "Dua Negara Pulau Sepakati Patroli Bersama di Selat Mutiara"
    assert (about.author, about.outlet, about.date) == ("Sari Lestari", "Warta Contoh", "2024-06-03 14:20:00")
    assert about.url == "https://warta.example/dunia/2024/06/03/patroli"
    linked = read(PAGES[[path.stem for path in PAGES].index("article-linksisip")]).about
    assert (linked.author, linked.date) == ("Bayu Kurnia", "2024/05/23 15:01:07")


def test_json_that_is_none_or_too_deep_says_nothing() -> None:
    for script in ("{", "[" * 100_000, '{"@type": "NewsArticle", "headline": 3}', "null"):
        head = f'<script type="application/ld+json">{script}</script>'
        assert article(page(head=head)).about.author == ""


def test_a_page_without_a_headline_has_its_title_without_the_outlet() -> None:
    head = '<meta property="og:site_name" content="Warta Contoh">'
    body = "".join(f"<p>{text}</p>" for text in SENTENCES)
    source = f"<title>Patroli &amp; Damai - Warta Contoh</title>{head}<body>{body}"
    assert blocks(article(source))[0] == ("headline", "Patroli & Damai")
    assert "<title>PATROLI &amp; DAMAI - Warta Contoh</title>" in copy(source)


def test_the_title_follows_the_headline() -> None:
    assert f"<title>{TITLE.upper()}</title>" in copy(page())
    assert f"<title>{TITLE.upper()} | Warta</title>" in copy(page().replace("</title>", " | Warta</title>"))


def test_the_whole_page() -> None:
    source = page().replace("<body>", "<body><nav><a href='/'>Beranda</a></nav>") + "<footer>Hak cipta</footer>"
    assert "Beranda" not in texts(source) and "Hak cipta" not in texts(source)
    whole = article(source, "html-full")
    assert ("paragraph", "Beranda") in blocks(whole) and ("paragraph", "Hak cipta") in blocks(whole)
    assert ">BERANDA</a>" in copy(source, "html-full")


def test_read_takes_the_whole_page_on_request(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text(page() + "<footer>Hak cipta</footer>", encoding="utf-8")
    assert read(path).format == "html"
    assert "Hak cipta" in read(path, html="full").text


MENU = "<ul>" + "".join(f"<li><a href='/{n}'>Menu panjang nomor {n}</a></li>" for n in range(8)) + "</ul>"
BODY = "".join(f"<p>{text}</p>" for text in SENTENCES)
CARD = "<div><h3><a href=/x>Judul lain {0} di sini</a></h3><p>Cuplikan berita lain nomor {0} yang panjang.</p></div>"
CARDS = "".join(map(CARD.format, range(6)))
OTHER_PAGES = {
    "widgets": f"<div class=w><h1>{TITLE}</h1></div><div class='w w-text'>{BODY}</div><div class=w>{MENU}</div>",
    "blog": f"<div><h1><a href=/>Blog Si Anu</a></h1></div><div class=post><h3>{TITLE}</h3><div>"
    f"{'<br /><br />'.join(SENTENCES)}</div></div><div id=sidebar>{MENU}</div>",
    "lead in the header": f"<header><h1>{TITLE}</h1><p>{SENTENCES[0]}</p></header>"
    f"<div>{BODY[len(SENTENCES[0]) + 7 :]}</div><section>{CARDS}</section>",
    "columns": f"<div><div>{MENU}<p>Tentang kami: situs ini memuat berita setiap hari kerja.</p></div>"
    f"<div><h2>{TITLE}</h2>{BODY}</div></div>",
    "questions": f"<h1>{TITLE}</h1>{''.join(f'<details><p>{text}</p></details>' for text in SENTENCES)}{MENU}",
}


@pytest.mark.parametrize("body", OTHER_PAGES.values(), ids=OTHER_PAGES)
def test_pages_that_the_rules_were_not_made_on(body: str) -> None:
    source = f"<html><head><title>{TITLE} - Situs</title></head><body>{body}<footer>Hak cipta</footer></body></html>"
    assert blocks(article(source)) == [("headline", TITLE), *(("paragraph", text) for text in SENTENCES)]


# Encodings.

WORDS = "“Kami menolak,” kata Menteri Müller – tanpa penjelasan lain kepada wartawan."


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("cp1252", ""),
        ("cp1252", "utf-8"),
        ("cp1252", "windows-1252"),
        ("cp1252", "iso-8859-1"),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("utf-16-be", "utf-16"),
    ],
)
def test_any_encoding_that_pages_come_in(codec: str, declared: str) -> None:
    head = f'<meta charset="{declared}">' if declared else ""
    data = page(WORDS, *SENTENCES, head=head).encode(codec)
    assert WORDS in texts(data)
    made = translated_copy(echoed(article(data)))
    assert WORDS.upper() in texts(made)


def test_a_declared_encoding_of_another_script() -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'
    data = page("Kata “Правда” berarti kebenaran, dan juga nama sebuah koran tua.", head=head).replace("“", '"')
    assert 'Kata "Правда"' in " ".join(texts(data.replace("”", '"').encode("koi8-r")))


def test_characters_that_a_page_cannot_hold_are_references() -> None:
    document = article(page(*SENTENCES, head='<meta charset="windows-1252">').encode("cp1252"))
    mapping = dict.fromkeys(SENTENCES, "Ж — “yes”")
    assert b"<p>&#1046; \x97 \x93yes\x94</p>" in translated_copy(translated(document, mapping))
    undeclared = article(page(*SENTENCES))
    assert b"<p>&#1046; &#8212; &#8220;yes&#8221;</p>" in translated_copy(translated(undeclared, mapping))


def test_invalid_bytes_are_replaced_in_the_text_and_kept_in_the_copy() -> None:
    data = (
        page(WORDS, *SENTENCES)
        .encode()
        .replace(b"<h1>", b"<h1 title='\xff\xfe'>")
        .replace(b"wartawan", b"warta\xffwan")
    )
    document = article(data)
    assert "warta\ufffdwan" in document.text
    assert b"<h1 title='\xff\xfe'>" in translated_copy(echoed(document))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n<p>", "PNG"),
        (b"<p>" + b"\0" * 50, "binary"),
        (b"<html><body><img src=a.png></body>", "no text on this page"),
        ("<p>Президент России</p>".encode("koi8-r"), "cannot be decoded"),
    ],
)
def test_what_is_no_page_is_a_clear_error(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^a.html: .*{message}"):
        article(data)


def test_a_file_without_markup_is_text() -> None:
    document = article("Judul Berita\n\nRapat itu ditunda. Semua pihak kecewa.\n")
    assert document.format == "text"
    assert translated_copy(echoed(document)) == b"JUDUL BERITA\n\nRAPAT ITU DITUNDA. SEMUA PIHAK KECEWA.\n"


# What is neither read nor changed.


def test_scripts_styles_comments_and_attributes_stay_to_the_byte() -> None:
    kept = (
        "<script>document.write('<p>Kalimat palsu di dalam skrip ini.</p>')</script>",
        "<style>p::after { content: 'Bukan isi berita.' }</style>",
        "<!-- Komentar yang tidak dibaca siapa pun. -->",
        "<!--[if IE]><p>Hanya untuk peramban kuno sekali.</p><![endif]-->",
        "<![if !IE]><hr><![endif]>",
        "<noscript><p>Nyalakan JavaScript di peramban Anda.</p></noscript>",
        "<template><p>{{ isi }} yang belum terisi.</p></template>",
        "<textarea>Tulis komentar Anda di sini.</textarea>",
        "<svg><text>Grafik batang tahunan.</text></svg>",
        "<?php echo 'x' ?>",
        "<img src=x onerror=alert(1) alt='Gambar kapal patroli di laut'>",
    )
    source = page(*SENTENCES).replace("</body>", "".join(f"<div>{part}</div>\n" for part in kept) + "</body>")
    made = copy(source)
    assert all(part in made for part in kept)
    assert not any(word in article(source).text for word in ("palsu", "Bukan", "Komentar", "JavaScript", "Grafik"))


def test_event_handlers_and_unsafe_links_are_no_marks_and_stay_in_the_copy() -> None:
    targets = [
        "javascript:alert(1)",
        "JaVa\tScript:x",
        " javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
    ]
    links = [f'<p onclick="x()">Lihat <a href="{href}">laporan</a> itu hari ini.</p>' for href in targets]
    good = [
        "https://a.example/?q=1&amp;r",
        "http://b.example",
        "mailto:a@b.example",
        "/relatif",
        "#atas",
        "//c.example/x",
    ]
    links += [f"<p>Lihat <a href='{href}'>laporan</a> itu sekarang juga.</p>" for href in good]
    source = page(*SENTENCES).replace("</body>", "".join(links) + "</body>")
    document = article(source)
    assert [mark.href for mark in document.marks if mark.kind == "link"] == [good[0].replace("&amp;", "&"), *good[1:]]
    assert all(href in copy(source) for href in targets)


def test_an_entity_bomb_is_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    source = f'<!DOCTYPE html [<!ENTITY e0 "ha">{entities}]>' + page(
        *SENTENCES, "Nilai &e29; tidak diurai sama sekali."
    )
    document = article(source)
    assert "Nilai &e29; tidak diurai" in document.text
    assert "ENTITY" not in document.text
    assert entities in copy(source)


@pytest.mark.parametrize(
    "noise",
    [
        "<div>" * 10_000,
        "<b>" * 10_000,
        "<b>x<i>" * 5_000,
        "<ul><li>" * 5_000,
        "<table><tr><td>" * 3_000,
        "</div>" * 10_000,
        "<div>" * 5_000 + "</b>" * 50_000,
        "<p><div>" * 20_000,
        "<li><div>" * 10_000 + "<li>" * 20_000,
        "<!-- " * 20_000 + "-->",
        "<!doctype [" * 20_000 + ">",
        "<![CDATA[" * 20_000 + ">",
        "<a href='" * 20_000 + "'>",
        "<a b= " * 20_000 + ">",
        "& &amp &#x; &#999999999; &nope;" * 5_000,
        f"<img alt='{'x ' * 1_000_000}'>",
        "<br>" * 50_000,
        "a <br> b <br>" * 10_000,
        "<script>" * 20_000 + "</script>",
        "<svg>" * 5_000 + "</svg>" * 5_000,
    ],
    ids=lambda noise: noise[:12],
)
def test_hostile_markup_costs_little_and_loses_nothing(noise: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in SENTENCES)
    source = f"<body><h1>{TITLE}</h1>{body}\n<hr>{noise}</body>"
    start = time.process_time()
    document = article(source)
    made = translated_copy(echoed(document)).decode()
    assert time.process_time() - start < 30
    found = [text for _, text in blocks(document)]
    assert [text for text in found if text in SENTENCES] == list(SENTENCES)
    assert all(f"<p>{text.upper()}</p>" in made for text in SENTENCES)


def test_a_page_of_3_mb_takes_seconds() -> None:
    body = "".join(
        f"<div class='p{n}'><p>Kalimat nomor {n} berisi <b>kata tebal</b>.</p></div>\n" for n in range(40_000)
    )
    start = time.process_time()
    assert len(article(f"<h1>{TITLE}</h1>{body}").blocks) == 40_001
    assert time.process_time() - start < 30


def test_nul_is_left_out() -> None:
    assert SENTENCES[0] in texts(page(SENTENCES[0].replace("patroli", "pat\0roli"), *SENTENCES[1:]))


# Blocks.


def test_line_breaks() -> None:
    source = f"<div><b>Jakarta</b> -- {SENTENCES[0]}<br><br>{SENTENCES[1]}<br/>\n{SENTENCES[2]} Kami<br>setuju.</div>"
    assert seen(source) == [f"Jakarta -- {SENTENCES[0]}", SENTENCES[1], f"{SENTENCES[2]} Kami\nsetuju."]


def test_markup_that_is_left_out_or_crossed() -> None:
    lists = "<ul><li>satu<li>dua <b>tiga</ul>empat</b> lima"
    assert seen(lists) == ["satu", "dua tiga", "empat lima"]
    assert seen("<table><tr><td>enam<td>tujuh<tr><td>delapan</table>") == ["enam", "tujuh", "delapan"]
    assert seen("<head><title>x</title><p>satu<p>dua<div>tiga</p>empat") == ["satu", "dua", "tiga", "empat"]
    assert seen("<?xml version='1.0'?><html><script src='a'/><p>satu</p><p/>dua</html>") == ["satu", "dua"]


@given(st.text("<>/!-=\"'ab p&;#x\n", max_size=60))
@settings(max_examples=300)
def test_events_cover_any_source(source: str) -> None:
    at, depth = 0, 0
    for event in events(source):
        assert event.start == at <= event.end
        at = event.end
        depth += {"open": 1, "close": -1}.get(event.kind, 0)
        assert depth >= 0
    assert (at, depth) == (len(source), 0)


# The copy.


def test_inline_markup_follows_its_words() -> None:
    words = "Presiden <b>Vladimir Putin</b> bertemu <a class=x href='/k'>Kim <i>Jong Un</i></a><img> di Pyongyang."
    source = "Presiden Vladimir Putin bertemu Kim Jong Un di Pyongyang."
    target = "In Pyongyang, <Vladimir Putin> met Kim Jong Un."
    made = translated_copy(translated(article(page(words, *SENTENCES)), {source: target})).decode()
    assert "&lt;<b>Vladimir Putin</b>&gt; met <a class=x href='/k'>Kim <i>Jong Un</i></a>" in made
    assert made.count("<img>") == 1


def test_line_breaks_between_sentences_stay() -> None:
    source = f"<h1>{TITLE}</h1><p>{SENTENCES[0][:-1]}!<br>\n{SENTENCES[1]} <b>{SENTENCES[2]}<br>{SENTENCES[3]}</b></p>"
    made = copy(source)
    assert f"!<br>\n{SENTENCES[1].upper()} <b>{SENTENCES[2].upper()}<br>{SENTENCES[3].upper()}</b></p>" in made


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ('<html lang="id" class=a>', '<html lang="en" class=a>'),
        ("<HTML xml:lang='id' LANG=id-ID>", '<HTML xml:lang="en" LANG="en">'),
        ("<html>", '<html lang="en">'),
        ("<html data-lang='id'>", "<html lang=\"en\" data-lang='id'>"),
    ],
)
def test_the_language_of_the_copy(tag: str, wanted: str) -> None:
    assert copy(page().replace("<html>", tag)).startswith(wanted)


INLINE = st.recursive(
    st.sampled_from(
        ["kata", " baru ", "&amp;", "1 &lt; 2", "é", "<br>", "<br><br>", "<img src=x>", "<!-- c -->", "Ya. "]
    ),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["b", "i", "a href=/x", "span class='y'", "code"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)
BLOCKS = st.lists(
    st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "div", "li", "h2", "td", "blockquote", "figcaption", "section"]),
        st.lists(INLINE, min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=6,
)


@given(BLOCKS)
@settings(max_examples=200, deadline=None)
def test_a_copy_has_the_text_of_the_translation(generated: list[str]) -> None:
    source = "<title>Judul</title>" + "".join(generated)
    document = article(source, "html-full")
    assert document == article(source, "html-full")
    assert document.original == source.encode()
    assert document.text.lstrip() == "".join(
        segment.text + segment.space for block in document.blocks for segment in block.segments
    )
    assert all(document.text[mark.start : mark.end].strip() for mark in document.marks)
    made = copy(source, "html-full")
    assert squeezed(made) == squeezed(source)
    tags = re.compile(r"<(?:img|!--)[^>]*>")
    assert sorted(tags.findall(made)) == sorted(tags.findall(source))
