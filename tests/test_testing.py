"""The test doubles that are public."""

import pytest

from dwibahasa.engines.base import InlineTerm, Request
from dwibahasa.errors import EngineError
from dwibahasa.testing import DictEngine, EchoEngine


def test_doubles_keep_requests_and_know_their_sentences() -> None:
    request = Request("rapat Dewan Keamanan", (InlineTerm(6, 20, "Security Council"),))
    [translation] = EchoEngine(term_markup=True).translate([request])
    assert translation.hypotheses[0].text == "RAPAT Security Council"
    engine = DictEngine({"satu": ("one", "a")})
    [translation] = engine.translate([Request("satu")])
    assert [(h.text, h.score) for h in translation.hypotheses] == [("one", -0.5), ("a", -1.0)]
    with pytest.raises(EngineError, match="dua"):
        list(engine.translate([Request("dua")]))
    assert [r.text for r in engine.requests] == ["satu", "dua"]
