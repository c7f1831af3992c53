"""Quality and speed by beam size, on texts with reference translations:

    python benchmarks/search.py SOURCE REFERENCE [--lines N] [--beams 1,2,4]

SOURCE and REFERENCE have one sentence a line. Prints BLEU and chrF2++ with their sacreBLEU signatures (needs the extra
`benchmarks`), without any glossary. Tune on development sets only.
"""

import argparse
import time
from pathlib import Path

import sacrebleu

from dwibahasa.engines import Request, Settings, load_engine
from dwibahasa.models import find


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--lines", type=int, default=None)
    parser.add_argument("--beams", default="1,2,4")
    parser.add_argument("--model", default=None)
    given = parser.parse_args()
    source = given.source.read_text("utf-8").split("\n")[: given.lines]
    references = [given.reference.read_text("utf-8").split("\n")[: given.lines]]
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF(word_order=2)
    print(f"{given.source.name}, {len(source)} lines\n\n| beam | BLEU | chrF2++ | sentences/s |\n|---:|---:|---:|---:|")
    for beam in map(int, given.beams.split(",")):
        engine = load_engine(find(given.model), Settings(beam=beam))
        start = time.perf_counter()
        found = [answer.hypotheses[0].text for answer in engine.translate(map(Request, source))]
        seconds = time.perf_counter() - start
        scores = bleu.corpus_score(found, references).score, chrf.corpus_score(found, references).score
        print(f"| {beam} | {scores[0]:.2f} | {scores[1]:.2f} | {len(source) / seconds:.1f} |", flush=True)
    print(f"\n{bleu.get_signature()}\n{chrf.get_signature()}")


if __name__ == "__main__":
    main()
