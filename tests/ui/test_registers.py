"""Registers over documents: what enters them, what filters keep, what is compared."""

from dataclasses import replace

import pytest
from ui_made import made_analysis, made_comparison

from fragcheck.records import (
    Annotation,
    Definition,
    Differences,
    Modality,
    Parameter,
    ParameterDifference,
    ParameterKind,
    ProvisionType,
    Requirement,
    Stricter,
)
from fragcheck.ui.registers import (
    RegisterFilter,
    definition_rows,
    figure_pairs,
    figure_rows,
    filtered_register,
    register_rows,
)

HOURS = {"hour": 1.0, "day": 24.0, "month": 730.5}


def base(parameter):
    is_time = parameter.unit in HOURS
    return ("time" if is_time else parameter.unit), parameter.value * HOURS.get(parameter.unit, 1.0)


def days(value, trigger="awareness", unit="day", stricter=Stricter.LOWER, kind=ParameterKind.DURATION):
    return Parameter(kind, value, unit, "<=", trigger, stricter, f"{value} {unit}s")


def analysis(index, *requirements, definitions=()):
    note = Annotation("art_2", ProvisionType.OBLIGATION, tuple(requirements), tuple(definitions))
    return replace(made_analysis(index), annotations=(note,))


def requirement(words="report", modality=Modality.OBLIGATION, role="supplier", parameters=()):
    return Requirement(
        words, modality, actor="provider", actor_role=role, action=words, parameters=tuple(parameters)
    )


@pytest.fixture
def made():
    return {
        "a": analysis(
            0,
            requirement("report it", parameters=(days(15),)),
            requirement("test it", Modality.RECOMMENDATION, "deployer"),
        ),
        "b": made_analysis(1),
        "c": analysis(2, requirement("review it", parameters=(days(1, "repetition", "month"),))),
    }


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (RegisterFilter(), ["report it", "test it", "B", "review it"]),
        (RegisterFilter(documents=("a", "c")), ["report it", "test it", "review it"]),
        (RegisterFilter(roles=("deployer",)), ["test it"]),
        (RegisterFilter(modalities=("recommendation",)), ["test it"]),
        (RegisterFilter(principles=("safety",)), ["B"]),
        (RegisterFilter(due="with"), ["report it", "B"]),
        (RegisterFilter(due="without"), ["test it", "review it"]),
        (RegisterFilter(words="IT provider test"), ["test it"]),
        (RegisterFilter(words="nothing of this"), []),
        (RegisterFilter(roles=("deployer",), due="with"), []),
    ],
)
def test_filters(made, wanted, kept):
    rows = register_rows(made)
    names = {"A developer shall notify the attorney general of a serious incident within 90 days.": "B"}
    found = [row.requirement.text for row in filtered_register(rows, wanted)]
    assert [names.get(one, one) for one in found] == kept


def test_rows_know_their_page_and_when(made):
    row = next(row for row in register_rows(made) if row.document_id == "b")
    assert (row.page, row.principles) == (1, ("safety",))
    assert [one.unit for one in row.when] == ["day"]
    assert row.figures == ()


def test_definitions_of_one_term_stand_together():
    analyses = {
        "a": analysis(0, definitions=(Definition("AI system", "a machine"), Definition("user", "who uses"))),
        "b": analysis(1, definitions=(Definition("‘ai  system’", "software"),)),
    }
    rows = definition_rows(analyses)
    assert [(row.group, row.document_id) for row in rows] == [(0, "a"), (0, "b"), (1, "a")]


def test_definitions_that_were_matched_stand_together():
    comparison = made_comparison(tuple(made_analysis(index) for index in range(2)))
    one, other = comparison.document_ids
    pair = comparison.pairs[0]
    right = tuple(
        replace(unit, definition=replace(unit.definition, term="machine")) if unit.definition else unit
        for unit in pair.right_units
    )
    analyses = {
        one: comparison.analyses[0],
        other: analysis(1, definitions=(Definition("machine", "any machine that learns"),)),
    }
    apart = definition_rows(analyses)
    assert {row.group for row in apart} == {0, 1}
    together = definition_rows(analyses, (replace(pair, right_units=right),))
    assert [(row.group, row.document_id) for row in together] == [(0, one), (0, other)]


@pytest.mark.parametrize(
    ("left", "right", "marks"),
    [
        (days(15), days(1, unit="month"), [True, False]),
        (days(15), days(360, unit="hour"), [True, True]),
        (days(15, stricter=Stricter.HIGHER), days(20, stricter=Stricter.HIGHER), [False, True]),
        (days(15), days(20, stricter=Stricter.HIGHER), [None, None]),
        (days(15, stricter=Stricter.UNKNOWN), days(20, stricter=Stricter.UNKNOWN), [None, None]),
        (days(15), days(20, unit="fortnight"), [None, None]),
        (days(15, trigger=""), days(20, trigger=""), [None, None]),
        (days(15), days(20, trigger="request"), [None, None]),
        (days(15), days(20, kind=ParameterKind.RETENTION), [None, None]),
    ],
)
def test_the_strictest_is_marked_only_where_it_can_be_told(left, right, marks):
    analyses = {
        "a": analysis(0, requirement(parameters=(left,))),
        "b": analysis(1, requirement(parameters=(right,))),
    }
    found = {row.document_id: row.is_strictest for row in figure_rows(analyses, base)}
    assert [found["a"], found["b"]] == marks


def test_two_figures_of_one_document_are_not_compared():
    analyses = {"a": analysis(0, requirement(parameters=(days(15), days(20))))}
    assert [row.is_strictest for row in figure_rows(analyses, base)] == [None, None]


def test_figures_that_correspond():
    comparison = made_comparison(tuple(made_analysis(index) for index in range(2)))
    pair = comparison.pairs[0]
    (one,) = figure_pairs(comparison.pairs)
    assert (one.left_words, one.right_words, one.stricter) == ("15 days", "90 days", pair.left)
    assert one.action == "report incident"
    lone = Differences(parameter_pairs=(ParameterDifference("duration", "15 days", "", 1.0, 1.0),))
    alone = replace(pair, matches=(replace(pair.matches[0], differences=lone),))
    assert figure_pairs((alone,)) == ()
