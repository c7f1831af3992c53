"""`dwibahasa model`: the model packages of this user."""

from pathlib import Path

import click

from .. import models
from ..errors import ModelError
from ._progress import printable, say

NAME = click.argument("name", required=False)


@click.group(epilog="Example: dwibahasa model list")
def model() -> None:
    """List, show, install, choose, verify and remove model packages.

    A NAME is one that `list` shows, or the path of a package folder or an .argosmodel file. Without one, the model
    that `translate` would use is meant: DWIBAHASA_MODEL, else the default chosen with `use`, else the bundled one.
    """


@model.command("list", epilog="Example: dwibahasa model list")
@click.pass_context
def list_models(ctx: click.Context) -> None:
    """Print a line for each known model; a * marks the one that translates."""
    chosen = _chosen()
    broken = 0
    for name, (path, origin) in models.known().items():
        try:
            package = models.read_package(path, origin, name)
        except ModelError as error:
            broken += 1
            say("error", str(error))
            continue
        mark = "*" if path == chosen else " "
        pair = f"{package.source_language}-{package.target_language}"
        click.echo(f"{mark} {name:<24} {pair:<8} {package.version:<8} {package.kind:<8} {origin}")
    ctx.exit(4 if broken else 0)


@model.command(epilog="Example: dwibahasa model info id_en | less")
@NAME
def info(name: str | None) -> None:
    """Print what a model is, with its card, notice and licence."""
    package = models.find(name)
    click.echo(f"name: {package.name}")
    click.echo(f"languages: {package.source_language} to {package.target_language}")
    click.echo(f"version: {package.version}")
    click.echo(f"kind: {package.kind}")
    click.echo(f"origin: {package.origin}")
    click.echo(f"sha256 of the weights: {package.sha256}")
    click.echo(f"folder: {package.path}")
    for paper in models.papers(package):
        click.echo(f"\n--- {paper.name}\n")
        lines = paper.read_text("utf-8", "replace").splitlines()
        click.echo("\n".join(printable(line) for line in lines))


@model.command(epilog="Example: dwibahasa model install translate-id_en-1_9.argosmodel")
@click.argument("source")
@click.option("--name", help="Name to install it under; by default the file's.")
def install(source: str, name: str | None) -> None:
    """Install an .argosmodel file, or a package of the Argos index by its name (such as translate-id_en).

    A name needs the network; a file does not.
    """
    if not Path(source).exists():
        say("note", f"{source} is no file here; asking the Argos index over the network")
    package = models.install(source, name)
    say("done", f"installed {package.name}; `dwibahasa model use {package.name}` makes it the default")


@model.command(epilog="Example: dwibahasa model use translate-id_en-1_9")
@NAME
@click.option("--bundled", is_flag=True, help="Go back to the model that comes with dwibahasa.")
def use(name: str | None, bundled: bool) -> None:
    """Make a model the default of this user."""
    if (name is None) is not bundled:
        raise click.UsageError("give either a NAME or --bundled")
    if name is None:
        models.use_bundled()
    else:
        say("done", f"the default is {models.use(name).name}")


@model.command(epilog="Example: ls $(dwibahasa model path)")
@NAME
def path(name: str | None) -> None:
    """Print the folder of a model."""
    click.echo(models.find(name).path)


@model.command(epilog="Example: dwibahasa model verify id_en")
@NAME
def verify(name: str | None) -> None:
    """Hash a model's files again and compare them with what was recorded."""
    package = models.find(name)
    checked = models.verify(package)
    say("done", f"{package.name}: {len(checked)} files are as recorded")


@model.command(epilog="Example: dwibahasa model remove translate-id_en-1_9")
@click.argument("name")
def remove(name: str) -> None:
    """Delete a model that was installed with `install`."""
    say("done", f"removed {models.remove(name)}")


def _chosen() -> Path | None:
    """The folder of the model that translates; nothing is marked where there is none or it is broken."""
    try:
        return models.find().path
    except ModelError as error:
        say("warning", str(error))
        return None
