"""`dwibahasa build`, `--to same`, and edits that a new run of the machine keeps."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
import pytest

from conftest import Dw
from dwibahasa import read_bilingual
from dwibahasa.bilingual import reading
from dwibahasa.engines.base import Request, Translation
from dwibahasa.testing import EchoEngine

TEXT = "Presiden itu tiba di Jenewa pada Rabu. Ia menolak 5 usul. Rapat ditunda.\n"
LANGUAGE = ("--force-language", "id")


def translated(dw: Dw, folder: Path, to: str = "po", text: str = TEXT) -> Path:
    (folder / "berita.txt").write_text(text, encoding="utf-8")
    result = dw("translate", "berita.txt", "--to", to, "--quiet", *LANGUAGE)
    assert (result.exit_code, result.stderr) == (0, "")
    return folder / "berita.id-en.po"


def edit(path: Path, number: int, target: str, approve: bool = False) -> None:
    file = polib.pofile(str(path))
    file[number].msgstr = target
    if approve:
        file[number].flags.remove("fuzzy")
    file.save()


def targets(path: Path) -> list[tuple[str | None, str | None, str]]:
    return [(u.target, u.origin, u.state) for u in read_bilingual(path).units]


def test_an_edited_po_becomes_a_page(dw: Dw, tmp_path: Path, engine: EchoEngine) -> None:
    edit(translated(dw, tmp_path), 1, "He rejected the proposals.", approve=True)
    engine.requests.clear()
    result = dw("build", "berita.id-en.po", "--to", "html,jsonl,xliff,tmx", "--strict")
    assert result.exit_code == 3 and engine.requests == []
    assert "p1.s2: numbers: the source has the number 5" in result.stderr
    page = (tmp_path / "berita.id-en.html").read_text()
    assert "He rejected the proposals." in page and "RAPAT DITUNDA." in page
    for suffix in ("jsonl", "xlf", "tmx"):
        assert targets(tmp_path / f"berita.id-en.{suffix}")[1:] == [
            ("He rejected the proposals.", "human", "reviewed"),
            ("RAPAT DITUNDA.", "mt", "translated"),
        ]
    unit = read_bilingual(tmp_path / "berita.id-en.jsonl").units[1]
    assert unit.links and unit.score is None


def test_build_says_what_it_cannot_do(dw: Dw, tmp_path: Path) -> None:
    translated(dw, tmp_path)
    (tmp_path / "rusak.po").write_text('msgid "a\n')
    (tmp_path / "catatan.txt").write_text("x")
    result = dw("build", "rusak.po", "catatan.txt", "hilang.po", "berita.id-en.po")
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert result.exit_code == 1 and len(errors) == 3
    assert errors[0].startswith("error: hilang.po") or any("hilang.po: file not found" in line for line in errors)
    assert any("rusak.po: line 1: a string without its quotation marks" in line for line in errors)
    assert any("catatan.txt: not a bilingual file" in line for line in errors)
    assert (tmp_path / "berita.id-en.html").exists() and "1 of 4 files" in result.stderr.splitlines()[-1]


def test_build_replaces_nothing_by_itself(dw: Dw, tmp_path: Path) -> None:
    path = translated(dw, tmp_path)
    before = path.read_bytes()
    result = dw("build", "berita.id-en.po", "--to", "po", "--force")
    assert result.exit_code == 1 and "would replace an input" in result.stderr
    assert dw("build", "berita.id-en.po", "--quiet").exit_code == 0
    result = dw("build", "berita.id-en.po")
    assert result.exit_code == 1 and "--force" in result.stderr
    assert dw("build", "berita.id-en.po", "--to", "po", "-o", "neu").exit_code == 0
    assert path.read_bytes() == before and (tmp_path / "neu/berita.id-en.po").exists()


def test_build_of_a_folder_and_of_xliff_1_2(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "berita.txt").write_text(TEXT, encoding="utf-8")
    assert dw("translate", "berita.txt", "-o", "in", "--to", "xliff12", "--quiet", *LANGUAGE).exit_code == 0
    assert (tmp_path / "in/berita.id-en.12.xlf").exists()
    assert dw("build", "in", "-o", "out", "--to", "tsv").exit_code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["berita.id-en.tsv"]


def test_a_foreign_po_has_links_terms_and_findings(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "asing.po").write_text(
        'msgid "Presiden tiba di Korea Utara pada 2024."\nmsgstr "He arrived in Korea."\n'
    )
    (tmp_path / "g.csv").write_text("source,target\nKorea Utara,North Korea\n")
    result = dw("build", "asing.po", "--to", "jsonl", "--strict", "--glossary", "g.csv", "--no-default-glossary")
    assert result.exit_code == 3
    [unit] = read_bilingual(tmp_path / "asing.jsonl").units
    assert [(use.match.term.target, use.status) for use in unit.terms] == [("North Korea", "missed")]
    assert {finding.check for finding in unit.findings} >= {"numbers", "term"} and unit.links


def test_same_gives_a_copy_in_the_format_of_the_input(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "berita.md").write_text("# Rapat Ditunda\n\nPresiden itu **menolak** usul itu.\n")
    assert dw("translate", "berita.md", "--to", "same,po", "--quiet", *LANGUAGE).exit_code == 0
    copy = (tmp_path / "berita.en.md").read_text()
    assert copy.startswith("# RAPAT DITUNDA\n") and "MENOLAK" in copy
    edit(tmp_path / "berita.id-en.po", 1, "The president rejected it.")
    result = dw("build", "berita.id-en.po", "--to", "same,html", "--original", "berita.md", "--force")
    assert result.exit_code == 0
    assert (tmp_path / "berita.en.md").read_text() == "# RAPAT DITUNDA\n\nThe president **rejected** it.\n"
    assert dw("build", "berita.id-en.po", "--to", "same").exit_code == 2


def test_same_of_standard_input(dw: Dw) -> None:
    result = dw("translate", "-", "--to", "same", "--quiet", *LANGUAGE, stdin=TEXT.encode())
    assert result.exit_code == 0 and result.stdout.startswith("PRESIDEN ITU TIBA DI JENEWA PADA RABU.")


def test_same_where_there_is_no_such_copy(dw: Dw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dwibahasa.readers import REWRITERS

    monkeypatch.delitem(REWRITERS._functions, "text", raising=False)
    (tmp_path / "berita.txt").write_text(TEXT, encoding="utf-8")
    result = dw("translate", "berita.txt", "--to", "same", "--quiet", *LANGUAGE)
    assert result.exit_code == 1
    assert "berita.txt: --to same: there is no translated copy in the format text; known: " in result.stderr


def test_a_new_run_keeps_edits(dw: Dw, tmp_path: Path, engine: EchoEngine) -> None:
    path = translated(dw, tmp_path)
    edit(path, 1, "He rejected 5 proposals.")
    edit(path, 2, "RAPAT DITUNDA.", approve=True)
    engine.requests.clear()
    (tmp_path / "berita.txt").write_text("Kalimat baru di sini. " + TEXT, encoding="utf-8")
    result = dw("translate", "berita.txt", "--to", "po,html", "--force", *LANGUAGE)
    assert result.exit_code == 0
    assert "note: berita.txt: kept 2 edits of berita.id-en.po" in result.stderr.splitlines()
    assert targets(path)[2:] == [
        ("He rejected 5 proposals.", "human", "translated"),
        ("RAPAT DITUNDA.", "human", "reviewed"),
    ]
    assert "He rejected 5 proposals." in (tmp_path / "berita.id-en.html").read_text()
    assert len(engine.requests) == 2  # the sentences that nobody edited
    assert sorted(p.name for p in tmp_path.iterdir()) == ["berita.id-en.html", "berita.id-en.po", "berita.txt"]


def test_outputs_in_a_folder_are_no_inputs(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/berita.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in/lain.md").write_text(TEXT, encoding="utf-8")
    wanted = ("--to", "html,po,xliff12,markdown,same", "--force", "--quiet", *LANGUAGE)
    for _ in range(2):
        assert (dw("translate", "in", *wanted).exit_code, len(list((tmp_path / "in").iterdir()))) == (0, 12)
    (tmp_path / "in/berita.id-en.old.po").write_bytes((tmp_path / "in/berita.id-en.po").read_bytes())
    assert dw("build", "in", "-o", "out", "--to", "tsv").exit_code == 1  # PO and XLIFF of one text have one name
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["berita.id-en.tsv", "lain.id-en.tsv"]


def test_without_force_an_edited_file_stays(dw: Dw, tmp_path: Path) -> None:
    path = translated(dw, tmp_path)
    edit(path, 1, "He rejected 5.")
    before = path.read_bytes()
    assert dw("translate", "berita.txt", "--to", "po", *LANGUAGE).exit_code == 1
    assert path.read_bytes() == before
    assert dw("translate", "berita.txt", "--to", "html,jsonl", *LANGUAGE).exit_code == 0
    assert path.read_bytes() == before and targets(tmp_path / "berita.id-en.jsonl")[1][0] == "He rejected 5."


def test_edits_whose_sentence_changed_are_told_and_set_aside(dw: Dw, tmp_path: Path) -> None:
    path = translated(dw, tmp_path)
    edit(path, 1, "He rejected 5.")
    before = path.read_bytes()
    for number in ("", "2"):
        (tmp_path / "berita.txt").write_text(TEXT.replace("5", f"6{number}"), encoding="utf-8")
        result = dw("translate", "berita.txt", "--to", "po", "--force", *LANGUAGE)
        assert result.exit_code == 0
        if not number:
            assert (
                "warning: berita.txt: 1 edited sentence of the last run not found in the text: p1.s2" in result.stderr
            )
            assert "they are in berita.id-en.old.po" in result.stderr
    assert (tmp_path / "berita.id-en.old.po").read_bytes() == before
    assert targets(path)[1] == ("IA MENOLAK 62 USUL.", "mt", "translated")
    assert not (tmp_path / "berita.id-en.old2.po").exists()  # the second run destroyed nothing


def test_two_files_edited_differently(dw: Dw, tmp_path: Path) -> None:
    path = translated(dw, tmp_path, "po,tmx")
    edit(path, 1, "He rejected 5.")
    edit(path, 2, "Put off.")
    tmx = tmp_path / "berita.id-en.tmx"
    tmx.write_text(tmx.read_text().replace("IA MENOLAK 5 USUL.", "He declined 5.").replace("PRESIDEN", "THE PRESIDENT"))
    os.utime(path, ns=(1, 1))
    result = dw("translate", "berita.txt", "--to", "po,tmx", "--force", *LANGUAGE)
    assert result.exit_code == 0
    said = "berita.id-en.po: edited differently in a newer file, whose wording is taken: p1.s2"
    assert f"warning: berita.txt: {said}" in result.stderr.splitlines()
    assert "kept 3 edits of berita.id-en.tmx, berita.id-en.po" in result.stderr
    for file in (path, tmx):
        assert [target for target, _, _ in targets(file)] == [
            "THE PRESIDENT ITU TIBA DI JENEWA PADA RABU.", "He declined 5.", "Put off."
        ]  # fmt: skip
    assert targets(tmp_path / "berita.id-en.old.po")[1][0] == "He rejected 5."  # the older wording is not lost


def test_a_broken_file_that_may_hold_edits_is_not_replaced(dw: Dw, tmp_path: Path, engine: EchoEngine) -> None:
    path = translated(dw, tmp_path)
    path.write_text(path.read_text() + 'msgid "oops\n')
    before = path.read_bytes()
    engine.requests.clear()
    result = dw("translate", "berita.txt", "--to", "po,html", "--force", "--quiet", *LANGUAGE)
    [line] = result.stderr.splitlines()
    assert result.exit_code == 1 and "berita.id-en.po: line" in line and "it may hold edits: mend it" in line
    assert path.read_bytes() == before and engine.requests == [] and not (tmp_path / "berita.id-en.html").exists()


def test_an_edit_made_during_the_run_is_set_aside(dw: Dw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = translated(dw, tmp_path)
    translate = EchoEngine.translate

    def slowly(self: EchoEngine, requests: Iterable[Request]) -> Iterator[Translation]:
        for translation in translate(self, requests):
            edit(path, 0, "Edited meanwhile.")
            yield translation

    monkeypatch.setattr(EchoEngine, "translate", slowly)
    assert dw("translate", "berita.txt", "--to", "po", "--force", *LANGUAGE).exit_code == 0
    assert targets(tmp_path / "berita.id-en.old.po")[0][0] == "Edited meanwhile."
    assert targets(path)[0][0] == "PRESIDEN ITU TIBA DI JENEWA PADA RABU."


@pytest.mark.parametrize("fails", ["po", "tmx"])
def test_an_interrupted_run_loses_no_edit(dw: Dw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    path = translated(dw, tmp_path, "po,tmx")
    edit(path, 1, "He rejected 5.")
    real = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.suffix == f".{fails}":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    result = dw("translate", "berita.txt", "--to", "po,tmx", "--force", "--quiet", *LANGUAGE)
    assert result.exit_code == 1 and "no space left" in result.stderr
    monkeypatch.setattr(Path, "replace", real)
    assert targets(path)[1][0] == "He rejected 5."
    assert dw("translate", "berita.txt", "--to", "po,tmx", "--force", "--quiet", *LANGUAGE).exit_code == 0
    assert targets(path)[1] == targets(tmp_path / "berita.id-en.tmx")[1] == ("He rejected 5.", "human", "translated")


def test_remarks_are_kept(dw: Dw, tmp_path: Path) -> None:
    path = translated(dw, tmp_path)
    file = polib.pofile(str(path))
    file[2].tcomment = "Kapan?"
    file.save()
    assert dw("translate", "berita.txt", "--to", "po,html", "--force", *LANGUAGE).exit_code == 0
    assert polib.pofile(str(path))[2].tcomment == "Kapan?"
    assert targets(path)[2][1] == "mt" and reading(path).has_edits


def test_build_does_not_destroy_edits_in_another_file(dw: Dw, tmp_path: Path) -> None:
    path = translated(dw, tmp_path, "po,tmx")
    tmx = tmp_path / "berita.id-en.tmx"
    tmx.write_text(tmx.read_text().replace("IA MENOLAK 5 USUL.", "He declined 5."))
    edit(path, 2, "Put off.")
    result = dw("build", "berita.id-en.po", "--to", "tmx", "--force")
    assert result.exit_code == 0 and "berita.id-en.old.tmx" in result.stderr
    assert targets(tmp_path / "berita.id-en.old.tmx")[1][0] == "He declined 5."
    assert targets(tmx)[2][0] == "Put off."


SOURCE_PO = """# Terjemahan
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: en\\n"

