"""Draws a page as a scanner would have taken it: two tones, a little askew, with specks."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DPI = 200
SIZE = (1654, 2339)  # A4
SEED = 4200
TURN_DEGREES = 0.5
SPECKS = 120
THRESHOLD = 150


def scanned_page(lines: list[tuple[str, bool]], font_folder: Path, furniture: tuple[str, str]) -> Image.Image:
    """A page with `lines` of (text, is heading), and `furniture` (header, page number)."""
    page = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(page)
    plain = _font(font_folder, "Vera", 10)
    bold = _font(font_folder, "VeraBd", 12)
    small = _font(font_folder, "Vera", 8)
    draw.text((SIZE[0] / 2, 150), furniture[0], font=small, fill=0, anchor="mm")
    draw.text((SIZE[0] - 160, SIZE[1] - 110), furniture[1], font=small, fill=0, anchor="rm")
    y = 290
    for text, is_heading in lines:
        font = bold if is_heading else plain
        y += 26
        for row in _broken(text, font, SIZE[0] - 400):
            draw.text((200, y), row, font=font, fill=0)
            y += 44
    turned = page.rotate(TURN_DEGREES, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return _with_specks(turned.point(lambda tone: 255 if tone > THRESHOLD else 0))


def _font(folder: Path, name: str, points: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        str(folder / f"{name}.ttf"), round(points * DPI / 72), layout_engine=ImageFont.Layout.BASIC
    )


def _broken(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    rows = [""]
    for word in text.split():
        wider = f"{rows[-1]} {word}".strip()
        if font.getlength(wider) > width:
            rows.append(word)
        else:
            rows[-1] = wider
    return rows


def _with_specks(page: Image.Image) -> Image.Image:
    dice = random.Random(SEED)  # noqa: S311 - specks of dust, nothing secret
    draw = ImageDraw.Draw(page)
    for _ in range(SPECKS):
        x, y = dice.randrange(SIZE[0]), dice.randrange(SIZE[1])
        draw.rectangle((x, y, x + dice.randrange(2), y + dice.randrange(2)), fill=dice.choice((0, 0, 255)))
    return page
