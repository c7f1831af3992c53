"""Term bases: loading, finding terms in Indonesian text, and control of their English forms."""

from collections.abc import Iterable
from pathlib import Path

from ..document import Term, TermMatch
from ..errors import GlossaryError
from .loading import load_file
from .matching import Matcher, ranked
from .tokens import words
from .verbatim import verbatim_spans

__all__ = ["Glossary", "verbatim_spans"]


class Glossary:
    """The terms of one or more term bases.

    `terms` in order of their files; `signature` has `name@hash` for each file, joined by `,` (12 hex digits of
    sha256); `notices` say what one file overrides in another and which entries were left out.
    """

    def __init__(self, terms: Iterable[Term], signature: str = "", notices: Iterable[str] = ()) -> None:
        self.terms = tuple(terms)
        self.signature = signature
        self.notices = tuple(notices)
        self._matcher: Matcher | None = None

    @classmethod
    def load(cls, *paths: str | Path) -> "Glossary":
        """The terms of the PO files PATHS; a source in a later file replaces all its entries in earlier ones.

        Raises `GlossaryError` with file and line for a file that is missing, malformed or contradicts itself.
        """
        terms: dict[tuple[str, ...], list[Term]] = {}
        notices: list[str] = []
        signature = []
        for file in map(load_file, paths):
            signature.append(f"{file.name}@{file.sha256[:12]}")
            notices += file.notices
            own: dict[tuple[str, ...], list[Term]] = {}
            for term in file.terms:
                own.setdefault(_key(term.source), []).append(term)
            for key, entries in own.items():
                notices += _overrides(terms.pop(key, []), entries[0])
                terms[key] = entries
        return cls((term for entries in terms.values() for term in entries), ",".join(signature), notices)

    @classmethod
    def default(cls) -> "Glossary":
        """The term bases shipped with the package."""
        return cls.load(*cls.default_paths())

    @staticmethod
    def default_paths() -> tuple[Path, ...]:
        """The shipped PO files by name: inside the package when installed, at the repository root in a checkout."""
        package = Path(__file__).resolve().parents[1]
        for folder in (package / "glossaries", package.parents[1] / "glossaries"):
            if paths := tuple(sorted(folder.glob("*.po"))):
                return paths
        raise GlossaryError(f"{package / 'glossaries'}: the shipped glossaries are missing; install the package again")

    def find(self, text: str) -> tuple[TermMatch, ...]:
        """Where terms stand in TEXT: the longest leftmost whole words, apart and in order, spans in code points.

        A clitic after the term is not in the span; nothing is found inside `verbatim_spans`.
        """
        if self._matcher is None:
            self._matcher = Matcher(ranked(self.terms))
        return tuple(self._matcher.find(text))


def _key(source: str) -> tuple[str, ...]:
    """What makes two sources the same: their words, whatever the hyphens, and the case unless it is an acronym's
    (AS, "United States", is not as, "axle")."""
    return tuple(text if (text := source[w.start : w.end]).isupper() else w.key for w in words(source))


def _overrides(earlier: list[Term], term: Term) -> list[str]:
    return [
        f"{term.file}: line {term.line}: {term.source!r} → {term.target!r} overrides {old.target!r} "
        f"({old.file}: line {old.line})"
        for old in earlier
        if old.target != term.target
    ]
