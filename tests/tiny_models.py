"""Makes tiny packages that load and run: one layer a side, random weights, so that the text they give is nonsense."""

import json
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece

from conftest import ROOT
from model_folders import ARGOS, DECODER

ARTICLE = ROOT / "corpus" / "articles" / "pakta-selat.txt"
MARKS = ["<en>", "<term>", "<trans>", "</term>"]
TINY_DECODER: dict[str, Any] = DECODER | {"decoder_only": DECODER["decoder_only"] | {"term_markup": MARKS[1:]}}
WIDTH, INNER = 32, 64
_ROWS = {"self_attention/linear_0": 3 * WIDTH, "/attention/linear_1": 2 * WIDTH, "ffn/linear_0": INNER}


def make_pieces(path: Path) -> list[str]:
    """A SentencePiece model of the sample article at PATH; its pieces. The marks are pieces of it."""
    sentencepiece.SentencePieceTrainer.train(
        input=str(ARTICLE),
        model_prefix=str(path.with_suffix("")),
        vocab_size=400,
        byte_fallback=True,
        bos_piece="<bos>",
        eos_piece="<eos>",
        user_defined_symbols=MARKS,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [processor.id_to_piece(i) for i in range(processor.get_piece_size())]


def make_decoder(folder: Path, metadata: dict[str, Any] = TINY_DECODER) -> Path:
    """A decoder-only package."""
    spec = ctranslate2.specs.TransformerDecoderModelSpec.from_config(1, 4, pre_norm=True)
    vocabulary = _begin(folder, metadata, spec)
    spec.register_vocabulary(vocabulary)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<bos>", "<eos>", "<unk>"
    return _finish(folder, spec)


def make_argos(folder: Path, metadata: dict[str, Any] = ARGOS, *, bpe: bool = False) -> Path:
    """An encoder-decoder package with SentencePiece or, with BPE, `bpe.model`."""
    spec = ctranslate2.specs.TransformerSpec.from_config(1, 4, pre_norm=True)
    vocabulary = _begin(folder, metadata, spec, bpe)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    return _finish(folder, spec)


def _begin(folder: Path, metadata: dict[str, Any], spec: Any, bpe: bool = False) -> list[str]:
    (folder / "model").mkdir(parents=True)
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    vocabulary = _make_codes(folder / "bpe.model") if bpe else make_pieces(folder / "sentencepiece.model")
    _fill(spec, len(vocabulary))
    return vocabulary


def _make_codes(path: Path) -> list[str]:
    """Byte-pair codes that join two letters at the end of some words; the vocabulary is every letter and joint."""
    pairs = [("a", "n</w>"), ("k", "an</w>"), ("s", "i"), ("d", "i</w>")]
    path.write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in pairs), encoding="utf-8")
    letters = sorted(set(ARTICLE.read_text(encoding="utf-8")) - set(" \n"))
    joints = ["an", "kan", "di", "si@@"]
    return ["<unk>", "<s>", "</s>", *letters, *(f"{letter}@@" for letter in letters), *joints]


def _fill(spec: Any, size: int) -> None:
    """Give SPEC random weights, its embeddings SIZE rows."""
    rng = np.random.default_rng(1)
    for name in spec.variables():
        *path, last = name.split("/")
        layer = spec
        for step in path:
            stem, _, number = step.rpartition("_")
            listed = number.isdigit() and not hasattr(layer, step)
            layer = getattr(layer, stem)[int(number)] if listed else getattr(layer, step)
        place = "/".join(path)
        if last in ("gamma", "beta"):
            setattr(layer, last, np.full(WIDTH, last == "gamma", "float32"))
        elif last == "weight":
            rows = next((rows for end, rows in _ROWS.items() if place.endswith(end)), WIDTH)
            rows = size if "embeddings" in place or "projection" in place else rows
            columns = INNER if place.endswith("ffn/linear_1") else WIDTH
            setattr(layer, last, rng.normal(0, 0.3, (rows, columns)).astype("float32"))


def _finish(folder: Path, spec: Any) -> Path:
    spec.validate()
    spec.save(str(folder / "model"))
    return folder
