"""Loading of term bases, and finding their terms in text."""

import re
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa.document import Term
from dwibahasa.errors import GlossaryError
from dwibahasa.glossary import Glossary, verbatim_spans

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
)


def po(folder: Path, body: str, name: str = "g.po", encoding: str = "utf-8", header: str = HEADER) -> Path:
    path = folder / name
    path.write_bytes((header + body).encode(encoding))
    return path


def glossary(*terms: Term | tuple[str, str]) -> Glossary:
    return Glossary(t if isinstance(t, Term) else Term(*t) for t in terms)


def found(base: Glossary, text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.term.target) for m in base.find(text)]


# loading


def test_every_field_of_an_entry(tmp_path: Path) -> None:
    path = po(
        tmp_path,
        "# a remark\n#. accept: DPRK; North Korean\n#. forbid: Northern Korea\n#. case: exact\n#. note: a state\n"
        "#. foo: bar\n#: https://example.org/a:1\n"
        'msgctxt "country"\nmsgid "Korea "\n"Utara"\nmsgstr "North \\"Korea\\""\n',
    )  # fmt: skip
    (term,) = Glossary.load(path).terms
    assert term == Term(
        "Korea Utara", 'North "Korea"', ("DPRK", "North Korean"), ("Northern Korea",), "country", "exact", "a state",
        "https://example.org/a:1", str(path), 16,
    )  # fmt: skip


