"""Model packages: found, listed, installed, verified, removed."""

from .package import Package, papers, read_metadata, read_package, verify
from .store import configured, find, install, installed, known, remove, use, use_bundled

__all__ = [
    "Package",
    "configured",
    "find",
    "install",
    "installed",
    "known",
    "papers",
    "read_metadata",
    "read_package",
    "remove",
    "use",
    "use_bundled",
    "verify",
]
