"""Numbers as automatic lists print them: the inverse of reading them."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

__all__ = ["is_known", "numeral"]

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HAN = "〇一二三四五六七八九"
_KNOWN = frozenset(
    {
        "aiueo", "chineseCounting", "decimal", "decimalEnclosedCircle", "decimalFullWidth", "decimalZero",
        "ganada", "iroha", "lowerLetter", "lowerRoman", "none", "ordinal", "upperLetter", "upperRoman",
    }
)  # fmt: skip
#: Highest numbers that have a circle, Roman figures, letters (as word processors have them).
_MOST_CIRCLED, _MOST_ROMAN, _MOST_LETTERED = 20, 4000, 780


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str]]:
    text = files("fragcheck.formats").joinpath("data", "numerals.toml").read_text("utf-8")
    return tomllib.loads(text)


def is_known(kind: str) -> bool:
    """Whether `numeral` knows a way of counting."""
    return _data()["alike"].get(kind, kind) in _KNOWN


def numeral(value: int, kind: str) -> str:
    """A number as a list of a kind prints it.

    Parameters
    ----------
    value : int
    kind : str
        Name of the way of counting in Office Open XML; one that is not known counts in figures.

    Examples
    --------
    >>> numeral(4, "lowerRoman"), numeral(28, "lowerLetter"), numeral(12, "chineseCounting")
    ('iv', 'bb', '十二')
    """
    kind = _data()["alike"].get(kind, kind)
    if kind == "none":
        return ""
    if value < 1:
        return str(value)
    if kind in ("lowerRoman", "upperRoman") and value < _MOST_ROMAN:
        roman = _roman(value)
        return roman.upper() if kind == "upperRoman" else roman
    if kind in ("lowerLetter", "upperLetter") and value <= _MOST_LETTERED:
        letter = chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    return _other(value, kind)


def _other(value: int, kind: str) -> str:
    marks = _data()["marks"].get(kind)
    if marks is not None:
        return marks[(value - 1) % len(marks)]
    if kind == "chineseCounting":
        return _han(value)
    if kind == "decimalEnclosedCircle" and value <= _MOST_CIRCLED:
        return chr(0x2460 + value - 1)
    return _figures(value, kind)


def _figures(value: int, kind: str) -> str:
    if kind == "decimalZero":
        return f"{value:02d}"
    if kind == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(figure)) for figure in str(value))
    if kind == "ordinal":
        ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        return f"{value}{ending}"
    return str(value)


def _roman(value: int) -> str:
    made = ""
    for worth, mark in _ROMAN:
        made += mark * (value // worth)
        value %= worth
    return made


def _han(value: int) -> str:
    if value >= 1000:
        return "".join(_HAN[int(figure)] for figure in str(value))
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    made = f"{_HAN[hundreds]}百" if hundreds else ""
    if hundreds and not tens and ones:
        made += "〇"
    if tens:
        made += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    return made + (_HAN[ones] if ones else "")
