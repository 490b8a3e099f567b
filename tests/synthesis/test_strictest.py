"""Groups of counterparts, intervals that are intersected, and the strictest requirement."""

from __future__ import annotations

import math

import pytest
from corpus_of_rules import fine, kept, match, pair, rule, within
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.records import Differences, Modality, Parameter, ParameterKind, Relation, Stricter
from fragcheck.synthesis import matched_groups, strictest_common_set
from fragcheck.synthesis.intervals import Interval, intersection, interval_of


def three(one, two, other, matches=None):
    a, b, c = (rule(eid, *given) for eid, given in (("art_1", one), ("sec_2", two), ("item_3", other)))
    ab, bc = matches or (match(a, b), match(b, c))
    return [pair(("A", "B"), (a,), (b,), (ab,)), pair(("B", "C"), (b,), (c,), (bc,))]


def test_the_strictest_of_three_with_its_clauses():
    pairs = three(
        ("The provider shall report within 72 hours.", Modality.OBLIGATION, [within(72, "72 hours")]),
        ("The developer should report within 15 days.", Modality.RECOMMENDATION, [within(360, "15 days")]),
        ("Incidents are reported within 24 hours.", Modality.OUTCOME, [within(24, "24 hours")]),
    )
    (line,) = strictest_common_set(pairs, "ABC")
    assert (line.modality, line.strictest.eid) == (Modality.OBLIGATION, "art_1")
    assert [clause.eid for clause in line.clauses] == ["art_1", "sec_2", "item_3"]
    (joint,) = line.parameters
    assert (joint.low, joint.high, joint.is_empty) == (None, 24.0, False)
    assert (joint.strictest.document_id, joint.strictest.text) == ("C", "24 hours")
    assert [clause.text for clause in joint.clauses] == ["72 hours", "15 days", "24 hours"]


def test_the_longest_retention_and_the_highest_fine():
    pairs = three(
        (
            "Keep logs for 10 years or pay.",
            Modality.OBLIGATION,
            [kept(10, "10 years"), fine(3, "percent", "3 %", ParameterKind.SHARE)],
        ),
        ("Keep logs for 6 years.", Modality.OBLIGATION, [kept(6, "6 years"), fine(20_000, "USD", "$20,000")]),
        ("Keep logs for 5 years.", Modality.OBLIGATION, [kept(5, "5 years"), fine(50_000, "USD", "$50,000")]),
    )
    (line,) = strictest_common_set(pairs, "ABC")
    found = {
        (joint.kind, joint.family): (joint.low, joint.high, joint.strictest.text) for joint in line.parameters
    }
    assert found == {
        ("amount", "USD"): (50_000.0, None, "$50,000"),
        ("duration", "time"): (87_660.0, None, "10 years"),
        ("share", "share"): (3.0, None, "3 %"),
    }


@pytest.mark.parametrize(
    ("texts", "combination"),
    [
        (("up to EUR 1 or 3 %, whichever is higher", "a fine"), "higher"),
        (("a fine", "o que for menor"), "lower"),
        (("whichever is higher", "whichever is the lower"), "mixed"),
        (("a fine", "a penalty"), ""),
    ],
)
def test_how_quantities_are_combined(texts, combination):
    a, b = rule("art_1", texts[0]), rule("sec_1", texts[1])
    (line,) = strictest_common_set([pair(("A", "B"), (a,), (b,), (match(a, b),))], "AB")
    assert line.combination == combination


def test_quantities_of_other_triggers_are_not_joined():
    a = rule(
        "art_1",
        "…",
        parameters=[within(72, "72 hours", "becoming aware"), within(720, "30 days", "final report")],
    )
    b = rule(
        "sec_1",
        "…",
        parameters=[within(480, "20 days", "final report"), within(48, "48 hours", "becoming aware")],
    )
    (line,) = strictest_common_set([pair(("A", "B"), (a,), (b,), (match(a, b),))], "AB")
    assert sorted(joint.high for joint in line.parameters) == [48.0, 480.0]


