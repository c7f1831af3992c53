"""Engines that need no model, for the tests of programs that use dwibahasa.

    from dwibahasa import Translator
    from dwibahasa.testing import DictEngine

    engine = DictEngine({"Rapat ditunda.": "The meeting was postponed."})
    translator = Translator(engine)

Both follow the `dwibahasa.engines.base.Engine` protocol, give the same output for the same input, and keep every
request they were given in `requests`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .engines.base import Hypothesis, Request, Translation
from .errors import EngineError


class EchoEngine:
    """Translates each sentence to itself in capitals, with the score -0.5.

    With `term_markup` the wanted form stands in the place of each inline term, as a model that knows the markup
    would do.
    """

    def __init__(self, *, term_markup: bool = False) -> None:
        self.name = "echo"
        self.source_language = "id"
        self.target_language = "en"
        self.term_markup = term_markup
        self.constraints = False
        self.signature = "model:echo"
        self.requests: list[Request] = []

    def fits(self, text: str) -> bool:
        """True: any sentence is taken whole."""
        return True

    def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
        """Yield a translation with one hypothesis for each request, in order."""
        for request in requests:
            self.requests.append(request)
            yield Translation((Hypothesis(self._echo(request), -0.5),))

    def _echo(self, request: Request) -> str:
        parts, at = [], 0
        for term in request.terms if self.term_markup else ():
            parts += [request.text[at : term.start].upper(), term.target]
            at = term.end
        return "".join([*parts, request.text[at:].upper()])


class DictEngine:
    """Translates the sentences of a mapping, and only these.

    A value is a translation or a sequence of hypotheses, best first; the n-th has the score -0.5 * n.
    """

    def __init__(self, mapping: Mapping[str, str | Sequence[str]]) -> None:
        self.name = "dict"
        self.source_language = "id"
        self.target_language = "en"
        self.term_markup = False
        self.constraints = False
        self.signature = "model:dict"
        self.requests: list[Request] = []
        self._mapping = dict(mapping)

    def fits(self, text: str) -> bool:
        """True: any sentence is taken whole."""
        return True

    def translate(self, requests: Iterable[Request]) -> Iterator[Translation]:
        """Yield a translation for each request, in order; raises `EngineError` for a sentence not in the mapping."""
        for request in requests:
            self.requests.append(request)
            if request.text not in self._mapping:
                raise EngineError(f"DictEngine has no translation of {request.text!r}")
            value = self._mapping[request.text]
            texts = (value,) if isinstance(value, str) else value
            yield Translation(tuple(Hypothesis(text, -0.5 * n) for n, text in enumerate(texts, 1)))
