"""The Indonesian–English model that comes with dwibahasa, as data: a package folder in the Argos layout.

Its licence is the Gemma Terms of Use; MODEL_CARD.md, NOTICE.md and GEMMA_TERMS.md lie in the folder.
"""

from pathlib import Path

path = Path(__file__).parent / "id_en"
