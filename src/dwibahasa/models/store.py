"""Where packages are looked for, and the user's own: installed, chosen as default, removed."""

import os
from collections.abc import Iterable
from pathlib import Path

from ..errors import ModelError, ModelNotFoundError
from .archive import unpack
from .package import Origin, Package, read_package, reading, sha256_of

ENTRY_POINTS = "dwibahasa.models"
VARIABLE = "DWIBAHASA_MODEL"


def find(name: str | Path | None = None) -> Package:
    """The package to translate with: NAME, else DWIBAHASA_MODEL, else the configured default, else the bundled one.

    NAME is the name of a known package, or the path of a package folder or an `.argosmodel` file (unpacked once, to
    the user's cache folder). Of several bundled ones the first by name is taken. Raises `ModelNotFoundError`, which
    lists the known names, and `ModelError` for a broken package.
    """
    if name is not None:
        return _resolve(name, "")
    if variable := os.environ.get(VARIABLE):
        return _resolve(variable, f"{VARIABLE}: ")
    if default := configured():
        return _resolve(default, f"configured default ({default_file()}): ")
    for bundled_name, path in sorted(_bundled().items()):
        return read_package(path, "bundled", bundled_name)
    raise ModelNotFoundError(
        "no model is installed: `pip install ./models/id_en` in a clone of dwibahasa brings its own, "
        "`dwibahasa model install PATH` an Argos package"
    )


def known() -> dict[str, tuple[Path, Origin]]:
    """Name to folder and origin of the bundled packages and those the user installed, sorted by name, unread."""
    packages: dict[str, tuple[Path, Origin]] = {name: (path, "installed") for name, path in _users().items()}
    packages |= {name: (path, "bundled") for name, path in _bundled().items()}
    return dict(sorted(packages.items()))


def installed() -> tuple[Package, ...]:
    """The packages of `known`, read; raises `ModelError` at the first that is broken."""
    return tuple(read_package(path, origin, name) for name, (path, origin) in known().items())


def install(source: str | Path, name: str | None = None) -> Package:
    """Install the `.argosmodel` file SOURCE for this user, under NAME or the file's own name without its suffix.

    A SOURCE that is no file is taken for a name of the Argos index (`translate-id_en`, or just `id_en`) and fetched
    with the help of argostranslate; nothing else here needs the network. The hashes of all files are recorded for
    `verify`. Raises `ModelError` where the name is taken, or the archive is broken or unsafe.
    """
    archive = _path(source)
    with reading(archive):
        if archive.is_dir():
            raise ModelError(f"{archive}: a folder needs no installing: `dwibahasa model use {archive}`, or --model")
        if archive.is_file():
            return _install(archive, name or archive.stem)
    if archive.suffix == ".argosmodel" or not _bare(source):
        raise ModelNotFoundError(f"{archive}: no such file")
    from .index import download

    wanted = f"translate-{str(source).removeprefix('translate-')}"
    _check_name(name or wanted)
    archive = download(wanted)
    try:
        return _install(archive, name or wanted)
    finally:
        archive.unlink()


def use(name: str | Path) -> Package:
    """Make NAME, a known name or a path, the user's default and return its package; raises as `find` does."""
    package = find(name)
    lasting = package.name if package.origin != "path" else str(_path(name).absolute())
    file = default_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f".{file.name}-{os.getpid()}")
        temporary.write_text(lasting + "\n", "utf-8")
        temporary.replace(file)
    except OSError as error:
        raise ModelError(f"{file}: cannot be written: {error.strerror}") from error
    return package


def use_bundled() -> None:
    """Forget the user's default, so that the bundled package is the default again."""
    default_file().unlink(missing_ok=True)


def configured() -> str:
    """The name or path that `use` stored; empty where there is none."""
    try:
        return default_file().read_text("utf-8").removesuffix("\n")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeError) as error:
        raise ModelError(f"{default_file()}: cannot be read: {error}") from error


