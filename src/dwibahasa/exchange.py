"""What an exchange format carries of a unit beside its two texts: one line a fact, made and read back here.

A fact is a pair of a key and one line of text, such as `("score", "-0.4124")`. PO has them as comments, TMX as
properties, XLIFF as metadata.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import get_args

from .document import BilingualDocument, Document, Finding, Term, TermStatus, TermUse, TranslationUnit

Fact = tuple[str, str]

REMARK = "remark"
"""The name of the check in a finding that holds what a person wrote about a unit."""

# Everything outside `Char` of XML 1.0 (section 2.2). PO follows the same rule: gettext has no escape for most of these.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATUSES: tuple[TermStatus, ...] = get_args(TermStatus)
_CODE = re.compile(r"U\+([0-9A-F]{4,6})")


def xml_text(text: str) -> str:
    """TEXT with U+FFFD for each character that XML 1.0 cannot hold (control characters, lone surrogates)."""
    return NOT_XML.sub("\ufffd", text)


def one_line(text: str) -> str:
    """TEXT for a comment or a property: as `xml_text`, each run of white space and line ends one space."""
    return " ".join(xml_text(" ".join(text.split())).split())


def fingerprint(text: str) -> str:
    """Eight hex digits that tell whether a person changed TEXT since it was written; white space does not count, nor
    do characters that XML cannot hold."""
    return hashlib.sha256(one_line(text).encode()).hexdigest()[:8]


def block_of(id: str) -> str:
    """The block that a unit's id names: `p3` for `p3.s2`."""
    return id.rpartition(".")[0] or id


def usual_space(block: str, following: str | None) -> str:
    """The white space that stands between a unit of BLOCK and one of the block FOLLOWING (None: at the end) in a
    format that says nothing of it."""
    if following is None:
        return ""
    return " " if following == block else "\n\n"


def replaced(source: str, target: str | None) -> list[Finding]:
    """A finding for each text of which `xml_text` replaces something."""
    findings = []
    for side, text in (("source", source), ("target", target or "")):
        if found := sorted(set(NOT_XML.findall(text))):
            names = ", ".join(f"U+{ord(c):04X}" for c in found)
            findings.append(Finding("characters", f"{side}: {names} written as U+FFFD, for this format cannot hold it"))
    return findings


def heading(document: BilingualDocument) -> tuple[Fact, ...]:
    """The facts of the whole document: name, signature, what its source says of itself, and `lead`, the white space
    before the first segment. Findings are not among them."""
    source = document.source
    pairs = [("name", document.name), ("signature", document.signature)]
    pairs += [(field.name, getattr(source.about, field.name)) for field in fields(source.about)]
    pairs = [(key, line) for key, value in pairs if (line := one_line(value)) or key in ("name", "signature")]
    if lead := lead_of(source):
        pairs.append(("lead", space_line(lead)))
    return tuple(pairs)


def lead_of(source: Document) -> str:
    """The white space before the first segment."""
    first = next((segment.start for block in source.blocks for segment in block.segments), len(source.text))
    return source.text[:first]


def notes(document: BilingualDocument, unit: TranslationUnit, *, any_text: bool = False) -> tuple[Fact, ...]:
    """What a reader may want to know of UNIT, in this order: role, language (of the source text, where it is not the
    document's), origin, state, score, terms, findings and a person's remarks.

    A character that `xml_text` replaces is told as a finding more, but not for a format that holds ANY_TEXT.
    """
    pairs: list[Fact] = [("role", unit.role)]
    if unit.language != document.source_language:
        pairs.append(("language", one_line(unit.language)))
    if unit.origin is not None:
        pairs.append(("origin", unit.origin))
    pairs.append(("state", unit.state))
    if unit.score is not None:
        pairs.append(("score", f"{unit.score:.4f}"))
    pairs += [("term", term_line(use)) for use in unit.terms]
    found = [f for f in unit.findings if f.check != REMARK]
    found += [] if any_text else replaced(unit.segment.text, unit.target)
    pairs += [("finding", finding_line(f)) for f in found]
    pairs += [(REMARK, one_line(f.message)) for f in unit.findings if f.check == REMARK]
    return tuple(dict.fromkeys(pairs))


def rebuilding(document: BilingualDocument, units: Sequence[TranslationUnit]) -> Iterator[tuple[Fact, ...]]:
    """For each of UNITS, those that are written, what a program needs to build the document again: `block` where the
    id does not tell it, `reason` of the block, `space` where it is not the usual one, and `written`, the fingerprint
    of the target."""
    reasons = {block.id: one_line(block.reason) for block in document.source.blocks}
    following = [*(unit.block for unit in units[1:]), None]
    for unit, after in zip(units, following, strict=False):
        pairs: list[Fact] = []
        if unit.block != block_of(unit.id):
            pairs.append(("block", one_line(unit.block)))
        if reason := reasons.get(unit.block):
            pairs.append(("reason", reason))
        if unit.segment.space != usual_space(unit.block, after):
            pairs.append(("space", space_line(unit.segment.space)))
        if unit.target:
            pairs.append(("written", fingerprint(unit.target)))
        yield tuple(pairs)


def finding_line(finding: Finding) -> str:
    """`numbers: the source has …`."""
    return one_line(f"{finding.check}: {finding.message}")


def finding_of(line: str) -> Finding:
    """The finding that LINE tells; without a name of a check it is a remark."""
    check, colon, message = line.partition(": ")
    return Finding(check, message) if colon else Finding(REMARK, line)


def term_line(use: TermUse) -> str:
    """`Selat Malaka → Strait of Malacca (variant, found: Malacca Strait)`."""
    term = use.match.term
    found = f", found: {use.form}" if use.form and use.form != term.target else ""
    return one_line(f"{term.source} → {term.target} ({use.status}{found})")


def terms_of(lines: Iterable[str]) -> list[tuple[Term, str]]:
    """The terms that LINES tell, each with its status; a form that was found is an accepted one. What is no such line
    is left out."""
    return [found for line in lines if (found := _term_of(line))]


def _term_of(line: str) -> tuple[Term, str] | None:
    source, arrow, rest = line.partition(" → ")
    if not arrow or not source or not rest.endswith(")"):
        return None
    for status in _STATUSES:
        if target := rest.removesuffix(f" ({status})") if rest.endswith(f" ({status})") else "":
            return Term(source, target), status
        target, found, form = rest[:-1].partition(f" ({status}, found: ")
        if found and target and form:
            return Term(source, target, (form,)), status
    return None


def space_line(space: str) -> str:
    """`U+000A U+000A`, or `none`."""
    return " ".join(f"U+{ord(char):04X}" for char in space) or "none"


def space_of(line: str) -> str | None:
    """The white space that LINE tells, or None where it does not."""
    codes = [] if line == "none" else line.split()
    found = [_CODE.fullmatch(code) for code in codes]
    space = "".join(chr(min(int(match[1], 16), 0x10FFFF)) for match in found if match)
    return space if all(found) and not space.strip() else None
