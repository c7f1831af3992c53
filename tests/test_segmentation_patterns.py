"""Every regular expression of the package takes linear time on hostile text, or is only ever given a short one."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable

import pytest

import dwibahasa.segmentation

UNITS = (
    *"aA1 .,:;/|-(['\"“”…#@_>",
    "a ",
    "A ",
    "1 ",
    "A. ",
    "1.",
    "1:1 ",
    "a/",
    "Aa/",
    "Ab. Cd. ",
    "a-",
    "a.b",
    "(a)",
    "[1]",
    "(a/b ",
    " - ",
    " | ",
    " > ",
    ", ",
    "dan ",
    "Foto: ",
    "Laporan a ",
    "0:00 ",
    "http://",
    "a@",
    "a.co",
    "\t ",
    "\n",
)
SMALL, LARGE = 250, 2_000
FAST = 0.01  # seconds of processor time in which the large text is done in any case
SLACK = 4  # a quadratic pattern takes 64 times as long for the large text, a linear one 8 times


def patterns() -> dict[str, re.Pattern[str]]:
    """All compiled patterns at the top of the modules of the package, by module and name."""
    found = {}
    for module in pkgutil.iter_modules(dwibahasa.segmentation.__path__, "dwibahasa.segmentation."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name.rpartition('.')[2]}.{name}"] = value
    return found


PATTERNS = patterns()
# Longest text that the code gives to a pattern whose time is not linear; each bound stands where the pattern is used.
BOUNDED = {
    "bylines._JOINTS": 300,
    "bylines._SET_OFF": 300,
    "credits._HOST": 90,
    "furniture._ITEM": 0,  # matched at the start only, where it is linear
    "furniture._BREADCRUMB": 300,
    "furniture._CRUMBS": 200,
    "furniture._MARKS_OF_PATHS": 120,
    "furniture._MENU": 200,
    "furniture._PLAYER": 300,
    "furniture._SEPARATORS": 120,
    "heads._OUTLET": 40,
    "sentences._LAST_WORD": 48,
}


def seconds(run: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    run(text)
    return time.process_time() - start


def slow(pattern: re.Pattern[str]) -> list[str]:
    """The units on which a pattern is slower than linear."""
    found = []
    for unit in UNITS:
        small, large = (unit * (size // len(unit)) + "\x00" for size in (SMALL, LARGE))
        for run in (pattern.search, pattern.fullmatch):
            if (took := seconds(run, large)) > FAST:
                took = min(took, seconds(run, large))
                if took > FAST and took > 8 * SLACK * max(min(seconds(run, small) for _ in range(3)), 0.0005):
                    found.append(unit)
    return found


def test_patterns_are_found() -> None:
    assert len(PATTERNS) >= 60
    assert set(BOUNDED) <= set(PATTERNS)


@pytest.mark.parametrize("name", [name for name in PATTERNS if name not in BOUNDED])
def test_pattern_is_linear(name: str) -> None:
    assert slow(PATTERNS[name]) == []