def remove(name: str) -> Path:
    """Delete the package NAME that the user installed, and return the folder where it was.

    If it was the user's default, the bundled one is the default again. Raises `ModelError` for a bundled package
    and `ModelNotFoundError` for an unknown one.
    """
    import tempfile

    path = _users().get(name)
    if path is None and name in _bundled():
        raise ModelError(f"{name}: came as a distribution and is not removed here; pip uninstall takes it away")
    if path is None:
        raise ModelNotFoundError(f"no installed model is named {name!r}; installed: {_listing(_users())}")
    try:
        if path.is_symlink():
            path.unlink()
        else:
            # Out of sight first, so that an interrupt leaves no half package under the name.
            with tempfile.TemporaryDirectory(prefix=".remove-", dir=path.parent) as scratch:
                path.rename(Path(scratch) / "package")
    except OSError as error:
        raise ModelError(f"{path}: cannot be removed: {error.strerror}") from error
    if configured() == name:
        use_bundled()
    return path


def models_folder() -> Path:
    """The folder of the packages that the user installed, whether it is there or not."""
    return _xdg("XDG_DATA_HOME", ".local/share") / "models"


def default_file() -> Path:
    """The file that holds the name or path of the user's default, whether it is there or not."""
    return _xdg("XDG_CONFIG_HOME", ".config") / "default-model"


def _xdg(variable: str, fallback: str) -> Path:
    """Our folder under a base folder of the XDG Base Directory Specification, which has relative values ignored."""
    base = Path(os.environ.get(variable, ""))
    return (base if base.is_absolute() else Path.home() / fallback) / "dwibahasa"


def _path(name: str | Path) -> Path:
    return Path(os.path.expanduser(name))  # noqa: PTH111 - Path.expanduser raises for a user that is not there


def _bare(name: str | Path) -> bool:
    """Whether NAME may be a package's name; a Path, or anything with a separator, is a path."""
    return isinstance(name, str) and os.sep not in name


def _resolve(name: str | Path, asked: str) -> Package:
    path, bare = _path(name), _bare(name)
    if bare and (place := known().get(str(name))):
        return read_package(place[0], place[1], str(name))
    with reading(f"{asked}{name}"):
        if path.is_dir() and name != "":
            return read_package(path)
        if path.is_file():
            return _from_archive(path)
    if not bare or path.suffix == ".argosmodel":
        raise ModelNotFoundError(f"{asked}{name}: no such model folder or .argosmodel file")
    raise ModelNotFoundError(f"{asked}no model is named {name!r}; known: {_listing(known())}; a path is right too")


def _from_archive(archive: Path) -> Package:
    """The package in ARCHIVE, unpacked to the cache the first time its content is seen."""
    folder = _xdg("XDG_CACHE_HOME", ".cache") / "models" / sha256_of(archive)[:16]
    if not folder.is_dir():
        try:
            unpack(archive, folder)
        except ModelError:
            if not folder.is_dir():  # else another process was quicker
                raise
    return read_package(folder, name=archive.stem)


def _install(archive: Path, name: str) -> Package:
    _check_name(name)
    folder = models_folder() / name
    unpack(archive, folder)
    return read_package(folder, "installed", name)


def _check_name(name: str) -> None:
    if not name or name.startswith((".", "-")) or not all(c.isalnum() or c in "._+-" for c in name):
        raise ModelError(f"{name!r}: a model's name has letters, digits and . _ + - only")
    if name in known():
        raise ModelError(f"a model named {name!r} is there already; remove it first, or give the new one another name")


def _bundled() -> dict[str, Path]:
    from importlib import metadata

    packages = {}
    for point in metadata.entry_points(group=ENTRY_POINTS):
        try:
            packages[point.name] = Path(point.load())
        except Exception as error:  # whatever another distribution does when it is imported
            raise ModelError(f"the entry point {point.value} of the model {point.name} is broken: {error}") from error
    return packages


def _users() -> dict[str, Path]:
    folder = models_folder()
    with reading(folder):
        if not folder.is_dir():
            return {}
        return {path.name: path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")}


def _listing(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
