"""Word files of our own: lists that count by themselves, tracked changes, notes, tables."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LEVEL = (
    '<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
    '<w:lvlText w:val="{text}"/>'
    '<w:pPr><w:ind w:left="{left}"/></w:pPr></w:lvl>'
)


def add_list(document, number, levels, *, abstract=None, overrides=""):
    """Define a list: `levels` are (kind, text) or (kind, text, start, more XML) by depth."""
    root = document.part.numbering_part.element
    if abstract is None:
        abstract = 100 + number
        made = []
        for at, level in enumerate(levels):
            kind, text, start, more = (*level, 1, "")[:4] if len(level) < 4 else level
            made.append(
                LEVEL.format(at=at, start=start, kind=kind, text=text, more=more, left=720 * (at + 1))
            )
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">{"".join(made)}</w:abstractNum>'
        root.insert(0, parse_xml(xml))
    xml = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
    root.append(parse_xml(xml))


def add_item(document, text, number, level=0):
    """A paragraph of a list."""
    paragraph = document.add_paragraph(text)
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().insert(0, parse_xml(xml))
    return paragraph


def add_xml(paragraph, name, inner, attributes=""):
    """Append an element with raw XML in it to a paragraph."""
    paragraph._p.append(parse_xml(f"<w:{name} {nsdecls('w')} {attributes}>{inner}</w:{name}>"))


def saved(document):
    """Bytes of a document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_parts(data, **parts):
    """The archive with parts replaced or added, by name with ``__`` for ``/`` and ``_xml`` for ``.xml``."""
    buffer = io.BytesIO()
    names = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in names:
                new.writestr(part, old.read(part))
        for name, content in names.items():
            new.writestr(name, content)
    return buffer.getvalue()


def new_document():
    """An empty document."""
    return docx.Document()
