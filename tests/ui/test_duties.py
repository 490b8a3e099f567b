"""What compliance with one document leaves open of another."""

import re
from dataclasses import replace

import pytest
from ui_made import made_analysis, made_comparison

from fragcheck.records import Interoperability, Residual
from fragcheck.ui.duties import directed, duty_rows, filtered_duties, reason_counts
from fragcheck.ui.texts import section


@pytest.fixture
def pair():
    made = made_comparison(tuple(made_analysis(index) for index in range(2))).pairs[0]
    duties = (
        Residual(
            "art_2#1", "art_2", 0.5, ("weaker_force", "other_party"), "art_1__para_1#0", "art_1__para_1"
        ),
        Residual("art_1__para_1#0", "art_1__para_1", 1.0, ("no_counterpart",)),
    )
    open_ = Interoperability(0.5, 0.4, 0.6, ("art_2#1", "art_1__para_1#0", "gone#0"), duties)
    return replace(made, left_satisfies_right=open_)


def test_both_directions(pair):
    assert directed(pair, pair.left) == (pair.left_satisfies_right, pair.right_units)
    assert directed(pair, pair.right) == (pair.right_satisfies_left, pair.left_units)


def test_the_weightiest_come_first_and_unknown_keys_are_left_out(pair):
    rows = duty_rows(*directed(pair, pair.left))
    assert [(row.unit.key, row.weight, row.counterpart_eid) for row in rows] == [
        ("art_1__para_1#0", 1.0, ""),
        ("art_2#1", 0.5, "art_1__para_1"),
    ]
    assert reason_counts(rows) == (("no_counterpart", 1), ("other_party", 1), ("weaker_force", 1))


def test_a_result_without_reasons_still_lists_its_duties():
    made = made_comparison(tuple(made_analysis(index) for index in range(2))).pairs[0]
    rows = duty_rows(*directed(made, made.left))
    assert [(row.unit.key, row.reasons) for row in rows] == [("art_2#1", ())]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({}, ["art_1__para_1#0", "art_2#1"]),
        ({"reasons": ("weaker_force", "contrary")}, ["art_2#1"]),
        ({"roles": ("supplier",)}, []),
        ({"words": "ATTORNEY incident"}, ["art_1__para_1#0", "art_2#1"]),
        ({"words": "unsaid"}, []),
    ],
)
def test_filters(pair, wanted, kept):
    rows = duty_rows(*directed(pair, pair.left))
    asked = {"reasons": (), "roles": (), "words": "", **wanted}
    assert [row.unit.key for row in filtered_duties(rows, **asked)] == kept


def test_every_reason_has_its_words():
    """The reasons of the records, as their description names them."""
    named = set(re.findall(r"``(\w+)``", Residual.__doc__))
    assert named == set(section("reasons"))
