"""What people changed in bilingual files, so that a new run of the machine does not undo it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..document import BilingualDocument, Document, Finding, TranslationUnit
from ..exchange import one_line
from ..glossary import Glossary
from ._base import Reading, by_person, remarks
from .renewing import renewed_unit

if TYPE_CHECKING:
    from ..translation import Plan

Place = tuple[str, str]
"""The source text of a unit, white space evened out, and its id."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A unit that a person wrote, approved or remarked on, and whether that was done in this very file, after this
    program wrote it."""

    unit: TranslationUnit
    fresh: bool

    @property
    def place(self) -> Place:
        """Where it belongs."""
        return one_line(self.unit.segment.text), self.unit.id

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What the person wrote about the unit."""
        return remarks(self.unit)

    @property
    def said(self) -> tuple[str, tuple[Finding, ...]]:
        """The target and the remarks, for comparison."""
        return one_line(self.unit.target or ""), self.remarks


def edits(reading: Reading) -> list[Edit]:
    """The edits in the file of READING, in its order."""
    units = (unit for unit in reading.document.units if by_person(unit) or remarks(unit))
    return [Edit(unit, unit.id in reading.changed) for unit in units]


@dataclass(frozen=True, slots=True)
class Edits:
    """The edits of several files of one document, one for each place, and what to tell about their merging."""

    places: dict[Place, Edit]
    notices: tuple[str, ...] = ()

    @classmethod
    def merged(cls, files: Sequence[tuple[Path, Reading]]) -> "Edits":
        """The edits of FILES, the newest of them first: where two differ, the newer one is taken."""
        places: dict[Place, Edit] = {}
        emptied: set[Place] = set()
        notices = []
        for path, reading in files:
            own = {edit.place: edit for edit in edits(reading)}
            differing = [place for place, edit in own.items() if place in places and edit.fresh]
            differing = [place for place in differing if own[place].said != places[place].said]
            if differing:
                names = ", ".join(id for _, id in differing[:5]) + (" …" if len(differing) > 5 else "")
                notices.append(f"{path}: edited differently in a newer file, whose wording is taken: {names}")
            places = {place: edit for place, edit in own.items() if place not in emptied} | places
            emptied |= {(one_line(u.segment.text), u.id) for u in reading.document.units if u.target is None}
        return cls(places, tuple(notices))

    def assigned(self, document: Document) -> dict[str, Edit]:
        """The edit for each unit id of DOCUMENT that has one: that of the same source text and id or, failing that,
        the first of the same text that is left."""
        ids = [
            (f"{block.id}.s{number}", one_line(segment.text))
            for block in document.blocks
            for number, segment in enumerate(block.segments, 1)
        ]
        found = {id: self.places[text, id] for id, text in ids if (text, id) in self.places}
        left: dict[str, list[Edit]] = {}
        for (text, id), edit in self.places.items():
            if found.get(id) is not edit:
                left.setdefault(text, []).append(edit)
        for id, text in ids:
            if id not in found and left.get(text):
                found[id] = left[text].pop(0)
        return found


def without_kept(plan: "Plan", kept: dict[str, Edit]) -> "Plan":
    """PLAN whose engine is not asked for the units that a person wrote, by id as `Edits.assigned` gives them."""
    ids = (
        f"{block.id}.s{number}"
        for block in plan.document.blocks
        if block.role != "boilerplate"
        for number in range(1, len(block.segments) + 1)
    )
    passages = zip(ids, plan.passages, strict=True)
    return replace(plan, passages=tuple(replace(p, parts=()) if _written(kept.get(id)) else p for id, p in passages))


def _written(edit: Edit | None) -> bool:
    return edit is not None and by_person(edit.unit)


def with_kept(document: BilingualDocument, kept: dict[str, Edit], glossary: Glossary) -> BilingualDocument:
    """DOCUMENT with the edits KEPT in their units."""
    return replace(document, units=tuple(_kept(unit, kept.get(unit.id), glossary) for unit in document.units))


def _kept(unit: TranslationUnit, edit: Edit | None, glossary: Glossary) -> TranslationUnit:
    if edit is None:
        return unit
    if not _written(edit):
        return replace(unit, findings=tuple(dict.fromkeys((*unit.findings, *edit.remarks))))
    human = edit.unit
    unit = replace(unit, target=human.target, origin=human.origin, state=human.state, findings=edit.remarks)
    return replace(renewed_unit(unit, glossary, True), score=human.score)


def lost_by(document: BilingualDocument, reading: Reading) -> list[str]:
    """The ids of the edits in the file of READING that DOCUMENT does not have, so that writing it there would destroy
    them."""
    has: dict[tuple[str, str], int] = {}
    remarked = {finding for unit in document.units for finding in remarks(unit)}
    for unit in document.units:
        key = one_line(unit.segment.text), one_line(unit.target or "")
        has[key] = has.get(key, 0) + 1
    lost = []
    for edit in edits(reading):
        key = one_line(edit.unit.segment.text), one_line(edit.unit.target or "")
        has[key] = has.get(key, 0) - 1
        if (_written(edit) and has[key] < 0) or not remarked.issuperset(edit.remarks):
            lost.append(edit.unit.id)
    return lost


def unplaced(edits: Edits, kept: Iterable[Edit]) -> list[Edit]:
    """The edits that have no place in the text any more: their sentence changed or went away."""
    placed = {id(edit) for edit in kept}
    return [edit for edit in edits.places.values() if id(edit) not in placed]


def placed(document: Document, bilingual: BilingualDocument) -> BilingualDocument:
    """The translation of BILINGUAL on DOCUMENT, the text that it was made from, read anew: with its marks and, for a
    translated copy, its original. What has no translation there is left without one, and a finding says so."""
    have = Edits({edit.place: edit for edit in (Edit(unit, False) for unit in bilingual.units)}).assigned(document)
    units, missing = [], []
    for block in document.blocks:
        for number, segment in enumerate(block.segments, 1):
            id = f"{block.id}.s{number}"
            unit = TranslationUnit(id, block.id, block.role, segment)
            if id in have:
                unit = replace(have[id].unit, id=id, block=block.id, role=block.role, segment=segment)
            if unit.target is None and block.role != "boilerplate":
                missing.append(id)
            units.append(unit)
    told = [Finding("untranslated", f"without a translation: {', '.join(missing)}")] if missing else []
    findings = tuple(dict.fromkeys((*bilingual.findings, *told)))
    return replace(bilingual, source=document, units=tuple(units), findings=findings)
