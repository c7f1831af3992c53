"""Every public name exists, is documented, and is typed."""

import inspect
from collections.abc import Iterator

import pytest

import dwibahasa


def public_functions() -> Iterator[tuple[str, object]]:
    for name in dwibahasa.__all__:
        value = getattr(dwibahasa, name)
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value) and value.__module__.startswith("dwibahasa"):
            for attribute, member in vars(value).items():
                function = getattr(member, "__func__", getattr(member, "fget", member))
                if not attribute.startswith("_") and inspect.isfunction(function):
                    yield f"{name}.{attribute}", function


def test_names_are_sorted_unique_and_there() -> None:
    assert len(set(dwibahasa.__all__)) == len(dwibahasa.__all__) > 0
    assert all(hasattr(dwibahasa, name) for name in dwibahasa.__all__)
    assert set(dwibahasa.__all__) <= set(dir(dwibahasa))


@pytest.mark.parametrize("name", dwibahasa.__all__)
def test_name_is_documented(name: str) -> None:
    value = getattr(dwibahasa, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert inspect.getdoc(value)


@pytest.mark.parametrize(("name", "function"), list(public_functions()))
def test_function_is_typed_and_documented(name: str, function: object) -> None:
    assert inspect.getdoc(function), name
    signature = inspect.signature(function)  # type: ignore[arg-type]
    assert signature.return_annotation is not inspect.Signature.empty, name
    for parameter in signature.parameters.values():
        assert parameter.name in ("self", "cls") or parameter.annotation is not inspect.Parameter.empty, name
