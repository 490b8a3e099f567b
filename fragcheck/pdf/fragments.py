"""Glyphs to fragments: stretches of one style on one baseline, in content order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fragcheck.pdf.engine import Floats, Glyphs, Ints

__all__ = ["Flags", "Fragment", "fragments_of", "is_cjk", "turned_back", "upright"]

Flags = npt.NDArray[np.bool_]

#: A gap wider than this share of the font size parts two words where the file holds no space (in ems).
GUESSED_SPACE_EM = 0.02
MISSING_SPACE_EM = 0.09
#: Mean gap of ordinary text, its word spaces included, where the file holds no space glyphs (in ems).
USUAL_GAP_EM = 0.08
#: A gap wider than this parts two fragments: a tab stop, a table cell, a gutter (in ems).
FRAGMENT_GAP_EM = 1.3
#: Between two Han or Kana characters a space counts from this gap on (in ems): in the file, and without one.
CJK_PRINTED_SPACE_EM = 0.12
CJK_SPACE_EM = 0.6


#: Vertical setting reads like a page turned by three quarters: down, then leftwards.
VERTICAL_TURN = 3


@dataclass(slots=True)
class Fragment:
    """A stretch of glyphs of one style on one baseline.

    Parameters
    ----------
    text : str
        Its characters with the spaces between words.
    x0, y0, x1, y1 : float
        Box in upright coordinates (the text reads from left to right).
    baseline : float
        Upright y of the baseline.
    size : float
        Font size in points.
    bold, italic : bool
        Style.
    space_before : int
        Space before its first character: 0 none, 1 guessed by pdfium, 2 in the file.
    turn : int
        Quarter turns counter-clockwise by which the page has to be turned back.
    struck, underlined : bool
        Decoration.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    space_before: int
    turn: int = 0
    struck: bool = False
    underlined: bool = False

    @property
    def count(self) -> int:
        """Number of characters."""
        return len(self.text)


def upright(boxes: Floats, turn: int, width: float, height: float) -> Floats:
    """Turn boxes (n, 4) of text that reads in direction `turn` so that it reads from left to right."""
    x0, y0, x1, y1 = boxes.T
    if turn == 0:
        return boxes
    if turn == 1:
        return np.column_stack([height - y1, x0, height - y0, x1])
    if turn == 2:
        return np.column_stack([width - x1, height - y1, width - x0, height - y0])
    return np.column_stack([y0, width - x1, y1, width - x0])


def turned_back(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """The inverse of `upright` for one box."""
    u0, v0, u1, v1 = box
    if turn == 0:
        return box
    if turn == 1:
        return (v0, height - u1, v1, height - u0)
    if turn == 2:
        return (width - u1, height - v1, width - u0, height - v0)
    return (width - v1, u0, width - v0, u1)


def fragments_of(glyphs: Glyphs, struck: Flags, underlined: Flags) -> list[Fragment]:
    """All fragments of a page, in content order within each direction of reading."""
    styles = glyphs.bold + 2 * glyphs.italic + 4 * struck + 8 * underlined
    angles = np.full_like(glyphs.angles, VERTICAL_TURN) if _is_vertical(glyphs) else glyphs.angles
    found: list[Fragment] = []
    for turn in range(4):
        chosen = np.flatnonzero(angles == turn)
        if len(chosen):
            found.extend(_one_direction(glyphs, styles, chosen, turn))
    return found


def _is_vertical(glyphs: Glyphs) -> bool:
    """Whether most glyphs of the page stand below the one before: vertical East Asian setting."""
    if len(glyphs.codes) < 2 or not is_cjk(glyphs.codes).any():
        return False
    middle = (glyphs.boxes[:, [0, 1]] + glyphs.boxes[:, [2, 3]]) / 2
    step = np.diff(middle, axis=0) / glyphs.sizes[1:, None]
    down = (np.abs(step[:, 0]) < 0.3) & (step[:, 1] > 0.4) & (step[:, 1] < 2.0) & (glyphs.angles[1:] == 0)
    return bool(2 * down.sum() > len(down))


def _one_direction(glyphs: Glyphs, all_styles: Ints, chosen: Ints, turn: int) -> list[Fragment]:
    boxes = upright(glyphs.boxes[chosen], turn, glyphs.width, glyphs.height)
    points = np.repeat(glyphs.baselines[chosen], 2, axis=0).reshape(-1, 4)
    baselines = upright(points, turn, glyphs.width, glyphs.height)[:, 1]
    sizes = _plausible_sizes(glyphs.sizes[chosen], boxes)
    codes = glyphs.codes[chosen]
    before = glyphs.space_before[chosen]
    gaps = np.concatenate([[0.0], boxes[1:, 0] - boxes[:-1, 2]]) / sizes
    styles = all_styles[chosen]
    breaks = _breaks(boxes, baselines, sizes, gaps, styles)
    starts = np.flatnonzero(breaks)
    spaced = _spaced(codes, gaps - _letter_spacing(gaps, starts), before)
    ends = np.concatenate([starts[1:], [len(codes)]])
    text, offsets = _text_with_spaces(codes, spaced & ~breaks)
    x0 = np.minimum.reduceat(boxes[:, 0], starts).tolist()
    y0 = np.minimum.reduceat(boxes[:, 1], starts).tolist()
    x1 = np.maximum.reduceat(boxes[:, 2], starts).tolist()
    y1 = np.maximum.reduceat(boxes[:, 3], starts).tolist()
    return [
        Fragment(
            text=text[offsets[s] : offsets[e]], x0=x0[k], y0=y0[k], x1=x1[k], y1=y1[k], turn=turn,
            baseline=float(baselines[s]), size=float(sizes[s]), space_before=int(before[s]),
            bold=bool(styles[s] & 1), italic=bool(styles[s] & 2),
            struck=bool(styles[s] & 4), underlined=bool(styles[s] & 8),
        )
        for k, (s, e) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True))
    ]  # fmt: skip


