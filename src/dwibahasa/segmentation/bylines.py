"""Lines that say who made the text: labels, names with an outlet or a date, letters of a desk."""

import re
from functools import cache

from . import data
from .abbreviations import kind
from .credits import desk, names_source
from .datelines import NOTHING, Found, only_date

_NAME = re.compile(r"(?:[^\W\d_a-z]\.){1,3}|[^\W\d_a-z][\w'’-]*")
_PARTICLES = frozenset(("al", "bin", "binti", "da", "de", "del", "den", "der", "dos", "el", "la", "le", "van", "von"))
_JOINTS = re.compile(r"\s*[|/·•]\s*|\s[-–—]\s|,\s*")
_AND = re.compile(r" (?:dan|&) | ?/ ?")
_SET_OFF = re.compile(r"\s*[|(/]\s*|,\s|\s[-–—]\s")
_ROW = re.compile(r" ?[|,/&] ?| dan ")
_FROM = re.compile(r"Laporan (.{3,40}?),? dari [A-Z].{1,40}")
_BEFORE_DATE = re.compile(r"(?:[|•·]|\s[-–—]\s)\s*")
_WITH_COMMA = ("penulis", "peranan", "reporter", "editor", "wartawan", "koresponden", "jurnalis")
_STAFF = ("admin", "redaksi")
_TEAMS = ("redaksi", "tim")
_WITH_PLACE = ("kontributor", "koresponden", "reporter")


def byline(line: str) -> Found:
    """As `furniture.classify`, for bylines."""
    whole, line = line, line.lstrip("|·• ")
    words = line.split(None, 31)
    if not 0 < len(words) <= 30:
        return NOTHING
    for look in (_labelled, _opened, _signed):
        found = look(line)
        if found[0]:
            return found
    if whole[0] == "|" and words[0].casefold() in _WITH_COMMA and person(" ".join(words[1:])):
        return "byline", "role and name", False
    if desk(line) or (line[0] == "(" and line[-1] == ")" and _inside(line[1:-1].strip())):
        return "byline", "credit", False
    return NOTHING


def _inside(text: str) -> bool:
    """Whether TEXT, which stands in brackets on a line of its own, names a person or an office: `(Humas Polri)`."""
    office = len(text.split()) <= 5 and data.first_word(text) == "humas"
    return office or person(text)


def person(text: str) -> bool:
    """Whether TEXT has the form of a person's name: two to five words with capitals, particles and degrees aside."""
    parts = text.split(None, 12)
    if parts and parts[0].casefold() in data.united("genres", "page_words", "page_words_weak"):
        return False
    for word in parts:  # a small letter opens no part of a name
        if "a" <= word[0] <= "z" and "." not in word and word.rstrip(",") not in _PARTICLES:
            return False
    words = [word for word in parts if kind(word.strip(",")) not in ("degree", "title")]
    if not 2 <= len(words) <= 5 or words[-1] in _PARTICLES:
        return False
    words[-1] = words[-1].rstrip(",")
    return all(_NAME.fullmatch(word) or word in _PARTICLES for word in words) and not any(
        word.casefold() in data.folded("calendar") for word in words
    )


def name_first(text: str) -> bool:
    """Whether TEXT begins with a person's name, set off from a place, an office or an outlet: `Rina Hapsari (Wina)`."""
    parts = _SET_OFF.split(text.lstrip("*) "), maxsplit=1)
    if len(parts) < 2 or len(text.split()) > 8 or not parts[1][:1].isalpha():
        return False
    return (")" not in parts[1][:-1] or not parts[1][-1].isalpha()) and person(parts[0])


def several(text: str) -> bool:
    """Whether TEXT is a row of names, one at least of them full: `Siswanto | Ratna Dewi`."""
    parts = [part.strip() for part in _ROW.split(text[:100])]
    single = all(part.istitle() and " " not in part for part in parts if not person(part))
    return len(parts) > 1 and single and any(map(person, parts)) and len(text.split()) <= 10


def maker(text: str) -> bool:
    """Whether TEXT names people, an outlet or a team, with their role before it or without."""
    first, _, rest = text.partition(" ")
    if rest and first.casefold() in _WITH_COMMA:
        text = rest
    parts = text.split(None, 2)
    team = len(parts) > 1 and parts[0].casefold() in _TEAMS and parts[0][0].isupper() and parts[1][0].isupper()
    if team or text.casefold() in _STAFF or names_source(text):
        return True
    return all(person(part) for part in _AND.split(text[:150]))


