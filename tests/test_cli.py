import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from conftest import Dw
from dwibahasa.engines.base import Request, Translation
from dwibahasa.errors import ModelNotFoundError
from dwibahasa.testing import DictEngine, EchoEngine
from dwibahasa.translation import Translator

TEXT = (
    "Menteri luar negeri mengatakan bahwa pertemuan itu akan dimulai pada Senin pagi di Jenewa. "
    "Hasilnya belum diumumkan kepada para wartawan.\n"
)
ENGLISH = "The minister said that the meeting would start on Monday morning. The results have not been announced yet.\n"
MALAY = (
    "Perdana Menteri berkata kerajaan akan menyiasat insiden tersebut kerana ia melibatkan keselamatan negara. "
    "Beliau berkata pihak polis telah menahan lapan lelaki pada Isnin lepas.\n"
)


def files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_writes_the_page_beside_the_input(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "berita.txt").write_text(TEXT, encoding="utf-8")
    result = dw("translate", "berita.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert files(tmp_path) == ["berita.id-en.html", "berita.txt"]
    [closing] = result.stderr.splitlines()
    assert "1 of 1 text," in closing and "2 segments" in closing and closing.endswith("wrote berita.id-en.html")


def test_folder_keeps_its_shape_in_the_output_folder(dw: Dw, tmp_path: Path) -> None:
    for name in ("in/b.txt", "in/a.TXT", "in/sub/a.txt", "in/.hidden.txt", "in/.git/c.txt", "in/notes.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert dw("translate", "in", "-o", "out", "--to", "jsonl, po").exit_code == 0
    assert files(tmp_path / "out") == [
        f"{name}.id-en.{suffix}" for name in ("a", "b", "sub/a") for suffix in ("jsonl", "po")
    ]


def test_pattern_that_the_shell_left_alone(dw: Dw, tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt", "[x].txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "a0").mkdir()
    result = dw("translate", "a*", "[x].txt", "-o", "out", "--to", "jsonl", "--quiet")
    assert (result.exit_code, result.stderr) == (1, "error: a0: no texts in this folder\n")
    assert files(tmp_path / "out") == ["[x].id-en.jsonl", "a1.id-en.jsonl", "a2.id-en.jsonl"]


def test_bad_inputs_are_a_line_each_and_the_others_are_done(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "folder").mkdir()
    bad = ["missing.txt", "empty.txt", "picture.txt", "folder", "no*match.txt"]
    result = dw("translate", *bad, "good.txt", "-o", "out", "--to", "jsonl", "--quiet")
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert len(lines) == len(bad) and all(sum(f"error: {name}: " in line for line in lines) == 1 for name in bad)
    assert files(tmp_path / "out") == ["good.id-en.jsonl"]


def test_name_of_the_input_stands_once(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    assert dw("translate", "in/empty.txt", "--quiet").stderr.count("empty.txt") == 1


def test_existing_output_is_kept_and_noticed_before_translating(dw: Dw, tmp_path: Path, engine: EchoEngine) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.id-en.jsonl").write_text("old", encoding="utf-8")
    result = dw("translate", "a.txt", "--to", "html,jsonl", "--quiet")
    assert result.exit_code == 1 and "--force" in result.stderr and len(result.stderr.splitlines()) == 1
    assert (tmp_path / "a.id-en.jsonl").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "a.id-en.html").exists() and engine.requests == []
    assert dw("translate", "a.txt", "--to", "jsonl", "--force").exit_code == 0
    assert (tmp_path / "a.id-en.jsonl").read_text(encoding="utf-8") != "old"


def test_output_never_replaces_an_input(dw: Dw, tmp_path: Path) -> None:
    for name in ("a.txt", "a.id-en.jsonl"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path)
    for output in ((), ("-o", "."), ("-o", "link")):
        result = dw("translate", "a.txt", "a.id-en.jsonl", "--to", "jsonl", "--force", *output)
        assert result.exit_code == 1 and "error: a.txt: the output" in result.stderr
    assert (tmp_path / "a.id-en.jsonl").read_text(encoding="utf-8") == TEXT
    assert (tmp_path / "a.id-en.id-en.jsonl").exists()


def test_two_inputs_with_one_output_name(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name in ("a.txt", "a.text", "b.txt"):
        (tmp_path / name).write_text(TEXT + name, encoding="utf-8")
    result = dw(
        "translate", "a.txt", "out/../a.text", "b.txt", "./a.txt", "--to", "jsonl", "--quiet", "-o", "out", "--force"
    )
    [line] = result.stderr.splitlines()
    assert result.exit_code == 1 and "a.text" in line and "a.txt" in line
    assert files(tmp_path / "out") == ["a.id-en.jsonl", "b.id-en.jsonl"]
    assert "a.txt" in (tmp_path / "out" / "a.id-en.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("progress", ["auto", "bar", "json", "none"])
def test_standard_input_to_standard_output(dw: Dw, monkeypatch: pytest.MonkeyPatch, progress: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = dw("translate", "-", "--to", "jsonl", "--progress", progress, stdin=TEXT.encode("utf-16"))
    assert result.exit_code == 0 and "\x1b" not in result.output
    rows = objects(result.stdout)
    assert [row["type"] for row in rows] == ["document", "unit", "unit"]
    assert rows[1]["source"] == TEXT.partition(". ")[0] + "."
    if progress == "json":
        events = objects(result.stderr)
        assert [e for e in events if e["type"] == "progress"][-1] == {
            "type": "progress", "file": "stdin", "done": 2, "total": 2
        }  # fmt: skip
        assert events[-1]["type"] == "summary" and events[-1]["segments"] == 2


def test_json_progress_holds_warnings_and_errors_too(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "melayu.txt").write_text(MALAY, encoding="utf-8")
    result = dw("translate", "melayu.txt", "missing.txt", "--to", "jsonl", "--progress", "json")
    kinds = [event["type"] for event in objects(result.stderr)]
    assert "warning" in kinds and "error" in kinds and kinds[-1] == "summary"


@pytest.mark.parametrize("arguments", [("a.txt",), ("--to", "jsonl,po"), ("-o", "out")])
def test_standard_input_stands_alone(dw: Dw, arguments: tuple[str, ...]) -> None:
    result = dw("translate", "-", *arguments, stdin=TEXT.encode())
    assert (result.exit_code, result.stdout) == (2, "")


def test_unknown_format(dw: Dw, tmp_path: Path) -> None:
    result = dw("translate", "a.txt", "--to", "html,doc")
    [line] = result.stderr.splitlines()
    assert result.exit_code == 2 and "'doc'" in line and all(name in line for name in ("html", "po", "tmx", "jsonl"))


def test_broken_glossary_stops_before_anything_is_translated(dw: Dw, tmp_path: Path, engine: EchoEngine) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "g.po").write_text('msgid "rapat"\nmsgstr "meeting\n', encoding="utf-8")
    result = dw("translate", "a.txt", "--glossary", "g.po")
    [line] = result.stderr.splitlines()
    assert result.exit_code == 2 and "g.po" in line and "2" in line and engine.requests == []
    assert files(tmp_path) == ["a.txt", "g.po"]


def test_missing_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dw: Dw) -> None:
    def load(*_: object, **__: object) -> Translator:
        raise ModelNotFoundError("no model 'x'; see `dwibahasa model list`")

    monkeypatch.setattr(Translator, "load", load)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = dw("translate", "a.txt")
    assert result.exit_code == 4 and result.stderr == "error: no model 'x'; see `dwibahasa model list`\n"
    assert dw("translate", "a.txt", "--dry-run").exit_code == 0


def test_other_language_fails_that_file_only(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "english.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = dw("translate", "english.txt", "a.txt", "--to", "jsonl", "--quiet")
    [line] = result.stderr.splitlines()
    assert result.exit_code == 1 and "english.txt" in line and "--force-language id" in line
    assert files(tmp_path) == ["a.id-en.jsonl", "a.txt", "english.txt"]
    assert dw("translate", "english.txt", "--to", "jsonl", "--force-language", "id").exit_code == 0


def test_malay_is_a_warning(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text(MALAY, encoding="utf-8")
    result = dw("translate", "m.txt", "--to", "jsonl")
    assert result.exit_code == 0 and "warning: m.txt: " in result.stderr and "Malay" in result.stderr


class EagerEngine(DictEngine):
    """Takes all sentences at once, so that one it does not know fails those of the other documents too."""

    def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
        return iter(list(super().translate(requests)))


@pytest.mark.parametrize("kind", [DictEngine, EagerEngine])
def test_engine_error_fails_that_file_only(
    dw: Dw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[DictEngine]
) -> None:
    known = kind({"Rapat dimulai.": "The meeting starts."})
    monkeypatch.setattr(Translator, "load", lambda *_, **__: Translator(known))
    for name, text in (("a", "Rapat dimulai."), ("b", "Rapat ditunda."), ("c", "Rapat dimulai.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    result = dw("translate", ".", "-o", "out", "--to", "jsonl", "--force-language", "id", "--quiet")
    [line] = result.stderr.splitlines()
    assert result.exit_code == 1 and line.startswith("error: b.txt: ")
    assert files(tmp_path / "out") == ["a.id-en.jsonl", "c.id-en.jsonl"]


def test_dry_run_lists_and_needs_no_model(dw: Dw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Translator, "load", lambda *_, **__: pytest.fail("loaded"))
    (tmp_path / "a.txt").write_text(f"Judul Berita Hari Ini\n\n0 Komentar\n\n{TEXT}", encoding="utf-8")
    result = dw("translate", "a.txt", "--dry-run", "-o", "out", "--to", "html,po")
    head, *listing = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert "out/a.id-en.html" in head and "out/a.id-en.po" in head and "4 segments" in head
    assert "  h1  headline" in listing and "    p1.s2  Hasilnya belum diumumkan kepada para wartawan." in listing
    assert any(line.startswith("  x1  boilerplate  (") for line in listing)
    assert not (tmp_path / "out").exists()


def test_dry_run_says_that_an_output_exists(dw: Dw, tmp_path: Path) -> None:
    for name in ("a.txt", "a.id-en.html"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    result = dw("translate", "a.txt", "--dry-run")
    assert result.exit_code == 0 and "a.id-en.html (exists; --force replaces it)" in result.stdout


def test_strict_lists_findings_and_fails(dw: Dw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = DictEngine({"Sebanyak 25 orang hadir.": "As many as 52 people came."})
    monkeypatch.setattr(Translator, "load", lambda *_, **__: Translator(wrong))
    (tmp_path / "a.txt").write_text("Sebanyak 25 orang hadir.", encoding="utf-8")
    flags = ("--to", "jsonl", "--force-language", "id", "--force")
    assert dw("translate", "a.txt", *flags).exit_code == 0
    result = dw("translate", "a.txt", *flags, "--strict")
    assert result.exit_code == 3 and "a.txt: p1.s1: " in result.stderr and (tmp_path / "a.id-en.jsonl").exists()
    assert dw("translate", "a.txt", "missing.txt", *flags, "--strict").exit_code == 1


def test_quiet_says_nothing(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text(MALAY, encoding="utf-8")
    result = dw("translate", "m.txt", "--to", "jsonl", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_segment_gives_slices_of_the_text(dw: Dw, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\ufeff" + TEXT, encoding="utf-8")
    result = dw("segment", "a.txt", "--format", "jsonl")
    rows = objects(result.stdout)
    assert result.exit_code == 0 and [row["id"] for row in rows] == ["p1.s1", "p1.s2"]
    assert all(TEXT[row["start"] : row["end"]] == row["source"] for row in rows)  # type: ignore[misc]
    assert dw("segment", "-", stdin=TEXT.encode()).stdout.splitlines()[0] == "p1  paragraph"


def test_control_characters_are_written_out(dw: Dw) -> None:
    text = TEXT.replace("pertemuan", "per\x1b[31m\x00\u202etemuan")
    result = dw("segment", "-", stdin=text.encode())
    assert "per\\x1b[31m\\x00\\u202etemuan" in result.stdout and result.stdout.replace("\n", "").isprintable()
    name = "a\x1b]0;x\n.txt"
    result = dw("translate", name)
    assert result.exit_code == 1 and "a\\x1b]0;x\\n.txt" in result.stderr and "\x1b" not in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="file names are not bytes here")
def test_file_name_that_is_no_text(dw: Dw, tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xe9rita.txt")
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    result = dw("translate", name, "--to", "html,po,tmx,jsonl")
    assert result.exit_code == 0 and len(files(tmp_path)) == 5
    assert "b\\udce9rita.id-en.po" in dw("translate", name, "--dry-run", "--to", "po").stdout


def test_segment_of_a_missing_file(dw: Dw) -> None:
    result = dw("segment", "missing.txt")
    assert result.exit_code == 1 and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [(), ("translate",), ("segment",), ("model",)])
def test_help_has_an_example(dw: Dw, command: tuple[str, ...]) -> None:
    result = dw(*command, "--help")
    assert result.exit_code == 0 and "Example" in result.stdout and "dwibahasa" in result.stdout
