"""Files in: encodings, what is refused, and how."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwibahasa.errors import InputError
from dwibahasa.readers import READERS, read, read_text
from dwibahasa.readers.text import decode

TEXT = "“Kami menolak,” kata menteri itu – tanpa penjelasan. Rapat ditunda hingga Senin.\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "utf-32-le", "windows-1252"],
)
def test_every_encoding_gives_the_same_document(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "berita.txt"
    path.write_bytes(data)
    document = read(path)
    assert document.text == TEXT
    assert document.name == "berita.txt"
    segments = [segment for block in document.blocks for segment in block.segments]
    assert [segment.text for segment in segments] == TEXT.strip().replace(". R", ".\nR").split("\n")
    assert segments[0].start == 0


def test_latin_1_letters() -> None:
    assert decode("Djaló bertemu Müller di São Tomé.".encode("latin-1"), "a.txt") == "Djaló bertemu Müller di São Tomé."


def test_line_ends_and_control_characters_survive() -> None:
    text = "Baris satu.\r\nBaris\x00 dua\x1b dan \u202etiga.\rBaris empat.\n"
    assert decode(text.encode(), "a.txt") == text
    assert read_text(text).text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (PNG, "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP"),
        (bytes(range(32)) * 4, "binary"),
        ("Kami menolak.".encode("utf-16-le"), "binary.*UTF-8"),
        (b"\xff\xfeK\x00a", "UTF-16"),
        ("Президент России подписал договор".encode("koi8-r"), "tried UTF-8;"),
        (b"Kami \x81 menolak usul itu", "tried UTF-8 and Windows-1252.*0x81 at offset 5"),
        ("“Kami” – “tolak” – “usul”".encode()[:-1] + b"\xff menolak", "tried UTF-8;.*offset"),
    ],
)
def test_what_is_not_text_is_a_clear_error(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^gambar.txt: .*{message}") as caught:
        decode(data, "gambar.txt")
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"hilang\.txt: file not found"):
        read(tmp_path / "hilang.txt")
    with pytest.raises(InputError, match=f"{re.escape(str(tmp_path))}: is a folder"):
        read(tmp_path)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"a\.txt: cannot be read \(Permission denied\)"):
        read(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["a.PDF", "a.rtf", "a.tmx"])
def test_known_formats_without_a_reader_are_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match=f"{name}: \\{path.suffix.lower()} files cannot be read yet; known: .*text"):
        read(path)


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "berita", "a.2024", "catatan.log"])
def test_text_under_any_other_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    assert read(path).text == TEXT


def test_an_empty_string_is_refused() -> None:
    with pytest.raises(InputError, match="masukan: the text is empty"):
        read_text(" \n", "masukan")


def test_registry() -> None:
    assert {"text", "html", "html-full"} <= set(READERS)
    assert READERS.for_path("a.txt") == READERS.for_path("a.text") == READERS.for_path("a") == "text"


@given(st.text(min_size=1).filter(str.strip).filter(lambda text: text.isprintable()))
def test_any_printable_text_survives_utf_8(text: str) -> None:
    assert decode(text.encode("utf-8-sig"), "a.txt") == text


@given(st.binary(max_size=200))
def test_bytes_give_text_or_an_input_error(data: bytes) -> None:
    try:
        assert decode(data, "a.txt").strip()
    except InputError as error:
        assert str(error).startswith("a.txt: ")
