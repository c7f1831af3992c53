"""Which sentences go through the model together."""

from hypothesis import given
from hypothesis import strategies as st

from dwibahasa.engines.batching import LEAST_BATCHES, StepCost, loops, plan

DECODER = StepCost(fixed=17, sentence=5, spread=True)
ENCODER = StepCost(fixed=3, sentence=1, spread=False)
lengths = st.lists(st.integers(1, 200), max_size=80)


def cost_of(batches: list[list[int]], sizes: list[int], cost: StepCost) -> float:
    total = 0.0
    for batch in batches:
        own = [sizes[i] for i in batch]
        steps = max(own) + (max(own) - min(own) if cost.spread else 0)
        total += steps * (cost.fixed + cost.sentence * len(batch))
    return total


@given(lengths, st.integers(1, 40), st.sampled_from([DECODER, ENCODER]))
def test_a_plan_holds_every_sentence_once_in_batches_of_the_allowed_size(
    sizes: list[int], most: int, cost: StepCost
) -> None:
    batches = plan(sizes, cost, most)
    assert sorted(i for batch in batches for i in batch) == list(range(len(sizes)))
    assert all(0 < len(batch) <= most for batch in batches)
    assert len(batches) >= min(2, len(sizes))
    longest = [max(sizes[i] for i in batch) for batch in batches]
    assert longest == sorted(longest, reverse=True)


@given(lengths, st.integers(1, 40), st.sampled_from([DECODER, ENCODER]))
def test_no_batches_of_one_size_are_cheaper(sizes: list[int], most: int, cost: StepCost) -> None:
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    best = cost_of(plan(sizes, cost, most), sizes, cost)
    for size in range(1, min(most, -(-len(sizes) // LEAST_BATCHES)) + 1):
        fixed = [order[start : start + size] for start in range(0, len(order), size)]
        assert best <= cost_of(fixed, sizes, cost) + 1e-9


def test_a_decoder_keeps_unequal_prompts_apart_and_an_encoder_does_not() -> None:
    sizes = [10] * 8 + [100] * 8
    assert {len({sizes[i] for i in batch}) for batch in plan(sizes, DECODER, 32)} == {1}
    assert len(plan([10] * 8 + [11] * 8, ENCODER, 32)) == LEAST_BATCHES


def test_a_loop_is_a_run_that_stands_four_times() -> None:
    assert loops(list("xyz" + "abc" * 4))
    assert loops(["▁ha"] * 8)
    assert not loops(["▁ha"] * 7)
    assert not loops(list("abcabcabcx"))
    assert not loops(["the", "right"] * 3 + ["to", "rest"])
    assert not loops([])
