"""Forms of words and numbers by which the two sides of a word link are compared: pure functions on strings."""

import re
from functools import lru_cache

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}(?:-[^\W_]+)?|[^\W_]+(?:(?:[-'’‑]|(?<=\d)[.,:/](?=\d))[^\W_]+)*|[%$€£]")


def tokenize(text: str) -> list[tuple[int, int]]:
    """Spans of the tokens that links may join: words with their hyphens and apostrophes, numbers, `%`, currency."""
    return [match.span() for match in _TOKEN.finditer(text)]


def normalize(token: str) -> str:
    """The table's form of a token: lower case, straight apostrophe, no possessive 's."""
    return token.lower().replace("’", "'").replace("‑", "-").removesuffix("'s").removesuffix("'")


_OUTER = re.compile(r"(?:[bpt]er|be(?=kerja)|[bp]el(?=ajar)|ke(?=\w{4,}an$)|di|me|pe)(?=\w{4})")
_INNER = re.compile(r"(?:[bpt]er|be(?=kerja)|[bp]el(?=ajar)|ke(?=\w{4,}an$))(?=\w{4})")
_NASAL = re.compile(r"m(?=[bfpv])|ng(?=[gkh])|n(?=[cdjstz])")
_NASALISED = {"k": "ng", "p": "m", "t": "n", "s": "ny"}
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """A key that the forms of an Indonesian root share (`tangkap`, `menangkap`, `penangkapan` → `nangkap`).

    The first sound is put in the nasal form that me- and pe- give it, which undoes their mutation without guessing
    (affixes: Sneddon and others, Indonesian Reference Grammar, 2010, chapter 1).
    """
    word = _single(word)
    for clitic in ("nya", "lah", "kah", "pun"):
        if word.endswith(clitic) and len(word) >= 7:
            word = word[:-3]
            break
    for prefix in (_OUTER, _INNER):
        if match := prefix.match(word):
            word = word[match.end() :]
            if nasal := _NASAL.match(word):
                word = word[nasal.end() :]
    if word.endswith("an") and len(word) > 5:
        word = word[:-2]
    if word.endswith("k") and len(word) > 3:
        word = word.rstrip("k")
    if word.endswith("i") and len(word) > 4:
        word = word[:-1]
    if word[1:2] in _VOWELS and word[0] in _NASALISED:
        return _NASALISED[word[0]] + word[1:]
    return "ng" + word if word[:1] in _VOWELS else word


def _single(word: str) -> str:
    """One half of a reduplicated word (`negara-negara`, `anak-anaknya`, `berpura-pura`); other words as they are."""
    left, _, right = word.partition("-")
    if len(left) > 2 and right.startswith(left):
        return left
    return right if len(right) > 2 and left.endswith(right) else word


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A key that the regular inflections of an English word share (`sign`, `signs`, `signed`, `signing` → `sign`)."""
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word.removesuffix(suffix)
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 2:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 2 else word


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SWAP = str.maketrans(".,", ",.")
# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on


def numbers(word: str, english: bool = False) -> list[str]:
    """The numbers in a word without thousands separators, as English writes them; a date `19/6` also gives `june`."""
    found = [(n if english else n.translate(_SWAP)).replace(",", "") for n in _NUMBER.findall(word)]
    if english:
        return [*found, word] if word in _MONTHS else found
    if "/" in word and len(found) > 1 and found[1].isdecimal() and 1 <= int(found[1]) <= 12:
        found.append(_MONTHS[int(found[1]) - 1])
    return found


_RESPELLINGS = [(re.compile(a), b) for a, b in (("tion", "si"), ("ph|v", "f"), ("[cq]", "k"), ("y", "i"), ("x", "ks"))]
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def spelling(word: str) -> str:
    """A word as Indonesian would spell it, roughly: `Zelenskyy`, `Zelensky` → `zelenski`, `defensive` → `defensif`."""
    for pattern, replacement in _RESPELLINGS:
        word = pattern.sub(replacement, word)
    return _REPEATED.sub(r"\1", word).removesuffix("e")


def similarity(a: str, b: str) -> float:
    """Share of the longer word that a common beginning and a common end cover."""
    short, long = sorted((len(a), len(b)))
    start = next((k for k in range(short) if a[k] != b[k]), short)
    end = next((k for k in range(short - start) if a[-1 - k] != b[-1 - k]), short - start)
    return (start + end) / long
