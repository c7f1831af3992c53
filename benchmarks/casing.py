"""What becomes of headlines in capitals, by how they are given to the model:

    python benchmarks/casing.py PAIRS.tsv

A line of PAIRS.tsv is an Indonesian headline, a tab, its English. Both sides are compared without regard to case. Needs
the extra `benchmarks`.
"""

import sys
from pathlib import Path

import sacrebleu

from dwibahasa import Glossary
from dwibahasa.casing import recased
from dwibahasa.engines import Request, load_engine
from dwibahasa.models import find


def main() -> None:
    rows = [line.split("\t") for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    source, references = [row[0].upper() for row in rows], [[row[1].lower() for row in rows]]
    base, engine = Glossary.default(), load_engine(find())
    names = [[(match.start, match.end, match.term.source) for match in base.find(text)] for text in source]
    # A full stop makes the last a sentence for `recased`; it is taken off again.
    forms = {
        "as they are": source,
        "sentence case": [recased(f"{text}.", known)[:-1] for text, known in zip(source, names, strict=True)],
        "title case": [recased(text, known) for text, known in zip(source, names, strict=True)],
    }
    print(f"{len(rows)} headlines\n\n| | BLEU | chrF2++ |\n|---|---:|---:|")
    for name, texts in forms.items():
        found = [answer.hypotheses[0].text.lower() for answer in engine.translate(map(Request, texts))]
        bleu, chrf = sacrebleu.corpus_bleu(found, references), sacrebleu.corpus_chrf(found, references, word_order=2)
        print(f"| {name} | {bleu.score:.1f} | {chrf.score:.1f} |", flush=True)


if __name__ == "__main__":
    main()
