"""What a pronoun stands for in a clause that goes on with the sentence before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit_builders import analysis, annotation, provision, requirement

from fragcheck.align import distinct_units
from fragcheck.align.antecedents import with_antecedent
from fragcheck.annotate.requirements import read_text
from fragcheck.records import Requirement


def clauses(text, language):
    """Words of the requirements of a text, each with its antecedent."""
    found = read_text(text, language).requirements
    return [
        with_antecedent(own, before, text, language)
        for own, before in zip(found, (None, *found[:-1]), strict=True)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "The provider shall draw up technical documentation and keep it for ten years.",
            "and keep it [technical documentation] for ten years.",
        ),
        (
            "en",
            "The operator shall keep the logs and shall provide them to the authority within 10 days.",
            "and shall provide them [logs] to the authority within 10 days.",
        ),
        (
            "de",
            "Der Anbieter führt ein Verzeichnis der Vorfälle und bewahrt es zehn Jahre lang auf.",
            "bewahrt es [verzeichnis der vorfälle] zehn Jahre lang auf.",
        ),
        (
            "nl",
            "De aanbieder stelt technische documentatie op en bewaart die gedurende tien jaar.",
            "bewaart die [technische documentatie] gedurende tien jaar.",
        ),
        (
            "es",
            "El proveedor elaborará la documentación técnica y la conservará durante diez años.",
            "[documentación técnica] conservará durante diez años.",
        ),
        (
            "pl",
            "Dostawca sporządza dokumentację techniczną i przechowuje ją przez dziesięć lat.",
            "przechowuje ją [dokumentację techniczną] przez dziesięć lat.",
        ),
        (
            "zh",
            "提供者应当编制技术文件，并应当将其保存十年。",
            "并应当将其 [编制技术文件]保存十年。",
        ),
    ],
)
def test_the_object_of_the_clause_before_stands_behind_its_pronoun(language, text, expected):
    assert clauses(text, language)[-1] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The provider shall test the system. It shall keep it for ten years."),
        ("en", "The provider shall notify the authority and it shall reply within ten days."),
        ("en", "The provider shall stop the system and shall report these incidents to the authority."),
        ("en", "The provider shall test the system and publish the results of the tests."),
        ("de", "Der Anbieter führt ein Verzeichnis und prüft diese Angaben jedes Jahr."),
        ("es", "El proveedor elaborará la documentación y la autoridad publicará los informes."),
        ("xx", "The provider shall draw up the file and keep it for ten years."),
    ],
)
def test_a_sentence_of_its_own_a_subject_and_a_determiner_stay_as_they_are(language, text):
    found = read_text(text, language).requirements
    assert clauses(text, language) == [each.text for each in found]


TWO = "The provider shall draw up the file and keep it for ten years."
FIRST, SECOND = "The provider shall draw up the file", "and keep it for ten years."


def two_clauses(first=FIRST, thing="draw up file"):
    return (
        requirement(first, action=thing, start=0, end=len(first)),
        requirement(SECOND, action="keep it", start=len(first) + 1, end=len(first) + 1 + len(SECOND)),
    )


def test_the_aligner_gets_the_antecedent_and_the_reader_the_law():
    row = provision("a", TWO, language="en"), annotation("a", *two_clauses())
    unit = distinct_units(analysis(row))[1]
    assert unit.text_unit.text == "and keep it [file] for ten years."
    assert unit.requirement.text == SECOND


def test_the_same_clause_on_another_thing_is_another_requirement():
    other = "The provider shall list the incidents"
    rows = [
        (provision("a", TWO, language="en"), annotation("a", *two_clauses())),
        (
            provision("b", f"{other} {SECOND}", language="en"),
            annotation("b", *two_clauses(other, "list incidents")),
        ),
    ]
    assert [unit.key for unit in distinct_units(analysis(*rows))] == ["a#0", "a#1", "b#0", "b#1"]


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["en", "de", "es", "zh", "xx"]))
def test_without_its_brackets_a_clause_is_what_it_was(before, own, language):
    first = Requirement(before, two_clauses()[0].modality, action=before, start=0, end=len(before))
    second = Requirement(own, first.modality, start=len(before), end=len(before) + len(own))
    found = with_antecedent(second, first, before + own, language)
    assert found == own or ("[" in found and len(found) > len(own))
    assert with_antecedent(second, None, before + own, language) == own
