"""What became of the terms in one or more bilingual documents, as a table for a spreadsheet."""

from collections.abc import Iterable

from ..document import BilingualDocument, TermUse

COLUMNS = ("term", "preferred", "status", "form", "step", "times", "places", "note", "citation", "entry")
ORDER = ("missed", "conflict", "repaired", "variant", "exact")


class TermReport:
    """Gathers the term uses of documents; a row for each term, status, form and step."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], list[str]] = {}

    def add(self, document: BilingualDocument) -> None:
        """Count the term uses in the units of DOCUMENT."""
        for unit in document.units:
            for use in unit.terms:
                self._places.setdefault(_row(use), []).append(f"{document.name}:{unit.id}")

    def text(self) -> str:
        """Tab-separated values under a line of column names: what was missed or went wrong first, then by term.

        `places` are the first five, as `berita.txt:p3.s2`; `entry` is the file and the line of the term base.
        """
        lines = ["\t".join(COLUMNS)]
        for row, places in sorted(self._places.items(), key=lambda item: (ORDER.index(item[0][2]), item[0])):
            shown = ", ".join(dict.fromkeys(places[:5])) + (", …" if len(places) > 5 else "")
            lines.append("\t".join(_cells((*row[:5], str(len(places)), shown, *row[5:]))))
        return "\n".join(lines) + "\n"


def _row(use: TermUse) -> tuple[str, ...]:
    term = use.match.term
    entry = f"{term.file}:{term.line}" if term.file else ""
    return term.source, term.target, use.status, use.form, use.step, term.note, term.citation, entry


def _cells(values: Iterable[str]) -> Iterable[str]:
    """VALUES on one line each, none that a spreadsheet would take for a formula."""
    for value in values:
        cell = " ".join(value.split())
        yield f"'{cell}" if cell[:1] in ("=", "+", "-", "@") and len(cell) > 1 else cell
