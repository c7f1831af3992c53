"""Speed and memory, as ratios against the alternatives, all in one run:

    python benchmarks/speed.py [FILE.txt …] [--quick]

FILE.txt default to the articles of corpus/. Needs the bundled model and nothing else; argostranslate comes with the
library. Print on an idle machine; the times of one run compare with each other alone.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np

from dwibahasa import Document, Glossary, Translator, read
from dwibahasa.engines import Request, Settings
from dwibahasa.engines._ctranslate2 import Prompt, available_threads
from dwibahasa.engines.argos import ArgosEngine
from dwibahasa.engines.batching import plan
from dwibahasa.engines.decoder import DecoderEngine
from dwibahasa.models import Package, find, read_package

ROOT = Path(__file__).resolve().parent.parent
FORCED = 32
"""Pieces of every output of the random Argos package, which knows no end."""


def timed(run: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    start = time.perf_counter()
    result = run(*arguments)
    return time.perf_counter() - start, result


def row(name: str, sentences: int, seconds: float, pieces: int, base: float) -> None:
    print(f"| {name} | {sentences / seconds:.1f} | {pieces / seconds:.0f} | {base / seconds:.2f} |", flush=True)


def table(title: str, base: str) -> None:
    print(f"\n## {title}\n\n| | sentences/s | pieces/s | speed over {base} |\n|---|---:|---:|---:|")


def texts(documents: list[Document]) -> list[str]:
    return [s.text for d in documents for b in d.blocks if b.role != "boilerplate" for s in b.segments]


class Bare:
    """CTranslate2 and nothing else, on prompts encoded beforehand, in one call (its own batches) or in ours."""

    def __init__(self, engine: DecoderEngine, workers: int, intra: int) -> None:
        self.engine = engine
        self.model = ctranslate2.Generator(
            str(find().path / "model"), inter_threads=workers, intra_threads=intra, max_queued_batches=-1
        )

    def run(self, prompts: list[list[str]], beam: int, batches: list[list[int]]) -> int:
        futures = [
            future
            for batch in batches
            for future in self.model.generate_batch(
                [prompts[i] for i in batch],
                beam_size=beam,
                num_hypotheses=beam,
                max_length=self.engine._length_limit([Prompt(prompts[i]) for i in batch]),
                include_prompt_in_result=False,
                end_token=self.engine._end,
                return_scores=True,
                asynchronous=True,
            )
        ]
        return sum(len(future.result().sequences[0]) for future in futures)


def bundled(documents: list[Document], quick: bool) -> None:
    package, threads = find(), available_threads()
    sentences = texts(documents)
    for beam in (2,) if quick else (1, 2, 4):
        engine = DecoderEngine(package, Settings(beam=beam))
        requests = [Request(text, group=n) for n, document in enumerate(documents) for text in texts([document])]
        prompts = [engine._encode(request) for request in requests]
        order = sorted(range(len(prompts)), key=[len(p) for p in prompts].__getitem__)
        ours = [[index for index, _, _ in batch] for batch in engine._batches(requests)]
        pooled = plan([len(p) for p in prompts], replace(engine.step_cost, sentence=5 * beam), 32 // beam)
        by_32 = [order[i : i + 32] for i in range(0, len(order), 32)]
        by_one = [[i] for i in order]
        table(f"The bundled model, {len(sentences)} sentences, beam {beam}, {threads} threads", "bare")
        one = Bare(engine, 1, threads)
        many = Bare(engine, threads, 1)
        base, pieces = timed(many.run, prompts, beam, ours)
        row("bare generate_batch, our batches, a document by itself", len(prompts), base, pieces, base)
        plain = Translator(engine)
        plans = [plain.plan(d, force_language="id") for d in documents]
        seconds, _ = timed(list, plain.run(plans))
        row("dwibahasa, end to end, no glossary", len(prompts), seconds, pieces, base)
        full = Translator(engine, Glossary.default())
        full.glossary.find("Korea Utara")  # builds the matcher, which start-up time below includes
        seconds, _ = timed(list, map(full.translate, documents))
        row("dwibahasa, with the term base, document by document", len(prompts), seconds, pieces, base)
        for name, model, batches in (
            ("bare, our batches over all documents", many, pooled),
            ("bare, sorted batches of 32, one at a time", one, by_32),
            ("bare, sorted batches of 8, a thread each", many, [order[i : i + 8] for i in range(0, len(order), 8)]),
            ("bare, sentence by sentence, all threads", one, by_one),
            ("bare, sentence by sentence, a thread each", many, by_one),
        ):
            if not quick:
                seconds, count = timed(model.run, prompts, beam, batches)
                row(name, len(prompts), seconds, count, base)


def random_package(folder: Path) -> Package:
    """An Argos package of Argos's own shape (Transformer, 6 + 6 layers of 512) with random weights and the bundled
    model's vocabulary, in int8."""
    import shutil

    import sentencepiece

    rng, tokenizer = np.random.default_rng(1), find().path / "sentencepiece.model"
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer))
    vocabulary = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    spec = ctranslate2.specs.TransformerSpec.from_config(num_layers=6, num_heads=8, pre_norm=True)
    rows = {"ffn/linear_0": 2048, "self_attention/linear_0": 3 * 512, "attention/linear_1": 2 * 512}
    rows |= {"self_attention/linear_1": 512, "projection": len(vocabulary), "embeddings": len(vocabulary)}
    rows["embeddings_0"] = len(vocabulary)
    for name in spec.variables():
        *path, last = name.split("/")
        layer = spec
        for step in path:
            stem, _, number = step.rpartition("_")
            listed = number.isdigit() and not hasattr(layer, step)
            layer = getattr(layer, stem)[int(number)] if listed else getattr(layer, step)
        if last in ("gamma", "beta"):
            setattr(layer, last, np.full(512, last == "gamma", "float32"))
        elif last == "weight":
            size = next((n for end, n in rows.items() if "/".join(path).endswith(end)), 512)
            width = 2048 if name.endswith("ffn/linear_1/weight") else 512
            setattr(layer, last, rng.normal(0, 0.05, (size, width)).astype("float32"))
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<bos>", "<eos>", "<unk>"
    spec.validate()
    spec.optimize(quantization="int8")
    (folder / "model").mkdir(parents=True)
    spec.save(str(folder / "model"))
    shutil.copy(tokenizer, folder)
    metadata = {"package_version": "1.0", "argos_version": "1.9", "from_code": "id", "to_code": "en"}
    metadata |= {"from_name": "Indonesian", "to_name": "English", "type": "translate"}
    (folder / "metadata.json").write_text(json.dumps(metadata))
    return read_package(folder)


