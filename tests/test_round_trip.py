"""Bilingual files written, edited and read again; files of other programs; hostile files."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.etree
import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa import read_bilingual, read_text
from dwibahasa.bilingual import BILINGUAL, Edits, placed, reading, readings, unplaced
from dwibahasa.document import About, BilingualDocument, Finding, Mark, Term
from dwibahasa.errors import InputError
from dwibahasa.exchange import block_of, finding_of, space_line, space_of, term_line, terms_of
from dwibahasa.glossary import Glossary
from dwibahasa.testing import EchoEngine
from dwibahasa.translation import Translator
from dwibahasa.writers import WRITERS, write
from test_writers import GOLDEN, NOT_XML, TEXT, bilingual, output, po_target, sample, xml_form

FORMATS = ("po", "xliff", "xliff12", "tmx", "jsonl")
every_format = pytest.mark.parametrize("name", FORMATS)
NEWS = (
    "Rusia dan Korea Utara Teken Pakta\n\nPresiden Vladimir Putin tiba di Pyongyang, Rabu (19/6).  Ia disambut Kim "
    "Jong Un.\n\nPakta itu mulai berlaku pada 2024. Ia menolak. Ia menolak.\n\n0 Komentar\n"
)
GLOSSARY = Glossary([Term("Korea Utara", "North Korea", note="Usual short form."), Term("Pakta", "Pact")])


def news() -> BilingualDocument:
    """A document as the pipeline makes it, with terms, links, findings, boilerplate and a mark."""
    document = Translator(EchoEngine(), GLOSSARY).translate(read_text(NEWS, "berita.txt"), force_language="id")
    source = replace(
        document.source,
        marks=(Mark("bold", 0, 5), Mark("link", 10, 21, "https://contoh.go.id")),
        about=About("Rusia dan Korea Utara", "Tim", "Warta Contoh", "20 Juni 2024", "https://contoh.go.id/1"),
    )
    return replace(document, source=source)


def saved(document: BilingualDocument, name: str, folder: Path, **options: bool) -> Path:
    return write(document, folder / f"berita.id-en{WRITERS.suffix(name)}", name, **options, overwrite=True)


def test_jsonl_is_lossless(tmp_path: Path) -> None:
    document = news()
    assert any(unit.terms for unit in document.units) and any(unit.findings for unit in document.units)
    assert read_bilingual(saved(document, "jsonl", tmp_path)) == document


@pytest.mark.parametrize("name", ["po", "xliff", "xliff12", "tmx"])
def test_what_each_format_holds_comes_back(name: str, tmp_path: Path) -> None:
    document = news()
    back = read_bilingual(saved(document, name, tmp_path, keep_boilerplate=True))
    held = [unit for unit in document.units if name != "tmx" or unit.target]
    for before, after in zip(held, back.units, strict=True):
        assert (after.id, after.block, after.role, after.language) == (
            before.id, before.block, before.role, before.language
        )  # fmt: skip
        assert (after.segment.text, after.target) == (before.segment.text, before.target)
        assert (after.origin, after.state, after.findings) == (before.origin, before.state, before.findings)
        assert (after.score or 0) == pytest.approx(before.score or 0, abs=1e-4)
        assert after.links == before.links
        assert [(u.match.start, u.match.end, u.status, u.form, u.start) for u in after.terms] == [
            (u.match.start, u.match.end, u.status, u.form, u.start) for u in before.terms
        ]
    assert (back.signature, back.name, back.source.about) == (
        document.signature, document.name, document.source.about
    )  # fmt: skip
    if name != "tmx":
        assert back.source.text == document.source.text and back.source.blocks == document.source.blocks
        assert [unit.segment for unit in back.units] == [unit.segment for unit in document.units]


@every_format
@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.tuples(TEXT, TEXT, st.sampled_from(["", " ", "\n\n", "\t "])), min_size=1, max_size=3))
def test_any_text_survives(
    name: str, texts: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    document = bilingual(*((source, target) for source, target, _ in texts))
    spaced = zip(document.units, texts, strict=True)
    units = tuple(replace(u, segment=replace(u.segment, space=space)) for u, (_, _, space) in spaced)
    document = replace(document, units=units)
    read = BILINGUAL[name if name != "xliff12" else "xliff"](output(name, document), "x").document
    form: Callable[[str], str] = str if name in ("jsonl", "xliff") else xml_form
    wanted = []
    for unit in units:
        source, target = form(unit.segment.text), form(unit.target or "")
        wanted.append((unit.id, source, (po_target(source, target) if name == "po" else target) or None))
    assert [(u.id, u.segment.text, u.target) for u in read.units] == wanted
    assert [u.segment.space for u in read.units] == [u.segment.space for u in units]
    if not any(NOT_XML.search(source + target) for source, target, _ in texts):
        assert all(u.origin == "mt" for u in read.units if u.target)


@every_format
@settings(max_examples=20, deadline=None)
@given(text=st.text(min_size=1))
def test_any_finding_term_and_name_is_harmless(name: str, text: str) -> None:
    document = bilingual(("Satu.", "One."), findings=(Finding(text, text), Finding("remark", text)))
    document = replace(document, source=replace(document.source, name=text), signature=text)
    [unit] = BILINGUAL[name if name != "xliff12" else "xliff"](output(name, document), "x").document.units
    assert (unit.segment.text, unit.target, unit.origin, unit.state) == ("Satu.", "One.", "mt", "translated")


def edited_po(path: Path, change: Callable[[polib.POFile], object]) -> None:
    file = polib.pofile(str(path), wrapwidth=78)
    change(file)
    file.save()


def test_an_edited_po(tmp_path: Path) -> None:
    document = bilingual(
        ("Satu 5.", "One 5."), ("Dua.", "Two."), ("Tiga.", "Three."), ("Empat.", "Four."), ("Lima.", None)
    )
    path = saved(document, "po", tmp_path)

    def change(file: polib.POFile) -> None:
        file[0].msgstr = "Six."  # still fuzzy
        file[1].flags.remove("fuzzy")
        file[3].msgstr = ""
        file[4].msgstr = "Five."
        file[4].tcomment = "Tanya redaksi."

    edited_po(path, change)
    units = read_bilingual(path).units
    assert [(u.target, u.origin, u.state) for u in units] == [
        ("Six.", "human", "translated"),
        ("Two.", "human", "reviewed"),
        ("Three.", "mt", "translated"),
        (None, None, "initial"),
        ("Five.", "human", "translated"),
    ]
    assert [f.check for f in units[0].findings] == ["numbers"] and units[0].score is None
    assert units[4].findings == (Finding("remark", "Tanya redaksi."),)
    assert read_bilingual(saved(read_bilingual(path), "po", tmp_path)).units == units


@pytest.mark.parametrize("name", ["xliff", "xliff12"])
def test_an_edited_xliff(name: str, tmp_path: Path) -> None:
    path = saved(bilingual(("Satu.", "One."), ("Dua.", "Two."), ("Tiga.", "Three.")), name, tmp_path)
    root = lxml.etree.parse(path)
    targets = list(root.iter("{*}target"))
    targets[0].text = "The first."
    if name == "xliff":
        targets[1].getparent().set("state", "final")
    else:
        targets[1].set("state", "final")
    root.write(path)
    assert [(u.target, u.origin, u.state) for u in read_bilingual(path).units] == [
        ("The first.", "human", "translated"),
        ("Two.", "human", "final"),
        ("Three.", "mt", "translated"),
    ]


def test_a_confirmed_xliff_1_2(tmp_path: Path) -> None:
    path = saved(bilingual(("Satu.", "One."), ("Dua.", "Two.")), "xliff12", tmp_path)
    text = path.read_text().replace("needs-review-translation", "translated", 1).replace('="no"', '="yes"', 1)
    path.write_text(text)
    assert [(u.origin, u.state) for u in read_bilingual(path).units] == [("human", "reviewed"), ("mt", "translated")]


@pytest.mark.parametrize("name", ["tmx", "jsonl"])
def test_edited_in_an_editor(name: str, tmp_path: Path) -> None:
    path = saved(bilingual(("Satu 7.", "One 7."), ("Dua.", "Two.")), name, tmp_path)
    path.write_text(path.read_text().replace("One 7.", "A first."))
    first, second = read_bilingual(path).units
    assert (first.target, first.origin, first.score, first.links) == ("A first.", "human", None, ())
    assert [f.check for f in first.findings] == ["numbers"]
    assert (second.target, second.origin) == ("Two.", "mt")


def test_terms_of_an_edited_target_are_checked_anew(tmp_path: Path) -> None:
    engine = EchoEngine(term_markup=True)
    text = read_text("Presiden itu tiba di Korea Utara pada Rabu.", "berita.txt")
    document = Translator(engine, GLOSSARY).translate(text, force_language="id")
    path = saved(document, "po", tmp_path)
    edited_po(path, lambda file: setattr(file[0], "msgstr", file[0].msgstr.replace("North Korea", "the North")))
    [unit] = read_bilingual(path, GLOSSARY).units
    assert [(use.status, use.match.term.note) for use in unit.terms] == [("missed", "Usual short form.")]
    assert [f.check for f in unit.findings if f.check == "term"] == ["term"]


def test_white_space_is_no_edit(tmp_path: Path) -> None:
    path = saved(bilingual(("Satu dua.", "One  two.\r\nThree.")), "tmx", tmp_path)
    path.write_text(path.read_text().replace("One  two.", "One two."))
    assert read_bilingual(path).units[0].origin == "mt"


FOREIGN_PO = """# Terjemahan
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: en_GB\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: src/a.c:10
msgid "Simpan"
msgstr "Save"