def test_a_comment_belongs_to_the_entry_after_it(tmp_path: Path) -> None:
    body = '#~ msgid "lama"\n#~ msgstr "old"\n\n#note without a space\n#. accept: b\nmsgid "satu"\nmsgstr "a"\n\n'
    terms = Glossary.load(po(tmp_path, body + 'msgid "dua"\nmsgstr "c"\n', header="")).terms
    assert [(t.source, t.accept, t.line) for t in terms] == [("satu", ("b",), 6), ("dua", (), 9)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "bom.po"
    text = HEADER + 'msgid "Selat Mutiara"\nmsgstr "Pearl Strait"\n'
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    assert [(t.source, t.target, t.line) for t in Glossary.load(path).terms] == [("Selat Mutiara", "Pearl Strait", 8)]


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ('msgid "a"\nmsgstr "b\n', 9, "closing quotation mark"),
        ('msgid "a\nmsgstr "b"\n', 8, "closing quotation mark"),
        ('msgid "a"\nmsgstr "b" c\n', 9, "text after"),
        ('msgid "a"\nmsgstr b\n', 9, "not PO"),
        ("source,target\n", 8, "not PO"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 10, "msgid without msgstr"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 9, "plural"),
        ('msgid "a"\nmsgstr "b"\n\n#. case: loud\nmsgid "c"\nmsgstr "d"\n', 11, "known: smart, exact"),
        ('#. forbid: b\nmsgid "a"\nmsgstr "b"\n', 9, "forbidden and right"),
        ('msgid "…"\nmsgstr "b"\n', 8, "no letter"),
        ('msgid "a\x00"\nmsgstr "b"\n', 8, "U+0000"),
        ('msgid "a\u2028"\nmsgstr "b"\n', 8, "U+2028"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(tmp_path: Path, body: str, line: int, words: str) -> None:
    with pytest.raises(GlossaryError) as error:
        Glossary.load(po(tmp_path, body))
    assert f"g.po: line {line}: " in str(error.value)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_two_targets_for_one_source(tmp_path: Path) -> None:
    one, two = 'msgid "Selat Mutiara"\nmsgstr "Pearl Strait"\n\n', 'msgid "Selat Mutiara"\nmsgstr "Mutiara Strait"\n'
    with pytest.raises(GlossaryError, match=r"g\.po: .*'Selat Mutiara'.*\(line 8\).*\(line 11\)"):
        Glossary.load(po(tmp_path, one + two))
    senses = Glossary.load(po(tmp_path, one + 'msgctxt "film"\n' + two))
    assert [t.sense for t in senses.terms] == ["", "film"]
    (match,) = senses.find("Selat Mutiara")
    assert (match.term.target, match.term.accept) == ("Pearl Strait", ("Mutiara Strait",))


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    body = 'msgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "c"\n\nmsgid "d"\nmsgstr "e"\n\nmsgid "d"\nmsgstr "e"\n'
    base = Glossary.load(po(tmp_path, body))
    assert [t.source for t in base.terms] == ["d"]
    assert [n.split(": ", 1)[1] for n in base.notices] == [
        "line 8: 'a' has no target; left out",
        "line 12: 'b' is marked fuzzy; left out",
        "line 18: 'd' stands on line 15 already; left out",
    ]
    assert Glossary.load(po(tmp_path, "")).notices == (f"{tmp_path / 'g.po'}: no entries",)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"none\.po: no such"):
        Glossary.load(tmp_path / "none.po")
    with pytest.raises(GlossaryError, match="is a folder"):
        Glossary.load(tmp_path)
    with pytest.raises(GlossaryError, match=r"g\.po: line 9: not UTF-8 \(byte 0xe9\)"):
        Glossary.load(po(tmp_path, 'msgid "a"\nmsgstr "caf\xe9"\n', encoding="latin-1"))
    with pytest.raises(GlossaryError, match="line 1: not UTF-8"):
        Glossary.load(po(tmp_path, 'msgid "a"\nmsgstr "b"\n', encoding="utf-16"))


def test_a_later_file_overrides_with_a_notice(tmp_path: Path) -> None:
    first = po(tmp_path, 'msgctxt "country"\nmsgid "Korea Utara"\nmsgstr "North Korea"\n\nmsgid "as"\nmsgstr "axle"\n')
    second = po(tmp_path, 'msgid "Korea  utara"\nmsgstr "DPRK"\n\nmsgid "AS"\nmsgstr "US"\n', "own.po")
    base = Glossary.load(first, second)
    assert [(t.source, t.target) for t in base.terms] == [("as", "axle"), ("Korea utara", "DPRK"), ("AS", "US")]
    (notice,) = base.notices
    assert "own.po: line 8: 'Korea utara' → 'DPRK' overrides 'North Korea'" in notice
    assert "g.po: line 9" in notice
    names = [part.split("@")[0] for part in base.signature.split(",")]
    assert names == ["g", "own"]
    assert all(len(part.split("@")[1]) == 12 for part in base.signature.split(","))


def test_accept_may_be_a_sign_of_a_currency(tmp_path: Path) -> None:
    body = '#. accept: $; US$\nmsgid "dolar AS"\nmsgstr "US dollar"\n'
    assert Glossary.load(po(tmp_path, body)).terms[0].accept == ("$", "US$")
    for wrong in (body.replace("$; US$", "…"), body.replace("accept: $", "forbid: €"), body.replace("US dollar", "$")):
        with pytest.raises(GlossaryError, match="no letter or digit"):
            Glossary.load(po(tmp_path, wrong))


def test_the_shipped_files_are_one_in_the_signature(tmp_path: Path) -> None:
    own = po(tmp_path, 'msgid "a"\nmsgstr "b"\n', "own.po")
    shipped = Glossary.default_paths()
    whole = Glossary.default().signature
    assert re.fullmatch("default@[0-9a-f]{12}", whole)
    with_own = Glossary.load(*shipped, own).signature
    assert re.fullmatch(re.escape(whole) + ",own@[0-9a-f]{12}", with_own)
    assert "default" not in Glossary.load(*shipped[1:]).signature
    copy = [Path(shutil.copy(path, tmp_path)) for path in shipped]
    assert Glossary.load(*copy).signature.count("@") == len(shipped)


# finding


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Mahkamah Internasional menolak gugatan soal Laut China Selatan.", ["ICJ", "SCS"]),
        ("Mahkamah itu tidak merinci; Mahkamah-mahkamah", ["Tribunal", "Tribunal"]),
        ("Laut China Timur", ["Ocean", "PRC"]),
        ("sekemahkamahan Lautan Mahkamah5 _China China_", []),
        ("laut china selatan", []),
        ("LAUT CHINA SELATAN", ["SCS"]),
    ],
)
def test_longest_leftmost_whole_words(text: str, spans: list[str]) -> None:
    base = glossary(
        ("Mahkamah", "Tribunal"), ("Mahkamah Internasional", "ICJ"), ("Laut", "Ocean"), ("Laut China Selatan", "SCS"),
        ("China", "PRC"),
    )  # fmt: skip
    assert [m.term.target for m in base.find(text)] == spans


