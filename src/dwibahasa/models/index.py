"""Packages of the Argos index, fetched with argostranslate: the one place in dwibahasa that uses the network."""

from pathlib import Path

from ..errors import ModelError, ModelNotFoundError


def download(name: str) -> Path:
    """Fetch the package NAME (such as `translate-id_en`) and return the `.argosmodel` file, ours to delete.

    argostranslate is imported here and nowhere else, for it makes folders when it is imported. Raises `ModelError`
    without a network and `ModelNotFoundError` for a name that the index lacks.
    """
    from argostranslate import package, settings

    index = Path(settings.local_package_index)
    before = _written(index)
    package.update_package_index()  # logs a failure and leaves the index of last time, or none
    if _written(index) == before:
        raise ModelError(f"{name}: no such file, and the Argos index cannot be fetched: that needs the network")
    try:
        available = {package.argospm_package_name(p): p for p in package.get_available_packages()}
        if name in available:
            return Path(available[name].download())
    except Exception as error:  # argostranslate raises bare Exception
        raise ModelError(f"{name}: cannot be fetched from the Argos index: {error}") from error
    raise ModelNotFoundError(f"{name}: no such file, and the Argos index has no package of that name")


def _written(file: Path) -> int:
    """When FILE was last written, in nanoseconds; 0 where it is not there."""
    return file.stat().st_mtime_ns if file.is_file() else 0
