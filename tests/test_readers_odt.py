"""ODT in, and the translated copy: what is read, what is kept, what is refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from dwibahasa.document import About
from dwibahasa.errors import InputError
from dwibahasa.readers import read, translated_copy
from dwibahasa.readers.odt import read as read_bytes
from office_files import translated, unzipped, zipped

DATA = Path(__file__).parent / "data" / "readers" / "odt"
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
TEXT = f"{{{NAMES['text']}}}"
KIND = "application/vnd.oasis.opendocument.text"
MANIFEST = "META-INF/manifest.xml"


def manifest(*entries: str, inside: str = "") -> str:
    kinds = {
        **dict.fromkeys(entries, ""),
        "/": KIND,
        **dict.fromkeys(("content.xml", "styles.xml", "meta.xml"), "text/xml"),
    }
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{e}" manifest:media-type="{kinds.get(e)}">{inside}'
        "</manifest:file-entry>"
        for e in entries
    )
    return f'<manifest:manifest {DECLARED} manifest:version="1.3">{rows}</manifest:manifest>'


def simple(body: str, styles: str = "", **parts: str | bytes) -> dict[str, str | bytes]:
    """The parts of a text with no more than it needs."""
    content = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body>"
    return {
        "mimetype": KIND,
        "content.xml": f"<office:document-content {DECLARED}>{content}</office:document-content>",
        MANIFEST: manifest("/", "content.xml"),
        **parts,
    }


def sample() -> dict[str, str | bytes]:
    """The parts of the file in tests/data."""
    meta = (
        f'<office:document-meta {DECLARED} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>'
        "<dc:title>Pakta Putin dan Kim</dc:title><meta:initial-creator>Sari</meta:initial-creator>"
        "<dc:creator>Budi</dc:creator>"
        "<meta:creation-date>2024-06-19T08:00:00</meta:creation-date><dc:language>id-ID</dc:language></office:meta>"
        "</office:document-meta>"
    )
    return {
        "mimetype": KIND,
        "content.xml": (DATA / "content.xml").read_bytes(),
        "styles.xml": (DATA / "styles.xml").read_bytes(),
        "meta.xml": meta,
        "Basic/Standard/script.xml": "<macro/>",
        "Pictures/a.png": b"\x89PNG\x00",
        MANIFEST: manifest("/", "content.xml", "styles.xml", "meta.xml", "Basic/Standard/script.xml", "Pictures/a.png"),
    }


SIGNED = "On Wednesday, President Vladimir Putin signed a defense pact."
TARGETS = {
    "Pakta Putin dan Kim": "The Putin and Kim pact",
    "Kunjungan": "The visit",
    "Presiden Vladimir Putin menandatangani pakta pertahanan pada Rabu.": SIGNED,
    "Menurut Kremlin.": "According to the Kremlin.",
    "Ia membawa tiga hadiah.": "He brought three gifts.",
    "Sebuah mobil": "A car",
    "Nama": "Name",
    "Kim Jong Un": "Kim Jong Un",
    "Jalan Merdeka": "Merdeka Street",
    "Jakarta": "Jakarta",
    "Gambar 1.": "Figure 1.",
    "Kedua pemimpin": "Both leaders",
    "Ya": "Yes",
    "Lihat kotak.": "See the box.",
    "Isi kotak.": "What is in the box.",
    "E = mc2    rumus": "E = mc2    formula",
    "Berita pagi": "Morning news",
}


def copy_of(
    parts: dict[str, str | bytes], targets: dict[str, str] | None = None
) -> tuple[dict[str, bytes], etree._Element]:
    """The contents of the copy, and the root of its text."""
    contents = unzipped(translated_copy(translated(read_bytes(zipped(parts), "berita.odt"), targets)))
    return contents, etree.fromstring(contents["content.xml"])


def shown(element: etree._Element) -> str:
    """The text of a paragraph as a reader sees it, without notes and frames."""
    text = element.text or ""
    for child in element:
        name = etree.QName(child).localname
        if name == "s":
            text += " " * int(child.get(TEXT + "c", "1"))
        elif name in ("tab", "line-break"):
            text += {"tab": "\t", "line-break": "\n"}[name]
        elif name not in ("note", "annotation", "frame"):
            text += shown(child)
        text += child.tail or ""
    return text


def test_everything_is_read_in_its_order_with_its_role(tmp_path: Path) -> None:
    path = tmp_path / "berita.odt"
    path.write_bytes(zipped(sample()))
    document = read(path)
    assert [(block.role, " ".join(s.text for s in block.segments)) for block in document.blocks] == [
        ("headline", "Pakta Putin dan Kim"),
        ("list_item", "Kunjungan"),
        ("subheading", "Kunjungan"),
        ("paragraph", "Presiden Vladimir Putin menandatangani pakta pertahanan pada Rabu."),
        ("paragraph", "Menurut Kremlin."),
        ("paragraph", "Ia membawa tiga hadiah."),
        ("list_item", "Sebuah mobil"),
        ("paragraph", "Nama"),
        ("paragraph", "Kim Jong Un"),
        ("paragraph", "Jalan Merdeka"),
        ("paragraph", "Jakarta"),
        ("caption", "Gambar 1. Kedua pemimpin"),
        ("paragraph", "Ya"),
        ("paragraph", "Lihat kotak."),
        ("paragraph", "Isi kotak."),
        ("paragraph", "E = mc2    rumus"),
        ("paragraph", "Berita pagi"),
    ]
    marked = [(mark.kind, document.text[mark.start : mark.end], mark.href) for mark in document.marks]
    assert marked == [
        ("link", "Kunjungan", "#kunjungan"),
        ("bold", "Vladimir Putin", ""),
        ("link", "pakta pertahanan", "https://contoh.go.id/pakta"),
        ("superscript", "2", ""),
    ]
    assert document.about == About("Pakta Putin dan Kim", "Sari", date="2024-06-19T08:00:00")


def test_a_sentence_in_many_spans_is_translated_as_one_and_keeps_bold_and_link_on_their_words() -> None:
    _, root = copy_of(sample(), TARGETS)
    paragraphs = {shown(p): p for p in root.iter(TEXT + "p")}
    paragraph = paragraphs[SIGNED]
    [bold] = [span for span in paragraph.iter(TEXT + "span") if span.get(TEXT + "style-name") in ("T2", "T3")]
    assert shown(bold) == "Vladimir Putin"
    [link] = paragraph.iter(TEXT + "a")
    assert shown(link).removeprefix("a ") == "defense pact"
    assert link.get(f"{{{NAMES['xlink']}}}href") == "https://contoh.go.id/pakta"
    [note] = paragraph.iter(TEXT + "note")
    before = note.getprevious()
    assert (paragraph.text if before is None else before.tail) == "On Wednesday"
    assert [p.text for p in note.iter(TEXT + "p")] == ["According to the Kremlin."]


def test_all_parts_are_translated_and_the_rest_stays_byte_for_byte() -> None:
    parts = sample()
    contents, root = copy_of(parts, TARGETS)
    text = [shown(p) for p in root.iter(TEXT + "p", TEXT + "h")]
    for line in ("The visit\t3", "Name\tKim Jong Un", "Merdeka Street\nJakarta", "Figure 1. Both leaders", "Benarkah?"):
        assert line in text
    assert "What is in the box." in text
    assert "E = mc2    formula" in text
    [bookmarked] = root.iter(TEXT + "h")
    assert [etree.QName(child).localname for child in bookmarked] == ["bookmark-start", "bookmark-end"]
    assert bookmarked[0].tail == "The visit"
    [number] = root.iter(TEXT + "sequence")
    assert number.text == "1"
    assert list(contents) == [name for name in parts if not name.startswith("Basic/")]
    assert contents["Pictures/a.png"] == parts["Pictures/a.png"]
    assert b"Morning news" in contents["styles.xml"]
    assert b">7</text:page-number>" in contents["styles.xml"]
    assert b"<dc:title>The Putin and Kim pact<" in contents["meta.xml"]


def test_the_copy_is_in_english_without_macros_and_tracked_changes() -> None:
    contents, root = copy_of(sample(), TARGETS)
    for part in ("content.xml", "styles.xml", "meta.xml"):
        assert b'language="id"' not in contents[part]
        assert b"id-ID" not in contents[part]
    default = etree.fromstring(contents["styles.xml"]).find(".//style:default-style/style:text-properties", NAMES)
    assert default is not None
    assert [default.get(f"{{{NAMES['fo']}}}{name}") for name in ("language", "country")] == ["en", "US"]
    names = {etree.QName(element).localname for element in root.iter("{*}*")}
    assert not names & {"tracked-changes", "change", "change-start", "change-end", "scripts"}
    assert b"Basic" not in contents[MANIFEST]


def test_the_copy_is_an_odt_file_that_is_always_the_same() -> None:
    document = translated(read_bytes(zipped(sample()), "berita.odt"), TARGETS)
    data = translated_copy(document)
    assert data == translated_copy(document)
    # OpenDocument 1.3 part 2, 3.3: the type stands at byte 38, where programs look for it.
    assert data[30:38] == b"mimetype"
    assert data[38:].startswith(KIND.encode())


def test_a_file_without_styles_and_one_without_a_default_style() -> None:
    styles = f"<office:document-styles {DECLARED}><office:styles/></office:document-styles>"
    body = "<text:p>Sebuah mobil</text:p>"
    contents, root = copy_of(simple(body) | {"styles.xml": styles}, TARGETS)
    assert b'fo:language="en"' in contents["styles.xml"]
    assert shown(next(root.iter(TEXT + "p"))) == "A car"
    assert copy_of(simple(body), TARGETS)[1] is not None


BOLD = '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
ITALIC = '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
NONE = '<style:style style:name="N" style:family="text"><style:text-properties fo:language="id"/></style:style>'
LEAVES = st.one_of(
    st.text("ab c.A1-“”", min_size=1, max_size=8),
    st.sampled_from(["<text:tab/>", "<text:line-break/>", '<text:s text:c="2"/>', '<text:bookmark text:name="x"/>']),
)
INLINE = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda start, content: f"{start}{''.join(content)}</{start[1:].split(' ')[0]}>",
        st.sampled_from([*(f'<text:span text:style-name="{n}">' for n in "BIN"), '<text:a xlink:href="#x">']),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


def look(element: etree._Element, form: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Each character that is not a blank with its formats, and each tab, line break and bookmark."""
    found = [(char, form) for char in element.text or "" if char != " "]
    for child in element:
        name = etree.QName(child).localname
        inner = form
        if name in ("tab", "line-break", "bookmark"):
            found.append((name, ()))
        elif name in ("span", "a") and child.get(TEXT + "style-name") != "N":
            inner = tuple(sorted({*form, child.get(TEXT + "style-name", "link")}))
        found += look(child, inner)
        found += [(char, form) for char in child.tail or "" if char != " "]
    return found


