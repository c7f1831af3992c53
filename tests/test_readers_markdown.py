"""Markdown in, and the translation in its lines."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa import Translator
from dwibahasa.document import BilingualDocument, Document
from dwibahasa.errors import InputError
from dwibahasa.readers import READERS, read, translated_copy
from dwibahasa.testing import EchoEngine
from dwibahasa.word_alignment import align

DATA = Path(__file__).parent / "data" / "readers" / "markdown"


def document(source: str) -> Document:
    return READERS["markdown"](source.encode(), "a.md")


def blocks(source: str) -> list[tuple[str, str]]:
    made = document(source)
    return [(b.role, made.text[b.segments[0].start : b.segments[-1].end]) for b in made.blocks]


def bilingual(source: str, targets: dict[str, str] | None = None) -> BilingualDocument:
    """SOURCE in capitals, or with TARGETS and else as it is."""
    made = Translator(EchoEngine()).translate(document(source), force_language="id")
    if targets is None:
        return made
    texts = [targets.get(unit.segment.text, unit.segment.text) for unit in made.units]
    units = zip(made.units, texts, strict=True)
    return replace(made, units=tuple(replace(u, target=t, links=align(u.segment.text, t), terms=()) for u, t in units))


def copy(source: str, targets: dict[str, str] | None = None) -> str:
    return translated_copy(bilingual(source, targets)).decode()


def test_the_copy_of_a_file_that_has_everything() -> None:
    path = DATA / "everything.md"
    made = translated_copy(Translator(EchoEngine()).translate(read(path), force_language="id")).decode()
    assert made == (DATA / "everything.en.md").read_text(encoding="utf-8")


def test_roles_marks_and_front_matter() -> None:
    source = (
        "---\ntitle: 'Depan'\ndate: 2024-06-03\nauthor: Sari\n---\n# Judul\n\nSatu **dua** [tiga](https://a.example).\n"
    )
    source += "\n## Sub\n\n- butir\n\n> kutip\n\n| a | b |\n|---|---|\n| c | |\n"
    made = document(source)
    assert blocks(source) == [
        *(("headline", "Judul"), ("paragraph", "Satu dua tiga."), ("subheading", "Sub"), ("list_item", "butir")),
        *(("paragraph", "kutip"), ("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")),
    ]
    assert [(m.kind, made.text[m.start : m.end], m.href) for m in made.marks] == [
        *(("bold", "dua", ""), ("link", "tiga", "https://a.example"))
    ]
    assert (made.about.title, made.about.date, made.about.author) == ("Depan", "2024-06-03", "Sari")
    assert made.original == source.encode()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay(end: str) -> None:
    source = end.join(["# Judul", "", "> Satu kalimat", "> dua baris.", "", "    kode", "", "Akhir."])
    wanted = end.join(["# JUDUL", "", "> SATU KALIMAT DUA BARIS.", "", "    kode", "", "AKHIR."])
    assert copy(source) == wanted


@pytest.mark.parametrize(
    "target",
    [
        *("1. One", "- one", "# one", "> one", "+ one", "---", "===", "*one*", "_one_", "a `b` c", "[x](y)", "[x]: y"),
        *(
            "<b>one</b>",
            "&amp;",
            "a \\* b",
            "~~one~~",
            "```",
            "~~~",
            "| a | b |",
            "1) x",
            "    one",
            "![x](y)",
            "<http://a>",
        ),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "> {}", "- {}", "# {}", "| {} | b |\n|---|---|"])
def test_a_translation_is_text_and_never_markup(target: str, frame: str) -> None:
    source = frame.format("Kalimat asli.") + "\n"
    made = copy(source, {"Kalimat asli.": target})
    assert blocks(made)[0][1] == target.strip()


def test_unsafe_links_are_no_marks() -> None:
    made = document("Lihat [satu](javascript:alert(1)) dan [dua](data:x) dan [tiga](/aman) hari ini.")
    assert [mark.href for mark in made.marks] == ["/aman"]


def test_what_is_not_read_stays() -> None:
    kept = "<div>\n<p>HTML blok.</p>\n</div>\n\n```\nkode\n```\n\n[a]: /x 'judul'\n"
    assert copy(f"Satu kalimat.\n\n{kept}") == f"SATU KALIMAT.\n\n{kept}"
    with pytest.raises(InputError, match=r"a\.md: there is no text"):
        document(kept)


def test_hostile_input() -> None:
    for source in ("> " * 15 + "dalam", "*" * 20_000 + "a", "[" * 20_000 + "a", "nol \0 di tengah kalimat **c"):
        assert document(source).text
        copy(source)
    for source in (">" * 5_000 + " dalam", "- " * 3_000 + "dalam"):
        with pytest.raises(InputError, match="no text"):
            document(source)


INLINE = st.lists(
    st.sampled_from(
        [
            "kata",
            "**tebal**",
            "*miring*",
            "`kode`",
            "[taut](/x)",
            "![g](y)",
            "5 * 3",
            "a_b",
            "&amp;",
            "<br>",
            "\\*",
            ".",
        ]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
LINES = st.lists(
    st.tuples(st.sampled_from(["", "# ", "> ", "- ", "1. ", "> - ", "| "]), INLINE).map("".join), min_size=1, max_size=6
).map("\n\n".join)


def squeezed(source: str) -> str:
    return "".join(document(source).text.upper().split())


@given(LINES)
@settings(max_examples=100, deadline=None)
def test_a_copy_has_the_text_of_the_translation(source: str) -> None:
    try:
        made = document(source)
    except InputError:
        return
    assert made == document(source)
    assert made.text == "".join(part.text + part.space for block in made.blocks for part in block.segments)
    assert copy(source, {}) == source
    assert squeezed(copy(source)) == squeezed(source)
