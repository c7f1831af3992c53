"""What of a segment goes to the engine, and how the answers are joined."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa import Glossary, Term, Translator, read_text
from dwibahasa.document import Role, Segment
from dwibahasa.engines import InlineTerm, Request
from dwibahasa.glossary import verbatim_spans
from dwibahasa.passages import Passage, join, prepare
from dwibahasa.testing import EchoEngine

NORTH = Term("Korea Utara", "North Korea")
MISSILE = Term("rudal", "missile")
QUOTE = "“We will not negotiate under fire, not today and not tomorrow.”"


class Short(EchoEngine):
    """Bears fifty characters, and knows inline terms."""

    def __init__(self) -> None:
        super().__init__(term_markup=True)

    def fits(self, text: str) -> bool:
        return len(text) <= 50


def passage(text: str, role: Role = "paragraph", engine: EchoEngine | None = None) -> Passage:
    return prepare(Segment(text, 0), role, Glossary((NORTH, MISSILE)), engine or EchoEngine())


def asked(found: Passage) -> list[str]:
    return [found.request(part).text for part in found.asked]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2024", "id"),
        ("*** –", "id"),
        ("😀", "id"),
        ("They will not accept any deal that leaves our people without guarantees.", "en"),
    ],
)
def test_what_needs_no_translation_has_no_parts(text: str, language: str) -> None:
    found = passage(text)
    assert (found.parts, found.asked, found.language) == ((), (), language)


def test_a_sentence_is_one_request_as_it_stands() -> None:
    found = passage("Korea Utara menguji rudal.")
    assert asked(found) == ["Korea Utara menguji rudal."]
    assert [match.term for match in found.matches] == [NORTH, MISSILE]


def test_capitals_go_in_the_case_that_the_model_likes() -> None:
    found = passage("KOREA UTARA UJI RUDAL DI LAUT TIMUR", "headline")
    assert asked(found) == ["Korea Utara Uji Rudal di Laut Timur"]


def test_wanted_terms_are_given_at_their_places() -> None:
    found = passage("“Korea Utara menguji rudal-rudal itu.”")
    (part,) = found.asked
    request = found.request(part, found.matches)
    assert request.terms == (InlineTerm(1, 12, "North Korea"), InlineTerm(21, 32, "missiles"))


def test_offsets_hold_beside_an_address() -> None:
    found = passage("Naskah di https://contoh.go.id/naskah/panjang.pdf menyebut rudal dan rudal di a@b.id.")
    (part,) = found.asked
    assert found.request(part, found.matches[1:]) == Request(
        "Naskah di X1 menyebut rudal dan rudal di X2.",
        (InlineTerm(10, 12, "X1"), InlineTerm(32, 37, "missile"), InlineTerm(41, 43, "X2")),
    )
    assert found.restored("In X2 and X1, not X3.") == "In a@b.id and https://contoh.go.id/naskah/panjang.pdf, not X3."


def test_a_short_name_is_none_that_stands_in_the_text() -> None:
    found = passage("Tipe X1 dan Z1 ada di contoh.go.id.")
    assert asked(found) == ["Tipe X1 dan Z1 ada di Q1."]


def test_more_than_nine_addresses_come_back_each_in_its_place() -> None:
    hosts = [f"situs{n}.go.id" for n in range(12)]
    found = passage("Lihat " + ", ".join(hosts) + ".")
    (request,) = asked(found)
    assert found.restored(request) == found.segment.text


def test_an_address_that_stands_twice_has_one_name() -> None:
    assert asked(passage("Lihat contoh.go.id atau contoh.go.id/peta atau contoh.go.id.")) == [
        "Lihat X1 atau X2 atau X1."
    ]


def test_nothing_inside_an_english_quotation_is_a_term() -> None:
    found = passage(f"{QUOTE} kata juru bicara Korea Utara.")
    assert asked(found) == ["kata juru bicara Korea Utara."]
    assert len(found.matches) == 1


def test_text_on_both_sides_of_an_english_quotation_is_asked_apart() -> None:
    found = passage(f"Dia mengatakan {QUOTE[:-2]},” lalu pergi.")
    assert asked(found) == ["Dia mengatakan", "lalu pergi."]
    assert join(found, ["He said.", "Then he left."]) == f"He said {QUOTE[:-2]},” Then he left."
    assert join(found, ["He said", "And left."]) == f"He said {QUOTE[:-2]},” and left."


def test_a_new_sentence_after_a_quotation_keeps_its_capital() -> None:
    assert join(passage(f"{QUOTE} Dia lalu pergi."), ["He then left."]) == f"{QUOTE} He then left."


def test_cut_clauses_are_joined_as_one_sentence() -> None:
    found = passage("Kapal tiba di Batam pada Senin pagi, tetapi awak kapal menolak turun ke darat.", engine=Short())
    assert asked(found) == ["Kapal tiba di Batam pada Senin pagi,", "tetapi awak kapal menolak turun ke darat."]
    answers = ["The ship arrived on Monday.", "But the crew stayed."]
    assert join(found, answers) == "The ship arrived on Monday, but the crew stayed."
    assert join(found, ["", "But the crew stayed."]) == "But the crew stayed."
    assert join(found, ["The ship arrived.", ""]) == "The ship arrived,"


def test_a_clause_with_a_name_first_keeps_its_capital() -> None:
    found = passage("Kapal itu tiba di Batam pada Senin pagi, menurut kantor berita Antara di Jakarta.", engine=Short())
    assert join(found, ["The ship arrived.", "Antara said."]) == "The ship arrived, Antara said."


def test_glued_headlines_are_parts_and_keep_their_full_stops() -> None:
    found = passage("Baca Juga:Harga Solar Naik Lagi di PasarKapal Kecil Berhenti Melaut di Riau", "related")
    assert asked(found) == ["Baca Juga:", "Harga Solar Naik Lagi di Pasar", "Kapal Kecil Berhenti Melaut di Riau"]
    assert join(found, ["Read Also:", "Diesel Up.", "Boats Stay"]) == "Read Also: Diesel Up. / Boats Stay"


def test_glued_headlines_without_a_label_are_kept_apart_too() -> None:
    found = passage("Harga Solar Naik Lagi di PasarKapal Kecil Berhenti Melaut", "related")
    assert join(found, ["Diesel Up", "Boats Stay"]) == "Diesel Up / Boats Stay"


def test_a_long_headline_beside_another_is_still_one() -> None:
    text = "Baca Juga:Harga Solar Naik Lagi di PasarKapal Kecil Berhenti Melaut di Riau, tetapi Nelayan Lain Melaut"
    found = passage(text, "related", Short())
    assert len(found.asked) == 4
    answers = ["Read Also", "Diesel Up", "Small Boats Stay.", "but Others Sail"]
    assert join(found, answers) == "Read Also Diesel Up / Small Boats Stay, but Others Sail"


@pytest.mark.parametrize("mark", "?!;:…")
def test_a_mark_after_a_quotation_stays_beside_it(mark: str) -> None:
    found = passage(f"Apakah artinya {QUOTE}{mark} Begitu katanya.")
    assert join(found, ["Does it mean", "So he says."]) == f"Does it mean {QUOTE}{mark} So he says."


def test_an_address_glued_to_a_quotation_is_kept() -> None:
    for text in (f"Dia menulis {QUOTE}...humas@contoh.go.id lalu pergi.", f"Di contoh.go.id/({QUOTE} begitu."):
        found = passage(text)
        assert len(found.verbatim) == 1
        assert join(found, list(map(found.restored, asked(found)))).replace(" ", "") == text.replace(" ", "")


def test_an_address_that_ends_a_quotation_stays_inside_its_marks() -> None:
    found = passage("Dia menulis “You will find all of it at contoh.go.id”, lalu pergi.")
    assert asked(found) == ["Dia menulis", "lalu pergi."]


def test_an_abbreviation_before_a_quotation_keeps_its_full_stop() -> None:
    found = passage(f"Dia berkata di AS, {QUOTE}")
    assert join(found, ["He said in the U.S."]) == f"He said in the U.S., {QUOTE}"
    assert join(found, ["He said in America."]) == f"He said in America, {QUOTE}"


def test_what_cannot_be_cut_is_marked() -> None:
    found = passage(f"Kode {'7' * 60} dicatat.", engine=Short())
    assert [(part.literal, part.uncut) for part in found.parts] == [(False, False), (True, True), (False, False)]
    dots = passage(f"Katanya {'. ' * 60}{'.' * 60}", engine=Short())
    assert not any(part.uncut for part in dots.parts)


FRAGMENTS = [
    *("Korea Utara", "rudal-rudal", "Presiden tiba", "di Batam", "KOREA UTARA UJI RUDAL", "19/6", "7" * 60, "x" * 70),
    *(
        "https://contoh.go.id/a?b=1",
        "humas@contoh.go.id",
        "3.12.x",
        "<term>",
        "</s>",
        "@nama",
        QUOTE,
        "“fait accompli”",
    ),
    *(
        ", tetapi",
        "; ",
        "– ",
        "...",
        "(",
        ")",
        "“",
        "”",
        '"',
        "X1",
        "Z9",
        "Baca Juga:Harga NaikKapal Karam",
        "。",
        "😀",
    ),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14), st.sampled_from(["", " "]))
def test_any_mixture_is_asked_in_bounds_and_nothing_verbatim_is_lost(fragments: list[str], glue: str) -> None:
    text = " ".join(glue.join(fragments).split())
    for role in ("paragraph", "related", "headline"):
        engine = Short()
        found = prepare(Segment(text, 0), role, Glossary((NORTH, MISSILE)), engine)
        ends = [0, *(part.end for part in found.parts)]
        outside = [text[a : part.start] for a, part in zip(ends, found.parts, strict=False)]
        assert not "".join([*outside, text[ends[-1] :] if found.parts else ""]).strip()
        for part in found.asked:
            request = found.request(part, found.inside(part, found.matches))
            assert engine.fits(text[part.start : part.end])
            spans = [(term.start, term.end) for term in request.terms]
            assert spans == sorted(spans)
            assert all(a[1] <= b[0] for a, b in pairwise(spans))
            assert all(request.text[start:end].strip() for start, end in spans)
            assert found.restored(found.request(part).text).lower() == text[part.start : part.end].lower()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14), st.sampled_from(["", " ", "\n", "\n\n"]))
def test_any_mixture_is_translated(fragments: list[str], glue: str) -> None:
    text = "Rapat ditunda. " + glue.join(fragments)
    document = read_text(text)
    result = Translator(Short(), Glossary((NORTH, MISSILE))).translate(document, force_language="id")
    assert [unit.segment for unit in result.units] == [s for block in document.blocks for s in block.segments]
    for unit in result.units:
        if unit.target is None:
            continue
        source = unit.segment.text
        for start, end in verbatim_spans(source):
            assert source[start:end] in unit.target or any(f.check == "verbatim" for f in unit.findings)
        for link in unit.links:
            assert 0 <= link.s0 < link.s1 <= len(source)
            assert 0 <= link.t0 < link.t1 <= len(unit.target)
        for use in unit.terms:
            assert use.form == (unit.target[use.start : use.end] if use.start >= 0 else "")
