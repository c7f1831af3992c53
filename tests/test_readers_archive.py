"""Zip files from anywhere: what is refused, that nothing is written or fetched, and copies that are always the same."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa.errors import InputError
from dwibahasa.readers import archive
from dwibahasa.readers.archive import Archive, parsed
from office_files import unzipped, zipped

PARTS: dict[str, str | bytes] = {"mimetype": "x/y", "a/b.xml": "<a>isi</a>", "a/": "", "gambar.png": b"\x89PNG\x00\xff"}

FIELDS = {"flags": (8, "<H"), "method": (10, "<H"), "packed": (20, "<L"), "size": (24, "<L"), "at": (42, "<L")}


def changed(data: bytes, field: str, entry: int, value: int) -> bytes:
    """DATA with a FIELD of an ENTRY in the list of entries changed (APPNOTE.TXT 4.3.12)."""
    at = -1
    for _ in range(entry + 1):
        at = data.index(b"PK\x01\x02", at + 1)
    offset, form = FIELDS[field]
    return data[: at + offset] + struct.pack(form, value) + data[at + offset + struct.calcsize(form) :]


def refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^a.docx: .*{message}") as caught:
        Archive(data, "a.docx", "DOCX")
    assert "\n" not in str(caught.value)


def test_entries_in_their_order() -> None:
    found = Archive(zipped(PARTS), "a.docx", "DOCX")
    assert list(found) == list(PARTS)
    assert found["a/b.xml"] == b"<a>isi</a>"
    assert found.xml("a/b.xml").getroot().text == "isi"
    with pytest.raises(InputError, match=r"a\.docx: not a DOCX file, or a damaged one: it has no b\.xml"):
        found["b.xml"]


def test_a_copy_has_fixed_times_the_same_order_and_its_first_entry_stored() -> None:
    found = Archive(zipped(PARTS), "a.docx", "DOCX")
    copy = found.packed({"a/b.xml": b"<a>contents</a>", "gambar.png": None}, first="a/b.xml")
    assert copy == found.packed({"gambar.png": None, "a/b.xml": b"<a>contents</a>"}, first="a/b.xml")
    with zipfile.ZipFile(io.BytesIO(copy)) as file:
        assert [(i.filename, i.date_time, i.compress_type) for i in file.infolist()] == [
            ("a/b.xml", archive.TIME, zipfile.ZIP_STORED),
            ("mimetype", archive.TIME, zipfile.ZIP_STORED),
            ("a/", archive.TIME, zipfile.ZIP_DEFLATED),
        ]
    assert unzipped(copy)["a/b.xml"] == b"<a>contents</a>"


def test_names_in_utf_8_without_the_flag_that_says_so() -> None:
    data = zipped({"bab-satu-é.xml": "<a/>"})
    flagless = changed(data, "flags", 0, 0)
    at = flagless.index(b"PK\x03\x04") + 6
    assert list(Archive(flagless[:at] + b"\0\0" + flagless[at + 2 :], "a.epub", "EPUB")) == ["bab-satu-é.xml"]


@pytest.mark.parametrize(
    "name", ["../keluar.xml", "a/../../b", "/etc/passwd", "\\\\server\\b", "a\\..\\b", "C:/b.xml", "c:b", "a\0b"]
)
def test_names_that_lead_out_are_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # `zipfile` mends some names when it writes them, so a plain one is put in and overwritten.
    plain = "x" * len(name)
    data = zipped({plain: "isi"}).replace(plain.encode(), name.encode())
    refused(data, "refused: the zip file has an entry whose name leads out of it")
    assert not list(tmp_path.iterdir())


def test_bombs_by_ratio_by_total_and_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    refused(zipped({"a.xml": bytes(3 * 2**20)}), "packs a.xml more than 250 to 1, as a zip bomb does")
    monkeypatch.setattr(archive, "MAX_SIZE", 1000)
    refused(zipped({"a": b"x" * 600, "b": b"x" * 600}), "would unpack to 1200 bytes; the most is 1000")
    monkeypatch.setattr(archive, "MAX_ENTRIES", 2)
    refused(zipped({"a": "", "b": "", "c": ""}), "has 3 entries; the most is 2")


def test_a_bomb_inside_an_entry_is_never_opened() -> None:
    bomb = zipped({"a": bytes(3 * 2**20)})
    found = Archive(zipped({"a.xml": "<a/>", "sisipan.docx": bomb}), "a.docx", "DOCX")
    assert unzipped(found.packed({}))["sisipan.docx"] == bomb


def test_sizes_that_lie() -> None:
    data = zipped({"a.xml": b"x" * 5000, "b.xml": b"y"})
    refused(changed(data, "size", 0, 10), "the zip file is damaged")  # unpacks to more than it says
    refused(changed(data, "size", 0, 6000), "the zip file is damaged")
    refused(changed(data, "size", 0, 2**31), "would unpack to|packs a.xml more than")
    refused(changed(data, "packed", 0, 2**20), "entries that overlap")


def test_entries_that_overlap() -> None:
    data = zipped({"a.xml": b"x" * 500, "b.xml": b"y" * 500})
    refused(changed(data, "at", 1, 0), "has entries that overlap: 'a.xml' and 'b.xml'")
    inside = zipped({"a.xml": zipped({"b.xml": "isi"})}, stored=("a.xml",))
    refused(changed(inside, "packed", 1, 2**16), "has entries that overlap: 'a.xml' and the list of entries")


def test_an_entry_that_stands_twice() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("a.xml", "satu")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a.xml", "dua")
    refused(buffer.getvalue(), "has the entry 'a.xml' twice")


def test_encrypted_and_strangely_packed_entries() -> None:
    data = zipped(PARTS)
    refused(changed(data, "flags", 1, 1), "a/b.xml in it is encrypted; save the document without a password")
    refused(changed(data, "method", 1, 99), "packs a/b.xml with method 99; known: stored and deflated")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=6))
def test_damaged_zip_files_are_read_or_an_input_error(at: int, noise: bytes) -> None:
    data = zipped(PARTS)
    at %= len(data)
    try:
        Archive(data[:at] + noise + data[at + len(noise) :], "a.docx", "DOCX")
    except InputError as error:
        assert str(error).startswith("a.docx: ")
        assert "\n" not in str(error)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
OUTSIDE = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1:9/xhtml11.dtd">'


@pytest.mark.parametrize(
    "data",
    [
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>',
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a b="&l9;"/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/a.dtd">%x;]><a/>',
        "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
        "<a>" * 300 + "</a>" * 300,
        "<a>&takdikenal;</a>",
        "<a",
        "",
        "\0",
    ],
)
def test_hostile_xml_is_refused_with_and_without_document_types(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr("socket.socket.connect", connect)
    for encoding in ("utf-8", "utf-16"):
        for doctype in (False, True):
            with pytest.raises(InputError, match=r"^a\.epub: a\.xml: (refused|not well-formed XML)") as caught:
                parsed(data.encode(encoding), "a.epub: a.xml", doctype=doctype)
            assert "\n" not in str(caught.value)


def test_a_document_type_that_defines_nothing_is_not_loaded() -> None:
    assert parsed((OUTSIDE + "<html/>").encode(), "a.xhtml", doctype=True).getroot().tag == "html"
    with pytest.raises(InputError, match="refused: a document type declaration, which this format has not"):
        parsed((OUTSIDE + "<html/>").encode(), "a.xml")


def test_xml_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_XML", 10)
    with pytest.raises(InputError, match=r"a\.xml: refused: 11 bytes of XML; the most is 10"):
        parsed(b"<a>isi</a> ", "a.xml")
