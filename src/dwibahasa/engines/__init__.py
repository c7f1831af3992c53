"""Engines: the bundled decoder-only model, and any Argos package, both on CTranslate2."""

from ..models import Package
from ._ctranslate2 import CTranslate2Engine, Settings
from .base import Engine, Hypothesis, InlineTerm, Request, Translation

__all__ = ["Engine", "Hypothesis", "InlineTerm", "Request", "Settings", "Translation", "load_engine"]


def load_engine(package: Package, settings: Settings | None = None) -> CTranslate2Engine:
    """The engine that runs PACKAGE. Raises `ModelError` where the package does not load."""
    from .argos import ArgosEngine
    from .decoder import DecoderEngine

    return (DecoderEngine if package.kind == "decoder" else ArgosEngine)(package, settings)
