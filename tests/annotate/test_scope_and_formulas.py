"""Enacting formulas and clauses on scope ask nothing of anyone; what stands beside them does."""

from __future__ import annotations

import pytest

from fragcheck.annotate import annotate_provisions
from fragcheck.records import Provision, ProvisionKind


class NoTags:
    def tag(self, provisions):
        return [((), ()) for _ in provisions]


def annotated(text, language):
    provision = Provision(
        eid="art_1", kind=ProvisionKind.ARTICLE, num="1", heading="", text=text, language=language
    )
    (annotation,) = annotate_provisions([provision], NoTags(), language=language)
    return annotation


FORMULAS = [
    ("en", "Be it enacted by the General Assembly of the Commonwealth:"),
    ("en", "The people of the State of Jefferson do enact as follows:"),
    ("en", "HAVE ADOPTED THIS REGULATION:"),
    ("de", "Der Bundestag hat mit Zustimmung des Bundesrates das folgende Gesetz beschlossen:"),
    ("fr", "L’Assemblée nationale et le Sénat ont adopté le texte qui suit."),
    ("fr", "ONT ADOPTÉ LE PRÉSENT RÈGLEMENT:"),
    ("es", "Sabed: Que las Cortes Generales han aprobado lo siguiente."),
    ("pt", "O Congresso Nacional decreta:"),
    ("pt", "Faço saber que o Congresso Nacional decreta e eu sanciono o seguinte:"),
    ("it", "promulga la seguente legge:"),
    ("nl", "hebben de volgende verordening vastgesteld:"),
    ("pl", "przyjmują niniejsze rozporządzenie:"),
]


@pytest.mark.parametrize(("language", "text"), FORMULAS)
def test_an_enacting_formula_is_procedure_without_requirement(language, text):
    found = annotated(text, language)
    assert (found.provision_type.value, found.requirements) == ("procedure", ())


SCOPE = [
    "This Act shall apply to conduct abroad that affects users at home.",
    "Paragraph 2 shall apply to operators established elsewhere.",
    "The obligations laid down in Article 12 shall apply to providers of such tools.",
    "Where the operator fails to act, Article 14(3) to (5) shall apply.",
    "Sections 3 and 4 shall also apply to subsidiaries.",
]


@pytest.mark.parametrize("text", SCOPE)
def test_a_clause_on_scope_is_procedure_without_requirement(text):
    found = annotated(text, "en")
    assert (found.provision_type.value, found.requirements) == ("procedure", ())


DUTIES = [
    ("The operator shall apply the code of practice to each tool.", "obligation", "operator", "apply"),
    ("The code of practice shall be applied by the operator.", "obligation", "operator", "apply"),
    ("This Part does not apply to a maker of toys.", "permission", "maker", "apply"),
    ("This Part may be applied by a court.", "permission", "court", "apply"),
    ("A person who breaks this rule is subject to a fine of $500.", "obligation", "person", "be subject to"),
]


@pytest.mark.parametrize(("text", "modality", "actor", "action"), DUTIES)
def test_what_someone_does_or_is_freed_from_stays_a_requirement(text, modality, actor, action):
    (found,) = annotated(text, "en").requirements
    assert (found.modality.value, found.actor) == (modality, actor)
    assert found.action.startswith(action)


def test_a_duty_behind_an_enacting_formula_is_read():
    found = annotated("Be it enacted by the Diet. A maker shall keep a log.", "en")
    assert [requirement.action for requirement in found.requirements] == ["keep log"]
    assert found.provision_type.value == "obligation"
