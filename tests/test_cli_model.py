"""`dwibahasa model`: data on standard output, messages on standard error, exit codes."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dwibahasa.cli import main
from dwibahasa.models import store
from model_folders import DECODER, make_archive, make_folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with one bundled model, and nothing installed."""
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("DWIBAHASA_MODEL", raising=False)
    folder = make_folder(tmp_path / "bundled", DECODER)
    (folder / "MODEL_CARD.md").write_text("What it is\x1b[31m.\n", "utf-8")
    (folder / "NOTICE.md").write_text("Provided under terms.\n", "utf-8")
    (folder / "GEMMA_TERMS.md").write_text("# Terms of Use\n", "utf-8")
    monkeypatch.setattr(store, "_bundled", lambda: {"id_en": folder})
    return tmp_path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["model", *map(str, words)])


def test_every_command_has_help_with_an_example() -> None:
    for command in ("list", "info", "install", "use", "path", "verify", "remove"):
        result = run(command, "--help")
        assert result.exit_code == 0 and "Example: " in result.stdout and f"model {command}" in result.stdout


def test_list_marks_the_model_that_translates(home: Path) -> None:
    run("install", make_archive(home / "lain.argosmodel"))
    lines = run("list").stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["*", "id_en", "id-en", "0.1", "decoder", "bundled"],
        ["lain", "id-en", "1.9", "argos", "installed"],
    ]
    run("use", "lain")
    assert [line[0] for line in run("list").stdout.splitlines()] == [" ", "*"]


def test_list_tells_a_broken_model_and_goes_on(home: Path) -> None:
    make_folder(store.models_folder() / "rusak").joinpath("metadata.json").unlink()
    result = run("list")
    assert result.exit_code == 4
    assert "id_en" in result.stdout and "rusak" not in result.stdout
    assert result.stderr.startswith("error: ") and "metadata.json is missing" in result.stderr


def test_list_with_a_default_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DWIBAHASA_MODEL", "pergi")
    result = run("list")
    assert result.exit_code == 0 and result.stdout.startswith("  id_en") and "'pergi'" in result.stderr


def test_info_has_card_notice_and_licence_and_no_escapes(home: Path) -> None:
    result = run("info")
    assert result.exit_code == 0 and result.stderr == ""
    texts = ["name: id_en", "languages: id to en", "kind: decoder", "What it is", "Provided under", "# Terms of Use"]
    places = [result.stdout.index(text) for text in texts]
    assert places == sorted(places)
    assert str(home / "bundled") in result.stdout and "\x1b" not in result.stdout


def test_install_use_path_verify_remove(home: Path) -> None:
    archive = make_archive(home / "lain.argosmodel")
    installed = run("install", archive, "--name", "baru")
    assert (installed.exit_code, installed.stdout) == (0, "") and "installed baru" in installed.stderr
    assert run("use", "baru").exit_code == 0
    folder = Path(run("path").stdout.rstrip("\n"))
    assert folder == home / "data/dwibahasa/models/baru" and folder.is_dir()
    assert "4 files are as recorded" in run("verify").stderr
    (folder / "model/model.bin").write_bytes(b"changed")
    changed = run("verify", "baru")
    assert changed.exit_code == 4 and "model/model.bin has changed" in changed.stderr
    assert run("remove", "baru").exit_code == 0 and not folder.exists()
    assert run("path").stdout == f"{home / 'bundled'}\n"


def test_use_bundled_goes_back(home: Path) -> None:
    run("use", make_folder(home / "mine"))
    assert run("path").stdout == f"{home / 'mine'}\n"
    assert run("use", "--bundled").exit_code == 0
    assert run("path").stdout == f"{home / 'bundled'}\n"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["info", "tidak-ada"], 4, "no model is named 'tidak-ada'; known: id_en"),
        (["path", "./tidak/ada"], 4, "no such model folder"),
        (["use", "tidak-ada"], 4, "known: id_en"),
        (["verify"], 4, "no SHA256SUMS"),
        (["install", "./tidak-ada.argosmodel"], 4, "no such file"),
        (["remove", "id_en"], 4, "not removed here"),
        (["remove", "../bundled"], 4, "no installed model"),
        (["use"], 2, "either a NAME or --bundled"),
        (["use", "id_en", "--bundled"], 2, "either a NAME or --bundled"),
        (["install"], 2, "Missing argument"),
        (["nothing"], 2, "No such command"),
    ],
)
def test_errors_are_one_message_and_a_code(home: Path, words: list[str], code: int, message: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (code, "") and message in result.stderr
    assert (home / "bundled/metadata.json").is_file()


def test_a_hostile_archive_is_one_line(home: Path) -> None:
    result = run("install", make_archive(home / "jahat.argosmodel", **{"../\x1b[2Jx": b"x"}))
    assert result.exit_code == 4 and result.stderr.count("\n") == 1 and "\x1b" not in result.stderr
    assert not list((home / "data").rglob("*x"))
