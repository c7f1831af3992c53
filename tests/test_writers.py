"""What holds for every writer in the registry, and what PO, TMX and JSON Lines add.

`python tests/test_writers.py` writes the golden files anew.
"""

import csv
import errno
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa import __version__
from dwibahasa.document import (
    BilingualDocument,
    Block,
    Document,
    Finding,
    Link,
    Role,
    Segment,
    Term,
    TermMatch,
    TermUse,
    TranslationUnit,
)
from dwibahasa.errors import OutputError, UnknownNameError
from dwibahasa.writers import WRITERS, write
from published import read_docx, read_epub, read_interlinear, read_markdown

GOLDEN = Path(__file__).parent / "data" / "writers"
GOLDEN_FORMATS = ("po", "tmx", "xliff", "xliff12", "tsv", "jsonl")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Pair = tuple[str, str, str | None]  # unit id, source, target


def bilingual(*texts: tuple[str, str | None], role: Role = "paragraph", **options: Any) -> BilingualDocument:
    """A document of one block and a unit for each pair of texts; OPTIONS are those of every unit."""
    text, units = "", []
    for number, (source, target) in enumerate(texts, 1):
        segment = Segment(source, len(text), " ")
        text += source + " "
        settled: dict[str, Any] = {} if target is None else {"origin": "mt", "state": "translated"}
        units.append(TranslationUnit(f"p1.s{number}", "p1", role, segment, target, **{**settled, **options}))
    block = Block("p1", role, tuple(u.segment for u in units))
    return BilingualDocument(Document(text, (block,), "berita.txt"), tuple(units), signature="model:echo|beam:2")


def sample() -> BilingualDocument:
    """A unit of every kind that the formats tell apart."""
    term = Term("Selat Malaka", "Strait of Malacca", accept=("Malacca Strait",))
    use = TermUse(TermMatch(term, 8, 20), "variant", "Malacca Strait", 28, 42, "model")
    lost = TermUse(TermMatch(Term("patroli", "patrol"), 0, 7), "missed")
    base = bilingual(
        ("Patroli Selat Malaka ditunda.", "Vessels' rounds in the busy Malacca Strait are put off."),
        ("Ia menolak.", "He refused."),
        ("“We will not stop until it is done.”", "“We will not stop until it is done.”"),
        ("Ia menolak.", None),
        ("0 Komentar", None),
        ('Tanda "kutip", \\ & <b>tebal</b>.', 'Marks "quoted", \\ & <b>bold</b>.'),
    )
    first, second, third, fourth, fifth, sixth = base.units
    finding = Finding("number", "3 of the source is missing")
    units = (
        replace(first, score=-0.41236, terms=(lost, use), links=(Link(0, 7, 0, 8),), findings=(finding,)),
        replace(second, origin="human", state="final"),
        replace(third, origin="copied", language="en"),
        fourth,
        replace(fifth, block="x1", role="boilerplate"),
        sixth,
    )
    return replace(base, units=units, findings=(Finding("language", "this may be Malay"),))


def read_po(content: bytes, folder: Path) -> list[Pair]:
    path = folder / "out.po"
    path.write_bytes(content)
    return [(entry.msgctxt, entry.msgid, entry.msgstr or None) for entry in polib.pofile(str(path))]


def read_tmx(content: bytes, folder: Path) -> list[Pair]:
    pairs = []
    for unit in lxml.etree.fromstring(content).iter("tu"):
        source, target = (tuv.find("seg").text or "" for tuv in unit.findall("tuv"))
        pairs.append((unit.get("tuid"), source, target or None))
    return pairs


def read_xliff(content: bytes, folder: Path) -> list[Pair]:
    """The pairs of XLIFF 2.1 and 1.2, the marks in them left out, the characters XML cannot hold put back."""
    pairs: list[Pair] = []
    for unit in lxml.etree.fromstring(content).iter("{*}unit", "{*}trans-unit"):
        for escaped in unit.iter("{*}cp"):
            escaped.text = f"\ue000{escaped.get('hex')}\ue001"
        source, target = (unit.find(f".//{{*}}{name}") for name in ("source", "target"))
        texts = [
            "" if e is None else re.sub("\ue000(....)\ue001", _character, "".join(e.itertext()))
            for e in (source, target)
        ]
        pairs.append((unit.get("id"), texts[0], texts[1] or None))
    return pairs


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def read_tsv(content: bytes, folder: Path) -> list[Pair]:
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter="\t"))
    assert rows[0] == ["id", "role", "source", "target", "state", "origin", "score", "terms", "findings"]
    assert not any(field[:1] in FORMULA for row in rows[1:] for field in (*row[:6], *row[7:]))
    texts = [[re.sub("^'(?='*[=+\\-@\t\r\n＝＋－＠])", "", field) for field in row] for row in rows[1:]]
    return [(row[0], row[2], row[3] or None) for row in texts]


FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def read_jsonl(content: bytes, folder: Path) -> list[Pair]:
    records = [json.loads(line) for line in content.decode().splitlines()]
    assert [r["type"] for r in records] == ["document"] + ["unit"] * (len(records) - 1)
    return [(r["id"], r["source"], r["target"]) for r in records[1:]]


def read_html(content: bytes, folder: Path) -> list[Pair]:
    pairs = []
    for row in lxml.html.document_fromstring(content.decode()).iter("tr"):
        if row.get("id"):
            source, target = row.findall("td")[:2]
            pairs.append((row.get("id"), source.text_content(), target.text_content() if target.get("lang") else None))
    return pairs


def po_target(source: str, target: str) -> str:
    """PO demands line feeds at the ends of the target exactly where the source has them."""
    core = target.strip("\n")
    return core and "\n" * source.startswith("\n") + core + "\n" * source.endswith("\n")


def xml_form(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)


def line_form(text: str) -> str:
    """In Markdown a text is one line."""
    return re.sub("[\r\n\x85\u2028\u2029]+", " ", xml_form(text)).strip()


# The reader of each format, and the form in which it gives a pair of texts back. A format without an entry fails here.
READERS: dict[str, tuple[Callable[[bytes, Path], list[Pair]], Callable[[str, str], tuple[str, str]]]] = {
    "docx": (read_docx, lambda s, t: (xml_form(s), xml_form(t))),
    "epub": (read_epub, lambda s, t: (xml_form(s), xml_form(t))),
    "html": (read_html, lambda s, t: (NOT_HTML.sub("\ufffd", s), NOT_HTML.sub("\ufffd", t))),
    "jsonl": (read_jsonl, lambda s, t: (s, t)),
    "markdown": (read_markdown, lambda s, t: (line_form(s), line_form(t))),
    "markdown-interlinear": (read_interlinear, lambda s, t: (line_form(s), line_form(t))),
    "po": (read_po, lambda s, t: (xml_form(s), po_target(xml_form(s), xml_form(t)))),
    "tmx": (read_tmx, lambda s, t: (xml_form(s), xml_form(t))),
    "tsv": (read_tsv, lambda s, t: (xml_form(s), xml_form(t))),
    "xliff": (read_xliff, lambda s, t: (s, t)),
    "xliff12": (read_xliff, lambda s, t: (xml_form(s), xml_form(t))),
}

# Formats of one language alone, which have no pairs to give back; tests of their own look at them.
ONE_LANGUAGE = {"text"}

every_writer = pytest.mark.parametrize("name", list(WRITERS))
every_pair_writer = pytest.mark.parametrize("name", [name for name in WRITERS if name not in ONE_LANGUAGE])

# The characters left out are those that the HTML reader of libxml2 itself changes.
TEXT = st.text(st.characters(exclude_characters="\x0c\ufffe\uffff"), min_size=1) | st.sampled_from(
    ["\x00\x07\x1b[31m", "\ud800", "]]>", "<seg>&amp;</seg>", '"\\n"', "a\r\nb", "\u2028\u2029\x85\u202e", "\\", "#~ x"]
)


def output(name: str, document: BilingualDocument, **options: bool) -> bytes:
    content = WRITERS[name](document, **options)
    return content if isinstance(content, bytes) else content.encode("utf-8")


