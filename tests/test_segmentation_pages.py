"""Block roles on corpus/segmentation/pages.txt and pages-more.txt: pages of many outlets, all furniture and short
articles."""

import pytest
from corpus.segmentation import gold
from hypothesis import given, settings
from hypothesis import strategies as st

from dwibahasa.document import ROLES
from dwibahasa.segmentation import segment, segment_blocks

PAGES = gold.pages()


MORE = gold.pages("pages-more.txt")
LINES = sorted({page.text[block.spans[0][0] : block.spans[-1][1]] for page in PAGES + MORE for block in page.blocks})
ODD = (
    "Tim",
    "Tim  - x",
    "Penulis: Tim , Budi",
    "Oleh",
    "*) (",
    "( )",
    "#",
    "©",
    "1.",
    "a)",
    "|",
    "| |",
    ":",
    "x:",
    "? !",
)
SPACE = ("\n", "\n\n", "\r\n", "\r", "\x1c", "\x1f", "\x85", "\u2028", "\xa0", " \u3000\n", "\t", "\x0c", " ", "")
Role = tuple[str, int, int]


def wanted(page: gold.Article) -> list[Role]:
    return [(block.role, block.spans[0][0], block.spans[-1][1]) for block in page.blocks]


def found(page: gold.Article) -> list[Role]:
    return [(block.role, block.segments[0].start, block.segments[-1].end) for block in segment(page.text).blocks]


@pytest.mark.parametrize("page", PAGES, ids=[page.blocks[0].role + str(at) for at, page in enumerate(PAGES, 1)])
def test_roles_of_a_page(page: gold.Article) -> None:
    assert found(page) == wanted(page)


def test_roles_of_more_pages() -> None:
    """Some blocks of these pages show their role by nothing but their meaning: all but a few are right."""
    wrong = [(page.name, *role) for page in MORE for role in wanted(page) if role not in found(page)]
    assert len(wrong) <= 5, wrong


def test_no_paragraph_of_more_pages_is_furniture() -> None:
    furniture = ("boilerplate", "related", "byline", "dateline")
    paragraphs = [(page, role[1:]) for page in MORE for role in wanted(page) if role[0] == "paragraph"]
    assert not [
        (page.name, span)
        for page, span in paragraphs
        for role in found(page)
        if role[1:] == span and role[0] in furniture
    ]


def test_pages_are_many_and_have_every_role() -> None:
    assert len(PAGES) >= 50
    assert len(MORE) >= 40
    assert sum(len(page.blocks) for page in PAGES) >= 900
    assert sum(len(page.blocks) for page in MORE) >= 600
    for pages in (PAGES, MORE):
        assert len({block.role for page in pages for block in page.blocks}) == 9


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LINES) | st.sampled_from(ODD) | st.text(max_size=8), st.sampled_from(SPACE))))
def test_lines_of_pages_in_any_order_lose_nothing(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + space for piece, space in pieces)
    segments = [item for block in segment(text).blocks for item in block.segments]
    assert "".join(item.text + item.space for item in segments) == text[segments[0].start if segments else len(text) :]
    assert text[: segments[0].start if segments else None].strip() == ""


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(LINES) | st.sampled_from(ODD) | st.text(max_size=8), st.sampled_from((None, *ROLES)))
    )
)
def test_blocks_of_pages_in_any_order_lose_nothing(pieces: list[tuple[str, str | None]]) -> None:
    blocks = [(piece.strip(), role) for piece, role in pieces if piece.strip()]
    document = segment_blocks(blocks)
    kept = "".join(item.text for block in document.blocks for item in block.segments)
    assert "".join(kept.split()) == "".join("".join(text.split()) for text, _ in blocks)
