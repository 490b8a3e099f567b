"""Laws that are printed in two languages side by side."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from fragcheck.segment import segment

LAWS = Path(__file__).parent / "laws"
ENGLISH, FRENCH = "canadian_act", "canadian_act_in_french"


def beside(left, right):
    """One document of two, page by page, the second in the right column."""
    lines = [
        [line for line in left.lines if line.page == page.number]
        + [
            replace(line, column=1, bbox=shifted(line.bbox))
            for line in right.lines
            if line.page == page.number
        ]
        for page in max(left.pages, right.pages, key=len)
    ]
    return replace(left, lines=tuple(chain.from_iterable(lines)))


def shifted(box):
    return (box[0] + 450, box[1], box[2] + 450, box[3])


def laws(typeset, *names):
    return [typeset((LAWS / f"{name}.txt").read_text("utf-8")) for name in names]


def eids(name):
    first, *units = (LAWS / f"{name}.units").read_text("utf-8").splitlines()
    return first.split()[1], [unit.split(" | ")[0] for unit in units]


@pytest.mark.parametrize(
    ("order", "forced", "read"),
    [
        ((ENGLISH, FRENCH), None, ENGLISH),
        ((FRENCH, ENGLISH), None, FRENCH),
        ((ENGLISH, FRENCH), "fr", FRENCH),
        ((FRENCH, ENGLISH), "en", ENGLISH),
    ],
)
def test_one_of_two_languages_side_by_side_is_the_law(typeset, order, forced, read):
    found = segment(beside(*laws(typeset, *order)), language=forced)
    language, wanted = eids(read)
    assert found.language == language
    assert [unit.eid for unit in found.provisions] == [*wanted, "other_1"]
    assert "two-languages" in [notice.code for notice in found.warnings]


def test_two_columns_of_one_language_are_both_the_law(typeset):
    found = segment(beside(*laws(typeset, ENGLISH, ENGLISH)))
    assert "two-languages" not in [notice.code for notice in found.warnings]
    assert sum(unit.num == "3" for unit in found.provisions) == 2