def _plausible_sizes(sizes: Floats, boxes: Floats) -> Floats:
    """Sizes; where the file gives none that fits the box (Type 3 fonts), the height of the box."""
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 0.5)
    odd = (sizes < 0.3 * heights) | (sizes > 6 * heights)
    return np.where(odd, heights, sizes)


def _breaks(
    boxes: Floats, baselines: Floats, sizes: Floats, gaps: Floats, styles: Ints
) -> npt.NDArray[np.bool_]:
    breaks = np.ones(len(sizes), np.bool_)
    breaks[1:] = (
        (np.abs(np.diff(baselines)) > 0.12 * np.minimum(sizes[1:], sizes[:-1]))
        | (np.abs(np.diff(sizes)) > 0.06 * sizes[1:])
        | (gaps[1:] > FRAGMENT_GAP_EM)
        | (boxes[1:, 0] < boxes[:-1, 0] - 0.3 * sizes[1:])
        | (np.diff(styles) != 0)
    )
    return breaks


def _letter_spacing(gaps: Floats, starts: Ints) -> Floats:
    """By how much the letters of each fragment are set apart, in ems (0 in ordinary text)."""
    inner = np.clip(gaps, 0.0, 0.4)
    inner[starts] = 0.0
    counts = np.diff(np.concatenate([starts, [len(gaps)]]))
    means = np.add.reduceat(inner, starts) / np.maximum(counts - 1, 1)
    return np.repeat(np.maximum(means - USUAL_GAP_EM, 0.0), counts)


def is_cjk(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Han, Kana and full-width punctuation: scripts that are written without spaces (not Hangul)."""
    return (
        ((codes >= 0x2E80) & (codes <= 0x312F))
        | ((codes >= 0x3190) & (codes <= 0xA4CF))
        | ((codes >= 0xF900) & (codes <= 0xFAFF))
        | ((codes >= 0xFF00) & (codes <= 0xFF60))
        | ((codes >= 0x20000) & (codes <= 0x3FFFF))
    )


def _spaced(codes: npt.NDArray[np.uint32], gaps: Floats, before: Ints) -> npt.NDArray[np.bool_]:
    """Whether a space stands before each character, by what the file holds and by the gap."""
    spaced = (before == 2) | ((before == 1) & (gaps > GUESSED_SPACE_EM)) | (gaps > MISSING_SPACE_EM)
    cjk = is_cjk(codes)
    both = np.concatenate([[False], cjk[1:] & cjk[:-1]])
    wide = gaps > np.where(before == 2, CJK_PRINTED_SPACE_EM, CJK_SPACE_EM)
    return np.where(both, wide, spaced)


def _text_with_spaces(codes: npt.NDArray[np.uint32], spaced: npt.NDArray[np.bool_]) -> tuple[str, list[int]]:
    """The characters with spaces put in, and the offset of each character in the result.

    A space before a character belongs to it, so a slice that begins at an offset begins with the character.
    """
    shift = np.cumsum(spaced)
    places = np.arange(len(codes)) + shift
    out = np.full(len(codes) + int(shift[-1]), 0x20, np.uint32)
    out[places] = codes
    text = out.astype("<u4").tobytes().decode("utf-32-le", "replace")
    return text, [*places.tolist(), len(out)]
