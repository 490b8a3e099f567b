"""Drawing on a reportlab canvas with y measured from the top of the page."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0


def put(
    canvas: Canvas, at: tuple[float, float], text: str, size: float = 11, font: str = "Times-Roman"
) -> float:
    """Draw text with its baseline at (x, y); returns the x where it ends."""
    canvas.setFont(font, size)
    canvas.drawString(at[0], HEIGHT - at[1], text)
    return float(at[0] + canvas.stringWidth(text, font, size))


def paragraph(canvas: Canvas, at: tuple[float, float], lines: list[str], size: float = 11) -> None:
    """Draw lines below each other."""
    for index, line in enumerate(lines):
        put(canvas, (at[0], at[1] + index * 1.25 * size), line, size)


def rule(canvas: Canvas, start: tuple[float, float], end: tuple[float, float], width: float = 0.6) -> None:
    """Draw a straight line."""
    canvas.setLineWidth(width)
    canvas.line(start[0], HEIGHT - start[1], end[0], HEIGHT - end[1])


def prose(count: int, start: int = 0) -> list[str]:
    """Lines of running text, no two alike."""
    words = [
        "operators",
        "shall",
        "keep",
        "records",
        "of",
        "every",
        "test",
        "that",
        "concerns",
        "the",
        "system",
        "and",
        "its",
        "known",
        "limits",
    ]
    return [
        " ".join(words[(k * 3 + i) % len(words)] for i in range(11)) + f" {k}."
        for k in range(start, start + count)
    ]
