"""DOCX: what python-docx finds in the file, and what LibreOffice makes of it."""

import re
import shutil
import subprocess
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import lxml.etree
import pytest
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.table import _Row

from dwibahasa.document import About, BilingualDocument, Finding, Link, Mark
from page_document import document as article
from test_writers import bilingual, output


def opened(document: BilingualDocument, **options: bool) -> Paper:
    return docx.Document(BytesIO(output("docx", document, **options)))


def rows(document: BilingualDocument, **options: bool) -> list[_Row]:
    return list(opened(document, **options).tables[0].rows)


def texts(row: _Row) -> list[str]:
    return [cell.text for cell in row.cells]


def test_the_head_of_the_table_is_repeated_and_no_row_breaks() -> None:
    head, *others = rows(article())
    assert texts(head) == ["", "Bahasa Indonesia", "English"]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in (head, *others))
    [_, row] = rows(bilingual(("Kata. " * 1000, "Word.")))
    assert row._tr.trPr.find(qn("w:cantSplit")) is None


def test_a_row_has_the_style_of_its_role_on_both_sides() -> None:
    found = {texts(row)[0]: [cell.paragraphs[0].style.name for cell in row.cells[1:]] for row in rows(article())[1:]}
    expected = {"h1": "Heading 1", "s1": "Heading 2", "c1": "Caption", "l1": "List Paragraph", "p1.1": "Body Text"}
    expected |= {"b1": "Byline", "d1": "Dateline", "r1": "Related"}
    assert {label: found[label] for label in expected} == {label: [name] * 2 for label, name in expected.items()}
    [_, row] = rows(bilingual(("0 Komentar", None), role="boilerplate"), keep_boilerplate=True)
    assert [cell.paragraphs[0].style.name for cell in row.cells[1:]] == ["Boilerplate"] * 2


def languages(row: _Row, column: int) -> set[str]:
    runs = row.cells[column]._tc.iter(qn("w:rPr"))
    return {lang.get(qn("w:val")) for run in runs for lang in run.iter(qn("w:lang"))}


def test_every_run_has_its_language() -> None:
    found = {texts(row)[0]: row for row in rows(article())[1:]}
    assert languages(found["p1.1"], 1) == {"id-ID"} and languages(found["p1.1"], 2) == {"en-US"}
    assert languages(found["p1.4"], 1) == {"en-US"}  # a quotation in English in the source
    paper = opened(article())
    for run in paper.element.body.iter(qn("w:r")):
        if run.find(qn("w:t")) is not None and run.getparent().tag != qn("w:fldSimple"):
            assert run.find(qn("w:rPr")).find(qn("w:lang")) is not None


def test_words_from_right_to_left_say_so() -> None:
    found = {texts(row)[0]: row for row in rows(article())[1:]}
    assert found["p4.3"].cells[1].paragraphs[0]._p.pPr.find(qn("w:bidi")) is not None
    assert found["p4.1"].cells[1].paragraphs[0]._p.pPr.find(qn("w:bidi")) is None
    rtl = [run.text for run in found["p4.1"].cells[1].paragraphs[0].runs if run._r.rPr.find(qn("w:rtl")) is not None]
    assert rtl == ["السلام في البحر!", "שלום"]


def test_marks_stand_on_both_sides() -> None:
    document = bilingual(
        ("Ia menolak pakta itu.", "He refused the pact."), links=(Link(3, 10, 3, 10), Link(11, 16, 15, 19))
    )
    marks = (Mark("bold", 3, 10), Mark("link", 11, 16, "https://contoh.example/a b"), Mark("italic", 11, 16))
    paper = opened(replace(document, source=replace(document.source, marks=marks)))
    _, source, target = paper.tables[0].rows[1].cells
    for cell, bold, link in ((source, "menolak", "pakta"), (target, "refused", "pact")):
        paragraph = cell.paragraphs[0]
        assert [run.text for run in paragraph.runs if run.bold] == [bold]
        assert [(h.text, h.address, h.runs[0].italic) for h in paragraph.hyperlinks] == [
            (link, "https://contoh.example/a%20b", True)
        ]


def test_an_address_that_runs_something_is_no_link() -> None:
    document = bilingual(("Satu.", "One."))
    for href in ("javascript:alert(1)", "file:///etc/passwd", "#x"):
        marked = replace(document, source=replace(document.source, marks=(Mark("link", 0, 4, href),)))
        assert b"hyperlink" not in ZipFile(BytesIO(output("docx", marked))).read("word/_rels/document.xml.rels")


