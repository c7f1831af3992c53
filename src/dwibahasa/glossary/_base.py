"""What the formats of term bases share: what a reader gives, and the rules that every entry must keep."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, NoReturn, cast

from ..document import CaseRule, Term
from ..errors import GlossaryError
from ..registry import Registry
from .tokens import CURRENCY, WORD, fold

# C0 (but tab and line feed) and C1 controls, the line and paragraph separators, and what XML 1.0 cannot hold.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Notice(NamedTuple):
    """What to tell of a file, and the line it concerns (0: the whole file)."""

    line: int
    message: str

    def at(self, path: str | Path) -> str:
        """The notice with the place before it: `own.po: line 3: …`."""
        return f"{path}: line {self.line}: {self.message}" if self.line else f"{path}: {self.message}"


@dataclass(slots=True)
class Entry:
    """One entry as its file has it, not checked yet.

    `line` is that of the source form. `left_out` says why the entry is not used, such as `is marked fuzzy`.
    """

    line: int
    source: str
    target: str
    accept: Sequence[str] = ()
    forbid: Sequence[str] = ()
    sense: str = ""
    case: CaseRule = "smart"
    note: str = ""
    citation: str = ""
    near: Sequence[str] = ()
    not_near: Sequence[str] = ()
    left_out: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The source, the target, and what is accepted and forbidden."""
        return (self.source, self.target, *self.accept, *self.forbid)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything in the entry that a person wrote."""
        return (*self.forms, self.sense, self.note, self.citation, *self.near, *self.not_near)


Reader = Callable[[Path, str], Iterator[Entry | Notice]]
"""Takes the path, for messages, and the text of a file; raises `GlossaryError` with file and line."""


@dataclass(frozen=True, slots=True)
class Output:
    """A term base as text, and what had to be said in another way than the format's own."""

    text: str
    notes: tuple[str, ...] = ()


Writer = Callable[[Sequence[Term], str], Output]
"""Takes terms that keep the rules, and the name of the term base."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how its text is read, and how it is made."""

    read: Reader
    write: Writer


FORMATS: Registry[Format] = Registry("glossary format")


@dataclass(slots=True)
class Collected:
    """The terms of a file in its order, what was left out and why, and white space where none belongs."""

    terms: list[Term] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    untidy: list[Notice] = field(default_factory=list)


def fail(path: str | Path, line: int, message: str) -> NoReturn:
    """Raise a `GlossaryError` that names file and line."""
    raise GlossaryError(Notice(line, message).at(path))


def tidy(text: str) -> str:
    """TEXT with each run of white space one space, and none around it."""
    return " ".join(text.split())


def split_forms(text: str) -> list[str]:
    """The forms in a list with `;` between them."""
    return [form for part in text.split(";") if (form := part.strip())]


def case_rule(path: Path, line: int, value: str) -> CaseRule:
    """The case rule called VALUE."""
    if value not in ("smart", "exact"):
        fail(path, line, f"unknown case rule {value!r}; known: smart, exact")
    return cast(CaseRule, value)


def same_words(source: str) -> tuple[str, ...]:
    """What makes two sources the same: their words, whatever the hyphens, and the case unless it is an acronym's
    (AS, "United States", is not as, "axle")."""
    return tuple(text if text.isupper() else fold(text) for text, _ in WORD.findall(source))


def collect(path: Path, entries: Iterable[Entry | Notice]) -> Collected:
    """The terms of ENTRIES; raises `GlossaryError` for an entry that breaks a rule, and with both lines for a source
    that has two targets in one sense."""
    found = Collected()
    seen: dict[tuple[str, str], Term] = {}
    file = str(path)
    for entry in entries:
        if isinstance(entry, Notice):
            found.notices.append(entry)
            continue
        if why := entry.left_out or ("" if entry.target.strip() else "has no target"):
            found.notices.append(Notice(entry.line, f"{tidy(entry.source)!r} {why}; left out"))
            continue
        try:
            clean = tidied(entry)
            term = checked(clean, file)
        except ValueError as error:
            fail(path, entry.line, str(error))
        if clean is not entry:
            found.untidy += _untidy(entry)
        first = seen.setdefault((term.source, term.sense), term)
        if first.target != term.target:
            both = f"{first.target!r} (line {first.line}) and {term.target!r} (line {term.line})"
            fail(path, term.line, f"{term.source!r} has two targets: {both}")
        if first is not term:
            found.notices.append(Notice(term.line, f"{term.source!r} stands on line {first.line} already; left out"))
    if not seen:
        found.notices.append(Notice(0, "no entries"))
    found.terms += seen.values()
    return found


def tidied(entry: Entry) -> Entry:
    """ENTRY with its white space tidied, the same object where it is; raises `ValueError` for a control character."""
    edges = "|".join(("", *entry.texts, ""))
    if edges.isprintable() and not any(stray in edges for stray in ("  ", " |", "| ")):
        return entry  # nearly always, and quick
    if bad := CONTROL.search(edges):
        raise ValueError(f"control character U+{ord(bad[0]):04X} in the entry {tidy(entry.source)!r}")
    return replace(
        entry,
        source=tidy(entry.source),
        target=tidy(entry.target),
        sense=tidy(entry.sense),
        note=tidy(entry.note),
        citation=tidy(entry.citation),
        accept=tuple(map(tidy, entry.accept)),
        forbid=tuple(map(tidy, entry.forbid)),
        near=tuple(map(tidy, entry.near)),
        not_near=tuple(map(tidy, entry.not_near)),
    )


def checked(entry: Entry, file: str) -> Term:
    """The term of ENTRY, which is tidy; raises `ValueError` where it breaks a rule."""
    accept, forbid, near, not_near = (
        tuple(dict.fromkeys(forms)) if forms else ()
        for forms in (entry.accept, entry.forbid, entry.near, entry.not_near)
    )
    worded = [form for form in accept if not CURRENCY.search(form)] if accept else ()
    for form in (entry.source, entry.target, *worded, *forbid, *near, *not_near):
        if not (form[:1].isalpha() or WORD.search(form)):
            raise ValueError(f"{form!r} has no letter or digit")
    for form in (*accept, *forbid, *near, *not_near):
        if ";" in form:
            raise ValueError(f"{form!r} has a semicolon, which stands between forms")
    for form in forbid:
        if form == entry.target or form in accept:
            raise ValueError(f"{form!r} is forbidden and right at once for {entry.source!r}")
    for form in near:
        if form in not_near:
            raise ValueError(f"{form!r} is in near and in not near at once for {entry.source!r}")
    return Term(
        entry.source, entry.target, accept, forbid, entry.sense, entry.case, entry.note, entry.citation, file,
        entry.line, near, not_near,
    )  # fmt: skip


def _untidy(entry: Entry) -> Iterator[Notice]:
    for text in (*entry.forms, *entry.near, *entry.not_near):
        if text != (clean := tidy(text)):
            yield Notice(entry.line, f"stray white space in {text!r}; write {clean!r}")