# periksa
#, fuzzy, c-format
#| msgid "Hapus"
msgid "Hapus %d"
msgstr "Delete %d"

msgid "%d berkas"
msgid_plural "%d berkas-berkas"
msgstr[0] "%d file"
msgstr[1] "%d files"

msgctxt "menu"
msgid ""
"Buka\\t"
"lagi"
msgstr ""

#~ msgid "Lama"
#~ msgstr "Old"
"""


@pytest.mark.parametrize("prefix", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_po_of_another_program(prefix: str, end: str, tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes((prefix + FOREIGN_PO).replace("\n", end).encode())
    document = read_bilingual(path)
    assert (document.source_language, document.target_language) == ("id", "en-GB")
    assert [(u.segment.text, u.target, u.origin, u.state) for u in document.units] == [
        ("Simpan", "Save", "human", "reviewed"),
        ("Hapus %d", "Delete %d", "memory", "translated"),
        ("%d berkas", "%d file", "human", "reviewed"),
        ("%d berkas-berkas", "%d files", "human", "reviewed"),
        ("Buka\tlagi", None, None, "initial"),
    ]
    assert [f.message for f in document.findings] == ["left out: obsolete message (1)"]
    assert Finding("remark", "periksa") in document.units[1].findings


def test_a_po_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(FOREIGN_PO.replace("UTF-8", "ISO-8859-1").replace("Save", "Café").encode("latin-1"))
    assert read_bilingual(path).units[0].target == "Café"
    path.write_bytes(FOREIGN_PO.replace("Save", "Café").encode("latin-1"))
    with pytest.raises(InputError, match=r"a\.po: not utf-8"):
        reading(path)


OMEGAT_12 = """<?xml version="1.0" encoding="utf-8"?>
<!-- made by a tool -->
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff">
 <file original="a.docx" source-language="id-ID" target-language="en-US" datatype="x-docx">
  <body>
   <trans-unit id="tu 1" mq:status="ManuallyConfirmed">
    <source>Menurut <g id="1">laporan</g><x id="2" ctype="lb"/>itu.</source>
    <target>According to the <g id="1">report</g>.</target><note>Nama resmi?</note></trans-unit>
   <trans-unit id="2"><source>A. B.</source>
    <seg-source><mrk mtype="seg" mid="0">Satu.</mrk> <mrk mtype="seg" mid="1"><bpt id="1">&lt;b&gt;</bpt>Dua.<ept
     id="1">&lt;/b&gt;</ept></mrk></seg-source>
    <target state="needs-review-translation" state-qualifier="mt-suggestion"><mrk mtype="seg" mid="0">One.</mrk> <mrk
     mtype="seg" mid="1">Two.</mrk></target></trans-unit>
   <trans-unit id="3" translate="no"><source>ID-1</source></trans-unit>
   <trans-unit id="4" approved="yes"><source>Empat.</source><target/></trans-unit>
   <trans-unit id="5" approved="yes"><source>Lima.</source><target state="translated">Five.</target></trans-unit>
  </body>
 </file>
