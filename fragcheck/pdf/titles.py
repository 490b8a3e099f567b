"""The title of a document: what its metadata say, else what stands largest on its first page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fragcheck.pdf.footnotes import running_size
from fragcheck.pdf.roles import BODY
from fragcheck.records import Line

__all__ = ["title_of"]

MAX_LENGTH = 300
#: Letters that a title has at least; ideographs weigh three.
MIN_LETTERS = 12
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|rtf|odt|tex|fm|xlsx?)\b|^microsoft word|^untitled|^document\d*$", re.IGNORECASE
)


def title_of(metadata_title: str, lines: Sequence[Line], fallback: str) -> str:
    """The best title that is at hand.

    Parameters
    ----------
    metadata_title : str
        Title by the file's own metadata, may be empty.
    lines : sequence of Line
        Lines of the document with their roles.
    fallback : str
        What to say where there is neither, e.g. the file name.

    Returns
    -------
    str
        One line of at most 300 characters.
    """
    own = " ".join(metadata_title.replace("\x00", "").split())
    if _letters(own) >= MIN_LETTERS and (" " in own or not own.isascii()) and not _FILE_NAME.search(own):
        return own[:MAX_LENGTH]
    printed = _largest(lines) or _first(lines)
    return printed[:MAX_LENGTH] if printed else fallback


def _letters(text: str) -> int:
    return sum(3 if character >= "\u2e80" else 1 for character in text if character.isalpha())


def _first_page(lines: Sequence[Line]) -> list[Line]:
    body = [line for line in lines if line.role is BODY]
    return [line for line in body if line.page == body[0].page] if body else []


def _largest(lines: Sequence[Line]) -> str:
    """Lines in the largest size that make a phrase, if it is larger than the running text."""
    page = _first_page(lines)
    floor = 1.1 * running_size(lines)
    for size in sorted({round(line.font_size) for line in page}, reverse=True):
        if size < floor:
            break
        text = _joined([line for line in page if round(line.font_size) == size])
        if _letters(text) >= MIN_LETTERS and len(set(text.casefold().split())) >= (
            2 if text.isascii() else 1
        ):
            return text
    return ""


def _first(lines: Sequence[Line]) -> str:
    """The first line of the first page that is long enough for a title."""
    for line in _first_page(lines):
        if _letters(line.text) >= MIN_LETTERS:
            return _joined([line])
    return ""


def _joined(lines: Sequence[Line]) -> str:
    text = " ".join(line.text for line in lines)
    return " ".join(text.replace("\u00ad ", "").replace("\u00ad", "").split())
