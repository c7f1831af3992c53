"""Checks on one translated segment. Each returns findings that say what is wrong and where; none changes the text.

A check that cries wolf is switched off by its readers, so every one was tuned until it was silent on about 99 % of
the professional translations it was tried on; `docs/quality.md` has the rates.
"""

import re
from collections.abc import Iterable, Iterator

from .data import words
from .detection import function_words
from .document import Finding, Role
from .glossary import verbatim_spans
from .numerals import Numeral, english_form, numerals

MIN_SCORE = -0.8
"""Mean log-probability per target token below which the confidence is called low. Chosen on 140 held-out sentences
translated by the bundled model: 8 % fall below it, and their chrF2++ is 27 on average against 52 for all."""
MIN_LENGTH, MAX_LENGTH = 0.5, 2.0
"""Bounds of the length of the English over that of the Indonesian, in code points. In 14,829 human pairs the ratio is
0.99 in the median, and 1 in 1,000 lies below 0.55 or above 1.66."""
MIN_LENGTH_CHARS = 30
"""Shorter sources have no length check: `Ia WNI.` is `He is an Indonesian citizen.`"""
MIN_COPIED_WORDS = 3
"""Least number of words in a row, some of them function words, that count as Indonesian left untranslated."""
MAX_LOOP_WORDS = 10
"""Longest sequence of words that is looked for in repetition."""

_SENTENCE_ROLES = frozenset({"paragraph", "caption", "list_item", "headline", "subheading"})
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DOUBLED = re.compile(r"\b([^\W\d_]+) (\1)\b", re.IGNORECASE)
_ITEM = re.compile(r"(?:^|\s)[0-9A-Za-z]{1,3}$")  # before the bracket of `a)` and `12)`
_PAIRS = (("round bracket", "(", ")"), ("square bracket", "[", "]"), ("quotation mark", "“«„", "”»"))


def check_unit(source: str, target: str, role: Role, score: float | None) -> tuple[Finding, ...]:
    """The findings for SOURCE, Indonesian, and TARGET, its English; SCORE is the mean log-probability per target
    token (≤ 0), or None where no engine gave one."""
    if not target.strip():
        return (Finding("empty", "the translation is empty"),) if source.strip() else ()
    found: list[Finding] = [*number_findings(source, target)]
    checks = (
        ("length", _length(source, target) if role in _SENTENCE_ROLES else ""),
        ("repetition", _repetition(source, target)),
        ("untranslated", _untranslated(source, target)),
        ("doubled", _doubled(source, target)),
        ("punctuation", _punctuation(source, target)),
        ("confidence", _confidence(score)),
    )
    found += [Finding(check, message) for check, message in checks if message]
    return tuple(found)


def number_findings(source: str, target: str) -> tuple[Finding, ...]:
    """One finding for each number in digits, or month beside one, that has no counterpart on the other side.

    Words count as counterparts (`dua` and `2`, `ke-20` and `twentieth`), as do other right forms: `20.00` is
    `8 p.m.`, `(19/6)` is `June 19`, `25 ribu` is `25,000`.
    """
    there, here = numerals(source, "id"), numerals(target, "en")
    missing, extra = _unmatched(there, here), _unmatched(here, there)
    return tuple(Finding("numbers", message) for message in _number_messages(missing, extra))


def _unmatched(numbers: Iterable[Numeral], others: Iterable[Numeral]) -> list[Numeral]:
    meanings = {meaning for other in others for meaning in other.meanings}
    unmatched = (number for number in numbers if number.digits and not number.meanings & meanings)
    return list({number.text: number for number in unmatched}.values())


def _number_messages(missing: list[Numeral], extra: list[Numeral]) -> Iterator[str]:
    both = min(len(missing), len(extra))
    for number, other in zip(missing, extra, strict=False):
        yield f"the source has {_kind(number)}{_in_english(number)}, but here stands {other.text}"
    for number in missing[both:]:
        yield f"the source has {_kind(number)}{_in_english(number)}, which is missing here"
    for number in extra[both:]:
        yield f"here stands {_kind(number)}, which is not in the source"


def _kind(number: Numeral) -> str:
    return f"the {'month' if number.text.isalpha() else 'number'} {number.text}"


def _in_english(number: Numeral) -> str:
    english = english_form(number)
    return "" if english == number.text else f" (in English {english})"


