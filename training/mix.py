"""Draws what one pass of training sees: pairs by the weights of their sources, some with inline terms, some spoiled."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from . import noise
from .corpus import Pair
from .recipe import Recipe
from .terms import Terms


def draw(pairs: list[Pair], recipe: Recipe, mix: str, number: int) -> Iterator[tuple[str, str]]:
    """Source and target of the pass NUMBER over the mix (`broad` or `final`), in random order; same numbers, same text.

    A weight of 1.3 draws every pair once and three of ten a second time.
    """
    rng = Random(f"{recipe.seed} {mix} {number}")
    by_name: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_name[pair.name].append(pair)
    drawn: list[Pair] = []
    for name, rows in sorted(by_name.items()):
        whole, part = divmod(getattr(recipe.source(name), mix), 1)
        drawn += rows * int(whole) + rng.sample(rows, round(part * len(rows)))
    rng.shuffle(drawn)
    terms = Terms(recipe.mix["counterfactual"])
    for pair in drawn:
        yield _changed(pair.source, pair.target, terms, recipe, rng)


def _changed(source: str, target: str, terms: Terms, recipe: Recipe, rng: Random) -> tuple[str, str]:
    if '"' in source and '"' in target and rng.random() < recipe.mix["curly_quotes"]:
        source, target = noise.curly(source), noise.curly(target)
    elif rng.random() < recipe.mix["plain_quotes"]:
        source, target = noise.straight(source), noise.straight(target)
    lot = rng.random() - recipe.mix["terms"]
    if lot < 0:
        return terms.annotate(source, target, rng)
    return noise.spoil(source, target, rng) if lot < recipe.mix["noise"] else (source, target)
