"""Bilingual documents out: one module a format, registered by name and suffix in `WRITERS`."""

from . import html, jsonl, po, tmx  # noqa: F401 - each registers its format
from ._base import WRITERS, Writer, write

__all__ = ["WRITERS", "Writer", "write"]