def test_how_often_is_no_deadline():
    yearly = Parameter(
        ParameterKind.DURATION, 12, "month", "=", "repetition", Stricter.LOWER, "every 12 months"
    )
    a, b = rule("art_1", "…", parameters=[yearly]), rule("sec_1", "…", parameters=[within(48, "48 hours")])
    (line,) = strictest_common_set([pair(("A", "B"), (a,), (b,), (match(a, b),))], "AB")
    assert [joint.kind for joint in line.parameters] == ["duration", "duration, repeated"]


NO_GROUP = [
    pytest.param(Differences(polarity=1.0), Relation.CONTRARY, id="contrary"),
    pytest.param(Differences(actor=1.0), Relation.INTERSECTS_WITH, id="other party"),
    pytest.param(Differences(action=0.5), Relation.INTERSECTS_WITH, id="other act"),
    pytest.param(Differences(definition=0.1), Relation.INTERSECTS_WITH, id="definition"),
]


@pytest.mark.parametrize(("differences", "relation"), NO_GROUP)
def test_another_party_act_or_polarity_makes_no_group(differences, relation):
    a, b = rule("art_1", "one"), rule("sec_1", "other")
    found = pair(("A", "B"), (a,), (b,), (match(a, b, 0.9, differences, relation),))
    assert matched_groups([found], "AB") == ()


def test_one_clause_per_document_and_the_likeliest_first():
    a, b, c, d = rule("art_1", "a"), rule("sec_1", "b"), rule("item_1", "c"), rule("item_2", "d")
    pairs = [
        pair(("A", "B"), (a,), (b,), (match(a, b, 0.9),)),
        pair(("A", "C"), (a,), (c, d), (match(a, c, 0.8),)),
        pair(("B", "C"), (b,), (c, d), (match(b, d, 0.7),)),
    ]
    (group,) = matched_groups(pairs, "ABC")
    assert [clause.unit.eid for clause in group.clauses] == ["art_1", "sec_1", "item_1"]
    assert group.probability == 0.8


def test_permissions_alone_ask_nothing():
    a, b = (rule(eid, "may", Modality.PERMISSION) for eid in ("art_1", "sec_1"))
    assert strictest_common_set([pair(("A", "B"), (a,), (b,), (match(a, b),))], "AB") == ()


# --- intervals --------------------------------------------------------------------------------

INTERVALS = [
    (within(72, "72 hours"), (0.0, 72.0)),
    (kept(1, "1 year"), (8766.0, math.inf)),
    (kept(1, "1 year", ">=", Stricter.UNKNOWN), (8766.0, math.inf)),
    (kept(1, "1 year", "<=", Stricter.UNKNOWN), (0.0, 8766.0)),
    (kept(1, "1 year", "=", Stricter.UNKNOWN), None),
    (Parameter(ParameterKind.DATE, 738_000, "date"), None),
]


@pytest.mark.parametrize(("parameter", "ends"), INTERVALS)
def test_what_satisfies_a_quantity(parameter, ends):
    found = interval_of(parameter)
    assert (None if found is None else (found.low, found.high)) == ends


ends = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted)


@given(st.lists(ends, min_size=1, max_size=5), st.integers(0, 50))
def test_a_value_lies_in_the_intersection_where_it_lies_in_all(drawn, value):
    joint = intersection([Interval("time", low, high) for low, high in drawn])
    assert (joint.low <= value <= joint.high) == all(low <= value <= high for low, high in drawn)
    if joint.is_empty:
        assert not any(all(low <= v <= high for low, high in drawn) for v in range(51))


@given(st.permutations([24, 48, 72, 96]))
def test_the_strictest_hangs_on_no_order(hours):
    rules = [rule(f"art_{i}", "report", parameters=[within(h, f"{h} hours")]) for i, h in enumerate(hours)]
    names = "ABCD"
    pairs = [
        pair((names[i], names[i + 1]), (rules[i],), (rules[i + 1],), (match(rules[i], rules[i + 1]),))
        for i in range(3)
    ]
    (line,) = strictest_common_set(pairs, names)
    assert line.parameters[0].high == 24.0
