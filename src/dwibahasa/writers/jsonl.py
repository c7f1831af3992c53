"""JSON Lines: everything that is known of a document, one object a line, for other programs.

`data/jsonl.schema.json` describes the lines; its `schema` number rises when a key changes its meaning or goes away.
"""

import json
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from ..document import BilingualDocument, Finding, TermUse, TranslationUnit
from ..exchange import fingerprint, lead_of
from ._base import WRITERS

SCHEMA = 1
# JSON allows these three raw, but many readers cut lines at them.
LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@WRITERS.register("jsonl", ".jsonl")
def write_jsonl(document: BilingualDocument, *, keep_boilerplate: bool = False) -> str:
    """A line for the document, then one for each unit in order, boilerplate always included; ends with a line feed.

    `keep_boilerplate` changes nothing here: this format leaves nothing out but the bytes of a structured source.
    """
    del keep_boilerplate
    reasons = {block.id: block.reason for block in document.source.blocks}
    units = (_unit(unit, reasons.get(unit.block, "")) for unit in document.units)
    return "".join(_line(record) for record in (_document(document), *units))


def _line(record: dict[str, Any]) -> str:
    line = json.dumps(record, ensure_ascii=False).translate(LINE_ENDS)
    # A lone surrogate has no UTF-8 form; Python's escape for it is also JSON's.
    return line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _document(document: BilingualDocument) -> dict[str, Any]:
    source = document.source
    return {
        "type": "document",
        "schema": SCHEMA,
        "name": document.name,
        "source_language": document.source_language,
        "target_language": document.target_language,
        "signature": document.signature,
        "format": source.format,
        "about": asdict(source.about),
        "lead": lead_of(source),
        "marks": [asdict(mark) for mark in source.marks],
        "findings": [_finding(f) for f in document.findings],
    }


def _unit(unit: TranslationUnit, reason: str) -> dict[str, Any]:
    return {
        "type": "unit",
        "id": unit.id,
        "block": unit.block,
        "role": unit.role,
        "reason": reason,
        "source": unit.segment.text,
        "start": unit.segment.start,
        "end": unit.segment.end,
        "space": unit.segment.space,
        "target": unit.target,
        "origin": unit.origin,
        "state": unit.state,
        "score": unit.score,
        "language": unit.language,
        "terms": [_term(use) for use in unit.terms],
        "links": [[link.s0, link.s1, link.t0, link.t1] for link in unit.links],
        "findings": [_finding(f) for f in unit.findings],
        "written": None if unit.target is None else fingerprint(unit.target),
    }


def _term(use: TermUse) -> dict[str, Any]:
    return {
        **asdict(use.match.term),
        "file": PurePath(use.match.term.file).name,  # its folder is this machine's affair
        "status": use.status,
        "form": use.form,
        "step": use.step,
        "source_span": [use.match.start, use.match.end],
        "target_span": None if use.start < 0 else [use.start, use.end],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {"check": finding.check, "message": finding.message}
