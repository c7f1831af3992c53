"""gettext PO: the usual format of translators' editors; one message for each unit."""

from ..document import BilingualDocument, TranslationUnit
from ..exchange import REMARK, heading
from ._base import WRITERS, kept_units, notes, one_line, rebuilding, xml_text


@WRITERS.register("po", ".po")
def write_po(document: BilingualDocument, *, keep_boilerplate: bool = False) -> str:
    """A PO file with a message for each unit: `msgctxt` its id, `msgid` its source, `msgstr` its target or nothing.

    The context keeps a sentence that stands twice two messages. What no human has reviewed is flagged fuzzy. Role,
    origin, state, score, terms and findings are extracted comments (`#.`), one a line, and so is what a program needs
    to build the document again; a person's remarks are translator's comments (`#`).
    """
    import polib

    po = polib.POFile(wrapwidth=0)
    po.header = "\n".join(_comment("finding", one_line(f"{f.check}: {f.message}")) for f in document.findings)
    po.metadata = _metadata(document)
    units = kept_units(document, keep_boilerplate)
    for unit, extra in zip(units, rebuilding(document, units), strict=True):
        pairs = (*notes(document, unit), *extra)
        source = xml_text(unit.segment.text)
        po.append(
            polib.POEntry(
                msgctxt=unit.id,
                msgid=source,
                msgstr=_msgstr(source, xml_text(unit.target or "")),
                comment="\n".join(_comment(key, value) for key, value in pairs if key != REMARK),
                tcomment="\n".join(_ended(value) for key, value in pairs if key == REMARK),
                flags=["fuzzy"] if _unreviewed(unit) else [],
            )
        )
    return str(po)


def _metadata(document: BilingualDocument) -> dict[str, str]:
    from .._version import __version__

    (_, name), *facts = heading(document)
    return {
        "Project-Id-Version": name,
        "Last-Translator": f"dwibahasa {__version__}",
        "Language-Team": "none",
        "Language": document.target_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Generator": f"dwibahasa {__version__}",
        "X-Source-Language": document.source_language,
        **{_header(key): value for key, value in facts},
    }


def _header(key: str) -> str:
    return f"X-Dwibahasa-{key.title()}"


def _unreviewed(unit: TranslationUnit) -> bool:
    return bool(unit.target) and unit.origin != "human" and unit.state in ("initial", "translated")


def _msgstr(source: str, target: str) -> str:
    """TARGET, beginning and ending with a line feed exactly where SOURCE does, as `msgfmt --check` demands."""
    core = target.strip("\n")
    if not core:
        return ""
    return "\n" * source.startswith("\n") + core + "\n" * source.endswith("\n")


def _comment(key: str, value: str) -> str:
    return _ended(f"{key}: {value}")


def _ended(line: str) -> str:
    """LINE with a space after a backslash at its end: gettext joins such a line to the next, even in a comment."""
    return f"{line} " if line.endswith("\\") else line
