"""The chapters of an EPUB: which units stand in which, and the markup of each paragraph and its translation."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup, escape

from ..document import BilingualDocument, Mark, Role, TranslationUnit
from ._about import has_marker, language_tag, unit_findings
from ._base import one_line, xml_text
from ._bidi import RTL_RUN, runs_rtl
from ._runs import TAGS, Run, marks_by_unit, source_runs, target_runs

LONG = 200_000
"""A chapter ends with the block that makes its text longer than this, in bytes of markup."""

_BODY = ("headline", "subheading", "paragraph", "list_item")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Note:
    """A finding with its number in the book."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A block: both sides as markup (`target` is None where nothing of it is translated), the elements around them,
    the plain text of its heading and its language, the anchors of its units, its notes, and whether it is an item of a
    list that wants a dot before it."""

    role: Role
    source: Markup
    target: Markup | None
    source_tag: str
    target_tag: str
    source_direction: str
    target_direction: str
    heading: tuple[str, str]
    anchors: Mapping[str, str]
    notes: tuple[Note, ...]
    dot: bool

    @property
    def size(self) -> int:
        """Bytes of its markup, about."""
        return len(self.source.encode()) + len((self.target or "").encode()) + 250


@dataclass(slots=True)
class Chapter:
    """A file of the book: the name of its chapter and that name's language, which part of the chapter it is, and its
    pairs."""

    file: str
    name: str
    language: str
    part: int = 1
    pairs: list[Pair] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name, and the number of the part from the second on."""
        return self.name if self.part == 1 else f"{self.name} ({self.part})"

    @property
    def notes(self) -> list[Note]:
        """All notes in order."""
        return [note for pair in self.pairs for note in pair.notes]

    @property
    def anchors(self) -> dict[str, str]:
        """The anchor of each unit by its id."""
        return {id: anchor for pair in self.pairs for id, anchor in pair.anchors.items()}

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """Address, language and text of each subheading."""
        headings = [pair for pair in self.pairs if pair.role == "subheading"]
        return [(f"{self.file}#{next(iter(pair.anchors.values()))}", *pair.heading) for pair in headings]

    def groups(self) -> list[tuple[bool, list[Pair]]]:
        """The pairs, with those of one list together."""
        groups = groupby(self.pairs, key=lambda pair: pair.role == "list_item")
        return [(listed, list(pairs)) for listed, pairs in groups]


