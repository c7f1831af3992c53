"""Which blocks are captions: by a label, by a credit at their end, by what stands around them."""

import re
from functools import cache

from . import data
from .credits import bracketed, credit, names_source
from .datelines import place_before_dash

LONGEST = 900
_NUMBERED = re.compile(r"(?:Foto|Gambar|Peta|Grafik|Diagram|Bagan) \d{1,2}(?=[:.] )")
_FILED = ("arsip", "file")
_CREDITED = ("ilustrasi", "potret", "foto", "gambar", "tangkapan")


@cache
def _labels() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(label.split()) for label in data.folded("captions"))


def label(text: str) -> str:
    """The label that opens TEXT before a colon or, for pictures, a comma or full stop (`Foto:`, `Keterangan gambar,`,
    `ILUSTRASI.`, `Arsip foto -`); empty where there is none."""
    if data.first_word(text) not in data.openers("captions"):
        return ""
    if numbered := _NUMBERED.match(text):
        return numbered.group()
    found = re.match(r"[\w. ]{3,20}?(?= ?:|,|\. | -)", text)
    words = tuple(found.group().casefold().rstrip(".").split()) if found else ()
    if not found or not words or (words not in _labels() and (*words[:-1], words[-1] + ".") not in _labels()):
        return ""
    mark = text[found.end() :].lstrip()[:1]
    loose = mark == ":" or len(words) > 1 or (words[0] == "ilustrasi" and mark == "." and found.group().isupper())
    filed = mark == "-" and words[0] in _FILED
    return found.group() if loose or filed else ""


def labelled(line: str) -> str:
    """Why LINE is a caption wherever it stands: a label, or the kind of picture it opens with and a credit that is no
    sentence of its own (`ilustrasi gereja kayu (unsplash.com/Ola S.)`); empty if it is none."""
    if found := label(line):
        rest = line[len(found) :].strip(" :,.-")
        return f"label: {found}" if rest else ""
    names = credit(line)
    first = line.split(None, 1)[0].casefold()
    if names and first in _CREDITED and not bracketed(line):
        return f"credit: {names}"
    return f"credit: {names}" if re.match(r"(?:Foto|Photo)\s?:", names) and len(line) < 300 else ""


def in_head(text: str, dated: bool) -> str:
    """Why TEXT, which stands between the headline and the first paragraph, is a caption; DATED: the dateline of the
    article comes right after it."""
    if names := credit(text) or bracketed(text):
        return f"credit: {names}"
    _, dash, source = text.rpartition(" - ")
    if dash and names_source(source):
        return f"credit: {source}"
    return "before the dateline" if dated and text[-1] in '.)”"' and not opens_dated(text) else ""


def opens_dated(text: str) -> bool:
    """Whether TEXT opens with a dateline: a place or an outlet before a dash, or an outlet before a comma."""
    if place_before_dash(text):
        return True
    head, comma, rest = text[:40].partition(",")
    return bool(comma and names_source(head) and rest.lstrip()[:1].isupper())
