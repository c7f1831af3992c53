"""The lists that ship with the package, and the one reader they have."""

from pathlib import Path

import pytest

import dwibahasa
from dwibahasa.data import items, rows, words
from dwibahasa.errors import DwibahasaError

LISTS = sorted(
    path for path in Path(dwibahasa.__file__).parent.rglob("data/*.txt") if not path.name.startswith("word-table")
)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_shipped_lists_are_sound_and_name_their_source(path: Path) -> None:
    assert list(items(path.stem, path.parent))
    assert path.read_text("utf-8").startswith("#")


def made(folder: Path, *lines: str) -> Path:
    (folder / "kata.txt").write_text("# words\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def test_comments_and_empty_lines_are_no_items(tmp_path: Path) -> None:
    assert list(items("kata", made(tmp_path, "satu", "", "dua kata  # two", "# end"))) == [
        ("kata.txt:2", "satu"),
        ("kata.txt:4", "dua kata"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [("dua tiga", "'dua tiga'"), ("Dua", "lower case"), ("satu", "twice"), (" dua", "white space"), ("a\tb", "white")],
)
def test_a_malformed_line_is_named_with_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(DwibahasaError, match=rf"kata\.txt:3: .*{message}"):
        words("kata", made(tmp_path, "satu", line))


def test_rows_have_one_size_and_a_new_first_word(tmp_path: Path) -> None:
    assert list(rows("kata", 2, made(tmp_path, "a b", "c d"))) == [
        ("kata.txt:2", ("a", "b")),
        ("kata.txt:3", ("c", "d")),
    ]
    with pytest.raises(DwibahasaError, match=r"kata\.txt:3: .*'a c'"):
        list(rows("kata", 2, made(tmp_path, "a b", "a c")))
    with pytest.raises(DwibahasaError, match=r"kata\.txt:2: expected 2 words"):
        list(rows("kata", 2, made(tmp_path, "a b c")))
