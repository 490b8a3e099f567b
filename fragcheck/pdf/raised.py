"""What small raised characters are: powers of ten, marks of notes, or the tails of ordinals."""

from __future__ import annotations

import re

__all__ = ["as_exponent", "is_note_mark"]

_DIGITS = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")
_EXPONENT = re.compile(r"^[-−–]?\d{1,2}$")
_TEN = re.compile(r"(?:^|(?P<before>\S+)\s)10$")
_NOTE = re.compile(r"^[(\[]?(?:\d{1,3}[a-z]?|[*†‡§]{1,3})[)\]]?[.,;:]?$")
_LETTER = re.compile(r"^[(\[]?[a-z][)\]]?$")


def as_exponent(before: str, raised: str) -> str | None:
    """Raised digits after a ten as Unicode superscripts, or None where they are no power.

    Parameters
    ----------
    before : str
        Text of the line up to the raised characters.
    raised : str
        The raised characters.

    Returns
    -------
    str or None
        A string of the same length, e.g. ``"²⁵"``. After a word in capitals ("Article 10") the digits are
        a note's mark.
    """
    ten = _TEN.search(before)
    if ten is None or not _EXPONENT.match(raised):
        return None
    word = ten.group("before") or ""
    return None if word[:1].isupper() else raised.translate(_DIGITS)


def is_note_mark(before: str, raised: str) -> bool:
    """Whether raised characters refer to a note; letters that end a word or number (1st, 2o, Ier) do not."""
    if _LETTER.match(raised):
        return not before[-1:].isalnum()
    return bool(_NOTE.match(raised))
