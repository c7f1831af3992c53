"""The command line with an engine that needs no model and takes SECONDS a sentence; the tests run it as a script."""

import os
import time
from collections.abc import Iterator, Sequence

from dwibahasa.__main__ import run
from dwibahasa.engines.base import Request, Translation
from dwibahasa.testing import EchoEngine
from dwibahasa.translation import Translator


class SlowEngine(EchoEngine):
    def translate(self, requests: Sequence[Request]) -> Iterator[Translation]:
        for translation in super().translate(requests):
            time.sleep(float(os.environ.get("SECONDS", "0")))
            yield translation


if __name__ == "__main__":
    Translator.load = lambda *_, **__: Translator(SlowEngine())  # type: ignore[method-assign]
    run()
