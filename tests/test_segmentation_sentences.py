"""Sentence boundaries: the case files that a linguist edits, and offsets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dwibahasa.segmentation import sentence_spans

CASES = Path(__file__).parent / "segmentation"


def cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
        for number, case in enumerate("\n".join(lines).split("\n===\n"), 1):
            text, _, wanted = case.partition("\n---\n")
            yield pytest.param(
                text, [line.replace("↵", "\n") for line in wanted.split("\n") if line], id=f"{path.stem}-{number}"
            )


@pytest.mark.parametrize(("text", "wanted"), list(cases()))
def test_sentences(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == wanted


def test_case_files_are_found() -> None:
    assert len(list(cases())) >= 40


def test_offsets_of_repeated_sentences_after_astral_characters() -> None:
    text = "🚢🇮🇩 Kapal itu berlabuh di Surabaya. Menteri menolak. Ia pergi. Menteri menolak."
    starts = [start for start, end in sentence_spans(text) if text[start:end] == "Menteri menolak."]
    first = text.index("Menteri")
    assert starts == [first, text.index("Menteri", first + 1)]


def test_white_space_has_no_sentences() -> None:
    assert sentence_spans(" \n\t\u2028 ") == []
    assert sentence_spans("") == []
