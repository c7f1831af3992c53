"""No network from the first import to the files written: any use of a socket ends the process with an error."""

import subprocess
import sys
from pathlib import Path

from dwibahasa import models
from dwibahasa.errors import ModelNotFoundError

SCRIPT = """
import sys
from pathlib import Path

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        print("network:", event, file=sys.stderr)
        raise PermissionError(event)

sys.addaudithook(refuse)

import dwibahasa
from dwibahasa.cli import main

if sys.argv[1] == "double":
    from dwibahasa.glossary import Glossary
    from dwibahasa.testing import EchoEngine
    from dwibahasa.translation import Translator

    Translator.load = lambda *_, **__: Translator(EchoEngine(), Glossary.default())
try:
    main(["translate", "a.txt", "--to", "html,po,tmx,jsonl"])
finally:
    loaded = {"torch", "minisbd", "stanza", "spacy", "argostranslate"} & set(sys.modules)
    print("loaded:", *sorted(loaded))
"""


def test_translating_uses_no_network(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Presiden Rusia dan pemimpin Korea Utara menandatangani perjanjian keamanan di ibu kota pada Rabu.\n",
        encoding="utf-8",
    )
    try:
        models.find()
        engine = "model"
    except ModelNotFoundError:
        engine = "double"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, engine], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "network:" not in done.stderr and done.stdout == "loaded:\n"
    assert {p.suffix for p in tmp_path.glob("a.id-en.*")} == {".html", ".po", ".tmx", ".jsonl"}


def test_the_block_works() -> None:
    script = SCRIPT.partition("import dwibahasa")[0] + "import socket\nsocket.create_connection(('localhost', 9))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "network: socket." in done.stderr
