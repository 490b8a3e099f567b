"""A small typesetter: texts written by us become documents with boxes, as a PDF reader gives them."""

from __future__ import annotations

import textwrap

from fragcheck.records import Document, Line, LineRole, Page

ADVANCE = 5.0
PITCH = 13.0
LEFT = 72.0
COLUMNS = 84
LAST_LINE = 730.0


def typeset_text(text: str, *, language: str = "", columns: int = COLUMNS) -> Document:
    """Each source line is a paragraph at its own indent, wrapped to the page.

    Marks at the start of a source line: ``^`` centred, ``*`` bold, ``/`` italic, ``+`` larger;
    a form feed starts a page, an empty line leaves a gap.
    """
    lines: list[Line] = []
    page, top, gap = 1, 72.0, 0.0
    for source in text.strip("\n").split("\n"):
        if source.strip() == "\f":
            page, top, gap = page + 1, 72.0, 0.0
            continue
        if not source.strip():
            gap = 9.0
            continue
        body = source.lstrip(" ")
        indent = len(source) - len(body)
        marks = set()
        while body and body[0] in "^*/+":
            marks.add(body[0])
            body = body[1:]
        dense = any("\u3040" <= char <= "\u9fff" for char in body)
        width = (columns - indent) // (2 if dense else 1)
        for piece in textwrap.wrap(body, max(width, 8)) or [body]:
            if top > LAST_LINE:
                page, top, gap = page + 1, 72.0, 0.0
            size = 14.0 if "+" in marks else 10.0
            length = len(piece) * ADVANCE * (2 if dense else 1) * size / 10.0
            x0 = LEFT + (columns * ADVANCE - length) / 2 if "^" in marks else LEFT + indent * ADVANCE
            y0 = top + gap
            box = (x0, y0, x0 + length, y0 + size)
            lines.append(
                Line(piece, page, box, size, is_bold="*" in marks, is_italic="/" in marks, role=LineRole.BODY)
            )
            top, gap = y0 + PITCH * size / 10.0, 0.0
    pages = tuple(Page(number, 595.0, 842.0) for number in range(1, page + 1))
    return Document("0" * 64, "test", "test.pdf", language=language, pages=pages, lines=tuple(lines))