# periksa
#: a.c:1
msgid "Simpan berkas itu."
msgstr ""

msgid ""
"Buka "
"menu itu.\\n"
msgstr ""
""

msgid "Hapus"
msgstr "Delete it"

#, fuzzy
msgid "Cetak"
msgstr "Draft"

msgid "%d berkas"
msgid_plural "%d berkas \\"baru\\""
msgstr[0] ""
msgstr[1] ""

#~ msgid "Lama"
#~ msgstr "Old"
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_po_as_a_source_gets_the_targets_that_it_lacks(dw: Dw, tmp_path: Path, engine: EchoEngine, end: str) -> None:
    (tmp_path / "asing.po").write_bytes(SOURCE_PO.replace("\n", end).encode())
    assert dw("translate", "asing.po", "--to", "same,jsonl", "--quiet", *LANGUAGE).exit_code == 0
    copy = (tmp_path / "asing.en.po").read_bytes().decode()
    expected = SOURCE_PO.replace('#: a.c:1\nmsgid "Simpan berkas itu."\nmsgstr ""', '#: a.c:1\n#, fuzzy\nmsgid '
        '"Simpan berkas itu."\nmsgstr "SIMPAN BERKAS ITU."').replace('msgid ""\n"Buka "\n"menu itu.\\n"\nmsgstr ""\n""',
        '#, fuzzy\nmsgid ""\n"Buka "\n"menu itu.\\n"\nmsgstr "BUKA MENU ITU.\\n"').replace(
        'msgid "%d', '#, fuzzy\nmsgid "%d', 1).replace('msgstr[0] ""', 'msgstr[0] "%D BERKAS"').replace(
        'msgstr[1] ""', 'msgstr[1] "%D BERKAS \\"BARU\\""')  # fmt: skip
    assert copy == expected.replace("\n", end)
    assert ("Delete it", "human", "reviewed") in targets(tmp_path / "asing.id-en.jsonl")
    assert not any("Hapus" in request.text for request in engine.requests)


