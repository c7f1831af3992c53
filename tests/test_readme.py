"""What the README and the guide show is run, or at least understood by the command line."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from dwibahasa.cli import COMMANDS, main
from dwibahasa.testing import EchoEngine


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)


def commands() -> list[str]:
    lines = "".join(blocks("README.md", "sh") + blocks("docs/cli.md", "sh")).splitlines()
    found = [re.sub(rf".*?\b(?=dwibahasa ({'|'.join(COMMANDS)}) )", "", line) for line in lines]
    return [re.split(r"[|<#]", line)[0] for line in found if line.startswith("dwibahasa") and "[" not in line]


@pytest.mark.parametrize("page", ["README.md", "docs/api.md"])
def test_python_example_runs(page: str, engine: EchoEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    article = ROOT / "corpus" / "articles" / "pakta-selat.txt"
    for name in ("corpus/articles/pakta-selat.txt", "berita.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(article, name)
    example, *others = blocks(page, "python")
    exec(compile(example, page, "exec"), {})
    for other in others:
        compile(other, page, "exec")
    [written] = tmp_path.glob("*.html")
    assert engine.requests and "</html>" in written.read_text(encoding="utf-8")


def test_commands_are_found() -> None:
    assert len(commands()) > 5


@pytest.mark.parametrize("command", commands())
def test_command_is_understood(command: str) -> None:
    _, name, *arguments = shlex.split(command)
    group_context = main.make_context("dwibahasa", [name, *arguments])
    subcommand = main.get_command(group_context, name)
    assert subcommand is not None
    if "--help" not in arguments:
        subcommand.make_context(name, arguments, parent=group_context)
