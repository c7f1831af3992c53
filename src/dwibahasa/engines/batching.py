"""Which sentences go through the model together.

A batch takes as many decoding steps as its longest member needs. A decoder-only model adds the difference between
its longest and its shortest prompt to that: CTranslate2 forwards only the shortest prompt of a batch at once and
feeds the rest of the longer ones token by token (OpenNMT/CTranslate2 issue 1480). A step costs a fixed time and a
time for each sentence in it. The plan is the cheapest cut of the length-sorted sentences into batches.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepCost:
    """Time of one decoding step, in any unit: `fixed` and `sentence` for each sentence (and each of its beams).

    `spread` says whether the difference between prompt lengths costs steps (decoder-only models).
    """

    fixed: float
    sentence: float
    spread: bool


LEAST_BATCHES = 4
"""Batches into which a few sentences are cut at least, so that processors share them. It does not depend on how many
processors there are, and so the translation does not either."""


def plan(lengths: Sequence[int], cost: StepCost, max_batch: int) -> list[list[int]]:
    """Cut the indices of LENGTHS (pieces of each prompt) into batches of at most MAX_BATCH, the longest first.

    Deterministic; O(n log n + n * max_batch).
    """
    order = sorted(range(len(lengths)), key=lambda index: (lengths[index], index))
    most = max(1, min(max_batch, -(-len(order) // LEAST_BATCHES)))
    best = [0.0]
    cuts = [0]
    for end in range(1, len(order) + 1):
        longest = lengths[order[end - 1]]
        choices = []
        for start in range(max(0, end - most), end):
            steps = longest + (longest - lengths[order[start]] if cost.spread else 0)
            choices.append((best[start] + steps * (cost.fixed + cost.sentence * (end - start)), start))
        total, start = min(choices)
        best.append(total)
        cuts.append(start)
    batches = []
    end = len(order)
    while end:
        batches.append(order[cuts[end] : end])
        end = cuts[end]
    return batches


def loops(pieces: Sequence[str], longest: int = 12, times: int = 4) -> bool:
    """Whether a run of at most LONGEST pieces stands TIMES times in a row and makes up at least 8 pieces."""
    for period in range(1, longest + 1):
        run = 0
        for index in range(period, len(pieces)):
            run = run + 1 if pieces[index] == pieces[index - period] else 0
            if run >= max(period * (times - 1), 8 - period):
                return True
    return False
