"""What every writer is, what several of them need, and the one that is called."""

import re
from collections.abc import Callable
from pathlib import Path

from ..document import BilingualDocument, Finding, TranslationUnit
from ..files import write_file
from ..registry import Registry

Writer = Callable[..., str | bytes]
"""Called as `writer(document, *, keep_boilerplate=False)`; returns the whole output and touches no file."""

WRITERS: Registry[Writer] = Registry("output format")

# Everything outside `Char` of XML 1.0 (section 2.2). PO follows the same rule: gettext has no escape for most of these.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def kept_units(document: BilingualDocument, keep_boilerplate: bool) -> tuple[TranslationUnit, ...]:
    """The units in order, those of boilerplate blocks only with `keep_boilerplate`."""
    return tuple(u for u in document.units if keep_boilerplate or u.role != "boilerplate")


def xml_text(text: str) -> str:
    """TEXT with U+FFFD for each character that XML 1.0 cannot hold (control characters, lone surrogates)."""
    return _NOT_XML.sub("\ufffd", text)


def one_line(text: str) -> str:
    """TEXT for a comment or a property: as `xml_text`, each run of white space and line ends one space."""
    return " ".join(xml_text(" ".join(text.split())).split())


def notes(document: BilingualDocument, unit: TranslationUnit) -> tuple[tuple[str, str], ...]:
    """What is known of UNIT beside its two texts, as pairs of a key and one line of text, for comments and properties.

    Keys: role, language (of the source text, where it is not the document's), origin, state, score, term and finding.
    A character that `xml_text` replaces is told as a finding more.
    """
    pairs: list[tuple[str, str]] = [("role", unit.role)]
    if unit.language != document.source_language:
        pairs.append(("language", unit.language))
    if unit.origin is not None:
        pairs.append(("origin", unit.origin))
    pairs.append(("state", unit.state))
    if unit.score is not None:
        pairs.append(("score", f"{unit.score:.4f}"))
    for use in unit.terms:
        term = use.match.term
        found = f", found: {use.form}" if use.form and use.form != term.target else ""
        pairs.append(("term", one_line(f"{term.source} → {term.target} ({use.status}{found})")))
    pairs += [("finding", one_line(f"{f.check}: {f.message}")) for f in (*unit.findings, *_replaced(unit))]
    return tuple(pairs)


def _replaced(unit: TranslationUnit) -> list[Finding]:
    findings = []
    for side, text in (("source", unit.segment.text), ("target", unit.target or "")):
        if found := sorted(set(_NOT_XML.findall(text))):
            names = ", ".join(f"U+{ord(c):04X}" for c in found)
            findings.append(Finding("characters", f"{side}: {names} written as U+FFFD, for this format cannot hold it"))
    return findings


def write(
    document: BilingualDocument,
    path: str | Path,
    format: str | None = None,
    *,
    keep_boilerplate: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write DOCUMENT to PATH in FORMAT (by default the one of the suffix) and return the path.

    Missing folders are made. The file appears whole or not at all: it is written under a temporary name in the same
    folder and renamed, and the temporary file goes away on any error or interrupt. Text is written as UTF-8.

    Raises `UnknownNameError` for an unknown format or suffix, and `OutputError` where the file exists and `overwrite`
    is false, or where the place cannot be written.
    """
    path = Path(path)
    writer = WRITERS[format if format is not None else WRITERS.for_path(path)]
    write_file(path, lambda: writer(document, keep_boilerplate=keep_boilerplate), overwrite)
    return path
