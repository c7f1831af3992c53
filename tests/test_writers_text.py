"""Plain text: the translation alone."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa.document import BilingualDocument
from dwibahasa.writers import WRITERS
from page_document import document as article
from test_writers import NOT_XML, bilingual, xml_form

write_text = WRITERS["text"]


def blocks(*texts: tuple[str | None, ...], spaces: str = " ") -> BilingualDocument:
    """A document with a block for each tuple of targets; SPACES follow every source segment."""
    document = bilingual(*[("Satu.", target) for block in texts for target in block])
    numbers = [number for number, block in enumerate(texts, 1) for _ in block]
    units = [
        replace(unit, block=f"p{number}", segment=replace(unit.segment, space=spaces))
        for unit, number in zip(document.units, numbers, strict=True)
    ]
    return replace(document, units=tuple(units))


def test_blocks_are_apart_and_segments_together() -> None:
    assert write_text(blocks(("One.", "Two."), ("Three.",))) == "One. Two.\n\nThree.\n"


def test_segments_have_the_white_space_of_the_source() -> None:
    for space, between in (
        ("\u00a0", "\u00a0"),
        ("  ", "  "),
        ("\n", "\n"),
        (" \r\n ", "\n"),
        ("\n\n", "\n"),
        ("", " "),
    ):
        assert write_text(blocks(("One.", "Two."), spaces=space)) == f"One.{between}Two.\n"


def test_what_has_no_translation_stands_as_in_the_source() -> None:
    assert write_text(blocks(("One.", None, "Three."))) == "One. Satu. Three.\n"


def test_nothing_gives_nothing() -> None:
    assert write_text(bilingual()) == ""


def test_boilerplate_is_left_out_unless_kept() -> None:
    text = write_text(article())
    assert "0 Komentar" not in text and "Read also: Diesel price rises" in text
    assert "0 Komentar\n\nThe foreign ministers" in write_text(article(), keep_boilerplate=True)


@settings(max_examples=200, deadline=None)
@given(texts=st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_any_text_comes_through(texts: list[str]) -> None:
    content = write_text(blocks(*[(text,) for text in texts]))
    assert content.encode("utf-8").decode() == "\n\n".join(map(xml_form, texts)) + "\n"
    assert not NOT_XML.search(content)
