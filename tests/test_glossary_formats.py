"""Term bases as PO, CSV, TSV and TBX: the same fields, the same rules, the same errors."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from dwibahasa.document import Term
from dwibahasa.errors import GlossaryError, UnknownNameError
from dwibahasa.glossary import FORMATS, Glossary, load_file, write_terms
from dwibahasa.glossary.po import parsed_entries, plain_entries

WHOLE = Term(
    "Korea Utara", 'North "Korea"', ("DPRK", "North Korean", "N. Korea, the"), ("Northern Korea",), "country",
    "exact", "case: exact", "https://example.org/a:1?b=1&c=2", near=("rudal", "Kim Jong-un"), not_near=("near: x",),
)  # fmt: skip


def there_and_back(terms: Sequence[Term], format: str, folder: Path) -> list[Term]:
    path = folder / f"base{FORMATS.suffix(format)}"
    path.write_text(write_terms(terms, format, "base").text, encoding="utf-8", newline="")
    file = load_file(path)
    assert file.untidy == () and file.notices == ()
    return [replace(term, file="", line=0) for term in file.terms]


def save(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(GlossaryError) as error:
        Glossary.load(path)
    assert "\n" not in str(error.value)
    return str(error.value).removeprefix(f"{path}: ")


# every format

# Anything that a file of text may hold, but in a form no semicolon, which stands between forms.
ANY = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
TEXT = st.text(ANY | st.sampled_from("\\\"';,:#\t &<>]"), max_size=20).map(lambda text: " ".join(text.split()))
FORM = TEXT.map(lambda text: " ".join(text.replace(";", " ").split())).filter(lambda text: any(map(str.isalnum, text)))
WORDED = st.builds(lambda a, letter, b: a + letter + b, FORM, st.sampled_from("aZé"), FORM)


@st.composite
def entries(draw: st.DrawFn) -> list[Term]:
    forms = st.lists(WORDED, max_size=3, unique=True).map(tuple)
    terms = st.builds(
        Term, WORDED, WORDED, forms, forms, TEXT, st.sampled_from(["smart", "exact"]), TEXT, TEXT, near=forms,
        not_near=forms,
    )  # fmt: skip
    found = draw(st.lists(terms, min_size=1, max_size=4, unique_by=lambda term: (term.source, term.sense)))
    return [
        replace(
            term,
            accept=tuple(form for form in term.accept if form != term.target),
            forbid=tuple(form for form in term.forbid if form not in (term.target, *term.accept)),
            not_near=tuple(form for form in term.not_near if form not in term.near),
        )
        for term in found
    ]


@pytest.mark.parametrize("format", list(FORMATS))
def test_every_field_comes_back(tmp_path: Path, format: str) -> None:
    assert there_and_back([WHOLE], format, tmp_path) == [WHOLE]


@pytest.mark.parametrize("format", list(FORMATS))
@settings(max_examples=150, deadline=None)
@given(terms=entries())
def test_any_field_comes_back(tmp_path_factory: pytest.TempPathFactory, format: str, terms: list[Term]) -> None:
    assert there_and_back(terms, format, tmp_path_factory.getbasetemp()) == terms


@pytest.mark.parametrize("format", list(FORMATS))
@settings(max_examples=40, deadline=None)
@given(
    bad=st.characters(categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\t\n") | st.sampled_from("\ufffe\uffff"),
    field=st.sampled_from(["source", "target", "accept", "forbid", "sense", "note", "citation", "near", "not_near"]),
)
def test_control_characters_are_not_written(format: str, bad: str, field: str) -> None:
    text = f"a{bad}b"
    value = (text,) if field in ("accept", "forbid", "near", "not_near") else text
    with pytest.raises(GlossaryError, match=rf"U\+{ord(bad):04X}"):
        write_terms([replace(WHOLE, **{field: value})], format, "base")


@pytest.mark.parametrize("format", list(FORMATS))
def test_what_could_not_be_read_back_is_not_written(format: str) -> None:
    for terms, words in (
        ([replace(WHOLE, target="")], "no letter"),
        ([replace(WHOLE, accept=("a; b",))], "semicolon"),
        ([replace(WHOLE, forbid=("DPRK",))], "forbidden and right"),
        ([replace(WHOLE, near=("a;b",))], "semicolon"),
        ([replace(WHOLE, not_near=("…",))], "no letter or digit"),
        ([replace(WHOLE, not_near=("rudal",))], "in near and in not near"),
        ([WHOLE, replace(WHOLE, source="Korea  Utara")], "stands twice"),
    ):
        with pytest.raises(GlossaryError, match=words):
            write_terms(terms, format, "base")


def test_an_unknown_format_or_suffix(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="known: po, csv, tsv, tbx"):
        write_terms([WHOLE], "xls", "base")
    path = save(tmp_path, "base.xls", "")
    assert refusal(path) == "no glossary format for the suffix '.xls'; known: .po, .csv, .tsv, .tbx"


@pytest.mark.parametrize("format", list(FORMATS))
def test_bytes_that_are_not_text(tmp_path: Path, format: str) -> None:
    text = write_terms([replace(WHOLE, note="é")], format, "base").text
    line = text[: text.index("é")].count("\n") + 1
    path = save(tmp_path, "base" + FORMATS.suffix(format), text, "latin-1")
    assert refusal(path).startswith(f"line {line}: not UTF-8 (byte 0xe9)")
    path = save(tmp_path, "base" + FORMATS.suffix(format), text.replace("é", "\x07"))
    assert refusal(path) == f"line {line}: control character U+0007"


@pytest.mark.parametrize("format", list(FORMATS))
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends(tmp_path: Path, format: str, newline: str) -> None:
    text = write_terms([WHOLE], format, "base").text
    path = save(tmp_path, "base" + FORMATS.suffix(format), text.replace("\n", newline), "utf-8-sig")
    (term,) = load_file(path).terms
    assert replace(term, file="", line=0) == WHOLE
    assert "Korea Utara" in text.split("\n")[term.line - 1]


@pytest.mark.parametrize("format", list(FORMATS))
def test_two_targets_and_the_lines_of_both(tmp_path: Path, format: str) -> None:
    one, two = Term("Selat Mutiara", "Pearl Strait"), Term("Selat Lain", "Other Strait")
    text = write_terms([one, two], format, "base").text.replace("Selat Lain", "Selat Mutiara")
    first, second = (n for n, line in enumerate(text.split("\n"), 1) if "Selat Mutiara" in line)
    message = refusal(save(tmp_path, "base" + FORMATS.suffix(format), text))
    both = f"'Pearl Strait' (line {first}) and 'Other Strait' (line {second})"
    assert message == f"line {second}: 'Selat Mutiara' has two targets: {both}"
    senses = [one, replace(two, source="Selat Mutiara", sense="film")]
    assert there_and_back(senses, format, tmp_path) == senses


def test_a_later_file_overrides_one_of_another_format(tmp_path: Path) -> None:
    paths = []
    for format in FORMATS:
        text = write_terms([Term("Korea Utara", f"the {format} one")], format, "base").text
        paths.append(save(tmp_path, "base" + FORMATS.suffix(format), text))
    base = Glossary.load(*paths)
    assert [term.target for term in base.terms] == ["the tbx one"]
    assert [notice.split(": ")[0] for notice in base.notices] == [str(path) for path in paths[1:]]
    assert "overrides 'the csv one' " in base.notices[1] and "base.csv: line 2)" in base.notices[1]


def test_the_shipped_term_base_goes_round(tmp_path: Path) -> None:
    terms = [replace(term, file="", line=0) for term in Glossary.default().terms]
    assert len(terms) > 2000 and any(term.case == "exact" for term in terms)
    now = terms
    for format in ("csv", "tsv", "tbx", "po"):
        now = there_and_back(now, format, tmp_path)
        assert now == terms
    assert write_terms(terms, "csv", "x").notes == ()
    exact, bound = sum(t.case == "exact" for t in terms), sum(bool(t.near or t.not_near) for t in terms)
    assert write_terms(terms, "tbx", "x").notes == (
        f"TBX has no case rules: {exact} stand as notes, `case: exact`",
        f"TBX has no contexts: {bound} stand as notes, `near: …` and `not near: …`",
    )


@pytest.mark.parametrize("format", list(FORMATS))
@settings(max_examples=200, deadline=None)
@given(
    cuts=st.lists(st.integers(0, 2000), min_size=2, max_size=2),
    put=st.sampled_from(
        ["", '"', "\t", ",", "\n", "<", "&", "#", "#~ ", "msgctxt ", "<!--", "<term>", "\\", "]]>", ";"]
    ),
)
def test_a_damaged_file_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, format: str, cuts: list[int], put: str
) -> None:
    text = write_terms([WHOLE, Term("a b", "c"), Term("PBB", "UN", sense="x")], format, "base").text
    first, second = sorted(cut % len(text) for cut in cuts)
    path = save(tmp_path_factory.getbasetemp(), "base" + FORMATS.suffix(format), text[:first] + put + text[second:])
    try:
        write_terms(load_file(path).terms, format, "base")
    except GlossaryError as error:
        assert str(error).startswith(f"{path}: line ")


def test_a_name_cannot_break_out_of_its_place(tmp_path: Path) -> None:
    for format in FORMATS:
        text = write_terms([WHOLE], format, 'a"\n\x07\\ <b>{c} -->').text
        (term,) = load_file(save(tmp_path, "base" + FORMATS.suffix(format), text)).terms
        assert replace(term, file="", line=0) == WHOLE


# broken files: format, text, the line that is named, words of the message

CONCEPT = (
    '<martif><text><body><termEntry>\n<langSet xml:lang="id"><tig><term>a</term></tig></langSet>\n{}\n'
    '<langSet xml:lang="en"><tig><term>b</term></tig></langSet></termEntry></body></text></martif>'
)
GOOD = 'msgid "x"\nmsgstr "y"\n\n'
BROKEN = [
    ("po", GOOD + 'msgstr "b"\n', 4, "cannot follow"),
    ("po", GOOD + 'msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 6, "cannot follow"),
    ("po", GOOD + 'msgid "a"\n', 4, "a msgid without its msgstr"),
    ("po", GOOD + 'msgid "a"\nmsgid "b"\nmsgstr "c"\n', 5, "cannot follow"),
    ("po", GOOD + 'msgctxt "x"\nmsgstr "b"\n', 4, "a msgctxt without its msgid"),
    ("po", GOOD + 'msgctxt "x"\nmsgctxt "y"\nmsgid "a"\nmsgstr "b"\n', 5, "cannot follow"),
    ("po", '"alone"\n' + GOOD, 1, "cannot follow"),
    ("po", GOOD + '#. near: x\n#. not near: x\nmsgid "a"\nmsgstr "b"\n', 6, "in near and in not near at once"),
    ("po", GOOD + '#. near: …\nmsgid "a"\nmsgstr "b"\n', 5, "no letter or digit"),
    ("po", GOOD + 'msgid "a"\nmsgstr "…"\n', 4, "no letter or digit"),
    ("po", GOOD + 'msgid "a\\"\nmsgstr "b"\n', 4, "without closing quotation mark"),
    ("po", GOOD + 'MSGID "a"\nMSGSTR "b"\n', 4, "not PO"),
    ("po", GOOD + 'msgid "a" # why\nmsgstr "b"\n', 4, "text after the closing quotation mark"),
    ("po", GOOD + 'msgid[0] "a"\nmsgstr "b"\n', 4, "not PO"),
    ("po", GOOD + 'msgid "a"\nmsgstr "b\\u0007"\n', 5, "means nothing in PO"),
    ("po", GOOD + 'msgid "\\\\a\\"\\t\\x41"\nmsgstr "b"\n', 4, "means nothing in PO"),
    ("po", GOOD + '<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', 4, "not PO"),
    ("po", GOOD + "msgid “a”\nmsgstr “b”\n", 4, "not PO"),
    ("po", GOOD + "#. case: Exact\nmsgid 'a'\nmsgstr 'b'\n", 5, "not PO"),
    ("po", GOOD + '#. case: Exact\nmsgid "a"\nmsgstr "b"\n', 4, "unknown case rule 'Exact'"),
    ("csv", "source,target\na,b,\n", 2, "3 fields, but 2 columns"),
    ("csv", "source,target,near,not near\nx,y,,\na,b,x,x\n", 3, "in near and in not near at once"),
    ("csv", 'source,target\n"a,b\n', 2, "quotation mark not closed"),
    ("csv", "a,b\nc,d\n", 1, "no column 'source'"),
    ("csv", "source,target,case\na,b,EXACT\n", 2, "unknown case rule 'EXACT'"),
    ("csv", "source,target\na,b\n\n,d\n", 4, "no source"),
    ("csv", "source,target,accept\na,b,…\n", 2, "no letter or digit"),
    ("csv", "source,target\na,b\nc,d\x1b[31m\n", 3, "control character U+001B"),
    ("tsv", "source,target\na,b\n", 1, "no column 'source'"),
    ("tsv", "source\ttarget\na\tb\na\tc\n", 3, "'b' (line 2) and 'c' (line 3)"),
    ("tbx", CONCEPT.format("<x>"), 4, "mismatch"),
    ("tbx", CONCEPT.format("</x>"), 3, "mismatch"),
    ("tbx", CONCEPT.format("&nbsp;"), 3, "Entity 'nbsp' not defined"),
    ("tbx", CONCEPT.format("") + "\n<martif/>", 5, "Extra content"),
    ("tbx", CONCEPT.format('<x a="1" a="2"/>'), 3, "Attribute a redefined"),
    ("tbx", CONCEPT.format("&#0;"), 3, "not well-formed"),
    ("tbx", CONCEPT.format("< x/>"), 3, "not well-formed"),
    ("tbx", CONCEPT.format("<y:x/>"), 3, "Namespace prefix y"),
    ("tbx", CONCEPT.format("<!-- -- -->"), 3, "Double hyphen"),
    ("tbx", CONCEPT.format("<![CDATA["), 4, "CData section not finished"),
    ("tbx", "\n<?xml version='1.0'?>" + CONCEPT.format(""), 2, "XML declaration allowed only at the start"),
    ("tbx", CONCEPT.replace("martif", "html").format(""), 1, "the root element is 'html'"),
    ("tbx", CONCEPT.replace("<term>b<", "<term>…<").format(""), 2, "no letter or digit"),
    ("tbx", CONCEPT.format(f'<x a="{"y" * 11_000_000}"/>'), 3, "limit"),
    ("tbx", CONCEPT.format(f"<note>{'y' * 11_000_000}</note>"), 3, "limit"),
]


@pytest.mark.parametrize(
    ("format", "text", "line", "words"),
    BROKEN,
    ids=[f"{format} {number}" for number, (format, *_) in enumerate(BROKEN)],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, format: str, text: str, line: int, words: str) -> None:
    message = refusal(save(tmp_path, f"own.{format}", text))
    assert message.startswith(f"line {line}: ") and words in message, message[:200]


def test_hostile_tbx_that_is_well_formed_is_harmless(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    many = "<x " + " ".join(f'a{n}="{n}"' for n in range(100_000)) + "/>"
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{tmp_path}/secret.txt" parse="text"/>'
    style = f'<?xml-stylesheet href="{tmp_path}/secret.txt"?>'
    for text in (CONCEPT.format(many), CONCEPT.format(include), style + CONCEPT.format("")):
        (term,) = load_file(save(tmp_path, "own.tbx", text)).terms
        assert (term.source, term.target, term.note) == ("a", "b", "")


def test_a_large_table_loads_in_linear_time(tmp_path: Path) -> None:
    rows = "".join(f"istilah nomor{n},term number{n},form {n}\n" for n in range(50_000))
    start = time.process_time()
    assert len(load_file(save(tmp_path, "own.csv", "source,target,accept\n" + rows)).terms) == 50_000
    assert time.process_time() - start < 20  # about one second; a quadratic step would take hours


def test_the_shipped_term_bases_load_in_under_150_milliseconds() -> None:
    times = []
    for _ in range(5):
        start = time.process_time()
        Glossary.default()
        times.append(time.process_time() - start)
    assert min(times) < 0.15


# PO


def test_the_quick_way_reads_the_shipped_files_as_polib_does() -> None:
    for path in Glossary.default_paths():
        text = path.read_text(encoding="utf-8")
        assert plain_entries(path, text) == list(parsed_entries(path, text)) != [], path.name


PO_LINES = st.sampled_from(
    [
        "# accept: x", "#. accept: a; b", "#.note: c", "#. case: exact", "#: a list", "#, fuzzy", "#~ msgid \"x\"",
        "#~ msgstr \"y\"", "#| msgid \"x\"", "#", "", " ", "\t#. near: d", 'msgctxt "film"', 'msgctxt ""', 'msgid ""',
        'msgid "a"', 'msgid "b c" ', 'msgid  "b"', 'msgid "a\\"b"', 'msgid "#. x"', 'msgstr ""', 'msgstr "d"',
        'msgstr "e\\n"', '"f"', '"Language: en\\n"', "x",
    ]
)  # fmt: skip
PO_ENTRIES = st.tuples(
    st.lists(st.sampled_from(["#. accept: a", "#. note: b", "#: c", "# d", "#. not near: e; f"]), max_size=3),
    st.sampled_from([[], [], ['msgctxt "film"']]),
    st.text("abc |é·", min_size=1, max_size=6).map(lambda text: [f'msgid "{text}"']),
    st.text("abc |é·", max_size=6).map(lambda text: [f'msgstr "{text}"', ""]),
).map(lambda parts: [line for part in parts for line in part])
PO_HEADER = st.sampled_from([[], ["# x", 'msgid ""', 'msgstr ""', '"Language: en\\n"', ""]])


@settings(max_examples=500, deadline=None)
@given(
    header=PO_HEADER,
    entries=st.lists(PO_ENTRIES, max_size=4),
    cut=st.integers(0, 30),
    lines=st.lists(PO_LINES, max_size=4),
    end=st.sampled_from(["", "\n", "\n\n"]),
)
def test_the_quick_way_reads_what_it_takes_as_polib_does(
    header: list[str], entries: list[list[str]], cut: int, lines: list[str], end: str
) -> None:
    rows = [*header, *(line for entry in entries for line in entry)]
    rows[cut:cut] = lines
    text = "\n".join(rows) + end
    path = Path("a.po")
    try:
        quick = plain_entries(path, text)
    except GlossaryError as error:
        with pytest.raises(GlossaryError) as reference:
            list(parsed_entries(path, text))
        assert str(error) == str(reference.value)
        return
    if quick is not None:
        assert quick == list(parsed_entries(path, text))
    elif entries and not lines:
        assert quick is not None, text


def test_comments_without_end_take_linear_time(tmp_path: Path) -> None:
    start = time.process_time()
    assert "not PO" in refusal(save(tmp_path, "b.po", "# x\n" * 200_000 + "x"))
    assert time.process_time() - start < 20  # a quadratic step would take hours


def test_a_context_without_an_entry_is_named_with_its_line(tmp_path: Path) -> None:
    path = save(tmp_path, "own.po", 'msgid "a"\nmsgstr "b"\n\nmsgctxt "x"\n')
    assert refusal(path) == "line 4: a msgctxt without its msgid"


# tables


def test_a_table_as_people_write_it(tmp_path: Path) -> None:
    text = (
        '\ufeffTarget, Source ,forbid,Remarks\n"North Korea",Korea Utara,"Northern Korea;N Korea; ",seen often\n,,,\n\n'
        'US,"Amerika\nSerikat"\n,kosong,,\n'
    )
    file = load_file(save(tmp_path, "own.csv", text))
    assert [(t.source, t.target, t.forbid, t.line) for t in file.terms] == [
        ("Korea Utara", "North Korea", ("Northern Korea", "N Korea"), 2),
        ("Amerika Serikat", "US", (), 5),
    ]
    assert [(n.line, n.message) for n in file.notices] == [
        (1, "columns that are not read: Remarks"),
        (7, "'kosong' has no target; left out"),
    ]
    assert [(n.line, n.message) for n in file.untidy] == [
        (5, r"stray white space in 'Amerika\nSerikat'; write 'Amerika Serikat'"),
    ]


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("", 1, "no column 'source' in the header row ''"),
        ("sumber,target\na,b\n", 1, "no column 'source' in the header row"),
        ("\nsource,accept\na,b\n", 2, "no column 'target'"),
        ("source;target\na;b\n", 1, "no column 'source' in the header row 'source;target'"),
        ("source,target,Source\na,b,c\n", 1, "two columns are called 'source'"),
        ("source,target\na,b\nc,d,e\n", 3, "3 fields, but 2 columns"),
        ("source,target\na,b\n ,d\n", 3, "no source"),
        ("source,target,case\na,b,smart\nc,d,loud\n", 3, "unknown case rule 'loud'; known: smart, exact"),
        ("source,target,forbid\na,b,c\nc,d,e;d\n", 3, "'d' is forbidden and right at once for 'c'"),
        ("source,target\na,b\n…,d\n", 3, "'…' has no letter or digit"),
        ('source,target\n"a\na",b\nc,"d\n', 4, "quotation mark not closed"),
        ('source,target\na,b\nc,"d"e\n', 3, "text after a closing quotation mark"),
        ('source,target\na,b\nc,"' + "d" * 140_000 + "\n", 3, "quotation mark not closed"),
    ],
)
def test_a_malformed_table_is_named_with_its_line(
    tmp_path: Path, suffix: str, body: str, line: int, words: str
) -> None:
    message = refusal(save(tmp_path, f"own.{suffix}", body.replace(",", "\t") if suffix == "tsv" else body))
    assert (
        message.startswith(f"line {line}: ")
        and words.replace(",", "\t" if suffix == "tsv" else ",") in message.replace("\\t", "\t")
    ) or words in message


# TBX

TBX_2 = """<?xml version='1.0'?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>{}</body></text></martif>"""
TBX_3 = """<tbx style="{style}" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body>{}</body></text></tbx>"""
CONCEPT_2 = """<termEntry id="c1"><descripGrp><descrip type="subjectField">country</descrip></descripGrp>
<descrip type="definition">a state</descrip><note>one</note><note>two</note>
<langSet xml:lang="id"><tig><term>Korea <hi>Utara</hi></term><note>case: exact</note></tig>
<ntig><termGrp><term>Korut</term><termNote type="termType">shortForm</termNote></termGrp></ntig></langSet>
<langSet xml:lang="fr"><tig><term>Corée du Nord</term></tig></langSet>
<langSet xml:lang="en"><tig><term>DPRK</term>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote><note>in UN texts</note></tig>
<tig><term>
  North  Korea
