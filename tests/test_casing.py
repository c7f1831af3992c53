"""Capitals for the model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwibahasa.casing import all_capitals, recased


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PRESIDEN UMUMKAN DARURAT MILITER", True),
        ("DK PBB BERSIDANG, 3 NEGARA ABSEN", True),
        ("DPR RI", False),
        ("BERLANGSUNG", False),
        ("PRESIDEN umumkan darurat", False),
        ("2024 – 2025", False),
        ("", False),
    ],
)
def test_all_capitals(text: str, expected: bool) -> None:
    assert all_capitals(text) is expected


def test_a_headline_gets_title_case_and_a_sentence_sentence_case() -> None:
    assert recased("MENTERI PERTAHANAN TOLAK MUNDUR DARI JABATAN", []) == "Menteri Pertahanan Tolak Mundur dari Jabatan"
    assert recased("SELURUH STAF DIPINDAHKAN KE KOTA LAIN.", []) == "Seluruh staf dipindahkan ke kota lain."
    assert recased("“APA YANG TERJADI?”", []) == "“Apa yang terjadi?”"


def test_names_and_acronyms_keep_their_capitals() -> None:
    text = "MENLU DAN DPR BAHAS PAKTA KOREA UTARA."
    at = text.index("KOREA UTARA")
    assert recased(text, [(at, at + 11, "Korea Utara")]) == "Menlu dan DPR bahas pakta Korea Utara."
    assert recased("PAKTA KOREA DIBAHAS.", [(6, 11, "Korea Utara")]) == "Pakta korea dibahas."


@pytest.mark.parametrize(
    "text", ["İSTANBUL DAN ANKARA BERUNDING", "STRASSE ẞ DITUTUP HARI INI", "A\U0001f6a2B CD EF GHI"]
)
def test_the_length_stays(text: str) -> None:
    assert len(recased(text, [])) == len(text)


@given(st.text(max_size=60).filter(lambda text: not any(map(str.islower, text))))
def test_only_the_case_changes(text: str) -> None:
    changed = recased(text, [])
    assert len(changed) == len(text)
    assert changed.casefold() == text.casefold()
