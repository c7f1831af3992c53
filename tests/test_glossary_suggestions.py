"""Misspelt names: what is suggested, what is not, and where it is told."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa import Translator
from dwibahasa.document import Block, Document, Segment, Term
from dwibahasa.glossary import Glossary
from dwibahasa.glossary.suggesting import MIN_LETTERS, edit_between
from dwibahasa.testing import EchoEngine

NAMES = Glossary(
    Term(*pair)
    for pair in (
        ("Pyongyang", "Pyongyang"),
        ("Vladimir Putin", "Vladimir Putin"),
        ("Kim Jong Un", "Kim Jong Un"),
        ("Laut China Selatan", "South China Sea"),
        ("Al-Qaidah", "al-Qaida"),
        ("Abu Bakar al-Baghdadi", "Abu Bakr al-Baghdadi"),
        ("Washington, D.C.", "Washington, D.C."),
        ("Sedania", "Sedania"),
        ("Brussel", "Brussels"),
        ("gencatan senjata", "truce"),
        ("KEMENDAG", "Trade Ministry"),
    )
)
SHIPPED = Glossary.default()


def told(base: Glossary, text: str) -> list[tuple[str, str, str]]:
    for s in (found := base.suggest(text)):
        assert text[s.start : s.end] == s.found
    return [(s.found, s.term.source, s.edit) for s in found]


@pytest.mark.parametrize(
    ("text", "found", "source", "edit"),
    [
        ("di Pyongyangg, kata", "Pyongyangg", "Pyongyang", "insertion"),
        ("di Pyongyan.", "Pyongyan", "Pyongyang", "deletion"),
        ("di Pyongxang", "Pyongxang", "Pyongyang", "substitution"),
        ("di Pyonygang", "Pyonygang", "Pyongyang", "transposition"),
        ("di Pyongyagn", "Pyongyagn", "Pyongyang", "transposition"),
        ("(Vladmir Putin)", "Vladmir Putin", "Vladimir Putin", "deletion"),
        ("Vladimir\nPuttinnya", "Vladimir\nPuttin", "Vladimir Putin", "insertion"),
        ("PRESIDEN VLADIMIR PUTTIN TIBA", "VLADIMIR PUTTIN", "Vladimir Putin", "insertion"),
        ("di Laut China Selattan itu", "Laut China Selattan", "Laut China Selatan", "insertion"),
        ("Al Qaixdah", "Al Qaixdah", "Al-Qaidah", "insertion"),
        ("Abu Bakar al-Baghdaddi", "Abu Bakar al-Baghdaddi", "Abu Bakar al-Baghdadi", "insertion"),
        ("KimJong Un", "KimJong Un", "Kim Jong Un", "space"),
        ("Pyongy ang", "Pyongy ang", "Pyongyang", "space"),
        ("VladimirPutin", "VladimirPutin", "Vladimir Putin", "space"),
    ],
)  # fmt: skip
def test_a_misspelt_name(text: str, found: str, source: str, edit: str) -> None:
    assert told(NAMES, text) == [(found, source, edit)]
    assert not any(match.term.source == source for match in NAMES.find(text))


@pytest.mark.parametrize(
    "text",
    [
        "Pyongyang, Vladimir Putin dan Kim Jong-un",
        "Pyongyangnya",
        "Pyongxanx dan pyongxang",  # two letters; no capital
        "Kim Jong Il",  # another person
        "Vladimirr, Putin dan Puttin",  # a part of a name
        "https://contoh.id/Pyongxang",
        "Sedanie dan Pyongyanx",  # another last letter
        "Russel bertemu Trussel",  # another first letter
        "Gencatan Senjat",  # no name
        "Kemendah",
        "Washington, D.X.",
        "_Pyongyang_",
        "",
    ],
)
def test_what_is_no_misspelt_name(text: str) -> None:
    assert told(NAMES, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sedan itu buatan Sudan.",
        "Iran dan Irak, Niger dan Nigeria, Austria dan Australia, Slovenia dan Slovakia",
        "Guinea, Guyana, Ghana, Gambia, Zambia, Mali, Malawi, Bali, Palau, Palu, Peru",
        "Dominika dan Republik Dominika, Kongo dan Tonga, Georgia, Jordania, Yordania",
        "Keamerikaan, Amerikanisasi, Keindonesiaan, orang-orang Indonesia dan Indonesianis",
        "Paus Fransiskus, Paulus, Suharto, Soeharto, Sukarno, Soekarno, Sukarni",
        "America, Russia, Malaysian, Australian, Indonesian",
    ],
)
def test_real_words_and_other_names_are_none(text: str) -> None:
    assert told(SHIPPED, text) == []


def test_names_of_the_shipped_term_bases() -> None:
    text = "Kier Starmer, Vladimir Puttin dan Kementrian Pertahanan Korea Uatra di Afganishtan"
    assert [found for found, _, _ in told(SHIPPED, text)] == [
        "Kier Starmer", "Vladimir Puttin", "Korea Uatra", "Afganishtan",
    ]  # fmt: skip


def test_no_name_of_the_shipped_term_bases_is_a_misspelling() -> None:
    assert [told(SHIPPED, term.source) for term in SHIPPED.terms if SHIPPED.suggest(term.source)] == []


@settings(max_examples=200, deadline=None)
@given(
    st.text("abc", max_size=6),
    st.integers(0, 6),
    st.sampled_from("abcd "),
    st.sampled_from(["insertion", "deletion", "substitution", "transposition"]),
)
def test_one_edit_is_seen_as_one(word: str, at: int, letter: str, kind: str) -> None:
    at = min(at, len(word))
    head, tail = word[:at], word[at:]
    made = {
        "insertion": head + letter + tail,
        "deletion": head + tail[1:],
        "substitution": head + letter + tail[1:],
        "transposition": head + tail[1:2] + tail[:1] + tail[2:],
    }[kind]
    edit = edit_between(made, word)
    assert (edit is None) == (made == word)
    assert edit in (None, kind, "space") or len(made) == len(word) or at == len(word)
    assert edit_between("ab", "ba") == "transposition" and edit_between("abc", "cba") is None
    assert edit_between("a", "abc") is None and edit_between("Sudan", "Sedan") == "substitution"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["Pyong", "yang", "xang", "Laut", "China", "Putin", " ", "-", "\n", ".", "@"])))
def test_suggestions_of_any_text_are_in_order_and_apart(pieces: list[str]) -> None:
    last = 0
    for s in NAMES.suggest("".join(pieces)):
        assert last <= s.start < s.end
        last = s.end


@pytest.mark.parametrize("piece", ["Laut China ", "Pyongxang ", "Xyz-", "Abu Bakar al-"])
def test_time_is_linear(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    NAMES.suggest(text)
    assert time.process_time() - start < 10  # a quadratic step would take hours


def test_nearest_takes_either_side_in_any_case() -> None:
    assert [t.source for t in NAMES.nearest("south chna sea")] == ["Laut China Selatan"]
    assert [t.source for t in NAMES.nearest("gencatan senjta")] == ["gencatan senjata"]
    assert NAMES.nearest("kata lain") == NAMES.nearest("") == ()


def test_a_suggestion_is_a_finding_of_the_unit_and_changes_nothing() -> None:
    text = "Presiden Vladmir Putin tiba di Hanoi untuk bertemu dengan para pemimpin Vietnam."
    document = Document("a", (Block("p1", "paragraph", (Segment(text, 0),)),), "id", text)
    (unit,) = Translator(EchoEngine(), NAMES).translate(document, force_language="id").units
    (finding,) = [f for f in unit.findings if f.check == "term-typo"]
    assert finding.message == "“Vladmir Putin” may be “Vladimir Putin” misspelt"
    assert unit.terms == () and unit.target is not None and "VLADMIR" in unit.target


def test_short_names_are_left_alone() -> None:
    for name in SHIPPED.terms:
        letters = sum(map(str.isalpha, name.source))
        if letters < MIN_LETTERS:
            assert not any(s.term is name for s in SHIPPED.suggest(name.source + "x")), name
