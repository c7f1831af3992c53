"""Faults that readers report of other tools, made up anew: what a text must be cut into, or what a block must be."""

import pytest

from dwibahasa.detection import detect
from dwibahasa.segmentation import segment

SENTENCES = [
    ("Ia lahir di Jl. Kenari No. 8, Kec. Pacet.", 1),
    ("Letjen. (Purn.) Suryo hadir. Ia diam.", 2),
    ("Menurut Prof. Dr. H. Basri, M.Si., harga naik 1,5%. Warga mengeluh.", 2),
    ("Rudal itu berharga Rp1.250.000.000. Jangkauannya 1.200 km.", 2),
    ("“Kapan perang usai?” tanya anak itu.", 1),
    ("“Kami lelah. Kami lapar,” kata Siti.", 2),
    ("Rapat pukul 10.30 WIB ditunda. Menteri pulang.", 2),
    ("Lihat https://contoh.go.id/a.b?c=1. Laporan itu 40 halaman.", 2),
    ("PT Anora Tbk. menolak. Sahamnya turun.", 2),
    ("Menteri mundur (19/6). Penggantinya belum ada.", 2),
    ("Ia berkata... lalu diam.", 1),
    ("Perang usai!? Belum.", 2),
    ("Presiden tiba Senin.Ia langsung berpidato.", 2),
    ("Kapal itu tenggelam. (Reuters)", 2),
    ("TEMPO.CO, Moskow - Parlemen bersidang. Hasilnya nihil.", 2),
    ("A.M. Fatwa hadir bersama K.H. Ahmad.", 1),
    ("Alamatnya info@contoh.go.id. Balasannya lama.", 2),
    ("Ia membawa beras, gula, dll. Semuanya habis.", 2),
]

ROLES = [
    ("Pasukan Ditarik\n\nPasukan ditarik hari ini. Warga lega.\n\n0 Komentar\n", "boilerplate"),
    ("Pasukan Ditarik\n\nPasukan ditarik hari ini. Warga lega.\n\nBaca juga: Sanksi Baru\n", "related"),
    ("Pasukan Ditarik\n\nPasukan ditarik hari ini. Warga lega.\n\n(rzn/hp)\n", "byline"),
    ("Pasukan Ditarik\n\nPasukan ditarik hari ini. Warga lega.\n\nMasuk untuk berkomentar\n", "boilerplate"),
    ("Pasukan Ditarik\n\nPasukan ditarik hari ini. Warga lega.\n\nIa menolak berkomentar.\n", "paragraph"),
    ("Pasukan Ditarik\n\nPasukan ditarik hari ini. Warga lega.\n\nAplikasi itu diblokir.\n", "paragraph"),
]

LANGUAGES = [
    ("PRESIDEN TIBA DI WINA UNTUK BERTEMU DENGAN KANSELIR YANG BARU", "id"),
    ("The president said that the talks were over and that he was going home.", "en"),
    ("Ia berkata, “We will not negotiate under fire.” Delegasinya pulang pada malam itu juga.", "id"),
    ("1.200 · 14,5% · 19/6", "und"),
]


@pytest.mark.parametrize(("text", "count"), SENTENCES)
def test_number_of_segments(text: str, count: int) -> None:
    pieces = [piece.text for block in segment(text).blocks for piece in block.segments]
    assert len(pieces) == count, pieces


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_role_of_the_last_block(text: str, role: str) -> None:
    assert segment(text).blocks[-1].role == role


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str) -> None:
    assert detect(segment(text)).language == language
