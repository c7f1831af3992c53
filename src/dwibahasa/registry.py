"""A registry maps a name, or the suffix of a file, to a function."""

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Generic, TypeVar

from .errors import UnknownNameError

F = TypeVar("F")


class Registry(Generic[F]):
    """Functions of one kind, found by name or by file suffix; iterates over the names in order of registration."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._functions: dict[str, F] = {}
        self._suffixes: dict[str, str] = {}

    def register(self, name: str, *suffixes: str) -> Callable[[F], F]:
        """Decorator that registers a function under NAME and file SUFFIXES (each with its dot, lower case)."""

        def add(function: F) -> F:
            self._functions[name] = function
            self._suffixes.update(dict.fromkeys(suffixes, name))
            return function

        return add

    def __getitem__(self, name: str) -> F:
        try:
            return self._functions[name]
        except KeyError:
            raise UnknownNameError(f"unknown {self.kind} {name!r}; known: {', '.join(self._functions)}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __contains__(self, name: object) -> bool:
        return name in self._functions

    def suffix(self, name: str) -> str:
        """The first suffix registered for NAME, with its dot."""
        self[name]
        return next(s for s, n in self._suffixes.items() if n == name)

    def for_path(self, path: str | PurePath) -> str:
        """The name registered for the suffix of PATH, a double one such as `.12.xlf` before its last part; raises
        `UnknownNameError` that lists the known suffixes."""
        suffix = PurePath(path).suffix.lower()
        double = "".join(PurePath(path).suffixes[-2:]).lower()
        if found := self._suffixes.get(double) or self._suffixes.get(suffix):
            return found
        raise UnknownNameError(f"{path}: no {self.kind} for the suffix {suffix!r}; known: {', '.join(self._suffixes)}")
