"""SRT and WebVTT in, and the translation in their cues."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa import Translator
from dwibahasa.document import BilingualDocument, Document
from dwibahasa.errors import InputError
from dwibahasa.readers import READERS, translated_copy
from dwibahasa.readers.subtitles_layout import WIDTH, cuts
from dwibahasa.testing import EchoEngine
from dwibahasa.word_alignment import align

SRT = """1
00:00:01,000 --> 00:00:03,500
Presiden Rusia tiba di Pyongyang
pada Rabu dini hari

2
00:00:03,600 --> 00:00:06,000 X1:10 X2:20
untuk bertemu pemimpin Korea Utara. Keduanya

3
00:00:06,100 --> 00:00:08,000
<i>menandatangani pakta pertahanan.</i>

4
00:00:08,500 --> 00:00:10,000
- Kapan mereka bertemu?
- {\\an8}Kemarin malam.
"""
VTT = """WEBVTT - Berita

STYLE
::cue { color: white }

NOTE Catatan penerjemah:
jangan dibaca

a1
00:01.000 --> 00:03.000 align:start line:0
<v Sari>Kami menolak &amp; pergi

00:03.100 --> 00:05.000
<v Sari>dari <b>ruang rapat</b> itu.

00:09.000 --> 00:11.000
Rapat 1 &lt; 2 usai.
"""


def document(source: str, format: str = "srt") -> Document:
    return READERS[format](source.encode(), f"a.{format}")


def texts(source: str, format: str = "srt") -> list[str]:
    return [part.text for block in document(source, format).blocks for part in block.segments]


def bilingual(source: str, format: str = "srt", targets: dict[str, str] | None = None) -> BilingualDocument:
    made = Translator(EchoEngine()).translate(document(source, format), force_language="id")
    if targets is None:
        return made
    new = [targets.get(unit.segment.text, unit.segment.text) for unit in made.units]
    units = zip(made.units, new, strict=True)
    return replace(made, units=tuple(replace(u, target=t, links=align(u.segment.text, t), terms=()) for u, t in units))


def copy(source: str, format: str = "srt", targets: dict[str, str] | None = None) -> str:
    return translated_copy(bilingual(source, format, targets)).decode()


def test_sentences_go_through_cues_and_speakers_do_not() -> None:
    assert texts(SRT) == [
        "Presiden Rusia tiba di Pyongyang pada Rabu dini hari untuk bertemu pemimpin Korea Utara.",
        "Keduanya menandatangani pakta pertahanan.",
        "Kapan mereka bertemu?",
        "Kemarin malam.",
    ]
    made = document(SRT)
    assert [(m.kind, made.text[m.start : m.end]) for m in made.marks] == [
        ("italic", "menandatangani pakta pertahanan.")
    ]
    assert made.text == "".join(part.text + part.space for block in made.blocks for part in block.segments)
    assert (made.original, made) == (SRT.encode(), document(SRT))


def test_the_translation_is_divided_among_the_cues() -> None:
    made = copy(
        SRT,
        targets={
            texts(SRT)[
                0
            ]: "The Russian president arrived in Pyongyang early on Wednesday, to meet North Korea's leader.",
            texts(SRT)[1]: "The two signed a defence pact.",
            "Kapan mereka bertemu?": "When did they meet?",
            "Kemarin malam.": "Last night.",
        },
    )
    assert made == (
        "1\n00:00:01,000 --> 00:00:03,500\nThe Russian president arrived\nin Pyongyang early on Wednesday,\n\n"
        "2\n00:00:03,600 --> 00:00:06,000 X1:10 X2:20\nto meet North Korea's leader. The two\n\n"
        "3\n00:00:06,100 --> 00:00:08,000\n<i>signed a defence pact.</i>\n\n"
        "4\n00:00:08,500 --> 00:00:10,000\n- When did they meet?\n- {\\an8}Last night.\n"
    )


def test_webvtt_keeps_all_that_is_no_text() -> None:
    assert texts(VTT, "vtt") == ["Kami menolak & pergi", "dari ruang rapat itu.", "Rapat 1 < 2 usai."]
    made = copy(VTT, "vtt")
    for before, after in (
        ("Kami menolak &amp; pergi", "KAMI MENOLAK &amp; PERGI"),
        ("dari <b>ruang rapat</b> itu.", "DARI <b>RUANG RAPAT</b> ITU."),
        ("Rapat 1 &lt; 2 usai.", "RAPAT 1 &lt; 2 USAI."),
    ):
        assert after in made
        made = made.replace(after, before)
    assert made == VTT


@pytest.mark.parametrize("format", ["srt", "vtt"])
def test_a_copy_without_changes_is_the_file(format: str) -> None:
    source = {"srt": SRT, "vtt": VTT}[format].replace("\n", "\r\n")
    assert copy(source, format, {}) == source
    marked = b"\xef\xbb\xbf" + source.encode()
    made = Translator(EchoEngine()).translate(READERS[format](marked, "a"), force_language="id")
    assert translated_copy(made).startswith(b"\xef\xbb\xbf" + source[:4].encode())
    assert b"\n" not in translated_copy(made).replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("00:00:01.000-->00:00:02.000\nTanpa nomor.\n", ["Tanpa nomor."]),
        ("1\n0:1:2,5 --> 0:1:3\nJam pendek.\n", ["Jam pendek."]),
        (
            "7\n00:00:02,000 --> 00:00:01,000\nMundur.\n3\n00:00:01,000 --> 00:00:02,000\nKacau.\n",
            ["Mundur.", "Kacau."],
        ),
        ("\n\nsampah\n1\n00:00:01,000 --> 00:00:02,000\n\nSetelah\n\nbaris kosong.\n\n", ["Setelah baris kosong."]),
        (
            "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nSatu < & dua.",
            ["Satu < & dua."],
        ),
    ],
)
def test_loose_files_are_read(source: str, wanted: list[str]) -> None:
    assert texts(source) == wanted
    assert [text.upper() for text in wanted] == texts(copy(source))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1\n00:00:01,000 --> besok\nSatu.\n", r"a\.srt:2: cannot read the times '00:00:01,000 --> besok'"),
        ("1\n00:00:01,000 --> 00:00:02,000\nSatu.\n\n2\n--> x\nDua.\n", r"a\.srt:6: cannot read the times"),
        ("Hanya teks biasa.\n", r"a\.srt: no cue with text"),
        ("1\n00:00:01,000 --> 00:00:02,000\n<i></i>\n", r"a\.srt: no cue with text"),
        ("", r"a\.srt: .*empty"),
    ],
)
def test_broken_files_are_one_clear_error(source: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        document(source)


def test_lines_are_at_most_42_wide_and_two_where_the_cue_allows() -> None:
    cue = "1\n00:00:01,000 --> 00:00:05,000\nKalimat asli.\n"
    target = "The foreign ministers of both countries met in Geneva, but they did not agree."
    lines = copy(cue, targets={"Kalimat asli.": target}).splitlines()[2:]
    assert lines == ["The foreign ministers of both countries", "met in Geneva, but they did not agree."]
    assert max(map(len, lines)) <= WIDTH


@given(st.text("ab ,.", max_size=60), st.lists(st.floats(0.01, 0.99), max_size=6).map(sorted))
def test_cuts_grow_and_stay_inside(target: str, shares: list[float]) -> None:
    found = cuts(target, shares)
    assert len(found) == len(shares)
    assert found == sorted(found)
    assert all(0 < cut <= len(target) or cut == len(target) for cut in found)


CUES = st.lists(
    st.lists(
        st.sampled_from(["kata", "<i>miring</i>", "Ya.", "<b>", "</i>", "- tidak", "{\\an8}", "[musik]", "&"]),
        min_size=1,
    ),
    min_size=1,
    max_size=5,
)


@given(CUES, st.sampled_from(["srt", "vtt"]))
@settings(max_examples=60, deadline=None)
def test_a_copy_has_the_text_of_the_translation(cues: list[list[str]], format: str) -> None:
    source = "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{' '.join(words)}\n\n" for n, words in enumerate(cues, 1)
    )
    try:
        made = document(source, format)
    except InputError:
        return
    assert made == document(source, format)
    again = document(copy(source, format), format)
    assert "".join(again.text.split()) == "".join(made.text.upper().split())
