"""Word documents (DOCX) to a document, with the numbers of their automatic lists."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from fragcheck.errors import UnreadableInput
from fragcheck.formats.blocks import Block, BlockWriter, is_title, labelled, lines_of, table_row
from fragcheck.formats.docx_numbering import Numbering, W, find, value_of
from fragcheck.formats.docx_styles import ParagraphStyle, Styles, is_on
from fragcheck.formats.xml_input import Element, local_name, read_limited
from fragcheck.records import Document, LineRole, Notice

__all__ = ["read_docx"]

#: Bytes that all parts may unpack to, and how many there may be. Pictures of scanned laws stay far below.
_MOST_BYTES = 512 * 1024 * 1024
_MOST_PART = 128 * 1024 * 1024
_MOST_PARTS = 20_000
_PROPER_TITLE = 8
_TITLE = 300
#: Elements that hold runs or paragraphs and say nothing of their own.
_TRANSPARENT = frozenset(
    [
        "ins",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "moveTo",
        "dir",
        "bdo",
        "subDoc",
        "ruby",
        "rubyBase",
    ]
)
_IN_WORDS = re.compile(r"[^\W\d_]{4,}\s\S{1,8}")
_DELETED = frozenset({"del", "moveFrom"})


def read_docx(path: Path) -> Document:
    """The document of a Word file.

    The numbers of automatic lists are put before their paragraphs as Word prints them. Headings are
    set larger, tracked deletions and struck runs are marked as struck, tracked insertions are read;
    footnotes, headers and footers are marked as such; hidden text is left out. A table of labels
    and texts is read as a list.

    Raises
    ------
    UnreadableInput
        Where the file is not there, no Word document, damaged, or unpacks to more than a law can be.
    """
    data = read_limited(path, "a DOCX file")
    _check_archive(data, path.name)
    import docx  # brings lxml and a template: only on use
    from lxml import etree

    try:
        opened = docx.Document(io.BytesIO(data))
        reader = _Reader(opened)
        blocks = [*reader.furniture("header"), *reader.body(), *reader.notes(), *reader.furniture("footer")]
    except (
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        OSError,
        zipfile.BadZipFile,
        etree.LxmlError,
    ) as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0][:160]
        raise UnreadableInput(
            f"{path.name}: a DOCX file wanted, it cannot be read ({said}); save it again as DOCX"
        ) from error
    except RecursionError as error:
        raise UnreadableInput(f"{path.name}: its parts nest too deeply to be a law; save it again") from error
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        title=_title(opened, blocks, path.stem),
        path=str(path),
        lines=lines_of(blocks),
        warnings=tuple(reader.notices()),
    )


def _check_archive(data: bytes, name: str) -> None:
    """Refuse archives that unpack beyond all measure, and parts with a document type declaration."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            total = sum(part.file_size for part in parts)
            if total > _MOST_BYTES or len(parts) > _MOST_PARTS:
                raise UnreadableInput(
                    f"{name}: a DOCX file of at most {_MOST_BYTES >> 20} MB unpacked wanted, "
                    f"{total >> 20} MB in {len(parts)} parts came; it may be a ZIP bomb: divide the document"
                )
            for part in parts:
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                if part.file_size > _MOST_PART:
                    raise UnreadableInput(
                        f"{name}: {part.filename} of at most {_MOST_PART >> 20} MB wanted, "
                        f"{part.file_size >> 20} MB came; it may be a ZIP bomb: divide the document"
                    )
                with archive.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read().replace(b"\x00", b""):
                        raise UnreadableInput(
                            f"{name}: {part.filename} brings a document type declaration, which no Word "
                            "document has; the file is damaged or hostile"
                        )
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
    ) as error:
        said = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise UnreadableInput(
            f"{name}: a DOCX file wanted, a damaged archive came ({said}); save it again"
        ) from error
    except ValueError as error:
        if isinstance(error, UnreadableInput):
            raise
        raise UnreadableInput(f"{name}: a DOCX file wanted, a damaged archive came ({error})") from error


