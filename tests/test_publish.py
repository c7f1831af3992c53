"""The static site: what it holds, what it writes anew, and how it is searched."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from conftest import Dw
from dwibahasa import BilingualDocument, Glossary, Term, Translator, read_text
from dwibahasa.errors import DwibahasaError, InputError
from dwibahasa.publishing import Site
from dwibahasa.publishing.articles import Article, article, slug_of
from dwibahasa.publishing.dates import find_date
from dwibahasa.publishing.searching import parts
from dwibahasa.testing import EchoEngine

NATO = Term("Pakta", "Pact", file="own.po", line=1)
FIRST = "Pakta Ditandatangani\n\nKamis, 20 Juni 2024\n\nPakta itu ditandatangani di ibu kota. Kedua pihak puas.\n"
SECOND = "Pakta Dibatalkan\n\nSenin, 1 Juli 2024\n\nPakta itu dibatalkan. Para menteri <b>pulang</b>.\n"


def document(text: str, name: str = "a.txt") -> BilingualDocument:
    translator = Translator(EchoEngine(term_markup=True), Glossary([NATO], "own.po@1"))
    return translator.translate(read_text(text, name), force_language="id")


def published(folder: Path, articles: dict[str, str], **settings: Any) -> Site:
    site = Site(folder, **settings)
    for name, text in articles.items():
        site.add(name, text, lambda text=text, name=name: document(text, f"{name}.txt"))  # type: ignore[misc]
    site.close()
    return site


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    published(tmp_path / "site", {"satu": FIRST, "dua": SECOND}, title="Kabar <Dunia>", url="https://example.org/k/")
    return tmp_path / "site"


def test_the_index_lists_articles_by_date_with_topics(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    assert re.findall(r'<time datetime="(.*?)">', page) == ["2024-07-01", "2024-06-20"]
    assert page.index("articles/dua.html") < page.index("articles/satu.html")
    assert '<a href="terms/pact-pakta.html">Pact</a>' in page
    assert "Kabar &lt;Dunia&gt;" in page and "<Dunia>" not in page


def test_the_concordance_of_a_term_has_every_pair_it_stands_in(site: Path) -> None:
    page = (site / "terms" / "pact-pakta.html").read_text("utf-8")
    assert "4 sentence pairs in 2 articles" in page
    assert re.findall(r'href="\.\./articles/(.*?)"', page) == [
        *("dua.html", "dua.html#h1.s1", "dua.html#p1.s1"),
        *("satu.html", "satu.html#h1.s1", "satu.html#p1.s1"),
    ]
    assert "<mark>Pakta</mark> itu dibatalkan." in page and "<mark>Pact</mark> ITU DIBATALKAN." in page


def test_links_lead_to_files_and_places_that_are_there(site: Path) -> None:
    for page in site.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"]*)"', page.read_text("utf-8")):
            if link.startswith("http"):
                continue
            path, _, place = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, link)
            assert not place or f'id="{place}"' in target.read_text("utf-8"), (page, link)


def test_feeds_are_well_formed_and_name_the_newest_first(site: Path) -> None:
    atom = etree.fromstring((site / "feed.atom").read_bytes())
    space = {"a": "http://www.w3.org/2005/Atom"}
    ids = [e.text for e in atom.findall("a:entry/a:id", space)]
    assert ids == ["https://example.org/k/articles/dua.html", "https://example.org/k/articles/satu.html"]
    rss = etree.fromstring((site / "feed.rss").read_bytes())
    assert [e.text for e in rss.iter("pubDate")] == [
        "Mon, 01 Jul 2024 00:00:00 +0000",
        "Thu, 20 Jun 2024 00:00:00 +0000",
    ]


def test_no_page_asks_for_anything_outside(site: Path) -> None:
    for name, data in files(site).items():
        if not name.endswith((".atom", ".rss", ".json")):
            assert not re.search(rb'(?:src|href)="(?:https?:)?//|url\(', data), name


def test_a_second_run_writes_nothing_and_makes_nothing(site: Path) -> None:
    before = files(site)
    again = Site(site, "Kabar <Dunia>", "https://example.org/k/")
    for name, text in (("satu", FIRST), ("dua", SECOND)):
        again.add(name, text, lambda: pytest.fail("translated again"))
    done = again.close()
    assert (done.made, done.kept, done.removed, done.written) == (0, 2, 0, 0)
    assert files(site) == before


def test_only_what_changed_is_made_and_what_is_gone_is_removed(site: Path) -> None:
    stranger = site / "articles" / "own.html"
    stranger.write_text("not of the site", "utf-8")
    done = published(site, {"satu": FIRST.replace("puas", "kecewa")}, title="Kabar <Dunia>").outcome
    assert (done.made, done.kept, done.removed) == (1, 0, 1)
    assert "KECEWA" in (site / "articles" / "satu.html").read_text("utf-8")
    assert not (site / "articles" / "dua.html").exists() and not (site / "data" / "dua.js").exists()
    assert stranger.exists()


def test_an_article_that_fails_stays_as_it_was(site: Path) -> None:
    def broken() -> BilingualDocument:
        raise InputError("dua.txt: cannot be read")

    again = Site(site, "Kabar <Dunia>")
    with pytest.raises(InputError):
        again.add("dua", "other", broken)
    again.close()
    assert "Pakta Dibatalkan" in (site / "articles" / "dua.html").read_text("utf-8")
    assert "dua" in (site / "index.html").read_text("utf-8")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x", "utf-8")
    with pytest.raises(InputError, match="is not empty and no site of dwibahasa"):
        Site(tmp_path)
    (tmp_path / "site.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"site\.json: cannot be read"):
        Site(tmp_path)


def test_a_theme_stands_for_templates_by_name(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "site.css").write_text("body{color:red}", "utf-8")
    (theme / "index.html.j2").write_text(
        '{% extends "base.html.j2" %}{% block main %}<p>Ours: {{ articles|length }}</p>{% endblock %}', "utf-8"
    )
    published(tmp_path / "site", {"satu": FIRST}, theme=theme)
    assert "Ours: 1" in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert (tmp_path / "site" / "site.css").read_text("utf-8") == "body{color:red}"
    with pytest.raises(InputError, match="no such folder for a theme"):
        Site(tmp_path / "other", theme=tmp_path / "none")


def test_articles_come_back_from_their_data() -> None:
    one = article(document(FIRST), "satu")
    assert one.date == "2024-06-20" and one.title == "Pact DITANDATANGANI"
    assert Article.from_json(json.loads(json.dumps(one.as_json()))) == one


def test_the_index_of_the_search_has_each_word_of_both_sides() -> None:
    one = article(document("Pakta Usai\n\nÉlite itu pulang ke Qur'an 2024 dan 数.\n"), "satu")
    index: dict[str, list[int]] = {}
    for name, text in parts([one]).items():
        kind, part, words = json.loads(f"[{text.removeprefix('dwibahasa(').removesuffix(')' + chr(10))}]")
        assert (kind, part) == ("part", name)
        index |= words
    assert {"pakta", "pact", "elite", "qur", "an", "2024", "数"} <= set(index)
    assert index["elite"] == [0, 1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kamis, 20 Juni 2024 | 10:30 WIB", date(2024, 6, 20)),
        ("2024-06-20T10:30:00+07:00", date(2024, 6, 20)),
        ("Jakarta, 3 Nop. 2026", date(2026, 11, 3)),
        ("June 20, 2024", date(2024, 6, 20)),
        ("20/06/2024 10:30", date(2024, 6, 20)),
        ("31 Februari 2024", None),
        ("Rabu (19/6)", None),
        ("", None),
    ],
)
def test_dates(text: str, found: date | None) -> None:
    assert find_date(["", text]) == found


@given(st.lists(st.text(max_size=30), max_size=8))
def test_names_of_files_are_safe_and_all_different(texts: list[str]) -> None:
    taken: set[str] = set()
    slugs = [slug_of(text, taken) for text in texts]
    assert len(set(slugs)) == len(texts)
    assert all(re.fullmatch(r"[a-z0-9-]{1,90}", slug) for slug in slugs)


@given(st.text(max_size=60))
def test_no_text_breaks_out_of_a_script(text: str) -> None:
    one = Article("x", "x", text, text, "", "", "", "", 1, (("p1.s1", text, "</script><!--"),), {})
    for script in parts([one]).values():
        assert "<" not in script


@pytest.fixture
def inputs(tmp_path: Path, engine: EchoEngine) -> Iterator[Path]:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "satu.txt").write_text(FIRST + "Para menteri mengatakan bahwa mereka akan bertemu lagi.\n", "utf-8")
    (folder / "dua.txt").write_text(SECOND + "Mereka berharap bahwa hasilnya akan segera diumumkan.\n", "utf-8")
    return folder


def test_the_command_publishes_and_goes_on_after_a_bad_input(dw: Dw, inputs: Path) -> None:
    (inputs / "tiga.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    result = dw("publish", "in", "-o", "site")
    assert result.exit_code == 1
    first, closing = result.stderr.splitlines()
    assert first.startswith("error: in/tiga.txt: not text but a PNG picture")
    assert closing.startswith("2 articles made, 0 unchanged, 0 removed, 1 failed;")
    (inputs / "tiga.txt").unlink()
    result = dw("publish", "in", "-o", "site")
    assert (result.exit_code, result.stderr.split(";")[0]) == (0, "0 articles made, 2 unchanged, 0 removed, 0 failed")


def test_the_wording_of_people_is_what_is_published(dw: Dw, inputs: Path) -> None:
    assert dw("translate", "in/satu.txt", "--to", "po,html").exit_code == 0
    edited = inputs / "satu.id-en.po"
    text = edited.read_text("utf-8")
    assert 'msgstr "KEDUA PIHAK PUAS."' in text
    edited.write_text(text.replace("KEDUA PIHAK PUAS.", "Both sides are content."), "utf-8")
    result = dw("publish", "in", "-o", "site")
    assert result.exit_code == 0, result.stderr
    assert "Both sides are content." in (inputs.parent / "site" / "articles" / "satu.html").read_text("utf-8")
    assert sorted(p.name for p in (inputs.parent / "site" / "articles").iterdir()) == ["dua.html", "satu.html"]


def test_a_broken_input_folder_is_an_error(dw: Dw) -> None:
    result = dw("publish", "nowhere", "-o", "site")
    assert (result.exit_code, result.stderr) == (1, "error: nowhere: no such folder of articles\n")
    assert issubclass(InputError, DwibahasaError)
