"""What a page says of itself: in `meta` and `link` elements, in JSON-LD, in `time`."""

import html
import json
from collections.abc import Iterator
from typing import Any

from ..document import About
from ._inline import link_address
from .html_blocks import Page

_TITLES = ("og:title", "twitter:title", "headline", "dc.title")
_AUTHORS = ("author", "article:author", "content_author", "dtk:author", "dc.creator", "cxenseparse:author")
_OUTLETS = ("og:site_name", "publisher", "dc.publisher", "application-name")
_DATES = (
    *("article:published_time", "datepublished", "content_publisheddate", "publishdate", "dtk:publishdate", "pubdate"),
    *("dc.date", "date", "cxenseparse:publishtime"),
)
_ARTICLES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle", "WebPage")
_DEEP = 6
_LONGEST = 500


def about(source: str, page: Page) -> tuple[About, list[str]]:
    """What PAGE says of itself, and all titles that it gives, the best first."""
    metas: dict[str, str] = {}
    canonical, time = "", ""
    for node in page.nodes:
        attributes = node.attributes if node.name in ("meta", "link", "time") else {}
        if node.name == "meta":
            for key in ("property", "name", "itemprop"):
                metas.setdefault(attributes.get(key, "").strip().lower(), _clean(attributes.get("content", "")))
        elif node.name == "link" and "canonical" in attributes.get("rel", "").lower().split():
            canonical = canonical or attributes.get("href", "").strip()
        elif node.name == "time":
            time = time or attributes.get("datetime", "").strip()
    said = {key: value for data in map(_article, page.scripts) for key, value in data.items()}
    title = _clean(html.unescape(source[slice(*page.title)])) if page.title else ""
    titles = [text for text in (_first(metas, _TITLES), said.get("headline", ""), title) if text]
    author = _first(metas, _AUTHORS)
    url = canonical or metas.get("og:url", "")
    return About(
        title=titles[0] if titles else "",
        author=said.get("author", "") or ("" if "://" in author else author),
        outlet=_first(metas, _OUTLETS) or said.get("publisher", ""),
        date=_first(metas, _DATES) or said.get("datePublished", "") or time,
        url=link_address(url) if "://" in url else "",
    ), titles


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if metas.get(name)), "")


def _clean(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:_LONGEST]


def _article(script: str) -> dict[str, str]:
    """The fields of the first article in a script of JSON-LD."""
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return {}
    for item in _objects(data, _DEEP):
        kind = item.get("@type")
        if any(name in _ARTICLES for name in (kind if isinstance(kind, list) else [kind])) and item.get("headline"):
            fields = {name: _name(item.get(name)) for name in ("headline", "author", "publisher", "datePublished")}
            return {name: value for name, value in fields.items() if value}
    return {}


def _objects(data: Any, deep: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict) and deep:
        yield data
        for value in data.values():
            yield from _objects(value, deep - 1)
    elif isinstance(data, list) and deep:
        for value in data:
            yield from _objects(value, deep - 1)


def _name(value: Any) -> str:
    """The name in a JSON-LD value: a text, an object with a name, or a list of these."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:10])))
    if isinstance(value, dict):
        value = value.get("name")
    return _clean(html.unescape(value)) if isinstance(value, str) else ""
