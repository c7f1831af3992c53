"""Blocks and roles, losslessness for any text, linear time, clauses, the data files."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dwibahasa.document import Document
from dwibahasa.errors import DwibahasaError
from dwibahasa.segmentation import clause_spans, data, segment, segment_blocks, sentence_spans, split_glued

SEED = Path(__file__).parents[2] / "shared" / "seed" / "pakta-putin-kim.txt"

ARTICLE = """Menlu Bertolak ke Wina, Bawa Usul Perdamaian Baru

Menteri Luar Negeri berjalan menuju pesawat di Bandara Halim Perdanakusuma, Jaka
Menteri Luar Negeri berjalan menuju pesawat di Bandara Halim Perdanakusuma, Jakarta, Senin (3/2). (ANTARA FOTO/Rian)
Rabu, 5 Februari 2025 10:30 WIB
Penulis: Rina Hapsari | Editor: Bayu
0 Komentar

JAKARTA, KOMPAS.com - Menteri Luar Negeri bertolak ke Wina. “Kami membawa usul. Usul itu baru,” katanya.

ADVERTISEMENT

SCROLL TO CONTINUE WITH CONTENT

Baca Juga:Harga Beras Naik Lagi di PasarTim Basket Putri Menang Tipis di Manila

Usul Tiga Tahap

Usul itu punya tiga tahap:
- gencatan senjata;
- pertukaran tahanan;
- perundingan damai.

1. Tahap Pertama

Gencatan senjata berlaku selama dua pekan di seluruh wilayah. Baca juga: Mengapa Gencatan Senjata Gagal

Ia menolak berkomentar.

Ia menolak berkomentar.

Bagikan
Facebook | Twitter | WhatsApp
Ikuti kami di Google News
Tag: Wina, Diplomasi
Berita Terkait
Presiden Terima Duta Besar Baru
Kurs Rupiah Melemah

