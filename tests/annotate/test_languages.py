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
    ("en", "The licensee of a lottery—", "(c) shall keep a list of all draws;", "licensee"),
    ("en", "The seller shall, as user of the tool:", "(b) purge the readings each night;", "seller"),
    ("en", "The test manager must:", "4.6 break off the trial if it rains;", "test manager"),
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


with (Path(__file__).parent / "kinds.csv").open(newline="", encoding="utf-8") as _handle:
    #: Our own sentences of every type in eleven languages, with who is bound.
    KINDS = [(row["language"], row["type"], row["actors"], row["text"]) for row in csv.DictReader(_handle)]


@pytest.mark.parametrize(("language", "kind", "actors", "text"), KINDS)
def test_type_and_actors_of_a_sentence(language, kind, actors, text):
    provision = Provision("p", ProvisionKind.ITEM, text=text, language=language)
    (annotation,) = annotate_provisions([provision], NoTags(), language=language)
    named = dict.fromkeys(name for r in annotation.requirements for name in r.actor.split(" and ") if name)
    assert (annotation.provision_type.value, ";".join(named)) == (kind, actors)


ACTIONS = [
    ("keep_records", "en", "The provider shall keep the logs for five years."),
    ("keep_records", "de", "Der Anbieter bewahrt die Protokolle fünf Jahre lang auf."),
    ("keep_records", "fr", "Le fournisseur conserve les journaux pendant cinq ans."),
    ("keep_records", "es", "El proveedor conservará los registros durante cinco años."),
    ("keep_records", "it", "Il fornitore conserva i registri per cinque anni."),
    ("keep_records", "nl", "De aanbieder bewaart de logboeken vijf jaar."),
    ("keep_records", "pl", "Dostawca przechowuje rejestry przez pięć lat."),
    ("assess", "en", "The risks shall be identified, assessed and reported."),
    ("assess", "de", "Die Risiken werden identifiziert, beurteilt und gemeldet."),
    ("assess", "de", "Der Betreiber hat die Folgen zu bewerten und den Bericht vorzulegen."),
    ("assess", "fr", "Le déployeur procède à une évaluation des risques."),
    ("assess", "de", "Der Betreiber führt eine Risikobewertung durch."),
    ("assess", "zh", "提供者应当开展安全评估。"),
    ("notify", "en", "The provider shall report serious incidents to the authority."),
    ("notify", "de", "Der Anbieter meldet schwere Vorfälle der Behörde."),
    ("notify", "fr", "Le fournisseur déclare les incidents graves à l'autorité."),
    ("notify", "ja", "事業者は、重大な事故を主務大臣に報告しなければならない。"),
    ("notify", "ko", "사업자는 중대한 사고를 장관에게 보고하여야 한다."),
    ("train_people", "en", "The operator shall provide training to its staff."),
    ("train_people", "de", "Der Betreiber führt Schulungen durch."),
    ("train_people", "zh", "企业应当开展教育培训。"),
    ("give_access", "en", "The provider shall make the file available to the authority."),
    ("give_access", "de", "Der Anbieter stellt der Behörde die Unterlagen zur Verfügung."),
    ("give_access", "fr", "Le fournisseur met le dossier à la disposition de l'autorité."),
    ("design", "zh", "提供者应当采取措施防止数据泄露。"),
    ("process_data", "pt", "É vedado ao operador vender dados sensíveis."),
    ("use", "en", "The use of systems that infer emotions is prohibited."),
    ("use", "de", "Die Verwendung von Systemen zur Erkennung von Emotionen ist verboten."),
    ("use", "fr", "L'utilisation de systèmes pour déduire les émotions est interdite."),
    ("use", "es", "Queda prohibido el uso de sistemas para inferir emociones."),
    ("use", "pt", "É proibido o uso de sistemas para inferir emoções."),
    ("use", "it", "È vietato l'uso di sistemi per inferire le emozioni."),
    ("use", "nl", "Het gebruik van systemen om emoties af te leiden is verboden."),
    ("use", "pl", "Zakazuje się stosowania systemów do rozpoznawania emocji."),
]


@pytest.mark.parametrize(("name", "language", "text"), ACTIONS)
def test_an_action_has_one_class_in_every_language(name, language, text):
    found = read_text(text, language).requirements
    assert found[0].action_class == name
