"""A bilingual document with everything a page can hold: an original article, all roles, all statuses, findings, word
links, words from right to left, very long words, a row without translation. Made by hand; no engine is needed."""

import re
from dataclasses import replace

from dwibahasa.document import (
    About,
    BilingualDocument,
    Block,
    Document,
    Finding,
    Link,
    Mark,
    Segment,
    Term,
    TermMatch,
    TermUse,
    TranslationUnit,
)

STRAIT = Term("Selat Malaka", "Strait of Malacca", ("Malacca Strait",), citation="BGN, GEOnet Names Server")
LITTORAL = Term(
    "negara pantai",
    "littoral state",
    ("coastal state",),
    ("beach country",),
    sense="law of the sea",
    note="UNCLOS itself writes “coastal State”; “littoral” is usual for states along one strait.",
    citation="UNCLOS, art. 2",
)
ZEE = Term("zona ekonomi eksklusif", "exclusive economic zone", ("EEZ",), sense="law of the sea")
MINISTER = Term("Menteri Luar Negeri", "Foreign Minister", ("minister of foreign affairs",))
TRACK = Term("nota kesepahaman", "memorandum of understanding", ("MoU",), ("note of agreement",))
ABOUT = About(
    "Empat Negara Perbarui Pakta Patroli Selat Malaka, Nelayan Menunggu Bukti",
    "Ratna Wibisono",
    "Harian Selat",
    "19 Maret 2025",
    "https://www.contoh.example/berita/patroli?id=7",
)
TERMS = (STRAIT, LITTORAL, ZEE, MINISTER, TRACK)

_PAIRS = """menteri=minister luar=foreign negeri=foreign empat=four pakta=pact patroli=patrol bersama=joint selat=strait
baru=new nelayan=fishermen menunggu=wait bukti=proof kapal=vessel kapal=boats bersandar=docked selasa=tuesday
menandatangani=signed pembaruan=renewal berlakunya=expired tahun=year lalu=last perjanjian=agreement bukan=not
ditujukan=directed kata=said juru=spokesperson bicara=spokesperson keselamatan=safety pelayaran=navigation biaya=costs
operasi=operating pertama=first diperkirakan=estimated triliun=trillion bahan=fuel bakar=fuel perawatan=upkeep
radar=radar pantai=coastal mengaku=say petugas=officers sejak=since spanduk=banner anggaran=budget terbatas=limited
baca=read juga=also harga=price solar=diesel naik=rises kecil=small ombak=waves berhenti=stop melaut=sea
sebelas=eleven bulan=months terpisah=separate lengkapnya=full laporan=report"""
PAIRS = [tuple(pair.split("=")) for pair in _PAIRS.split()]

# Inline marks: kind, words, address. One link lies over a term, one begins with a term, one is hostile.
_MARKS = [
    ("link", "Selat Malaka yang", "https://contoh.example/topik/selat?a=1&b=2"),
    ("link", "Menteri Luar Negeri", "https://contoh.example/topik/menteri"),
    ("bold", "keselamatan pelayaran", ""),
    ("italic", "pelayaran", ""),
    ("bold", "sebelas bulan", ""),
    ("italic", "nota kesepahaman terpisah", ""),
    ("link", "nota kesepahaman terpisah", "mailto:redaksi@contoh.example"),
    ("italic", "spanduk", ""),
    ("code", "Laporan", ""),
    ("link", "kapal kecil", "javascript:alert(1)"),
]