def _length(source: str, target: str) -> str:
    ratio = len(target) / max(1, len(source))
    if len(source) < MIN_LENGTH_CHARS or MIN_LENGTH <= ratio <= MAX_LENGTH:
        return ""
    kind = "short" if ratio < 1 else "long"
    return f"the translation is unusually {kind}: {len(target)} characters for {len(source)} in the source"


def _repetition(source: str, target: str) -> str:
    loop = _loop(target)
    if not loop or _loop(source):
        return ""
    return f"a sequence is repeated again and again: “{loop}”"


def _loop(text: str) -> str:
    """The first sequence of words that stands three times in a row (a single word: four times), or an empty string."""
    sequence = [word.lower() for word in _WORD.findall(text)]
    for size in range(1, MAX_LOOP_WORDS + 1):
        needed = size * (3 if size == 1 else 2)
        run = 0
        for at in range(size, len(sequence)):
            run = run + 1 if sequence[at] == sequence[at - size] else 0
            if run == needed:
                return " ".join(sequence[at - size + 1 : at + 1])
    return ""


def _untranslated(source: str, target: str) -> str:
    source, target = _without_verbatim(source), _without_verbatim(target)
    same = " ".join(source.lower().split()) == " ".join(target.lower().split())
    if same and (_running(source.split()) or len(function_words(source, "id")) > 1):
        return "the source was copied and not translated"
    copied = _longest_copy(source, target)
    if len(copied) >= MIN_COPIED_WORDS and _running(copied):
        return f"Indonesian was left untranslated: “{' '.join(copied)}”"
    indonesian, english = function_words(target, "id"), function_words(target, "en")
    if len(indonesian) >= 2 and len(indonesian) > len(english):
        return f"the translation has Indonesian words: {', '.join(indonesian[:5])}"
    return ""


def _without_verbatim(text: str) -> str:
    """TEXT without what stays as it is, such as an address with Indonesian words in it."""
    kept, at = [], 0
    for start, end in verbatim_spans(text):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])


def _running(sequence: Iterable[str]) -> list[str]:
    """The Indonesian function words that stand in lower case; in capitals they may be names (`ANTARA`, `Satu`)."""
    return function_words(" ".join(word for word in sequence if word.islower()), "id")


def _longest_copy(source: str, target: str) -> list[str]:
    """The longest run of words that TARGET shares with SOURCE."""
    there, here = _WORD.findall(source), _WORD.findall(target)
    runs = {tuple(there[at : at + MIN_COPIED_WORDS]) for at in range(len(there) - MIN_COPIED_WORDS + 1)}
    best, began = (0, 0), 0
    for end in range(MIN_COPIED_WORDS, len(here) + 1):
        if tuple(here[end - MIN_COPIED_WORDS : end]) not in runs:
            began = end - MIN_COPIED_WORDS + 1
        elif end - began > best[1] - best[0]:
            best = began, end
    return here[best[0] : best[1]]


def _doubled(source: str, target: str) -> str:
    if _DOUBLED.search(source):
        return ""
    allowed = words("doubled.en")
    doubled = (found[0] for found in _DOUBLED.finditer(target) if found[2].islower() and found[2] not in allowed)
    return next((f"a word stands twice: “{pair}”" for pair in doubled), "")


def _punctuation(source: str, target: str) -> str:
    for name, opening, closing in _PAIRS:
        there, here = _balance(source, opening, closing), _balance(target, opening, closing)
        if here != (0, 0) and there == (0, 0):
            return f"a {name} is not {'closed' if here[0] else 'opened'}"
    if target.count('"') % 2 and not source.count('"') % 2:
        return "a straight quotation mark has no partner"
    return ""


def _balance(text: str, opening: str, closing: str) -> tuple[int, int]:
    """How many opening marks of TEXT are never closed, and how many closing ones never opened."""
    open_now = unopened = 0
    for at, char in enumerate(text):
        if char in opening:
            open_now += 1
        elif char in closing and open_now:
            open_now -= 1
        elif char in closing and not (char == ")" and _ITEM.search(text[max(0, at - 4) : at])):
            unopened += 1
    return open_now, unopened


def _confidence(score: float | None) -> str:
    return "" if score is None or score >= MIN_SCORE else f"the model was unsure (score {score:.2f})"
