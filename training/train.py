"""Fine-tunes all weights on drawn pairs, for a budget of time; resumes to the step it was saved at.

The loss is on the translation alone. The first mix is `broad`, at a constant learning rate; for the last share of the
budget it is `final`, while the rate falls to zero. State in WORK: last.pt (weights, optimizer, step, position), average
in final.pt, and log.jsonl with a line for every 20 steps and for every measure on the development sets.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import sentencepiece
import torch
from torch.nn import functional

from .corpus import DataError, load, test_set, unpack
from .export import export, score
from .mix import draw
from .network import State, build, load_state, save_state, weights_of
from .recipe import Recipe

SAVE = 300  # seconds between saves
COMPILE = 1800  # seconds of a budget from which on the network is compiled
LOG = 20  # steps between lines of the log
POOL = 4_000  # pairs that are sorted by length together
BOS, EOS = 2, 1
Example = tuple[list[int], int]  # pieces of prompt and translation, and how many of them are the prompt


def encode(tokenizer: Any, pairs: list[tuple[str, str]]) -> list[Example]:
    """Pairs as the network sees them: `<bos> source <en> translation <eos>`."""
    mark = tokenizer.piece_to_id("<en>")
    sources, targets = (tokenizer.encode([pair[side] for pair in pairs]) for side in (0, 1))
    return [([BOS, *s, mark, *t, EOS], len(s) + 2) for s, t in zip(sources, targets, strict=True)]


def batches(examples: list[Example], size: int, rng: Random | None = None) -> list[list[Example]]:
    """Examples of like length together, at most SIZE pieces with padding, in random order if RNG is given."""
    made: list[list[Example]] = []
    for at in range(0, len(examples), POOL):
        batch: list[Example] = []
        for example in sorted(examples[at : at + POOL], key=lambda example: len(example[0])):
            if batch and _padded(example) * (len(batch) + 1) > size:
                made.append(batch)
                batch = []
            batch.append(example)
        made.append(batch)
    if rng:
        rng.shuffle(made)
    return made


def _padded(example: Example) -> int:
    return -(-len(example[0]) // 8) * 8


def tensors(batch: list[Example], device: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Pieces (batch, length) and, of the same shape, whether the next piece is learned."""
    length = max(map(_padded, batch))
    pieces: Any = np.zeros((len(batch), length), np.int64)
    learned: Any = np.zeros((len(batch), length), bool)
    for row, (ids, prompt) in enumerate(batch):
        pieces[row, : len(ids)] = ids
        learned[row, prompt - 1 : len(ids) - 1] = True
    return torch.from_numpy(pieces).to(device), torch.from_numpy(learned).to(device)


def logits_of(core: Any, network: Any, pieces: torch.Tensor, learned: torch.Tensor) -> torch.Tensor:
    """Scores of the next piece (places, vocabulary) at the LEARNED places; CORE is the network's inner model."""
    hidden = core(input_ids=pieces, use_cache=False).last_hidden_state[learned]
    return functional.linear(hidden, network.lm_head.weight).float()


