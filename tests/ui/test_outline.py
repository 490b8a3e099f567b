"""The contents tree and its filters, on the analysis made by hand and on long made ones."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_made import made_analysis

from fragcheck.records import CORRECTED, Notice, Provision, ProvisionKind
from fragcheck.ui.outline import (
    ProvisionFilter,
    below,
    facets,
    kept_eids,
    neighbours,
    outline_rows,
    short_label,
)

ALL = ("chp_1", "art_1", "art_1__para_1", "art_2")


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (ProvisionFilter(), ALL),
        (ProvisionFilter(words="  "), ALL),
        (ProvisionFilter(words="INCIDENT awareness"), ()),
        (ProvisionFilter(words="AWARE incident"), ("art_1__para_1",)),
        (ProvisionFilter(words="chapter duties"), ("chp_1",)),
        (ProvisionFilter(words="art_2"), ("art_2",)),
        (ProvisionFilter(tags=("safety",)), ("art_1__para_1", "art_2")),
        (ProvisionFilter(tags=("privacy",)), ()),
        (ProvisionFilter(tags=("privacy", "safety"), types=("definition",)), ("art_2",)),
        (ProvisionFilter(types=("obligation", "definition")), ("art_1__para_1", "art_2")),
        (ProvisionFilter(roles=("supplier",)), ()),
        (ProvisionFilter(roles=("",)), ("art_1__para_1",)),
        (ProvisionFilter(is_warned=True), ()),
    ],
)
def test_filters(wanted, kept):
    assert kept_eids(made_analysis(0), wanted) == kept


def test_rows_hold_ancestors_warnings_and_marks():
    analysis = made_analysis(0)
    provisions = list(analysis.segmentation.provisions)
    provisions[2] = replace(
        provisions[2],
        is_quoted=True,
        warnings=(Notice("odd", "Odd."), Notice(CORRECTED, "split by hand")),
    )
    segmentation = replace(
        analysis.segmentation,
        provisions=tuple(provisions),
        warnings=(Notice("gap", "A gap.", eid="art_1__para_1"), Notice("all", "Of the whole.")),
    )
    analysis = replace(analysis, segmentation=segmentation)
    rows = outline_rows(analysis, ("art_1__para_1",))
    assert [(row.eid, row.depth, row.is_asked) for row in rows] == [
        ("chp_1", 0, False),
        ("art_1", 1, False),
        ("art_1__para_1", 2, True),
    ]
    last = rows[-1]
    assert last.warnings == ("A gap.", "Odd.")
    assert last.is_corrected
    assert last.is_quoted
    assert last.page == 1
    assert kept_eids(analysis, ProvisionFilter(is_warned=True)) == ("art_1__para_1",)


@pytest.mark.parametrize(
    ("eid", "found"),
    [
        ("chp_1", ("", "art_1__para_1", 0)),
        ("art_1__para_1", ("", "art_2", 1)),
        ("art_2", ("art_1__para_1", "", 2)),
        ("none", ("", "art_1__para_1", 0)),
    ],
)
def test_neighbours(eid, found):
    order = {one: at for at, one in enumerate(ALL)}
    assert neighbours(("art_1__para_1", "art_2"), order, eid) == found


def test_what_stands_under_a_provision():
    found, n = below(made_analysis(0), "chp_1", 1)
    assert [(depth, one.eid) for depth, one in found] == [(1, "art_1")]
    assert n == 2
    assert below(made_analysis(0), "art_2", 9) == ((), 0)


def test_facets_have_only_what_the_document_has():
    assert facets(made_analysis(0)) == (("safety",), ("statement", "definition", "obligation"), ())


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=200))
def test_labels_are_short_and_never_empty(text, num, heading):
    label = short_label(Provision("art_1", ProvisionKind.ARTICLE, num, heading, text))
    assert 0 < len(label) <= 90


@given(st.lists(st.integers(0, 30), max_size=40))
def test_every_row_follows_its_parent(places):
    """On any tree: depths grow by one, and the rows asked for are all there."""
    provisions = [
        Provision(
            f"n_{at}", ProvisionKind.POINT, str(at), parent=f"n_{place % at}" if at and place % 3 else None
        )
        for at, place in enumerate(places)
    ]
    made = made_analysis(0)
    analysis = replace(made, segmentation=replace(made.segmentation, provisions=tuple(provisions)))
    asked = tuple(one.eid for one in provisions[::3])
    rows = {row.eid: row for row in outline_rows(analysis, asked)}
    parents = {one.eid: one.parent for one in provisions}
    assert {eid for eid, row in rows.items() if row.is_asked} == set(asked)
    for eid, row in rows.items():
        parent = parents[eid]
        assert row.depth == (0 if parent is None else rows[parent].depth + 1)