@settings(deadline=None, max_examples=150)
@given(st.lists(INLINE, max_size=6))
def test_a_copy_of_targets_that_are_the_sources_is_the_same(inline: list[str]) -> None:
    parts = simple(f"<text:p>awal</text:p><text:p>{''.join(inline)}</text:p>", BOLD + ITALIC + NONE)
    before = etree.fromstring(str(parts["content.xml"]))
    _, after = copy_of(parts)
    for old, new in zip(before.iter(TEXT + "p"), after.iter(TEXT + "p"), strict=True):
        assert look(new) == look(old)
    data = zipped(parts)
    again = translated_copy(translated(read_bytes(data, "a.odt")))
    assert read_bytes(again, "a.odt").text == read_bytes(data, "a.odt").text


LOCKED = manifest("content.xml", inside='<manifest:encryption-data manifest:checksum=""/>')
BODY = "<text:p>Rapat ditunda.</text:p>"
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"content.xml": None}, "it has no content.xml"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "but of the type '.*sheet'"),
        ({"mimetype": "application/epub+zip"}, "not an OpenDocument text but of the type 'application/epub"),
        ({MANIFEST: LOCKED}, "encrypted with a password; save it without one in an office program"),
        ({"content.xml": "<a/>"}, "content.xml has no text in it"),
        ({"content.xml": "<a"}, "content.xml: not well-formed XML .line 1"),
        ({"content.xml": BOMB}, "content.xml: refused: a document type declaration"),
        ({"styles.xml": BOMB}, "styles.xml: refused: a document type declaration"),
        ({"content.xml": simple("")["content.xml"]}, "there is no text in it"),
    ],
)  # fmt: skip
def test_what_is_no_odt_file_is_one_clear_line(changes: dict[str, str | None], message: str) -> None:
    parts = {name: part for name, part in (simple(BODY) | changes).items() if part is not None}
    with pytest.raises(InputError, match=f"^surat.odt: .*{message}") as caught:
        read_bytes(zipped(parts), "surat.odt")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_zip_file() -> None:
    with pytest.raises(InputError, match=r"^surat\.odt: not ODT, which is a zip file, but something else; save"):
        read_bytes(b"<office:document/>", "surat.odt")
