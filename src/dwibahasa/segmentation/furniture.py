"""Roles that a line shows by itself: page furniture, links to other articles, bylines, date lines, list items."""

import re
from itertools import pairwise

from . import captions, data
from .bylines import byline
from .credits import names_source
from .datelines import NOTHING, Found, dateline
from .pagewords import page_words

_ITEM = re.compile(
    r"(?:[•●▪■◦‣·○►▶➤➢→»▸◆✓✔✅☑*+–-]|[\[(]?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+(?=\S)"
)
_DIGITS = re.compile(r"\d")
_SEPARATORS = re.compile(r"\s*[|•·/,]\s*|\s{2,}|\t")
_BREADCRUMB = re.compile(r"\s+[>»›]\s+")
_MARKS_OF_PATHS = re.compile(r"\s*[>»›|]\s*|\s+/\s+")
_CRUMBS = re.compile(r"\s*[>»›|/•·,&]\s*|\s[-–—]\s")
_ADDRESS = re.compile(r"(?:Jl\.|Jln\.|Jalan|Gedung|Menara|Graha|Wisma|Kompleks|Kotak Pos|P\.?O\.? Box)\s")
_NUMBER = re.compile(r"(?:(?:no|nomor|nomer)\.?\s?:?\s?[\w.]+|(?-i:[A-Z]{1,6}))(?:[/-][\w.]+)+", re.IGNORECASE)
_REACHED = re.compile(r"@[\w-]+\.\w|\+?\(?\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}|https?://|\bwww\.")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_TICKER = re.compile(
    r"""(?:[A-Z]{3}/[A-Z]{3}\ [\d.,]+  # USD/IDR 16.310
    |[A-Za-z][\w\ ]{1,25}\ (?:(?:Rp|US\$)\ ?[\d.,]+(?:/\w{2,6})?  # Telur ayam Rp 29.400/kg
    |[\d.,]+(?=\ \(?[+-])))(?:\ \(?[+-][\d.,]+%?\)?){0,3}  # IHSG 6.512,33 -0,41%""",
    re.VERBOSE,
)
_RIGHTS = re.compile(r"(?<![(\w])© ?(?:19|20)\d\d\b")
_PLAYER = re.compile(r"(?:[\d:]+[\s/|–-]+)?0?0:00(?:[\s/|–-]+[\d:]+)*")  # 0:00 / 2:14
_RULE = re.compile(r"[\W_]+")
_TOKENS = re.compile(r"\S+")
_WORDS = re.compile(r"\w+")
_AFTER_LABEL = frozenset("|-–—“\"'‘")
_PATH = re.compile(r"[>›»|/]")
_BARS = re.compile(r"[|•·]")
_MENU = re.compile(r"\s*[|•·]\s*")
_SINGLE = frozenset("-–—·•|*_=~+")
_FRAMES = "-–—=|~_#"
_ARROWS = "*→←↓↑▼▲▶►◀‹«+ "
_AT = ("di", "lewat", "melalui", "via")
_FOLLOW = ("follow", "gabung", "ikuti", "join", "subscribe")
_OURS = frozenset(["kami", "berita", "artikel", "newsletter", "update"])


def classify(line: str) -> Found:
    """The role of LINE (without outer white space) with the reason, and whether it is a bare label that announces
    the lines after it; `("", "", False)` where the line alone does not tell."""
    if len(line) > data.Patterns.LONGEST:
        return _related(line)
    for look in (_plain_link, _boilerplate, _related, _page, byline, dateline, _caption):
        found = look(line)
        if found[0]:
            return found
    return NOTHING


def item_mark(line: str) -> int:
    """Length of the item mark at the start of LINE with the white space after it, 0 where there is none."""
    found = _ITEM.match(line)
    return found.end() if found else 0


def item_number(line: str) -> str:
    """The number or letter of LINE's item mark (`3` of `3. Pakta`), empty for a bullet or no mark."""
    found = _ITEM.match(line)
    return found.group().strip(" \t.()[") if found and found.group().strip()[-1] in ".)" else ""


def letterhead(line: str) -> Found:
    """As `classify`, for lines that count only in the head and at the end of a text: letterhead, address, number."""
    if pattern := data.patterns("letterheads").match(line):
        return "boilerplate", f"letterhead: {pattern}", False
    if len(line) <= 60 and _DIGITS.search(line) and _NUMBER.fullmatch(line):
        return "boilerplate", "letterhead: number", False
    if _ADDRESS.match(line) and _DIGITS.search(line) and len(line) <= 200 and line[-1] not in ".?!":
        return "boilerplate", "letterhead: address", False
    return NOTHING


