"""XML from strangers: nothing outside the file is opened, no entity is expanded."""

from typing import Any

from ..errors import InputError

MAX_BYTES = 256 * 2**20
"""A larger file is refused; the tree of one takes about ten times its size in memory."""


def parse(data: bytes, name: str) -> Any:
    """The root of the XML in DATA, without its comments and processing instructions.

    Raises `InputError` for what is not well-formed, has an encoding that is not known, declares entities or uses
    undeclared ones, nests deeper than libxml2 allows (256), or is larger than `MAX_BYTES`.
    """
    from lxml import etree

    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: {len(data) // 2**20} MB of XML, more than the {MAX_BYTES // 2**20} MB that are read")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None) or 1
        message = " ".join(str(getattr(error, "msg", error)).split())
        raise InputError(f"{name}: line {line}: not well-formed XML ({message})") from None
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise InputError(f"{name}: declares entities, which is refused")
    for entity in root.iter(etree.Entity):
        raise InputError(f"{name}: line {entity.sourceline}: the entity {entity.text} is not known")
    return root


def local(element: Any) -> str:
    """The name of ELEMENT without its namespace."""
    return str(element.tag).rpartition("}")[2]
