"""What is done with a PDF in a process of its own."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fragcheck.errors import MalformedPdf
from fragcheck.isolation import Apart, Limits
from fragcheck.pdf.options import ReadOptions

__all__ = ["draw", "read", "task_of"]


def task_of(kind: str, path: str, options: ReadOptions, **more: Any) -> Apart:  # noqa: ANN401 - plain JSON values
    """The task of ``read``, or ``draw`` with ``number`` and ``scale``, for `fragcheck.isolation`."""
    return Apart(
        f"{__name__}:{kind}",
        path,
        {"path": path, "options": asdict(options), **more},
        Limits(options.timeout_s, options.memory_mb),
        "PDF",
        MalformedPdf.__name__,
    )


def read(path: str, options: dict[str, Any]) -> bytes:
    """The document as encoded JSON.

    Raises
    ------
    UnreadableInput, MalformedPdf, EncryptedPdf, ReadLimitExceeded
        As from `fragcheck.pdf.read_pdf`.
    """
    from fragcheck.pdf.reader import read_document
    from fragcheck.records.codec import encode

    document = read_document(path, ReadOptions(**options))
    return json.dumps(encode(document), ensure_ascii=True).encode("ascii")


def draw(path: str, options: dict[str, Any], number: int, scale: float) -> bytes:
    """A page as PNG.

    Raises
    ------
    UnreadableInput, MalformedPdf, EncryptedPdf
        As from `fragcheck.pdf.render_page`.
    """
    from fragcheck.pdf.render import draw_page

    return draw_page(Path(path), number, scale=scale, password=ReadOptions(**options).password)
