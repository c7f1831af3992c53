"""`dwibahasa glossary`: term bases."""

import random
from collections.abc import Iterator
from pathlib import Path

import click

from ..document import Term
from ..errors import DwibahasaError, GlossaryError
from ..files import write_file
from ..glossary import FORMATS, Glossary, load_file, write_terms
from ._inputs import glossary_option
from ._pairs import read_pairs
from ._progress import printable, say

FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
DEFAULT = click.option("--default-glossary/--no-default-glossary", default=True, help="Use the shipped term base.")
COUNTS = ("entries", "accepted", "forbidden", "senses", "citations")
PROPOSED = ("source", "target", "accept", "forbid", "sense", "case", "note", "citation", "count", "seen", "example")


@click.group(epilog="Example: dwibahasa glossary lookup 'Korea Utara'")
def glossary() -> None:
    """Check, search, count, convert and begin term bases.

    A FILE is a term base in PO, CSV, TSV or TBX, by its suffix.
    """


@glossary.command(epilog="Example: dwibahasa glossary lint own.csv")
@FILES
@click.pass_context
def lint(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Print what breaks a rule for good entries, one line a finding; later FILEs are meant to win over earlier ones.

    Exit codes: 0 clean, 3 with findings, 2 for a broken file.
    """
    from ..glossary.linting import lint as findings

    loaded = []
    for path in files:
        try:
            loaded.append(load_file(path))
        except GlossaryError as error:
            say("error", str(error))
    found = findings(loaded)
    for path, notice in found:
        _print(f"{path}:{notice.line}: {notice.message}")
    entries = sum(len(file.terms) for file in loaded)
    say("done", f"{_number(entries, 'entry')} in {_number(len(loaded), 'file')}, {_number(len(found), 'finding')}")
    ctx.exit(2 if len(loaded) < len(files) else 3 if found else 0)


@glossary.command(epilog="Example: dwibahasa glossary lookup 'Korea Utara' --glossary own.csv")
@click.argument("term")
@glossary_option
@DEFAULT
@click.pass_context
def lookup(ctx: click.Context, term: str, glossaries: tuple[Path, ...], default_glossary: bool) -> None:
    """Print the entries that have TERM in their source or target, as whole words and in any case.

    Exit code 1 if there are none; those that are one letter away are named then.
    """
    base = _load(glossaries, default_glossary)
    found = [entry for entry in base.terms if _has(entry, term)]
    for number, entry in enumerate(found):
        for line in (*[""] * (number > 0), *_shown(entry)):
            _print(line)
    if not found:
        near = ", ".join(dict.fromkeys(f"{entry.source} ({entry.target})" for entry in base.nearest(term)))
        say("note", f"no entry has {term!r} in its source or target" + (f"; did you mean {near}?" if near else ""))
        ctx.exit(1)


@glossary.command(epilog="Example: dwibahasa glossary stats --sample 200 --seed 6")
@click.argument("files", nargs=-1, metavar="[FILE...]", type=click.Path(path_type=Path))
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Print N entries drawn by chance instead.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Another sample for another number.")
def stats(files: tuple[Path, ...], sample: int | None, seed: int) -> None:
    """Print the entries of each FILE and of all, with their accepted and forbidden forms, senses and citations.

    Without a FILE those of the shipped term bases. A sample is for reading the entries over, one a line.
    """
    if sample:
        terms = [term for path in files or Glossary.default_paths() for term in load_file(path).terms]
        for term in random.Random(seed).sample(terms, min(sample, len(terms))):
            head, *fields, place = map(str.strip, _shown(term))
            _print(" | ".join((head, *fields, Path(place).name)))
        return
    rows = [(printable(path.name), _counts(load_file(path).terms)) for path in files or Glossary.default_paths()]
    rows.append(("all", [sum(column) for column in zip(*(counts for _, counts in rows), strict=True)]))
    width = max(len(name) for name, _ in rows)
    _print(" ".join((" " * width, *(f"{head:>9}" for head in COUNTS))))
    for name, counts in rows:
        _print(" ".join((f"{name:<{width}}", *(f"{count:>9}" for count in counts))))


@glossary.command(epilog="Example: dwibahasa glossary convert own.csv own.tbx")
@click.argument("source", metavar="A", type=click.Path(path_type=Path))
@click.argument("output", metavar="B", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace B if it exists.")
def convert(source: Path, output: Path, force: bool) -> None:
    """Write the term base A as B, in the format of B's suffix.

    What B cannot hold as A does is said, and so is what A leaves out. Comments for editors of a PO file are no part
    of its entries and do not go along.
    """
    format = FORMATS.for_path(output)
    file = load_file(source)
    for notice in file.notices:
        say("note", notice.at(source))
    made = write_terms(file.terms, format, output.stem)
    write_file(output, lambda: made.text, force)
    for note in made.notes:
        say("note", f"{output}: {note}")
    say("done", f"wrote {_number(len(file.terms), 'entry')} to {output}")


@glossary.command(epilog="Example: dwibahasa glossary extract berita.id-en.jsonl > proposed.tsv")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, metavar="N", help="Occurrences needed.")
@glossary_option
@DEFAULT
@click.pass_context
def extract(
    ctx: click.Context, files: tuple[str, ...], least: int, glossaries: tuple[Path, ...], default_glossary: bool
) -> None:
    """Propose entries, as TSV: names and fixed phrases in FILEs that no entry covers, with counts and an example.

    FILEs are Indonesian texts (- for standard input), or bilingual documents of this program in JSON Lines or PO,
    which a person may have edited. With these, `target` has the English that the word links lead to; it stays empty
    where they do not agree. Edit the table, and load it with `--glossary`; the last three columns are not read.
    """
    from ..glossary.extracting import extract as candidates
    from ..glossary.tables import table
    from ..word_alignment import align

    base = _load(glossaries, default_glossary)
    pairs: list[tuple[str, str]] = []
    failed = False
    for name in files:
        try:
            pairs += read_pairs(name)
        except DwibahasaError as error:
            failed = True
            say("error", str(error))
    found = candidates(pairs, base, align, least)
    rows = []
    for c in found:
        case = "exact" if c.source.isupper() and len(c.source) <= 3 else ""
        seen = printable("; ".join(f"{form} ({count})" for form, count in c.seen))
        rows.append((c.source, c.target, "", "", "", case, "", "", c.count, seen, printable(c.example)))
    click.echo(table([PROPOSED, *rows], "\t").encode(), nl=False)
    counts = _number(len(found), "candidate"), sum(bool(c.target) for c in found), _number(len(pairs), "sentence")
    say("done", "{}, {} with a target, from {}".format(*counts))
    ctx.exit(1 if failed else 0)


def _load(glossaries: tuple[Path, ...], default: bool) -> Glossary:
    base = Glossary.load(*(Glossary.default_paths() if default else ()), *glossaries)
    for notice in base.notices:
        say("note", notice)
    return base


def _print(line: str) -> None:
    click.echo(printable(line).encode() + b"\n", nl=False)


def _has(entry: Term, term: str) -> bool:
    wanted = _keys(term)
    return any(wanted in _keys(form) for form in (entry.source, entry.target)) and bool(wanted.strip("\0"))


def _keys(text: str) -> str:
    """The words of TEXT without case and diacritics, so that one run of words is in another where its text is."""
    from ..glossary.tokens import words

    return "\0" + "\0".join(word.key for word in words(text)) + "\0"


def _shown(entry: Term) -> Iterator[str]:
    yield f"{entry.source} → {entry.target}"
    yield from (
        f"  {name}: {value}"
        for name, value in (
            ("accept", "; ".join(entry.accept)),
            ("forbid", "; ".join(entry.forbid)),
            ("sense", entry.sense),
            ("case", entry.case if entry.case != "smart" else ""),
            ("near", "; ".join(entry.near)),
            ("not near", "; ".join(entry.not_near)),
            ("note", entry.note),
            ("citation", entry.citation),
        )
        if value
    )
    yield f"  {entry.file}:{entry.line}"


def _counts(terms: tuple[Term, ...]) -> list[int]:
    accepted, forbidden = (sum(map(len, forms)) for forms in ([t.accept for t in terms], [t.forbid for t in terms]))
    senses, citations = (sum(map(bool, texts)) for texts in ([t.sense for t in terms], [t.citation for t in terms]))
    return [len(terms), accepted, forbidden, senses, citations]


def _number(count: int, noun: str) -> str:
    several = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count} {noun if count == 1 else several}"