class Trainer:
    """One run of training in a work folder."""

    def __init__(
        self, work: Path, data: Path, recipe: Recipe, seconds: float, start: State, teacher: State | None = None
    ) -> None:
        torch.manual_seed(recipe.seed)
        self.work, self.recipe, self.seconds = work, recipe, seconds
        self.options = recipe.train
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.last = work / "last.pt"
        saved = load_state(self.last) if self.last.exists() else {}
        self.state = saved.get("state", start)
        self.network = build(self.state).to(self.device)  # nothing in it differs between training and use
        self.core = self._quick(self.network.model)
        self.teacher = build(teacher).to(self.device).eval().requires_grad_(False) if teacher else None
        self.taught = self._quick(self.teacher.model) if self.teacher else None
        self.optimizer = self._optimizer()
        if saved:
            self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.spent = saved.get("step", 0), saved.get("spent", 0.0)
        self.mix, self.number, self.place = saved.get("position", ("broad", 1, 0))
        self.average, self.averaged = saved.get("average"), saved.get("averaged", 0)
        self.measured = saved.get("measured", 0)
        if self.spent / seconds < 0.9:  # a longer budget than the run had that was saved: what ended it begins anew
            self.average, self.averaged = None, 0
            self.measured = min(self.measured, int(self.spent / seconds / recipe.develop["every"]))
        self.tokenizer = sentencepiece.SentencePieceProcessor(model_file=self.state["vocabulary"])
        self.pairs = load(work)
        lines = int(recipe.develop["lines"])
        self.develop = {
            name: Random(recipe.seed).sample(rows, min(lines, len(rows)))
            for name in recipe.develop["sets"]
            if (rows := test_set([*unpack(data, work), work], name))
        }

    def _quick(self, model: Any) -> Any:
        """The model compiled, if the budget is worth the minutes that this takes."""
        return torch.compile(model, dynamic=True) if self.seconds > COMPILE else model

    def _optimizer(self) -> torch.optim.Optimizer:
        matrices = [p for p in self.network.parameters() if p.ndim > 1]
        vectors = [p for p in self.network.parameters() if p.ndim < 2]
        decay = self.options["weight_decay"]
        groups = [{"params": matrices, "weight_decay": decay}, {"params": vectors, "weight_decay": 0.0}]
        return torch.optim.AdamW(groups, lr=1e-5, betas=(0.9, 0.98), fused=True)

    @property
    def done(self) -> float:
        """Share of the budget that is spent, from 0."""
        return float(self.spent + time.monotonic() - self.started) / self.seconds

    def rate(self) -> float:
        """Learning rate of the step."""
        falling = min(1.0, max(0.0, (1 - self.done) / self.options["fall"]))
        rising = min(1.0, (self.step + 1) / self.options["warmup"])
        return float(self.options["learning_rate"] * rising * falling)

    def run(self) -> None:
        """Train until the budget is spent, then write final.pt."""
        self.started = saved = since = time.monotonic()
        loss = learned = pieces = 0.0
        for batch in self._stream():
            rate = self.rate()
            for group in self.optimizer.param_groups:
                group["lr"] = rate
            value, count = self._loss(self.core, batch, learning=True)
            self.optimizer.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimizer.step()
            self.step += 1
            loss += value.item() * count
            learned += count
            pieces += len(batch) * _padded(batch[-1])
            if self.step % LOG == 0:
                speed = round(pieces / (time.monotonic() - since))
                self.log(loss=round(loss / learned, 4), rate=float(f"{rate:.3g}"), pieces_a_second=speed)
                loss = learned = pieces = 0.0
                since = time.monotonic()
            if self.averaged < self.options["average"] * (10 * self.done - 9):
                self._add_to_average()
            if time.monotonic() - saved > SAVE:
                self.save()
                saved = time.monotonic()
            if self.done >= 1:
                break
            if self.done > (self.measured + 1) * self.recipe.develop["every"]:
                self.measure()
        self._add_to_average()
        self.measure()
        self.save()
        save_state({**self.state, "weights": self.average}, self.work / "final.pt")

    def _stream(self) -> Iterator[list[Example]]:
        """Batches without end: passes over the broad mix and, from its time on, over the final one."""
        while True:
            if (self.mix == "final") != self._final:
                self.mix, self.number, self.place = ("final", 1, 0) if self._final else ("broad", 1 + self.step, 0)
            for batch in self._pass()[self.place :]:
                self.place += 1
                yield batch
                if self.mix == "broad" and self._final:
                    break
            else:
                self.number, self.place = self.number + 1, 0

    @property
    def _final(self) -> bool:
        return self.done > 1 - float(self.options["final"])

    def _pass(self) -> list[list[Example]]:
        """The batches of one pass."""
        examples = encode(self.tokenizer, list(draw(self.pairs, self.recipe, self.mix, self.number)))
        examples = [example for example in examples if len(example[0]) <= self.options["max_pieces"]]
        if not examples:
            raise DataError(f"the mix {self.mix!r} draws no pairs: see the weights of the recipe")
        self.log(mix=self.mix, number=self.number, pairs=len(examples), pieces=sum(len(e[0]) for e in examples))
        return batches(examples, self.options["batch"], Random(self.number))

    def _loss(self, core: Any, batch: list[Example], learning: bool = False) -> tuple[torch.Tensor, int]:
        """Mean loss over the pieces of the translations (nats), and their number: cross-entropy and, when LEARNING,
        with label smoothing and a share of divergence from the teacher's distribution (Hinton et al. 2015)."""
        pieces, learned = tensors(batch, self.device)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            logits = logits_of(core, self.network, pieces, learned)
            wanted = torch.roll(pieces, -1, 1)[learned]
            smoothing = self.options["label_smoothing"] if learning else 0.0
            loss = functional.cross_entropy(logits, wanted, label_smoothing=smoothing)
            if learning and self.teacher:
                with torch.no_grad():
                    likely = functional.softmax(logits_of(self.taught, self.teacher, pieces, learned), -1)
                soft = functional.cross_entropy(logits, likely)
                loss = torch.lerp(loss, soft, self.options["teacher"])
        return loss, int(learned.sum())

    def _add_to_average(self) -> None:
        weights = {name: tensor.float().cpu() for name, tensor in weights_of(self.network).items()}
        old, count = self.average or {}, self.averaged
        self.average = {n: t.clone() if not count else (old[n] * count + t) / (count + 1) for n, t in weights.items()}
        self.averaged += 1

    def measure(self) -> None:
        """Loss, BLEU and chrF2++ (greedy, int8) on the development sets."""
        self.measured = int(self.done / self.recipe.develop["every"] + 1e-6)
        if not self.develop:
            return
        threads = torch.get_num_threads()
        export({**self.state, "weights": weights_of(self.network)}, self.work / "develop")
        for name, pairs in self.develop.items():
            examples = encode(self.tokenizer, pairs)
            with torch.no_grad():
                parts = [self._loss(self.network.model, batch) for batch in batches(examples, self.options["batch"])]
            total = sum(count for _, count in parts)
            mean = sum(float(value) * count for value, count in parts) / total
            scores = score(self.work / "develop", pairs)
            self.log(set=name, development_loss=round(mean, 4), **scores)
            torch.set_num_threads(threads)  # CTranslate2 sets its own number for the OpenMP that both use

    def log(self, **values: Any) -> None:
        minutes = (self.spent + time.monotonic() - self.started) / 60
        line = json.dumps({"step": self.step, "minutes": round(minutes, 2), **values})
        with (self.work / "log.jsonl").open("a", encoding="utf-8") as out:
            out.write(line + "\n")
        print(line, flush=True)

    def save(self) -> None:
        save_state(
            {
                "state": {**self.state, "weights": weights_of(self.network)},
                "optimizer": self.optimizer.state_dict(),
                "step": self.step,
                "spent": self.spent + time.monotonic() - self.started,
                "position": (self.mix, self.number, self.place),
                "average": self.average,
                "averaged": self.averaged,
                "measured": self.measured,
            },
            self.last,
        )
