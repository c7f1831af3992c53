"""The network in torch: Gemma 3 270M as transformers has it, but with any choice of its layers and of the inner width
of each. Weights are read from a CTranslate2 package, and a state carries its own description.

A state is a dict: `weights` (name to tensor), `rope` (for each layer, whether its attention is global), `vocabulary`
(path of the SentencePiece model) and `history` (what was done before this run, for the card).
"""

import re
import struct
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from transformers import Gemma3ForCausalLM, Gemma3TextConfig

WIDTH, HEADS, HEAD = 640, 4, 256
GLOBAL_BASE, LOCAL_BASE = 1_000_000.0, 10_000.0  # of the rotary position embedding
WINDOW = 512
EMBEDDING, PROJECTION = "model.embed_tokens.weight", "lm_head.weight"
_LINEAR = {
    "self_attention/linear_1": "self_attn.o_proj",
    "ffn/linear_0": "mlp.gate_proj",
    "ffn/linear_0_noact": "mlp.up_proj",
    "ffn/linear_1": "mlp.down_proj",
}
_NORM = {
    "input_layer_norm": "input_layernorm",
    "post_attention_layer_norm": "post_attention_layernorm",
    "pre_feedforward_layer_norm": "pre_feedforward_layernorm",
    "post_feedforward_layer_norm": "post_feedforward_layernorm",
    "self_attention/q_norm": "self_attn.q_norm",
    "self_attention/k_norm": "self_attn.k_norm",
}

State = dict[str, Any]


def config(pieces: int, rope: list[bool]) -> Gemma3TextConfig:
    """Description of a network with a layer for each item of ROPE (True: global attention)."""
    return Gemma3TextConfig(
        vocab_size=pieces,
        hidden_size=WIDTH,
        intermediate_size=2048,
        num_hidden_layers=len(rope),
        layer_types=["full_attention" if whole else "sliding_attention" for whole in rope],
        num_attention_heads=HEADS,
        num_key_value_heads=1,
        head_dim=HEAD,
        rms_norm_eps=1e-6,
        sliding_window=WINDOW,
        query_pre_attn_scalar=HEAD,
        max_position_embeddings=2048,
        tie_word_embeddings=True,
        attn_implementation="sdpa",
        bos_token_id=2,
        eos_token_id=1,
        pad_token_id=0,
        rope_parameters={
            "sliding_attention": {"rope_type": "default", "rope_theta": LOCAL_BASE},
            "full_attention": {"rope_type": "default", "rope_theta": GLOBAL_BASE},
        },
    )


def build(state: State) -> Gemma3ForCausalLM:
    """The network of a state; the inner width of each layer is that of its weights."""
    weights = state["weights"]
    network = Gemma3ForCausalLM(config(len(weights[EMBEDDING]), state["rope"]))
    for number, layer in enumerate(network.model.layers):
        inner = len(weights[f"model.layers.{number}.mlp.gate_proj.weight"])
        layer.mlp.gate_proj = nn.Linear(WIDTH, inner, bias=False)
        layer.mlp.up_proj = nn.Linear(WIDTH, inner, bias=False)
        layer.mlp.down_proj = nn.Linear(inner, WIDTH, bias=False)
    network.load_state_dict({**weights, PROJECTION: weights[EMBEDDING]})
    return network


def weights_of(network: Gemma3ForCausalLM) -> dict[str, torch.Tensor]:
    """The weights of a network, the embedding once."""
    return {name: tensor for name, tensor in network.state_dict().items() if name != PROJECTION}


def save_state(state: State, path: Path) -> None:
    """Write a state, or anything that torch can write, so that an interrupt leaves the old file."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.rename(path)


def load_state(path: Path) -> State:
    """Read what `save_state` wrote."""
    state: State = torch.load(path, map_location="cpu", weights_only=True)
    return state


def megabytes(weights: dict[str, torch.Tensor]) -> float:
    """Size of the weights in int8 with a scale for each row, in 10^6 bytes."""
    return float(sum(t.numel() + 4 * len(t) if t.ndim > 1 else 4 * t.numel() for t in weights.values()) / 1e6)


def read_package(package: Path) -> State:
    """The state of a CTranslate2 package of this kind; from int8, its weights are exact to about 1 %."""
    stored = _variables(package / "model" / "model.bin")

    def linear(name: str) -> torch.Tensor:
        values = stored[f"{name}/weight"]
        if values.dtype == np.int8:
            values = values / stored[f"{name}/weight_scale"].reshape(-1, 1)
        return torch.from_numpy(values.astype(np.float32))

    def norm(name: str) -> torch.Tensor:
        return torch.from_numpy(stored[f"{name}/gamma"].astype(np.float32))

    weights = {EMBEDDING: linear("decoder/embeddings"), "model.norm.weight": norm("decoder/layer_norm")}
    rope: list[bool] = []
    while f"decoder/layer_{len(rope)}/ffn/linear_0/weight" in stored:
        theirs, ours = f"decoder/layer_{len(rope)}", f"model.layers.{len(rope)}"
        rope.append(float(stored[f"{theirs}/self_attention/rotary_base"].reshape(())) == GLOBAL_BASE)
        joined = linear(f"{theirs}/self_attention/linear_0").split([HEADS * HEAD, HEAD, HEAD])
        for name, tensor in zip("qkv", joined, strict=True):
            weights[f"{ours}.self_attn.{name}_proj.weight"] = tensor.clone()
        weights |= {f"{ours}.{mine}.weight": linear(f"{theirs}/{name}") for name, mine in _LINEAR.items()}
        weights |= {f"{ours}.{mine}.weight": norm(f"{theirs}/{name}") for name, mine in _NORM.items()}
    return {
        "weights": weights,
        "rope": rope,
        "vocabulary": str(package / "sentencepiece.model"),
        "history": _history(package / "MODEL_CARD.md"),
    }


def _history(card: Path) -> str:
    """How the package came about: what its card says under Training, if it has one."""
    found = re.search(r"^\*\*Training\.\*\*\s*(.+)$", card.read_text("utf-8"), re.MULTILINE) if card.exists() else None
    return f"It went on from an earlier package, of which its card says: {found[1]}" if found else ""


def _variables(path: Path) -> dict[str, Any]:
    """The arrays of a CTranslate2 model.bin (version 6 of its format) by name, aliases resolved."""
    data, at = path.read_bytes(), 0
    kinds = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}

    def number(form: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return int(value)

    def text() -> str:
        nonlocal at
        size = number("H")
        at += size
        return data[at - size : at - 1].decode()

    number("I"), text(), number("I")  # version, kind of model, revision
    found: dict[str, Any] = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = kinds.get(number("B")), number("I")
        found[name] = np.frombuffer(data[at : at + size], kind).reshape(shape) if kind else data[at : at + size]
        at += size
    for _ in range(number("I")):
        alias = text()
        found[alias] = found[text()]
    return found