@every_pair_writer
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
def test_any_text_comes_back(name: str, texts: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    read, form = READERS[name]
    pairs = read(output(name, bilingual(*texts)), tmp_path_factory.getbasetemp())
    expected = [(f"p1.s{n}", *form(source, target)) for n, (source, target) in enumerate(texts, 1)]
    assert pairs == [(id, source, target or None) for id, source, target in expected]


@every_pair_writer
@settings(max_examples=30, deadline=None)
@given(text=TEXT)
def test_any_text_around_the_units_does_no_harm(name: str, text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    use = TermUse(TermMatch(Term(text, text), 0, 1), "repaired", text, 0, 1, "repair")
    document = bilingual(("Satu.", "One."), terms=(use,), findings=(Finding(text, text),))
    document = replace(
        document,
        source=replace(document.source, name=text),
        signature=text,
        findings=(Finding(text, text),),
    )
    pairs = READERS[name][0](output(name, document), tmp_path_factory.getbasetemp())
    assert pairs == [("p1.s1", "Satu.", "One.")]


@every_pair_writer
def test_a_document_without_units_is_a_valid_file(name: str, tmp_path: Path) -> None:
    assert READERS[name][0](output(name, bilingual()), tmp_path) == []


@every_writer
def test_same_document_same_bytes(name: str) -> None:
    assert output(name, sample()) == output(name, sample())


@every_writer
def test_the_suffix_chooses_the_writer_and_nothing_else_is_written(name: str, tmp_path: Path) -> None:
    path = write(sample(), tmp_path / "new" / "folder" / f"berita{WRITERS.suffix(name)}")
    assert path.read_bytes() == output(name, sample())
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", GOLDEN_FORMATS)
def test_golden(name: str) -> None:
    content = output(name, sample()).decode().replace(__version__, "VERSION")
    assert content == (GOLDEN / f"sample{WRITERS.suffix(name)}").read_text("utf-8"), (
        "if this is meant: python tests/test_writers.py"
    )


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in ("jsonl", *ONE_LANGUAGE)])
def test_boilerplate_is_left_out_unless_kept(name: str, tmp_path: Path) -> None:
    document = bilingual(("0 Komentar", "0 comments"), role="boilerplate")
    read = READERS[name][0]
    assert read(output(name, document), tmp_path) == []
    assert read(output(name, document, keep_boilerplate=True), tmp_path) == [("p1.s1", "0 Komentar", "0 comments")]


def po_entries(document: BilingualDocument, folder: Path) -> list[polib.POEntry]:
    (folder / "out.po").write_bytes(output("po", document))
    return list(polib.pofile(str(folder / "out.po")))


def test_po_flags_what_no_human_has_seen(tmp_path: Path) -> None:
    def flags(target: str | None, **options: Any) -> list[str]:
        [entry] = po_entries(bilingual(("Satu.", target), **options), tmp_path)
        return entry.flags

    for origin in ("mt", "memory", "copied"):
        assert flags("One.", origin=origin, state="translated") == ["fuzzy"]
        assert flags("One.", origin=origin, state="reviewed") == []
    assert flags("One.", origin="human", state="final") == []
    assert flags("One.", origin="human", state="translated") == []
    assert flags(None) == []


def test_po_has_an_entry_for_each_repeated_sentence(tmp_path: Path) -> None:
    entries = po_entries(bilingual(*[("Ia menolak.", "He refused.")] * 3), tmp_path)
    assert [(e.msgctxt, e.msgid) for e in entries] == [(f"p1.s{n}", "Ia menolak.") for n in (1, 2, 3)]


