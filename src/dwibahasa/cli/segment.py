"""`dwibahasa segment`: what a text is cut into, without translating."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from ..document import Document
from ._inputs import STDIN, html_option, read_source
from ._progress import printable


@click.command(epilog="Example: dwibahasa segment berita.txt --format jsonl | head")
@click.argument("file")
@click.option("--format", "style", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@html_option
def segment(file: str, style: str, html: str) -> None:
    """Print the blocks and segments of FILE (- for standard input)."""
    document = read_source(None if file == STDIN else Path(file), html)
    lines = json_lines(document) if style == "jsonl" else text_lines(document)
    for line in lines:
        click.echo(line.encode() + b"\n", nl=False)


def text_lines(document: Document) -> Iterator[str]:
    """A line for each block (id, role, reason) and below it one for each segment; control characters written out."""
    for block in document.blocks:
        reason = f"  ({printable(block.reason)})" if block.reason else ""
        yield f"{block.id}  {block.role}{reason}"
        for number, part in enumerate(block.segments, 1):
            yield f"  {block.id}.s{number}  {printable(part.text)}"


def json_lines(document: Document) -> Iterator[str]:
    """A JSON object for each segment; `start` and `end` in code points of the decoded text."""
    for block in document.blocks:
        for number, part in enumerate(block.segments, 1):
            fields = {
                "type": "segment",
                "id": f"{block.id}.s{number}",
                "block": block.id,
                "role": block.role,
                "source": part.text,
                "start": part.start,
                "end": part.end,
            }
            if block.reason:
                fields["reason"] = block.reason
            yield json.dumps(fields, ensure_ascii=False)
