"""Colours of values: one ramp for the app and for every report."""

from __future__ import annotations

import math

__all__ = ["RAMP", "ink_on", "luminance", "shade"]

#: Sequential and safe for all forms of colour blindness, evenly rising in darkness.
RAMP = ("#f3eff8", "#c5cfe6", "#82b0d2", "#3a87b7", "#16598f", "#0b2c5e")


def shade(value: float, low: float = 0.0, high: float = 1.0) -> str:
    """Colour of a value on `RAMP`, ``#rrggbb``; values outside the range take its ends."""
    share = 0.0 if high <= low else min(1.0, max(0.0, (value - low) / (high - low)))
    place = share * (len(RAMP) - 1)
    index = min(math.floor(place), len(RAMP) - 2)
    part = place - index
    mixed = [round(a + (b - a) * part) for a, b in zip(_rgb(RAMP[index]), _rgb(RAMP[index + 1]), strict=True)]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def ink_on(colour: str) -> str:
    """Black or white, whichever stands out more on `colour` (WCAG 2.2 contrast ratio)."""
    light = luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"


def luminance(colour: str) -> float:
    """Relative luminance in [0, 1] (WCAG 2.2)."""
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in _rgb(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
