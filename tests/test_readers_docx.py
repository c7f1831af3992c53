"""DOCX in, and the translated copy: what is read, what is kept, what is refused."""

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from dwibahasa.document import About, Mark
from dwibahasa.errors import InputError
from dwibahasa.readers import read, translated_copy
from dwibahasa.readers.docx import read as read_bytes
from office_files import translated, unzipped, zipped

DATA = Path(__file__).parent / "data" / "readers" / "docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = "application/vnd.openxmlformats-package.core-properties"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def relations(*targets: tuple[str, str, str]) -> str:
    """A relations part: id, the end of the type or all of it, target; a target with a colon is external."""
    rows = ""
    for number, kind, target in targets:
        kind = kind if ":" in kind else f"{OFFICE}/{kind}"
        mode = 'TargetMode="External"' if ":" in target else ""
        rows += f'<Relationship Id="{number}" Type="{kind}" Target="{target}" {mode}/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def types(main: str = f"{WORD}.document.main+xml", **others: str) -> str:
    overrides = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{WORD}.{n}+xml"/>' for n in others)
    return (
        f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{CORE}+xml"/>'
        f"{overrides}</Types>"
    )


def around(name: str, content: str) -> str:
    return f'<?xml version="1.0"?><w:{name} {nsdecls("w", "r")}>{content}</w:{name}>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def simple(body: str, **parts: str | bytes) -> dict[str, str | bytes]:
    """The parts of a Word file with no more than it needs."""
    return {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": around("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        **parts,
    }


def sample() -> dict[str, str | bytes]:
    """The parts of the file in tests/data."""
    note = '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    note += f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>{run(" Menurut Kremlin.")}</w:p></w:footnote>'
    page = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{then}'
        for kind, then in (("begin", "<w:r><w:instrText>PAGE</w:instrText></w:r>"), ("separate", run("7")), ("end", ""))
    )
    core = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Pakta Putin dan Kim</dc:title>'
        "<dc:creator>Sari</dc:creator>"
        "<dcterms:created>2024-06-19T08:00:00Z</dcterms:created></cp:coreProperties>"
    )
    return {
        "[Content_Types].xml": types(styles="", footnotes="", header="", footer="", settings="", comments=""),
        "_rels/.rels": relations(
            ("rId1", "officeDocument", "word/document.xml"),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": relations(
            *((f"rId{n}", n, f"{n}.xml") for n in ("styles", "footnotes", "settings", "comments")),
            ("rIdHeader", "header", "header.xml"),
            ("rIdFooter", "footer", "/word/footer.xml"),
            ("rIdLink", "hyperlink", "https://contoh.go.id/pakta"),
        ),
        "word/document.xml": (DATA / "document.xml").read_bytes(),
        "word/styles.xml": (DATA / "styles.xml").read_bytes(),
        "word/footnotes.xml": around("footnotes", note),
        "word/header.xml": around("hdr", f"<w:p>{run('Berita pagi')}</w:p>"),
        "word/footer.xml": around("ftr", f"<w:p>{page}</w:p>"),
        "word/settings.xml": around("settings", '<w:themeFontLang w:val="id-ID"/>'),
        "word/comments.xml": around(
            "comments", f'<w:comment w:id="0" w:author="a"><w:p>{run("Benarkah?")}</w:p></w:comment>'
        ),
        "docProps/core.xml": core,
    }


SIGNED = "On Wednesday, President Vladimir Putin signed a defense pact."
TARGETS = {
    "Pakta Putin dan Kim": "The Putin and Kim pact",
    "Kunjungan": "The visit",
    "Presiden Vladimir Putin menandatangani pakta pertahanan pada Rabu.": SIGNED,
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
    "Menurut Kremlin.": "According to the Kremlin.",
    "Berita pagi": "Morning news",
}


def copy_of(parts: dict[str, str | bytes], targets: dict[str, str] | None = None) -> tuple[bytes, Any]:
    data = zipped(parts)
    copied = translated_copy(translated(read_bytes(data, "berita.docx"), targets))
    return copied, docx.Document(io.BytesIO(copied))


