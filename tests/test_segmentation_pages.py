"""Block roles on corpus/segmentation/pages.txt and pages-more.txt: pages of many outlets, all furniture and short
articles."""

import pytest
from corpus.segmentation import gold

from dwibahasa.segmentation import segment

PAGES = gold.pages()


MORE = gold.pages("pages-more.txt")
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
