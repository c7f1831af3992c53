"""The package of a Word file (Open Packaging Conventions, ECMA-376 part 2): its parts, their content types, the
relations between them."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..errors import InputError
from .archive import Archive, serialized

if TYPE_CHECKING:
    from lxml import etree

TYPES = "[Content_Types].xml"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/%s}"
_TYPES, _RELATIONS = _PACKAGE % "content-types", _PACKAGE % "relationships"
_STRICT = "http://purl.oclc.org/ooxml/"
_MAINS = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_OTHERS = (("spreadsheetml", "an Excel workbook"), ("presentationml", "a PowerPoint presentation"))
# Macros, and signatures of what the copy no longer is.
_LEFT_OUT = (
    "application/vnd.ms-office.vbaProject",
    "application/vnd.ms-word.vbaData+xml",
    "application/vnd.openxmlformats-package.digital-signature-origin",
    "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part is related to: another part, or an address where it is `external`."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """The parts of a Word file. Raises `InputError` where the file is none, is in the strict variant, or lacks a part
    that it needs."""

    def __init__(self, data: bytes, name: str) -> None:
        self.archive = Archive(data, name, "DOCX")
        self.name = name
        self._types = self.archive.xml(TYPES)
        if not any(True for _ in self.relations("")):
            self.archive[_relations_of("")]  # says that it is missing
        main = self.related("", "officeDocument")
        if not main:
            raise InputError(f"{name}: not a DOCX file, or a damaged one: no relation leads to a document")
        self.main = main[0]
        kind = self.type_of(self.main)
        if kind not in _MAINS:
            found = next((words for mark, words in _OTHERS if mark in kind), f"of the type {kind or 'unknown'}")
            raise InputError(f"{name}: not a Word document but {found}; known: .docx and .docm")

    def related(self, part: str, kind: str) -> list[str]:
        """The parts to which PART has a relation of the type that ends in KIND, in their order."""
        found = []
        for relation in self.relations(part):
            if relation.type.rpartition("/")[2] != kind:
                continue
            if relation.external:
                raise InputError(
                    f"{self.name}: refused: {_relations_of(part)}: {kind} lies outside the file, at {relation.target!r}"
                )
            self.archive[relation.target]
            found.append(relation.target)
        return list(dict.fromkeys(found))

    def relations(self, part: str) -> Iterator[Relation]:
        """The relations of PART, or of the package where it is empty."""
        where = _relations_of(part)
        if where not in self.archive:
            return
        for element in self.archive.xml(where).getroot().iter(_RELATIONS + "Relationship"):
            target, kind = element.get("Target", ""), element.get("Type", "")
            if kind.startswith(_STRICT):
                raise InputError(
                    f"{self.name}: in the variant “Strict Open XML”, which is not read; save it as “Word document”"
                )
            external = element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target)))
                target = target.lstrip("/")
            yield Relation(element.get("Id", ""), kind, target, external)

    def type_of(self, part: str) -> str:
        """The content type of PART, empty where it has none."""
        root = self._types.getroot()
        for element in root.iter(_TYPES + "Override"):
            if element.get("PartName", "").lower() == f"/{part}".lower():
                return element.get("ContentType", "")
        suffix = posixpath.splitext(part)[1].lstrip(".").lower()
        defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter(_TYPES + "Default")}
        return defaults.get(suffix, "")

    def packed(self, changed: dict[str, "etree._ElementTree"]) -> bytes:
        """The file with the parts CHANGED, without macros and signatures."""
        contents: dict[str, bytes | None] = {part: serialized(tree) for part, tree in changed.items()}
        dropped = {part for part in self.archive if self.type_of(part) in _LEFT_OUT}
        contents |= dict.fromkeys(dropped) | {_relations_of(part): None for part in dropped}
        for part in self.archive:
            folder, name = posixpath.split(part)
            if posixpath.basename(folder) == "_rels" and part not in contents:
                owner = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
                if tree := self._related_without(owner, part, dropped):
                    contents[part] = serialized(tree)
        types = self._types.getroot()
        for element in list(types.iter(_TYPES + "Override")):
            if element.get("PartName", "").lstrip("/") in dropped:
                types.remove(element)
        contents[TYPES] = serialized(self._types)
        return self.archive.packed({part: data for part, data in contents.items() if part in self.archive})

    def _related_without(self, owner: str, part: str, dropped: set[str]) -> "etree._ElementTree | None":
        """The relations of OWNER, in PART, without those to parts that are DROPPED and to a template; None where none
        goes."""
        gone = {
            relation.id
            for relation in self.relations(owner)
            if relation.target in dropped or relation.type.endswith("/attachedTemplate")
        }
        if not gone:
            return None
        tree = self.archive.xml(part)
        for element in list(tree.getroot()):
            if element.get("Id") in gone:
                tree.getroot().remove(element)
        return tree


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
