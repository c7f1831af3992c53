"""Text to blocks with roles to sentences with offsets, by rules for Indonesian news; nothing of a text is lost."""

from .blocks import SEPARATOR, segment, segment_blocks
from .clauses import clause_spans
from .glued import split_glued
from .sentences import sentence_spans

__all__ = ["SEPARATOR", "clause_spans", "segment", "segment_blocks", "sentence_spans", "split_glued"]
