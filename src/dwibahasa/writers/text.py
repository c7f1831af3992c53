"""Plain text: the translation alone, for whoever wants only to read it or to put it elsewhere."""

import re
from collections.abc import Sequence
from itertools import groupby

from ..document import BilingualDocument, TranslationUnit
from ._base import WRITERS, kept_units, xml_text

_LINE_ENDS = re.compile(r"\s*[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")


@WRITERS.register("text", ".txt")
def write_text(document: BilingualDocument, *, keep_boilerplate: bool = False) -> str:
    """The translations, blocks apart by a blank line, segments joined by the white space the source has after them (a
    space where it has none; a line end or several are one). A unit without a target stands as in the source.

    U+FFFD stands for what `xml_text` replaces. Empty, or ends with a line feed.
    """
    units = kept_units(document, keep_boilerplate)
    blocks = (_joined(tuple(group)) for _, group in groupby(units, key=lambda unit: unit.block))
    return "\n\n".join(block for block in blocks if block) + "\n" * bool(units)


def _joined(units: Sequence[TranslationUnit]) -> str:
    text = ""
    for unit in units:
        text += xml_text(unit.segment.text if unit.target is None else unit.target)
        if unit is not units[-1]:
            text += _LINE_ENDS.sub("\n", unit.segment.space) or " "
    return text
