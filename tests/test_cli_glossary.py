"""`dwibahasa glossary`: data on standard output, messages on standard error, exit codes."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dwibahasa.cli import main
from dwibahasa.document import BilingualDocument, Document, Segment, Term, TranslationUnit
from dwibahasa.glossary import Glossary, load_file, write_terms
from dwibahasa.glossary.linting import MAX_WORDS
from dwibahasa.writers import write

COLUMNS = "source,target,accept,forbid,sense,case,note,citation,near,not near\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: object, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["glossary", *map(str, words)], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def table(name: str, *rows: str) -> str:
    Path(name).write_text(COLUMNS + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return name


def test_every_command_has_help_with_an_example() -> None:
    for command in ("lint", "lookup", "stats", "convert", "extract"):
        result = run(command, "--help")
        assert result.exit_code == 0 and f"Example: dwibahasa glossary {command}" in result.stdout


# lint


def test_the_shipped_term_bases_are_clean() -> None:
    result = run("lint", *Glossary.default_paths())
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith(", 0 findings\n")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Belanda,the Netherlands", "an article in front of 'the Netherlands'; write 'Netherlands'"),
        ("rudal,a missile", "write 'missile'"),
        ("rudal,missile,,Missile", "'Missile' is forbidden and right but for its capitals"),
        ("rudal,missile,rocket missile,rocket", "the forbidden form 'rocket' is a part of the right one"),
        ("rudal,missile,missile", "accept repeats the target 'missile'; delete it there"),
        ("rudal,missile,missiles", "accept has 'missiles', which is right anyway with 'missile'"),
        ("gencatan senjata,truce,cease-fire; cease fire", "accept has 'cease fire', which is right anyway with"),
        ("gencatan  senjata,truce", "stray white space in 'gencatan  senjata'; write 'gencatan senjata'"),
        ("rudal ,missile", "stray white space in 'rudal '; write 'rudal'"),
        ("rudal, missile", "stray white space in ' missile'"),
        ("rudal,missile,short  form", "stray white space in 'short  form'"),
        ("menteri Luar negeri,foreign minister", "'Luar' has a capital in the middle of 'menteri Luar negeri'"),
        ("gencatan senJata,truce", "'senJata' has a capital in the middle"),
        ("atas,above", "'atas' is a function word"),
        (f"{'kata ' * MAX_WORDS}kata,words", f"the source has {MAX_WORDS + 1} words"),
        ("kebijakannya,policy", "ends with a clitic; write it without -nya"),
        ("AS,US", "give it the case rule exact"),
        ("Korea Utara,North Korea; DPRK", "a semicolon in the target"),
        ("Korut; Korea Utara,North Korea", "a semicolon in the source"),
        ("perang dingin,perang yang dingin", "'yang' in the target 'perang yang dingin' is Indonesian"),
        ("rudal,miss\u200bile", "an invisible character U+200B in 'miss\\u200bile'"),
        ("rudal,", "'rudal' has no target; left out"),
        ("rudal,missile,,,,,,,yang", "the context 'yang' is a function word"),
        ("kapal selam,submarine,,,,,,,,kapal", "the context 'kapal' is a part of 'kapal selam' itself"),
    ],
)
def test_each_finding_names_file_and_line_and_says_what_to_do(row: str, words: str) -> None:
    result = run("lint", table("own.csv", "Korea Selatan,South Korea", row))
    assert result.exit_code == 3
    [line] = result.stdout.splitlines()
    assert line.startswith("own.csv:3: ") and words in line


@pytest.mark.parametrize(
    "row",
    [
        "semenanjung Korea,Korean peninsula",
        "menko Perekonomian,coordinating minister for economic affairs",
        "pelanggaran HAM,human rights violation",
        "pengguna TikTok,TikTok user",
        "Den Haag,The Hague",
        "masalah,problem",
        "Kenya,Kenya",
        "AS,US,U.S.,,,exact",
        "PBB,UN,U.N.; United Nations,,,exact",
        "Gaza,Gaza,Gaza Strip,Gaza Line",
    ],
)
def test_a_good_entry_is_clean(row: str) -> None:
    result = run("lint", table("own.csv", row))
    assert (result.exit_code, result.stdout) == (0, "")


def test_entries_with_the_same_words_and_entries_that_another_file_replaces() -> None:
    one = table("one.csv", "Kim Jong-un,Kim", "Kim Jong Un,Kim", "rudal,missile")
    two = table("two.csv", "perang,war", "Rudal,rocket")
    result = run("lint", one, two)
    assert result.exit_code == 3
    assert result.stdout.splitlines() == [
        "one.csv:3: 'Kim Jong Un' has the words of 'Kim Jong-un' (line 2); keep one",
        "one.csv:4: 'rudal' is replaced by two.csv:3 ('rocket'); delete one of them",
    ]
    assert "5 entries in 2 files, 2 findings" in result.stderr


def test_senses_that_nothing_tells_apart() -> None:
    one = table("one.csv", "dewan,council,,,city", "dewan,house,,,state", "dewan,board,,,firm,,,,saham")
    assert run("lint", one).stdout.splitlines() == [
        "one.csv:3: nothing tells the senses 'city' (line 2) and 'state' of 'dewan' apart; give one a near",
    ]


def test_a_broken_file_is_named_and_the_others_are_looked_at() -> None:
    bad = table("bad.csv", "a,b", "a,c")
    result = run("lint", bad, "none.po", table("own.csv", "rudal,a missile"))
    assert result.exit_code == 2
    assert result.stdout.startswith("own.csv:2: an article")
    first, second, _ = result.stderr.splitlines()
    assert first == "error: bad.csv: line 3: 'a' has two targets: 'b' (line 2) and 'c' (line 3)"
    assert second == "error: none.po: no such glossary file"


def test_nothing_that_a_terminal_acts_on_is_printed() -> None:
    path = Path("a\x1b[31m.csv")
    path.write_text(COLUMNS + "rudal,a missile\n", encoding="utf-8")
    assert "\x1b" not in run("lint", path).stdout
    assert "\x1b" not in run("lint", "\x1b[2J.csv").stderr


# lookup


def test_lookup_shows_whole_entries() -> None:
    row = '"Korea Utara",North Korea,DPRK; North Korean,Northern Korea,country,exact,a state,UN list,Kim; rudal,kecap'
    table("own.csv", row, "Korea Selatan,South Korea", "korea utama,main korea")
    result = run("lookup", "KOREA utara", "--glossary", "own.csv", "--no-default-glossary")
    assert result.exit_code == 0 and result.stderr == ""
    assert result.stdout.splitlines() == [
        "Korea Utara → North Korea",
        "  accept: DPRK; North Korean",
        "  forbid: Northern Korea",
        "  sense: country",
        "  case: exact",
        "  near: Kim; rudal",
        "  not near: kecap",
        "  note: a state",
        "  citation: UN list",
        "  own.csv:2",
    ]
    both = run("lookup", "south", "--glossary", "own.csv", "--no-default-glossary").stdout
    assert both.splitlines() == ["Korea Selatan → South Korea", "  own.csv:3"]


def test_lookup_takes_whole_words_of_either_side_and_the_shipped_term_bases() -> None:
    result = run("lookup", "north korea")
    assert result.exit_code == 0 and "Korea Utara → North Korea\n" in result.stdout and "countries.po:" in result.stdout
    assert run("lookup", "Erdogan").stdout == run("lookup", "Erdoğan").stdout != ""
    for term in ("orea Utar", "", "…", "kata yang tidak ada"):  # two letters away from any
        result = run("lookup", term)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == f"note: no entry has {term!r} in its source or target\n"


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        ("korea utra", "Korea Utara (North Korea)"),
        ("gencatan senjta", "gencatan senjata (ceasefire)"),
        ("Vladimir Puttin", "Vladimir Putin (Vladimir Putin)"),
        ("north koera", "Korea Utara (North Korea), Korea Utara (Korut) (North Korea), Korut (North Korea)"),
    ],
)
def test_lookup_names_what_is_one_letter_away(term: str, meant: str) -> None:
    result = run("lookup", term)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"note: no entry has {term!r} in its source or target; did you mean {meant}?\n"


def test_lookup_tells_what_one_file_overrides_and_a_broken_one() -> None:
    own = table("own.csv", "Korea Utara,DPRK")
    result = run("lookup", "korea utara", "--glossary", own)
    assert "Korea Utara → DPRK\n" in result.stdout and "overrides 'North Korea'" in result.stderr
    assert run("lookup", "a", "--glossary", "none.po").exit_code == 2


# stats


def test_stats_counts_by_file_and_in_all() -> None:
    one = table("one.csv", "a,b,c; d,e,,exact", "f,g,,,film,,,a list", "f,h,,,book")
    two = table("two.csv", "i,j")
    rows = [line.split() for line in run("stats", one, two).stdout.splitlines()]
    assert rows == [
        ["entries", "accepted", "forbidden", "senses", "citations"],
        ["one.csv", "3", "2", "1", "2", "1"],
        ["two.csv", "1", "0", "0", "0", "0"],
        ["all", "4", "2", "1", "2", "1"],
    ]
    assert run("stats", "none.csv").exit_code == 2


def test_stats_of_the_shipped_term_bases() -> None:
    last = run("stats").stdout.splitlines()[-1].split()
    assert last[:2] == ["all", str(len(Glossary.default().terms))]


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    one = table("one.csv", "a,b,c; d,e,,exact,a note,a list,f,g", *(f"s{n},t{n}" for n in range(50)))
    first = run("stats", one, "--sample", 10, "--seed", 3).stdout.splitlines()
    assert run("stats", one, "--sample", 10, "--seed", 3).stdout.splitlines() == first
    assert run("stats", one, "--sample", 10, "--seed", 4).stdout.splitlines() != first
    assert len(set(first)) == 10
    rest = run("stats", one, "--sample", 100).stdout.splitlines()
    assert len(rest) == 51
    fields = "accept: c; d | forbid: e | case: exact | near: f | not near: g | note: a note | citation: a list"
    assert f"a → b | {fields} | one.csv:2" in rest and "s0 → t0 | one.csv:3" in rest
    assert len(run("stats", "--sample", 200).stdout.splitlines()) == 200


# convert

ENTRY = Term("Korea Utara", "North Korea", ("DPRK",), ("Northern Korea",), "country", "exact", "a note", "a list")


@pytest.mark.parametrize("suffix", ["po", "csv", "tsv", "tbx"])
def test_convert_by_suffix(here: Path, suffix: str) -> None:
    Path("a.po").write_text(write_terms([ENTRY], "po", "a").text, encoding="utf-8")
    result = run("convert", "a.po", f"new/b.{suffix}")
    assert (result.exit_code, result.stdout) == (0, "")
    assert [replace(t, file="", line=0) for t in load_file(f"new/b.{suffix}").terms] == [ENTRY]
    assert ("TBX has no case rules: 1 stand as notes" in result.stderr) == (suffix == "tbx")
    assert result.stderr.endswith(f"done: wrote 1 entry to new/b.{suffix}\n")
    assert [p.name for p in (here / "new").iterdir()] == [f"b.{suffix}"]


def test_convert_says_what_it_leaves_out() -> None:
    result = run("convert", table("a.csv", "a,b", "c,"), "b.po")
    assert result.exit_code == 0 and "note: a.csv: line 3: 'c' has no target; left out\n" in result.stderr


def test_convert_replaces_a_file_only_with_force(here: Path) -> None:
    table("a.csv", "a,b")
    Path("b.tsv").write_text("mine", encoding="utf-8")
    result = run("convert", "a.csv", "b.tsv")
    assert result.exit_code == 1 and "exists already; --force" in result.stderr
    assert Path("b.tsv").read_text("utf-8") == "mine"
    assert run("convert", "a.csv", "b.tsv", "--force").exit_code == 0
    assert [t.target for t in load_file("b.tsv").terms] == ["b"]
    assert run("convert", "a.csv", "a.csv").exit_code == 1
    assert sorted(p.name for p in here.iterdir()) == ["a.csv", "b.tsv"]


def test_convert_that_cannot_be_done_leaves_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table("a.csv", "a,b")
    Path("a.txt").write_text("a", encoding="utf-8")
    for a, b, code, words in (
        ("a.csv", "b.xls", 2, "known: .po, .csv, .tsv, .tbx"),
        ("a.txt", "b.po", 2, "known: .po, .csv, .tsv, .tbx"),
        ("none.csv", "b.po", 2, "no such glossary file"),
        ("a.csv", "a.csv/b.po", 1, "cannot be written"),
    ):
        result = run("convert", a, b)
        assert (result.exit_code, result.stdout) == (code, "") and words in result.stderr

    def refuse(self: Path, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    result = run("convert", "a.csv", "b.po")
    assert result.exit_code == 1 and "no space left" in result.stderr
    assert sorted(p.name for p in here.iterdir()) == ["a.csv", "a.txt"]


# extract

TEXT = (
    "Presiden Rusia dan utusan Brantaka Wirasena bertemu pada Senin di Jenewa. Utusan Brantaka Wirasena memuji kerja "
    "sama teknis itu. Menurut Wirasena, kerja sama teknis dengan Korea Utara dan kerja sama teknis dengan Rusia akan "
    "terus berjalan. Lihat https://contoh.id/Brantaka dan Kota Sembada Raya. Warga Kota Sembada Raya menunggu.\n"
)
PAIRS = (
    ("Brantaka Wirasena tiba di kota itu.", "Brantaka Wirasena arrived in the city."),
    ("Polisi menjaga rumah sakit itu.", "Police guarded the hospital."),
    ("Korban ada di rumah sakit, kata Brantaka Wirasena.", "The victims are in the hospital, Brantaka Wirasena said."),
    ("Rumah sakit itu penuh, dan hutan bakau itu luas.", "The hospital is full, and the mangrove forest is wide."),
    ("Mereka menjaga hutan bakau.", "They guard it."),
    ("Dan ada hutan bakau.", ""),
)


def proposed(result: Result) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(result.stdout), delimiter="\t")
    return {row["source"]: row for row in rows}


def bilingual(path: str, *pairs: tuple[str, str]) -> str:
    units = [
        TranslationUnit(f"p1.s{n}", "p1", "paragraph", Segment(source, 0), target or None, "mt", "translated")
        for n, (source, target) in enumerate(pairs)
    ]
    units.append(replace(units[0], id="x1.s1", role="boilerplate", segment=Segment("Unduh Aplikasi Wartapena", 0)))
    write(BilingualDocument(Document("", ()), tuple(units)), path, keep_boilerplate=False)
    return path


def test_extract_proposes_names_and_fixed_phrases_that_no_entry_covers(here: Path) -> None:
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    result = run("extract", "a.txt")
    assert result.exit_code == 0 and "3 candidates, 0 with a target, from 5 sentences" in result.stderr
    rows = proposed(result)
    assert {source: row["count"] for source, row in rows.items()} == {
        "kerja sama teknis": "3",
        "Brantaka Wirasena": "2",
        "Kota Sembada Raya": "2",
    }
    assert all(row["target"] == row["seen"] == "" and source in row["example"] for source, row in rows.items())


def test_what_has_an_entry_is_not_proposed(here: Path) -> None:
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    own = table("own.csv", "Brantaka Wirasena,Brantaka Wirasena", "kerja sama teknis,technical cooperation")
    assert list(proposed(run("extract", "a.txt", "--glossary", own))) == ["Kota Sembada Raya"]
    bare = proposed(run("extract", "a.txt", "--no-default-glossary", "--least", 1))
    assert {"Korea Utara", "Rusia", "Jenewa", "Wirasena"} <= set(bare)
    assert run("extract", "a.txt", "--glossary", "none.po").exit_code == 2


@pytest.mark.parametrize("suffix", ["jsonl", "po"])
def test_extract_takes_the_english_that_word_links_lead_to(here: Path, suffix: str) -> None:
    result = run("extract", bilingual(f"a.{suffix}", *PAIRS), "--least", 2)
    assert result.exit_code == 0, result.stderr
    rows = proposed(result)
    assert {source: row["target"] for source, row in rows.items()} == {
        "rumah sakit": "hospital",
        "Brantaka Wirasena": "Brantaka Wirasena",
        "hutan bakau": "",
    }
    assert rows["rumah sakit"]["seen"] == "hospital (3)"


def test_an_edited_table_is_a_term_base(here: Path) -> None:
    text = TEXT + "IMX dan IMX bertemu lagi di Kota Sembada Raya, kata IMX\x1b.\n"
    Path("proposed.tsv").write_text(run("extract", "-", stdin=text).stdout, encoding="utf-8")
    base = Glossary.load("proposed.tsv")
    assert base.terms == () and "columns that are not read: count, seen, example" in base.notices[0]
    assert sum(notice.endswith("has no target; left out") for notice in base.notices) == 4
    edited = (
        Path("proposed.tsv").read_text("utf-8").replace("IMX\t", "IMX\tImex").replace("Raya\t", "Raya\tSembada City")
    )
    Path("proposed.tsv").write_text(edited, encoding="utf-8")
    terms = {t.source: (t.target, t.case) for t in Glossary.load("proposed.tsv").terms}
    assert terms == {"IMX": ("Imex", "exact"), "Kota Sembada Raya": ("Sembada City", "smart")}


def test_an_example_is_no_formula(here: Path) -> None:
    result = run("extract", "-", "--least", 1, stdin="=HYPERLINK Kota Sembada Raya lalu Kota Sembada Raya lagi.\n")
    assert result.exit_code == 0
    assert all(not row["example"].startswith(("=", "+", "-", "@")) for row in proposed(result).values())


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.jsonl", b'{"type": "document"}\n[1]\n', "a.jsonl: line 2: not a line of dwibahasa's JSON Lines"),
        ("a.jsonl", b'{"type": "unit", "role": "paragraph", "source": 1, "target": null}', "line 1: not a line"),
        ("a.jsonl", b"[" * 100_000, "line 1: not a line"),
        ("a.po", b'msgid "a\nmsgstr ""\n', "a.po: line 1: string without closing quotation mark"),
        ("a.po", b'msgid "\xe9"\n', "a.po: not UTF-8 (byte 0xe9 at 7)"),
        ("a.txt", b"", "a.txt: the text is empty"),
        ("none.jsonl", None, "none.jsonl: file not found"),
        ("none.txt", None, "none.txt: file not found"),
    ],
)
def test_an_input_that_fails_is_one_line_and_the_others_are_read(name: str, data: bytes | None, words: str) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    Path("good.txt").write_text(TEXT, encoding="utf-8")
    result = run("extract", name, "good.txt")
    assert result.exit_code == 1 and "Kota Sembada Raya" in result.stdout
    assert result.stderr.startswith("error: ") and words in result.stderr.splitlines()[0]


def test_jsonl_with_what_another_version_may_add(here: Path) -> None:
    lines = [{"type": "later"}, {"type": "unit", "role": "paragraph", "source": "Ada Kota Sembada.", "target": None}]
    Path("a.jsonl").write_text("".join(json.dumps(line) + "\n\n" for line in lines), encoding="utf-8")
    assert list(proposed(run("extract", "a.jsonl", "--least", 1))) == ["Kota Sembada"]


@pytest.mark.parametrize("words", [["lint"], ["lookup"], ["convert", "a.po"], ["extract"], ["nothing"]])
def test_usage_errors(words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "") and "Error: " in result.stderr
