"""A static bilingual site of many articles: index, concordance, search in both languages, feeds; works from a disk."""

from .articles import Article, article
from .site import Outcome, Site

__all__ = ["Article", "Outcome", "Site", "article"]
