"""Term bases: loading, finding terms in Indonesian text, and control of their English forms."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..document import Term, TermMatch
from ..errors import GlossaryError
from ._base import FORMATS, same_words
from .brackets import without_repeats
from .formats import TermFile, load_file, write_terms
from .matching import Matcher, ranked
from .suggesting import Speller, Suggestion, nearest
from .verbatim import verbatim_spans

__all__ = ["FORMATS", "Glossary", "Suggestion", "TermFile", "load_file", "verbatim_spans", "write_terms"]

_PACKAGE = Path(__file__).resolve().parents[1]


class Glossary:
    """The terms of one or more term bases.

    `terms` in order of their files; `signature` has `name@hash` for each file, joined by `,` (12 hex digits of
    sha256), and the shipped files, where they are loaded together, as one, `default@hash`; `notices` say what one
    file overrides in another and which entries were left out.
    """

    def __init__(self, terms: Iterable[Term], signature: str = "", notices: Iterable[str] = ()) -> None:
        self.terms = tuple(terms)
        self.signature = signature
        self.notices = tuple(notices)
        self._matcher: Matcher | None = None
        self._speller: Speller | None = None

    @classmethod
    def load(cls, *paths: str | Path) -> "Glossary":
        """The terms of the files PATHS (PO, CSV, TSV or TBX, by suffix); a source in a later file replaces all its
        entries in earlier ones.

        Raises `GlossaryError` with file and line for a file that is missing, malformed or contradicts itself.
        """
        terms: dict[tuple[str, ...], list[Term]] = {}
        notices: list[str] = []
        files = [load_file(path) for path in paths]
        for file in files:
            notices += [notice.at(file.path) for notice in file.notices]
            own: dict[tuple[str, ...], list[Term]] = {}
            for term in file.terms:
                own.setdefault(same_words(term.source), []).append(term)
            for key, entries in own.items():
                if earlier := terms.pop(key, None):
                    notices += _overrides(earlier, entries[0])
                terms[key] = entries
        return cls((term for entries in terms.values() for term in entries), _signature(paths, files), notices)

    @classmethod
    def default(cls) -> "Glossary":
        """The term bases shipped with the package."""
        return cls.load(*cls.default_paths())

    @staticmethod
    def default_paths() -> tuple[Path, ...]:
        """The shipped PO files by name: inside the package when installed, at the repository root in a checkout."""
        if paths := _shipped():
            return paths
        raise GlossaryError(f"{_PACKAGE / 'glossaries'}: the shipped glossaries are missing; install the package again")

    def find(self, text: str) -> tuple[TermMatch, ...]:
        """Where terms stand in TEXT: the longest leftmost whole words, apart and in order, spans in code points.

        A clitic after the term is not in the span; nothing is found inside `verbatim_spans`, and not what brackets
        say once more: `Kementerian Agama (Kemenag)`.
        """
        if self._matcher is None:
            self._matcher = Matcher(ranked(self.terms))
        return tuple(without_repeats(text, self._matcher.find(text)))

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Names of the term base that stand in TEXT with one edit, such as *Pyongyong*, apart and in order.

        Only names of seven letters and more, and only words that are known from nowhere: real words and other names
        are no misspellings.
        """
        if self._speller is None:
            self._speller = Speller(ranked(self.terms))
        return tuple(self._speller.suggest(text))

    def nearest(self, text: str) -> tuple[Term, ...]:
        """The terms whose source or target is TEXT but for one edit, in any case."""
        return nearest(self.terms, text)


def _shipped() -> tuple[Path, ...]:
    folders = (_PACKAGE / "glossaries", _PACKAGE.parents[1] / "glossaries")
    return next((tuple(sorted(folder.glob("*.po"))) for folder in folders if folder.is_dir()), ())


def _signature(paths: Sequence[str | Path], files: Sequence[TermFile]) -> str:
    shipped = _shipped()
    count = len(shipped) if shipped and tuple(map(Path, paths[: len(shipped)])) == shipped else 0
    parts = [f"{file.name}@{file.sha256[:12]}" for file in files]
    if count:
        digest = hashlib.sha256(",".join(file.sha256 for file in files[:count]).encode()).hexdigest()
        parts[:count] = [f"default@{digest[:12]}"]
    return ",".join(parts)


def _overrides(earlier: list[Term], term: Term) -> list[str]:
    return [
        f"{term.file}: line {term.line}: {term.source!r} → {term.target!r} overrides {old.target!r} "
        f"({old.file}: line {old.line})"
        for old in earlier
        if old.target != term.target
    ]
