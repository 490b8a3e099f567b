"""Which requirements of a document count, and which count once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit_builders import analysis, annotation, provision, quantity, requirement

from fragcheck.align import distinct_units
from fragcheck.records import Definition, Modality, ProvisionKind, ProvisionType

KEEP = "The provider shall keep logs for two years."


def keys(*rows):
    return [unit.key for unit in distinct_units(analysis(*rows))]


def row(eid, text, *items, **fields):
    items = items or (requirement(text),)
    return provision(eid, text, **fields), annotation(eid, *items)


def test_a_requirement_and_a_definition_are_a_unit_each():
    term = Definition("log", "a record of events", 0, 29)
    (first, second) = distinct_units(analysis(row("art_1", KEEP, requirement(KEEP), term)))
    assert (first.key, first.eid, first.definition) == ("art_1#0", "art_1", None)
    assert (second.key, second.requirement, second.definition) == ("art_1#1", None, term)


def test_text_and_context_reach_the_aligner():
    (unit,) = distinct_units(
        analysis(row("art_1", KEEP, heading="Logs", context="Chapter II > Duties", language="en"))
    )
    sent = unit.text_unit
    assert (sent.key, sent.text, sent.heading, sent.context, sent.language) == (
        "art_1#0",
        KEEP,
        "Logs",
        "Chapter II > Duties",
        "en",
    )


def test_text_in_capitals_reaches_the_aligner_in_lower_case():
    loud = row("a", KEEP.upper(), heading="LOGS", context="PART 2 > Duties", language="en")
    (unit,) = distinct_units(analysis(loud))
    sent = unit.text_unit
    assert (sent.text, sent.heading, sent.context) == (KEEP[:1] + KEEP[1:].lower(), "Logs", "Part 2 > Duties")
    assert unit.requirement.text == KEEP.upper()


def test_weights_are_the_tags_that_are_on_and_probabilities_are_all():
    tags = (("privacy", 0.9), ("safety", 0.3))
    (unit,) = distinct_units(analysis((provision("a", KEEP), annotation("a", requirement(KEEP), tags=tags))))
    assert unit.weights == (("privacy", 0.9), ("safety", 0.0))
    assert unit.probabilities == tags


@pytest.mark.parametrize("kind", [ProvisionKind.RECITAL, ProvisionKind.PREAMBLE])
def test_what_explains_lays_down_no_rule(kind):
    assert keys(row("rec_1", "Logs should be kept.", kind=kind)) == []


def test_furniture_bears_no_unit():
    page = provision("x", "Official paper, page 3 of 9"), annotation("x", kind=ProvisionType.STATEMENT)
    assert keys(row("a", KEEP), page) == ["a#0"]


@pytest.mark.parametrize(
    "reprint",
    [KEEP, KEEP.upper(), KEEP.replace(" ", "\u00a0"), KEEP.rstrip("."), "“" + KEEP + "”"],
)
def test_a_reprinted_clause_counts_once(reprint):
    (unit,) = distinct_units(analysis(row("a", KEEP), row("b", reprint)))
    assert unit.duplicates == ("b#0",)


@pytest.mark.parametrize(
    "other",
    [
        requirement(KEEP, Modality.RECOMMENDATION),
        requirement(KEEP, is_negated=True),
        requirement(KEEP, actor="deployer", actor_role="deployer"),
        requirement(KEEP, parameters=(quantity("duration", 2, "year"),)),
    ],
)
def test_the_same_words_with_other_fields_are_another_requirement(other):
    assert keys(row("a", KEEP), row("b", KEEP, other)) == ["a#0", "b#0"]


def test_the_same_item_under_another_lead_in_is_another_requirement():
    rows = []
    for name, lead in (
        ("a", "Providers shall publish:"),
        ("b", "Deployers shall store:"),
        ("c", "Deployers shall store:"),
    ):
        rows.append((provision(name, lead), annotation(name, requirement(lead))))
        rows.append(row(f"{name}__point_1", "the name of the system;", parent=name))
    assert keys(*rows) == ["a__point_1#0", "b__point_1#0"]


def test_a_lead_in_is_the_context_of_its_items():
    lead = "The register is public. Providers shall:"
    rows = (
        row("a", lead, requirement("The register is public."), requirement("Providers shall:")),
        row("a__point_1", "enter their name;", parent="a"),
    )
    assert keys(*rows) == ["a#0", "a__point_1#0"]


def test_a_lead_in_without_bearing_items_stands_for_itself():
    rows = (
        row("a", "Providers shall comply with the following"),
        (
            provision("a__point_1", "the Act on Bridges", parent="a"),
            annotation("a__point_1", kind=ProvisionType.STATEMENT),
        ),
    )
    assert keys(*rows) == ["a#0"]


def test_quoted_text_is_another_laws_unless_the_act_mostly_quotes():
    quoted = row("q", "The maker shall label each copy of the picture.", is_quoted=True)
    long = row("a", KEEP * 3)
    assert keys(long, quoted) == ["a#0"]
    assert keys(row("a", "Section 4 is replaced."), quoted) == ["a#0", "q#0"]


@pytest.mark.parametrize(
    ("kind", "modality"),
    [
        (ProvisionType.OBLIGATION, Modality.OBLIGATION),
        (ProvisionType.PROHIBITION, Modality.PROHIBITION),
        (ProvisionType.POWER, Modality.PERMISSION),
        (ProvisionType.RECOMMENDATION, Modality.RECOMMENDATION),
    ],
)
def test_a_normative_provision_without_a_normative_sentence_is_read_as_a_whole(kind, modality):
    text = "Duty of every maker towards injured passengers"
    (unit,) = distinct_units(analysis((provision("a", text), annotation("a", kind=kind))))
    assert (unit.requirement.text, unit.requirement.modality) == (text, modality)
    assert unit.requirement.is_negated is (modality is Modality.PROHIBITION)


def test_a_standard_without_requirements_states_outcomes():
    entry = provision("p_1", "Risks of the system are known and recorded.", ProvisionKind.PRINCIPLE)
    bare = provision("p_2", "Scope", ProvisionKind.PRINCIPLE)
    rows = [(p, annotation(p.eid, kind=ProvisionType.STATEMENT)) for p in (entry, bare)]
    (unit,) = distinct_units(analysis(*rows))
    assert (unit.eid, unit.requirement.modality) == ("p_1", Modality.OUTCOME)
    assert keys(*rows, row("a", KEEP)) == ["a#0"]


def test_an_empty_document_has_no_units():
    assert distinct_units(analysis()) == ()


def test_provisions_that_were_not_annotated_are_passed_over():
    found = analysis(row("a", KEEP))
    bare = analysis(row("a", KEEP), row("b", "Another duty shall be met."))
    assert distinct_units(type(bare)(bare.document, bare.segmentation, found.annotations)) == distinct_units(
        found
    )


@given(
    st.lists(
        st.sampled_from([KEEP, KEEP.lower(), "Logs shall be read.", "Nobody shall sell logs."]), max_size=8
    )
)
def test_units_are_distinct_and_hold_every_place_once(texts):
    units = distinct_units(analysis(*(row(f"p{i}", text) for i, text in enumerate(texts))))
    places = [key for unit in units for key in (unit.key, *unit.duplicates)]
    assert sorted(places) == sorted(f"p{i}#0" for i in range(len(texts)))
    assert len(units) == len({text.casefold() for text in texts})
