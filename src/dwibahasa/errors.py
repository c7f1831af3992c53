"""Every error that dwibahasa raises on purpose; catch `DwibahasaError` for all of them.

A message says what was wrong, where (file, line, unit id) and what to do or which values are known.
"""


class DwibahasaError(Exception):
    """Base of all errors raised by dwibahasa."""


class UnknownNameError(DwibahasaError, LookupError):
    """A format, engine or test set of that name is not registered; the message lists the known names."""


class InputError(DwibahasaError):
    """An input cannot be read: missing, empty, binary, or in no known encoding."""


class LanguageError(DwibahasaError):
    """A document is not in the language that the engine translates from."""


class GlossaryError(DwibahasaError):
    """A glossary file is malformed or contradicts itself; the message names file and line."""


class ModelError(DwibahasaError):
    """A model package is broken, unsafe or does not verify."""


class ModelNotFoundError(ModelError):
    """No model package of that name or path is installed."""


class EngineError(DwibahasaError):
    """The engine failed while translating."""


class OutputError(DwibahasaError):
    """An output cannot be written: it exists, or the place is not writable or full."""
