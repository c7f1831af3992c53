"""What became of the terms of a run, as a table."""

from pathlib import Path

import pytest

from conftest import Dw
from dwibahasa import Glossary, Term, Translator, read_text
from dwibahasa.testing import DictEngine
from dwibahasa.writers.term_report import COLUMNS, TermReport

TERMS = [
    Term("gencatan senjata", "truce", forbid=("ceasefire",), note="=2+3", file="own.po", line=7),
    Term("menteri", "minister", citation="a\tb"),
]
MAPPING = {
    "Menteri membahas gencatan senjata.": "The minister discussed the ceasefire.",
    "Menteri pergi.": "The minister left.",
}


def report() -> list[list[str]]:
    made = TermReport()
    translator = Translator(DictEngine(MAPPING), Glossary(TERMS), "off")
    for name in ("a.txt", "b.txt"):
        text = read_text(" ".join(MAPPING), name)
        made.add(translator.translate(text, force_language="id"))
    return [line.split("\t") for line in made.text().splitlines()]


def test_a_row_for_each_term_status_and_form_the_missed_first() -> None:
    head, *rows = report()
    assert tuple(head) == COLUMNS
    assert [row[:6] for row in rows] == [
        ["gencatan senjata", "truce", "conflict", "", "none", "2"],
        ["menteri", "minister", "exact", "minister", "model", "4"],
    ]
    assert rows[0][6] == "a.txt:p1.s1, b.txt:p1.s1"
    assert rows[0][9] == "own.po:7"


def test_no_cell_breaks_a_line_or_is_a_formula() -> None:
    _, missed, exact = report()
    assert missed[7] == "'=2+3"
    assert exact[8] == "a b"


def test_the_command_writes_it_and_takes_a_policy(dw: Dw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(" ".join(MAPPING), "utf-8")
    loaded: list[str] = []

    def load(*_: object, policy: str = "prefer", **__: object) -> Translator:
        loaded.append(policy)
        return Translator(DictEngine(MAPPING), Glossary(TERMS), policy)  # type: ignore[arg-type]

    monkeypatch.setattr(Translator, "load", load)
    command = ["translate", "a.txt", "--to", "jsonl", "--force-language", "id", "--term-report", "terms.tsv"]
    result = dw(*command, "--glossary-policy", "off")
    assert result.exit_code == 0, result.stderr
    assert "terms.tsv" in result.stderr
    assert "conflict" in (tmp_path / "terms.tsv").read_text("utf-8")
    assert dw(*command, "--force").exit_code == 0
    assert loaded == ["off", "prefer"]
    assert "repaired" in (tmp_path / "terms.tsv").read_text("utf-8")
