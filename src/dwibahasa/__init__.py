"""Indonesian text in, aligned English out: segments, terms, and bilingual documents, offline."""

__version__ = "0.1.0"
