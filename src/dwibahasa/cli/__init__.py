"""The command line. Data goes to standard output, everything else to standard error.

Exit codes: 0 all done, 1 some inputs failed, 2 usage (a broken glossary too), 3 checks failed under `--strict` or
`lint` found something, 4 no model, 130 interrupted.
"""

import errno
import importlib
import os
import sys
from typing import Any

import click

from .._version import __version__
from ..errors import DwibahasaError, GlossaryError, ModelError, UnknownNameError
from ._progress import say

COMMANDS = ("translate", "build", "publish", "segment", "glossary", "model", "evaluate")


class Commands(click.Group):
    """Imports a command's module when the command is asked for, and turns errors into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f".{cmd_name}", __name__), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            say("error", "interrupted")
            os._exit(130)  # an orderly exit would wait for the batches that the engine still computes
        except DwibahasaError as error:
            say("error", str(error))
            ctx.exit(exit_code(error))
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of our output has gone; click ends quietly with 1
                raise
            say("error", str(error))
            ctx.exit(1)
        return result


def exit_code(error: DwibahasaError) -> int:
    """The exit code for an error that ends the run."""
    if isinstance(error, ModelError):
        return 4
    return 2 if isinstance(error, GlossaryError | UnknownNameError) else 1


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="dwibahasa")
def main() -> None:
    """Translate Indonesian text to English, offline, into bilingual pages.

    Example: dwibahasa translate berita.txt
    """
