"""What stands in a cell of the page: plain text, terms and links, none of which holds another."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from ..document import Term
from ._runs import TAGS, Run

_WORD = re.compile(r"\w")
_AROUND_HOST = re.compile(r"^\w+:(?://)?(?:www\.)?|[/?#].*$", re.S)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with the elements around each stretch of it; a term has the id of its `card` and is `lost` where the
    translation does not have it; a link has `href`.

    A link that stands at a term's place alone is a piece without text behind the term, with its host or mail address as
    `label`.
    """

    runs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    card: str = ""
    lost: bool = False
    href: str = ""
    label: str = ""

    @property
    def text(self) -> str:
        """The text alone."""
        return "".join(text for text, _ in self.runs)


def host(href: str) -> str:
    """The host of a web address, without `www.`, or the address of a mail link."""
    return _AROUND_HOST.sub("", href)


def pieces(runs: Iterable[Run], cards: Mapping[Term, str]) -> list[Piece]:
    """RUNS grouped to pieces, with the ids of CARDS; together they have the same text.

    A term is a label with a button and a link an anchor, which HTML does not let stand in one another: a link is cut at
    a term, and where no letter or figure of it is left in the cell, it follows the term as a piece without text.
    """
    groups = [list(group) for _, group in groupby(runs, key=lambda run: (id(run.use), "" if run.use else run.href))]
    linked = {run.href for run in (run for group in groups for run in group) if not run.use and _WORD.search(run.text)}
    found: list[Piece] = []
    for group in groups:
        first = group[0]
        marked = tuple((r.text, tuple(tag for kind, tag in TAGS.items() if kind in r.kinds)) for r in group)
        if first.use is None:
            found.append(Piece(marked, href=first.href if first.href in linked else ""))
            continue
        lost = first.use.status in ("missed", "conflict")
        found.append(Piece(marked, cards[first.use.match.term], lost))
        for href in dict.fromkeys(run.href for run in group if run.href and run.href not in linked):
            found.append(Piece(href=href, label=host(href)))
    return found
