"""How far a reading may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["ReadOptions"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits and choices for reading one PDF.

    Parameters
    ----------
    password : str or None
        Password of an encrypted file.
    max_pages : int
        A file with more pages is refused.
    timeout_s : float
        Seconds of wall-clock time that `read_pdf_isolated` allows for one file. Six tenths of it are for
        OCR: pages that it does not come to are reported as unread, in `read_pdf` too.
    memory_mb : int
        Mebibytes of address space that `read_pdf_isolated` allows its worker.
    ocr : {"auto", "never"}
        ``"auto"`` reads pages without text by Tesseract where it is installed.
    """

    password: str | None = None
    max_pages: int = 1500
    timeout_s: float = 50.0
    memory_mb: int = 2048
    ocr: Literal["auto", "never"] = "auto"

    def __post_init__(self) -> None:
        """Refuse limits that would refuse every file."""
        if self.max_pages < 1 or self.timeout_s <= 0 or self.memory_mb < 1:
            msg = (
                "max_pages, timeout_s and memory_mb have to be positive, got "
                f"{self.max_pages}, {self.timeout_s} and {self.memory_mb}"
            )
            raise ValueError(msg)
