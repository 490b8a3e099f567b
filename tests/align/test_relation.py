"""Set relations of provisions, and contrary ones."""

from __future__ import annotations

import pytest
from unit_builders import annotation, provision, quantity, requirement

from fragcheck.align import relate
from fragcheck.records import Definition, Modality, Relation

KEEP = "The maker shall keep the log of every journey for two years."

LONGER = (
    "The maker shall keep the log of every journey for two years and show it to the mayor, the "
    "harbour office and any passenger who asks."
)


def side(text, *items, language="en"):
    items = items or (requirement(text),)
    return provision("a", text, language=language), annotation("a", *items)


@pytest.mark.parametrize(
    ("text", "items", "relation", "differs"),
    [
        (KEEP, (), Relation.EQUAL, ()),
        (KEEP.upper().replace(" ", "  "), (), Relation.EQUAL, ()),
        ("The maker must keep the log of each journey for two years", (), Relation.EQUAL, ()),
        (
            LONGER,
            (),
            Relation.SUBSET_OF,
            (),
        ),
        ("The maker shall keep the log.", (), Relation.SUPERSET_OF, ()),
        ("A copy of the journey plan shall be given to each passenger.", (), Relation.INTERSECTS_WITH, ()),
        (
            "The maker shall not keep the log of every journey for two years.",
            (requirement("x", Modality.PROHIBITION, is_negated=True),),
            Relation.CONTRARY,
            ("polarity",),
        ),
        (
            "The maker should keep the log of every journey for two years.",
            (requirement("x", Modality.RECOMMENDATION),),
            Relation.INTERSECTS_WITH,
            ("modality",),
        ),
    ],
)
def test_relation(text, items, relation, differs):
    found = relate(side(KEEP), side(text, *items), 0.9)
    assert found[:2] == (relation, differs)
    assert found[2].endswith(".")


def test_an_opposite_rule_for_another_party_is_not_contrary():
    one = requirement(KEEP, actor_role="supplier")
    words = KEEP.replace("maker shall", "user shall not")
    other = requirement(words, Modality.PROHIBITION, actor_role="deployer")
    relation, differs, _ = relate(side(KEEP, one), side(other.text, other), 0.9)
    assert relation is Relation.INTERSECTS_WITH
    assert differs == ("polarity", "actor")


def test_an_unlikely_pair_has_no_relation():
    assert relate(side(KEEP), side("Ships are boats."), 0.005)[0] is Relation.NONE


def test_the_same_wording_is_equal_whatever_was_read_in_it():
    contrary = side(KEEP, requirement(KEEP, Modality.PROHIBITION, is_negated=True))
    assert relate(side(KEEP), contrary, 0.05)[:2] == (Relation.EQUAL, ())


def test_the_requirements_that_share_words_are_compared():
    day, year = quantity("duration", 1, "day"), quantity("duration", 1, "year")
    report = requirement("The maker shall report within one day.", parameters=(day,))
    store = requirement("The owner shall store the boat for one year.", parameters=(year,))
    left = side(f"{report.text} {store.text}", report, store)
    right = side(f"{store.text} {report.text}", store, report)
    assert relate(left, right, 0.9)[1] == ()


def test_definitions_are_compared():
    left = side("Log means a record.", Definition("log", "a record of all events"))
    right = side("Log is wood.", Definition("log", "a piece of wood"))
    assert relate(left, right, 0.9)[1] == ("definition",)


def test_provisions_without_requirements_are_related_by_their_words():
    left = provision("a", "Chapter on ships"), annotation("a")
    assert relate(left, left, 0.9)[0] is Relation.EQUAL
    assert relate(left, side("A chapter on ships"), 0.9)[0] is Relation.EQUAL


@pytest.mark.parametrize(
    ("modality", "relation"),
    [(Modality.OBLIGATION, Relation.EQUAL), (Modality.RECOMMENDATION, Relation.INTERSECTS_WITH)],
)
def test_across_languages_the_fields_decide(modality, relation):
    german = "Der Hersteller bewahrt das Logbuch jeder Fahrt zwei Jahre lang auf."
    right = side(german, requirement(german, modality), language="de")
    assert relate(side(KEEP), right, 0.9)[0] is relation
