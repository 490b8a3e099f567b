"""Page images for the evidence view."""

from __future__ import annotations

from pathlib import Path

from fragcheck.pdf import render_page

__all__ = ["page_image"]


def page_image(path: Path, number: int, *, scale: float = 2.0, password: str | None = None) -> bytes:
    """Return page `number` (from 1) of a PDF as PNG bytes, `scale` × 72 dots per inch.

    Raises
    ------
    ExtractionError
        Where the file or the page cannot be drawn.
    """
    return render_page(path, number, scale=scale, password=password)
