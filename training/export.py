"""Writes a state as a package for CTranslate2: int8, with the tokenizer and the metadata that say how to prompt it."""

import json
import shutil
from pathlib import Path

import ctranslate2.converters.transformers as converters
import sacrebleu
import sentencepiece

from dwibahasa.engines import Request, Settings, load_engine
from dwibahasa.models import read_package

from .network import GLOBAL_BASE, LOCAL_BASE, State, build
from .terms import MARKS

METADATA = {
    "type": "translate",
    "from_code": "id",
    "from_name": "Indonesian",
    "to_code": "en",
    "to_name": "English",
}


def export(state: State, folder: Path, version: str = "0") -> None:
    """Write the package; a folder that is there is replaced."""
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=state["vocabulary"])
    network = build(state).eval().requires_grad_(False)
    network.config.rope_theta, network.config.rope_local_base_freq = GLOBAL_BASE, LOCAL_BASE  # where the loader looks
    spec = converters._MODEL_LOADERS["Gemma3TextConfig"].get_model_spec(network)
    spec.register_vocabulary([tokenizer.id_to_piece(i) for i in range(tokenizer.get_piece_size())])
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<bos>", "<eos>", "<unk>"
    spec.config.layer_norm_epsilon = 1e-6
    spec.validate()
    spec.optimize(quantization="int8")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "model").mkdir(parents=True)
    spec.save(str(folder / "model"))
    shutil.copy(state["vocabulary"], folder / "sentencepiece.model")
    decoder = {"prompt": ["<bos>", "{source}", "<en>"], "end": "<eos>", "term_markup": list(MARKS)}
    metadata = {**METADATA, "package_version": version, "decoder_only": decoder}
    (folder / "metadata.json").write_text(json.dumps(metadata, indent=2) + "\n", encoding="utf-8")


def score(folder: Path, pairs: list[tuple[str, str]], beam: int = 1) -> dict[str, float]:
    """BLEU and chrF2++ of the package on PAIRS, each sentence by itself."""
    engine = load_engine(read_package(folder), Settings(beam=beam))
    outputs = [result.hypotheses[0].text for result in engine.translate(Request(source) for source, _ in pairs)]
    references = [[target for _, target in pairs]]
    return {
        "bleu": round(sacrebleu.corpus_bleu(outputs, references).score, 2),
        "chrf": round(sacrebleu.corpus_chrf(outputs, references, word_order=2).score, 2),
    }
