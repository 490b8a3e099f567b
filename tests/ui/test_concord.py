"""One reference against all, outliers, and the steps of a path."""

from dataclasses import replace

import pytest
from ui_made import made_analysis, made_comparison

from fragcheck.records import Change, ChangeKind, HarmonisationPath
from fragcheck.ui.concord import beside_reference, mean_distances, path_rows


@pytest.fixture
def made():
    return made_comparison(tuple(made_analysis(index) for index in range(4)))


@pytest.mark.parametrize("place", range(4))
def test_all_others_stand_beside_the_reference_the_closest_first(made, place):
    reference = made.document_ids[place]
    rows = beside_reference(made, reference, "overall")
    assert {row.document_id for row in rows} == set(made.document_ids) - {reference}
    assert [row.value for row in rows] == sorted(row.value for row in rows)


def test_the_ways_of_meeting_are_told_apart(made):
    first, second = made.document_ids[:2]
    (row,) = [row for row in beside_reference(made, first, "overall") if row.document_id == second]
    assert (row.meets, row.is_met) == (None, 0.5)
    (row,) = [row for row in beside_reference(made, second, "overall") if row.document_id == first]
    assert (row.meets, row.is_met) == (0.5, None)


def test_silent_pairs_come_last_and_do_not_count(made):
    rows = beside_reference(made, made.document_ids[0], "compute")
    assert [row.value for row in rows] == [None] * 3
    assert [row[1:] for row in mean_distances(made, "compute")] == [(None, 0)] * 4


def test_mean_distances_by_hand(made):
    found = {one: (mean, n) for one, mean, n in mean_distances(made, "overall")}
    one = made.document_ids[0]
    values = [pair.overall.value for pair in made.pairs if one in (pair.left, pair.right)]
    assert found[one] == (pytest.approx(sum(values) / 3), 3)
    means = [mean for mean, _ in found.values()]
    assert means == sorted(means, reverse=True)


def test_steps_have_the_words_of_both_rules(made):
    pair = made.pairs[0]
    change = Change(
        ChangeKind.CONFORM,
        pair.left,
        pair.right,
        "art_1__para_1",
        "art_1__para_1#0",
        "art_2",
        "art_2#0",
        0.6,
        0.5,
    )
    units = {pair.left: pair.left_units, pair.right: pair.right_units}
    path = HarmonisationPath("overall", False, 0.6, (change, replace(change, replaced_key="")))
    first, second = path_rows(path, units)
    assert first.words.startswith("A developer shall notify")
    assert first.replaced == "system: any machine"
    assert second.replaced == ""
