"""`import dwibahasa` is quick and brings no heavy library with it."""

import subprocess
import sys

HEAVY = [
    "argostranslate",
    "click",
    "ctranslate2",
    "jinja2",
    "langdetect",
    "lxml",
    "numpy",
    "polib",
    "rich",
    "sentencepiece",
]


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True).stdout


def test_imports_nothing_heavy() -> None:
    assert run(f"import sys, dwibahasa; print(*(m for m in {HEAVY!r} if m in sys.modules))") == "\n"


def test_imports_in_less_than_a_tenth_of_a_second() -> None:
    code = "import time; t = time.perf_counter(); import dwibahasa; print(time.perf_counter() - t)"
    assert min(float(run(code)) for _ in range(5)) < 0.1


def test_every_module_imports_alone_and_lightly() -> None:
    code = (
        "import pkgutil, importlib, sys, dwibahasa\n"
        "for m in pkgutil.walk_packages(dwibahasa.__path__, 'dwibahasa.'):\n"
        "    if not m.name.endswith('__main__'):\n"
        "        importlib.import_module(m.name)\n"
        f"print(*(m for m in {HEAVY!r} if m in sys.modules and m != 'click'))"  # the command line is made of it
    )
    assert run(code) == "\n"