def test_a_shorter_term_stands_in_where_a_longer_one_does_not_fit() -> None:
    base = glossary(Term("Laut Jawa", "JS", case="exact"), ("laut", "sea"))
    assert found(base, "Laut JAWA dan Laut Jawa") == [("Laut", "sea"), ("Laut Jawa", "JS")]


@pytest.mark.parametrize("clitic", ["nya", "lah", "kah", "pun", "ku", "mu", "nyalah", "-nya"])
def test_a_clitic_is_not_in_the_span(clitic: str) -> None:
    base = glossary(("kebijakan luar negeri", "foreign policy"), ("AS", "US"), ("Kim Jong-un", "Kim"))
    text = f"Kebijakan luar negeri{clitic} Kim Jong Un{clitic} AS{clitic}"
    assert [s for s, _ in found(base, text)] == ["Kebijakan luar negeri", "Kim Jong Un", "AS"]


def test_words_that_only_look_like_a_clitic_form() -> None:
    base = glossary(("masa", "period"), ("AS", "US"), ("as", "axle"), ("bang", "brother"))
    assert found(base, "masalah aslah bangku ASLAH") == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("rudal-rudal itu", "rudal-rudal"),
        ("Rudal-rudalnya", "Rudal-rudal"),
        ("kapal-kapal selam", "kapal-kapal selam"),
        ("kapal‑kapal selamnya", "kapal‑kapal selam"),
    ],
)
def test_reduplication(text: str, span: str) -> None:
    assert [s for s, _ in found(glossary(("rudal", "missile"), ("kapal selam", "submarine")), text)] == [span]


def test_an_entry_of_its_own_wins_over_reduplication() -> None:
    base = glossary(("mata", "eye"), ("mata-mata", "spy"))
    assert found(base, "mata-mata mata") == [("mata-mata", "spy"), ("mata", "eye")]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Al-Qur'an", "Al Qur’an"),
        ("Al-Qaeda", "al-Qaeda"),
        ("Ma'ruf Amin", "Maruf Amin"),
        ("Erdoğan", "Erdogan"),
        ("Erdogan", "Erdog\u0306an"),
        ("G20", "G-20"),
        ("Korea Utara", "Korea\nUtara"),
        ("Korea Utara", "Korea \r\n  Utara"),
        ("Korea Utara", "Korea\u00a0Utara"),
        ("bahasa Inggris", "Bahasa Inggris"),
        ("Washington, D.C.", "Washington, D.C"),
    ],
)
def test_other_ways_to_write_it(source: str, text: str) -> None:
    assert [s for s, _ in found(glossary((source, "x")), f"({text})")] == [text]


@pytest.mark.parametrize("text", ["Korea, Utara", "Korea\n\nUtara", "Korea. Utara", "Korea – Utara", "KoreaUtara"])
def test_what_parts_a_term(text: str) -> None:
    assert found(glossary(("Korea Utara", "x")), text) == []


def test_the_case_rule() -> None:
    base = glossary(("gencatan senjata", "truce"), ("AS", "US"), Term("Bali", "Bali", case="exact"))
    text = "GENCATAN SENJATA Gencatan Senjata as AS As BALI Bali"
    assert [s for s, _ in found(base, text)] == ["GENCATAN SENJATA", "Gencatan Senjata", "AS", "Bali"]


