"""The files of a site, and which of them are new."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._version import __version__
from ..document import BilingualDocument
from ..errors import DwibahasaError, InputError
from ..files import write_file
from ..writers.html import write_html
from .articles import Article, Place, article, slug_of, term_slug, topics
from .searching import parts, script

if TYPE_CHECKING:
    from jinja2 import Environment

STATE = "site.json"
"""File in the site's folder that says what was published and by which program; only files it names are ever removed."""
FEED = 30  # entries of the feeds
_THEME = Path(__file__).parent / "theme"


Marked = tuple[str, list[tuple[str, bool]], list[tuple[str, bool]]]
"""Id of a unit, its source and its target in parts, with whether each part is the term."""


@dataclass
class Outcome:
    """Counts of a run: articles made anew, taken over unchanged, removed; and files written."""

    made: int = 0
    kept: int = 0
    removed: int = 0
    written: int = 0


@dataclass
class Site:
    """A site in a folder. `url` is the address it will have, for the feeds; without it they have relative links.
    `theme` is a folder with templates and a `site.css` that stand for those of the package, by name."""

    folder: Path
    title: str = "dwibahasa"
    url: str = ""
    theme: Path | None = None
    outcome: Outcome = field(default_factory=Outcome)

    def __post_init__(self) -> None:
        if self.theme and not self.theme.is_dir():
            raise InputError(f"{self.theme}: no such folder for a theme")
        self._before = self._read_state()
        self._articles: dict[str, Article] = {}
        self._keys: dict[str, str] = {}
        self._files: set[str] = set()
        self._taken: set[str] = set()

    def _read_state(self) -> dict[str, Any]:
        path = self.folder / STATE
        if not path.exists():
            if self.folder.is_dir() and any(self.folder.iterdir()):
                raise InputError(f"{self.folder}: is not empty and no site of dwibahasa; choose another folder with -o")
            return {"articles": {}, "files": []}
        try:
            state = json.loads(path.read_text(encoding="utf-8"))
            return {"articles": dict(state["articles"]), "files": list(map(str, state["files"]))}
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise InputError(f"{path}: cannot be read ({error}); delete it to publish all anew") from error

    def add(self, name: str, key: str, make: Callable[[], BilingualDocument]) -> None:
        """Publish the article NAME, a path below the input folder. MAKE is called only where KEY, which stands for all
        that it depends on, is another than at the last time. Raises what MAKE raises; the site then keeps the article
        as it was."""
        key = hashlib.sha256(f"{__version__}\n{key}\n{self._look}".encode()).hexdigest()
        before = self._before["articles"].get(name, {})
        old = self._old(before)
        slug = slug_of(old.slug if old else str(Path(name).with_suffix("")), self._taken)
        page = f"articles/{slug}.html"
        if old and old.slug == slug and before["key"] == key and (self.folder / page).exists():
            self._keep(name, key, old)
            self.outcome.kept += 1
            return
        try:
            document = make()
        except DwibahasaError:
            if old and old.slug == slug:
                self._keep(name, before["key"], old)
            raise
        one = article(document, slug)
        self._articles[name], self._keys[name] = one, key
        self._write(page, self._page(document, one.terms))
        self._write(f"data/{slug}.js", script("article", slug, one.as_json()))
        self.outcome.made += 1

    def _old(self, before: dict[str, Any]) -> Article | None:
        """The article of the last time, from its data."""
        try:
            path = self.folder / "data" / f"{Path(str(before['slug'])).name}.js"
            record = re.fullmatch(r"dwibahasa\(\"article\",\"[^\"]*\",(.*)\)\n", path.read_text(encoding="utf-8"))
            return Article.from_json(json.loads(record[1])) if record else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, name: str, key: str, old: Article) -> None:
        self._articles[name], self._keys[name] = old, key
        self._files |= {f"articles/{old.slug}.html", f"data/{old.slug}.js"}

    def close(self) -> Outcome:
        """Write what the articles have in common, and remove the pages of articles that are gone."""
        articles = sorted(self._articles.values(), key=lambda a: a.slug)
        articles.sort(key=lambda a: a.date, reverse=True)
        about = topics(articles)
        terms = dict(self._concordance(articles))
        shown = {"articles": articles, "topics": about, "terms": terms, "count": sum(len(a.pairs) for a in articles)}
        self._write("index.html", self._render("index.html.j2", root="", **shown))
        self._write("search.html", self._render("search.html.j2", root="", **shown))
        self._write("terms/index.html", self._render("terms.html.j2", root="../", **shown))
        for slug, entry in terms.items():
            self._write(f"terms/{slug}.html", self._render("term.html.j2", root="../", slug=slug, entry=entry, **shown))
        listed: list[object] = [[a.slug, a.title, a.original, a.date] for a in articles]
        index = parts(articles)
        self._write("search/articles.js", script("articles", listed, list(index)))
        for name, text in index.items():
            self._write(f"search/{name}.js", text)
        feed = {**shown, "articles": [a for a in articles if a.date][:FEED]}
        self._write("feed.atom", self._render("feed.atom.j2", root="", **feed))
        self._write("feed.rss", self._render("feed.rss.j2", root="", **feed))
        for name in ("site.css", "search.js"):
            self._write(name, self._source(name))
        self._finish()
        return self.outcome

    def _finish(self) -> None:
        """Write the state last, after everything that it names; remove what it no longer names."""
        gone = sorted(set(self._before["files"]) - self._files)
        articles = {name: {"slug": a.slug, "key": self._keys[name]} for name, a in sorted(self._articles.items())}
        state = json.dumps({"dwibahasa": __version__, "articles": articles, "files": sorted(self._files)}, indent=1)
        write_file(self.folder / STATE, lambda: state + "\n", overwrite=True)
        for name in gone:
            path = self.folder / name
            if path.resolve().is_relative_to(self.folder.resolve()):
                path.unlink(missing_ok=True)
        self.outcome.removed = len(set(self._before["articles"]) - set(self._articles))

    def _concordance(self, articles: list[Article]) -> Iterator[tuple[str, "Entry"]]:
        """File name and entry of each term, by its English form."""
        found: dict[tuple[str, str], list[tuple[Article, list[Marked]]]] = defaultdict(list)
        for one in articles:
            for term, places in one.terms.items():
                found[term].append((one, list(_marked(one, places))))
        entries: dict[str, Entry] = {}
        for source, target in sorted(found, key=lambda term: (term[1].casefold(), term)):
            entry = entries.setdefault(term_slug(source, target), Entry(source, target, []))
            entry.places.extend(found[source, target])  # two spellings with one file name share it
        yield from entries.items()

    def _page(self, document: BilingualDocument, terms: Iterable[tuple[str, str]]) -> str:
        places = {term: f"../terms/{term_slug(*term)}.html" for term in terms}
        return str(write_html(document, home=(self.title, "../index.html"), concordance=places))

    def _render(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(title=self.title, url=self.url, **values)

    def _source(self, name: str) -> str:
        own = self.theme / name if self.theme else None
        return (own if own and own.exists() else _THEME / name).read_text(encoding="utf-8")

    @cached_property
    def _look(self) -> str:
        """Hash of what article pages depend on beside the article."""
        return hashlib.sha256(self.title.encode()).hexdigest()

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

        folders = [*([self.theme] if self.theme else []), _THEME]
        environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=select_autoescape(enabled_extensions=("j2",), default=True),
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        environment.globals.update(version=__version__, term_slug=term_slug)
        return environment

    def _write(self, name: str, text: str) -> None:
        """Write the file NAME where it is not there with this very text."""
        data = text.encode("utf-8", "replace")
        path = self.folder / name
        self._files.add(name)
        if not path.is_file() or path.read_bytes() != data:
            write_file(path, lambda: data, overwrite=True)
            self.outcome.written += 1


@dataclass(frozen=True)
class Entry:
    """A term in the concordance: its two forms, and the articles with the pairs it stands in."""

    source: str
    target: str
    places: list[tuple[Article, list[Marked]]]

    @property
    def count(self) -> int:
        """Number of sentence pairs."""
        return sum(len(pairs) for _, pairs in self.places)


def _marked(article: Article, places: Iterable[Place]) -> Iterator[Marked]:
    """The pairs of ARTICLE at PLACES, each once."""
    for number, group in groupby(places, key=lambda place: place[0]):
        spans = list(group)
        id, source, target = article.pairs[number]
        yield id, _parted(source, [p[1:3] for p in spans]), _parted(target, [p[3:5] for p in spans])


def _parted(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    parts, at = [], 0
    for start, end in sorted(set(spans)):
        if start >= at:
            parts += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [*parts, (text[at:], False)]
