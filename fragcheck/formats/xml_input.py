"""XML of others, read without entities, without the network and within limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fragcheck.errors import UnreadableInput

__all__ = ["Element", "local_name", "parse_xml", "read_limited"]

#: An lxml element; the library ships no types.
Element = Any
#: Bytes of the largest file that is read. The largest consolidated codes stay under 20 MB.
MAX_BYTES = 64 * 1024 * 1024


def read_limited(path: Path, wanted: str) -> bytes:
    """Bytes of a file that is there, not empty and not beyond all measure.

    Raises
    ------
    UnreadableInput
        Where it is not so; `wanted` says what should have come.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise UnreadableInput(f"{path.name}: the file cannot be opened ({error.strerror})") from error
    if size > MAX_BYTES:
        raise UnreadableInput(
            f"{path.name}: {wanted} of at most {MAX_BYTES >> 20} MB wanted, "
            f"{size >> 20} MB came; divide the file"
        )
    if not data.strip():
        raise UnreadableInput(f"{path.name}: {wanted} wanted, the file is empty")
    return data


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of an XML document.

    Raises
    ------
    UnreadableInput
        If it is not well-formed, nests deeper than 250 levels, or brings a document type
        declaration: entities can blow up memory and read other files, and laws need none.
    """
    from lxml import etree  # 30 ms, and most inputs are PDFs

    if b"<!DOCTYPE" in data.replace(b"\x00", b""):
        raise UnreadableInput(
            f"{name}: XML without a document type declaration wanted, one came; "
            "entities are not read: remove the <!DOCTYPE …> at its start"
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        said = str(error).splitlines()[0][:160]
        raise UnreadableInput(
            f"{name}: well-formed XML wanted, it is not ({said}); export it again"
        ) from error


def local_name(element: Element) -> str:
    """Name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