def test_a_later_file_wins_where_two_entries_fit() -> None:
    base = glossary(Term("Mahkamah", "Court", file="a"), Term("mahkamah", "tribunal", file="b"))
    assert found(base, "Mahkamah") == [("Mahkamah", "tribunal")]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Kim Jong-un, Kim Jong Un, Kim Jong-Un, KIM JONG-UN", ["Kim Jong Un"] * 4),
        ("Al-Qaeda, Al Qaeda, al-Qaeda", ["Al-Qaeda"] * 3),
        ("Al-Qaidah, Al Qaidah", ["Al-Qaidah"] * 2),
        ("Qur'an, Quran, Qur’an", ["Quran"] * 3),
        ("Al-Qur’an, Al Quran, Al-Qur'an", ["Al-Qur'an"] * 3),
        ("Laut China\nSelatan, Laut  China Selatan", ["Laut China Selatan"] * 2),
        ("Gencatan Senjata Korea Utara Runtuh", ["gencatan senjata", "Korea Utara"]),
        ("GENCATAN SENJATA KOREA UTARA RUNTUH", ["gencatan senjata", "Korea Utara"]),
        ("gencatan senjata korea utara runtuh", ["gencatan senjata"]),
        ("Menlu AS", ["menlu AS"]),
        ("Mahkamah Agung Inggris Raya", ["Mahkamah Agung Inggris"]),
        ("kapal-kapal selamnya pun", ["kapal selam"]),
    ],
)
def test_ways_to_write_names_of_the_shipped_term_bases(text: str, sources: list[str]) -> None:
    assert [match.term.source for match in SHIPPED.find(text)] == sources


# context rules

COURTS = glossary(
    Term("MA", "Supreme Court", case="exact", near=("hakim", "peninjauan kembali"), not_near=("madrasah",)),
    Term("TPS", "dump", sense="waste", near=("sampah",)),
    Term("TPS", "polling station"),
    Term("KTT", "summit", not_near=("kelompok tani",)),
)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Putusan MA", []),
        ("Hakim di MA", ["Supreme Court"]),
        ("MA, kata para hakimnya", ["Supreme Court"]),
        ("MA tolak PENINJAUAN-kembali", ["Supreme Court"]),
        ("MA tolak kembali peninjauan", []),
        ("MA dan kehakiman", []),
        ("Hakim lulusan MA, sebuah madrasah", []),
        ("Warga datang ke TPS", ["polling station"]),
        ("Sampah menumpuk di TPS, TPS itu penuh", ["dump", "dump"]),
        ("KTT ASEAN", ["summit"]),
        ("Kelompok Tani KTT Makmur", []),
    ],
)
def test_an_entry_holds_in_its_context(text: str, targets: list[str]) -> None:
    assert [target for _, target in found(COURTS, text)] == targets


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Polisi menangkap AS (34), warga Depok.", []),
        ("Polisi menangkap pria berinisial AS kemarin.", []),
        ("Polisi AS (FBI) dan AS (2024)", ["AS", "AS"]),
        ("Macet di Jalan Letjen Suprapto dan Jl. Letjen Suprapto", []),
        ("Di jalan, Letjen Suprapto; Jalan Panjang Letjen", ["letjen", "letjen"]),
        ("JALAN LETJEN SUPRAPTO", ["letjen"]),
        ("Pertandingan di Gelora Bung Karno, kata Bung Karno", ["Bung Karno"]),
    ],
)
def test_names_of_streets_and_initials_of_people_are_no_terms(text: str, sources: list[str]) -> None:
    base = glossary(("AS", "US"), ("letjen", "Lt. Gen."), ("Bung Karno", "Sukarno"))
    assert [match.term.source for match in base.find(text)] == sources


def test_where_a_longer_term_does_not_hold_a_shorter_one_does() -> None:
    base = glossary(Term("Laut Jawa", "JS", near=("kapal",)), ("Laut", "sea"))
    assert [t for _, t in found(base, "Laut Jawa")] == ["sea"]
    assert [t for _, t in found(base, "kapal di Laut Jawa")] == ["JS"]


