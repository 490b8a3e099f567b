"""Stretches of text of another law: from an opening quotation mark behind a lead-in to its closing one."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from fragcheck.segment.grammar import load_styles
from fragcheck.segment.rows import Row

__all__ = ["Quotation", "find_quotations"]

#: A term that is defined: quoted by itself, and the sentence goes on ("‘keeper’ means").
_TERM = re.compile(
    r"(?:‘[^\W\d_](?:[^‘’]|’(?=\w)){0,80}’|“[^\W\d_][^“”]{0,80}”|\"[^\W\d_][^\"]{0,80}\"|„[^\W\d_][^„“”]{0,80}[“”])"
    r"(?=[\s,]),?\s?(?:\([^)]{1,40}\)\s?)?(?![A-Z])[^\W\d_]"
)
#: Longest stretch, in rows, that one pair of marks may hold.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Quotation:
    """Rows ``start:end`` that quote another law."""

    start: int
    end: int


def find_quotations(
    rows: Sequence[Row], boundaries: Set[int], lead: re.Pattern[str] | None = None
) -> list[Quotation]:
    """Stretches that begin with a quotation mark behind a colon and end with one at the end of a row.

    A stretch ends at the latest before the next row of `boundaries`: rows with a label of the
    act itself. A mark that is closed by neither within many rows opens nothing. Where a `lead`
    is given, the words before the mark have to match it ("insert—").
    """
    styles = load_styles()
    opening = re.compile(f"[{re.escape(styles.opening_quotes)}]")
    closing = re.compile(f"[{re.escape(styles.closing_quotes)}]\\s?[.;,]?$")
    found: list[Quotation] = []
    position = 0
    while position < len(rows):
        row = rows[position]
        end = None
        is_opened = opening.match(row.text) is not None and _TERM.match(row.text) is None
        if row.is_after_lead and is_opened and _is_led(rows, position, lead):
            end = _end(rows, position, boundaries, (opening, closing))
        if end is None:
            position += 1
            continue
        found.append(Quotation(position, end))
        position = end
    return found


def _is_led(rows: Sequence[Row], position: int, lead: re.Pattern[str] | None) -> bool:
    said = " ".join(row.text for row in rows[max(position - 2, 0) : position])
    return lead is None or lead.search(said) is not None


def _end(
    rows: Sequence[Row], start: int, boundaries: Set[int], marks: tuple[re.Pattern[str], re.Pattern[str]]
) -> int | None:
    """Row behind the quotation: its last row closes a mark and the next paragraph opens none."""
    opening, closing = marks
    for index in range(start, min(start + _LONGEST, len(rows))):
        if index > start and index in boundaries:
            return index
        if closing.search(rows[index].text) is None:
            continue
        follower = rows[index + 1] if index + 1 < len(rows) else None
        if follower is None or (follower.odds > 0 and opening.match(follower.text) is None):
            return index + 1
    return None
