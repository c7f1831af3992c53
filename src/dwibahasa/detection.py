"""The language of a document, and English that stands inside Indonesian text.

Function words decide, because they hold for capitals, names and short texts, where n-gram detectors fail; langdetect
is asked only about documents in which they are too few. langdetect has no Malay, so Malay is told from Indonesian by
the words that the two standards do not share.
"""

import re
from dataclasses import dataclass

from . import data
from .document import Document

_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:'[^\W\d_]+)*")
_OPEN, _CLOSE = "“«", "”»"
_QUOTE = re.compile('[“”«»"]')

SAMPLE = 100_000
"""Code points of a document that are looked at; enough for any article and quick for a book."""
MIN_SHARE = 0.12
"""Least share of Indonesian function words at which a text is Indonesian without asking langdetect. They are 0.31 of
the words of Indonesian news, and under 0.05 in Italian and Portuguese, which share `di`, `dia` and `para`."""
MIN_ENGLISH_SHARE = 0.25
"""Least share of English function words in an English text; 0.44 in English news. German, Dutch and Afrikaans share
some of them (`in`, `was`, `so`)."""
MIN_FOREIGN_WORDS = 8
"""In shorter texts without function words langdetect is not trusted: it takes headlines for Tagalog or Swahili."""
MIN_MALAY_WORDS = 2
"""Least number of different Malay words for Malay; there must also be more of them than of Indonesian ones."""


@dataclass(frozen=True, slots=True)
class Detection:
    """BCP 47 tag (`und` for a text without letters), confidence from 0 to 1, and whether the text is Malay, in which
    case the language is still `id`, because Indonesian models translate it."""

    language: str
    confidence: float
    malay: bool = False


def detect(document: Document) -> Detection:
    """The language of DOCUMENT, judged by its text outside quotation marks where that has words enough."""
    text = document.text[:SAMPLE]
    if not _words(text):
        return Detection("und", 0.0)
    narrative = _without_quotes(text)
    certainty = 0.0
    for part in (narrative, text):
        total = len(_words(part))
        indonesian = function_words(part, "id")
        english = _cased_hits(part, "english")
        certainty = len(indonesian) / (len(indonesian) + english + 1)
        if len(set(indonesian)) > 1 and len(indonesian) > max(english, MIN_SHARE * total):
            return Detection("id", certainty, _is_malay(text))
        if english > 1 and english > MIN_ENGLISH_SHARE * total:
            return Detection("en", english / (len(indonesian) + english + 1))
    if total < MIN_FOREIGN_WORDS and all(word.isascii() for word in _words(text)):
        return Detection("id", min(certainty, 0.5), _is_malay(text))
    language, probability = _langdetect(text)
    return Detection(language, probability, language == "id" and _is_malay(text))


def is_english(text: str) -> bool:
    """Whether TEXT, one segment, is an English sentence that needs no translation.

    True only where English function words are many, Indonesian ones absent, and either one of the English ones shows
    a clause (`will`, `they`) or the text is long and mostly in lower case, so that names, titles and terms
    (`Carnegie Endowment for International Peace`) stay Indonesian text.
    """
    outside = _without_quotes(text)
    if (_words(outside) and not _cased_hits(outside, "english")) or not _looks_english(text):
        return False
    total = len(_words(text))
    in_lower_case = sum(word.islower() for word in _WORD.findall(text))
    running = total >= 7 and _cased_hits(text, "english") >= 0.3 * total and in_lower_case > 0.6 * total
    return running or bool(_cased_hits(text, "english-clause"))


def english_quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Spans, inside the quotation marks, of the English quotations of at least four words in TEXT.

    TEXT is one segment that is not English as a whole. A quotation may have begun in an earlier segment or go on in
    the next: its span then starts at 0 or ends at the end of TEXT.
    """
    if is_english(text):
        return ()
    return tuple((start, end) for start, end in _quoted(text) if _looks_english(text[start:end]))


def function_words(text: str, language: str) -> list[str]:
    """The Indonesian (`id`) or English (`en`) function words of TEXT, in order and in lower case."""
    known = _list({"id": "indonesian", "en": "english"}[language])
    return [word for word in _words(text) if word in known]


def _list(name: str) -> frozenset[str]:
    return data.words(name)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _cased_hits(text: str, name: str) -> int:
    """How many words of TEXT are in the list NAME and can be running text: in lower case, or the first word, or
    all words in capitals. `AS`, `US`, `WHO` and `Will` in the middle of a sentence are names."""
    known = _list(name)
    capitals = text.isupper()
    return sum(
        word.lower() in known and (capitals or position == 0 or word.islower())
        for position, word in enumerate(_WORD.findall(text.replace("’", "'")))
    )


def _looks_english(text: str) -> bool:
    total = len(_words(text))
    english = _cased_hits(text, "english")
    return total >= 4 and english >= 2 and english >= 0.2 * total and not _cased_hits(text, "indonesian")


def _quoted(text: str) -> list[tuple[int, int]]:
    """Spans inside quotation marks, contiguous and in order; a missing mark stands at the edge of TEXT."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for number, mark in enumerate(_QUOTE.finditer(text)):
        at = mark.start()
        closes = mark[0] in _CLOSE or (mark[0] == '"' and (start is not None or _must_close(text, at)))
        if not closes:
            start = mark.end()
        elif start is not None or number == 0:
            spans.append((start or 0, at))
            start = None
    if start is not None:
        spans.append((start, len(text)))
    return spans


def _must_close(text: str, at: int) -> bool:
    """Whether the straight quotation mark at AT stands after a word or a stop, and before white space or the end."""
    return at > 0 and not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()


def _without_quotes(text: str) -> str:
    """TEXT without what stands in quotation marks; a quotation ends at the latest with its line."""
    kept: list[str] = []
    for line in text.splitlines(keepends=True):
        at = 0
        for start, end in _quoted(line):
            kept.append(line[at:start])
            at = end
        kept.append(line[at:])
    return " ".join(kept)


def _is_malay(text: str) -> bool:
    found = set(_words(text))
    malay = len(found & _list("malay"))
    return malay >= MIN_MALAY_WORDS and malay > len(found & _list("indonesian-not-malay"))


def _langdetect(text: str) -> tuple[str, float]:
    """Likeliest language of TEXT and its probability; always the same for the same text."""
    from langdetect import detector_factory
    from langdetect.lang_detect_exception import LangDetectException

    detector_factory.init_factory()
    detector = detector_factory._factory.create()
    detector.seed = 0  # of this detector alone; the library's own seed is a global
    detector.append(text.lower())
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return "und", 0.0
    return str(best.lang), float(best.prob)
