"""Makes training pairs worse in the ways that scraped text is, so that the model has met such text before."""

import re
from collections.abc import Callable
from random import Random

from dwibahasa import data
from dwibahasa.word_alignment import align

Pair = tuple[str, str]
Kind = Callable[[str, str, Random], Pair]


def upper(source: str, target: str, rng: Random) -> Pair:
    """Capitals on the Indonesian side, and sometimes on both."""
    return source.upper(), target.upper() if rng.random() < 0.5 else target


def no_stop(source: str, target: str, rng: Random) -> Pair:
    """No full stop at the end."""
    return (source[:-1], target[:-1]) if source[-1] == "." and target[-1] == "." else (source, target)


def stop_twice(source: str, target: str, rng: Random) -> Pair:
    """Punctuation that is doubled, or a space before it, in the source alone."""
    return re.sub(r"(?<=\w)([.,])(?=\s|$)", lambda m: rng.choice((m[0] * 2, " " + m[0], m[0])), source), target


def no_comma(source: str, target: str, rng: Random) -> Pair:
    """The commas of the source are missing."""
    return re.sub(r"(?<=\w),(?= )", "", source), target


def typo(source: str, target: str, rng: Random) -> Pair:
    """One or two letters of longer words are swapped, dropped or doubled."""
    words = source.split(" ")
    for number in rng.sample(range(len(words)), min(len(words), rng.choice((1, 1, 2)))):
        word = words[number]
        if len(word) > 5 and word.isalpha() and word.islower():
            at = rng.randrange(1, len(word) - 2)
            kinds = (word[:at] + word[at + 1] + word[at] + word[at + 2 :], word[:at] + word[at + 1 :])
            words[number] = rng.choice((*kinds, word[:at] + word[at] + word[at:]))
    return " ".join(words), target


def glued(source: str, target: str, rng: Random) -> Pair:
    """A space between two words is missing."""
    gaps = [match.start() for match in re.finditer(r"(?<=[a-z]) (?=[a-z])|(?<=[.,]) (?=\w)", source)]
    at = rng.choice(gaps) if gaps else len(source)
    return source[:at] + source[at + 1 :], target


def cut(source: str, target: str, rng: Random) -> Pair:
    """Cut off after a word, at a place where all words before it are translated before all words after it."""
    links = align(source, target)
    places = []
    for match in re.finditer(r"(?<=\w) (?=\w)", source):
        left = max((link.t1 for link in links if link.s0 < match.start()), default=0)
        right = min((link.t0 for link in links if link.s1 > match.start()), default=0)
        if 20 < left <= right and match.start() > 0.4 * len(source) and target[left:right].strip() == "":
            places.append((match.start(), left))
    if not places:
        return source, target
    at, end = rng.choice(places)
    return source[:at], target[:end]


def mixed(source: str, target: str, rng: Random) -> Pair:
    """A word of the source stands in English already."""
    links = [link for link in align(source, target) if source[link.s0].islower()]
    if not links:
        return source, target
    link = rng.choice(links)
    english = target[link.t0 : link.t1]
    return source[: link.s0] + english + source[link.s1 :], target


def title(source: str, target: str, rng: Random) -> Pair:
    """A headline's capitals on the Indonesian side."""
    if len(source) > 120:
        return source, target
    small = data.words("title-small-words")
    return re.sub(r"\w+", lambda m: m[0] if m[0] in small else m[0][0].upper() + m[0][1:], source), target


KINDS: dict[Kind, float] = {
    typo: 4, no_stop: 3, title: 2, glued: 2, cut: 1.5, upper: 1.5, stop_twice: 1, no_comma: 1, mixed: 1,
}  # fmt: skip
"""How often each kind comes, relative to the others."""


def spoil(source: str, target: str, rng: Random) -> Pair:
    """The pair with one kind of noise."""
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    return kind(source, target, rng)


def straight(text: str) -> str:
    return text.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'")


def curly(text: str) -> str:
    text = re.sub(r'(^|[\s(\[])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)