Copyright © 2025 Warta Contoh. All rights reserved.
"""


def roles(text: str) -> list[str]:
    return [block.role for block in segment(text).blocks]


def sources(document: Document) -> list[str]:
    return [piece.text for block in document.blocks for piece in block.segments]


def check_lossless(text: str) -> None:
    document = segment(text)
    pieces = [piece for block in document.blocks for piece in block.segments]
    start = pieces[0].start if pieces else len(text)
    assert text[:start].strip() == ""
    assert "".join(piece.text + piece.space for piece in pieces) == text[start:]
    for piece in pieces:
        assert text[piece.start : piece.end] == piece.text == piece.text.strip() != ""
        assert piece.space.strip() == ""
    assert all(block.segments for block in document.blocks)
    assert len({block.id for block in document.blocks}) == len(document.blocks)
    assert document.text == text


def test_messy_article() -> None:
    document = segment(ARTICLE)
    found = [(block.id, block.segments[0].text.split("\n")[0][:24]) for block in document.blocks]
    assert found == [
        ("h1", "Menlu Bertolak ke Wina, "),
        ("x1", "Menteri Luar Negeri berj"),
        ("c1", "Menteri Luar Negeri berj"),
        ("d1", "Rabu, 5 Februari 2025 10"),
        ("b1", "Penulis: Rina Hapsari | "),
        ("x2", "0 Komentar"),
        ("p1", "JAKARTA, KOMPAS.com - Me"),
        ("x3", "ADVERTISEMENT"),
        ("x4", "SCROLL TO CONTINUE WITH "),
        ("r1", "Baca Juga:Harga Beras Na"),
        ("s1", "Usul Tiga Tahap"),
        ("p2", "Usul itu punya tiga taha"),
        ("l1", "- gencatan senjata;"),
        ("l2", "- pertukaran tahanan;"),
        ("l3", "- perundingan damai."),
        ("s2", "1. Tahap Pertama"),
        ("p3", "Gencatan senjata berlaku"),
        ("r2", "Baca juga: Mengapa Genca"),
        ("p4", "Ia menolak berkomentar."),
        ("p5", "Ia menolak berkomentar."),
        ("x5", "Bagikan"),
        ("x6", "Facebook | Twitter | Wha"),
        ("x7", "Ikuti kami di Google New"),
        ("x8", "Tag: Wina, Diplomasi"),
        ("r3", "Berita Terkait"),
        ("r4", "Presiden Terima Duta Bes"),
        ("r5", "Kurs Rupiah Melemah"),
        ("x9", "Copyright © 2025 Warta C"),
    ]
    blocks = {block.id: block for block in document.blocks}
    assert blocks["x1"].reason == "cut-off duplicate of c1"
    assert [piece.text for piece in blocks["c1"].segments][1:] == ["(ANTARA FOTO/Rian)"]
    assert [piece.text for piece in blocks["p1"].segments][1:] == ["“Kami membawa usul.", "Usul itu baru,” katanya."]
    assert len(blocks["r1"].segments) == 1
    check_lossless(ARTICLE)


def test_seed_article() -> None:
    if not SEED.exists():
        pytest.skip("the sample article lies outside the repository")
    text = SEED.read_text(encoding="utf-8")
    ids = ["h1", "x1", "c1", "x2", "p1", "p2", "p3", "r1", "p4", "s1", "p5", "p6", "p7", "p8", "p9", "p10", "x3"]
    blocks = segment(text).blocks
    assert [block.id for block in blocks] == ids
    assert [len(block.segments) for block in blocks] == [1, 1, 2, 1, 1, 1, 1, 1, 3, 1, 2, 1, 2, 1, 1, 1, 1]
    check_lossless(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("PENGUMUMAN\n\nKANTOR DITUTUP. STAF PINDAH.\n", ["headline", "paragraph"]),
        (
            "PRESIDEN UMUMKAN DARURAT\n\nPresiden mengumumkan darurat.\n\nMENTERI TOLAK MUNDUR\n\nMenteri menolak.\n",
            ["headline", "paragraph", "subheading", "paragraph"],
        ),
        (
            "Ia menolak. Delegasi pulang. Ia menolak.\n\nIa menolak. Juru bicaranya bungkam.\n",
            ["paragraph", "paragraph"],
        ),
        ("Ia menolak berkomentar.", ["paragraph"]),
        ("menteri pulang tanpa komentar", ["paragraph"]),
        ("Menteri pulang.\n\nRapat usai tanpa hasil", ["paragraph", "paragraph"]),
        ("Siapa Kim Jong-un?\n\nKim memimpin sejak 2011.", ["headline", "paragraph"]),
        (
            "Menteri Tiba di Wina\n\nBaca Juga:\nHarga Beras Naik\n\nMenteri tiba kemarin.",
            ["headline", "related", "related", "paragraph"],
        ),
        ("Menteri Tiba di Wina\n\nJakarta (ANTARA) -\n\nMenteri tiba kemarin.", ["headline", "dateline", "paragraph"]),
        (
            "Labuan Bajo, 14 Mei 2024\n\nKomunike Bersama Para Menteri\n\nKami berkumpul.",
            ["dateline", "headline", "paragraph"],
        ),
        ("Internasional\nMenteri Tiba di Wina\n\nMenteri tiba kemarin.", ["boilerplate", "headline", "paragraph"]),
        ("Menteri Tiba\n\nMenteri tiba.\n\nOleh Rina Hapsari", ["headline", "paragraph", "byline"]),
        ("Menteri Tiba\n\nMenteri tiba.\n\n(rzn/hp)", ["headline", "paragraph", "byline"]),
        ("Menteri Tiba\n\nFoto: Dok. Kemlu\n\nMenteri tiba.", ["headline", "caption", "paragraph"]),
        ("Gabung NATO, Swedia Akhiri Netralitas\n\nSwedia bergabung.", ["headline", "paragraph"]),
        ("Menteri Tiba\n\nH. Agus Salim hadir.\n\nR.A. Kartini juga.", ["headline", "paragraph", "paragraph"]),
        (
            "Syarat\n\nBawa:\n\n1. paspor\n2. visa\n3. tiket\n",
            ["headline", "paragraph", "list_item", "list_item", "list_item"],
        ),
        (
            "KEMENTERIAN LUAR NEGERI\nJl. Pejambon No. 6\nTelp. (021) 344\n\nSoal Gaza\n\nIndonesia mengecam.",
            ["boilerplate", "boilerplate", "boilerplate", "headline", "paragraph"],
        ),
        (
            "Menteri Tiba\n\nMenteri tiba di Wina kemarin.\n\n#Wina #Diplomasi Baru",
            ["headline", "paragraph", "boilerplate"],
        ),
    ],
)
def test_roles(text: str, wanted: list[str]) -> None:
    assert roles(text) == wanted


PAGES = {
    "section, names, credit, desk, tags": """
