"""Block roles on corpus/segmentation/pages.txt: pages of many outlets, all furniture and short articles."""

import pytest
from corpus.segmentation import gold

from dwibahasa.segmentation import segment

PAGES = gold.pages()


@pytest.mark.parametrize("page", PAGES, ids=[page.blocks[0].role + str(at) for at, page in enumerate(PAGES, 1)])
def test_roles_of_a_page(page: gold.Article) -> None:
    wanted = [(block.role, page.text[block.spans[0][0] : block.spans[-1][1]]) for block in page.blocks]
    found = [
        (block.role, page.text[block.segments[0].start : block.segments[-1].end]) for block in segment(page.text).blocks
    ]
    assert found == wanted


def test_pages_are_many_and_have_every_role() -> None:
    assert len(PAGES) >= 50
    assert sum(len(page.blocks) for page in PAGES) >= 900
    assert len({block.role for page in PAGES for block in page.blocks}) == 9
