"""The same rule in eight languages: as many requirements, of the same modality."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fragcheck.annotate import annotate_provisions, read_text
from fragcheck.records import Provision, ProvisionKind

#: Our own sentences in the style of Union law, with the modalities expected.
with (Path(__file__).parent / "parallel_rules.csv").open(newline="", encoding="utf-8") as _handle:
    CASES = [(row["language"], row["text"], row["modalities"].split()) for row in csv.DictReader(_handle)]


@pytest.mark.parametrize(("language", "text", "modalities"), CASES)
def test_a_rule_states_the_same_in_every_language(language, text, modalities):
    found = [requirement.modality.value for requirement in read_text(text, language).requirements]
    assert found == modalities


class NoTags:
    def tag(self, provisions):
        return [((), ()) for _ in provisions]


ITEMS = [
    ("fr", "Aux fins du paragraphe 1, le comité:", "a) approuve le plan d'audit;", "comité"),
    ("it", "Ai fini del paragrafo 1, il comitato:", "a) approva il piano di audit;", "comitato"),
    ("pt", "Para efeitos do n.º 1, o comité:", "a) aprova o plano de auditoria;", "comité"),
    ("de", "Für die Zwecke des Absatzes 1 muss der Betreiber", "a) den Prüfplan genehmigen;", "betreiber"),
]


@pytest.mark.parametrize(("language", "lead_in", "item", "actor"), ITEMS)
def test_an_item_takes_its_actor_from_a_lead_in_without_a_verb(language, lead_in, item, actor):
    (requirement,) = read_text(item, language, lead_in=lead_in).requirements
    assert requirement.actor == actor


NO_NORM = [
    ("en", "This Regulation shall enter into force on the third day after its publication."),
    ("en", "It shall apply from 2 May 2031."),
    ("fr", "Il s'applique à partir du 2 mai 2031."),
    ("de", "Die Kriterien sind in Anhang II festgelegt."),
    ("de", "Dies gilt auch für Anhang II."),
]


@pytest.mark.parametrize(("language", "text"), NO_NORM)
def test_an_instruments_own_force_binds_no_one(language, text):
    assert not read_text(text, language).requirements


TYPES = [
    ("en", "Did you put in place a way to stop the machine?", "recommendation"),
    ("ko", "기계를 멈추는 절차를 마련하고 있는가?", "recommendation"),
    ("de", "Der Händler darf weder Rabatte noch Geschenke anbieten.", "prohibition"),
    (
        "pt",
        "O vendedor que entender que o aparelho não se enquadra na lista poderá recorrer.",
        "permission",
    ),
]


@pytest.mark.parametrize(("language", "text", "kind"), TYPES)
def test_types_beyond_english(language, text, kind):
    provision = Provision("p", ProvisionKind.PARAGRAPH, text=text, language=language)
    (annotation,) = annotate_provisions([provision], NoTags(), language=language)
    assert annotation.provision_type.value == kind