# (block id, role, reason, [(source, target, options)]); the options are those of `_unit`.
_ARTICLE = [
    ("d1", "dateline", "", [("Rabu, 19 Maret 2025", "Wednesday, 19 March 2025", {"score": -0.08})]),
    (
        "h1",
        "headline",
        "",
        [
            (
                "Empat Negara Perbarui Pakta Patroli Selat Malaka, Nelayan Menunggu Bukti",
                "Four Countries Renew Strait of Malacca Patrol Pact as Fishermen Wait for Proof",
                {"terms": [(STRAIT, "exact", "")], "score": -0.31},
            )
        ],
    ),
    ("b1", "byline", "", [("Oleh Ratna Wibisono", "By Ratna Wibisono", {"score": -0.05})]),
    ("x1", "boilerplate", "cut-off duplicate of c1", [("Kapal patroli bersandar di Tanj", None, {})]),
    (
        "c1",
        "caption",
        "",
        [
            (
                "Kapal patroli bersandar di Tanjung Uban, Selasa (18/3). (Dok. Harian Selat)",
                "A patrol vessel docked at Tanjung Uban on Tuesday (March 18). (Harian Selat archive)",
                {"score": -0.42},
            )
        ],
    ),
    ("x2", "boilerplate", "comment counter", [("0 Komentar", None, {})]),
    (
        "p1",
        "paragraph",
        "",
        [
            (
                "Menteri Luar Negeri keempat negara pantai menandatangani pembaruan pakta patroli di Selat Malaka yang "
                "masa berlakunya habis tahun lalu.",
                "The foreign ministers of the four littoral states signed a renewal of the patrol pact for the Strait "
                "of Malacca, which expired last year.",
                {
                    "terms": [
                        (MINISTER, "variant", "foreign ministers"),
                        (LITTORAL, "variant", "littoral states"),
                        (STRAIT, "exact", ""),
                    ],
                    "score": -0.22,
                },
            ),
            (
                "“Perjanjian ini bukan ditujukan kepada siapa pun,” kata juru bicara kementerian, “melainkan demi "
                "keselamatan pelayaran.”",
                "“This agreement is not directed at anyone,” a ministry spokesperson said, “but is for the safety of "
                "navigation.”",
                {"score": -0.19},
            ),
            (
                "Dalam bahasa Inggris ia menambahkan:",
                "In English she added:",
                {"score": -0.27},
            ),
            (
                "“We will share the picture, not the command.”",
                "“We will share the picture, not the command.”",
                {"origin": "copied", "language": "en"},
            ),
        ],
    ),
    (
        "p2",
        "paragraph",
        "",
        [
            (
                "Perundingan berlangsung sebelas bulan dan hampir kandas dua kali karena batas zona ekonomi eksklusif "
                "yang belum disepakati.",
                "The talks lasted eleven months and nearly collapsed twice over an exclusive economic zone boundary "
                "that has yet to be agreed.",
                {"terms": [(ZEE, "repaired", "exclusive economic zone")], "score": -0.48},
            ),
            (
                "Sebuah nota kesepahaman terpisah mengatur pembagian data radar.",
                "A separate note of agreement governs the sharing of radar data.",
                {
                    "terms": [(TRACK, "conflict", "")],
                    "score": -0.66,
                    "findings": [
                        Finding(
                            "term",
                            "“note of agreement” stands for “nota kesepahaman”, which is “memorandum of understanding”",
                        )
                    ],
                },
            ),
        ],
    ),
    ("s1", "subheading", "", [("Anggaran Terbatas", "Limited Budget", {"score": -0.12})]),
    (
        "p3",
        "paragraph",
        "",
        [
            (
                "Biaya operasi tahun pertama diperkirakan Rp1,2 triliun, sebagian besar untuk bahan bakar dan "
                "perawatan radar pantai.",
                "First-year operating costs are estimated at Rp 1.2 trillion, most of it for fuel and the upkeep of "
                "coastal radar.",
                {"score": -0.35},
            ),
            (
                "Nelayan di Batam mengaku belum pernah didatangi petugas sejak 2021.",
                "Fishermen in Batam say no officers have visited them since 2012.",
                {"findings": [Finding("numbers", "2021 in the source, 2012 in the translation")], "score": -0.58},
            ),
            (
                "Mereka mempertanggungjawabkannya sendiri-sendiri, gotong-royong tinggal di spanduk.",
                "They answer for it each on their own, and mutual help is left on the banner.",
                {"score": -1.37, "findings": [Finding("confidence", "the model is unsure of this sentence")]},
            ),
        ],
    ),
    (
        "l1",
        "list_item",
        "",
        [
            (
                "– Patroli bersama enam belas kali setahun",
                "– Sixteen joint patrols a year",
                {"origin": "memory", "state": "translated"},
            )
        ],
    ),
    (
        "l2",
        "list_item",
        "",
        [("– Satu pusat data di Sabang", "– One data centre in Sabang", {"origin": "human", "state": "final"})],
    ),
    (
        "l3",
        "list_item",
        "",
        [("Dua kapal cadangan di Batam", "Two reserve vessels in Batam", {"score": -0.15})],
    ),
    ("s2", "subheading", "", [("Suara dari Dermaga", "Voices from the Pier", {"score": -0.16})]),
    (
        "p4",
        "paragraph",
        "",
        [
            (
                "Spanduk di dermaga itu bertuliskan «السلام في البحر!» (2024) dan papan nama שלום (Haifa), di samping "
                "nama kapal 平和丸 dari Nagasaki.",
                "The banner on the pier read «السلام في البحر!» (2024) and a sign said שלום (Haifa), beside the ship’s "
                "name 平和丸 from Nagasaki.",
                {"score": -0.71},
            ),
            (
                "Laporan lengkapnya ada di https://contoh.example/laporan/patroli-bersama-selat-malaka-2025-versi-"
                "lengkap-dengan-lampiran.pdf.",
                "The full report is at https://contoh.example/laporan/patroli-bersama-selat-malaka-2025-versi-lengkap-"
                "dengan-lampiran.pdf.",
                {"score": -0.2},
            ),
            ("السلام في البحر، قال الصياد.", "Peace at sea, said the fisherman.", {"language": "ar", "score": -0.9}),
            (
                "🛥️ Ombak tidak membaca perjanjian, kata nelayan tua.",
                "🛥️ The waves do not read agreements, said an old fisherman.",
                {"score": -0.4},
            ),
            (
                "Ketika ditanya apakah zona ekonomi eksklusif itu berarti sesuatu bagi jaring ikannya, ia tertawa.",
                "Asked whether that meant anything to his nets, he laughed.",
                {
                    "terms": [(ZEE, "missed", "")],
                    "score": -0.83,
                    "findings": [Finding("term", "“zona ekonomi eksklusif” should be “exclusive economic zone” here")],
                },
            ),
        ],
    ),
    (
        "r1",
        "related",
        "",
        [
            (
                "Baca juga: Harga solar naik, kapal kecil berhenti melaut",
                "Read also: Diesel price rises, small boats stop going to sea",
                {"score": -0.3},
            )
        ],
    ),
    ("p5", "paragraph", "", [("(bersambung)", None, {})]),
    ("x3", "boilerplate", "share buttons", [("Bagikan: Facebook Twitter WhatsApp", None, {})]),
]


