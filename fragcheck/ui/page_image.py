"""The page a provision is printed on, with the provision framed."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from fragcheck.records import Analysis, BBox

__all__ = ["boxes_by_page", "frame_boxes", "joined_boxes"]

#: Frame and tint of the provision: visible on white and on tinted pages, and in grey.
FRAME = (178, 34, 34, 255)
TINT = (255, 196, 0, 56)


def boxes_by_page(analysis: Analysis, eid: str) -> dict[int, tuple[BBox, ...]]:
    """Boxes in points by page, from 1; empty for tables of provisions. KeyError for an unknown eid."""
    found: dict[int, list[BBox]] = {}
    for span in analysis.provision(eid).spans:
        found.setdefault(span.page, []).append(span.bbox)
    return {page: tuple(boxes) for page, boxes in sorted(found.items())}


def frame_boxes(png: bytes, boxes: Sequence[BBox], page_width: float) -> bytes:
    """PNG of the page with `boxes` tinted and framed.

    Parameters
    ----------
    png : bytes
    boxes : sequence of BBox
        In points, origin top left.
    page_width : float
        Width of the page in points; gives the pixels per point.
    """
    with Image.open(io.BytesIO(png)) as opened:
        page = opened.convert("RGBA")
    scale = page.width / page_width if page_width > 0 else 1.0
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for x0, y0, x1, y1 in joined_boxes(boxes):
        frame = [(x0 - 2) * scale, (y0 - 1.5) * scale, (x1 + 2) * scale, (y1 + 1.5) * scale]
        if frame[2] > frame[0] and frame[3] > frame[1]:
            draw.rectangle(frame, fill=TINT, outline=FRAME, width=max(1, round(scale)))
    out = io.BytesIO()
    Image.alpha_composite(page, layer).convert("RGB").save(out, format="PNG", optimize=False)
    return out.getvalue()


def joined_boxes(boxes: Sequence[BBox]) -> list[BBox]:
    """Boxes of lines that follow each other in one column, joined into one frame; in points."""
    found: list[BBox] = []
    for box in boxes:
        if found and _follows(found[-1], box):
            last = found[-1]
            found[-1] = (
                min(last[0], box[0]),
                min(last[1], box[1]),
                max(last[2], box[2]),
                max(last[3], box[3]),
            )
        else:
            found.append(box)
    return found


def _follows(last: BBox, box: BBox) -> bool:
    """True for the next line of the same column, and for the next piece of the same line."""
    line = max(box[3] - box[1], 1.0)
    overlap = min(last[2], box[2]) - max(last[0], box[0])
    if overlap > 0 and -line <= box[1] - last[3] <= 1.2 * line:
        return True
    beside = min(last[3], box[3]) - max(last[1], box[1])
    return beside > 0.5 * line and max(box[0] - last[2], last[0] - box[2]) <= 2.5 * line
