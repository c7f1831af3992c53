"""What every engine takes and gives. An engine translates sentences; it knows nothing of documents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ..document import Finding


@dataclass(frozen=True, slots=True)
class InlineTerm:
    """A wanted translation: the source span `[start, end)` in code points and the English form for it."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Request:
    """One sentence to translate. Terms are in order and do not overlap; an engine without term markup ignores them.

    The translation begins with `prefix` and has none of the forms `avoid` in it; an engine without `constraints`
    ignores both.

    Requests that follow each other with one `group`, such as those of one document, are decoded without regard to
    others: arithmetic in 8 bits makes what is decoded together matter in a few sentences of a hundred.
    """

    text: str
    terms: tuple[InlineTerm, ...] = ()
    prefix: str = ""
    avoid: tuple[str, ...] = ()
    group: int = 0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A translation and its score, the mean log-probability per target token (≤ 0)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Translation:
    """The hypotheses for one request, best first (at least one), and what the guards found."""

    hypotheses: tuple[Hypothesis, ...]
    findings: tuple[Finding, ...] = ()


class Engine(Protocol):
    """Translates sentences from one language to another, offline.

    `signature` is `key:value` pairs joined by `|`, with every setting that a translation depends on.
    `term_markup` says whether inline terms are given to the model, `constraints` whether a request's prefix and
    forms to avoid bind it.
    """

    name: str
    source_language: str
    target_language: str
    term_markup: bool
    constraints: bool

    @property
    def signature(self) -> str:
        """The engine's part of the document signature."""
        ...

    def fits(self, text: str) -> bool:
        """Whether the model bears TEXT as one sentence; longer ones are cut at clause boundaries before they come."""
        ...

    def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
        """Yield one translation for each request, in their order, as soon as it is ready.

        Requests are taken as they are needed, so they may come from a generator. Raises `EngineError`.
        """
        ...