def document(*, malay: bool = True) -> BilingualDocument:
    """The sample; with `malay`, a warning about the whole document."""
    blocks, units, text = [], [], ""
    for id, role, reason, sentences in _ARTICLE:
        segments = []
        for number, (source, target, options) in enumerate(sentences, 1):
            segment = Segment(source, len(text), " " if number < len(sentences) else "\n\n")
            text += segment.text + segment.space
            segments.append(segment)
            units.append(_unit(f"{id}.s{number}", id, role, segment, target, **options))
        blocks.append(Block(id, role, tuple(segments), reason))
    warning = Finding("language", "The text may be Malay rather than Indonesian; the model was trained on Indonesian.")
    return BilingualDocument(
        Document(text, tuple(blocks), "patroli-selat.txt", marks=_marks(text), about=ABOUT),
        tuple(units),
        signature="dwibahasa:0.1.0|model:id_en@3f9c0d1b2a47|beam:2|glossary:geopolitics@a81e4c09d3f2|seg:1",
        findings=(warning,) if malay else (),
    )


def long_document(segments: int) -> BilingualDocument:
    """The sample over and over, with new ids and offsets, until it has SEGMENTS units."""
    sample = document(malay=False)
    text, blocks, units, marks = sample.source.text, [], [], []
    for turn in range(segments // len(sample.units) + 1):
        shift = turn * len(text)
        for block in sample.source.blocks:
            moved = tuple(replace(s, start=s.start + shift) for s in block.segments)
            blocks.append(replace(block, id=f"{block.id}-{turn}", segments=moved))
        for unit in sample.units:
            segment = replace(unit.segment, start=unit.segment.start + shift)
            names = {"id": unit.id.replace(".", f"-{turn}."), "block": f"{unit.block}-{turn}"}
            units.append(replace(unit, segment=segment, **names))
        marks += [replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in sample.source.marks]
    source = replace(sample.source, text=text * (turn + 1), blocks=tuple(blocks), marks=tuple(marks))
    return replace(sample, source=source, units=tuple(units[:segments]))


def _marks(text):
    marks = [Mark(kind, text.index(words), text.index(words) + len(words), href) for kind, words, href in _MARKS]
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def _unit(id, block, role, segment, target, *, terms=(), origin="mt", state="translated", **options):
    if target is None:
        return TranslationUnit(id, block, role, segment)
    uses = tuple(_use(segment.text, target, *term) for term in terms)
    return TranslationUnit(
        id, block, role, segment, target, origin, state, terms=uses, links=_links(segment.text, target), **options
    )


def _use(source, target, term, status, form):
    start = source.lower().index(term.source.lower())
    match = TermMatch(term, start, start + len(term.source))
    if status in ("missed", "conflict"):
        return TermUse(match, status)
    form = form or term.target
    at = target.index(form)
    return TermUse(match, status, form, at, at + len(form), "repair" if status == "repaired" else "model")


def _links(source, target):
    links = set()
    for word, partner in PAIRS:
        for s in re.finditer(rf"\b{word}\b", source, re.I):
            for t in re.finditer(rf"\b{partner}\b", target, re.I):
                links.add((*s.span(), *t.span()))
                break
    return tuple(Link(*link) for link in sorted(links))


if __name__ == "__main__":
    from test_html import GOLDEN, bare, write_html

    GOLDEN.write_text(bare(write_html(document())), "utf-8")
