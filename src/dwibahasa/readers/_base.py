"""The registry of readers; a module for a format registers itself here."""

from collections.abc import Callable

from ..document import Document
from ..registry import Registry

Reader = Callable[[bytes, str], Document]
"""Takes the bytes of a file and its name, returns the document; raises `InputError`."""

READERS: Registry[Reader] = Registry("reader")