def ticker(line: str) -> bool:
    """Whether LINE, above a headline, is the quotation of a price or a rate: `Telur ayam Rp 29.400/kg`."""
    return len(line) <= 60 and bool(_TICKER.fullmatch(line))


def section(line: str) -> bool:
    """Whether LINE, in the head of a text, is the name of a section."""
    return line.casefold() in data.folded("sections")


def breadcrumb(line: str) -> bool:
    """Whether LINE, above a headline, is a path of sections: `Budaya | Global`, `Beranda / Berita`."""
    parts = [part for part in _CRUMBS.split(line[:200]) if part]
    if len(parts) == 1:
        parts = line.split(None, 5)
        return 1 < len(parts) < 5 and all(map(_crumb, parts))
    short = parts if len(parts) == 2 or not _crumb(parts[0]) else parts[:-1]
    return all(len(part.split()) <= 3 for part in short) and any(map(_crumb, short))


def _crumb(part: str) -> bool:
    return section(part) or names_source(part) or part.casefold() in ("beranda", "home")


def invitation(line: str) -> bool:
    """Whether LINE calls the reader to a channel of the outlet: `Follow WhatsApp Channel Okezone untuk update …`."""
    if len(line) > 250 or any(mark in line for mark in '“”"'):
        return False
    if data.first_word(line) not in data.folded("invitations"):
        return False
    words = [word.casefold() for word in _WORDS.findall(line)]
    if len(words) > 35:
        return False
    plain = line[-1] not in ".?!" and len(words) <= (12 if words[0] in _FOLLOW else 5)
    there = plain and any(first in _AT and second in data.folded("channels") for first, second in pairwise(words))
    return there or not (_OURS.isdisjoint(words) or data.folded("channels").isdisjoint(words))


def contact(line: str) -> bool:
    """Whether LINE, after the end of a text, gives a telephone number or an address on the net."""
    return len(line) <= 150 and len(line.split()) <= 14 and bool(_REACHED.search(line))


def _boilerplate(line: str) -> Found:
    folded = line.casefold()
    if folded in data.folded("caption_openers"):
        return "boilerplate", "above a caption", True
    framed = line[0] in _FRAMES and line[-1] in _FRAMES
    inner = line[1:-1] if line[0] == "(" and line[-1] == ")" else line.strip(_ARROWS + _FRAMES * framed)
    if pattern := data.patterns("boilerplate").match(inner or line):
        return "boilerplate", f"pattern: {pattern}", line.rstrip(" :").casefold() in data.folded("boilerplate_lists")
    if folded in data.folded("outlets"):
        return "boilerplate", "name of an outlet", False
    if len(line) <= 120 and _share_bar(line):
        return "boilerplate", "share bar", False
    if _tool(line):
        return "boilerplate", "tool", False
    if len(line) <= 60 and _counter(line):
        return "boilerplate", "counter", False
    if len(line) <= 200 and _menu(line):
        return "boilerplate", "menu", False
    if "©" in line and len(line) <= 150 and _RIGHTS.search(line):
        return "boilerplate", "notice of rights", False
    if line[0] in "hw" and _LINK.fullmatch(line):
        return "boilerplate", "link", False
    if (line[0] == ":" or line[0].isdigit()) and _PLAYER.fullmatch(line):
        return "boilerplate", "player", False
    if _path(line):
        return "boilerplate", "breadcrumb", False
    if line[0] == "#" and all(_tag(part) for part in line[1:].split("#")):
        return "boilerplate", "tags", False
    if not line[0].isalnum() and _RULE.fullmatch(line) and (len(line) > 2 or line in _SINGLE) and len(set(line)) <= 2:
        return "boilerplate", "rule", False
    if line[0] in "-–—=*~_(" and _end_mark(line):
        return "boilerplate", "end mark", False
    return NOTHING


def _path(line: str) -> bool:
    """`Beranda > Dunia > Timur Tengah > Menteri Tiba di Wina`."""
    if not _PATH.search(line):
        return False
    parts = [part for part in _MARKS_OF_PATHS.split(line[:120]) if part]
    if len(parts) > 1 and all(map(_crumb, parts)) and any(map(section, parts)):
        return True
    crumbs = _BREADCRUMB.split(line)
    return (len(crumbs) > 1 or line[0] in ">›»") and all(len(crumb.split()) <= 4 for crumb in crumbs[:-1] or crumbs)


