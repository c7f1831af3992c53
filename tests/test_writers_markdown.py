"""Markdown: no text can become markup, and bold, italic and links are kept on both sides."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dwibahasa.document import BilingualDocument, Link, Mark, MarkKind, Role
from page_document import document as article
from published import inline_text, markdown_rows, markdown_tokens, read_interlinear, read_markdown
from test_writers import bilingual, line_form, output

MARKUP = st.text("*_`~[](){}<>#+-.!|\\&;:=^$/\"'0123456789abx \t\n", min_size=1, max_size=40)
HOSTILE = [
    *("# a", "## a #", "- a", "+ a", "1. a", "2) a", "> a", "a\n===", "---", "***", "```", "~~~", "    code", "\ta"),
    *("*a*", "_a_", "**a**", "`a`", "~~a~~", "[a](b)", "![a](b)", "[a]: b", "<b>a</b>", "<!-- a -->", "&lt;", "&#42;"),
    *("a | b", "|", "\\", "\\|", "a\\", "|---|", "$a$", "==a==", "^a^", "https://contoh.example", "<https://a.b>"),
    *(
        "]]>",
        "--",
        "<script>alert(1)</script>",
        "a  \nb",
        "a\\\nb",
        ": a",
        "1986. Tahun",
        "C#",
        "a ### #",
        "1234567890. a",
    ),
]
EVERY = pytest.mark.parametrize(
    ("name", "read"), [("markdown", read_markdown), ("markdown-interlinear", read_interlinear)]
)


def marked(source: str, target: str, *marks: Mark, links: tuple[Link, ...] = (), **options: str) -> BilingualDocument:
    document = bilingual((source, target), links=links, **options)
    return replace(document, source=replace(document.source, marks=tuple(sorted(marks, key=lambda m: m.start))))


@EVERY
@pytest.mark.parametrize("role", ["paragraph", "headline", "list_item"])
@settings(max_examples=150, deadline=None)
@given(texts=st.lists(st.tuples(MARKUP, MARKUP), min_size=1, max_size=3))
def test_markup_in_a_text_is_text(name: str, read, role: Role, texts: list[tuple[str, str]]) -> None:  # type: ignore[no-untyped-def]
    found = read(output(name, bilingual(*texts, role=role)), None)
    assert [(s, t or "") for _, s, t in found] == [(line_form(s), line_form(t)) for s, t in texts]


@EVERY
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_lines(name: str, read, text: str) -> None:  # type: ignore[no-untyped-def]
    content = output(name, bilingual((text, f"x {text}"), (f"{text} x", text)))
    assert [pair[1:] for pair in read(content, None)] == [
        (line_form(text), line_form(f"x {text}")),
        (line_form(f"{text} x"), line_form(text)),
    ]
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(content.decode())
    assert not any(f"<{tag}" in html for tag in ("b>", "script", "img", "del", "code>a", "!--", "a href"))


KINDS: list[MarkKind] = ["bold", "italic", "underline", "code", "link"]


@EVERY
@settings(max_examples=200, deadline=None)
@given(
    text=st.text("ab1 *_!.,“”[]()|é字", min_size=1, max_size=24),
    marks=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 23), st.integers(1, 12)), max_size=4),
)
def test_marks_never_change_the_text(name: str, read, text: str, marks: list[tuple[MarkKind, int, int]]) -> None:  # type: ignore[no-untyped-def]
    spans = [(kind, start, min(start + length, len(text))) for kind, start, length in marks if start < len(text)]
    document = marked(text, text, *(Mark(k, a, b, "https://contoh.example/?a=1&copy;=2") for k, a, b in spans))
    assert [(s, t or "") for _, s, t in read(output(name, document), None)] == [(line_form(text), line_form(text))]


def test_marks_are_kept_on_both_sides() -> None:
    source, target = "Kata juru bicara “tidak benar” itu.", "The spokesperson called it “not true”."
    links = (Link(5, 9, 4, 16), Link(18, 23, 28, 31), Link(24, 29, 32, 36))
    document = marked(
        source,
        target,
        Mark("link", 5, 16, "https://contoh.example/a b?x=1&copy;"),
        Mark("bold", 17, 30),
        Mark("italic", 18, 29),
        links=links,
    )
    [row] = markdown_rows(output("markdown", document))
    for token, link, bold in ((row[0], "juru bicara", "tidak benar"), (row[1], "spokesperson", "not true")):
        html = MarkdownIt().renderInline(token.content)
        assert f'<a href="https://contoh.example/a%20b?x=1&amp;copy;">{link}</a>' in html
        assert f"<em><strong>{bold}</strong></em>" in html


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "file:///etc", "#a", "http://[", "http://a b"]
)
def test_other_addresses_are_no_links(href: str) -> None:
    for name in ("markdown", "markdown-interlinear"):
        assert b"](" not in output(name, marked("Satu dua.", "One two.", Mark("link", 0, 4, href)))


def test_headings_findings_and_what_is_left_out() -> None:
    tokens = markdown_tokens(output("markdown-interlinear", article()))
    headings = [(tokens[i].tag, inline_text(tokens[i + 1])) for i, t in enumerate(tokens) if t.type == "heading_open"]
    assert headings[0] == ("h1", "Empat Negara Perbarui Pakta Patroli Selat Malaka, Nelayan Menunggu Bukti")
    assert headings[2:4] == [("h2", "Anggaran Terbatas"), ("h2", "Limited Budget")]
    rows = list(markdown_rows(output("markdown", article())))
    assert rows[1][1].content.startswith("**Four Countries")
    assert [row[2].content for row in rows if "2012" in row[2].content] == [
        "numbers: 2021 in the source, 2012 in the translation"
    ]
    text = output("markdown", article()).decode()
    assert "language: The text may be Malay" in text
    assert "3 segments of boilerplate left out." in text
    assert "`dwibahasa:0.1.0|model:id_en@3f9c0d1b2a47" in text


def test_a_line_end_inside_a_segment_is_a_space() -> None:
    content = output("markdown", bilingual(("Satu\ndua.", "One\r\ntwo.")))
    assert b"| Satu dua. | One two. |" in content