def test_a_copy_in_an_encoding_that_cannot_hold_it(dw: Dw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = SOURCE_PO.replace("UTF-8", "ISO-8859-1")
    (tmp_path / "asing.po").write_bytes(text.encode("latin-1"))
    monkeypatch.setattr(EchoEngine, "_echo", lambda self, request: "“Save”")
    result = dw("translate", "asing.po", "--to", "same", "--quiet", *LANGUAGE)
    assert result.exit_code == 1 and "asing.po: '“' of a translation is not in ISO-8859-1" in result.stderr


def test_an_xliff_as_a_source(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "asing.xlf").write_text(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="id" trgLang="en"><file id="f">'
        '<unit id="u"><segment><source>Rapat itu ditunda.</source></segment><segment state="final"><source>Ia menolak.'
        "</source><target>He refused.</target></segment></unit></file></xliff>"
    )
    assert dw("translate", "asing.xlf", "--to", "po", "--quiet", *LANGUAGE).exit_code == 0
    assert targets(tmp_path / "asing.id-en.po") == [
        ("RAPAT ITU DITUNDA.", "mt", "translated"),
        ("He refused.", "human", "final"),
    ]
    result = dw("translate", "asing.xlf", "--to", "same", *LANGUAGE)
    assert result.exit_code == 1 and "no translated copy in the format xliff" in result.stderr


def test_help_names_the_formats(dw: Dw) -> None:
    from dwibahasa.writers import WRITERS

    for command in ("translate", "build"):
        said = "".join(dw(command, "--help").stdout.split())  # a long name may be cut at its hyphen
        assert "Example" in said and f"{','.join(WRITERS)},orsame" in said
