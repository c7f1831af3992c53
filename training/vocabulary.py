"""Cuts a SentencePiece BPE vocabulary to the pieces that the corpus uses most.

A piece of a BPE vocabulary is reached by merging smaller pieces, so those on its way stay with it. All bytes, marks
and single Latin letters stay, so nothing is unknown; text with rarer pieces is only cut finer.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from .network import EMBEDDING, State

NORMAL = 1
_LATIN = re.compile(r"[\u0000-\u024f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf\u2100-\u214f\u2581]+")


def read_model(path: Path) -> Any:
    """The SentencePiece model of a file."""
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString(path.read_bytes())
    return model


def count(tokenizer: Any, weighted: Iterable[tuple[str, float]]) -> dict[int, float]:
    """How often each piece is used in texts, each counted with its weight."""
    counts: dict[int, float] = defaultdict(float)
    for text, weight in weighted:
        for piece in tokenizer.encode(text):
            counts[piece] += weight
    return counts


def keep(model: Any, counts: dict[int, float], size: int) -> list[int]:
    """Numbers of the pieces to keep, in order: at least all that are not words, then the most used, then, up to SIZE,
    the most common ones in the order of the vocabulary (its merges)."""
    pieces = model.pieces
    numbers = {piece.piece: i for i, piece in enumerate(pieces) if piece.type == NORMAL}
    kept = {i for i, p in enumerate(pieces) if p.type != NORMAL or (len(p.piece) < 3 and _letter(p.piece))}
    ranked = sorted(numbers.values(), key=lambda i: (-counts.get(i, 0), -pieces[i].score))
    for number in ranked:
        if len(kept) >= size:
            break
        if number not in kept and _LATIN.fullmatch(pieces[number].piece):
            kept |= {number, *_parts(pieces, numbers, number)}
    return sorted(kept)


def _letter(piece: str) -> bool:
    return bool(_LATIN.fullmatch(piece)) and (len(piece) == 1 or piece[0] == "▁")


def _parts(pieces: Any, numbers: dict[str, int], number: int) -> set[int]:
    """The pieces that are made on the way to a piece."""
    parts, made = list(pieces[number].piece), set()
    while len(parts) > 1:
        joined = [numbers.get(left + right) for left, right in pairwise(parts)]
        options = [(pieces[n].score, -at, n) for at, n in enumerate(joined) if n is not None]
        if not options:
            break
        _, at, best = max(options)
        parts[-at : 2 - at] = [pieces[best].piece]
        made.add(best)
    return made


def cut(state: State, weighted: Iterable[tuple[str, float]], size: int, path: Path) -> State:
    """STATE with a vocabulary of about SIZE pieces, written to PATH."""
    model = read_model(Path(state["vocabulary"]))
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())
    kept = keep(model, count(tokenizer, weighted), size)
    pieces = [model.pieces[number] for number in kept]
    small = sentencepiece_model_pb2.ModelProto()
    small.CopyFrom(model)
    del small.pieces[:]
    small.pieces.extend(pieces)
    small.trainer_spec.vocab_size = len(pieces)
    path.write_bytes(small.SerializeToString())
    embedding = state["weights"][EMBEDDING][kept].clone()
    return {**state, "weights": {**state["weights"], EMBEDDING: embedding}, "vocabulary": str(path)}