boilerplate: Home
boilerplate: Global
headline: Badai Landa Tiga Kota di Pesisir, Ribuan Warga Mengungsi
dateline: Kompas.com, 14 Juni 2024, 08:12 WIB
byline: Ratna Dewi Sari,
byline: Bagus Nugroho
byline: Tim Redaksi
boilerplate: Lihat Foto
caption: Warga mengungsi ke balai kota setelah badai. (Dok. BPBD)
paragraph: KOMPAS.com - Badai melanda tiga kota. Ribuan orang mengungsi.
related: Baca juga: Cuaca Buruk, Penerbangan Dibatalkan
paragraph: Petugas masih mencari korban hilang sampai malam. (AFP/Z-3)
byline: (rdw/bn)
boilerplate: badai
boilerplate: pesisir selatan
boilerplate: Bagikan artikel ini: WhatsApp, Facebook, X
boilerplate: Berita Terkait
""",
    "labels and names on lines of their own": """
boilerplate: Internasional
headline: Mahkamah Tolak Gugatan Batas Laut
byline: Reporter
byline: Tempo.co
byline: Editor
byline: Dewi Rina Cahyani
dateline: Kamis, 6 Juni 2024 20:11 WIB
caption: Gedung mahkamah di Den Haag. ANTARA/REUTERS/Eva Plevier
paragraph: TEMPO.CO, Jakarta - Mahkamah menolak gugatan batas laut.
paragraph: Putusan itu final.
byline: REUTERS | DEWI RINA
boilerplate: Berita Selanjutnya
""",
    "inserted box, captions with a comma": """
headline: Mengapa pulau kecil ini diperebutkan dua negara besar
caption: Sumber gambar,EPA
caption: Keterangan gambar,Pulau itu hanya seluas dua kilometer persegi
byline: Penulis,Hanna Widodo
byline: Peranan,BBC News Indonesia
dateline: 3 jam yang lalu
paragraph: Pulau itu kosong selama seratus tahun, sampai minyak ditemukan.
boilerplate: Lewati Whatsapp dan lanjutkan membaca
boilerplate: Akun resmi kami di WhatsApp
boilerplate: Liputan mendalam BBC News Indonesia langsung di WhatsApp Anda.
boilerplate: Akhir dari Whatsapp
paragraph: Kini kedua negara mengirim kapal perang ke sana.
""",
    "release": """
boilerplate: KEMENTERIAN PERTAHANAN RI
boilerplate: Jalan Medan Merdeka Barat No. 13-14, Jakarta 10110
boilerplate: SIARAN PERS
boilerplate: Nomor: SP/12/VI/2024/HUMAS
headline: Menhan Terima Kunjungan Panglima Angkatan Bersenjata Kavaldia
dateline: Jakarta, 12 Juni 2024
paragraph: Menteri Pertahanan menerima kunjungan Panglima Kavaldia di Jakarta, Rabu (12/6).
paragraph: Keduanya sepakat menggelar latihan bersama.
byline: Kepala Biro Humas
byline: Brigjen TNI Edwin Adrian
boilerplate: Narahubung:
boilerplate: Dewi Anggraini (0812-1111-2222)
boilerplate: *** SELESAI ***
""",
    "letter": """
