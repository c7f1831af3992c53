"""What control needs to know of English: number, spelling, adjectives of places, articles."""

import re
from functools import lru_cache

from ._data import word_list, word_pairs

_ACRONYM = re.compile(r"[A-Z]{2,}")
_PLURAL_ES = ("s", "x", "z", "ch", "sh")
_NATIONALITY = ("n", "an", "ian", "ean", "i", "ese")
# Spellings that begin with a vowel letter and a consonant sound, and the other way round
# (Quirk et al., A Comprehensive Grammar of the English Language, 1985, section 5.11).
_CONSONANT_SOUND = re.compile(r"eu|ew|one\b|once|uni(?![dmn])|u[bkt][aiou]|ukr|ur[au]|us[aeu]", re.IGNORECASE)
_SILENT_H = re.compile(r"hour|hono|heir|honest", re.IGNORECASE)
_VOWEL_NAMES = "AEFHILMNORSX"
# British -ise for -ize (organisation). Words with -ise by origin (exercise) are written -ize alike on both sides.
_ISE = re.compile(r"(?<=[a-z][a-z])i[sz](?:e|(ed|er|ing|ation|ational))?$")


@lru_cache(maxsize=1 << 14)
def singular(key: str) -> str:
    """KEY, a folded word, without a regular plural ending; the same for singular and plural of a word."""
    if len(key) < 4:
        return key
    if key.endswith("ies"):
        return key[:-3] + "y"
    if key.endswith("men"):
        return key[:-3] + "man"
    if key.endswith(("sses", "xes", "zes", "ches", "shes")):
        return key[:-2]
    if key.endswith(("ises", "yses", "eses", "sis", "xis")):  # crisis and crises, exercise and exercises meet
        return key[:-2]
    if key.endswith("s") and not key.endswith(("ss", "us", "is")):
        return key[:-1]
    return key[:-1] if key.endswith(("ise", "yse", "ese")) else key


@lru_cache(maxsize=1 << 14)
def stem(key: str) -> str:
    """KEY, a folded word, as singular and in one spelling for British and American: the same for defences, defense."""
    one = singular(key)
    return _ISE.sub(r"iz\1", word_pairs("spellings").get(one, one))


def plural(form: str) -> str:
    """FORM, a term in lower case, with its head in the plural: the last word, or the one before a preposition."""
    head = re.match(r"(.*?\S)(\s+(?:of|for|to|in|on|against|with|at|from|between|by)\s.*)", form)
    front, rest = (head[1], head[2]) if head else (form, "")
    if front.endswith("man"):
        return front[:-3] + "men" + rest
    if front.endswith("y") and front[-2:-1] not in "aeiou":
        return front[:-1] + "ies" + rest
    if front.endswith(("sis", "xis")):
        return front[:-2] + "es" + rest
    if front.endswith("s") and not front.endswith(("ss", "us")):
        return form
    return front + ("es" if front.endswith(_PLURAL_ES) else "s") + rest


def is_plural(form: str) -> bool:
    """Whether the head of FORM looks like a plural."""
    return plural(form) == form


def adjective_of(key: str, place: str) -> bool:
    """Whether KEY is regularly derived from PLACE (both folded): Iranian, Chinese, Israeli, Italian, German."""
    if len(place) < 4 or not key.startswith(place[:-1]) or key == place:
        return False
    if key.startswith(place):
        return key[len(place) :] in _NATIONALITY
    return place[-1] in "aeoy" and key[len(place) - 1 :] in (*_NATIONALITY, *([""] if place.endswith("y") else []))


def article(following: str) -> str:
    """`a` or `an`, as FOLLOWING is pronounced; acronyms of up to three letters or without vowels are spelled out."""
    word = re.match(r"[^\W_]*", following)
    first = word[0] if word else ""
    if _ACRONYM.fullmatch(first) and (len(first) <= 3 or not re.search("[AEIOU]", first)):
        return "an" if first[0] in _VOWEL_NAMES else "a"
    if re.match(r"8|11(?!\d)|18(?!\d)", first) or _SILENT_H.match(first):
        return "an"
    return "an" if first[:1].lower() in tuple("aeiou") and not _CONSONANT_SOUND.match(first) else "a"


def is_function_word(key: str) -> bool:
    """Whether KEY is an article, pronoun, preposition, conjunction or auxiliary."""
    return key in word_list("function_words")


def titled(form: str) -> str:
    """FORM with capitals but for its function words: Minister of Foreign Affairs."""
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if is_function_word(m[0]) else m[0][0].upper() + m[0][1:], form)
