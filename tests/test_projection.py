"""Inline markup carried over to the translation."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dwibahasa.document import BilingualDocument, Link, TranslationUnit
from dwibahasa.projection import project, translated
from dwibahasa.segmentation import segment_blocks
from dwibahasa.word_alignment import align


def unit(source: str, target: str, links: tuple[Link, ...] | None = None) -> TranslationUnit:
    block = segment_blocks([(source, "headline")]).blocks[0]
    return TranslationUnit(
        "h1.s1", "h1", "headline", block.segments[0], target, links=align(source, target) if links is None else links
    )


def carried(source: str, marked: str, target: str, links: tuple[Link, ...] | None = None) -> str | None:
    start = source.index(marked)
    place = project(unit(source, target, links), start, start + len(marked))
    return place and target[slice(*place)]


SOURCE = "Presiden Rusia Vladimir Putin tiba di Pyongyang pada Rabu dini hari."
TARGET = "Russian President Vladimir Putin arrived in Pyongyang early on Wednesday."


def test_a_name_is_carried_by_its_links() -> None:
    assert carried(SOURCE, "Vladimir Putin", TARGET) == "Vladimir Putin"
    assert carried(SOURCE, "Presiden Rusia", TARGET) == "Russian President"
    assert carried(SOURCE, "Pyongyang", TARGET) == "Pyongyang"


def test_the_whole_segment_is_the_whole_target() -> None:
    assert carried(SOURCE, SOURCE, TARGET) == TARGET


def test_words_without_links_stand_between_those_of_their_neighbours() -> None:
    source, target = "Ia zzz pergi", "He qqq www left"
    links = (Link(0, 2, 0, 2), Link(7, 12, 11, 15))
    assert carried(source, "zzz", target, links) == "qqq www"
    assert carried(source, "zzz", "He left", (Link(0, 2, 0, 2), Link(7, 12, 3, 7))) is None


def test_one_stray_link_does_not_stretch_a_span() -> None:
    source, target = (
        "kapal itu berlayar ke Laut Jawa dengan kapal lain",
        "the ship sailed to the Java Sea with another ship",
    )
    links = (Link(0, 5, 4, 8), Link(10, 18, 9, 15), Link(22, 26, 28, 31), Link(27, 31, 23, 27), Link(0, 5, 45, 49))
    assert carried(source, "kapal", target, links) in ("ship", "the ship")


def test_quotation_marks_and_stops_inside_the_span_go_along() -> None:
    source, target = "Ia berkata, “Kami siap.”", "He said, “We are ready.”"
    assert carried(source, "“Kami siap.”", target) == "“We are ready.”"


def test_a_span_over_several_segments_and_white_space_between_them() -> None:
    document = segment_blocks([("Ia datang. Mereka pergi.", None), ("Selesai sudah.", None)])
    [first, second] = [block.segments for block in document.blocks]
    targets = ["He came.", "They left.", "It is over."]
    units = [
        TranslationUnit(f"p1.s{i}", "p1", "paragraph", s, t, links=align(s.text, t))
        for i, (s, t) in enumerate(zip((*first, *second), targets, strict=True))
    ]
    whole = BilingualDocument(document, tuple(units))
    assert translated(whole, 0, 24, [(0, 24), (0, 10)]) == ("He came. They left.", [(0, 19), (0, 8)])
    assert translated(whole, 26, 40, [])[0] == "It is over."
    points = [(0, 0), (3, 3), (10, 10), (11, 11), (24, 24)]
    assert translated(whole, 0, 24, points)[1] == [(0, 0), (3, 3), (8, 8), (9, 9), (19, 19)]
    untranslated = replace(whole, units=(replace(units[0], target=None), *units[1:]))
    assert translated(untranslated, 0, 24, [(3, 9)]) == ("Ia datang. They left.", [(3, 9)])


def test_points_keep_their_word_and_have_always_a_place() -> None:
    document = segment_blocks([("Presiden Putin tiba. Ia pergi.", None)])
    [first, second] = document.blocks[0].segments
    targets = ["Putin, the president, arrived.", "He left."]
    units = tuple(
        TranslationUnit(f"p1.s{i}", "p1", "paragraph", s, t, links=align(s.text, t))
        for i, (s, t) in enumerate(zip((first, second), targets, strict=True))
    )
    points = [0, 14, first.end, second.start, second.end]
    text, places = translated(BilingualDocument(document, units), 0, second.end, [(at, at) for at in points])
    assert text == " ".join(targets)
    assert [place and text[: place[0]] for place in places] == ["", "Putin", targets[0], targets[0] + " ", text]


def test_a_text_that_did_not_change_keeps_every_span() -> None:
    assert [project(unit("a-b, c", "a-b, c"), s, e) for s, e in ((1, 2), (3, 4), (4, 5))] == [(1, 2), (3, 4), (4, 5)]


TEXTS = st.text("ab c.“”", min_size=1, max_size=30).filter(str.strip)


@given(TEXTS, TEXTS, st.data())
def test_any_span_lands_inside_the_target(source: str, target: str, data: st.DataObject) -> None:
    source, target = source.strip(), target.strip()
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    place = project(unit(source, target), start, end)
    assert place is None or 0 <= place[0] < place[1] <= len(target)
