"""TSV: a table for spreadsheets and shell tools; one row for each unit."""

import csv
import io
import re

from ..document import BilingualDocument
from ._base import WRITERS, kept_units, notes, xml_text

COLUMNS = ("id", "role", "source", "target", "state", "origin", "score", "terms", "findings")
_COLUMN = {"term": "terms", "finding": "findings", "remark": "findings"}

# What a spreadsheet takes for a formula, by its first character, in the ordinary and the wide form (OWASP, CSV
# Injection); an apostrophe before it says that it is text. A text with such apostrophes of its own gets one more, so
# that taking one away always gives the text back.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


@WRITERS.register("tsv", ".tsv")
def write_tsv(document: BilingualDocument, *, keep_boilerplate: bool = False) -> str:
    """A table with a header and a row for each unit, its fields parted by tabs, rows ended by a line feed.

    A field with a tab, a line end or a quotation mark stands in quotation marks, those inside it doubled, as in CSV
    (RFC 4180). A field that a spreadsheet would compute begins with an apostrophe.
    """
    rows: list[list[str]] = [list(COLUMNS)]
    for unit in kept_units(document, keep_boilerplate):
        told: dict[str, list[str]] = {}
        for key, value in notes(document, unit):
            told.setdefault(_COLUMN.get(key, key), []).append(value)
        told |= {"id": [unit.id], "source": [unit.segment.text], "target": [unit.target or ""]}
        texts = {column: plain("; ".join(told.get(column, ()))) for column in COLUMNS}
        rows.append(list((texts | {"score": "".join(told.get("score", ()))}).values()))
    return "".join(map(_row, rows))


def _row(fields: list[str]) -> str:
    line = io.StringIO()
    # Python before 3.13 quotes a line end only where it is part of the terminator.
    csv.writer(line, delimiter="\t", lineterminator="\r\n").writerow(fields)
    return line.getvalue().removesuffix("\r\n") + "\n"


def plain(text: str) -> str:
    """TEXT that no spreadsheet takes for a formula, without what XML cannot hold, which spreadsheets cannot either."""
    text = xml_text(text)
    return f"'{text}" if _FORMULA.match(text) else text
