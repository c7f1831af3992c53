"""Reads recipe.toml: what the model is trained on, and how."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DEFAULT = Path(__file__).with_name("recipe.toml")


@dataclass(frozen=True)
class Source:
    """Shares of a source that one pass of each mix draws, and the source's licence."""

    broad: float
    final: float
    licence: str = "not stated"


@dataclass(frozen=True)
class Recipe:
    """The tables of the recipe by name, and its sources."""

    seed: int
    corpus: dict[str, Any]
    mix: dict[str, Any]
    network: dict[str, Any]
    train: dict[str, Any]
    develop: dict[str, Any]
    evaluate: dict[str, Any]
    sources: dict[str, Source]

    def source(self, name: str) -> Source:
        """The source NAME; one that the recipe does not name has the weight `other` in both mixes."""
        return self.sources.get(name) or Source(self.corpus["other"], self.corpus["other"])


def read_recipe(path: Path = DEFAULT) -> Recipe:
    """Raises OSError, tomllib.TOMLDecodeError, or TypeError for a key that is missing or unknown."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Recipe(**{**table, "sources": {name: Source(**row) for name, row in table["sources"].items()}})
