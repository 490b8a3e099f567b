"""What a cell of a table may hold that is opened in a spreadsheet."""

from __future__ import annotations

import re

from fragcheck.formats.formulas import quoted_formula

__all__ = ["CUT", "LONGEST_CELL", "clean_words", "safe_cell"]

#: Marks that XML, and so XLSX, cannot hold; half a surrogate pair is no text at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: Characters that a cell of XLSX holds (Excel specifications and limits).
LONGEST_CELL = 32_767

#: Ends a text that was longer.
CUT = " […]"


def safe_cell(value: object) -> object:
    """The value, as text that no spreadsheet runs: words that could be a formula get a ``'`` before them.

    Numbers, truth values and None stay what they are; text is cut to what a cell holds, and says so.

    Examples
    --------
    >>> safe_cell("=1+1")
    "'=1+1"
    >>> safe_cell(-3)
    -3
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    words = quoted_formula(clean_words(str(value)))
    return words if len(words) <= LONGEST_CELL else words[: LONGEST_CELL - len(CUT)] + CUT


def clean_words(words: str) -> str:
    """The text without the marks that no XLSX file can hold."""
    return _CONTROL.sub("", words)
