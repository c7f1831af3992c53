"""Text to blocks with roles to sentences with offsets, by rules for Indonesian news; nothing of a text is lost."""

from .blocks import segment
from .clauses import clause_spans
from .glued import split_glued
from .sentences import sentence_spans

__all__ = ["clause_spans", "segment", "sentence_spans", "split_glued"]
