"""Packages of the Argos index, fetched with argostranslate: the one place in dwibahasa that uses the network."""

from pathlib import Path

from ..errors import ModelError, ModelNotFoundError


def download(name: str) -> Path:
    """Fetch the package NAME (`translate-id_en`, or just `id_en`) and return the `.argosmodel` file, ours to delete.

    argostranslate is imported here and nowhere else, for it makes folders when it is imported. Raises `ModelError`
    without a network and `ModelNotFoundError` for a name that the index lacks.
    """
    from argostranslate import package, settings

    index = Path(settings.local_package_index)
    index.unlink(missing_ok=True)  # argostranslate logs a failure and goes on with the index of last time
    package.update_package_index()
    if not index.is_file():
        raise ModelError(f"{name}: no such file, and the Argos index cannot be fetched: that needs the network")
    available = {package.argospm_package_name(p): p for p in package.get_available_packages()}
    wanted = available.get(name) or available.get(f"translate-{name}")
    if wanted is None:
        raise ModelNotFoundError(f"{name}: no such file, and the Argos index has no package of that name")
    try:
        return Path(wanted.download())
    except Exception as error:  # argostranslate raises bare Exception
        raise ModelError(f"{name}: cannot be fetched from the Argos index: {error}") from error