def test_a_context_is_looked_for_once() -> None:
    text = "MA " * 200_000
    start = time.process_time()
    assert list(COURTS.find(text)) == []
    assert len(COURTS.find(text + "hakim")) == 200_000
    assert time.process_time() - start < 20  # a quadratic step would take hours


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("AS dan China sepakat.", "AS", "US"),
        ("Gelandang AS Roma itu cedera.", "AS Roma", "AS Roma"),
        ("MA memperberat vonis terdakwa.", "MA", "Supreme Court"),
        ("Lulusan MA Nurul Huda itu kuliah di Kairo.", "MA", None),
        ("Rektornya, Ahmad Fauzi, MA, membuka acara.", "MA", None),
        ("UE menjatuhkan sanksi baru.", "UE", "EU"),
        ("Para pemimpin tiba di lokasi KTT.", "KTT", "summit"),
        ("Kelompok tani KTT Sumber Rejeki panen raya.", "KTT", None),
        ("London, ibu kota Inggris, menolak rencana itu.", "Inggris", "Britain"),
        ("Timnas Inggris lolos ke final.", "Inggris", "England"),
        ("Turis itu berbahasa Inggris dengan lancar.", "Inggris", "English"),
        ("PM India bertolak ke Tokyo.", "PM", "prime minister"),
        ("Kadar PM2,5 naik di Jakarta.", "PM2,5", "PM2.5"),
        ("Kadar PM 2.5 naik di Jakarta.", "PM2.5", "PM2.5"),
        ("Oknum itu ditahan PM, kata Danpuspom, polisi militer.", "PM", None),
        ("MK mengabulkan uji materi itu.", "MK", "Constitutional Court"),
        ("Ia mengambil MK itu, mata kuliah pilihan.", "MK", None),
        ("BI menahan suku bunga.", "BI", "Bank Indonesia"),
        ("Guru mapel BI dan IPA itu mogok.", "BI", None),
        ("PBB mengecam serangan itu.", "PBB", "UN"),
        ("Warga menerima SPPT PBB tahun ini.", "PBB", "land and building tax"),
        ("Yusril memimpin PBB sejak lama.", "PBB", "PBB"),
        ("Pemilih antre di TPS sejak pagi.", "TPS", "polling station"),
        ("Sampah dari TPS itu dibawa ke Bantargebang.", "TPS", "waste collection site"),
    ],
)
def test_short_forms_of_the_shipped_term_bases_in_their_senses(text: str, source: str, target: str | None) -> None:
    uses = {match.term.source: match.term.target for match in SHIPPED.find(text)}
    assert uses.get(source) == target


# verbatim spans


@pytest.mark.parametrize(
    "span",
    [
        "https://contoh.go.id/kapal-selam/unduh?id=12&ref=a_b",
        "https://id.wikipedia.org/wiki/Korea_(semenanjung)",
        "www.contoh.id/a",
        "kapal@contoh.go.id",
        "kapal.contoh.go.id",
        "KOMPAS.com",
        "contoh.id/kapal-selam",
        "laporan_kapal.pdf",
        "3.12.x",
        "v2.1",
        "1.2.3",
        "192.168.1.1",
        "<term>",
        "</s>",
        '<a href="x y">',
        "<|end|>",
        "&nbsp;",
        "@KemluRI",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "Lihat {}.", "Lihat ({}), lalu", "“{}”"])
def test_verbatim(span: str, frame: str) -> None:
    text = frame.format(span)
    assert [text[a:b] for a, b in verbatim_spans(text)] == [span]


@pytest.mark.parametrize(
    "text",
    [
        "Rp 1.000.000 dan 2.500.000,50 pada 19.06.2024 pukul 10.30, Rabu (19/6)",
        "selesai.Di Jakarta, dihapus.Menurut polisi dan/atau TNI",
        "a < b dan c > d & e; 3 . 12",
        "Presiden dll. dan sebagainya. H.M. Soeharto, S.H., M.Si.",
    ],
)
def test_not_verbatim(text: str) -> None:
    assert verbatim_spans(text) == ()


def test_a_version_after_its_word() -> None:
    text = "harus versi 3.12 ke atas"
    assert [text[a:b] for a, b in verbatim_spans(text)] == ["3.12"]


def test_nothing_is_found_inside_a_verbatim_span() -> None:
    base = glossary(("kapal", "vessel"), ("kapal selam", "submarine"), ("unduh", "download"))
    text = "kapal selam di https://contoh.go.id/kapal-selam/unduh, kapal@contoh.go.id, kapal.contoh.go.id <kapal> kapal"
    assert found(base, text) == [("kapal selam", "submarine"), ("kapal", "vessel")]