def test_findings_are_comments_at_the_translation() -> None:
    paper = opened(article())
    comments = {comment.comment_id: comment for comment in paper.comments}
    assert len(comments) == 4
    for comment in comments.values():
        assert comment.author == "dwibahasa" and comment._comment_elm.get(qn("w:date")) is None
    assert {c.text for c in comments.values()} >= {"numbers: 2021 in the source, 2012 in the translation\nscore: −0.58"}
    starts = [e.getparent().getparent() for e in paper.element.body.iter(qn("w:commentRangeStart"))]
    assert [tc.getparent().tc_lst.index(tc) for tc in starts] == [2] * 4
    assert len(list(paper.element.body.iter(qn("w:commentReference")))) == 4


def test_terms_are_marked_and_listed() -> None:
    paper = opened(article())
    lines = [u.get(qn("w:val")) for u in paper.tables[0]._tbl.iter(qn("w:u"))]
    assert lines.count("dotted") == 10 and lines.count("wave") == 2
    assert [texts(row) for row in paper.tables[1].rows] == [
        ["Menteri Luar Negeri", "Foreign Minister", "also “foreign ministers”"],
        ["negara pantai", "littoral state", "also “littoral states”"],
        ["nota kesepahaman", "memorandum of understanding", "a wrong form in p2.2"],
        ["Selat Malaka", "Strait of Malacca", ""],
        ["zona ekonomi eksklusif", "exclusive economic zone", "not translated so in p4.5"],
    ]


def test_what_the_document_says_of_itself() -> None:
    about = About(author="Ratna Wibisono", outlet="Harian Selat", date="2025-03-19", url="https://contoh.example/1")
    document = replace(article(), source=replace(article().source, about=about))
    paper = opened(document)
    core = paper.core_properties
    assert core.title == "Four Countries Renew Strait of Malacca Patrol Pact as Fishermen Wait for Proof"
    assert core.subject.startswith("Empat Negara") and core.author == "Ratna Wibisono"
    assert core.created.isoformat()[:10] == core.modified.isoformat()[:10] == "2025-03-19"
    footer = "\n".join(p.text for p in paper.sections[0].footer.paragraphs)
    assert article().signature in footer
    fields = [f.get(qn("w:instr")) for f in paper.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    first, second, *_, last = [p.text for p in paper.paragraphs]
    assert first.startswith("Harian Selat · Ratna Wibisono · 2025-03-19 · https://contoh.example/1 · Machine and human")
    assert second.startswith("language: The text may be Malay")
    assert last.endswith("3 segments of boilerplate left out.")


def test_without_a_headline_the_name_is_the_title() -> None:
    paper = opened(bilingual(("Satu.", "One.")))
    assert (paper.paragraphs[0].text, paper.paragraphs[0].style.name) == ("berita.txt", "Title")
    assert paper.core_properties.created.year == 2000


def test_no_time_of_writing_stands_in_the_file() -> None:
    with ZipFile(BytesIO(output("docx", article()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            assert re.search(rb"20[12]\d-\d\d-\d\dT", archive.read(name)) is None
            if name.endswith((".xml", ".rels")):
                lxml.etree.fromstring(archive.read(name))


def test_long_titles_and_names_fit_the_properties() -> None:
    document = bilingual(("Judul " * 200, "Title " * 200), role="headline")
    assert opened(replace(document, signature="x" * 900)).core_properties.title == ("Title " * 200)[:255]


def test_replaced_characters_are_told() -> None:
    [comment] = opened(bilingual(("a\x00b", "c"))).comments
    assert "U+0000 written as U+FFFD" in comment.text


def test_five_thousand_units() -> None:
    finding = Finding("numbers", "3 is missing")
    document = bilingual(*[(f"Kalimat nomor {n} tentang pakta.", f"Sentence {n}.") for n in range(5000)])
    units = tuple(replace(u, findings=(finding,) * (n % 3 == 0)) for n, u in enumerate(document.units))
    start = time.process_time()
    content = output("docx", replace(document, units=units))
    assert time.process_time() - start < 15
    assert len(ZipFile(BytesIO(content)).read("word/document.xml")) > 1_000_000


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(output("docx", article()))
    command = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless"]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    text = (tmp_path / "a.txt").read_text("utf-8")
    assert all(unit.segment.text in text for unit in article().units if unit.role != "boilerplate")
