"""What the readers of bilingual files give, and the document that is built of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from ..document import (
    ROLES,
    About,
    BilingualDocument,
    Block,
    Document,
    Finding,
    Origin,
    Role,
    Segment,
    State,
    Term,
    TranslationUnit,
)
from ..exchange import REMARK, Fact, block_of, finding_of, fingerprint, space_of, terms_of, usual_space
from ..registry import Registry

ORIGINS: tuple[Origin, ...] = get_args(Origin)
_NOT_NAME = re.compile(r"[^\w.-]+")
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Reading:
    """A bilingual file as it stands: the document, still without the word links and the places of terms that the
    format does not hold; the ids of the units that a person changed since this program wrote them; the terms that
    each unit is said to have, with their status; and whether this program wrote the file."""

    document: BilingualDocument
    changed: frozenset[str] = frozenset()
    terms: dict[str, list[tuple[Term, str]]] = field(default_factory=dict)
    own: bool = False
    complete: bool = False  # links and the places of terms are there

    @property
    def has_edits(self) -> bool:
        """Whether a person wrote, approved or remarked on anything."""
        return any(by_person(unit) or remarks(unit) for unit in self.document.units)


def by_person(unit: TranslationUnit) -> bool:
    """Whether a person wrote or approved the target of UNIT."""
    return unit.target is not None and (unit.origin == "human" or unit.state in ("reviewed", "final"))


def remarks(unit: TranslationUnit) -> tuple[Finding, ...]:
    """What a person wrote about UNIT."""
    return tuple(finding for finding in unit.findings if finding.check == REMARK)


BilingualReader = Callable[[bytes, str], Reading]
"""Takes the bytes of a file and its name; raises `InputError`."""

BILINGUAL: Registry[BilingualReader] = Registry("bilingual format")


@dataclass(slots=True)
class Record:
    """A pair of texts as a format gives it. `facts` are those of `exchange` by key; `state` is what the format's own
    means say, `confirmed` that a person took the target over as it is."""

    source: str
    target: str | None
    id: str = ""
    block: str = ""
    facts: dict[str, list[str]] = field(default_factory=dict)
    state: State | None = None
    origin: Origin | None = None
    confirmed: bool = False
    space: str | None = None

    def fact(self, key: str) -> str:
        """The first value of KEY, or an empty string."""
        return next(iter(self.facts.get(key, ())), "")

    @property
    def written_origin(self) -> Origin | None:
        """The origin at the time of writing."""
        return next((origin for origin in ORIGINS if origin == self.fact("origin")), None)

    @property
    def written_state(self) -> State | None:
        """The state at the time of writing."""
        return next((state for state in STATES if state == self.fact("state")), None)

    @property
    def own(self) -> bool:
        """Whether this program wrote the pair."""
        return "state" in self.facts

    @property
    def changed(self) -> bool:
        """Whether the target is another than the one that this program wrote."""
        return self.own and self.target is not None and self.fact("written") != fingerprint(self.target)

    def settled(self) -> tuple[Origin | None, State, bool]:
        """Origin and state now, and whether a person changed or approved the target since it was written."""
        if self.target is None:
            return None, "initial", False
        state = self.state or self.written_state or "translated"
        before = self.written_state
        rose = before is not None and STATES.index(state) > STATES.index(before)
        if self.changed or rose or self.confirmed:
            return "human", "translated" if state == "initial" else state, True
        return self.written_origin or self.origin or "human", state, False


def by_key(facts: Sequence[Fact]) -> dict[str, list[str]]:
    """The values of FACTS under their keys."""
    found: dict[str, list[str]] = {}
    for key, value in facts:
        found.setdefault(key, []).append(value)
    return found


def told(left: Counter[str], files: int = 1) -> list[str]:
    """What was flattened or left out in reading, in words."""
    notices = [f"files read as one document: {files}"] if files > 1 else []
    if inline := left.pop("", 0):
        notices.append(f"inline elements flattened: {inline}")
    return [*notices, *(f"left out: {what} ({count})" for what, count in sorted(left.items()))]


def rebuilt(
    records: Sequence[Record],
    facts: dict[str, list[str]],
    languages: tuple[str, str],
    name: str,
    format: str,
    notices: Sequence[str] = (),
) -> Reading:
    """The document of RECORDS; FACTS are those of the document, of `finding` too, and NOTICES say what was left out or
    simplified in reading. A record without a source adds its space and its facts to the one before it."""
    records = list(_folded(records))
    document_facts = Record("", None, facts=facts)
    units, spaces = _units(records, languages[0])
    lead = space_of(document_facts.fact("lead")) or ""
    text, placed = lead, []
    for unit, space in zip(units, spaces, strict=True):
        segment = Segment(unit.segment.text, len(text), space)
        text += segment.text + space
        placed.append(replace(unit, segment=segment))
    about = About(*(document_facts.fact(key) for key in ("title", "author", "outlet", "date", "url")))
    source = Document(
        text, _blocks(placed, records), document_facts.fact("name") or name, languages[0], about=about, format=format
    )
    findings = [finding_of(line) for line in facts.get("finding", ())]
    findings += [Finding("reading", notice) for notice in notices]
    changed = {u.id for u, r in zip(placed, records, strict=True) if r.settled()[2]}
    return Reading(
        BilingualDocument(
            source, tuple(placed), *languages, document_facts.fact("signature"), tuple(dict.fromkeys(findings))
        ),
        frozenset(changed),
        {u.id: terms_of(r.facts.get("term", ())) for u, r in zip(placed, records, strict=True) if "term" in r.facts},
        "signature" in facts,
    )


def _folded(records: Sequence[Record]) -> Iterator[Record]:
    last: Record | None = None
    for record in records:
        record.block = _NOT_NAME.sub("-", record.block)
        if record.source:
            if last:
                yield last
            last = record
        elif last:
            last.space = record.space if record.space is not None else last.space
            last.facts = {**last.facts, **record.facts}
    if last:
        yield last


def _units(records: Sequence[Record], language: str) -> tuple[list[TranslationUnit], list[str]]:
    """The units of RECORDS, not yet in their places, and the white space after each."""
    ids = list(_ids(records))
    blocks = [r.fact("block") or r.block or block_of(id) for r, id in zip(records, ids, strict=True)]
    units, spaces = [], []
    for record, id, block, following in zip(records, ids, blocks, [*blocks[1:], None], strict=False):
        told = space_of(record.fact("space")) if "space" in record.facts else record.space
        spaces.append(usual_space(block, following) if told is None else told)
        units.append(_unit(record, id, block, language))
    return units, spaces


def _unit(record: Record, id: str, block: str, language: str) -> TranslationUnit:
    origin, state, _ = record.settled()
    role: Role = next((role for role in ROLES if role == record.fact("role")), "paragraph")
    findings = [finding_of(line) for line in record.facts.get("finding", ())]
    findings += [Finding(REMARK, text) for text in record.facts.get(REMARK, ())]
    return TranslationUnit(
        id,
        block,
        role,
        Segment(record.source, 0),
        record.target,
        origin,
        state,
        None if record.changed else _number(record.fact("score")),
        record.fact("language") or language,
        findings=tuple(findings),
    )


def _number(text: str) -> float | None:
    try:
        return float(text) if -1e9 < float(text) <= 0 else None
    except ValueError:
        return None


def _ids(records: Sequence[Record]) -> Iterator[str]:
    """An id for each of RECORDS: its own where no other has it, else one by its block or number."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for number, record in enumerate(records, 1):
        id = record.id
        while not id or id in taken:
            block = record.block or f"p{number}"
            counts[block] = counts.get(block, 0) + 1
            id = f"{block}.s{counts[block]}"
        taken.add(id)
        yield id


def _blocks(units: Sequence[TranslationUnit], records: Sequence[Record]) -> tuple[Block, ...]:
    """The blocks of UNITS: those that follow one another and name the same block."""
    runs: list[tuple[TranslationUnit, str, list[Segment]]] = []
    for unit, record in zip(units, records, strict=True):
        if not runs or runs[-1][0].block != unit.block:
            runs.append((unit, record.fact("reason"), []))
        runs[-1][2].append(unit.segment)
    return tuple(Block(first.block, first.role, tuple(segments), reason) for first, reason, segments in runs)
