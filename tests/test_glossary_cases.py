"""Faults that users of other tools reported of glossaries, through the whole translator with engines without a model:
longer terms and shorter ones inside them, capitals, addresses, senses. The kinds are those of WeblateOrg/weblate#7205,
web-vision/deepltranslate-core#289 and GlotPress/GlotPress#2017; the sentences are our own.
"""

import pytest

from dwibahasa import Document, Translator
from dwibahasa.document import Block, Segment, Term, TranslationUnit
from dwibahasa.glossary import Glossary
from dwibahasa.testing import DictEngine, EchoEngine


def translated(terms: list[Term], source: str, *targets: str) -> TranslationUnit:
    """The unit of SOURCE, for which the model has the hypotheses TARGETS, or an echo that knows inline terms."""
    engine = DictEngine({source: targets}) if targets else EchoEngine(term_markup=True)
    document = Document(source, (Block("p1", "paragraph", (Segment(source, 0),)),))
    return Translator(engine, Glossary(terms)).translate(document, force_language="id").units[0]


def uses(unit: TranslationUnit) -> list[tuple[str, str, str]]:
    text = unit.segment.text
    return [(text[u.match.start : u.match.end], u.form, u.status) for u in unit.terms]


BODIES = [
    Term("Dewan", "House"),
    Term("Dewan Keamanan", "Security Council"),
    Term("Dewan Keamanan PBB", "UN Security Council"),
    Term("PBB", "UN", case="exact"),
    Term("keamanan", "safety"),
]


def test_a_longer_term_is_not_checked_through_the_shorter_ones_in_it() -> None:
    unit = translated(
        BODIES, "Dewan Keamanan PBB bersidang lagi soal keamanan.", "The UN Security Council met again on safety."
    )
    assert uses(unit) == [
        ("Dewan Keamanan PBB", "UN Security Council", "exact"),
        ("keamanan", "safety", "exact"),
    ]
    assert not [f for f in unit.findings if f.check == "term"]


def test_a_shorter_form_of_a_longer_term_is_no_right_one() -> None:
    unit = translated(BODIES, "Dewan Keamanan PBB bersidang lagi.", "The House met again.", "The Security Council met.")
    ((source, _, status),) = uses(unit)
    assert source == "Dewan Keamanan PBB" and status in ("missed", "repaired")


def test_the_same_words_alone_have_their_own_term() -> None:
    unit = translated(BODIES, "Dewan Keamanan menolak, lalu Dewan bubar.", "The Security Council refused, so it fell.")
    assert [(source, status) for source, _, status in uses(unit)] == [("Dewan Keamanan", "exact"), ("Dewan", "missed")]


SHIPS = [Term("kapal perang", "warship", ("naval vessel",))]


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("Kapal perang itu karam di selat.", "Warship"),
        ("Mereka melihat kapal perang itu karam.", "warship"),
        ("KAPAL PERANG KARAM DI SELAT", "Warship"),
        ("Dua Kapal Perang Karam di Selat", "Warship"),
        ("“Kapal perang itu karam,” kata dia.", "Warship"),
        ("Kapal-kapal perang itu karam di selat.", "Warships"),
    ],
)
def test_an_entry_in_lower_case_is_asked_for_in_every_place_with_its_capitals(source: str, form: str) -> None:
    engine = EchoEngine(term_markup=True)
    document = Document(source, (Block("p1", "paragraph", (Segment(source, 0),)),))
    (unit,) = Translator(engine, Glossary(SHIPS)).translate(document, force_language="id").units
    asked = [term.target for request in engine.requests for term in request.terms]
    assert asked == [form]
    ((_, found, status),) = uses(unit)
    assert found == form and status == ("variant" if form.endswith("s") else "exact")


@pytest.mark.parametrize(
    "address",
    [
        "https://contoh.go.id/kapal-perang?x=1&y=kapal%20perang",
        "kapal@perang.go.id",
        "kapal.perang.go.id/kapal",
        "kapal-perang.pdf",
        "@kapal_perang",
        "<kapal perang>",
    ],
)
def test_no_term_inside_what_must_not_change(address: str) -> None:
    source = f"Data kapal perang itu ada di {address} sejak kemarin."
    unit = translated(SHIPS, source)
    assert [s for s, _, _ in uses(unit)] == ["kapal perang"]
    assert unit.target is not None and address in unit.target and "warship" in unit.target.lower()


@pytest.mark.parametrize(
    ("source", "target", "status"),
    [
        ("Sampah di TPS itu menumpuk.", "Waste piled up at the dump.", "exact"),
        ("Sampah di TPS itu menumpuk.", "Waste piled up at the polling station.", "repaired"),
        ("Warga antre di TPS itu.", "Residents lined up at the polling station.", "exact"),
    ],
)
def test_a_sense_is_held_to_in_its_context_only(source: str, target: str, status: str) -> None:
    senses = [Term("TPS", "dump", sense="waste", near=("sampah",)), Term("TPS", "polling station", sense="vote")]
    ((_, _, found),) = uses(translated(senses, source, target))
    assert found == status
