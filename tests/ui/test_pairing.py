from dataclasses import replace

import pytest
from ui_made import made_analysis, made_comparison

from fragcheck.records import Interoperability, Match, Relation, Side
from fragcheck.ui.pairing import (
    MatchFilter,
    field_rows,
    filtered_gaps,
    filtered_matches,
    flipped,
    oriented,
    page_of_list,
    part_rows,
    residual_units,
    slice_of_page,
    units_by_key,
)


@pytest.fixture
def pair():
    return made_comparison(tuple(made_analysis(index) for index in range(3))).pairs[1]


def test_flipping_twice_is_the_identity(pair):
    pair = replace(pair, near=pair.matches[:1], opposed=pair.matches[1:])
    assert flipped(flipped(pair)) == pair
    assert flipped(pair).near == flipped(replace(pair, matches=pair.near)).matches
    assert flipped(pair).opposed == flipped(replace(pair, matches=pair.opposed)).matches
    assert oriented(pair, pair.left) is pair
    assert oriented(pair, pair.right).left == pair.right


def test_flipping_turns_what_has_a_side(pair):
    turned = flipped(pair)
    assert turned.overall.value == pair.overall.value
    assert turned.overall.components.stringency == -pair.overall.components.stringency
    assert turned.overall.components.stringency_abs == pair.overall.components.stringency_abs
    assert turned.overall.components.coverage == pair.overall.components.coverage
    assert turned.matches[0].relation is Relation.SUPERSET_OF
    assert turned.matches[1].relation is Relation.CONTRARY
    assert turned.matches[0].differences.parameter_pairs[0].left == "90 days"
    assert [gap.side for gap in turned.gaps] == [Side.RIGHT, Side.LEFT]


def test_parts_add_up_and_say_which_side(pair):
    rows = {row.part: row for row in part_rows(pair, "overall")}
    assert sum(row.value for row in rows.values()) == pytest.approx(pair.overall.value)
    assert sum(row.share for row in rows.values()) == pytest.approx(1.0)
    assert rows["coverage"].direction == "1 only left, 1 only right"
    assert rows["stringency"].direction == "net 0.02 towards the left"
    assert rows["parameters"].direction == "net 0.03 towards the right"
    assert rows["content"].direction == ""


@pytest.mark.parametrize(
    ("net", "words"),
    [
        (0.0, "even"),
        (-1e-12, "even"),
        (0.0008, "next to nothing, towards the left"),
        (-0.0008, "next to nothing, towards the right"),
        (-0.02, "net 0.02 towards the right"),
    ],
)
def test_a_small_net_still_says_where_it_points(pair, net, words):
    parts = replace(pair.overall.components, stringency=net)
    changed = replace(pair, overall=replace(pair.overall, components=parts))
    assert {row.part: row.direction for row in part_rows(changed, "overall")}["stringency"] == words
    of_one_work = replace(changed, is_one_work=True)
    assert {row.part: row.direction for row in part_rows(of_one_work, "overall")}["stringency"] == ""


def test_parts_without_a_value(pair):
    assert {row.share for row in part_rows(pair, "compute")} == {None}


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        (MatchFilter(), ["art_2#0", "art_1__para_1#0"]),
        (MatchFilter(order="sure"), ["art_1__para_1#0", "art_2#0"]),
        (MatchFilter(order="document"), ["art_1__para_1#0", "art_2#0"]),
        (MatchFilter(fields=("actor",)), ["art_1__para_1#0"]),
        (MatchFilter(fields=("actor", "definition")), ["art_2#0", "art_1__para_1#0"]),
        (MatchFilter(relations=("contrary",)), ["art_2#0"]),
        (MatchFilter(relations=("equal",)), []),
        (MatchFilter(principle="safety"), ["art_1__para_1#0"]),
        (MatchFilter(principle="privacy"), []),
        (MatchFilter(words="Incidents Review"), ["art_1__para_1#0"]),
        (MatchFilter(words="any machine"), ["art_2#0"]),
        (MatchFilter(words="authority learns"), []),
    ],
)
def test_filters_of_matches(pair, wanted, keys):
    assert [match.left_key for match in filtered_matches(pair, wanted)] == keys


def test_filters_of_gaps(pair):
    assert len(filtered_gaps(pair, Side.LEFT, MatchFilter(principle="safety"))) == 1
    assert filtered_gaps(pair, Side.LEFT, MatchFilter(principle="privacy")) == ()
    assert len(filtered_gaps(pair, Side.LEFT, MatchFilter(words="AUTHORITY incident"))) == 1
    assert filtered_gaps(pair, Side.LEFT, MatchFilter(words="no such")) == ()


def test_units_are_found_by_the_keys_of_their_duplicates(pair):
    left, right = units_by_key(pair)
    assert left["art_2#9"] is left["art_2#0"]
    assert set(right) == {"art_1__para_1#0", "art_2#0", "art_2#9", "art_2#1"}


def test_residual_duties_each_once(pair):
    units = units_by_key(pair)[1]
    found = Interoperability(0.1, None, None, ("art_2#9", "art_2#0", "art_2#1", "gone#1"))
    assert [unit.key for unit in residual_units(found, units)] == ["art_2#0", "art_2#1"]
    assert [unit.key for unit in residual_units(found, units, "machine")] == ["art_2#0"]


def test_fields_in_the_words_of_both_sides(pair):
    left, right = units_by_key(pair)
    match = pair.matches[0]
    rows = {row.field: row for row in field_rows(match, left[match.left_key], right[match.right_key])}
    assert (rows["actor"].left, rows["actor"].right, rows["actor"].differs) == (
        "provider",
        "organisation",
        True,
    )
    assert (rows["parameters"].left, rows["parameters"].right) == ("15 days", "90 days")
    assert (rows["modality"].left, rows["modality"].right) == ("must", "should")
    assert rows["recipient"].right == ""
    assert "condition" not in rows


def test_figures_without_a_counterpart_come_from_the_requirement(pair):
    left, right = units_by_key(pair)
    match = Match("a", "b", "art_2#1", "art_2#1", 0.5, Relation.EQUAL, ("polarity",))
    rows = {row.field: row for row in field_rows(match, left["art_2#1"], right["art_2#1"])}
    assert rows["parameters"].left == "15 days"
    assert rows["polarity"].differs


def test_definitions_and_missing_units(pair):
    left, right = units_by_key(pair)
    match = pair.matches[1]
    (row,) = field_rows(match, left["art_2#0"], right["art_2#0"])
    assert (row.field, row.differs) == ("definition", True)
    assert field_rows(match, None, right["art_2#0"]) == ()


@pytest.mark.parametrize(
    ("n", "page", "expected"),
    [(0, 1, (0, 0)), (10, 1, (0, 10)), (11, 2, (10, 11)), (11, 9, (10, 11)), (11, 0, (0, 10))],
)
def test_pages_of_a_list(n, page, expected):
    assert slice_of_page(n, page, 10) == expected


def test_page_on_which_an_item_stands():
    assert [page_of_list(position, 10) for position in (0, 9, 10)] == [1, 1, 2]
