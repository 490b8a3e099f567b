"""Sets the pieces of a source as PDF pages: columns, footnotes, line numbers, ruled tables, scans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import reportlab
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from scan import scanned_page
from sources import Piece, Source

FONT_FOLDER = Path(reportlab.__file__).parent / "fonts"
WIDTH, HEIGHT = A4
FOOTNOTE_SIZE = 7.0
MARK_SIZE = 6.0
# Room between the text of a column and its first footnote; the rule stands in it.
NOTES_GAP = 22.0


@dataclass(frozen=True)
class Faces:
    """Names of the fonts of a layout."""

    plain: str
    bold: str
    italic: str


TIMES = Faces("Times-Roman", "Times-Bold", "Times-Italic")
VERA = Faces("Vera", "VeraBd", "VeraIt")
COURIER = Faces("Courier", "Courier-Bold", "Courier-Oblique")


@dataclass(frozen=True)
class Layout:
    """Page of a drafting tradition: text columns as (left, width), font size, leading."""

    faces: Faces
    size: float
    leading: float
    columns: tuple[tuple[float, float], ...]
    top: float = HEIGHT - 84
    bottom: float = 72
    has_line_numbers: bool = False
    has_headings_above: bool = False


LAYOUTS = {
    "two_column": Layout(TIMES, 10, 12.5, ((56, 230), (309, 230))),
    "line_numbers": Layout(COURIER, 11, 22, ((110, 420),), has_line_numbers=True),
    "single": Layout(TIMES, 11.5, 15, ((80, 435),), has_headings_above=True),
    "standard": Layout(VERA, 9.5, 14, ((72, 451),)),
}
INDENT = {"subsec": 0, "para": 18, "subpara": 30, "point": 18}
CENTRED = {"title", "chapter", "part", "annex", "sch", "tablecaption"}
HEADINGS = {"h1": 4.0, "h2": 1.5, "sec": 0.0}


@dataclass(frozen=True)
class Word:
    """A word of a line; `footnote` is the number of the footnote that it is the mark of."""

    text: str
    footnote: int = 0


class Typesetter:
    """Fills pages column by column; footnotes stand at the foot of the column that cites them."""

    def __init__(self, source: Source, target: Path) -> None:
        self.head = source.head
        self.layout = LAYOUTS[source.head["layout"]]
        rl_config.useA85 = 0
        for name in (VERA.plain, VERA.bold, VERA.italic):
            pdfmetrics.registerFont(TTFont(name, FONT_FOLDER / f"{name}.ttf"))
        self.canvas = Canvas(
            str(target), pagesize=A4, invariant=1, pageCompression=1, lang=self.head["language"]
        )
        self.canvas.setTitle(self.head["title"])
        self.canvas.setAuthor("fragcheck sample corpus")
        self.canvas.setSubject("Fictional text made for testing")
        self.page = self.column = self.line_number = self.note_count = 0
        self.y = 0.0
        self.number_above = ""
        self.notes: list[tuple[int, str]] = []
        self.open_page()

    # -- pages and columns ------------------------------------------------------------------

    def open_page(self) -> None:
        """Begin a page with its header and footer."""
        if self.page:
            self.close_column()
            self.canvas.showPage()
        self.page += 1
        self.column = self.line_number = 0
        self.y = self.layout.top
        self.canvas.setFont(self.layout.faces.italic, 8)
        self.canvas.drawCentredString(WIDTH / 2, HEIGHT - 48, self.head["header"])
        self.canvas.setFont(self.layout.faces.plain, 8)
        self.canvas.drawString(self.layout.columns[0][0], 40, self.head["footer"])
        self.canvas.drawRightString(WIDTH - 56, 40, str(self.page))

    def next_column(self) -> None:
        """Go on at the top of the next column, or of the next page."""
        if self.column + 1 < len(self.layout.columns):
            self.close_column()
            self.column += 1
            self.y = self.layout.top
        else:
            self.open_page()

    def close_column(self) -> None:
        """Set the footnotes of the column at its foot."""
        left, width = self.layout.columns[self.column]
        y = self.layout.bottom + self._notes_height() - NOTES_GAP
        if self.notes:
            rule = y + FOOTNOTE_SIZE + 3
            self.canvas.line(left, rule, left + 60, rule)
        for number, text in self.notes:
            for row, line in enumerate(self._wrap_note(text, width)):
                if row == 0:
                    self.canvas.setFont(self.layout.faces.plain, 5)
                    self.canvas.drawString(left, y + 2, str(number))
                self.canvas.setFont(self.layout.faces.plain, FOOTNOTE_SIZE)
                self.canvas.drawString(left + 8, y, line)
                y -= FOOTNOTE_SIZE + 1.5
        self.notes = []

    def finish(self) -> None:
        """Write the file."""
        self.close_column()
        self.canvas.save()

    # -- lines ------------------------------------------------------------------------------

    def text(
        self, words: list[Word], notes: dict[int, str], *, face: str, size: float, **place: float | bool
    ) -> None:
        """Set words as lines, `indent` and `hang` from the left of the column, or `is_centred`."""
        _, width = self.layout.columns[self.column]
        indent, hang = float(place.get("indent", 0)), float(place.get("hang", 0))
        first = True
        for line in wrap(words, face, size, (width - indent, width - indent - hang)):
            line_notes = [(word.footnote, notes[word.footnote]) for word in line if word.footnote]
            room = self._notes_height(line_notes)
            if self.y - self.layout.leading < self.layout.bottom + room:
                self.next_column()
            self.notes += line_notes
            self._line(
                line, face, size, indent + (0 if first else hang), is_centred=bool(place.get("is_centred"))
            )
            first = False

    def space(self, points: float) -> None:
        """Leave room, except at the top of a column."""
        if self.y < self.layout.top:
            self.y -= points

    def _line(self, line: list[Word], face: str, size: float, indent: float, *, is_centred: bool) -> None:
        left, width = self.layout.columns[self.column]
        self.y -= self.layout.leading
        if self.layout.has_line_numbers:
            self.line_number += 1
            self.canvas.setFont(self.layout.faces.plain, 9)
            self.canvas.drawRightString(left - 28, self.y, str(self.line_number))
        x = left + indent
        if is_centred:
            x = left + (width - pdfmetrics.stringWidth(" ".join(word.text for word in line), face, size)) / 2
        for text, footnote in _runs(line):
            if footnote:
                self.canvas.setFont(face, MARK_SIZE)
                self.canvas.drawString(x, self.y + 3.5, text)
                x += pdfmetrics.stringWidth(text, face, MARK_SIZE) + 2
            else:
                self.canvas.setFont(face, size)
                self.canvas.drawString(x, self.y, text)
                x += pdfmetrics.stringWidth(text, face, size)

    def _wrap_note(self, text: str, width: float) -> list[str]:
        words = [Word(word) for word in text.split()]
        lines = wrap(words, self.layout.faces.plain, FOOTNOTE_SIZE, (width - 8, width - 8))
        return [" ".join(word.text for word in line) for line in lines]

    def _notes_height(self, more: list[tuple[int, str]] | None = None) -> float:
        width = self.layout.columns[self.column][1]
        notes = self.notes + (more or [])
        return sum(len(self._wrap_note(text, width)) for _, text in notes) * (FOOTNOTE_SIZE + 1.5) + 6 * bool(
            notes
        )

    # -- pieces -----------------------------------------------------------------------------

    def piece(self, piece: Piece) -> None:
        """Set one piece in the manner of its kind."""
        words, notes = self._words(piece)
        faces, size = self.layout.faces, self.layout.size
        label = [Word(word) for word in piece.number.split()]
        if piece.kind in CENTRED:
            self._centred(piece, label, words)
        elif piece.kind == "art" and self.layout.columns[0][1] < 300:
            self._keep_together(3)
            self.space(5)
            self.text(label, {}, face=faces.italic, size=size, is_centred=True)
            self.text(words, notes, face=faces.bold, size=size, is_centred=True)
        elif piece.kind in HEADINGS:
            self._keep_together(3)
            self.space(7)
            face = faces.bold
            if self.layout.has_headings_above:
                self.number_above, label, face = piece.number, [], faces.italic
            self.text(label + words, notes, face=face, size=size + HEADINGS[piece.kind])
        elif piece.kind == "note":
            self.text(words, notes, face=faces.italic, size=size, is_centred=True)
            self.space(10)
        else:
            self.space(4)
            indent = INDENT.get(piece.kind, 0)
            hang = 0 if self.layout.has_line_numbers or not label else 20
            if self.number_above:  # "1.—(1)" or "1." below the heading of the section
                label = [Word("—".join(filter(None, (self.number_above, piece.number))))]
                self.number_above = ""
            self.text(label + words, notes, face=faces.plain, size=size, indent=indent, hang=hang)

    def table(self, rows: list[list[str]]) -> None:
        """Set a ruled table with a bold first row."""
        left, width = self.layout.columns[self.column]
        height, step = 18.0, width / len(rows[0])
        if self.y - height * (len(rows) + 1) < self.layout.bottom:
            self.next_column()
        top = self.y - 8
        for index, row in enumerate(rows):
            self.canvas.setFont(self.layout.faces.bold if index == 0 else self.layout.faces.plain, 8.5)
            for column, cell in enumerate(row):
                self.canvas.drawString(left + column * step + 4, top - index * height - 12, cell)
        xs = [left + column * step for column in range(len(rows[0]) + 1)]
        self.canvas.setLineWidth(0.6)
        self.canvas.grid(xs, [top - index * height for index in range(len(rows) + 1)])
        self.y = top - height * len(rows) - 6

    def scan(self, pieces: list[Piece]) -> None:
        """Set pieces as the picture of a page, without a text layer."""
        self.open_page_without_text()
        lines = [(f"{piece.number} {piece.plain}", piece.kind in HEADINGS) for piece in pieces]
        image = scanned_page(lines, FONT_FOLDER, (self.head["header"], str(self.page)))
        self.canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)

    def open_page_without_text(self) -> None:
        """Begin a page that holds nothing yet."""
        self.close_column()
        self.canvas.showPage()
        self.page += 1
        self.y = self.layout.bottom

    def _centred(self, piece: Piece, label: list[Word], words: list[Word]) -> None:
        faces, size = self.layout.faces, self.layout.size
        if piece.kind in {"annex", "sch"}:
            self.open_page()
        self._keep_together(4)
        self.space(8)
        for line in (label, words):
            if line:
                bigger = 2 if piece.kind == "title" else 0
                self.text(line, {}, face=faces.bold, size=size + bigger, is_centred=True)

    def _keep_together(self, lines: int) -> None:
        if self.y - lines * self.layout.leading < self.layout.bottom + self._notes_height():
            self.next_column()

    def _words(self, piece: Piece) -> tuple[list[Word], dict[int, str]]:
        words: list[Word] = []
        notes: dict[int, str] = {}
        for index, part in enumerate(piece.parts):
            if index % 2 == 0:
                words += [Word(word) for word in part.split()]
            else:
                self.note_count += 1
                notes[self.note_count] = part
                words.append(Word(str(self.note_count), self.note_count))
        return words, notes


def typeset(source: Source, target: Path) -> None:
    """Write the PDF of a source; the same source gives the same bytes."""
    setter = Typesetter(source, target)
    rows: list[list[str]] = []
    scanned: list[Piece] | None = None
    for piece in source.pieces:
        if rows and piece.kind != "row":
            setter.table(rows)
            rows = []
        if piece.kind == "scan":
            if scanned is not None:
                setter.scan(scanned)
            scanned = [] if scanned is None else None
        elif scanned is not None:
            scanned.append(piece)
        elif piece.kind == "row":
            rows.append(piece.text.split("|"))
        else:
            setter.piece(piece)
    setter.finish()


def wrap(words: list[Word], face: str, size: float, widths: tuple[float, float]) -> Iterator[list[Word]]:
    """Break words into lines of the first width, then of the second; a mark stays with its word."""
    line: list[Word] = []
    width = widths[0]
    for word in words:
        wider = " ".join(each.text for each in [*line, word])
        if line and not word.footnote and pdfmetrics.stringWidth(wider, face, size) > width:
            yield line
            line, width = [], widths[1]
        line.append(word)
    if line:
        yield line


def _runs(line: list[Word]) -> Iterator[tuple[str, int]]:
    """Parts of a line that are drawn at once: words joined by spaces, and marks by themselves."""
    plain: list[str] = []
    for word in line:
        if word.footnote:
            yield " ".join(plain), 0
            yield word.text, word.footnote
            plain = [""]
        else:
            plain.append(word.text)
    if any(plain):
        yield " ".join(plain).removeprefix(" "), 0