def runs(paragraph: Any) -> list[tuple[str, bool | None]]:
    return [(r.text, r.bold) for r in paragraph.runs]


def test_everything_is_read_in_its_order_with_its_role(tmp_path: Path) -> None:
    path = tmp_path / "berita.docx"
    path.write_bytes(zipped(sample()))
    document = read(path)
    assert [(block.role, " ".join(s.text for s in block.segments)) for block in document.blocks] == [
        ("headline", "Pakta Putin dan Kim"),
        ("subheading", "Kunjungan"),
        ("paragraph", "Presiden Vladimir Putin menandatangani pakta pertahanan pada Rabu."),
        ("paragraph", "Ia membawa tiga hadiah."),
        ("list_item", "Sebuah mobil"),
        ("paragraph", "Nama"),
        ("paragraph", "Kim Jong Un"),
        ("paragraph", "Jalan Merdeka"),
        ("paragraph", "Jakarta"),
        ("caption", "Gambar 1. Kedua pemimpin"),
        ("paragraph", "Ya"),
        ("paragraph", "Ya"),
        ("paragraph", "Lihat kotak."),
        ("paragraph", "Isi kotak."),
        ("paragraph", "Menurut Kremlin."),
        ("paragraph", "Berita pagi"),
    ]
    marked = [(mark.kind, document.text[mark.start : mark.end], mark.href) for mark in document.marks]
    assert marked == [
        ("bold", "Vladimir Putin", ""),
        ("link", "pakta pertahanan", "https://contoh.go.id/pakta"),
    ]
    assert document.about == About("Pakta Putin dan Kim", "Sari", date="2024-06-19T08:00:00Z")
    assert (document.format, document.name) == ("docx", "berita.docx")


def test_a_sentence_in_many_runs_is_translated_as_one_and_keeps_bold_and_link_on_their_words() -> None:
    _, copied = copy_of(sample(), TARGETS)
    paragraph = copied.paragraphs[2]
    assert paragraph.text == SIGNED
    assert [text for text, bold in runs(paragraph) if bold] == ["Vladimir Putin"]
    [link] = paragraph.hyperlinks
    assert (link.text.removeprefix("a "), link.address) == ("defense pact", "https://contoh.go.id/pakta")
    assert link.runs[0].style.name == "Hyperlink"
    [note] = paragraph._p.findall(f".//{W}footnoteReference")
    assert "".join(note.xpath("../preceding-sibling::*//*[local-name()='t']/text()")) == "On Wednesday"
    assert not paragraph._p.findall(f".//{W}proofErr")


def test_all_parts_are_translated_and_the_rest_stays_byte_for_byte() -> None:
    parts = sample()
    data, copied = copy_of(parts, TARGETS)
    assert [p.text for p in copied.paragraphs] == [
        "The Putin and Kim pact",
        "The visit",
        "On Wednesday, President Vladimir Putin signed a defense pact.",
        "He brought three gifts.",
        "A car",
        "Name\tKim Jong Un",
        "Merdeka Street\nJakarta",
        "Figure 1. Both leaders",
        "See the box.",
    ]
    assert [p.style.name for p in copied.paragraphs][:2] == ["Title", "Heading 1"]
    assert copied.tables[0].cell(0, 0).text == "Yes"
    assert copied.tables[0].cell(0, 1).tables[0].cell(0, 0).text == "Yes"
    assert copied.sections[0].header.paragraphs[0].text == "Morning news"
    assert copied.sections[0].footer.paragraphs[0].text == "7"
    assert copied.core_properties.title == "The Putin and Kim pact"
    contents = unzipped(data)
    assert list(contents) == list(parts)
    assert b"According to the Kremlin." in contents["word/footnotes.xml"]
    assert contents["word/comments.xml"] == str(parts["word/comments.xml"]).encode()
    body = contents["word/document.xml"]
    assert body.count(b"What is in the box.") == 2
    assert b"Isi kotak" not in body
    assert (
        etree.fromstring(body).xpath(
            "count(//*[local-name()='bookmarkStart']/following-sibling::*[1][local-name()='r'])"
        )
        == 1
    )


