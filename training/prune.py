"""Makes a state smaller: drops the feed-forward channels, or whole layers, that its output depends on least.

The importance of a channel is the first-order change of the loss if it were zero (Molchanov et al. 2017), summed over
the pieces of training text. The least important of all layers go together, so that each layer keeps the width it
needs.
"""

from collections.abc import Iterator
from typing import Any

import torch
from torch.nn import functional

from .network import State, build, megabytes
from .train import Example, batches, logits_of, tensors

STEP = 32  # widths are multiples of this
BATCH = 2400


def importance(state: State, examples: list[Example]) -> list[torch.Tensor]:
    """For each layer, the importance of each of its channels on the examples."""
    network = build(state)
    network.requires_grad_(False)
    network.model.embed_tokens.weight.requires_grad_(True)  # so that gradients flow through all layers
    scores = [torch.zeros(layer.mlp.down_proj.in_features) for layer in network.model.layers]

    def watch(number: int) -> Any:
        def before(_: Any, inputs: tuple[torch.Tensor]) -> None:
            values = inputs[0].detach()

            def add(gradient: torch.Tensor) -> None:
                scores[number] += (values.float() * gradient.float()).abs().flatten(0, 1).sum(0)

            inputs[0].register_hook(add)

        return before

    for number, layer in enumerate(network.model.layers):
        layer.mlp.down_proj.register_forward_pre_hook(watch(number))
    for batch in batches(examples, BATCH):
        _loss(network, batch).backward()
        network.zero_grad(set_to_none=True)
    return scores


def _loss(network: Any, batch: list[Example]) -> torch.Tensor:
    """Sum of the cross-entropy over the pieces of the translations."""
    pieces, learned = tensors(batch, "cpu")
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = logits_of(network.model, network, pieces, learned)
        return functional.cross_entropy(logits, torch.roll(pieces, -1, 1)[learned], reduction="sum")


def mean_loss(state: State, examples: list[Example]) -> float:
    """Cross-entropy per piece of the translations, in nats."""
    network = build(state).eval()
    with torch.no_grad():
        total = sum(float(_loss(network, batch)) for batch in batches(examples, BATCH))
    return total / sum(len(ids) - prompt for ids, prompt in examples)


def table(state: State, sample: list[Example], examples: list[Example], sizes: list[int]) -> Iterator[str]:
    """Lines of a table: the loss on EXAMPLES, before any training, without each layer, and narrowed to SIZES (MB)."""
    yield "| network | MB | loss |\n|---|---:|---:|"
    yield f"| whole | {megabytes(state['weights']):.1f} | {mean_loss(state, examples):.3f} |"
    for number in range(len(state["rope"])):
        small = without_layer(state, number)
        yield f"| without layer {number} | {megabytes(small['weights']):.1f} | {mean_loss(small, examples):.3f} |"
    scores = importance(state, sample)
    for size in sizes:
        small = narrow(state, scores, size)
        yield f"| narrowed | {megabytes(small['weights']):.1f} | {mean_loss(small, examples):.3f} |"


def without_layer(state: State, number: int) -> State:
    """STATE without the layer NUMBER (from 0)."""
    weights = {}
    for name, tensor in state["weights"].items():
        parts = name.split(".")
        if parts[1] == "layers":
            layer = int(parts[2])
            if layer == number:
                continue
            parts[2] = str(layer - (layer > number))
        weights[".".join(parts)] = tensor
    return {**state, "weights": weights, "rope": state["rope"][:number] + state["rope"][number + 1 :]}


def narrow(state: State, scores: list[torch.Tensor], size: float) -> State:
    """STATE with the least important channels taken out until it has SIZE megabytes in int8."""
    low, high = 0.0, float(max(score.max() for score in scores))
    for _ in range(40):
        middle = (low + high) / 2
        if megabytes(_narrowed(state, scores, middle)["weights"]) > size:
            low = middle
        else:
            high = middle
    return _narrowed(state, scores, high)


def _narrowed(state: State, scores: list[torch.Tensor], threshold: float) -> State:
    weights = dict(state["weights"])
    for number, score in enumerate(scores):
        width = max(STEP, int((score >= threshold).sum()) // STEP * STEP)
        kept = score.topk(width).indices.sort().values
        mlp = f"model.layers.{number}.mlp"
        for name in ("gate_proj", "up_proj"):
            weights[f"{mlp}.{name}.weight"] = weights[f"{mlp}.{name}.weight"][kept]
        weights[f"{mlp}.down_proj.weight"] = weights[f"{mlp}.down_proj.weight"][:, kept]
    return {**state, "weights": weights}