def _title(opened: Any, blocks: list[Block], stem: str) -> str:  # noqa: ANN401 - python-docx's document
    stated = " ".join(str(opened.core_properties.title or "").split())
    if len(stated) >= _PROPER_TITLE and not stated.lower().startswith("microsoft word"):
        return stated[:_TITLE]
    body = [block for block in blocks if block.role is LineRole.BODY]
    largest = max((block.size for block in body), default=0.0)
    return next((block.text for block in body if block.size == largest), stem)[:_TITLE]


class _Reader:
    """Reads the parts of one document."""

    def __init__(self, opened: Any) -> None:  # noqa: ANN401 - python-docx's document
        self._part = opened.part
        self._body = opened.element.body
        roots = {kind: self._related(kind) for kind in ("styles", "numbering", "footnotes", "endnotes")}
        self._styles = Styles(roots["styles"])
        self._numbering = Numbering(roots["numbering"], roots["styles"])
        self._notes = [root for kind in ("footnotes", "endnotes") if (root := roots[kind]) is not None]

    def _related(self, kind: str) -> Element | None:
        return next(self._all_related(kind), None)

    def _all_related(self, kind: str) -> Iterator[Element]:
        """Roots of the parts of a kind."""
        from docx.oxml import parse_xml

        for relation in self._part.rels.values():
            if relation.reltype.rsplit("/", 1)[-1] == kind and not relation.is_external:
                yield parse_xml(relation.target_part.blob)

    def notices(self) -> Iterator[Notice]:
        """What was odd."""
        if self._numbering.unknown:
            names = ", ".join(sorted(self._numbering.unknown))
            yield Notice("list-numbers-unknown", f"Lists that count by {names} were numbered in figures.")

    def body(self) -> list[Block]:
        """Blocks of the body."""
        return list(self._blocks(self._body, 0.0))

    def notes(self) -> Iterator[Block]:
        """Footnotes and endnotes, without the separators that Word keeps among them."""
        for root in self._notes:
            for note in root:
                if note.get(f"{W}type") in (None, "normal"):
                    yield from (replace(block, role=LineRole.FOOTNOTE) for block in self._blocks(note, 0.0))

    def furniture(self, kind: str) -> Iterator[Block]:
        """Page headers or footers, each text once."""
        role = LineRole.HEADER if kind == "header" else LineRole.FOOTER
        seen: set[str] = set()
        for root in self._all_related(kind):
            for block in self._blocks(root, 0.0):
                if block.text not in seen:
                    seen.add(block.text)
                    yield replace(block, role=role)

    def _blocks(self, container: Element, indent: float) -> Iterator[Block]:
        for child in container:
            name = local_name(child)
            if name == "p":
                yield from self._paragraph(child, indent)
            elif name == "tbl":
                for row in child.iter(f"{W}tr"):
                    if next(row.iterancestors(f"{W}tbl")) is child:
                        yield from self._row(row, indent)
            elif name in _TRANSPARENT:
                yield from self._blocks(child, indent)

    def _row(self, row: Element, indent: float) -> list[Block]:
        cells = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue
            merged = find(cell, "tcPr", "vMerge")
            is_continued = merged is not None and merged.get(f"{W}val") != "restart"
            cells.append([] if is_continued else list(self._blocks(cell, indent)))
        return table_row(cells)

    def _paragraph(self, paragraph: Element, indent: float) -> Iterator[Block]:
        properties = find(paragraph, "pPr")
        identifier = value_of(properties, "pStyle")
        style = self._styles.paragraph(identifier)
        number, level = self._list_of(properties, style, identifier)
        alignment = value_of(properties, "jc") or style.alignment
        block = Block(
            "",
            size=style.size,
            is_bold=style.is_bold or style.outline is not None or style.is_title,
            is_italic=style.is_italic,
            is_centred=alignment == "center",
            indent=indent + self._indent(properties, style, number, level),
        )
        writer = BlockWriter()
        boxes: list[Element] = []
        self._runs(paragraph, writer, block, boxes, is_struck=False)
        writer.end(block)
        label = ""
        if number and (writer.blocks or _is_set_off(paragraph)):
            label = self._numbering.count(number, level)
        yield from _numbered(label, writer.blocks, block) if label else writer.blocks
        for box in boxes:
            yield from self._blocks(box, indent)

    def _list_of(self, properties: Element | None, style: ParagraphStyle, identifier: str) -> tuple[str, int]:
        """Id of the list and level of a paragraph, its own or by its style; ("", 0) where there is none."""
        own = find(properties, "numPr")
        number = value_of(own, "numId") or style.number
        if number in ("", "0"):
            return "", 0
        stated = value_of(own, "ilvl") or style.level
        level = int(stated) if stated.isdigit() else self._numbering.level_of_style(identifier, number)
        return number, level

    def _indent(self, properties: Element | None, style: ParagraphStyle, number: str, level: int) -> float:
        own = find(properties, "ind")
        stated = None if own is None else own.get(f"{W}left") or own.get(f"{W}start")
        if stated is not None and str(stated).lstrip("-").isdigit():
            return max(int(stated) / 20.0, 0.0)
        if number:
            return self._numbering.indent(number, level)
        return max(style.indent or 0.0, 0.0)

    def _runs(
        self, element: Element, writer: BlockWriter, block: Block, boxes: list[Element], *, is_struck: bool
    ) -> None:
        """Add the runs of an element; text boxes are kept for later."""
        is_field = 0
        for child in element:
            name = local_name(child)
            if name == "r":
                is_field += _field_depth(child)
                if is_field <= 0:
                    _run(child, writer, block, boxes, is_struck=is_struck)
            elif name in _TRANSPARENT or name in _DELETED:
                self._runs(child, writer, block, boxes, is_struck=is_struck or name in _DELETED)


