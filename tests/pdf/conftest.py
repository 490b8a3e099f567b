"""PDFs that the tests draw themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_drawing import HEIGHT, WIDTH
from reportlab.pdfgen.canvas import Canvas


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Write a PDF from one drawing function per page."""

    def write(
        *pages: Callable[[Canvas], object], name: str = "sample.pdf", title: str = "", **options: object
    ) -> Path:
        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1, **options)
        if title:
            canvas.setTitle(title)
        for page in pages:
            page(canvas)
            canvas.showPage()
        canvas.save()
        return path

    return write