def test_replaced_characters_are_told() -> None:
    document = bilingual(("a\x00b", "c\x1b\ud800"))
    for name in ("po", "tmx", "xliff12", "tsv"):
        content = output(name, document).decode()
        assert "source: U+0000 written as U+FFFD" in content
        assert "target: U+001B, U+D800 written as U+FFFD" in content


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext's msgfmt is not installed")
@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.tuples(TEXT, st.none() | TEXT), min_size=1, max_size=6), name=TEXT)
def test_msgfmt_accepts_any_po(
    texts: list[tuple[str, str | None]], name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    document = bilingual(("Sama.", "Same."), ("Sama.", "Same."), *texts)
    document = replace(document, source=replace(document.source, name=name), findings=(Finding("x", name),))
    document = replace(document, units=tuple(replace(u, findings=document.findings) for u in document.units))
    path = tmp_path_factory.getbasetemp() / "check.po"
    path.write_bytes(output("po", document))
    run = subprocess.run(
        ["msgfmt", "--check", "-o", os.devnull, str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_tmx_has_what_the_dtd_asks_and_nothing_else() -> None:
    root = lxml.etree.fromstring(output("tmx", sample(), keep_boilerplate=True))
    dtd = lxml.etree.DTD(GOLDEN / "tmx14-part.dtd")
    assert dtd.validate(root), dtd.error_log
    header = root.find("header")
    assert dict(root.attrib) == {"version": "1.4"}
    assert dict(header.attrib) == {
        "creationtool": "dwibahasa",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "dwibahasa",
        "adminlang": "en",
        "srclang": "id",
        "datatype": "plaintext",
    }
    assert [note.text for note in header.iter("note")] == ["without a translation, left out: p1.s4, p1.s5"]
    units = root.findall("body/tu")
    assert [tu.get("tuid") for tu in units] == ["p1.s1", "p1.s2", "p1.s3", "p1.s6"]
    for tu in units:
        assert [tuv.get(XML_LANG) for tuv in tu.findall("tuv")] == ["id", "en"]
    props = [(p.get("type"), p.text) for p in units[0].iter("prop")]
    assert ("x-score", "-0.4124") in props and ("x-state", "translated") in props
    assert ("x-term", "Selat Malaka → Strait of Malacca (variant, found: Malacca Strait)") in props


def test_jsonl_has_everything() -> None:
    lines = output("jsonl", sample()).decode().splitlines()
    head, first, *others = map(json.loads, lines)
    assert head == {
        "type": "document",
        "schema": 1,
        "name": "berita.txt",
        "source_language": "id",
        "target_language": "en",
        "signature": "model:echo|beam:2",
        "format": "text",
        "about": {"title": "", "author": "", "outlet": "", "date": "", "url": ""},
        "lead": "",
        "marks": [],
        "findings": [{"check": "language", "message": "this may be Malay"}],
    }
    assert first["links"] == [[0, 7, 0, 8]] and first["score"] == -0.41236
    assert [(t["source"], t["target"], t["status"], t["target_span"]) for t in first["terms"]] == [
        ("patroli", "patrol", "missed", None),
        ("Selat Malaka", "Strait of Malacca", "variant", [28, 42]),
    ]
    assert [(u["id"], u["role"], u["target"]) for u in others[2:4]] == [
        ("p1.s4", "paragraph", None),
        ("p1.s5", "boilerplate", None),
    ]
    for unit in (first, *others):
        assert sample().source.text[unit["start"] : unit["end"]] == unit["source"]


def test_jsonl_names_no_folder_of_this_machine() -> None:
    use = TermUse(TermMatch(Term("Satu", "One", file=str(Path("/home/ana/istilah.po")), line=3), 0, 4), "missed")
    line = output("jsonl", bilingual(("Satu.", "A."), terms=(use,))).decode().splitlines()[1]
    assert json.loads(line)["terms"][0]["file"] == "istilah.po" and "home" not in line


def test_an_existing_file_stays_unless_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text("mine")
    with pytest.raises(OutputError, match=r"a\.po: exists already; --force"):
        write(sample(), path)
    assert path.read_text() == "mine"
    write(sample(), path, overwrite=True)
    assert path.read_bytes() == output("po", sample())


def test_a_format_may_be_named(tmp_path: Path) -> None:
    write(sample(), tmp_path / "berita.txt", "jsonl")
    assert (tmp_path / "berita.txt").read_bytes() == output("jsonl", sample())
    with pytest.raises(UnknownNameError, match=r"\.doc.*known: .*\.po"):
        write(sample(), tmp_path / "berita.doc")
    with pytest.raises(UnknownNameError, match=r"'doc'; known: .*jsonl"):
        write(sample(), tmp_path / "berita.po", "doc")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("place", ["file/a.po", "folder", "a" * 300 + ".po"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match=re.escape(place[:9])):
        write(sample(), tmp_path / place, "po", overwrite=True)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="no permission"):
        write(sample(), tmp_path / "a.po")


@pytest.mark.parametrize(
    ("error", "raised", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), OutputError, "no space left"),
        (PermissionError(errno.EACCES, "Permission denied"), OutputError, "no permission"),
        (KeyboardInterrupt("interrupted"), KeyboardInterrupt, "interrupted"),
    ],
)
def test_nothing_half_written_is_left(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    raised: type[BaseException],
    message: str,
) -> None:
    def fail(self: Path, target: Path) -> None:
        raise error

    path = tmp_path / "a.po"
    path.write_text("mine")
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(raised, match=message):
        write(sample(), path, overwrite=True)
    assert [p.name for p in tmp_path.iterdir()] == ["a.po"] and path.read_text() == "mine"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda self, mode="r": real(Path("/dev/full"), "wb"))
    with pytest.raises(OutputError, match="no space left on the device"):
        write(sample(), tmp_path / "a.po")
    assert list(tmp_path.iterdir()) == []


if __name__ == "__main__":
    for format in GOLDEN_FORMATS:
        golden = output(format, sample()).decode().replace(__version__, "VERSION")
        (GOLDEN / f"sample{WRITERS.suffix(format)}").write_text(golden, "utf-8")