boilerplate: SURAT PEMBACA
headline: Lampu Jalan Padam Tiga Bulan
paragraph: Lampu jalan di kampung kami padam tiga bulan.
paragraph: Mohon segera diperbaiki. Terima kasih.
paragraph: Wassalam,
byline: Hj. Siti Rohmah
byline: Kel. Sukamaju, Depok
""",
    "live page": """
boilerplate: LIVE
headline: Pemilu Kalimera: Penghitungan Suara Dimulai
dateline: Diperbarui 5 menit yang lalu
byline: Dilaporkan oleh Tim Lensa
dateline: 21.15 waktu setempat
subheading: Hasil Pertama Tiba
paragraph: Hasil pertama datang dari pulau selatan. Suara yang masuk baru lima persen.
dateline: 19:05
paragraph: Tempat pemungutan suara ditutup.
boilerplate: Muat pembaruan lainnya
""",
    "fact box, note on the author": """
boilerplate: Kolom
headline: Diplomasi di Tengah Badai
byline: Oleh: Rahmat Hidayat
paragraph: Dunia sedang gaduh. Diplomat dituntut tenang.
subheading: Biodata
list_item: Nama: Arman Kola
list_item: Lahir: Port Celeste, 12 Maret 1961
list_item: Partai: Persatuan
paragraph: Ketenangan itu mahal harganya.
byline: Rahmat Hidayat adalah dosen hubungan internasional di Universitas Nusantara.
""",
    "interview": """
