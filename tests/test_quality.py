"""The checks on a unit: what each finds, and what it must leave alone."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwibahasa import data, numerals
from dwibahasa.errors import DwibahasaError
from dwibahasa.quality import MIN_SCORE, check_unit, number_findings

RIGHT_NUMBERS = [
    ("Emisi pembangkit itu mencapai 3.400.117 ton pada 2023.", "The plant emitted 3,400,117 tons in 2023."),
    ("Tagihan itu berjumlah 571,93 euro, naik 1,5 persen.", "The bill came to 571.93 euros, up 1.5 percent."),
    ("Anggaran naik dari Rp1.234,5 miliar.", "The budget rose from Rp 1,234.5 billion."),
    ("Nilainya Rp1.234,5 miliar.", "It is worth 1.2345 trillion rupiah."),
    ("Biayanya Rp2,718 triliun.", "It cost Rp 2.718 trillion."),
    ("Nilainya 3,4 miliar dolar.", "It is worth $3.4bn."),
    ("Harganya 25 ribu rupiah, dulu 2-3 ribu.", "It costs 25,000 rupiah; it used to be 2,000 to 3,000."),
    ("Sekitar 2 hingga 3 juta orang mengungsi.", "Some 2 million to 3 million people fled."),
    ("Anggarannya Rp2 hingga Rp3 triliun.", "The budget is 2 trillion to 3 trillion rupiah."),
    ("Sekitar 1,5 juta orang mengungsi.", "About one and a half million people fled."),
    ("Sekitar setengah juta orang mengungsi.", "Some 500,000 people fled."),
    ("Dua puluh lima kapal dan sebelas perahu ditahan.", "25 ships and 11 boats were held."),
    ("Tiga ratus dua puluh ribu orang hadir.", "320,000 people came."),
    ("Sebanyak 12 kapal dan 3 pesawat dikerahkan.", "Twelve ships and three aircraft were deployed."),
    ("KTT ke-47 itu digelar untuk ke-3 kalinya.", "The 47th summit was held for the third time."),
    ("Sejak abad ke-20 dan abad ke-9.", "Since the twentieth century and the ninth century."),
    ("Pada abad kedua puluh satu.", "In the 21st century."),
    ("Perang Dunia II pecah.", "World War 2 broke out."),
    ("Sejak 1980-an dan tahun 90-an.", "Since the 1980s and the 1990s."),
    ("Sidang dibuka pukul 10.30 dan ditutup pukul 20.00.", "The session opened at 10:30 and closed at 8 p.m."),
    ("Gempa terjadi pukul 04.07 pada kedalaman 10 km.", "The quake struck at 4:07 a.m. at a depth of 10 km."),
    ("Kapal tenggelam pukul 00.15, evakuasi pukul 12.00.", "It sank at 12:15 a.m.; they were evacuated at noon."),
    ("Gempa pukul 04.12.09 WIB.", "The quake was at 4:12:09 a.m. Western Indonesian Time."),
    ("Mereka bertemu Rabu (19/6).", "They met on Wednesday (June 19)."),
    ("Mereka bertemu Rabu (19/06/2024).", "They met on Wednesday, June 19, 2024."),
    ("Pada 9 Agustus 1945 dan Kamis (3/12).", "On Aug. 9, 1945, and on Thursday, Dec. 3."),
    ("Perusahaan wajib menjawab dalam 3 x 24 jam.", "The company must answer within 72 hours."),
    ("Skornya 3-1, skuad U-23 menang.", "It ended 3-1, and the Under-23 squad won."),
    ("Pesawat F-16 dan rudal KN-25, versi 3.12.1.", "The F-16 and the KN-25 missile, version 3.12.1."),
    ("Peta berskala 1:50.000.", "A map at a scale of 1:50,000."),
    ("Naik 2 kali lipat.", "It rose twofold, or doubled."),
    ("Selama 1 dekade, 2 lusin kapal hilang.", "In one decade, two dozen ships were lost."),
]
WRONG_NUMBERS = [
    ("Emisi mencapai 3.400.117 ton.", "Emissions reached 3.400.117 tons.", ["3.400.117", "3,400,117", "3.400.117"]),
    ("Tagihannya 571,93 euro.", "The bill is 571,93 euros.", ["571,93", "571.93", "571,93"]),
    ("Sebanyak 318.660 prajurit.", "Some 318.660 soldiers.", ["318.660", "318,660"]),
    ("Sebanyak 41.207 prajurit.", "Some 41,270 soldiers.", ["41.207", "41,207", "41,270"]),
    ("Rp2,05 triliun.", "Rp 2.05 billion.", ["2,05 triliun", "2.05 trillion", "2.05 billion"]),
    ("Nilainya Rp12 miliar.", "It is worth Rp 12 million.", ["12 miliar", "12 billion", "12 million"]),
    ("Rabu (19/6).", "Wednesday (July 19).", ["19/6", "July"]),
    ("Pada 10 Juni.", "On July 10.", ["Juni", "July"]),
    ("Pukul 20.00.", "At 9 p.m.", ["20.00", "9"]),
    ("Sebanyak 17 orang.", "Seventy people.", ["17"]),
    ("Sebanyak 17 orang pada 2023.", "Many people in 2023.", ["17", "missing"]),
    ("Banyak orang.", "Some 45 people.", ["45", "not in the source"]),
]


def checks(source: str, target: str, score: float | None = None) -> list[str]:
    return [finding.check for finding in check_unit(source, target, "paragraph", score)]


@pytest.mark.parametrize(("source", "target"), RIGHT_NUMBERS)
def test_numbers_in_another_right_form_are_right(source: str, target: str) -> None:
    assert number_findings(source, target) == ()


@pytest.mark.parametrize(("source", "target", "named"), WRONG_NUMBERS)
def test_wrong_numbers_are_named(source: str, target: str, named: list[str]) -> None:
    findings = number_findings(source, target)
    assert {finding.check for finding in findings} == {"numbers"}
    message = findings[0].message
    assert re.search(".*".join(map(re.escape, named)), message), message


def test_each_wrong_number_is_a_finding() -> None:
    found = number_findings("Sebanyak 318.660 prajurit, 41.207 di markas, pada 2023.", "Some 31 soldiers, 4 in 2023.")
    assert len(found) == 2


@given(st.integers(0, 10**15), st.integers(0, 99))
def test_any_marked_number_is_found_and_any_other_is_not_taken_for_it(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    indonesian = english.translate(str.maketrans(".,", ",."))
    assert not number_findings(f"Nilainya {indonesian} euro.", f"It is {english} euros.")
    assert number_findings(f"Nilainya {indonesian} euro.", f"It is {whole + 1:,}.{cents:02} euros.")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_checked(source: str, target: str) -> None:
    assert all(finding.message for finding in check_unit(source, target, "paragraph", -0.5))


def test_empty() -> None:
    assert checks("Ia menolak.", " \n") == ["empty"]
    assert checks("", "") == []


def test_length() -> None:
    source = "Perundingan itu berakhir tanpa kesepakatan setelah tiga hari."
    assert checks(source, "The talks ended.") == ["length"]
    assert checks(source, "The talks ended without a deal after three days.") == []
    assert checks("Ia WNI.", "He is a citizen of Indonesia.") == []
    assert check_unit("Penulis: " + "a" * 40, "By A", "byline", None) == ()


def test_repetition() -> None:
    source = "Kapal itu tenggelam di perairan dangkal dekat pelabuhan."
    assert checks(source, "The ship sank in the sea in the sea in the sea near the port.") == ["repetition"]
    assert "repetition" in checks(source, "The ship went very very very very deep near the port.")
    assert checks("Gila, gila, gila, gila!", "Crazy, crazy, crazy, crazy!") == []
    assert checks(source, "The ship sank in shallow waters in the sea off the port.") == []


def test_untranslated() -> None:
    source = "Perundingan itu belum menghasilkan kesepakatan apa pun."
    assert checks(source, source) == ["untranslated"]
    assert checks(source, source.upper()) == ["untranslated"]
    assert checks(source, "The talks belum menghasilkan kesepakatan apa pun yet.") == ["untranslated"]
    assert checks(source, "Negosiasi yang panjang itu belum berhasil sama sekali.") == ["untranslated"]
    kept = "https://www.contoh.co.id/read/2024/06/19/ini-alasan-dan-akibat"
    assert checks(f"Baca naskahnya di {kept} sekarang.", f"Read the text at {kept} now.") == []
    assert checks(source, "The talks have not produced any agreement.") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Jakarta (ANTARA) -", "Jakarta (ANTARA) -"),
        ("Kuala Lumpur (ANTARA) - Timor-Leste diterima.", "Kuala Lumpur (ANTARA) - Timor-Leste was admitted."),
        ("Partai Amanat Nasional Malang bubar.", "The Partai Amanat Nasional Malang dissolved."),
        ("We will not negotiate.", "We will not negotiate."),
    ],
)
def test_names_and_english_may_be_copied(source: str, target: str) -> None:
    assert checks(source, target) == []


def test_doubled() -> None:
    source = "Presiden itu menolak usul tersebut."
    assert checks(source, "The president rejected the the proposal.") == ["doubled"]
    assert checks(source, "The president had had to reject that that day.") == []
    assert checks("Duran Duran tampil di Jakarta.", "Duran Duran played in Jakarta.") == []
    assert checks("Jauh jauh sekali negeri itu.", "It is a far, far far land.") == []


def test_punctuation() -> None:
    source = "Ia berkata, “Kami menolak” (Rabu)."
    assert checks(source, "He said, “We refuse” (Wednesday.") == ["punctuation"]
    assert checks(source, "He said, “We refuse (Wednesday).") == ["punctuation"]
    assert checks(source, 'He said, "We refuse (Wednesday).') == ["punctuation"]
    assert checks(source, 'He said, "We refuse" (Wednesday).') == []
    # the quotation goes on in the next segment
    assert checks("“Kami menolak usul itu.", "“We reject the proposal.") == []
    assert checks("a) Kami menolak. 12) Rabu (19/6).", "a) We refuse. 12) Wednesday (June 19).") == []


def test_confidence() -> None:
    assert checks("Ia menolak.", "He refused.", MIN_SCORE - 0.01) == ["confidence"]
    assert checks("Ia menolak.", "He refused.", MIN_SCORE) == []
    assert checks("Ia menolak.", "He refused.", None) == []


def test_long_segments_take_linear_time() -> None:
    began = time.perf_counter()
    for text in ("2019" * 50_000, "kata itu " * 20_000, "(“" * 50_000, "X" * 200_000, "1.234," * 30_000):
        check_unit(text, text, "paragraph", None)
    assert time.perf_counter() - began < 20


def test_a_malformed_lexicon_names_file_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "rows", lambda name, size: iter([(f"{name}.txt:3", ("satu", "angka", "1"))]))
    with pytest.raises(DwibahasaError, match=r"numerals\.id\.txt:3: .* satu angka 1"):
        numerals._lexicon.__wrapped__("id")
