"""What is read from a file: a document, its pages and its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fragcheck.records.quick import quickly_made

__all__ = [
    "BBox",
    "CellBox",
    "Document",
    "DocumentKind",
    "Line",
    "LineRole",
    "Notice",
    "Page",
    "RuledTable",
    "TextSource",
]

#: x0, y0, x1, y1 in points (1/72 inch), origin at the top left corner of the page.
BBox = tuple[float, float, float, float]


class LineRole(StrEnum):
    """What a line is on its page. Furniture is marked, never deleted."""

    BODY = "body"
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    FOOTNOTE = "footnote"
    MARGIN = "margin"
    LINE_NUMBER = "line_number"
    TABLE = "table"


class TextSource(StrEnum):
    """Where the text of a page comes from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    NONE = "none"


class DocumentKind(StrEnum):
    """The legal nature of a document, as far as it is known.

    `ORDER` is an order of the executive, `SOFT_LAW` guidance, recommendations and policy.
    """

    LAW = "law"
    BILL = "bill"
    ORDER = "order"
    TREATY = "treaty"
    SOFT_LAW = "soft_law"
    STANDARD = "standard"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something odd that was met and worked around. It is shown and counted.

    Parameters
    ----------
    code : str
        Short stable name in kebab case, e.g. ``"page-without-text"``.
    message : str
        One sentence for the reader.
    page : int or None
        Page number from 1.
    eid : str or None
        Provision that it concerns.
    """

    code: str
    message: str
    page: int | None = None
    eid: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Line:
    r"""One printed line, in reading order.

    Parameters
    ----------
    text : str
        Text as printed; soft hyphens at the line end are kept as ``"\u00ad"``.
    page : int
        Page number from 1.
    bbox : BBox
        Box in points, origin top left.
    font_size : float
        Size of most of its characters in points, after the text matrix.
    is_bold, is_italic, is_struck, is_underlined : bool
        True where most characters are so set.
    role : LineRole
        What the line is on its page.
    column : int
        0 for the first column (and for lines across all of them).
    struck_spans : tuple of (int, int)
        Character ranges of `text` that are struck through, where only a part is.
    superscript_spans : tuple of (int, int)
        Character ranges that are set raised and small (footnote marks).
    begins_paragraph : bool or None
        Whether a paragraph begins here, where the file says so; None where only the layout tells.
    """

    text: str
    page: int
    bbox: BBox
    font_size: float
    is_bold: bool = False
    is_italic: bool = False
    is_struck: bool = False
    is_underlined: bool = False
    role: LineRole = LineRole.BODY
    column: int = 0
    struck_spans: tuple[tuple[int, int], ...] = ()
    superscript_spans: tuple[tuple[int, int], ...] = ()
    begins_paragraph: bool | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Size of a page in points and where its text comes from."""

    number: int
    width: float
    height: float
    source: TextSource = TextSource.TEXT_LAYER
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CellBox:
    """A cell of a ruled table: its place in the grid, counted from 0, its box and how far it spans."""

    row: int
    column: int
    bbox: BBox
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The grid of a table on one page, framed by ruling lines; cells row by row, empty ones too."""

    page: int
    cells: tuple[CellBox, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read. `id` is the sha256 of the file's bytes, in hex.

    `instrument` is the id of the instrument of the catalogue that it is a copy of, told by the hash of the
    file or else by the title or number that it opens with; empty where it is none. `status` is that
    instrument's (``in_force``, ``proposed``, ``repealed``, ``vetoed`` …).
    """

    id: str
    title: str
    path: str
    jurisdiction: str = ""
    language: str = ""
    kind: DocumentKind = DocumentKind.UNKNOWN
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    warnings: tuple[Notice, ...] = ()
    metadata: tuple[tuple[str, str], ...] = field(default=())
    tables: tuple[RuledTable, ...] = ()
    is_translation: bool = False
    status: str = ""
    instrument: str = ""

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """Numbers of the pages that hold no text that could be read."""
        return tuple(page.number for page in self.pages if page.source is TextSource.NONE)
