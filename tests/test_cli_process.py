"""The command line as a process: signals, pipes and terminals."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

TEXT = (
    "Menteri luar negeri mengatakan bahwa pertemuan itu akan dimulai pada Senin pagi di Jenewa. "
    "Hasilnya belum diumumkan kepada para wartawan.\n"
)


def test_help_does_not_load_heavy_modules() -> None:
    code = (
        "import sys\nfrom dwibahasa.cli import main\ntry: main(['translate', '--help'])\nexcept SystemExit: pass\n"
        "print(*{'rich', 'ctranslate2', 'sentencepiece', 'lxml', 'jinja2', 'polib', 'numpy'} & set(sys.modules), "
        "file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "\n"


def test_module_runs() -> None:
    done = subprocess.run([sys.executable, "-m", "dwibahasa", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("dwibahasa, version ")


Start = Callable[..., "subprocess.Popen[bytes]"]


def test_interrupt_keeps_what_is_finished(dw_process: Start, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT * 50, encoding="utf-8")
    process = dw_process("translate", "a.txt", "b.txt", "--to", "jsonl", env={**os.environ, "SECONDS": "0.1"})
    while not (tmp_path / "a.id-en.jsonl").exists() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"error: interrupted\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.id-en.jsonl", "a.txt", "b.txt"]
    assert (tmp_path / "a.id-en.jsonl").read_bytes().endswith(b"}\n")


def test_reader_that_stops_early(dw_process: Start) -> None:
    process = dw_process("translate", "-", "--to", "jsonl", "--quiet", "--force-language", "id", stdin=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    process.stdout.close()
    process.stdin.write(TEXT.encode() * 20)
    process.stdin.close()
    assert process.wait(timeout=120) == 1 and process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_standard_output_on_a_full_disk(dw_process: Start, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        process = dw_process("segment", "a.txt", stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1 and err.startswith(b"error: ") and err.count(b"\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals here")
def test_bar_is_drawn_on_a_terminal_and_data_stay_clean(dw_process: Start) -> None:
    import pty

    controller, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "SECONDS": "0.3"}
    process = dw_process("translate", "-", "--to", "jsonl", stdin=subprocess.PIPE, stderr=terminal, env=environment)
    os.close(terminal)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(TEXT.encode())
    process.stdin.close()
    data = process.stdout.read().decode()
    drawn = b""
    try:
        while chunk := os.read(controller, 65536):
            drawn += chunk
    except OSError:  # the other end has closed
        pass
    assert process.wait(timeout=60) == 0 and [json.loads(row)["type"] for row in data.splitlines()] == [
        "document",
        "unit",
        "unit",
    ]
    assert "━".encode() in drawn and b"2 segments" in drawn
