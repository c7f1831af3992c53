"""`python -m dwibahasa`, and what the console script runs."""

import sys


def run() -> None:
    """Run the command line; an interrupt while its modules are still being imported ends like any other."""
    try:
        from .cli import main

        main(prog_name="dwibahasa")
    except KeyboardInterrupt:
        sys.stderr.write("error: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