class Forced(ArgosEngine):
    """Outputs of exactly `FORCED` pieces."""

    def _length_limit(self, prompts: list[Prompt]) -> int:
        return FORCED

    def _guarded(self, request: Request, prompt: Prompt, output: Any) -> Any:
        from dwibahasa.engines import Hypothesis, Translation

        pairs = zip(output.pieces, output.scores, strict=True)
        return Translation(tuple(Hypothesis(self._decode(pieces), score) for pieces, score in pairs))

    def _submit(self, prompts: list[Prompt], limit: int, **options: Any) -> list[Any]:
        return super()._submit(prompts, FORCED, min_decoding_length=FORCED, **options)


def argos(documents: list[Document], folder: Path) -> None:
    package, threads = random_package(folder / "id_en_random"), available_threads()
    sentences = texts(documents)
    table(
        f"One Argos package, 6 + 6 layers, random weights, {len(sentences)} sentences, beam 4, {FORCED} pieces each",
        "argostranslate",
    )
    engine = Forced(package, Settings(beam=4))
    total = FORCED * len(sentences)
    base = argostranslate(package, documents, folder, threads)
    row("argostranslate, translate(), a paragraph a call", len(sentences), base, total, base)
    prompts = sorted((engine._encode(Request(text)) for text in sentences), key=len)
    model = ctranslate2.Translator(str(package.path / "model"), inter_threads=threads, intra_threads=1)
    options = {
        "beam_size": 4,
        "num_hypotheses": 4,
        "max_decoding_length": FORCED,
        "min_decoding_length": FORCED,
        "return_scores": True,
    }
    for size in (8, 32):
        seconds, _ = timed(partial(model.translate_batch, prompts, max_batch_size=size, **options))
        row(f"bare translate_batch, batches of {size}, a thread each", len(sentences), seconds, total, base)
    translator = Translator(engine)
    plans = [translator.plan(d, force_language="id") for d in documents]
    seconds, _ = timed(list, translator.run(plans))
    row("dwibahasa, end to end, no glossary", len(sentences), seconds, total, base)