def chapters_of(document: BilingualDocument, units: Sequence[TranslationUnit], title: str) -> list[Chapter]:
    """The chapters of UNITS: one a headline, with what stands before the first; a long one is cut, rather before a
    subheading. TITLE is the name where there is no headline."""
    chapters: list[Chapter] = []
    size, begun = 0, False
    for pair in _pairs(document, units):
        file = f"chapter-{len(chapters) + 1:03}.xhtml"
        headed = pair.role == "headline"
        new = not chapters or (headed and begun)
        if new:
            language, name = pair.heading if headed else (language_tag(document.target_language), title)
            chapters.append(Chapter(file, name, language))
        elif size > LONG or (pair.role == "subheading" and size > LONG // 2):
            last, new = chapters[-1], True
            chapters.append(Chapter(file, last.name, last.language, last.part + 1))
        elif headed:
            chapters[-1].language, chapters[-1].name = pair.heading
        chapters[-1].pairs.append(pair)
        size = pair.size if new else size + pair.size
        begun = pair.role in _BODY or (begun and not new)
    return chapters


def _pairs(document: BilingualDocument, units: Sequence[TranslationUnit]) -> Iterator[Pair]:
    marks = marks_by_unit(document)
    taken: set[str] = set()
    number = 0
    for _, group in groupby(units, key=lambda unit: unit.block):
        block = list(group)
        found = [(unit, text) for unit in block for text in unit_findings(document, unit)]
        numbered = [(unit, Note(number + n, text)) for n, (unit, text) in enumerate(found, 1)]
        number += len(numbered)
        yield _pair(document, block, numbered, marks, {unit.id: _anchor(unit.id, taken) for unit in block})


def _anchor(id: str, taken: set[str]) -> str:
    """An id of XML for a unit: its own where that is one and free."""
    anchor = id if _ID.fullmatch(id) and id not in taken else f"unit-{len(taken) // 2 + 1}"
    taken.update((anchor, f"{anchor}-t"))
    return anchor


def _pair(
    document: BilingualDocument,
    block: Sequence[TranslationUnit],
    notes: Sequence[tuple[TranslationUnit, Note]],
    marks: Mapping[str, Sequence[Mark]],
    anchors: Mapping[str, str],
) -> Pair:
    source, target = Markup(), Markup()
    for unit in block:
        space = "" if unit is block[-1] else unit.segment.space
        of_unit = Markup().join(_reference(note) for of, note in notes if of is unit)
        one, other = _sides(document, unit, marks.get(unit.id, ()), anchors[unit.id], of_unit)
        source += one + space
        target += other + ("" if unit is block[-1] else space or " ")
    done = [unit.target for unit in block if unit.target is not None]
    tag = {"headline": "h1", "subheading": "h2"}.get(block[0].role, "p")
    original = " ".join(unit.segment.text for unit in block)
    return Pair(
        role=block[0].role,
        source=source,
        target=target if done else None,
        source_tag="p" if done else tag,
        target_tag=tag,
        source_direction=_direction(original),
        target_direction=_direction(" ".join(done)),
        heading=(
            language_tag(document.target_language if done else document.source_language),
            one_line(" ".join(done)) or one_line(original) or "…",
        ),
        anchors=anchors,
        notes=tuple(note for _, note in notes),
        dot=block[0].role == "list_item" and not has_marker(original),
    )


def _sides(
    document: BilingualDocument, unit: TranslationUnit, marks: Sequence[Mark], anchor: str, references: Markup
) -> tuple[Markup, Markup]:
    """Both texts of a unit as markup; REFERENCES to its notes follow the translation, or the source without one."""
    language = "" if unit.language == document.source_language else language_tag(unit.language)
    source = _span(anchor, _inline(source_runs(unit, marks)), language)
    if unit.target is None:
        return source + references, Markup('<span class="none">[not translated]</span>')
    return source, _span(f"{anchor}-t", _inline(target_runs(unit, marks))) + references


def _direction(text: str) -> str:
    """The value of `dir`; `auto` alone is not enough, for it looks past the words in `bdi`."""
    return "rtl" if runs_rtl(text) else "auto"


def _span(id: str, content: Markup, language: str = "") -> Markup:
    tag = Markup(' lang="{0}" xml:lang="{0}"').format(language) if language else ""
    return Markup('<span id="{}"{}>{}</span>').format(id, tag, content)


def _reference(note: Note) -> Markup:
    link = '<a epub:type="noteref" role="doc-noteref" id="ref-{0}" href="#note-{0}">{0}</a>'
    return Markup(link).format(note.number)


def _inline(runs: Iterable[Run]) -> Markup:
    """The runs with the elements of their marks, links and terms."""
    text = Markup()
    for href, group in groupby(runs, key=lambda run: run.href):
        inner = Markup().join(map(_run, group))
        text += Markup('<a href="{}">{}</a>').format(href, inner) if href else inner
    return text


def _run(run: Run) -> Markup:
    pieces = RTL_RUN.split(xml_text(run.text))
    text = Markup().join(Markup("<bdi>{}</bdi>").format(p) if n % 2 else escape(p) for n, p in enumerate(pieces))
    for kind, tag in reversed(TAGS.items()):
        if kind in run.kinds:
            text = Markup("<{0}>{1}</{0}>").format(Markup(tag), text)
    if run.use is not None:
        lost = " lost" if run.use.status in ("missed", "conflict") else ""
        text = Markup('<span class="term{}">{}</span>').format(lost, text)
    return text
