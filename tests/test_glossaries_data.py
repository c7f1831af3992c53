"""The shipped term bases: one format, no entry twice, English targets, forms that do not contradict each other."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import polib
import pytest

from dwibahasa.glossary.english import stem
from dwibahasa.glossary.tokens import CURRENCY, gap, words

FILES = sorted((Path(__file__).resolve().parents[1] / "glossaries").glob("*.po"))
KEYS = ("accept", "forbid", "case", "near", "not near", "note")
# Latin letters with diacritics stand in names; typographic quotes and dashes have no place in a form.
ENGLISH = re.compile(r"[A-Za-z0-9À-ɏ .,'&()/-]+")
INDONESIAN = re.compile(
    r"\b(?:yang|dan|dari|dengan|untuk|pada|negara|menteri|presiden|laut|selat|utara|timur|badan|kementerian|dewan|"
    r"perang|kapal|rudal|luar|negeri|bersama|antar)\b",
    re.IGNORECASE,
)


def entries() -> Iterator[tuple[str, polib.POEntry]]:
    for path in FILES:
        for entry in polib.pofile(str(path), encoding="utf-8"):
            yield f"{path.name}:{entry.linenum}", entry


def comments(entry: polib.POEntry) -> list[tuple[str, str]]:
    lines = (line.partition(":") for line in entry.comment.splitlines())
    return [(key.strip(), value.strip()) for key, _, value in lines]


def forms(entry: polib.POEntry, key: str) -> list[str]:
    return [form.strip() for name, value in comments(entry) if name == key for form in value.split(";")]


def test_the_base_is_large_enough() -> None:
    assert len(FILES) >= 15
    assert sum(1 for _ in entries()) >= 3000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_header(path: Path) -> None:
    metadata = polib.pofile(str(path), encoding="utf-8").metadata
    assert metadata["Language"] == "en"
    assert metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert metadata["Project-Id-Version"] == f"dwibahasa {path.stem}"


def test_no_entry_twice_in_or_between_files() -> None:
    """Several senses of one source stand in one file, and all but one say where they hold."""
    files: dict[str, str] = {}
    seen: dict[tuple[str, str], str] = {}
    unbound: dict[str, str] = {}
    for where, entry in entries():
        first = seen.setdefault((entry.msgid, entry.msgctxt or ""), where)
        assert first is where, f"{where}: {entry.msgid!r} stands at {first} already"
        file = where.partition(":")[0]
        assert files.setdefault(entry.msgid, file) == file, f"{where}: {entry.msgid!r} stands in {files[entry.msgid]}"
        if not forms(entry, "near") and not forms(entry, "not near"):
            first = unbound.setdefault(entry.msgid, where)
            assert first is where, f"{where}: nothing tells {entry.msgid!r} from the sense at {first}"


def test_lower_case_entries_do_not_repeat_one_with_capitals() -> None:
    exact = {entry.msgid for _, entry in entries()}  # once for all senses
    folded = [source.casefold() for source in exact if not source.isupper()]
    assert sorted(s for s in set(folded) if folded.count(s) > 1) == []


def test_entries_are_filled_and_tidy() -> None:
    for where, entry in entries():
        assert entry.msgstr, f"{where}: no target"
        assert not entry.fuzzy and not entry.obsolete, where
        for text in (entry.msgid, entry.msgstr, *(form for key in KEYS[:5] for form in forms(entry, key))):
            assert text and text == " ".join(text.split()), f"{where}: white space in {text!r}"


def test_comment_keys_and_case_rules() -> None:
    for where, entry in entries():
        keys = [key for key, _ in comments(entry)]
        assert set(keys) <= set(KEYS) and len(keys) == len(set(keys)), f"{where}: {keys}"
        assert set(forms(entry, "case")) <= {"exact", "smart"}, where


def test_forms_agree() -> None:
    for where, entry in entries():
        accept, forbid = forms(entry, "accept"), forms(entry, "forbid")
        assert entry.msgstr not in accept, f"{where}: accept repeats {entry.msgstr!r}"
        assert len(accept) == len(set(accept)), f"{where}: accept repeats a form"
        right = {form.casefold() for form in (entry.msgstr, *accept)}
        assert not right & {form.casefold() for form in forbid}, f"{where}: a form is right and forbidden"


def test_accept_does_not_repeat_what_is_right_anyway() -> None:
    """Plurals, hyphens, diacritics and British spelling of a right form are right without being listed."""
    for where, entry in entries():
        right = [entry.msgstr, *forms(entry, "accept")]
        keys = [key(form) for form in right]
        assert len(set(keys)) == len(keys), f"{where}: {right}"


def key(form: str) -> tuple[object, ...]:
    """The same for FORM and what is right wherever it is: words without number and spelling, acronyms in capitals."""
    found = list(words(form))
    stems = [stem(w.key).upper() if form[w.start : w.end].isupper() else stem(w.key) for w in found]
    gaps = [gap(form[a.end : b.start]) for a, b in pairwise(found)]
    return (*stems, *gaps, *re.findall(rf"\.|{CURRENCY.pattern}", form))


def test_a_forbidden_form_is_no_part_of_a_right_one() -> None:
    for where, entry in entries():
        right = [f" {form} ".casefold() for form in (entry.msgstr, *forms(entry, "accept"))]
        for form in forms(entry, "forbid"):
            assert not any(f" {form} ".casefold() in good for good in right), f"{where}: {form!r}"


def test_targets_are_english() -> None:
    for where, entry in entries():
        assert ENGLISH.fullmatch(entry.msgstr), f"{where}: {entry.msgstr!r}"
        assert not INDONESIAN.search(entry.msgstr), f"{where}: {entry.msgstr!r}"


def test_short_acronyms_need_exact_case() -> None:
    """An acronym that is also a word must not be found in lower case: `AS` is the United States, `as` an axle."""
    for where, entry in entries():
        if entry.msgid.isupper() and len(entry.msgid) <= 3 and entry.msgid.isalpha():
            assert forms(entry, "case") == ["exact"], where
