"""What both families of engine share: batches in flight on CTranslate2, results in order, guards."""

import os
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from typing import Any

from ..document import Finding
from ..errors import EngineError, ModelError
from ..models import Package
from .base import Hypothesis, Request, Translation
from .batching import StepCost, loops, plan

WINDOW = 128
"""Sentences of one group that are sorted together, no more so that results come soon."""
MAX_WORKERS = 8
_POLL_SECONDS = 0.001


@dataclass(frozen=True, slots=True)
class Settings:
    """How to search and on what to compute.

    `beam` is the beam size and the number of hypotheses; `threads` the processor threads (0: all that this process
    may use); `batch` the most hypotheses decoded together, sentences times beam (0: the engine's best);
    `compute_type` and `device` are CTranslate2's. The defaults are measured: see docs/speed.md. Raises `EngineError`
    for a number that is too small.
    """

    beam: int = 2
    threads: int = 0
    batch: int = 0
    compute_type: str = "default"
    device: str = "cpu"

    def __post_init__(self) -> None:
        if self.beam < 1 or self.threads < 0 or self.batch < 0:
            raise EngineError(f"beam must be 1 or more, threads and batch 0 or more, but these are {self}")

    def workers(self) -> tuple[int, int]:
        """Parallel batches, and threads for each: one thread a batch is best."""
        threads = self.threads or available_threads()
        workers = min(threads, MAX_WORKERS)
        return workers, threads // workers


def available_threads() -> int:
    """Processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model is given for a request: the pieces of the source, and those that the output begins with."""

    source: list[str]
    prefix: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.source) + len(self.prefix)


_Batch = list[tuple[int, Request, Prompt]]


@dataclass(frozen=True, slots=True)
class _Output:
    pieces: tuple[list[str], ...]
    scores: tuple[float, ...]


