"""Indonesian text in, aligned English out: segments, terms, and bilingual documents, offline.

    import dwibahasa

    translator = dwibahasa.Translator.load()
    document = dwibahasa.read("berita.txt")
    dwibahasa.write(translator.translate(document), "berita.id-en.html")

The names are imported when they are first used, so that importing the package costs next to nothing.
"""

from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from .bilingual import read_bilingual
    from .document import (
        About,
        BilingualDocument,
        Block,
        Document,
        Finding,
        Link,
        Mark,
        Segment,
        Term,
        TermMatch,
        TermUse,
        TranslationUnit,
    )
    from .errors import DwibahasaError
    from .glossary import Glossary
    from .readers import read, read_text
    from .segmentation import segment
    from .translation import Plan, Translator
    from .writers import write

__all__ = [
    "About",
    "BilingualDocument",
    "Block",
    "Document",
    "DwibahasaError",
    "Finding",
    "Glossary",
    "Link",
    "Mark",
    "Plan",
    "Segment",
    "Term",
    "TermMatch",
    "TermUse",
    "TranslationUnit",
    "Translator",
    "__version__",
    "read",
    "read_bilingual",
    "read_text",
    "segment",
    "write",
]

_HOMES = {
    "DwibahasaError": "errors",
    "Glossary": "glossary",
    "read": "readers",
    "read_bilingual": "bilingual",
    "read_text": "readers",
    "segment": "segmentation",
    "Plan": "translation",
    "Translator": "translation",
    "write": "writers",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'document')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
