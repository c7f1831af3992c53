"""Decoder-only packages, such as the bundled one, run by `ctranslate2.Generator`.

The package's metadata.json says how (key `decoder_only`): the pieces around the source's pieces, the piece that ends
the output, and the marks of an inline term where the model knows them.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import ModelError
from ..models import Package, read_metadata
from ._ctranslate2 import CTranslate2Engine, Prompt, Settings
from .base import Request
from .batching import StepCost


class DecoderEngine(CTranslate2Engine):
    """Runs a decoder-only package. Source text is never read as a mark of the prompt, whatever stands in it."""

    step_cost = StepCost(fixed=17, sentence=5, spread=True)  # milliseconds, measured
    best_batch = 32
    prefix_in_output = False

    def __init__(self, package: Package, settings: Settings | None = None) -> None:
        import ctranslate2
        import sentencepiece

        super().__init__(package, settings or Settings())
        spec = read_metadata(package.path)["decoder_only"]
        at = spec["prompt"].index("{source}")
        self._before, self._after = spec["prompt"][:at], spec["prompt"][at + 1 :]
        self._end = spec["end"]
        self._markup = spec.get("term_markup")
        self.term_markup = self._markup is not None
        pieces = str(package.path / "sentencepiece.model")
        self._load(ctranslate2.Generator, lambda: sentencepiece.SentencePieceProcessor(model_file=pieces))
        marks = [*self._before, *self._after, self._end, *(self._markup or ())]
        _check_pieces(package.path, self._tokenizer, marks)
        self._marks = frozenset(marks)
        self._mark = next(iter(self._after or self._before))

    def _encode(self, request: Request) -> list[str]:
        if not self._markup or not request.terms:
            return [*self._before, *self._text(request.text, True, True), *self._after]
        open_, middle, close = self._markup
        pieces, at = list(self._before), 0
        for term in request.terms:
            pieces += self._text(request.text[at : term.start], at == 0, False)
            pieces += [open_, *self._text(request.text[term.start : term.end], False, False)]
            pieces += [middle, *self._text(term.target, False, False), close]
            at = term.end
        return [*pieces, *self._text(request.text[at:], False, True), *self._after]

    def _pieces(self, text: str) -> list[str]:
        return self._text(text, True, True) if text else []

    def _text(self, text: str, first: bool, last: bool) -> list[str]:
        """Pieces of TEXT, in which no mark is read; FIRST and LAST say whether the sentence begins and ends here.

        SentencePiece puts a space before a text and drops the spaces around it; a mark on the inner sides keeps it
        from that, and is taken off again. Text is cut after every `<`, where a mark would begin.
        """
        chunks = re.split(r"(?<=<)", re.sub(r"\s+", " ", text))
        pieces: list[str] = []
        for number, chunk in enumerate(chunks):
            left = not (first and number == 0)
            right = not (last and number == len(chunks) - 1)
            coded = self._tokenizer.encode(
                (self._mark if left else "") + chunk + (self._mark if right else ""), out_type=str
            )
            if left:
                coded = coded[coded.index(self._mark) + 1 :]
            pieces += coded[:-1] if right else coded
        return pieces

    def _submit(self, prompts: list[Prompt], limit: int, **options: Any) -> list[Any]:
        return list(
            self._model.generate_batch(
                [[*prompt.source, *prompt.prefix] for prompt in prompts],
                beam_size=self.settings.beam,
                num_hypotheses=self.settings.beam,
                max_length=limit,
                include_prompt_in_result=False,
                end_token=self._end,
                return_scores=True,
                asynchronous=True,
                **options,
            )
        )

    def _decode(self, pieces: list[str]) -> str:
        return str(self._tokenizer.decode([piece for piece in pieces if piece not in self._marks])).strip()


def _check_pieces(path: Path, tokenizer: Any, marks: Sequence[str]) -> None:
    """Raise `ModelError` where the three files of the package folder PATH do not belong together."""
    pieces = {tokenizer.id_to_piece(number) for number in range(tokenizer.get_piece_size())}
    if unknown := [mark for mark in marks if mark not in pieces]:
        raise ModelError(f"{path}: metadata.json names pieces that sentencepiece.model lacks: {unknown}")
    file = path / "model" / "vocabulary.json"
    known = set(json.loads(file.read_bytes()) if file.exists() else file.with_suffix(".txt").read_text("utf-8").split())
    if unknown := [mark for mark in marks if mark not in known]:
        raise ModelError(f"{path}: metadata.json names pieces that the model's vocabulary lacks: {unknown}")
    if 2 * len(pieces & known) < len(pieces):
        raise ModelError(
            f"{path}: sentencepiece.model belongs to another model, which lacks {len(pieces - known)} pieces"
        )
