"""The index of the search: the words of both languages and the places where they stand, in parts that a page loads as
scripts, for opened from a disk it may load nothing else.

A part holds the words that begin with the same two letters. A place is the number of an article and of a pair in it.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping

from .articles import Article

_WORD = re.compile(r"[^\W_]+")
LETTERS = 2


def folded(text: str) -> str:
    """TEXT in lower case without diacritics, as the search compares it."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in plain if not unicodedata.combining(char))


def part_of(word: str) -> str:
    """Name of the part that holds WORD: its first letters, each as a hexadecimal number."""
    return "-".join(f"{ord(char):x}" for char in word[:LETTERS])


def parts(articles: Iterable[Article]) -> dict[str, str]:
    """Name to script for each part of the index of ARTICLES, in order."""
    index: dict[str, dict[str, list[int]]] = {}
    for number, article in enumerate(articles):
        for place, (_, source, target) in enumerate(article.pairs):
            for word in dict.fromkeys(_WORD.findall(folded(f"{source} {target}"))):
                index.setdefault(part_of(word), {}).setdefault(word, []).extend((number, place))
    return {part: script("part", part, dict(sorted(words.items()))) for part, words in sorted(index.items())}


def script(*arguments: str | Mapping[str, object] | list[object]) -> str:
    """A script that hands ARGUMENTS over to the search; no text in it can end the script or begin markup."""
    values = (json.dumps(value, ensure_ascii=True, separators=(",", ":")) for value in arguments)
    return f"dwibahasa({','.join(values)})\n".replace("<", "\\u003c")