</xliff>"""


def test_an_xliff_1_2_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "a.sdlxliff"
    path.write_text(OMEGAT_12)
    document = read_bilingual(path)
    assert (document.source_language, document.target_language) == ("id-ID", "en-US")
    assert [(u.segment.text, u.target, u.origin, u.state) for u in document.units] == [
        ("Menurut laporan\nitu.", "According to the report.", "human", "reviewed"),
        ("Satu.", "One.", "mt", "translated"),
        ("Dua.", "Two.", "mt", "translated"),
        ("Empat.", None, None, "initial"),
        ("Lima.", "Five.", "human", "reviewed"),
    ]
    assert document.units[0].findings[:1] == (Finding("remark", "Nama resmi?"),)
    assert [(u.block, u.segment.space) for u in document.units[1:3]] == [("2", " "), ("2", "\n\n")]
    assert [f.message for f in document.findings] == [
        "inline elements flattened: 5",
        "left out: a unit that must not be translated (1)",
    ]


XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="id" trgLang="en">
 <file id="f"><unit id="u1"><notes><note>Hati-hati</note></notes>
  <segment state="reviewed"><source>Satu <pc id="1">dua</pc><ph id="2"/>.</source>
   <target>One <pc id="1">two</pc>.</target></segment>
  <ignorable><source>  </source></ignorable>
  <segment><source>Tiga<cp hex="0007"/>.</source></segment></unit></file>
 <file id="g"><unit id="u1"><segment><source>Empat.</source></segment></unit>
  <unit id="u2" translate="no"><segment><source>X</source></segment></unit></file>
</xliff>"""