def _end_mark(line: str) -> bool:
    """`*** SELESAI ***`."""
    word = line.strip("-–—=*~_# .oO0")
    first = word.casefold().partition(" ")[0]
    marked = word.casefold() in data.folded("end_marks") or (first in data.folded("end_marks") and word.count(" ") < 3)
    return word != line and marked


def outlet_itself(line: str) -> bool:
    """Whether LINE says what the outlet is for: `KOMPAS.com berkomitmen …`, `Berita Okezone hadir …`."""
    first = line.split(None, 3)
    return any(names_source(word) for word in first[:2]) and any(
        word in ("berkomitmen", "hadir") for word in first[1:3]
    )


def _tool(line: str) -> bool:
    """`Bagikan cerita ini`, `Dengarkan artikel ini (5 menit)`."""
    if data.first_word(line) not in data.folded("tools"):
        return False
    words = [word.casefold() for word in _WORDS.findall(line[:60])]
    return 2 < len(words) <= 8 and words[1] in data.folded("things") and "ini" in words[2:4] and line[-1] not in ".?!"


def _counter(line: str) -> bool:
    """`12 suka 3 komentar`, `1,2 rb dibagikan`."""
    if not _DIGITS.search(line):
        return False
    words = [word.casefold() for word in _WORDS.findall(line)]
    names = [word for word in words if not word.isdecimal()]
    counters = data.folded("counters")
    return (
        len(names) < len(words)
        and not counters.isdisjoint(names)
        and all(name in counters or name in data.folded("counted") for name in names)
    )


def _menu(line: str) -> bool:
    """`Tentang Kami · Redaksi · Karier`: short parts, half of which are furniture by themselves."""
    if not _BARS.search(line):
        return False
    parts = [part for part in _MENU.split(line) if part]
    if len(parts) < 2 or any(len(part.split()) > 5 for part in parts):
        return False
    known = sum(bool(data.patterns("boilerplate").match(part)) for part in parts)
    return 2 * known >= len(parts)


def _tag(text: str) -> bool:
    return text[:1].isalnum() and len(text.split()) <= 4 and text.rstrip()[-1] not in ".!?"


def _share_bar(line: str) -> bool:
    word = data.first_word(line)
    if word and word not in data.openers("social"):
        return False
    social = data.folded("social")
    if social.issuperset(words := [word.casefold() for word in _WORDS.findall(line)]) and words:
        return True
    return all(word in social for word in line.casefold().split()) or all(
        part in social for part in _SEPARATORS.split(line.casefold()) if part
    )


def _page(line: str) -> Found:
    reason = page_words(line)
    return ("boilerplate", reason, False) if reason else NOTHING


def _caption(line: str) -> Found:
    reason = captions.labelled(line)
    return ("caption", reason, False) if reason else NOTHING


def label_end(line: str, name: str) -> int:
    """Offset after the label of list NAME that opens LINE, with its colon; -1 where there is none.

    A label without a colon counts where it is the whole line, or has two words or more and a capital, figure, quote
    or dash follows."""
    if data.first_word(line) not in data.openers(name):
        return -1
    labels = data.folded(name)
    head, colon, _ = line[:60].partition(":")
    label = " ".join(head.split()).casefold()
    if colon and (label in labels or f"{label}:" in labels):
        return len(head) + 1
    if len(line) <= 60 and " ".join(line.rstrip(" !").split()).casefold() in labels:
        return len(line)
    ends = [word.end() for word in _TOKENS.finditer(line[:60])]
    for end in reversed(ends[1:4]):
        following = line[end:].lstrip()[:1]
        if (following.isupper() or following.isdigit() or following in _AFTER_LABEL) and (
            " ".join(line[:end].split()).casefold() in labels
        ):
            return end
    return -1


def _plain_link(line: str) -> Found:
    """A label of a link that a colon, a quotation mark or the end of the line sets off: `Simak Video: …`."""
    end = label_end(line, "related")
    if end > 0 and (end == len(line) or line[end - 1] == ":" or line[end:].lstrip()[:1] in _AFTER_LABEL):
        return _related(line)
    return NOTHING


def _related(line: str) -> Found:
    end = label_end(line, "related")
    if end >= 0 and (end == len(line) or line[end - 1] == ":" or not invitation(line)):
        return "related", f"label: {line[:end].rstrip(' :')}", not line[end:].strip()
    head, colon, rest = line[:80].partition(":")
    if colon and rest.lstrip()[:1] == "#" and head.strip().casefold() in data.folded("related_sections"):
        return "boilerplate", "tags", False
    head = line.rstrip(" :!") if len(line) < 60 else ""
    if head.casefold() in data.folded("related_sections"):
        return "related", f"section: {head}", True
    return NOTHING
