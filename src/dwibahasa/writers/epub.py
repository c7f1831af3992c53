"""EPUB 3.3: a book to read on any reading system, original and translation paired by paragraph.

The pages' markup lies in `book/`; `epub_chapters` turns the units into what they show. This module puts the container
together (W3C, EPUB 3.3, sections 4 and 5).
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .._version import __version__
from ..document import BilingualDocument, TranslationUnit
from ._about import (
    FIXED_DATE,
    document_findings,
    facts,
    iso_date,
    language_tag,
    remarks,
    term_entries,
    titles,
    unit_labels,
)
from ._base import WRITERS, kept_units, one_line, xml_text
from .epub_chapters import chapters_of

if TYPE_CHECKING:
    from jinja2 import Environment

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_NAMESPACE = "6b1f6f0c-4d0e-5a55-9d3b-0d8f7c2f5a11"


@WRITERS.register("epub", ".epub")
def write_epub(document: BilingualDocument, *, keep_boilerplate: bool = False) -> bytes:
    """The book: title page, contents, a chapter a headline (long ones cut), terms and colophon.

    Its identifier is a UUID of its content (version 5), and its date of change that of `iso_date`, so the same document
    gives the same bytes and another document another identifier.
    """
    from uuid import UUID, uuid5

    units = kept_units(document, keep_boilerplate)
    pages = _pages(document, units)
    digest = hashlib.sha256("\0".join(text for pair in pages.items() for text in pair).encode()).hexdigest()
    package = pages.pop("package.opf").replace(_PLACE, str(uuid5(UUID(_NAMESPACE), digest)))
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        _add(archive, "mimetype", "application/epub+zip", ZIP_STORED)
        _add(archive, "META-INF/container.xml", _CONTAINER)
        for name, text in {"package.opf": package, **pages, "style.css": _style()}.items():
            _add(archive, f"EPUB/{name}", text)
    return content.getvalue()


_PLACE = "identifier-of-the-content"


def _pages(document: BilingualDocument, units: Sequence[TranslationUnit]) -> dict[str, str]:
    """Each file of the book and its text."""
    title, original = titles(document, units)
    chapters = chapters_of(document, units, title)
    terms = term_entries(units)
    date = iso_date(document)
    shared = {
        "source_language": language_tag(document.source_language),
        "target_language": language_tag(document.target_language),
        "original": original,
        "facts": facts(document),
        "remarks": remarks(document, units),
        "chapters": chapters,
        "back_title": "Terms and colophon" if terms else "Colophon",
    }
    places = {id: f"{chapter.file}#{anchor}" for chapter in chapters for id, anchor in chapter.anchors.items()}
    own: dict[str, dict[str, object]] = {
        "package.opf": {
            "title": title,
            "identifier": _PLACE,
            "author": one_line(document.source.about.author),
            "version": __version__,
            "date": date if date != FIXED_DATE else "",
            "modified": date,
        },
        "nav.xhtml": {"title": "Contents"},
        "title.xhtml": {"title": title, "findings": document_findings(document)},
        "back.xhtml": {
            "title": shared["back_title"],
            "terms": terms,
            "places": places,
            "labels": unit_labels(units),
            "signature": one_line(document.signature),
        },
    }
    pages = {name: _render(name, {**shared, **values}) for name, values in own.items()}
    for chapter in chapters:
        values = {"title": chapter.title, "groups": chapter.groups(), "notes": chapter.notes}
        pages[chapter.file] = _render("chapter.xhtml", {**shared, **values})
    return pages


def _render(name: str, values: dict[str, object]) -> str:
    # XML gives a carriage return back only where it stands as a reference.
    return xml_text(_templates().get_template(f"{name}.j2").render(values)).replace("\r", "&#13;")


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    loader = PackageLoader("dwibahasa.writers", "book")
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.globals["lang"] = lambda tag: Markup('lang="{0}" xml:lang="{0}"').format(tag)
    return environment


@cache
def _style() -> str:
    from importlib.resources import files

    return (files("dwibahasa.writers") / "book" / "style.css").read_text("utf-8")


def _add(archive: ZipFile, name: str, text: str, method: int = ZIP_DEFLATED) -> None:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = method
    archive.writestr(entry, text.encode("utf-8"))
