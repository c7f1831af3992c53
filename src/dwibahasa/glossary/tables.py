"""Term bases as tables: CSV, and TSV with the same rules for quotation marks; one entry a row, columns by name."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..document import Term
from ._base import FORMATS, Entry, Format, Notice, Output, case_rule, fail, split_forms

COLUMNS = ("source", "target", "accept", "forbid", "sense", "case", "near", "not near", "note", "citation")


def _records(path: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The records that are not empty, each with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True)
    line = 1
    try:
        for fields in reader:
            if any(map(str.strip, fields)):
                yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        fail(path, line, _explained(str(error)))


def _explained(error: str) -> str:
    if "field limit" in error or "end of data" in error:
        return "a field does not end; is a quotation mark not closed?"
    if "expected after" in error:
        return 'text after a closing quotation mark; inside a quoted field a quotation mark is written twice ("")'
    return error


def _read(path: Path, text: str, separator: str) -> Iterator[Entry | Notice]:
    records = _records(path, text, separator)
    top, heads = next(records, (1, []))
    names = [head.strip().lower() for head in heads]
    for name in ("source", "target"):
        if name not in names:
            kind = "tabs" if separator == "\t" else "commas"
            shown = separator.join(heads)[:60]
            fail(path, top, f"no column {name!r} in the header row {shown!r}; known, with {kind}: {', '.join(COLUMNS)}")
    if double := next((name for name in names if name and names.count(name) > 1), ""):
        fail(path, top, f"two columns are called {double!r}")
    if others := [head for head, name in zip(heads, names, strict=True) if name not in COLUMNS]:
        yield Notice(top, f"columns that are not read: {', '.join(others)}")
    for line, fields in records:
        if len(fields) > len(names):
            fail(path, line, f"{len(fields)} fields, but {len(names)} columns; put a field with a separator in quotes")
        row = dict(zip(names, fields, strict=False))
        yield _entry(path, line, row)


def _entry(path: Path, line: int, row: dict[str, str]) -> Entry:
    source = row.get("source", "")
    if not source.strip():
        fail(path, line, "no source")
    return Entry(
        line,
        source,
        row.get("target", ""),
        split_forms(row.get("accept", "")),
        split_forms(row.get("forbid", "")),
        row.get("sense", ""),
        case_rule(path, line, row.get("case", "").strip() or "smart"),
        row.get("note", ""),
        row.get("citation", ""),
        split_forms(row.get("near", "")),
        split_forms(row.get("not near", "")),
    )


def table(rows: Iterable[Sequence[object]], separator: str) -> str:
    """ROWS as text, fields in quotation marks where they need them."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _write(terms: Sequence[Term], separator: str) -> Output:
    rows = [
        (
            *(t.source, t.target, "; ".join(t.accept), "; ".join(t.forbid), t.sense),
            *("" if t.case == "smart" else t.case, "; ".join(t.near), "; ".join(t.not_near), t.note, t.citation),
        )
        for t in terms
    ]
    return Output(table([COLUMNS, *rows], separator))


def read_csv(path: Path, text: str) -> Iterator[Entry | Notice]:
    """The entries of a table with commas."""
    return _read(path, text, ",")


def read_tsv(path: Path, text: str) -> Iterator[Entry | Notice]:
    """The entries of a table with tabs."""
    return _read(path, text, "\t")


def write_csv(terms: Sequence[Term], name: str) -> Output:
    """A table with commas and all columns; it holds every field, but not the name."""
    del name
    return _write(terms, ",")


def write_tsv(terms: Sequence[Term], name: str) -> Output:
    """A table with tabs and all columns; it holds every field, but not the name."""
    del name
    return _write(terms, "\t")


FORMATS.register("csv", ".csv")(Format(read_csv, write_csv))
FORMATS.register("tsv", ".tsv")(Format(read_tsv, write_tsv))
