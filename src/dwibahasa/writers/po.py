"""gettext PO: the usual format of translators' editors; one message for each unit."""

from ..document import BilingualDocument, TranslationUnit
from ._base import WRITERS, kept_units, notes, one_line, xml_text


@WRITERS.register("po", ".po")
def write_po(document: BilingualDocument, *, keep_boilerplate: bool = False) -> str:
    """A PO file with a message for each unit: `msgctxt` its id, `msgid` its source, `msgstr` its target or nothing.

    The context keeps a sentence that stands twice two messages. What no human has reviewed is flagged fuzzy. Role,
    origin, state, score, terms and findings are extracted comments (`#.`), one a line.
    """
    import polib

    from .._version import __version__

    po = polib.POFile(wrapwidth=0)
    po.header = "\n".join(_comment("finding", one_line(f"{f.check}: {f.message}")) for f in document.findings)
    po.metadata = {
        "Project-Id-Version": one_line(document.name),
        "Last-Translator": f"dwibahasa {__version__}",
        "Language-Team": "none",
        "Language": document.target_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Generator": f"dwibahasa {__version__}",
        "X-Source-Language": document.source_language,
        "X-Dwibahasa-Signature": one_line(document.signature),
    }
    for unit in kept_units(document, keep_boilerplate):
        source = xml_text(unit.segment.text)
        po.append(
            polib.POEntry(
                msgctxt=unit.id,
                msgid=source,
                msgstr=_msgstr(source, xml_text(unit.target or "")),
                comment="\n".join(_comment(key, value) for key, value in notes(document, unit)),
                flags=["fuzzy"] if _unreviewed(unit) else [],
            )
        )
    return str(po)


def _unreviewed(unit: TranslationUnit) -> bool:
    return bool(unit.target) and unit.origin != "human" and unit.state in ("initial", "translated")


def _msgstr(source: str, target: str) -> str:
    """TARGET, beginning and ending with a line feed exactly where SOURCE does, as `msgfmt --check` demands."""
    core = target.strip("\n")
    if not core:
        return ""
    return "\n" * source.startswith("\n") + core + "\n" * source.endswith("\n")


def _comment(key: str, value: str) -> str:
    # gettext joins a line that ends with a backslash to the next, even in a comment; a space ends it otherwise.
    return f"{key}: {value} " if value.endswith("\\") else f"{key}: {value}"