def test_fields_tracked_changes_and_comments() -> None:
    _, copied = copy_of(sample(), TARGETS)
    caption, tracked = copied.paragraphs[7]._p, copied.paragraphs[3]._p
    assert [e.get(qn("w:fldCharType")) for e in caption.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]
    inside = caption.xpath("./w:r[w:fldChar/@w:fldCharType='separate']/following-sibling::w:r[1]/w:t/text()")
    assert inside == ["1"]
    assert not list(tracked.iter(qn("w:del"), qn("w:ins")))
    names = [child.tag.rpartition("}")[2] for child in tracked if child.tag != qn("w:pPr")]
    assert names.index("commentRangeStart") < names.index("commentRangeEnd")
    assert len(tracked.findall(f".//{W}commentReference")) == 1


def test_the_copy_is_in_english() -> None:
    data, copied = copy_of(sample(), TARGETS)
    contents = unzipped(data)
    for part in ("word/document.xml", "word/styles.xml", "word/settings.xml"):
        assert b"id-ID" not in contents[part]
    paragraph = copied.paragraphs[2]._p
    assert {lang.get(qn("w:val")) for lang in paragraph.iter(qn("w:lang"))} == {"en-US"}
    assert len(list(paragraph.iter(qn("w:lang")))) == len(list(paragraph.iter(qn("w:r"))))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert copy_of(sample(), TARGETS)[0] == copy_of(sample(), TARGETS)[0]


def test_the_format_of_most_of_the_paragraph_is_that_of_words_without_a_place() -> None:
    body = f"<w:p>{run('Ia ', '<w:i/>')}{run('zzz', '<w:b/>')}{run(' pergi ke pasar kemarin.', '<w:i/>')}</w:p>"
    _, copied = copy_of(
        simple(body), {"Ia zzz pergi ke pasar kemarin.": "He really did go to the market yesterday, indeed."}
    )
    formats = {(r.bold, r.italic) for r in copied.paragraphs[0].runs}
    assert (None, True) in formats
    assert all(italic or bold for bold, italic in formats)


def test_a_part_of_a_word_keeps_its_format() -> None:
    raised = run("2", '<w:vertAlign w:val="superscript"/>')
    body = f"<w:p>{run('Luas ladang itu 30 m')}{raised}{run(' saja.')}</w:p>"
    _, copied = copy_of(simple(body), {"Luas ladang itu 30 m2 saja.": "That field is only 30 m2 in size."})
    assert [r.text for r in copied.paragraphs[0].runs if r.font.superscript] == ["2"]
    assert copied.paragraphs[0].text == "That field is only 30 m2 in size."


def test_a_link_does_not_spread_over_its_paragraph() -> None:
    link = f'<w:hyperlink w:anchor="bab">{run("Laporan tahunan badan energi atom internasional")}</w:hyperlink>'
    body = f"<w:p>{link}{run(' terbit.')}</w:p>"
    target = "The annual report of the International Atomic Energy Agency came out."
    text = "Laporan tahunan badan energi atom internasional terbit."
    _, copied = copy_of(simple(body), {text: target})
    [paragraph] = copied.paragraphs
    assert paragraph.text == target
    assert paragraph.runs[-1].text.endswith("came out.")
    assert paragraph.hyperlinks[0].fragment == "bab"
    assert read_bytes(zipped(simple(body)), "a.docx").marks == (Mark("link", 0, 47, "#bab"),)


