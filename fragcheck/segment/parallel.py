"""Laws that are printed in two languages side by side: one column of them is read as the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fragcheck.nlp import detect_language
from fragcheck.segment.rows import Row

__all__ = ["one_language"]

#: Share of the characters that each language has to hold, and characters that its language is told by.
_LEAST = 0.25
_SAMPLE = 4000
#: Probability from which the language of a column is taken as known.
_SURE = 0.8


def one_language(rows: Sequence[Row], wanted: str) -> tuple[list[Row], int, tuple[str, str]]:
    """Rows of one language first, then those of the other.

    Parameters
    ----------
    rows : sequence of Row
        In the order of reading, column by column.
    wanted : str
        Language to be read as the law; where it is none of the two, that of the left column is.

    Returns
    -------
    tuple of (list of Row, int, (str, str))
        The rows, where the other language begins, and both languages. Where the columns are of one language
        all rows stay as they are, and there is no name of a language.
    """
    rights = _right_columns(rows)
    right = [row for row in rows if row.index in rights]
    left = [row for row in rows if row.index not in rights]
    total = sum(len(row.text) for row in rows)
    if any(sum(len(row.text) for row in part) < _LEAST * max(total, 1) for part in (left, right)):
        return list(rows), len(rows), ("", "")
    languages = (_language_of(left), _language_of(right))
    if not all(languages) or languages[0] == languages[1]:
        return list(rows), len(rows), ("", "")
    if wanted == languages[1]:
        left, right, languages = right, left, languages[::-1]
    ordered = [replace(row, index=index) for index, row in enumerate([*left, *right])]
    return ordered, len(left), languages


def _right_columns(rows: Sequence[Row]) -> frozenset[int]:
    """Rows of the right column of pages with two."""
    columns: dict[int, set[int]] = {}
    for row in rows:
        columns.setdefault(row.page, set()).add(row.column)
    return frozenset(
        row.index for row in rows if len(columns[row.page]) == 2 and row.column == max(columns[row.page])
    )


def _language_of(rows: Sequence[Row]) -> str:
    text = " ".join(row.text for row in rows)
    middle = max(len(text) - _SAMPLE, 0) // 2
    found, probability = detect_language(text[middle : middle + _SAMPLE])
    return found if probability >= _SURE else ""
