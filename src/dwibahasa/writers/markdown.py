"""Markdown, for repositories, wikis and notes: a table with the two languages side by side, or one below the other.

Text is escaped so that none of it can become markup (CommonMark 0.31, sections 2.4, 4 and 6; the tables, strikethrough
and mathematics of GitHub besides). Bold, italic and links are kept.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..document import BilingualDocument, Mark, Role, TranslationUnit
from ._about import document_findings, facts, has_marker, language_name, remarks, titles, unit_findings
from ._base import WRITERS, kept_units, one_line, xml_text
from ._runs import Run, marks_by_unit, source_runs, target_runs

# A text may be cut anywhere: at its end, `&` and `=` may be halves of one.
_INLINE = re.compile(r"[\\`*_\[\]<>|~$^#]|=(?==|\Z)|&(?=[#A-Za-z]|\Z)")
# What begins a block at the start of a line: a list, a rule, an underline, a definition, or a number with its stop.
_BLOCK = re.compile(r"^(\d{0,9})(?=\D)((?:(?<!\d)[-+:=])|(?<=\d)[.)])")
_LINE_END = re.compile(r"[\r\n\x85\u2028\u2029]+")
_EDGES = re.compile(r"([\W_]*)(.*?)([\W_]*)", re.S)
_BOLD, _ITALIC = 2, 1
_NONE = "*not translated*"


@dataclass(frozen=True, slots=True)
class Row:
    """A unit as Markdown, each text in one line; `target` is `_NONE` where there is none."""

    role: Role
    source: str
    target: str
    findings: tuple[str, ...]


@WRITERS.register("markdown", ".md")
def write_markdown(document: BilingualDocument, *, keep_boilerplate: bool = False) -> str:
    """A table of two columns, a row a unit (GitHub Flavored Markdown, section 4.10), and a third column where any unit
    has findings."""
    units = kept_units(document, keep_boilerplate)
    title = f"# {_escaped(titles(document, units)[0])}"
    return _page(document, units, [title], _table)


@WRITERS.register("markdown-interlinear", ".interlinear.md")
def write_interlinear(document: BilingualDocument, *, keep_boilerplate: bool = False) -> str:
    """Each unit a paragraph or a heading, and its translation below it as a quotation. Findings follow in italics."""
    units = kept_units(document, keep_boilerplate)
    headed = any(unit.role == "headline" for unit in units)
    title = [] if headed else [f"# {_escaped(titles(document, units)[0])}"]
    return _page(document, units, title, _paragraphs)


def _page(
    document: BilingualDocument,
    units: Sequence[TranslationUnit],
    title: list[str],
    layout: Callable[[BilingualDocument, Sequence[Row]], Iterable[str]],
) -> str:
    marks = marks_by_unit(document)
    rows = [_row(document, unit, marks.get(unit.id, ()), layout is _table) for unit in units]
    signature = one_line(document.signature)
    parts = [
        *title,
        _paragraph(" · ".join(map(_escaped, facts(document)))),
        *(_paragraph(_escaped(finding)) for finding in document_findings(document)),
        *layout(document, rows),
        " ".join(remarks(document, units)),
        _paragraph(_escaped(signature)) if "`" in signature or not signature else f"`{signature}`",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _row(document: BilingualDocument, unit: TranslationUnit, marks: Sequence[Mark], bold_headings: bool) -> Row:
    bold = _BOLD if bold_headings and unit.role in ("headline", "subheading") else 0
    target = _NONE if unit.target is None else _inline(target_runs(unit, marks), bold)
    return Row(unit.role, _inline(source_runs(unit, marks), bold), target, tuple(unit_findings(document, unit)))


def _table(document: BilingualDocument, rows: Sequence[Row]) -> Iterator[str]:
    names = [language_name(document.source_language), language_name(document.target_language)]
    noted = any(row.findings for row in rows)
    heads = [*map(_escaped, names), *(["Notes"] if noted else [])]
    lines = [heads, ["---"] * len(heads)]
    for row in rows:
        notes = [_escaped("; ".join(row.findings))] if noted else []
        lines.append([row.source, row.target, *notes])
    if rows:
        yield "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _paragraphs(document: BilingualDocument, rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        level = {"headline": "# ", "subheading": "## "}.get(row.role, "")
        bullet = "- " if row.role == "list_item" and not has_marker(row.source) else ""
        source, target = (text if level else _paragraph(text or "&nbsp;") for text in (row.source, row.target))
        lines = [f"{bullet}{level}{source}", f"> {level}{target}", *(f"> *Note:* {_escaped(n)}" for n in row.findings)]
        separator = "\n\n" + " " * len(bullet)
        yield separator.join([lines[0], f"\n{' ' * len(bullet)}>\n{' ' * len(bullet)}".join(lines[1:])])


def _inline(runs: Iterable[Run], stars: int = 0) -> str:
    """The runs in one line, without outer white space; with STARS all of it is emphasised so.

    Emphasis begins and ends with a letter or a figure, whatever it spans, so that its stars always count as such
    (CommonMark 6.2, rules 1 to 10); right behind other emphasis, inside a word, it is left out.
    """
    text = ""
    for (href, own), group in groupby(runs, key=lambda run: (run.href, stars | _stars(run))):
        words = "".join(run.text for run in group)
        before, core, after = _EDGES.fullmatch(words).groups()  # type: ignore[union-attr]  # it matches anything
        marks = "*" * own if core and not (text.endswith("*") and not before) else ""
        part = marks.join(_escaped(piece, strip=False) for piece in (before, core, after))
        if href and words.strip():
            part = f"[{part}](<{href.replace('&', chr(92) + '&')}>)"
            text = text[:-1] + "\\!" if text.endswith("!") else text
        text += part
    return text.strip()


def _stars(run: Run) -> int:
    return _BOLD * ("bold" in run.kinds) + _ITALIC * ("italic" in run.kinds)


def _escaped(text: str, strip: bool = True) -> str:
    """TEXT in one line, with a backslash before whatever could be markup inside it."""
    line = _LINE_END.sub(" ", xml_text(text))
    return _INLINE.sub(r"\\\g<0>", line.strip() if strip else line)


def _paragraph(line: str) -> str:
    """LINE, escaped already, where it stands as a paragraph: with a backslash before what would begin another block."""
    return _BLOCK.sub(r"\1\\\2", line, count=1)
