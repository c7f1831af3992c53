"""Bilingual documents out: one module a format, registered by name and suffix in `WRITERS`."""

from . import docx, epub, html, jsonl, markdown, po, text, tmx, tsv, xliff, xliff12  # noqa: F401 - each registers one
from ._base import WRITERS, Writer, write

__all__ = ["WRITERS", "Writer", "write"]