</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote><admin type="source">a list</admin></tig>
<tig><term>Northern Korea</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
<tig><term>N.K.</term></tig><tig><term/></tig></langSet></termEntry>"""
DCA = (
    ("termEntry", "conceptEntry"), ("langSet", "langSec"), ("<ntig><termGrp>", "<termSec>"),
    ("</termGrp></ntig>", "</termSec>"), ("tig>", "termSec>"),
)  # fmt: skip
DCT = (
    ('<descrip type="subjectField">country</descrip>', "<min:subjectField>country</min:subjectField>"),
    ('<descrip type="definition">a state</descrip>', "<basic:definition>a state</basic:definition>"),
    ('<termNote type="termType">shortForm</termNote>', "<basic:termType>shortForm</basic:termType>"),
    ('<termNote type="administrativeStatus">', "<min:administrativeStatus>"),
    ("</termNote>", "</min:administrativeStatus>"),
    ('<admin type="source">a list</admin>', "<basic:source>a list</basic:source>"),
)  # fmt: skip


def replaced(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "text",
    [
        TBX_2.format(CONCEPT_2),
        TBX_3.format(replaced(CONCEPT_2, DCA), style="dca"),
        TBX_3.format(replaced(replaced(CONCEPT_2, DCA), DCT), style="dct"),
    ],
    ids=["TBX 2", "TBX 3 DCA", "TBX 3 DCT"],
)
def test_a_concept_in_both_editions_and_both_styles(tmp_path: Path, text: str) -> None:
    file = load_file(save(tmp_path, "base.tbx", text))
    line = text[: text.index("<term>Korea")].count("\n") + 1
    common = ("North Korea", ("N.K.", "DPRK"), ("Northern Korea",), "country")
    notes = ("one; two; DPRK: in UN texts", "a list", str(tmp_path / "base.tbx"))
    assert file.terms == (
        Term("Korea Utara", *common, "exact", *notes, line),
        Term("Korut", *common, "smart", *notes, line + 1),
    )
    assert [n.message for n in file.notices] == ["not read: definition (1), language fr (1), termType (1)"]


def concept(*terms: tuple[str, str, str]) -> str:
    """A concept with a line for each language, form and status, if it has one."""
    note = '<termNote type="administrativeStatus">{}</termNote>'
    lines = (
        f'<langSet xml:lang="{tag}"><tig><term>{form}</term>{note.format(status) if status else ""}</tig></langSet>'
        for tag, form, status in terms
    )
    return "<termEntry>\n" + "\n".join(lines) + "\n</termEntry>\n"


def test_american_english_goes_before_other_english(tmp_path: Path) -> None:
    preferred = "preferredTerm-admn-sts"
    body = concept(("in-ID", "pusat", ""), ("en-GB", "centre", preferred), ("en-US", "center", preferred))
    (term,) = load_file(save(tmp_path, "base.tbx", TBX_2.format(body))).terms
    assert (term.target, term.accept) == ("center", ("centre",))


def test_what_has_one_side_only_is_told(tmp_path: Path) -> None:
    body = concept(("id", "satu", "")) + concept(("en", "two", "")) + concept(("id", "tiga", "foo"), ("en", "", ""))
    file = load_file(save(tmp_path, "base.tbx", TBX_2.format(body)))
    assert [(n.line, n.message) for n in file.notices] == [
        (6, "'satu' has no target; left out"),
        (8, "a concept without an Indonesian term; left out"),
        (12, "'tiga' has no target; left out"),
        (0, "not read: administrativeStatus 'foo' (1)"),
        (0, "no entries"),
    ]


def test_two_preferred_terms_are_two_targets(tmp_path: Path) -> None:
    forms = "".join(
        f"<tig><term>{form}</term>\n<termNote type='administrativeStatus'>preferredTerm-admn-sts</termNote></tig>\n"
        for form in ("Pearl Strait", "Mutiara Strait")
    )
    body = (
        "<termEntry><langSet xml:lang='id'><tig><term>Selat Mutiara</term></tig></langSet>\n<langSet xml:lang='en'>\n"
    )
    path = save(tmp_path, "base.tbx", TBX_2.format(body + forms + "</langSet></termEntry>"))
    both = "'Pearl Strait' (line 7) and 'Mutiara Strait' (line 9)"
    assert refusal(path) == f"line 9: 'Selat Mutiara' has two targets: {both}"


def test_the_lines_of_a_long_file(tmp_path: Path) -> None:
    body = "\n" * 70_000 + concept(("id", "satu", ""), ("en", "one", ""))
    (term,) = load_file(save(tmp_path, "base.tbx", TBX_2.format(body))).terms
    assert term.line == 70_006


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "not well-formed"),
        ("<martif>\n<text>\n</martif>", 3, "not well-formed"),
        ("source,target\n", 1, "not well-formed"),
        ("<html/>", 1, "not TBX: the root element is 'html'; known: martif, tbx"),
        (TBX_2.format("\n&lol;"), 6, "the entity &lol; is not known"),
        (TBX_2.format(concept(("id", "a&#x85;b", ""), ("en", "c", ""))), 6, "U+0085"),
        (
            TBX_2.format(concept(("id", "a", ""), ("en", "b;c", ""), ("en", "b", "preferred"))),
            6,
            "'b;c' has a semicolon",
        ),
    ],
)
def test_malformed_tbx_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    message = refusal(save(tmp_path, "base.tbx", text))
    assert message.startswith(f"line {line}: ") and words in message


BOMB = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
SECRET = "the secret of another file"


@pytest.mark.parametrize(
    "declarations",
    [
        f"[{BOMB}]",
        f'[<!ENTITY big "{"x" * 100_000}">]',
        '[<!ENTITY a SYSTEM "secret.txt">]',
        '[<!ENTITY % a SYSTEM "secret.txt"> %a;]',
        '[<!ENTITY a SYSTEM "http://localhost:9/x">]',
        'SYSTEM "http://localhost:9/x.dtd" [<!ENTITY a "b">]',
        "[<!ELEMENT martif ANY>]",
        '[<!ATTLIST martif type CDATA "x">]',
    ],
)
@pytest.mark.parametrize("entry", ["<note>&a;&big;&a11;</note>", '<note type="&a;&big;&a11;"/>', ""])
def test_a_file_that_declares_something_is_refused(tmp_path: Path, declarations: str, entry: str) -> None:
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    head = f"<!-- <!DOCTYPE martif> -->\n<!DOCTYPE martif {declarations}>"
    message = refusal(save(tmp_path, "base.tbx", f"{head}\n<martif><text><body>{entry}</body></text></martif>"))
    assert message.startswith("line 2: <!") and "is refused" in message and SECRET not in message


def test_a_dtd_that_is_named_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    dtd = save(tmp_path, "TBXBasiccoreStructV02.dtd", f'<!ENTITY a "{SECRET}">')
    text = TBX_2.format(concept(("id", "satu", ""), ("en", "one", "")))
    read = etree.fromstring(text.replace("satu", "&a;").encode(), etree.XMLParser(load_dtd=True), base_url=str(dtd))
    assert SECRET in "".join(read.itertext())  # a parser that opens it would find this
    assert [term.source for term in load_file(save(tmp_path, "base.tbx", text)).terms] == ["satu"]
    assert "the entity &a; is not known" in refusal(save(tmp_path, "base.tbx", text.replace("satu", "&a;")))


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    text = "<martif>" + "<a>" * 100_000 + "</a>" * 100_000 + "</martif>"
    assert "not well-formed" in refusal(save(tmp_path, "base.tbx", text))
