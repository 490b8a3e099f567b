"""What a spreadsheet takes for a formula: the one place that says it, for every table that leaves."""

from __future__ import annotations

import re

__all__ = ["is_formula", "quoted_formula"]

#: A cell that begins so is run as a formula or a command, or begins a new cell where a file is imported
#: (OWASP, CSV injection); so do the full-width signs where East Asian input is folded. Blanks and marks
#: without width before it are dropped by some programs.
_FORMULA = re.compile("[ \u00a0\u200b\u200c\u200d\u2060\u3000\ufeff]*[=+\\-@|%\t\r\n＝＋－＠｜％]")


def is_formula(words: str) -> bool:
    """Whether a spreadsheet may take a text for a formula.

    Examples
    --------
    >>> is_formula("=1+1"), is_formula("＝1"), is_formula("Article 1 = scope")
    (True, True, False)
    """
    return _FORMULA.match(words) is not None


def quoted_formula(words: str) -> str:
    """The text, with a ``'`` before it where it could be a formula: spreadsheets then take it for text."""
    return f"'{words}" if is_formula(words) else words