def _numbered(label: str, blocks: list[Block], style: Block) -> list[Block]:
    """Blocks with the number of their list; behind "Article 1" a heading is a line of its own."""
    if not blocks:
        return [replace(style, text=label)]
    if _IN_WORDS.fullmatch(label) and is_title(blocks[0].text) and not blocks[0].text.startswith("("):
        return [replace(style, text=label, is_bold=blocks[0].is_bold), *blocks]
    return labelled(label, blocks)


def _field_depth(run: Element) -> int:
    """What a run does to the instructions of fields: 1 begins them, -1 ends them, 0 for others."""
    change = 0
    for mark in run.iterchildren(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        change += 1 if kind == "begin" else -1 if kind == "separate" else 0
    return change


def _is_set_off(paragraph: Element) -> bool:
    """Whether an empty paragraph of a list still counts: Word numbers it unless its mark is hidden."""
    return not is_on(find(paragraph, "pPr", "rPr", "vanish"))


def _run(run: Element, writer: BlockWriter, block: Block, boxes: list[Element], *, is_struck: bool) -> None:
    properties = find(run, "rPr")
    if is_on(find(properties, "vanish")):
        return
    run_set = {
        "is_bold": is_on(find(properties, "b")),
        "is_italic": is_on(find(properties, "i")),
        "is_struck": is_struck or is_on(find(properties, "strike")) or is_on(find(properties, "dstrike")),
        "is_raised": value_of(properties, "vertAlign") == "superscript",
    }
    for child in run:
        name = local_name(child)
        if name in ("t", "delText"):
            writer.add(child.text or "", **run_set)
        elif name in ("tab", "ptab"):
            writer.add(" ")
        elif name == "noBreakHyphen":
            writer.add("\u2011", **run_set)
        elif name in ("br", "cr"):
            writer.end_line(block)
        elif name in ("pict", "drawing", "AlternateContent"):
            boxes.extend(_text_boxes(child))


def _text_boxes(drawing: Element) -> list[Element]:
    """Text boxes of a drawing, each once: of an alternative for older programs only the first choice."""
    found = list(drawing.iter(f"{W}txbxContent"))
    choices = [box for box in found if any(local_name(above) == "Fallback" for above in box.iterancestors())]
    return [box for box in found if box not in choices] or found[:1]