def argostranslate(package: Package, documents: list[Document], folder: Path, threads: int) -> float:
    """Seconds that argostranslate's own translate() takes, paragraph by paragraph, as its documentation has it.

    It is given the sentence boundaries, so that no boundary detector of its own has to be loaded or timed, the
    threads, and the forced output length.
    """
    os.environ |= {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    os.environ |= {"ARGOS_INTRA_THREADS": str(threads), "ARGOS_INTER_THREADS": "1"}
    from argostranslate.package import Package as ArgosPackage
    from argostranslate.translate import Language, PackageTranslation

    class Given:
        def split_sentences(self, text: str) -> list[str]:
            return sentences[text]

    blocks = [b for d in documents for b in d.blocks if b.role != "boilerplate"]
    sentences = {" ".join(s.text for s in b.segments).replace("\n", " "): [s.text for s in b.segments] for b in blocks}
    languages = Language("id", "Indonesian"), Language("en", "English")
    translation = PackageTranslation(*languages, ArgosPackage(package.path))
    translation.sentencizer = Given()
    translation.translator = _ForcedTranslator(
        ctranslate2.Translator(str(package.path / "model"), inter_threads=1, intra_threads=threads)
    )
    return timed(list, map(translation.translate, sentences))[0]


class _ForcedTranslator:
    def __init__(self, translator: Any) -> None:
        self.translator = translator

    def translate_batch(self, *args: Any, **options: Any) -> Any:
        return self.translator.translate_batch(*args, **options, max_decoding_length=FORCED, min_decoding_length=FORCED)


def start_up(file: Path, folder: Path) -> None:
    print("\n## Start-up and memory\n\n| | seconds | peak memory, MB |\n|---|---:|---:|")
    sentence = folder / "satu.txt"
    sentence.write_text("Presiden tiba di Moskwa pada Rabu pagi.\n", encoding="utf-8")
    programs = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import dwibahasa": [sys.executable, "-c", "import dwibahasa"],
        "dwibahasa --help": [sys.executable, "-m", "dwibahasa", "--help"],
        "dwibahasa translate, one sentence": [*_TRANSLATE, str(sentence)],
        f"dwibahasa translate {file.name}, start to finish": [*_TRANSLATE, str(file)],
    }
    for name, command in programs.items():
        code = "import subprocess, sys, resource; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
        code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code, *command], cwd=folder, capture_output=True, text=True, check=True
        )
        print(f"| {name} | {time.perf_counter() - start:.2f} | {int(done.stdout) / 1024:.0f} |", flush=True)


_TRANSLATE = [sys.executable, "-m", "dwibahasa", "translate", "-o", "out", "--force", "--force-language", "id"]


def main() -> None:
    names = [name for name in sys.argv[1:] if name != "--quick"]
    files = [Path(name).resolve() for name in names] or sorted((ROOT / "corpus" / "articles").glob("*.txt"))
    documents = [read(file) for file in files]
    print(f"ctranslate2 {ctranslate2.__version__}, {available_threads()} threads, {', '.join(f.name for f in files)}")
    with tempfile.TemporaryDirectory() as folder:
        bundled(documents, "--quick" in sys.argv)
        argos(documents, Path(folder))
        start_up(files[0], Path(folder))


if __name__ == "__main__":
    main()
