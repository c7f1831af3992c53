"""The whole way with the bundled model: a real article, and the one of the README."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from dwibahasa import BilingualDocument, Translator, read
from dwibahasa.cli import main
from dwibahasa.errors import ModelNotFoundError
from dwibahasa.writers import WRITERS

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "corpus" / "articles" / "pakta-selat.txt"


@pytest.fixture(scope="module")
def translator() -> Translator:
    try:
        return Translator.load()
    except ModelNotFoundError:
        pytest.skip("the bundled model is not installed")


def check_rows(path: Path, result: BilingualDocument) -> None:
    text, at = path.read_text("utf-8"), 0
    for unit in result.units:
        segment = unit.segment
        assert not text[at : segment.start].strip()
        assert text[segment.start : segment.end] == segment.text
        at = segment.end
        assert (unit.target is None) == (unit.role == "boilerplate"), unit.id
        if "Korea Utara" in segment.text and unit.target:
            assert "North Korea" in unit.target, unit.id
    assert not text[at:].strip()


def outputs(result: BilingualDocument) -> dict[str, str | bytes]:
    return {name: WRITERS[name](result) for name in WRITERS}


def test_the_real_article(seed: Path, translator: Translator) -> None:
    result = translator.translate(read(seed))
    check_rows(seed, result)
    boilerplate = [unit.segment.text for unit in result.units if unit.role == "boilerplate"]
    assert boilerplate.count("0 Komentar") == 2
    assert [text.endswith("pakta pertahan") for text in boilerplate if text != "0 Komentar"] == [True]
    assert sum(unit.role == "related" for unit in result.units) == 1
    assert sum(unit.role == "subheading" for unit in result.units) == 1
    uses = [use for unit in result.units for use in unit.terms]
    assert len(uses) >= 30
    assert sum(use.status == "missed" for use in uses) <= 0.05 * len(uses)
    assert len([finding for unit in result.units for finding in unit.findings]) <= 3
    again = translator.translate(read(seed))
    assert outputs(again) == outputs(result)


def test_the_article_of_the_readme(translator: Translator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(ARTICLE)
    result = translator.translate(document)
    check_rows(ARTICLE, result)
    assert len(result.units) == sum(len(block.segments) for block in document.blocks)
    assert sum(bool(unit.links) for unit in result.units) > 0.8 * sum(unit.origin == "mt" for unit in result.units)
    assert all(unit.score is None or unit.score <= 0 for unit in result.units)
    assert re.fullmatch(
        r"dwibahasa:\S+\|model:id_en@[0-9a-f]{12}\|beam:\d+\|batch:\d+\|compute:\w+\|glossary:default@[0-9a-f]{12}",
        result.signature,
    )
    monkeypatch.chdir(tmp_path)
    command = ["translate", str(ARTICLE), "-o", "out", "--to", ",".join(WRITERS), "--threads", "1", "--quiet"]
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, done.output) == (0, "")
    for name, content in outputs(result).items():
        file = Path("out", f"pakta-selat.id-en{WRITERS.suffix(name)}")
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        assert file.read_bytes() == data, name
