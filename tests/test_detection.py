"""The language of documents and segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwibahasa import data
from dwibahasa.detection import Detection, detect, english_quotes, function_words, is_english
from dwibahasa.document import Document

MALAY = (
    "Perdana Menteri berkata kerajaan akan menyiasat insiden tersebut kerana ia melibatkan keselamatan negara. Beliau "
    "berkata pihak polis telah menahan lapan lelaki pada Isnin lepas. Mangsa dibawa ke hospital, manakala pejabat "
    "kedutaan ditutup sehingga Jumaat."
)
INDONESIAN = (
    "Perdana menteri berkata pemerintah akan menyelidiki insiden tersebut karena melibatkan keamanan negara. Ia "
    "mengatakan polisi telah menahan delapan pria pada Senin lalu. Korban segera dibawa ke rumah sakit, sedangkan "
    "kantor kedutaan ditutup hingga Jumat."
)
QUOTED = (
    "Presiden itu menjawab singkat. “We will not accept any deal that leaves our people without security guarantees. "
    "We will not negotiate under fire, not today and not tomorrow,” katanya dalam bahasa Inggris.\n"
)
OTHERS = {
    "en": "The Russian president signed a defence pact with the North Korean leader on Wednesday.",
    "de": "Die Regierung will das Gesetz in dieser Woche im Parlament abstimmen lassen, was in der Opposition auf "
    "Kritik stößt.",
    "it": "Il presidente russo ha firmato un accordo. Di solito la gente di questa città è più calma, dice lui.",
    "pt": "O presidente russo assinou na quarta um pacto de defesa para os dois países no dia da visita, disse ele.",
    "tl": "Nilagdaan ng pangulo ng Russia ang kasunduan sa Pyongyang noong Miyerkules, ayon sa balita.",
    "ru": "Президент России подписал в среду договор об обороне в Пхеньяне.",
}


def language_of(text: str) -> Detection:
    return detect(Document(text, ()))


@pytest.mark.parametrize(
    "text",
    [
        INDONESIAN,
        QUOTED,
        "PENGUMUMAN\n\nKEMENTERIAN LUAR NEGERI MENUTUP SEMENTARA KANTOR PERWAKILAN DI BEIRUT. SELURUH STAF "
        "DIPINDAHKAN KE SIPRUS.\n",
        "Rapat dimulai Senin pagi di Jenewa.",
    ],
)
def test_indonesian(text: str) -> None:
    found = language_of(text)
    assert (found.language, found.malay) == ("id", False)
    assert 0.4 < found.confidence <= 1


def test_malay_is_told_from_indonesian() -> None:
    assert language_of(MALAY).malay
    assert language_of(MALAY.upper()).malay
    assert language_of(MALAY).language == "id"


def test_an_indonesian_text_with_a_malay_quotation_is_not_malay() -> None:
    assert not language_of(f"{INDONESIAN} “Kami menyiasat kerana didesak,” katanya.").malay


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages(language: str) -> None:
    found = language_of(OTHERS[language])
    assert found.language == language
    assert found.confidence > 0.7


@pytest.mark.parametrize("text", ["Halo", "Ia menolak.", "Darurat militer"])
def test_short_text_is_indonesian_with_low_confidence(text: str) -> None:
    found = language_of(text)
    assert found.language == "id"
    assert found.confidence <= 0.5


@pytest.mark.parametrize("text", ["", " \n", "12 34 — 5", "…"])
def test_no_letters_is_no_language(text: str) -> None:
    assert language_of(text) == Detection("und", 0.0, False)


def test_the_same_text_gives_the_same_answer() -> None:
    text = "Golden Kite Trading Ltd., Hong Kong, pemasok cip, Kilas Eropa, Inflasi Turki, Banjir Ceko"
    assert len({language_of(text) for _ in range(5)}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "“We will not accept any deal that leaves our people without security guarantees.",
        "“We will not negotiate under fire, not today and not tomorrow.”",
        "“Anyone can break through it, but everyone knows who damaged it,” said a lecturer in Yogyakarta.",
        "Thousands of people burst into her official residence in the capital.",
        "WE WILL NOT NEGOTIATE UNDER FIRE.",
    ],
)
def test_english_segments(text: str) -> None:
    assert is_english(text)
    assert english_quotes(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "We will not negotiate under fire, not today and not tomorrow,” katanya dalam bahasa Inggris.",
        "“We will win this together,” tukas Wang Yi.",
        "Carnegie Endowment for International Peace",
        "fait accompli",
        "The Lord of the Rings",
        "Valdimir Putin-Kim Jong Un Tanda Tangai Pakta, Barat Cemas",
        "WHO: AS dan IS Bukan Ancaman",
        "Jakarta (ANTARA) -",
        "",
    ],
)
def test_what_is_not_an_english_segment(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "We will not negotiate under fire, not today and not tomorrow,” katanya dalam bahasa Inggris.",
            ["We will not negotiate under fire, not today and not tomorrow,"],
        ),
        ('Presiden berkata, "We will win this war together," lalu pergi.', ["We will win this war together,"]),
        ("Ia menjawab: “We are not afraid of them.", ["We are not afraid of them."]),
        ("Slogan «America is back and we will stay» dan “kami akan menang” terpampang.", None),
        ("Rusia memandangnya sebagai sebuah “fait accompli”, katanya.", []),
        ("“Kami menolak,” kata menteri itu – tanpa penjelasan.", []),
    ],
)
def test_english_quotes(text: str, quotes: list[str] | None) -> None:
    found = [text[start:end] for start, end in english_quotes(text)]
    assert found == (["America is back and we will stay"] if quotes is None else quotes)


@given(st.text(alphabet=st.sampled_from("“”\"«» we will not dan yang.,\nA'’"), max_size=80))
def test_quotes_lie_inside_the_text_in_order(text: str) -> None:
    last = 0
    for start, end in english_quotes(text):
        assert last <= start < end <= len(text)
        assert not set(text[start:end]) & set("“”«»")
        last = end


def test_function_words() -> None:
    assert function_words("Kami TIDAK takut pada the Reds", "id") == ["kami", "tidak", "pada"]
    assert function_words("Kami tidak takut pada the Reds", "en") == ["the"]


def test_word_lists_do_not_overlap() -> None:
    assert not data.words("indonesian") & data.words("english")
    assert not data.words("malay") & data.words("indonesian-not-malay")
    assert data.words("english-clause") <= data.words("english")
