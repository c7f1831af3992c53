"""What the formats of term bases share: what a reader gives, and the rules that every entry must keep."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, NoReturn, cast

from ..document import CaseRule, Term
from ..errors import GlossaryError
from ..registry import Registry
from .tokens import CURRENCY, WORD, words

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
    left_out: str = ""


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
    return tuple(text if (text := source[w.start : w.end]).isupper() else w.key for w in words(source))


def collect(path: Path, entries: Iterable[Entry | Notice]) -> Collected:
    """The terms of ENTRIES; raises `GlossaryError` for an entry that breaks a rule, and with both lines for a source
    that has two targets in one sense."""
    found = Collected()
    seen: dict[tuple[str, str], Term] = {}
    for entry in entries:
        if isinstance(entry, Notice):
            found.notices.append(entry)
            continue
        if why := entry.left_out or ("" if entry.target.strip() else "has no target"):
            found.notices.append(Notice(entry.line, f"{tidy(entry.source)!r} {why}; left out"))
            continue
        try:
            term = checked(entry, str(path))
        except ValueError as error:
            fail(path, entry.line, str(error))
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


def checked(entry: Entry, file: str) -> Term:
    """The term of ENTRY, its white space tidied; raises `ValueError` where it breaks a rule."""
    texts = (entry.source, entry.target, *entry.accept, *entry.forbid, entry.sense, entry.note, entry.citation)
    if bad := CONTROL.search("\n".join(texts)):
        raise ValueError(f"control character U+{ord(bad[0]):04X} in the entry {tidy(entry.source)!r}")
    source, target, sense, note, citation = map(tidy, (*texts[:2], *texts[-3:]))
    accept, forbid = (tuple(dict.fromkeys(map(tidy, forms))) for forms in (entry.accept, entry.forbid))
    for form in (*accept, *forbid):
        if ";" in form:
            raise ValueError(f"{form!r} has a semicolon, which stands between forms")
    wordless = [form for form in (source, target, *forbid) if not WORD.search(form)]
    wordless += [form for form in accept if not WORD.search(form) and not CURRENCY.search(form)]
    if wordless:
        raise ValueError(f"{wordless[0]!r} has no letter or digit")
    for form in forbid:
        if form == target or form in accept:
            raise ValueError(f"{form!r} is forbidden and right at once for {source!r}")
    return Term(source, target, accept, forbid, sense, entry.case, note, citation, file, entry.line)


def _untidy(entry: Entry) -> Iterator[Notice]:
    for text in (entry.source, entry.target, *entry.accept, *entry.forbid):
        if text != (clean := tidy(text)):
            yield Notice(entry.line, f"stray white space in {text!r}; write {clean!r}")