# brackets

AGENCIES = glossary(
    Term("Kementerian Agama", "Religious Affairs Ministry", accept=("Kemenag",)),
    ("Kemenag", "Ministry of Religion"),
    Term("Komisi Pemilihan Umum", "Election Commission"),
    ("KPU", "KPU"),
    ("presiden Amerika Serikat", "US president"),
    ("AS", "US"),
    Term("rudal balistik antarbenua", "intercontinental ballistic missile", accept=("ICBM",)),
    ("ICBM", "ICBM"),
    ("Rusia", "Russia"),
)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Kementerian Agama (Kemenag) dan Kemenag", ["Kementerian Agama", "Kemenag"]),
        ("Kementerian Agama ( Kemenag )", ["Kementerian Agama"]),
        ("Kementerian Agama [Kemenag]", ["Kementerian Agama"]),
        ("Kemenag (Kementerian Agama)", ["Kemenag"]),
        ("Komisi Pemilihan Umum (KPU)", ["Komisi Pemilihan Umum"]),
        ("Presiden Amerika Serikat (AS) itu", ["Presiden Amerika Serikat"]),
        ("rudal balistik antarbenua (ICBM)", ["rudal balistik antarbenua"]),
        ("Komisi Pemilihan Umum (AS)", ["Komisi Pemilihan Umum", "AS"]),
        ("Komisi Pemilihan Umum baru (KPU)", ["Komisi Pemilihan Umum", "KPU"]),
        ("Komisi Pemilihan Umum (KPU pusat)", ["Komisi Pemilihan Umum", "KPU"]),
        ("Rusia (AS) (KPU)", ["Rusia", "AS", "KPU"]),
    ],
)
def test_brackets_that_say_a_term_once_more(text: str, spans: list[str]) -> None:
    assert [s for s, _ in found(AGENCIES, text)] == spans


def test_a_source_may_end_with_a_bracket() -> None:
    base = glossary(("Uni Eropa (UE)", "European Union (EU)"), ("Uni Eropa", "European Union"), ("UE", "EU"))
    assert [s for s, _ in found(base, "Uni Eropa (UE) dan Uni Eropa, UE")] == ["Uni Eropa (UE)", "Uni Eropa", "UE"]
    assert [s for s, _ in found(base, "Uni Eropa (UE dan AS)")] == ["Uni Eropa", "UE"]


# any text

PIECES = st.sampled_from(
    ["kapal", "selam", "Korea", "Utara", "AS", "-", "(", ")", " ", "\n", "nya", ".", "'", "3", "<", "@", "/", "é", "id"]
)
SHIPPED = Glossary.default()
BASE = glossary(("kapal selam", "x"), ("kapal", "y"), ("Korea Utara", "z"), ("AS", "US"), ("A-3", "w"), ("AS (3)", "v"))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_matches_of_any_text_are_in_order_and_apart(text: str) -> None:
    last = 0
    barred = verbatim_spans(text)
    for match in BASE.find(text):
        assert last <= match.start < match.end <= len(text)
        assert not any(a < match.end and match.start < b for a, b in barred)
        last = match.end
    ends = [0, *(x for span in barred for x in span), len(text)]
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    "piece", ["a", "kapal-", "kapal ", "<a ", "a.", "@", "(", "a@", "http://", "1.", "'", "“", "\n"]
)
def test_time_is_linear(piece: str) -> None:
    text = "http://" + piece * (400_000 // len(piece))
    start = time.process_time()
    BASE.find(text)
    assert time.process_time() - start < 10  # a quadratic step would take hours


# the shipped term bases


def test_the_shipped_term_bases_load() -> None:
    if not any((Path(__file__).parents[1] / "glossaries").glob("*.po")):
        pytest.skip("this checkout has no glossaries")
    base = Glossary.default()
    assert base.notices == ()
    assert found(base, "Korea Utara") == [("Korea Utara", "North Korea")]
    for term in base.terms:
        text = "; ".join((term.source, *term.near[:1]))
        assert any(m.start == 0 and m.term.source == term.source for m in base.find(text)), term
