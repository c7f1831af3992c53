"""`dwibahasa publish`: a folder of articles in, a static bilingual site out."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..document import BilingualDocument
from ..errors import DwibahasaError, InputError, LanguageError
from ..files import read_file
from ._inputs import glossary_option, policy_option
from ._progress import Reporter

if TYPE_CHECKING:
    from ..glossary import Glossary
    from ..translation import Translator

EXAMPLES = """\b
Examples:
  dwibahasa publish berita/ -o site --title "Kabar Dunia"
  dwibahasa publish berita/ -o site --url https://example.org/kabar/ --theme our-theme"""
_BOTH = ".id-en"


@click.command(epilog=EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "site", required=True, type=click.Path(file_okay=False, path_type=Path), help="The site's folder."
)
@click.option("--title", default="dwibahasa", show_default=True, help="Name of the site.")
@click.option("--url", default="", metavar="URL", help="Address that the site will have, for its feeds.")
@click.option(
    "--theme",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Templates and site.css that stand for those of the package, by name.",
)
@glossary_option
@policy_option
@click.option("--model", metavar="NAME|PATH", help="The model package; see `dwibahasa model list`.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def publish(
    ctx: click.Context,
    /,
    folder: Path,
    site: Path,
    title: str,
    url: str,
    theme: Path | None,
    quiet: bool,
    **loading: Any,
) -> None:
    """Publish the articles in a folder as a static bilingual site.

    An article is a text, or its bilingual file (NAME.id-en.po and the like), which goes first: the wording of people
    is what is published. Only what has changed since the last time is translated and written.
    """
    from ..publishing import Site

    if not folder.is_dir():
        raise InputError(f"{folder}: {'is a file, not a folder' if folder.exists() else 'no such folder'} of articles")
    run = _Run(Reporter("auto", quiet), loading)
    target = Site(site, title, url.rstrip("/") + "/" if url else "", theme)
    for article in _articles(folder, site, run.reporter):
        try:
            target.add(article.name, run.key(article), partial(run.document, article))
        except DwibahasaError as error:
            run.fail(article, error)
    done = target.close()
    run.reporter.close(
        f"{done.made} articles made, {done.kept} unchanged, {done.removed} removed, {run.failed} failed; "
        f"{done.written} files written in {site}",
        **vars(done),
        failed=run.failed,
    )
    ctx.exit(1 if run.failed else 0)


@dataclass(frozen=True, slots=True)
class _Article:
    """An article of the input folder: its name below it, the file, and whether that is a bilingual one."""

    name: str
    path: Path
    bilingual: bool


@dataclass
class _Run:
    reporter: Reporter
    loading: dict[str, Any]
    failed: int = 0

    @cached_property
    def translator(self) -> "Translator":
        """Loaded when the first text needs it."""
        from ..translation import Translator

        return Translator.load(**self.loading)

    @cached_property
    def glossary(self) -> "Glossary":
        """The term bases, for bilingual files."""
        from ..glossary import Glossary

        return Glossary.load(*Glossary.default_paths(), *self.loading["glossaries"])

    def key(self, article: _Article) -> str:
        """What the article depends on."""
        made_by = self.glossary.signature if article.bilingual else self.translator.signature
        return f"{article.name}\n{hashlib.sha256(read_file(article.path)).hexdigest()}\n{made_by}"

    def document(self, article: _Article) -> BilingualDocument:
        """The article with its translation."""
        from ..bilingual import read_bilingual
        from ..readers import read

        if article.bilingual:
            return read_bilingual(article.path, self.glossary)
        with self.reporter.track() as update:
            return self.translator.translate(
                read(article.path), on_unit=lambda document, done, total: update(document.name, done, total)
            )

    def fail(self, article: _Article, error: DwibahasaError) -> None:
        self.failed += 1
        message = str(error).removeprefix(f"{article.path}: ").removeprefix(f"{article.path.name}: ")
        if isinstance(error, LanguageError):
            message += "; `dwibahasa translate --force-language id` translates it all the same"
        self.reporter.message("error", f"{article.path}: {message}")


def _articles(folder: Path, site: Path, reporter: Reporter) -> Iterator[_Article]:
    """The articles below FOLDER in order of their names; what lies in SITE is none."""
    from ..bilingual import BILINGUAL
    from ..readers import READERS

    sources: dict[str, Path] = {}
    edited: dict[str, Path] = {}
    for path in _files(folder, site, lambda error: reporter.message("error", str(error))):
        name = path.relative_to(folder).as_posix()
        stem = str(Path(name).with_suffix(""))
        if _known(BILINGUAL, path):
            key = stem.removesuffix(_BOTH)
            if key not in edited or _age(edited[key]) < _age(path):
                edited[key] = path
        elif _known(READERS, path) and not stem.endswith(_BOTH) and not _copy(path):
            if stem in sources:
                reporter.message("warning", f"{path}: has the same name as {sources[stem]}, which is published")
            sources.setdefault(stem, path)
    for key in sorted({*sources, *edited}):
        if key in edited and key in sources and _age(edited[key]) < _age(sources[key]):
            reporter.message(
                "warning", f"{sources[key]}: is newer than {edited[key]}, which is published; translate it again"
            )
        yield _Article(key, edited.get(key) or sources[key], key in edited)


def _files(folder: Path, site: Path, onerror: Callable[[OSError], object]) -> Iterator[Path]:
    for here, folders, names in os.walk(folder, onerror=onerror):
        folders[:] = sorted(n for n in folders if not n.startswith(".") and Path(here, n).resolve() != site.resolve())
        yield from (Path(here, name) for name in sorted(names) if not name.startswith("."))


def _known(registry: Any, path: Path) -> bool:
    """Whether REGISTRY has a format for the suffix of PATH."""
    try:
        return bool(path.suffix and registry.for_path(path))
    except DwibahasaError:
        return False


def _copy(path: Path) -> bool:
    """Whether PATH is a translated copy, NAME.en.docx beside NAME.docx."""
    stem = Path(path.stem)
    return stem.suffix == ".en" and path.with_name(stem.stem + path.suffix).exists()


def _age(path: Path) -> float:
    return path.stat().st_mtime