def test_a_table_of_contents_whose_field_spans_paragraphs() -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    begin = field("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>" + field("separate")
    page = (
        field("begin")
        + "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>"
        + field("separate")
        + run("3")
        + field("end")
    )
    body = "".join(
        f'<w:p>{before}<w:hyperlink w:anchor="_Toc1">{run(text)}<w:r><w:tab/></w:r>{page}</w:hyperlink></w:p>'
        for before, text in ((begin, "Kunjungan"), ("", "Pakta Putin dan Kim"))
    )
    _, copied = copy_of(simple(body + f"<w:p>{field('end')}</w:p>"), TARGETS)
    assert [p.text for p in copied.paragraphs] == ["The visit\t3", "The Putin and Kim pact\t3", ""]
    kinds = [e.get(qn("w:fldCharType")) for e in copied.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", *["begin", "separate", "end"] * 2, "end"]


def test_line_breaks_inside_a_sentence_and_between_lines() -> None:
    broken = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in ("Ia datang ke", "pasar. Lalu", "ia pulang."))
    _, copied = copy_of(
        simple(f"<w:p><w:r>{broken}</w:r></w:p>"),
        {"Ia datang ke\npasar.": "He came to the market.", "Lalu\nia pulang.": "Then he went home."},
    )
    assert copied.paragraphs[0].text.replace("\n", " ") == "He came to the market. Then he went home."
    assert copied.paragraphs[0].text.count("\n") == 2


def test_macros_signatures_and_remote_templates_are_left_out() -> None:
    parts = simple(f"<w:p>{run('Sebuah mobil')}</w:p>")
    parts |= {
        "[Content_Types].xml": types("application/vnd.ms-word.document.macroEnabled.main+xml", settings=""),
        "word/_rels/document.xml.rels": relations(
            ("rId1", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
            ("rId2", "settings", "settings.xml"),
        ),
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro",
        "word/settings.xml": around("settings", '<w:attachedTemplate r:id="rId1"/>'),
        "word/_rels/settings.xml.rels": relations(("rId1", "attachedTemplate", "https://jahat.example/t.dotm")),
    }
    data = translated_copy(translated(read_bytes(zipped(parts), "berita.docm"), TARGETS))
    contents = unzipped(data)
    assert b">A car<" in contents["word/document.xml"]
    assert b"macroEnabled" in contents["[Content_Types].xml"]  # as the suffix says
    assert "word/vbaProject.bin" not in contents
    assert not any(
        word in part for part in contents.values() for word in (b"vbaProject.bin", b"jahat", b"attachedTemplate")
    )


def test_nothing_of_a_letter_is_boilerplate() -> None:
    body = "".join(
        f"<w:p>{run(text)}</w:p>" for text in ("Rapat ditunda.", "0 Komentar", "ADVERTISEMENT", "Rapat ditunda.")
    )
    roles = [block.role for block in read_bytes(zipped(simple(body)), "surat.docx").blocks]
    assert len(roles) == 4
    assert "boilerplate" not in roles


FORMATS = st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", '<w:u w:val="single"/>', '<w:lang w:val="id-ID"/>'])
TEXTS = st.text("ab c.A1-“”", max_size=8)
PIECES = st.one_of(
    st.tuples(TEXTS, FORMATS).map(lambda pair: run(*pair)),
    st.sampled_from(
        [
            "<w:r><w:tab/></w:r>",
            "<w:r><w:br/></w:r>",
            '<w:bookmarkStart w:id="1" w:name="x"/>',
            '<w:proofErr w:type="spellStart"/>',
        ]
    ),
    st.tuples(TEXTS, FORMATS).map(lambda pair: f'<w:hyperlink w:anchor="x">{run(*pair)}</w:hyperlink>'),
)


def look(paragraph: etree._Element) -> list[tuple[str, bool, bool, bool, bool]]:
    """Each character that is not a blank with its format, and each tab and line break."""
    found = []
    for element in paragraph.iter(W + "t", W + "tab", W + "br"):
        properties = element.getparent().find(W + "rPr")
        form = [properties is not None and properties.find(W + name) is not None for name in "biu"]
        link = any(parent.tag == W + "hyperlink" for parent in element.iterancestors())
        if element.tag == W + "t":
            found += [(char, *form, link) for char in element.text or "" if char != " "]
        else:
            found.append((element.tag[len(W) :], False, False, False, link))
    return found


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=12))
def test_a_copy_of_targets_that_are_the_sources_is_the_same(pieces: list[str]) -> None:
    body = f"<w:p>{run('awal')}</w:p><w:p>{''.join(pieces)}</w:p>"
    before = parse_xml(around("body", body))
    _, copied = copy_of(simple(body))
    for old, new in zip(before.iter(W + "p"), copied.element.body.iter(W + "p"), strict=True):
        assert look(new) == look(old)
        assert "".join(t.text or "" for t in new.iter(W + "t")) == "".join(t.text or "" for t in old.iter(W + "t"))
        assert len(new.findall(W + "bookmarkStart")) == len(old.findall(W + "bookmarkStart"))


