"""Any Argos package, a folder or an installed `.argosmodel`, run by `ctranslate2.Translator`."""

import re
from pathlib import Path
from typing import Any, Protocol

from ..errors import ModelError
from ..models import Package, read_metadata
from ._ctranslate2 import CTranslate2Engine, Prompt, Settings
from .base import Request
from .batching import StepCost


class _Tokenizer(Protocol):
    def encode(self, text: str) -> list[str]: ...

    def decode(self, pieces: list[str]) -> str: ...


class ArgosEngine(CTranslate2Engine):
    """Runs an encoder-decoder package with SentencePiece or BPE (`bpe.model`, through sacremoses)."""

    step_cost = StepCost(fixed=3, sentence=1, spread=False)
    best_batch = 128

    def __init__(self, package: Package, settings: Settings | None = None) -> None:
        import ctranslate2

        super().__init__(package, settings or Settings())
        prefix = read_metadata(package.path).get("target_prefix") or ""
        if not isinstance(prefix, str):
            raise ModelError(f"{package.path / 'metadata.json'}: target_prefix is not a string: {prefix!r}")
        self._prefix = [prefix] if prefix else []
        self._load(ctranslate2.Translator, lambda: _tokenizer(package))

    def _encode(self, request: Request) -> list[str]:
        return self._pieces(re.sub(r"\s+", " ", request.text))

    def _pieces(self, text: str) -> list[str]:
        return list(self._tokenizer.encode(text)) if text else []

    def _submit(self, prompts: list[Prompt], limit: int, **options: Any) -> list[Any]:
        return list(
            self._model.translate_batch(
                [prompt.source for prompt in prompts],
                target_prefix=[[*self._prefix, *prompt.prefix] for prompt in prompts],
                beam_size=self.settings.beam,
                num_hypotheses=self.settings.beam,
                max_decoding_length=limit,
                replace_unknowns=True,
                return_scores=True,
                asynchronous=True,
                **options,
            )
        )

    def _decode(self, pieces: list[str]) -> str:
        if self._prefix and pieces[:1] == self._prefix:
            pieces = pieces[1:]
        return str(self._tokenizer.decode(pieces)).strip()


class _SentencePiece:
    def __init__(self, path: Path) -> None:
        import sentencepiece

        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(path))

    def encode(self, text: str) -> list[str]:
        return list(self._processor.encode(text, out_type=str))

    def decode(self, pieces: list[str]) -> str:
        return str(self._processor.decode(pieces))


class _BytePairs:
    """Moses tokens cut by byte-pair codes, as Argos packages of version 1.9 and later carry them in `bpe.model`."""

    def __init__(self, path: Path, source: str, target: str) -> None:
        from argostranslate.apply_bpe import BPE
        from sacremoses import MosesDetokenizer, MosesPunctNormalizer, MosesTokenizer

        with path.open(encoding="utf-8") as codes:
            for number, line in enumerate(codes, 1):  # BPE ends the process over such a line
                if not line.startswith("#version:") and len(line.strip("\r\n ").split(" ")) != 2:
                    raise ModelError(f"{path}:{number}: not a pair of byte-pair units")
            self._codes = BPE(codes)
        self._normalizer, self._tokenizer = MosesPunctNormalizer(source), MosesTokenizer(source)
        self._detokenizer = MosesDetokenizer(target)

    def encode(self, text: str) -> list[str]:
        return list(self._codes.segment_tokens(self._tokenizer.tokenize(self._normalizer.normalize(text))))

    def decode(self, pieces: list[str]) -> str:
        return str(self._detokenizer.detokenize(re.sub("@@( |$)", "", " ".join(pieces)).split(" ")))


def _tokenizer(package: Package) -> _Tokenizer:
    codes = package.path / "bpe.model"
    if codes.is_file():
        return _BytePairs(codes, package.source_language, package.target_language)
    return _SentencePiece(package.path / "sentencepiece.model")
