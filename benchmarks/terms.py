"""Names and terms with and without term control, on the term set of corpus/terms/:

    python benchmarks/terms.py [--half test] [--model NAME] [--policy strict] [--data FOLDER] [--errors] [--matching]

Translates one half of the set twice with one engine, freely (`--glossary-policy off`) and held to the shipped term
bases, and prints

- matching: the marked terms that the term bases find, and the places in another sense that they find by mistake;
- terms: the share in the best form, in any right form, what control took away, other senses that got the term's form,
  and the share of terms that have one form in the whole of a document;
- the statuses and steps of the term bases' own matches;
- BLEU and chrF2++ against the references, with a paired bootstrap.

`--data FOLDER` compares BLEU and chrF2++ on FOLDER/flores200-devtest and FOLDER/gunnxx-news-test too (`.id` and `.en`,
a sentence a line). `--matching` needs no model and stops after the first table. `--errors` lists what went wrong in the
dev half; the test half is only counted, so that nothing is tuned on it. Needs the extra `evaluate`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus" / "terms"))

import marked  # noqa: E402

from dwibahasa import Glossary, Translator  # noqa: E402
from dwibahasa.document import TermMatch  # noqa: E402
from dwibahasa.evaluation import (  # noqa: E402
    KEPT,
    MarkedSentence,
    Place,
    Scores,
    TermScores,
    TestSet,
    compare,
    evaluate,
    load_test,
    marked_uses,
    term_scores,
)

SETS = ("flores200-devtest", "gunnxx-news-test")


def percent(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "0 of 0"


def words_of(sentence: MarkedSentence, place: Place) -> str:
    return sentence.source[place.start : place.end]


def matching(sentences: Sequence[MarkedSentence], base: Glossary, errors: bool) -> None:
    """What the term bases find, beside the marks; no model has a part in it."""
    counts: Counter[str] = Counter()
    listed: list[str] = []
    for sentence in sentences:
        matches = {(match.start, match.end): match for match in base.find(sentence.source)}
        for place in sentence.places:
            match = matches.pop((place.start, place.end), None)
            kind = "term" if place.forms else "other sense"
            right = match is not None and has_right_form(match, place)
            counts[kind] += 1
            counts[f"{kind} found"] += right if place.forms else match is not None
            counts["preferred"] += right and match.term.target in forms_of(place)
            if (place.forms and not right) or (match and not place.forms):
                found = f"found as {match.term.target!r}" if match else "not found"
                listed.append(f"{sentence.where}: {words_of(sentence, place)}: {kind}, {found}")
        counts["unmarked"] += len(matches)
        listed += (f"{sentence.where}: {m.term.source}: found, not marked" for m in matches.values())
    print(f"\n## Matching\n\n- marked terms found: {percent(counts['term found'], counts['term'])}")
    print(f"- of these, the preferred form is right at the place: {percent(counts['preferred'], counts['term found'])}")
    print(f"- places in another sense found: {percent(counts['other sense found'], counts['other sense'])}")
    print(f"- found and not marked: {counts['unmarked']}")
    if errors:
        print("\n" + "\n".join(listed))


def forms_of(place: Place) -> list[str]:
    return [form for same in place.forms for form in same]


def has_right_form(match: TermMatch, place: Place) -> bool:
    known = {form.casefold() for form in (match.term.target, *match.term.accept)}
    return any(form.casefold() in known for form in forms_of(place))


def terms(free: TermScores, control: TermScores) -> None:
    taken = sum(a in KEPT and b not in KEPT for a, b in zip(free.statuses, control.statuses, strict=True))
    rows = {
        "best form": [percent(s.exact, len(s.statuses)) for s in (free, control)],
        "any right form": [percent(s.right, len(s.statuses)) for s in (free, control)],
        "right without control, wrong with it": ["", percent(taken, free.right)],
        "another sense that got the term's form": [percent(sum(s.applied), len(s.applied)) for s in (free, control)],
        "terms with one form in a document": [percent(s.consistent, s.repeated) for s in (free, control)],
    }
    print("\n## Terms\n\n| | free | with control |\n|---|---:|---:|")
    for name, values in rows.items():
        print(f"| {name} | {' | '.join(values)} |")
    brought = taken + sum(b and not a for a, b in zip(free.applied, control.applied, strict=True))
    print(f"\nFalse application, brought by control: {percent(brought, free.right + len(control.applied))}")


def steps(control: Scores) -> None:
    counts = Counter((use.status, use.step) for unit in control.units for use in unit.terms)
    print("\n## Matches of the term bases by status and step\n\n| status | step | terms |\n|---|---|---:|")
    for (status, step), count in counts.most_common():
        print(f"| {status} | {step} | {count} |")


def quality(test: TestSet, free: Scores, control: Scores) -> None:
    print(f"\n## {test.name}: {len(test.sources)} sentences\n\n| | BLEU | chrF2++ |\n|---|---:|---:|")
    for scores in (free, control):
        print(f"| {scores.system} | {scores.bleu:.2f} | {scores.chrf:.2f} |")
    print()
    for difference in compare(free, control, test):
        print(f"{difference.metric}: {difference.difference:+.2f}, p = {difference.p:.3f} (paired bootstrap)")
    print("\n".join(("", *control.signatures)), flush=True)


def both(translator: Translator, test: TestSet) -> tuple[Scores, Scores]:
    """TEST translated freely and with control, by one engine."""
    free = Translator(translator.engine, translator.glossary, "off")
    return evaluate(free, test, system="free"), evaluate(translator, test, system="with control")


def wrong(
    sentences: Sequence[MarkedSentence], outputs: tuple[Sequence[str], Sequence[str]], scores: Sequence[TermScores]
) -> Iterator[str]:
    """The terms that are wrong with control, and the places in another sense that have the term's form."""
    applied = zip(*(found.applied for found in scores), strict=True)
    for sentence, before, after in zip(sentences, *outputs, strict=True):
        for use, first in zip(marked_uses(sentence, after), marked_uses(sentence, before), strict=True):
            if use.status not in KEPT:
                was = "taken away" if first.status in KEPT else "wrong in both"
                yield f"{sentence.where}: {use.match.term.source} → {use.match.term.target}: {was}: {after}"
        for place in sentence.places:
            if not place.forms and (got := next(applied))[1]:
                was = "in both" if got[0] else "brought"
                yield f"{sentence.where}: {words_of(sentence, place)}: wrong sense, {was}: {after}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--half", choices=marked.HALVES, default="dev")
    parser.add_argument("--model", metavar="NAME", help="package to translate with; the bundled one without it")
    parser.add_argument(
        "--policy", choices=("prefer", "strict"), default="prefer", help="of the translation with control"
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="folder of FLORES and gunnxx")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N sentences of every set")
    parser.add_argument("--errors", action="store_true", help="list what went wrong, dev half only")
    parser.add_argument("--matching", action="store_true", help="only what needs no model")
    options = parser.parse_args()
    if options.errors and options.half != "dev":
        parser.error("--errors is for the dev half only")
    sentences = marked.sentences(options.half)[: options.limit]
    print(f"# Term set, {options.half} half: {len(sentences)} sentences")
    matching(sentences, Glossary.default(), options.errors)
    if options.matching:
        return
    translator = Translator.load(options.model, policy=options.policy)
    print(f"\n{translator.signature}", flush=True)
    pairs = ((sentence.source, sentence.reference) for sentence in sentences)
    test = TestSet(f"corpus/terms/{options.half}", *map(tuple, zip(*pairs, strict=True)))
    free, control = both(translator, test)
    found = [term_scores(sentences, scores.outputs, translator.glossary) for scores in (free, control)]
    terms(*found)
    if options.errors:
        print("\n" + "\n".join(wrong(sentences, (free.outputs, control.outputs), found)))
    steps(control)
    quality(test, free, control)
    for name in SETS if options.data else ():
        test = load_test(str(options.data / name), lines=options.limit)
        quality(test, *both(translator, test))


if __name__ == "__main__":
    main()
