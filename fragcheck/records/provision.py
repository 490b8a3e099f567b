"""What a document is segmented into: provisions, each with its place on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fragcheck.records.document import BBox, Notice
from fragcheck.records.quick import quickly_made

__all__ = [
    "Provision",
    "ProvisionKind",
    "Segmentation",
    "Span",
    "TableCell",
    "Tradition",
    "cell_offsets",
    "table_text",
]


class ProvisionKind(StrEnum):
    """Kinds of units. The names follow Akoma Ntoso where it has one."""

    PREAMBLE = "preamble"
    RECITAL = "recital"
    PART = "part"
    TITLE = "title"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    POINT = "point"
    SUBPOINT = "subpoint"
    DEFINITION = "definition"
    SUBSECTION = "subsection"
    SCHEDULE = "schedule"
    ANNEX = "annex"
    PRINCIPLE = "principle"
    ITEM = "item"
    TABLE = "table"
    OTHER = "other"


class Tradition(StrEnum):
    """Drafting traditions, each with a numbering grammar of its own."""

    EU = "eu"
    US = "us"
    COMMONWEALTH = "commonwealth"
    EAST_ASIAN = "east_asian"
    CIVIL_LAW = "civil_law"
    STANDARD = "standard"
    PLAIN = "plain"
    TABLE = "table"


@quickly_made
@dataclass(frozen=True, slots=True)
class Span:
    """A printed place: page from 1, box in points, and which characters of the text stand there.

    ``start`` and ``end`` count characters of `Provision.text`; both are 0 for a
    heading or a number, which are not part of the text.
    """

    page: int
    bbox: BBox
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table.

    Parameters
    ----------
    row, column : int
        Place in the grid, counted from 0.
    text : str
        Empty for an empty cell.
    page : int or None
        Page from 1; None where the file has no pages.
    bbox : BBox or None
        Its frame in points, origin top left.
    row_span, column_span : int
        Rows and columns that it takes, at least 1.
    """

    row: int
    column: int
    text: str = ""
    page: int | None = None
    bbox: BBox | None = None
    row_span: int = 1
    column_span: int = 1


def table_text(cells: Iterable[TableCell]) -> str:
    r"""The words of a table in reading order: cells of a row divided by ``" | "``, rows by ``"\n"``.

    Empty cells and rows do not show.
    """
    rows: dict[int, list[str]] = {}
    for cell in cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell.text)
    return "\n".join(" | ".join(texts) for texts in rows.values())


def cell_offsets(cells: Iterable[TableCell]) -> list[int]:
    """Where the text of each cell begins in their `table_text`; the cells stand row by row."""
    offsets: list[int] = []
    length, last = 0, -1
    for cell in cells:
        if cell.text and length:
            length += len(" | ") if cell.row == last else len("\n")
        offsets.append(length)
        if cell.text:
            length, last = length + len(cell.text), cell.row
    return offsets


@quickly_made
@dataclass(frozen=True, slots=True)
class Provision:
    """A unit of a document.

    Parameters
    ----------
    eid : str
        Akoma Ntoso name, unique in the document: ``art_9__para_2__point_a``.
    kind : ProvisionKind
    num : str
        Number as printed, with its punctuation (``"Article 9"``, ``"(a)"``).
    heading : str
    text : str
        Own text, without that of its children. Text after a list belongs to
        the unit that introduced the list.
    context : str
        Headings and lead-ins of all ancestors, outermost first, joined by ``" > "``.
    parent : str or None
        eid of the parent.
    spans : tuple of Span
        Where it is printed. Empty for tables of provisions.
    language : str
        ISO 639-1 code.
    is_quoted : bool
        True for text of another law inside an amending provision, and for that of another document that the
        file prints before or behind this one.
    warnings : tuple of Notice
    cells : tuple of TableCell
        Of a table, row by row; `text` is then their `table_text`. Empty for everything else.

    Notes
    -----
    Naming of eids: Akoma Ntoso Naming Convention 1.0, OASIS 2019.
    """

    eid: str
    kind: ProvisionKind
    num: str = ""
    heading: str = ""
    text: str = ""
    context: str = ""
    parent: str | None = None
    spans: tuple[Span, ...] = ()
    language: str = ""
    is_quoted: bool = False
    warnings: tuple[Notice, ...] = ()
    cells: tuple[TableCell, ...] = ()

    @property
    def page_start(self) -> int | None:
        """First page of the unit, from 1; None where it is not from pages."""
        return min((span.page for span in self.spans), default=None)

    @property
    def page_end(self) -> int | None:
        """Last page of the unit, from 1; None where it is not from pages."""
        return max((span.page for span in self.spans), default=None)


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The provisions of one document in document order, and how they were found."""

    document_id: str
    provisions: tuple[Provision, ...]
    tradition: Tradition
    language: str
    is_forced: bool = False
    tradition_scores: tuple[tuple[str, float], ...] = ()
    warnings: tuple[Notice, ...] = ()
