"""Text by pdfplumber, for files that pdfium refuses to open and pdfminer repairs.

It takes 100 ms a page instead of a few, so it is the second choice only.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from fragcheck.pdf.characters import is_visible
from fragcheck.pdf.engine import Ints, has_bold_name, has_italic_name
from fragcheck.pdf.pieces import Pieces
from fragcheck.pdf.runs import BOLD, ITALIC

__all__ = ["fallback_pages", "pieces_of"]


@contextmanager
def fallback_pages(data: bytes, password: str | None) -> Iterator[list[Any] | None]:
    """Pages by pdfplumber; None where it cannot open the file either.

    Parameters
    ----------
    data : bytes
        The file.
    password : str or None
        Its password.
    """
    import pdfplumber

    try:
        pdf = pdfplumber.open(io.BytesIO(data), password=password)
        pages = list(pdf.pages)
    except Exception:  # noqa: BLE001 - pdfminer raises errors of many kinds on damaged files
        yield None
        return
    try:
        yield pages
    finally:
        pdf.close()


def pieces_of(page: Any) -> Pieces:  # noqa: ANN401 - pdfplumber is untyped
    """The visible characters of a pdfplumber page in content order, each a piece of its own."""
    marks = [character for character in page.chars if character["text"]]
    spaces = np.array([not is_visible(mark["text"][0]) for mark in marks], np.bool_)
    keep = np.flatnonzero(~spaces)
    visible = [marks[index] for index in keep]
    boxes = np.array([[mark["x0"], mark["top"], mark["x1"], mark["bottom"]] for mark in visible], np.float64)
    matrices = np.array([mark["matrix"] for mark in visible], np.float64).reshape(-1, 6)
    angles = np.round(np.arctan2(matrices[:, 1], matrices[:, 0]) / (np.pi / 2)).astype(np.int64) % 4
    boxes = boxes.reshape(-1, 4)
    return Pieces(
        codes=np.array([ord(mark["text"][0]) for mark in visible], np.uint32),
        spaced=np.zeros(len(visible), np.bool_),
        starts=np.arange(len(visible)),
        pages=np.zeros(len(visible), np.int64),
        boxes=boxes,
        inner=np.zeros(len(visible)),
        space_before=_space_before(keep, spaces),
        sizes=np.array([max(float(mark["size"]), 0.1) for mark in visible], np.float64),
        baselines=np.column_stack([boxes[:, 0], boxes[:, 3]]),
        styles=np.array([_style(str(mark["fontname"])) for mark in visible], np.int64),
        angles=angles,
        extents=((float(page.width), float(page.height)),),
    )


def _space_before(keep: Ints, spaces: Any) -> Ints:  # noqa: ANN401
    seen = np.concatenate([[0], np.cumsum(spaces)])
    before = np.concatenate([[-1], keep[:-1]]) if len(keep) else keep
    return np.where(seen[keep] - seen[before + 1] > 0, 2, 0).astype(np.int64)


def _style(font: str) -> int:
    return BOLD * has_bold_name(font) + ITALIC * has_italic_name(font)
