"""Plain text to a document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from fragcheck.formats.blocks import Block, lines_of
from fragcheck.formats.xml_input import read_limited
from fragcheck.records import Document, Notice

__all__ = ["decoded", "read_text_file"]

#: Characters of the longest line of a text that is broken into lines by hand or by a typewriter.
_LONGEST_LINE = 120
#: Share of lines that may be longer in such a text.
_LONGER = 0.02
#: Points that one space of indent is worth.
_SPACE = 5.0
_TITLE = 200


def decoded(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Text of bytes in UTF-8, UTF-16 (with its mark) or else Windows-1252, with a notice for the last."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        notice = Notice("text-encoding", "The text is not UTF-8; it was read as Windows-1252.")
        return data.decode("cp1252", errors="replace"), (notice,)


def read_text_file(path: Path) -> Document:
    """The document of a plain text file.

    Where lines are short, an empty line begins a paragraph, and for other lines the layout tells;
    where they are long, every line is a paragraph.

    Raises
    ------
    UnreadableInput
        Where the file is not there, empty or too large.
    """
    data = read_limited(path, "a text file")
    text, notices = decoded(data)
    rows = re.split(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]", text.replace("\x00", ""))
    blocks = list(_blocks(rows))
    title = next((block.text for block in blocks), path.stem)[:_TITLE]
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        title=title,
        path=str(path),
        lines=lines_of(blocks),
        warnings=notices,
    )


def _blocks(rows: list[str]) -> Iterator[Block]:
    filled = [row for row in rows if row.strip()]
    longer = sum(len(row) > _LONGEST_LINE for row in filled)
    is_broken = longer <= _LONGER * len(filled)
    is_after_gap = True
    for row in rows:
        words = " ".join(row.split())
        if words:
            indent = (len(row.expandtabs(8)) - len(row.expandtabs(8).lstrip())) * _SPACE
            begins = True if is_after_gap or not is_broken else None
            yield Block(words, indent=indent, begins=begins)
        is_after_gap = not words