def test_an_xliff_2_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "a.xliff"
    path.write_text(XLIFF_2)
    document = read_bilingual(path)
    assert [(u.segment.text, u.segment.space, u.target, u.origin, u.state) for u in document.units] == [
        ("Satu dua.", "  ", "One two.", "human", "reviewed"),
        ("Tiga\x07.", " ", None, None, "initial"),
        ("Empat.", "", None, None, "initial"),
    ]
    assert len({u.id for u in document.units}) == 3
    assert [f.message for f in document.findings] == [
        "files read as one document: 2",
        "inline elements flattened: 3",
        "left out: a segment that must not be translated (1)",
    ]


FOREIGN_TMX = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="*all*" segtype="sentence"><prop type="x-own">y</prop></header><body>
<tu tuid="7"><tuv xml:lang="de"><seg>Eins.</seg></tuv>
<tuv xml:lang="EN-US"><seg>One <bpt i="1">{b}</bpt>two<ept i="1">{/b}</ept>.</seg></tuv>
<tuv xml:lang="ID-ID"><seg>Satu <hi>dua</hi>.</seg></tuv></tu>
<tu><prop type="x-own">odd</prop><note>lihat</note><tuv lang="ID-ID"><seg>Tiga.</seg></tuv>
<tuv lang="EN-US"><seg>Three.</seg></tuv></tu>
<tu><tuv xml:lang="EN-US"><seg>No source.</seg></tuv></tu>
</body></tmx>"""


def test_a_tmx_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(FOREIGN_TMX)
    document = read_bilingual(path)
    assert (document.source_language, document.target_language) == ("ID-ID", "EN-US")
    assert [(u.segment.text, u.target, u.origin) for u in document.units] == [
        ("Satu dua.", "One two.", "human"),
        ("Tiga.", "Three.", "human"),
    ]
    assert [f.message for f in document.findings] == [
        "inline elements flattened: 3",
        "left out: a text in de (1)",
        "left out: a unit without a source text (1)",
    ]


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    ("suffix", "content", "said"),
    [
        ("tmx", LAUGHS + "<tmx>&i;</tmx>", "entit"),
        ("xlf", LAUGHS + '<xliff version="&i;"/>', "entit"),
        ("xlf", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff version="1.2">&e;</xliff>', "entit"),
        ("xlf", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><xliff version="1.2">&e;</xliff>', "entit|not well"),
        ("xlf", '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><xliff version="2.0"/>', "entit"),
        ("xlf", "<a>" * 100_000, "not well-formed"),
        ("xlf", "<xliff version='3.0'/>", "not XLIFF"),
        ("xlf", "", "not well-formed"),
        ("tmx", "<html/>", "not TMX"),
        ("tmx", "<?xml version='1.0' encoding='x-unknown'?><tmx/>", "not well-formed"),
        ("po", 'msgid "a\nmsgstr "b"\n', "line 1"),
        ("po", 'msgid "a"\n\nmsgctxt "b"\n', "without its msgid"),
        ("po", 'msgid "a"\nmsgid "b"\nmsgstr ""\n', "without its msgid or msgstr"),
        ("po", "halo\n", "line 1: not PO"),
        ("po", 'msgid ""\nmsgstr "Content-Type: text/plain; charset=x-unknown\\n"\n', "unknown encoding"),
        ("jsonl", "{", "line 1: not JSON"),
        ("jsonl", "[" * 200_000, "line 1: not JSON"),
        ("jsonl", '{"type": "unit"}', "first line"),
        ("jsonl", "", "first line"),
        ("jsonl", '{"type": "document", "schema": 2}', "newer"),
    ],
)
def test_bad_files_are_refused_in_one_line(suffix: str, content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / f"buruk.{suffix}"
    path.write_text(content)
    start = time.process_time()
    with pytest.raises(InputError, match=said) as caught:
        reading(path)
    message = str(caught.value)
    assert message.startswith(("buruk.", str(path))) and "\n" not in message and len(message) < 300
    assert "root:" not in message and time.process_time() - start < 5


def test_a_huge_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("dwibahasa.bilingual._xml.MAX_BYTES", 100)
    path = saved(sample(), "tmx", tmp_path)
    with pytest.raises(InputError, match="MB of XML, more than"):
        reading(path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("origin", "robot"),
        ("state", 3),
        ("links", [[1, 2, 3]]),
        ("terms", [{}]),
        ("source", None),
        ("score", 2),
        ("id", 5),
    ],
)
def test_a_wrong_value_in_jsonl_is_told_with_its_line(key: str, value: object, tmp_path: Path) -> None:
    head, first, *rest = output("jsonl", sample()).decode().splitlines()
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([head, json.dumps({**json.loads(first), key: value}), *rest]))
    with pytest.raises(InputError, match=r"a\.jsonl: line 2: not a unit"):
        reading(path)


def test_jsonl_of_the_first_version_is_read(tmp_path: Path) -> None:
    def old(line: dict[str, Any]) -> dict[str, Any]:
        for key in ("schema", "format", "about", "lead", "marks", "reason", "space", "written"):
            line.pop(key, None)
        line["terms"] = [
            {k: t[k] for k in ("source", "target", "status", "form", "step", "source_span", "target_span")}
            for t in line.get("terms", ())
        ]
        return line

    path = saved(news(), "jsonl", tmp_path)
    path.write_text("\n".join(json.dumps(old(json.loads(line))) for line in path.read_text().splitlines()))
    document = read_bilingual(path)
    assert [(u.id, u.segment.text, u.target) for u in document.units] == [
        (u.id, u.segment.text, u.target) for u in news().units
    ]


def test_the_published_schema_holds(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    root = Path(__file__).parent.parent
    schema = json.loads((root / "src/dwibahasa/data/jsonl.schema.json").read_text())
    assert json.loads((root / "docs/formats/jsonl.schema.json").read_text()) == schema
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for document in (sample(), news()):
        for line in output("jsonl", document).decode().splitlines():
            record = json.loads(line)
            assert validator.is_valid(record), list(validator.iter_errors(record))
            definition = schema["$defs"][record["type"]]
            assert set(record) == set(definition["properties"]) == set(definition["required"])
            assert not validator.is_valid({**record, "type": "x"})


@pytest.mark.parametrize(("name", "dtd"), [("xliff", "xliff21-part.dtd"), ("xliff12", "xliff12-part.dtd")])
@pytest.mark.parametrize("make", [sample, news, bilingual])
def test_xliff_has_what_the_specification_asks_and_nothing_else(
    name: str, dtd: str, make: Callable[[], BilingualDocument]
) -> None:
    root = lxml.etree.fromstring(output(name, make(), keep_boilerplate=True))
    model = lxml.etree.DTD(GOLDEN / dtd)
    assert model.validate(root), model.error_log
    for kind in ("unit", "group", "trans-unit"):
        ids = [element.get("id") for element in root.iter(f"{{*}}{kind}")]
        assert len(set(ids)) == len(ids)
    for unit in root.iter("{*}unit"):
        marks = [mark.get("id") for mark in unit.iterfind("*/{*}source/{*}mrk")]
        assert {entry.get("ref") for entry in unit.iter("{*}glossEntry")} == {f"#{mark}" for mark in marks}
        assert {mark.get("id") for mark in unit.iterfind("*/{*}target/{*}mrk")} <= set(marks)


@pytest.mark.parametrize(
    ("name", "store"),
    [("po", "po:pofile"), ("tmx", "tmx:tmxfile"), ("xliff12", "xliff:xlifffile"), ("xliff", "xliff2:Xliff2File")],
)
def test_translate_toolkit_reads_all_pairs_back(name: str, store: str, tmp_path: Path) -> None:
    pytest.importorskip("translate")
    from importlib import import_module

    module, kind = store.split(":")
    factory = getattr(import_module(f"translate.storage.{module}"), kind)
    document = news()
    with saved(document, name, tmp_path).open("rb") as file:
        units = [unit for unit in factory.parsefile(file).units if unit.source]
    expected = [(u.segment.text, u.target) for u in document.units if u.target]
    assert [(str(unit.source), str(unit.target)) for unit in units] == expected


def translated(text: str) -> BilingualDocument:
    return Translator(EchoEngine()).translate(read_text(text, "berita.txt"), force_language="id")


def test_edits_find_their_sentences_again(tmp_path: Path) -> None:
    document = translated("Ia menolak. Rapat ditunda. Ia menolak.")
    path = saved(document, "po", tmp_path)
    edited_po(
        path, lambda file: [setattr(file[n], "msgstr", text) for n, text in ((1, "Put off."), (2, "He refused."))]
    )
    edits = Edits.merged(readings([path]))
    again = edits.assigned(read_text("Baru sekali. Ia menolak. Rapat  ditunda."))
    assert {id: edit.unit.target for id, edit in again.items()} == {"p1.s2": "He refused.", "p1.s3": "Put off."}
    gone = edits.assigned(read_text("Ia menolak."))
    assert [edit.unit.target for edit in unplaced(edits, gone.values())] == ["Put off."]


def test_a_text_read_anew_takes_its_translation_back(tmp_path: Path) -> None:
    document = news()
    back = read_bilingual(saved(document, "po", tmp_path), GLOSSARY)
    assert not back.source.marks
    whole = placed(document.source, back)
    assert whole.source == document.source and [u.segment for u in whole.units] == [u.segment for u in document.units]
    assert [(u.id, u.target, u.links, u.state) for u in whole.units] == [
        (u.id, u.target, u.links, u.state) for u in document.units
    ]
    shorter = placed(document.source, replace(back, units=back.units[1:]))
    assert any(f == Finding("untranslated", "without a translation: h1.s1") for f in shorter.findings)


@given(st.text(alphabet=" \t\n\r\u00a0\u2028"))
def test_white_space_in_one_line(space: str) -> None:
    assert space_of(space_line(space)) == space


def test_lines_of_facts() -> None:
    use = sample().units[0].terms[1]
    [(term, status)] = terms_of([term_line(use), "no term"])
    assert (term.source, term.target, term.accept, status) == (
        "Selat Malaka", "Strait of Malacca", ("Malacca Strait",), "variant"
    )  # fmt: skip
    assert terms_of(["a → b (exact)", "a → b (c) (missed)", "→ b (exact)", "a → (exact)", "a → b (odd)"]) == [
        (Term("a", "b"), "exact"),
        (Term("a", "b (c)"), "missed"),
    ]
    assert space_of("U+0041") is None and space_of("x") is None and space_of("U+FFFFFF") is None
    assert finding_of("a: b: c") == Finding("a", "b: c") and finding_of("x") == Finding("remark", "x")
    assert (block_of("p3.s2"), block_of("x")) == ("p3", "x")


def test_long_lines_of_facts_take_no_time() -> None:
    start = time.process_time()
    line = "a → (exact, found: " * 50_000
    assert terms_of([line, line + ")", "→ " * 200_000 + "(exact"])[0][0].source == "a"
    assert space_of("U+000A " * 200_000) and finding_of(": " * 200_000)
    assert time.process_time() - start < 2


def test_a_suffix_without_reader(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape("a.txt: not a bilingual file; those that are read: PO, XLIFF")):
        read_bilingual(tmp_path / "a.txt")
    with pytest.raises(InputError, match=r"a\.po: file not found"):
        read_bilingual(tmp_path / "a.po")