boilerplate: WAWANCARA
headline: Hana Rauf: “Saya Menerjemahkan Diamnya Juga”
byline: Pewawancara: Bimo Setiaji
paragraph: Ia juru bahasa. Kami menemuinya di Jenewa.
paragraph: T: Apa kalimat tersulit?
paragraph: J: Kami akan mempertimbangkannya.
""",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_roles_of_a_page(page: str) -> None:
    wanted = [tuple(line.split(": ", 1)) for line in page.strip().splitlines()]
    lines = [text + "\n" * (1 + (role == "paragraph")) for role, text in wanted]
    found = [(block.role, " ".join(piece.text for piece in block.segments)) for block in segment("".join(lines)).blocks]
    assert found == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Bagikan sembako kepada warga miskin, kata bupati, adalah tugas negara.",
        "Ikuti aturan WhatsApp yang baru agar akun tidak diblokir.",
        "Unduh aplikasi M-Paspor, lalu isi data diri Anda.",
        "Dengarkan.",
        "Selesai sudah perang itu.",
        "Kami menunggu jawaban.",
        "Redaksi koran itu menolak permintaan polisi.",
        "Artikel ini menjadi dasar gugatan ke mahkamah.",
        "Kontak senjata terjadi dua kali pada Selasa malam.",
        "Laporan itu menyebut 12 komentar hakim.",
        "Sumber di istana membenarkan kabar tersebut.",
        "Reporter itu ditahan selama dua hari, kata Reuters.",
        "Narahubung kelompok itu tidak menjawab pesan.",
        "Akhir dari perang itu masih jauh.",
        "Harga langganan koran naik menjadi Rp90.000 per bulan.",
        "Follow itu kata serapan, kata ahli bahasa di Depok.",
        "“Baca berita di aplikasi kami,” kata direktur perusahaan itu.",
        "Situs kami diserang, kata juru bicara bank sentral.",
        "Ada kesalahan dalam penghitungan suara, kata komisi pemilihan.",
        "Tahun 1997 perusahaan itu membeli pesaingnya.",
        "Redaksi hanya menerima dua surat sepanjang tahun itu.",
        "Jajak pendapat menunjukkan selisih dua persen.",
        "Polling itu melibatkan 1.200 responden.",
        "Konten ini milik negara, kata jaksa agung.",
    ],
)
def test_body_is_never_furniture(text: str) -> None:
    """A paragraph that is lost is far worse than a line of furniture that stays."""
    around = "Menteri Tiba di Wina Kemarin\n\nMenteri tiba di Wina. Ia disambut wali kota.\n\n"
    for page in (
        f"{around}{text}\n\nRapat dimulai pukul sembilan. Tidak ada hasil.\n",
        f"{around}Rapat dimulai pukul sembilan. Tidak ada hasil.\n\n{text}\n",
        f"{around}ADVERTISEMENT\n\n{text}\n\nEditor: Rina Hapsari\n",
    ):
        assert text in [
            " ".join(piece.text for piece in block.segments)
            for block in segment(page).blocks
            if block.role == "paragraph"
        ]


def test_no_headline_is_lost() -> None:
    for headline in (
        "Sumber: Rusia Siap Mundur dari Wina",
        "Infografis: Lima Hari yang Mengubah Perang",
        "Ketika Laut Pergi...",
        "Opini Publik Berubah",
        "PRESIDEN TIBA",
    ):
        page = f"{headline}\n\nMenteri tiba di Wina. Ia disambut wali kota.\n"
        assert roles(page) == ["headline", "paragraph"], headline


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Presiden Rusia tiba di Pyongyang pada Rabu dini hari untuk kunjungan\n"
        "kenegaraan pertamanya ke negara itu sejak tahun 2000. Ia disambut oleh\n"
        "Kim Jong-un di landasan. Keduanya berpelukan, lalu menumpang mobil\n"
        "yang sama menuju wisma tamu.\n"
        "Rombongan tiba pukul tiga pagi setelah singgah di Yakutsk, kota di timur\n"
        "laut Siberia.\n"
    )
    blocks = segment(text).blocks
    assert [len(block.segments) for block in blocks] == [3, 1]
    assert blocks[0].segments[1].text == "Ia disambut oleh\nKim Jong-un di landasan."


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "Menteri tiba di Wina.\nRapat dimulai pukul sembilan pagi.\nTidak ada hasil.\n"
    assert roles(text) == ["paragraph"] * 3


def test_white_space_alone_has_no_blocks() -> None:
    for text in ("", " ", "\n\r\n\t\u2028\x85"):
        assert segment(text).blocks == ()
        assert segment(text).text == text


SIGNS = ".!?…”“\"'()[]:;,-–— \n\r\t\x00\x0b\x1c\x85\u2028\u2029\ufeff🚢"
WORDS = ["\r\n", ". ", "Ia ", "dr. ", "1) ", "0 Komentar", "kata", "Putin", "(Reuters)"]
WORDS += [
    " - ",
    "Senin, 3 Mei 2024",
    "Oleh ",
    "Tim ",
    "Foto: ",
    "Baca juga: ",
    "Jl. 1",
    "Sumber",
    "AFP/",
    " lalu",
    " > ",
]
PIECES = st.one_of(st.sampled_from([*SIGNS, *WORDS]), st.text(max_size=4))
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


@settings(max_examples=10_000, deadline=None)
@example("\x00\r\n\x85Ia. \u2028”\ud83d")
@example("– Senin, 3 Mei 2024")
@given(TEXTS)
def test_lossless_for_any_text(text: str) -> None:
    check_lossless(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    gaps = zip(edges[::2], edges[1::2], strict=True)
    assert all(text[start:end].strip() == "" for start, end in gaps)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(1, 40))
def test_clauses_cover_the_text(text: str, limit: int) -> None:
    spans = clause_spans(text, limit)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(text[start:end].strip() for start, end in spans) or not text.strip()


def test_clauses_are_cut_at_the_strongest_place() -> None:
    text = "Rusia menolak usul itu, sedangkan Ukraina, yang lelah, menerimanya; perundingan di Wina, kata dia, batal."
    first = [text[start:end] for start, end in clause_spans(text)]
    assert first == [text[: text.index("perundingan")], text[text.index("perundingan") :]]
    assert clause_spans("satu,dua 1,5") == [(0, 9), (9, 12)]
    assert clause_spans("Pakta") == [(0, 5)]
    assert max(end - start for start, end in clause_spans("kata itu " * 1000)) <= 400


def test_split_glued() -> None:
    line = "Baca Juga:Ini Alasan Kuasa Hukum TersangkaSurvei Institut Ungkap Hasil Baru: YouTube dan detikNews Ramai"
    assert split_glued(line) == [
        "Baca Juga:",
        "Ini Alasan Kuasa Hukum Tersangka",
        "Survei Institut Ungkap Hasil Baru: YouTube dan detikNews Ramai",
    ]
    assert split_glued("Baca juga: Menteri Tiba di Wina") == ["Baca juga:", "Menteri Tiba di Wina"]


HARD = {
    "no marks": "negara itu menolak usul damai ",
    "digits": "2019",
    "stops": ".",
    "initials": "A. ",
    "quotes": "“kata ",
    "glued": "a.Bc",
    "brackets": "(",
    "closers": ".)",
    "lines": "Satu\n",
    "wrapped": "satu dua tiga empat lima enam tujuh delapan\n",
    "tags": "#a    ",
    "labels": "Baca Juga:\n",
    "addresses": "JL. 1\nJl. 2\n",
    "footnotes": ".[1]",
    "bracket sentence": "Ia (. Dia ",
    "numbered": "1. satu; ",
    "items": "1. satu 2. Dua ",
    "single quotes": "'kata! ",
    "titles in quotes": "acara “Apa? ‘Siapa? ",
    "superscripts": "kata.¹",
    "bullets": "- kata.\n\n\n",
    "credits": "kata. (a/b) ",
    "degrees": "S. Pd. ",
    "units": "12 km. ",
}


@pytest.mark.parametrize("unit", HARD.values(), ids=HARD)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = "Kata " + unit * (size // len(unit)) + " usai."
        start = time.process_time()
        segment(text)
        return time.process_time() - start

    small = min(seconds(10_000) for _ in range(3))
    large = min(seconds(80_000) for _ in range(2))
    assert large < 8 * 4 * max(small, 0.005)  # eight times the text; four times that would be 32, squared 64


@pytest.mark.parametrize(
    ("line", "message"),
    [("dr. ", "white space"), ("dr", "full stop"), ("dr.\ndr.", "twice")],
)
def test_malformed_data_names_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "titles.txt").write_text(f"# titles\nProf.\n{line}\n", encoding="utf-8")
    with pytest.raises(DwibahasaError, match=rf"titles\.txt:[34].*{message}"):
        data.abbreviations("titles", tmp_path)


def test_malformed_pattern_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "boilerplate.txt").write_text("* apa saja\n", encoding="utf-8")
    with pytest.raises(DwibahasaError, match=r"boilerplate\.txt:1"):
        data.Patterns("boilerplate", tmp_path)


def test_blocks_of_a_structured_format_keep_their_bounds_and_known_roles() -> None:
    blocks = [("Judul berita", "headline"), ("Ia datang. Mereka pergi", None), ("Baca Juga: Kabar lain", None)]
    document = segment_blocks(blocks)
    assert document.text == "Judul berita\n\nIa datang. Mereka pergi\n\nBaca Juga: Kabar lain"
    assert [block.role for block in document.blocks] == ["headline", "paragraph", "related"]
    assert "".join(s.text + s.space for block in document.blocks for s in block.segments) == document.text


def test_where_a_heading_is_known_a_short_paragraph_is_none() -> None:
    pieces = [("Judul berita", "headline"), ("Kata pengantar", None), ("Ia datang ke sana pada hari Rabu.", None)]
    assert [block.role for block in segment_blocks(pieces).blocks] == ["headline", "paragraph", "paragraph"]
