"""What several test files share."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from dwibahasa.cli import main
from dwibahasa.testing import EchoEngine

# A busy machine is no fault of the code: no test fails for its time alone.
settings.register_profile("dwibahasa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dwibahasa")
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def seed() -> Path:
    """A real article, which is not ours to publish and lies beside a checkout on some machines only."""
    path = ROOT.parent / "shared" / "seed" / "pakta-putin-kim.txt"
    if not path.exists():
        pytest.skip("the seed article does not lie beside this checkout")
    return path


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> EchoEngine:
    """The engine that `Translator.load` gives during the test, in the place of a model."""
    from dwibahasa.glossary import Glossary
    from dwibahasa.translation import Translator

    double = EchoEngine()

    def load(model: object = None, glossaries: Any = (), default_glossary: bool = True, **_: object) -> Translator:
        return Translator(double, Glossary.load(*glossaries))

    monkeypatch.setattr(Translator, "load", load)
    return double


Dw = Callable[..., Result]


@pytest.fixture
def dw(engine: EchoEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dw:
    """Runs the command line in `tmp_path`, with the double for an engine."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, list(map(str, arguments)), input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def dw_process(tmp_path: Path) -> Callable[..., "subprocess.Popen[bytes]"]:
    """Starts the command line in `tmp_path` as a process, with a double that takes its time for an engine."""

    def start(*arguments: object, **options: Any) -> "subprocess.Popen[bytes]":
        command = [sys.executable, str(ROOT / "tests" / "slow_dwibahasa.py"), *map(str, arguments)]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, cwd=tmp_path, **{**pipes, **options})

    return start
