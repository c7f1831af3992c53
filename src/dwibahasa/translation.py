"""The stages in order: a document in, a bilingual document out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, tee
from pathlib import Path
from typing import Any

from . import passages
from ._version import __version__
from .detection import detect
from .document import POLICIES, BilingualDocument, Document, Finding, Policy, TermMatch, TermStep, TranslationUnit
from .engines import Engine, Request, Settings, load_engine
from .errors import EngineError, InputError, LanguageError, UnknownNameError
from .glossary import Glossary
from .models import find
from .passages import Passage
from .selection import Candidate, best, candidates, missed, redecodings, unit

MAX_ASKED = 4
"""Most terms that are asked for inside one sentence; the bundled model was taught with up to three."""
GROUP = 64
"""Segments after which missed terms are asked for again, together."""

Progress = Callable[[Document, int, int], None]
"""Called with the document, how many of its segments are done, and how many there are to translate."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A document that is ready to be translated, and what was found on the way."""

    document: Document
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Again:
    """A part of a passage that the engine is asked for once more, for the terms `wanted` in it; the answer joins the
    `options`."""

    passage: Passage
    request: Request
    wanted: tuple[TermMatch, ...]
    step: TermStep
    options: list[Candidate]


class Translator:
    """An engine and a glossary, ready to translate any number of documents.

    The policy says what terms do: `prefer` holds the translation to the preferred form or an accepted one, `strict` to
    the preferred form alone, `off` only reports what became of them.
    """

    def __init__(self, engine: Engine, glossary: Glossary | None = None, policy: Policy = "prefer") -> None:
        if policy not in POLICIES:
            raise UnknownNameError(f"unknown glossary policy {policy!r}; known: {', '.join(POLICIES)}")
        self.engine = engine
        self.glossary = glossary or Glossary(())
        self.policy = policy

    @classmethod
    def load(
        cls,
        model: str | Path | None = None,
        glossaries: Sequence[str | Path] = (),
        default_glossary: bool = True,
        policy: Policy = "prefer",
        **settings: Any,
    ) -> "Translator":
        """A translator with the package MODEL (see `dwibahasa.models.find`) and the term bases in the files GLOSSARIES,
        later ones over earlier ones and all over the shipped term base.

        SETTINGS are the fields of `dwibahasa.engines.Settings`: `beam`, `threads`, `batch`, `compute_type`, `device`;
        None means the measured default. Raises `ModelNotFoundError`, `ModelError`, `GlossaryError`, and
        `UnknownNameError` for the policy.
        """
        paths = [*(Glossary.default_paths() if default_glossary else ()), *glossaries]
        given = {name: value for name, value in settings.items() if value is not None}
        return cls(load_engine(find(model), Settings(**given)), Glossary.load(*paths), policy)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know before anything is translated, such as overrides between glossaries."""
        return self.glossary.notices

    @property
    def signature(self) -> str:
        """What makes the output reproducible, `key:value|key:value`."""
        glossary = [f"glossary:{self.glossary.signature}"] if self.glossary.signature else []
        policy = [f"policy:{self.policy}"] if glossary and self.policy != "prefer" else []
        return "|".join([f"dwibahasa:{__version__}", self.engine.signature, *glossary, *policy])

    def translate(
        self, document: Document, *, force_language: str | None = None, on_unit: Progress | None = None
    ) -> BilingualDocument:
        """DOCUMENT with its translation.

        Raises `LanguageError` when it is not in the engine's language and FORCE_LANGUAGE does not say that it is,
        `InputError` when there is no text in it, `EngineError` when the engine fails.
        """
        return next(self.run([self.plan(document, force_language=force_language)], on_unit=on_unit))

    def plan(self, document: Document, *, force_language: str | None = None) -> Plan:
        """DOCUMENT made ready for `run`; raises as `translate` does, except `EngineError`."""
        if not document.blocks:
            raise InputError(f"{document.name}: there is no text in it")
        findings = _language(document, self.engine.source_language, force_language)
        ready = (
            passages.prepare(segment, block.role, self.glossary, self.engine, self.policy)
            for block in document.blocks
            if block.role != "boilerplate"
            for segment in block.segments
        )
        return Plan(document, tuple(ready), findings)

    def run(self, plans: Iterable[Plan], *, on_unit: Progress | None = None) -> Iterator[BilingualDocument]:
        """Translate all PLANS in one go; yields a bilingual document for each plan, in their order, as soon as it is
        ready. Plans are taken as they are needed, so they may come from a generator."""
        ahead, plans = tee(plans)
        answers = self.engine.translate(
            replace(passage.request(part), group=number)
            for number, plan in enumerate(ahead)
            for passage in plan.passages
            for part in passage.asked
        )
        for plan in plans:
            units: list[TranslationUnit] = []
            for start in range(0, len(plan.passages), GROUP):
                group, found = plan.passages[start : start + GROUP], []
                for number, passage in enumerate(group, start + 1):
                    own = [candidates(passage, answer) for answer in islice(answers, len(passage.asked))]
                    if len(own) < len(passage.asked):
                        raise self._too_few()
                    found.append(own)
                    if on_unit:
                        on_unit(plan.document, number, len(plan.passages))
                units += self._chosen(group, found)
            yield self._assembled(plan, units)

    def _chosen(self, group: Sequence[Passage], found: list[list[list[Candidate]]]) -> Iterator[TranslationUnit]:
        """A unit for each passage of GROUP from the candidates FOUND for each of its requests, after asking again for
        the terms that they miss."""
        first = [[options[0] for options in own] for own in found]
        parts = [
            (passage, part, options)
            for passage, own in zip(group, found, strict=True)
            for part, options in zip(passage.asked, own, strict=True)
        ]
        if self.engine.term_markup:
            self._again(
                _Again(passage, passage.request(part, wanted[:MAX_ASKED]), wanted[:MAX_ASKED], "inline", options)
                for passage, part, options in parts
                if (wanted := missed(passage, part, best(passage, part, options)))
            )
        if self.engine.constraints:
            self._again(
                _Again(passage, request, (match,), "redecoding", options)
                for passage, part, options in parts
                for match, request in redecodings(passage, part, best(passage, part, options))
            )
        for passage, own, top in zip(group, found, first, strict=True):
            chosen = [best(passage, part, options) for part, options in zip(passage.asked, own, strict=True)]
            yield unit(passage, chosen, top)

    def _again(self, asked: Iterable[_Again]) -> None:
        """Put the answers to what is ASKED with the candidates there are."""
        asked = list(asked)
        answers = list(islice(self.engine.translate(again.request for again in asked), len(asked)))
        if len(answers) < len(asked):
            raise self._too_few()
        for again, answer in zip(asked, answers, strict=True):
            again.options.extend(candidates(again.passage, answer, again.wanted, again.step))

    def _too_few(self) -> EngineError:
        return EngineError(f"{self.engine.name}: the engine gave fewer translations than sentences")

    def _assembled(self, plan: Plan, done: Sequence[TranslationUnit]) -> BilingualDocument:
        """Name the units after their blocks; boilerplate comes in its place, without a target."""
        rest = iter(done)
        units = []
        for block in plan.document.blocks:
            for number, segment in enumerate(block.segments, 1):
                name = f"{block.id}.s{number}"
                if block.role == "boilerplate":
                    units.append(TranslationUnit(name, block.id, block.role, segment))
                else:
                    units.append(replace(next(rest), id=name, block=block.id))
        engine = self.engine
        return BilingualDocument(
            plan.document, tuple(units), engine.source_language, engine.target_language, self.signature, plan.findings
        )


def _language(document: Document, wanted: str, forced: str | None) -> tuple[Finding, ...]:
    found = detect(document)
    if found.malay:
        return (Finding("language", "the text looks like Malay, which the model takes for Indonesian"),)
    if found.language in (wanted, "und") or forced == wanted:
        return ()
    raise LanguageError(f"{document.name}: the text is not {wanted} but {found.language} ({found.confidence:.0%} sure)")