class CTranslate2Engine(ABC):
    """An engine over a package; the subclasses encode, submit and decode."""

    source_limit = 180
    """Pieces of the longest source that the model bears; longer sentences are to be cut before they come here."""
    step_cost: StepCost
    best_batch: int
    term_markup = False
    constraints = True
    prefix_in_output = True
    """Whether the model's output has the prefix in it."""
    _model: Any
    _tokenizer: Any

    def __init__(self, package: Package, settings: Settings) -> None:
        self.name = package.name
        self.source_language = package.source_language
        self.target_language = package.target_language
        self.settings = settings
        self._package = package
        self._batch = max(1, (settings.batch or self.best_batch) // settings.beam)
        self._workers, self._intra_threads = settings.workers()

    @property
    def signature(self) -> str:
        """Package, hash of its weights, and every setting that a translation depends on; threads are none."""
        model = f"model:{self.name}@{self._package.sha256[:12]}"
        return f"{model}|beam:{self.settings.beam}|batch:{self._batch}|compute:{self._model.compute_type}"

    def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
        """Yield one translation for each request, in their order, as soon as it is ready.

        Raises `EngineError` when CTranslate2 fails.
        """
        ready: dict[int, Translation] = {}
        in_flight: deque[tuple[_Batch, list[Any]]] = deque()
        due = 0

        def collect() -> None:
            batch, futures = in_flight.popleft()
            for (index, request, prompt), future in zip(batch, futures, strict=True):
                ready[index] = self._guarded(request, prompt, _wait(future))

        for batch in self._batches(requests):
            if len(in_flight) >= 2 * self._workers:
                collect()
            prompts = [prompt for _, _, prompt in batch]
            options = self._options(batch[0][1])
            in_flight.append((batch, self._submit(prompts, self._length_limit(prompts), **options)))
            while due in ready:
                yield ready.pop(due)
                due += 1
        while in_flight:
            collect()
            while due in ready:
                yield ready.pop(due)
                due += 1

    def fits(self, text: str) -> bool:
        """Whether TEXT has at most `source_limit` pieces; a piece has 20 characters at the very most, and one or more
        where they are ASCII (others may be a piece a byte)."""
        if text.isascii() and len(text) <= self.source_limit:
            return True
        return len(text) <= 20 * self.source_limit and len(self._encode(Request(text))) <= self.source_limit

    def _batches(self, requests: Iterable[Request]) -> Iterator[_Batch]:
        cost = replace(self.step_cost, sentence=self.step_cost.sentence * self.settings.beam)
        first = 0
        for _, group in groupby(requests, key=lambda request: (request.group, request.avoid)):
            while window := list(islice(group, WINDOW)):
                prompts = [Prompt(self._encode(r), self._pieces(r.prefix)) for r in window]
                for batch in plan([len(prompt) for prompt in prompts], cost, self._batch):
                    yield [(first + index, window[index], prompts[index]) for index in batch]
                first += len(window)

    def _options(self, request: Request) -> dict[str, Any]:
        """What CTranslate2 is told beside the prompt: the pieces of the forms to avoid."""
        forms = [self._pieces(form) for form in request.avoid]
        return {"suppress_sequences": forms} if any(forms) else {}

    def _guarded(self, request: Request, prompt: Prompt, output: _Output) -> Translation:
        """Decode OUTPUT, after one more try where it runs in a loop or was cut at the length limit."""
        limit = self._length_limit([prompt])
        options = self._options(request)
        if loops(output.pieces[0]) and not loops(prompt.source):
            output = _wait(self._submit([prompt], limit, no_repeat_ngram_size=4, **options)[0])
        elif len(output.pieces[0]) >= limit:
            limit *= 2
            output = _wait(self._submit([prompt], limit, **options)[0])
        findings: tuple[Finding, ...] = ()
        if len(output.pieces[0]) >= limit:
            findings = (Finding("cut", f"the translation was cut at {limit} pieces"),)
        given = [] if self.prefix_in_output else prompt.prefix
        hypotheses = dict.fromkeys(
            Hypothesis(self._decode([*given, *pieces]), score)
            for pieces, score in zip(output.pieces, output.scores, strict=True)
        )
        return Translation(tuple(hypotheses), findings)

    def _load(self, runner: Any, tokenizer: Callable[[], Any]) -> None:
        """Set `_tokenizer` and `_model`, a RUNNER of CTranslate2; raises `ModelError` where one does not load."""
        path = self._package.path
        try:
            self._tokenizer = tokenizer()
            self._model = runner(
                str(path / "model"),
                device=self.settings.device,
                compute_type=self.settings.compute_type,
                inter_threads=self._workers,
                intra_threads=self._intra_threads,
                max_queued_batches=-1,
            )
        except (RuntimeError, OSError, ValueError) as error:
            raise ModelError(f"{path}: the package does not load: {error}") from error

    def _length_limit(self, prompts: list[Prompt]) -> int:
        """Most pieces of output at the first try: half as many again as the longest prompt has, and 24."""
        return 3 * max(map(len, prompts)) // 2 + 24

    @abstractmethod
    def _encode(self, request: Request) -> list[str]:
        """The pieces that the model is given for the source of REQUEST."""

    @abstractmethod
    def _pieces(self, text: str) -> list[str]:
        """The pieces of TEXT, words of the output."""

    @abstractmethod
    def _submit(self, prompts: list[Prompt], limit: int, **options: Any) -> list[Any]:
        """Start a batch that gives at most LIMIT pieces each; CTranslate2's asynchronous results."""

    @abstractmethod
    def _decode(self, pieces: list[str]) -> str:
        """The text of output PIECES."""


def _wait(future: Any) -> _Output:
    """The result of FUTURE; polled, so that Ctrl-C is not held up by a batch that still runs."""
    while not future.done():
        time.sleep(_POLL_SECONDS)
    try:
        result = future.result()
    except RuntimeError as error:
        raise EngineError(f"CTranslate2 failed: {error}") from error
    sequences = result.sequences if hasattr(result, "sequences") else result.hypotheses
    return _Output(tuple(sequences), tuple(min(0.0, score) for score in result.scores))