OTHER = f"{WORD.replace('wordprocessingml', 'spreadsheetml')}.sheet.main+xml"
BODY = f"<w:p>{run('Rapat ditunda.')}</w:p>"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
HEADER_OUTSIDE = relations(("rId1", "header", "https://jahat.example/header.xml"))
BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
SECRET = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"word/document.xml": None}, "it has no word/document.xml"),
        ({"[Content_Types].xml": None}, r"it has no \[Content_Types\].xml"),
        ({"[Content_Types].xml": types(OTHER)}, "not a Word document but an Excel workbook; known: .docx and .docm"),
        ({"[Content_Types].xml": types("x/y")}, "not a Word document but of the type x/y"),
        ({"_rels/.rels": None}, "it has no _rels/.rels"),
        ({"_rels/.rels": relations(("a", "theme", "t.xml"))}, "no relation leads to a document"),
        ({"_rels/.rels": relations(("a", "officeDocument", "http://jahat/d.xml"))}, "lies outside the file, at 'http://jahat/d.xml'"),
        ({"_rels/.rels": relations(("a", "officeDocument", "../../etc/passwd"))}, "it has no etc/passwd"),
        ({"_rels/.rels": relations(("a", STRICT, "word/document.xml"))}, "Strict Open XML.*save it as"),
        ({"word/_rels/document.xml.rels": HEADER_OUTSIDE}, "word/_rels/document.xml.rels: header lies outside"),
        ({"word/document.xml": "<w:document"}, "word/document.xml: not well-formed XML .line 1"),
        ({"word/document.xml": BOMB + "<w>&b;</w>"}, "word/document.xml: refused: a document type declaration"),
        ({"word/document.xml": SECRET + "<w>&a;</w>"}, "word/document.xml: refused: a document type declaration"),
        ({"word/document.xml": around("document", "<w:body/>")}, "there is no text in it"),
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_one_clear_line(changes: dict[str, str | None], message: str) -> None:
    parts = {name: part for name, part in (simple(BODY) | changes).items() if part is not None}
    with pytest.raises(InputError, match=f"^surat.docx: .*{message}") as caught:
        read_bytes(zipped(parts), "surat.docx")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office document .*save it as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (b"{\\rtf1 Rapat}", "but an RTF document; save the document as DOCX"),
        (b"Rapat ditunda.", "not DOCX, which is a zip file"),
        (b"", "the file is empty"),
        (zipped(simple(BODY))[:-40], "the zip file is damaged"),
        (zipped(simple(BODY))[:200], "the zip file is damaged"),
    ],
)
def test_what_is_no_zip_file_is_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^surat.docx: .*{message}") as caught:
        read_bytes(data, "surat.docx")
    assert "\n" not in str(caught.value)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_a_damaged_file_is_read_or_is_an_input_error(at: int, noise: bytes) -> None:
    data = zipped(simple(BODY), stored=("word/document.xml", "_rels/.rels", "[Content_Types].xml"))
    at %= len(data)
    try:
        read_bytes(data[:at] + noise + data[at + len(noise) :], "surat.docx")
    except InputError as error:
        assert "\n" not in str(error)
