"""What other prompts would gain, for their cost: `python -m training trials`.

The same package is trained on for the same time with each prompt, on the articles of the corpus and with the same
options, and then scored on the development sets, bare and greedy. `twice` has the source twice, so that the model
reads the beginning of the sentence with its end in mind; `context` has the sentence before it in the article.
"""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import ctranslate2
import sacrebleu
import sentencepiece
import torch
from torch.nn import functional

from .base import BOS, EOS, RESERVED
from .corpus import Pair, load
from .export import export
from .network import State, build, weights_of
from .recipe import Recipe
from .train import Example, batches, logits_of, tensors

RATE, WARMUP = 5e-5, 20
LONGEST = 330  # pieces of prompt and translation
MARK = RESERVED[0]  # between the parts of a prompt
Prompt = Callable[[list[int], list[int]], list[int]]
PROMPTS: dict[str, Prompt] = {
    "plain": lambda before, source: source,
    "twice": lambda before, source: [*source, MARK, *source],
    "context": lambda before, source: [*before, MARK, *source] if before else source,
}


def with_context(pairs: list[Pair]) -> list[tuple[str, str, str]]:
    """The source before it in its article (or nothing), source and target of each pair."""
    before: dict[tuple[str, int], str] = {(pair.document, pair.place): pair.source for pair in pairs if pair.document}
    return [(before.get((pair.document, pair.place - 1), ""), pair.source, pair.target) for pair in pairs]


class Trial:
    """One prompt: the package trained on for a while, and its scores."""

    def __init__(self, name: str, state: State) -> None:
        self.prompt, self.state = PROMPTS[name], state
        self.tokenizer = sentencepiece.SentencePieceProcessor(model_file=state["vocabulary"])
        self.end = self.tokenizer.piece_to_id("<en>")
        self.pairs = 0

    def head(self, before: str, source: str) -> list[int]:
        """The pieces of a prompt."""
        return [BOS, *self.prompt(self.tokenizer.encode(before), self.tokenizer.encode(source)), self.end]

    def train(self, rows: list[tuple[str, str, str]], recipe: Recipe, seconds: float) -> None:
        """Train for a time, the learning rate falling to zero."""
        examples: list[Example] = []
        for before, source, target in rows:
            head = self.head(before, source)
            examples.append(([*head, *self.tokenizer.encode(target), EOS], len(head)))
        examples = [example for example in examples if len(example[0]) <= LONGEST]
        torch.manual_seed(recipe.seed)
        network = build(self.state).train()
        core = torch.compile(network.model, dynamic=True)
        optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        start = None
        for step, batch in enumerate(batches(examples, recipe.train["batch"], Random(recipe.seed)), 1):
            start = start or (time.monotonic() if step > 2 else None)  # compiling is not counted
            done = (time.monotonic() - start) / seconds if start else 0.0
            if done >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, step / WARMUP) * (1 - done)
            pieces, learned = tensors(batch, "cpu")
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = logits_of(core, network, pieces, learned)
                loss = functional.cross_entropy(logits, torch.roll(pieces, -1, 1)[learned])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            self.pairs += len(batch)
        self.state = {**self.state, "weights": weights_of(network)}

    def score(self, rows: list[tuple[str, str, str]], folder: Path) -> dict[str, float]:
        """BLEU, chrF2++ and sentences a second on rows, one thread each for two workers."""
        if not (folder / "model").exists():
            export(self.state, folder)
        model: Any = ctranslate2.Generator(
            str(folder / "model"), compute_type="int8_float32", inter_threads=2, intra_threads=1
        )
        prompts = [[self.tokenizer.id_to_piece(i) for i in self.head(*row[:2])] for row in rows]
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        start = time.perf_counter()
        results = model.generate_batch(
            [prompts[i] for i in order],
            beam_size=1,
            sampling_topk=1,
            max_length=200,
            max_batch_size=16,
            include_prompt_in_result=False,
            end_token="<eos>",
        )
        seconds = time.perf_counter() - start
        outputs = [""] * len(rows)
        for i, result in zip(order, results, strict=True):
            outputs[i] = self.tokenizer.decode(result.sequences_ids[0])
        references = [[row[2] for row in rows]]
        return {
            "bleu": sacrebleu.corpus_bleu(outputs, references).score,
            "chrf": sacrebleu.corpus_chrf(outputs, references, word_order=2).score,
            "speed": len(rows) / seconds,
        }


def run(work: Path, state: State, recipe: Recipe, sets: dict[str, list[tuple[str, str, str]]], seconds: float) -> None:
    """Train and score every prompt, and print a table."""
    rows = with_context(load(work))
    articles = [row for row, pair in zip(rows, load(work), strict=True) if pair.document]
    Random(recipe.seed).shuffle(articles)
    print("| prompt | pairs seen | set | BLEU | chrF2++ | sentences/s |\n|---|---:|---|---:|---:|---:|", flush=True)
    for name in PROMPTS:
        trial = Trial(name, state)
        trial.train(articles, recipe, seconds)
        for test, lines in sets.items():
            found = trial.score(lines, work / "trials" / name)
            figures = f"{found['bleu']:.2f} | {found['chrf']:.2f} | {found['speed']:.1f}"
            print(f"| {name} | {trial.pairs} | {test} | {figures} |", flush=True)
