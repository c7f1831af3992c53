"""Words that run from right to left, for formats that tell the direction."""

import re

_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
_LETTERS = re.compile(f"[{_LETTER}]")

RTL_RUN = re.compile(f'([{_LETTER}](?:[^A-Za-z{_LETTER}]*[{_LETTER}])*(?:[!?.…]+(?=[»”’"]))?)')
"""A run of right-to-left words: the spaces and marks between them belong to it, and a full stop or an exclamation mark
that a closing quotation mark follows. `split` gives plain text at even places, such runs at odd ones."""


def runs_rtl(text: str) -> bool:
    """Whether most letters of TEXT run from right to left."""
    return 2 * len(_LETTERS.findall(text)) > sum(c.isalpha() for c in text)