def name_of(line: str) -> str:
    """The name in a byline without its label, in lower case; empty where it is none."""
    rest = line.partition(":")[2] or line
    words = rest.split(None, 12)
    while words and words[0].casefold() in data.folded("bylines"):
        words = words[1:]
    name = _JOINTS.split(" ".join(words))[0]
    if words and words[0].casefold() in data.folded("sections"):  # Cerpen Yusuf Hamid
        name = name.partition(" ")[2]
    return name.casefold() if person(name) else ""


def _labelled(line: str) -> Found:
    head, colon, rest = line.partition(":")
    label, rest = " ".join(head.split(None, 8)), rest.strip()
    folded = label.casefold()
    if colon and folded in data.folded("bylines"):
        return "byline", f"label: {label}", not rest
    if colon and folded in data.folded("bylines_before_names") and maker(_JOINTS.split(rest)[0]):
        return "byline", f"label: {label}", False
    if colon and " " in folded and (folded.split()[0] in _WITH_PLACE or _role_of_outlet(label)) and maker(rest):
        return "byline", f"label: {label}", False
    if folded in data.folded("bylines") and not colon:
        return "byline", f"label: {label}", True
    if data.first_word(line) in data.openers("bylines"):
        joint = _BEFORE_DATE.search(line)
        label = line[: joint.start()].rstrip() if joint else ""
        if joint and label.casefold() in data.folded("bylines") and maker(line[joint.end() :]):
            return "byline", f"label: {label}", False
    head, comma, rest = line.partition(",")
    if comma and head.casefold() in _WITH_COMMA and len(rest.split()) <= 8 and line[-1] not in ".?!":
        return "byline", f"label: {head}", False
    return NOTHING


def _role_of_outlet(label: str) -> bool:
    """`Merdeka Writer`, `Reporter Merdeka`: an outlet's name and a role."""
    first, _, last = label.partition(" ")
    return any(
        role.casefold() in data.folded("bylines") and (names_source(name) or names_source(f"{name}.com"))
        for role, name in ((last, first), (first, last))
    )


@cache
def _open_bylines() -> dict[str, list[tuple[str, ...]]]:
    """The labels of bylines without a colon, as case-folded words, by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for item in sorted(data.words("bylines"), key=len, reverse=True):
        if item.endswith(" *"):
            words = tuple(item.casefold().split()[:-1])
            found.setdefault(words[0], []).append(words)
    return found


def _opened(line: str) -> Found:
    words = line.split(None, 15)
    for label in _open_bylines().get(words[0].casefold().lstrip("*)("), ()):
        folded = tuple(word.casefold() for word in words[1 : len(label)])
        if len(label) < len(words) <= 14 and folded == label[1:]:
            following = words[len(label)]
            named = following[0].isupper() or kind(following) == "title"
            if label[0] == "penulis" or (named and (line[-1] not in ".?!" or person(line))):
                return "byline", f"label: {' '.join(words[: len(label)])}", False
    if _role_of_outlet(line):
        return "byline", "role and outlet", False
    if words[0] == "Laporan" and len(words) <= 9 and (found := _FROM.fullmatch(line)) and person(found.group(1)):
        return "byline", "name and place", False
    return NOTHING


def _signed(line: str) -> Found:
    """`Hesti Wulandari, CNBC Indonesia`, `Susi Ardiani, Jurnalis·`, `Tim PRMN 02 - 9 Oktober 2024, 13:20 WIB`."""
    if len(line) > 120:
        return NOTHING
    name, dash, outlet = line.rpartition(" - ")
    if dash and outlet.startswith("detik") and len(name.split()) <= 5:
        return "byline", "name before an outlet", False
    joint = _BEFORE_DATE.search(line)
    if joint and only_date(line[joint.end() :]):
        name = line[: joint.start()].rstrip()
        team = name.casefold().split()[:1] == ["tim"] and len(name.split()) <= 5
        return ("byline", "name and date", False) if person(name) or team else NOTHING
    if joint and only_date(line[: joint.start()].lstrip("- ")) and maker(line[joint.end() :]):
        return "byline", "date and name", False
    words = line.split()
    if any(names_source(" ".join(words[cut:])) and person(" ".join(words[:cut])) for cut in (-1, -2)):
        return "byline", "name and outlet", False
    first = _JOINTS.split(line, maxsplit=1)[0]
    if first and not person(first):
        return NOTHING
    parts = [part for part in _JOINTS.split(line) if part]
    if len(parts) > 1 and person(parts[0]) and all(_outlet_or_role(part) for part in parts[1:]):
        return "byline", "name and outlet", False
    if parts and len(parts) == 1 and line[-1] in "·•|" and person(parts[0]):
        return "byline", "name", False
    return NOTHING


def _outlet_or_role(text: str) -> bool:
    return names_source(text) or text.casefold() in data.folded("bylines") or text.startswith("detik")
