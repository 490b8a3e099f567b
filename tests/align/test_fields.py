"""Fields are compared by class, force and quantity; words move nothing."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit_builders import quantity, requirement

from fragcheck.align import compare_fields
from fragcheck.align.field_data import load_field_data
from fragcheck.align.fields import differing_fields
from fragcheck.align.quantities import compare_parameters
from fragcheck.errors import ComparisonError
from fragcheck.records import Definition, Modality, Parameter, ParameterKind, Stricter

SIZES = ("polarity", "actor", "action", "condition", "recipient", "stringency", "parameters", "definition")
LOW = Stricter.LOWER
HIGH = Stricter.HIGHER
NONE = Stricter.UNKNOWN


def duty(text="The provider shall act.", **fields):
    return requirement(text, **fields)


def compare(left, right):
    return compare_fields(duty(**left), duty(**right))


@pytest.mark.parametrize(
    ("left", "right", "field", "distance"),
    [
        ({"is_negated": True}, {}, "polarity", 1.0),
        ({"modality": Modality.PROHIBITION}, {"is_negated": True}, "polarity", 0.0),
        (
            {"modality": Modality.PROHIBITION, "is_negated": True},
            {"modality": Modality.PERMISSION},
            "polarity",
            1.0,
        ),
        ({"actor_role": "supplier"}, {"actor_role": "supplier"}, "actor", 0.0),
        ({"actor_role": "supplier"}, {"actor_role": "deployer"}, "actor", 1.0),
        ({"actor_role": "controller"}, {"actor_role": "processor"}, "actor", 1.0),
        ({"actor_role": "importer"}, {"actor_role": "distributor"}, "actor", 0.25),
        ({"actor_role": "everyone"}, {"actor_role": "importer"}, "actor", 0.25),
        ({"actor_role": "controller;processor"}, {"actor_role": "processor;controller"}, "actor", 0.0),
        ({"actor_role": "supplier;deployer"}, {"actor_role": "supplier"}, "actor", 1 / 3),
        ({"actor_role": "supplier;everyone"}, {"actor_role": "deployer"}, "actor", 0.5),
        ({"actor_role": "supplier"}, {}, "actor", 0.15),
        ({}, {}, "actor", None),
        ({"actor": "pilot"}, {"actor": "captain"}, "actor", None),
        ({"recipient_role": "deployer"}, {"recipient_role": "affected_person"}, "recipient", 1.0),
        ({"action_class": "assess"}, {"action_class": "test"}, "action", 0.25),
        ({"action_class": "assess"}, {"action_class": "pay"}, "action", 1.0),
        ({"action_class": "assess"}, {"action_class": "comply"}, "action", 0.1),
        ({"action_class": "assess"}, {}, "action", 0.1),
        ({"action": "scrutinise"}, {"action": "examine"}, "action", None),
        ({"condition": "if a fault is found"}, {"condition": "where a defect is found"}, "condition", 0.0),
        ({"condition": "prior to the sale"}, {"condition": "before the sale"}, "condition", 0.0),
        ({"condition": "unless a court allows it"}, {"condition": "if a court allows it"}, "condition", 1.0),
        ({"condition": "if a fault is found"}, {}, "condition", 0.5),
        ({}, {}, "condition", None),
    ],
)
def test_a_field(left, right, field, distance):
    assert getattr(compare(left, right), field) == distance
    assert getattr(compare(right, left), field) == distance


@pytest.mark.parametrize(
    ("left", "right", "signed"),
    [
        (Modality.OBLIGATION, Modality.RECOMMENDATION, 0.5),
        (Modality.OBLIGATION, Modality.PERMISSION, 1.0),
        (Modality.PERMISSION, Modality.OBLIGATION, -1.0),
        (Modality.PROHIBITION, Modality.OBLIGATION, 0.0),
        (Modality.OUTCOME, Modality.RECOMMENDATION, -0.25),
    ],
)
def test_force(left, right, signed):
    found = compare({"modality": left}, {"modality": right})
    assert (found.stringency, found.stringency_signed) == (abs(signed), signed)


@pytest.mark.parametrize(
    ("left", "right", "distance", "signed"),
    [
        # units and number formats
        (("duration", 72, "hour", LOW), ("duration", 3, "day", LOW), 0, 0),
        (("duration", 14, "day", LOW), ("duration", 2, "week", LOW), 0, 0),
        (("retention", 12, "month", HIGH), ("retention", 1, "year", HIGH), 0, 0),
        (("retention", 12, "month", HIGH), ("duration", 1, "year", NONE), 0, 0),
        # ratios: |ln(x / y)| / ln K
        (("duration", 24, "hour", LOW), ("duration", 72, "hour", LOW), math.log(3, 6), 1),
        (("retention", 6, "month", HIGH), ("retention", 2, "year", HIGH), math.log(4, 6), -1),
        (("amount", 35e6, "EUR", HIGH), ("amount", 7.5e6, "EUR", HIGH), math.log10(35 / 7.5), 1),
        (("threshold", 1e25, "flop", LOW), ("threshold", 1e26, "flop", LOW), 0.5, 1),
        (("age", 16, "year", HIGH), ("age", 13, "year", HIGH), math.log2(16 / 13), 1),
        (("share", 7, "percent", NONE), ("share", 1, "percent", NONE), 1, 0),
        (("duration", 1, "hour", LOW), ("duration", 9, "year", LOW), 1, 1),
        # who is stricter must be agreed on
        (("duration", 1, "day", LOW), ("duration", 2, "day", HIGH), math.log(2, 6), 0),
        # what cannot be converted
        (("amount", 5, "EUR", HIGH), ("amount", 9, "USD", HIGH), 0.5, 0),
        (("threshold", 5, "user", LOW), ("threshold", 5, "employee", LOW), 0.5, 0),
        (("duration", 0, "day", NONE), ("duration", 2, "day", NONE), 1, 0),
        (("date", 738000, "date", LOW), ("date", 738073, "date", LOW), 0.2, 1),
        (("date", 738000, "date", LOW), ("date", 740000, "date", LOW), 1, 1),
    ],
)
def test_a_pair_of_quantities(left, right, distance, signed):
    left, right = quantity(*left), quantity(*right)
    for one, other, sign in ((left, right, signed), (right, left, -signed)):
        (pair,) = compare_parameters((one,), (other,))
        assert pair.distance == pytest.approx(distance, abs=1e-12)
        assert pair.signed == pytest.approx(sign * distance, abs=1e-12)
        assert (pair.left, pair.right) == (one.text, other.text)


def test_at_least_is_not_at_most():
    least, most = (quantity("duration", 3, "day", comparator=sign) for sign in (">=", "<="))
    (pair,) = compare_parameters((least,), (most,))
    assert (pair.distance, pair.signed) == (0.5, 0)


def test_quantities_are_paired_by_kind_trigger_and_nearness():
    notice = quantity("duration", 30, "day", trigger="before the closure")
    report = quantity("duration", 72, "hour", LOW, trigger="after the discovery of an incident")
    fine = quantity("amount", 1e6, "EUR")
    later = quantity("duration", 5, "day", LOW, trigger="after the discovery of an incident")
    pairs = compare_parameters((notice, report, fine), (later,))
    assert [(p.left, p.right) for p in pairs] == [("72 hour", "5 day"), ("30 day", ""), ("1e+06 EUR", "")]


@pytest.mark.parametrize(
    ("kind", "sign"),
    [("duration", 1), ("retention", 1), ("amount", 1), ("threshold", -1), ("age", 0), ("date", 0)],
)
def test_a_quantity_on_one_side_only(kind, sign):
    (pair,) = compare_parameters((quantity(kind, 5, "day"),), ())
    assert (pair.distance, pair.signed, pair.right) == (0.5, 0.5 * sign, "")


def test_opposite_differences_do_not_hide():
    left = duty(parameters=(quantity("duration", 1, "day", LOW), quantity("amount", 1, "EUR", HIGH)))
    right = duty(parameters=(quantity("duration", 6, "day", LOW), quantity("amount", 10, "EUR", HIGH)))
    found = compare_fields(left, right)
    assert found.parameters == pytest.approx(1.0)
    assert found.parameters_signed == pytest.approx(0.0)


ROLE = st.sampled_from(("", "supplier", "deployer", "controller", "importer", "everyone"))
PARAMETER = st.builds(
    Parameter,
    kind=st.sampled_from(ParameterKind),
    value=st.sampled_from((0.0, 1.0, 3.0, 72.0, 365.0)),
    unit=st.sampled_from(("hour", "day", "year", "EUR", "user")),
    comparator=st.sampled_from(("=", "<=", ">=")),
    trigger=st.sampled_from(("", "after the fault", "before the sale")),
    stricter=st.sampled_from(Stricter),
    text=st.sampled_from(("x", "y")),
)
REQUIREMENT = st.builds(
    requirement,
    text=st.sampled_from(("The provider shall inform the deployer.", "Nobody may sell it.")),
    modality=st.sampled_from(Modality),
    is_negated=st.booleans(),
    actor_role=ROLE,
    recipient_role=ROLE,
    action_class=st.sampled_from(("", "inform", "test", "comply")),
    condition=st.sampled_from(("", "if asked", "unless forbidden")),
    parameters=st.lists(PARAMETER, max_size=3).map(tuple),
)


@given(REQUIREMENT, REQUIREMENT)
def test_distances_are_bounded_and_mirrored(left, right):
    forth, back = compare_fields(left, right), compare_fields(right, left)
    for name in SIZES:
        distance = getattr(forth, name)
        assert distance is None or 0 <= distance <= 1
        assert getattr(back, name) == distance
    assert forth.stringency_signed == -back.stringency_signed
    assert forth.parameters_signed == -back.parameters_signed
    assert abs(forth.parameters_signed) <= (forth.parameters or 0)
    assert differing_fields(forth) == differing_fields(back)


@given(REQUIREMENT)
def test_a_requirement_does_not_differ_from_itself(item):
    found = compare_fields(item, item)
    assert not any(getattr(found, name) for name in SIZES)
    assert differing_fields(found) == ()


class TestOtherParties:
    def between(self, left, right, **fields):
        return compare_fields(duty(left, **fields), duty(right, **fields)).recipient

    def test_another_party_in_the_object_counts(self):
        left = "The inspector may enter the rooms of a deployer."
        assert self.between(left, left.replace("deployer", "provider")) == pytest.approx(0.8)
        assert self.between(left, left.replace("deployer", "operator")) == 0

    def test_to_name_no_party_is_no_difference(self):
        assert (
            self.between("The inspector may enter.", "The inspector may enter the rooms of a deployer.")
            is None
        )

    def test_the_actor_is_not_counted_twice(self):
        left, right = "The provider shall test it.", "The deployer shall test it."
        assert self.between(left, right, actor_role="supplier") is None


class TestDefinitions:
    MAKER = "a person that builds bridges for money"

    def between(self, left, right, languages=("en", "en")):
        return compare_fields(
            Definition("maker", left), Definition("maker", right), languages=languages
        ).definition

    @pytest.mark.parametrize(
        "reworded",
        [
            "A person  that builds bridges for money.",
            "any person who builds bridges for money",
            "“a person that builds bridges, for money”",
            "a person that builds the bridges for the money",
        ],
    )
    def test_rewordings_are_no_difference(self, reworded):
        assert self.between(self.MAKER, reworded) == 0

    def test_spelling_is_no_difference(self):
        assert (
            self.between(
                "the behaviour of a licenced organisation", "the behavior of a licensed organization"
            )
            == 0
        )

    def test_a_denial_and_a_number_are_differences(self):
        assert self.between(self.MAKER, "a person that does not build bridges for money") >= 0.5
        assert self.between("a fleet of ten ships", "a fleet of 12 ships") >= 0.3
        assert self.between("a fleet of ten ships", "a fleet of 10 ships") < 0.3

    def test_another_meaning_is_another_meaning(self):
        assert self.between(self.MAKER, "an animal of the high mountains") == pytest.approx(1.0)
        assert 0.2 < self.between(self.MAKER, "a person that repairs bridges for charity") < 0.8

    def test_across_languages_only_numbers_speak(self):
        assert self.between(self.MAKER, "eine Person, die Brücken baut", ("en", "de")) == 0
        assert self.between(
            "a fleet of 10 ships", "eine Flotte von 12 Schiffen", ("en", "de")
        ) == pytest.approx(0.3)

    def test_scripts_without_spaces(self):
        assert self.between("利用系统的组织或者个人", "利用系统的组织或者个人。", ("zh", "zh")) == 0
        assert self.between("利用系统的组织或者个人", "桥梁的建造者", ("zh", "zh")) > 0.5

    def test_empty_definientia(self):
        assert self.between("", " ") == 0
        assert self.between("", self.MAKER) == 1


def test_a_requirement_and_a_definition_are_not_compared():
    with pytest.raises(ComparisonError, match="Requirement and Definition"):
        compare_fields(duty(), Definition("x", "y"))


def test_the_classes_of_the_data_are_those_of_the_lexicons():
    from fragcheck.taxonomy.roles import load_roles

    data = load_field_data()
    named = {role for pair in data.role_distance for role in pair} | {data.everyone, *data.mentioned}
    assert named <= set(load_roles().names)
    assert set(data.force) == set(Modality)
    assert set(data.rules) == set(ParameterKind)


@pytest.mark.parametrize(
    ("left", "right", "distance", "signed"),
    [
        ("immediately", "immediately", None, 0.0),
        ("immediately", "without_undue_delay", 0.25, 0.25),
        ("without_undue_delay", "promptly", None, 0.0),
        ("within_reasonable_time", "promptly", 0.5, -0.5),
        ("promptly", "", 0.25, 0.25),
        ("", "within_reasonable_time", 0.25, -0.25),
    ],
)
def test_the_sooner_is_the_stricter(left, right, distance, signed):
    found = compare({"promptness": left}, {"promptness": right})
    assert (found.parameters, found.parameters_signed) == (distance, signed)
    back = compare({"promptness": right}, {"promptness": left})
    assert (back.parameters, back.parameters_signed) == (distance, 0.0 - signed)


def test_a_period_in_numbers_stands_against_words_of_promptness():
    period = quantity("duration", 72, "hour", LOW)
    found = compare({"promptness": "promptly"}, {"parameters": (period,)})
    assert [pair.kind for pair in found.parameter_pairs] == ["duration"]


def test_whichever_is_higher_is_stricter_than_whichever_is_lower():
    fine = quantity("amount", 15e6, "EUR", HIGH)
    higher, lower = (dataclasses.replace(fine, whichever=word) for word in ("higher", "lower"))
    found = compare({"parameters": (higher,)}, {"parameters": (lower,)})
    assert (found.parameters, found.parameters_signed) == (0.5, 0.5)
    assert compare({"parameters": (higher,)}, {"parameters": (fine,)}).parameters == 0.0


@pytest.mark.parametrize(
    ("field", "value"), [("actor_role", "supplier"), ("action_class", "inform"), ("condition", "unless")]
)
def test_what_was_read_in_one_language_alone_is_no_difference(field, value):
    known, unknown = duty(**{field: value}), duty()
    name = {"actor_role": "actor", "action_class": "action", "condition": "condition"}[field]
    assert getattr(compare_fields(known, unknown), name) > 0
    assert getattr(compare_fields(known, unknown, languages=("en", "en")), name) > 0
    assert getattr(compare_fields(known, unknown, languages=("en", "fr")), name) is None
    assert getattr(compare_fields(known, known, languages=("en", "fr")), name) == 0.0
