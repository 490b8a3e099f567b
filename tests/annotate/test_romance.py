"""Statutes of the Romance languages: types without a word of duty, and the parties that they name."""

from __future__ import annotations

import pytest

from fragcheck.annotate import annotate_provisions, read_text
from fragcheck.annotate.view import view_of
from fragcheck.records import Provision, ProvisionKind


class NoTags:
    def tag(self, provisions):
        return [((), ()) for _ in provisions]


def type_of(text, language):
    provision = Provision(
        eid="art_1", kind=ProvisionKind.ARTICLE, num="1", heading="", text=text, language=language
    )
    (annotation,) = annotate_provisions([provision], NoTags(), language=language)
    return annotation.provision_type.value


TYPES = [
    # presumptions, liability, penalties, repeals: procedure
    ("fr", "Le silence gardé pendant trois mois vaut rejet de la demande.", "procedure"),
    ("fr", "Le fait de détruire le journal de bord est puni de six mois d'emprisonnement.", "procedure"),
    ("fr", "La liste des ports ouverts est fixée par arrêté.", "procedure"),
    ("fr", "Toute clause contraire est réputée non écrite.", "procedure"),
    ("es", "La licencia se entenderá concedida si no recae resolución.", "procedure"),
    ("es", "Quien falsee el libro de a bordo será castigado con prisión de uno a tres años.", "procedure"),
    ("es", "Derógase el decreto sobre balizas.", "procedure"),
    ("es", "Los arrendamientos se rigen por el Código Civil.", "procedure"),
    ("pt", "Presume-se a culpa do transportador.", "procedure"),
    ("pt", "Revogam-se os artigos 4 e 5.", "procedure"),
    ("pt", "Os modelos de boletim são aprovados por portaria.", "procedure"),
    ("it", "All'articolo 9 della legge sui porti, il comma 2 è abrogato.", "procedure"),
    ("it", "Chiunque distrugge il giornale di bordo è punito con la reclusione fino a un anno.", "procedure"),
    ("it", "Agli oneri derivanti dall'articolo 6 si provvede con le risorse del fondo.", "procedure"),
    ("pt", "A atividade permanece sujeita às normas da pesca.", "procedure"),
    ("it", "Art. 7 (Disposizioni transitorie). Le licenze durano fino alla scadenza.", "procedure"),
    # a saving clause beside a duty makes no procedure of it
    ("fr", "Les registres sont conservés dix ans, sans préjudice de l'article 5.", "obligation"),
    ("pt", "Os registos são conservados dez anos, sem prejuízo do artigo 5.", "obligation"),
    # where an authority imposes the penalty, its power
    ("es", "La falta será sancionada con multa que impondrá la autoridad competente.", "power"),
    # bodies are set up
    ("fr", "Il est institué un comité des balises.", "power"),
    ("es", "Créase la Comisión Nacional de Balizas.", "power"),
    ("pt", "Fica criado o Conselho das Marés.", "power"),
    ("it", "È istituito l'Osservatorio sulle maree.", "power"),
    # terms without "means"
    ("fr", "Est réputé gardien quiconque tient les clés du phare.", "definition"),
    ("es", "Tiene la condición de armador quien explota el buque.", "definition"),
    ("pt", "Maré viva é, para os efeitos desta Lei, a que excede a média.", "definition"),
    ("it", "Ai fini della presente legge si intende per: a) «marea», il moto del mare.", "definition"),
    # words before a colon that define nothing
    ("pt", "O capitão deverá: manter o diário; avisar o porto.", "obligation"),
    # what no one is told to do
    ("es", "EXPOSICIÓN DE MOTIVOS. Los puertos reciben cada año más buques.", "statement"),
    ("fr", "Annexe II. - Liste des ports ouverts", "statement"),
    ("fr", "La présente loi vise à protéger les marins.", "statement"),
    ("fr", "La société est une personne morale de droit privé.", "statement"),
    ("it", "Le maree hanno due fasi.", "statement"),
    ("pt", "(14) Os faróis perdem importância à medida que a navegação por satélite avança.", "statement"),
    # permissions
    ("es", "Los buques menores quedan exentos de la tasa.", "permission"),
    ("pt", "Ficam dispensadas da vistoria as embarcações sem motor.", "permission"),
    ("it", "Il comandante ha facoltà di rifiutare il carico.", "permission"),
    ("fr", "Le capitaine a la faculté de refuser la cargaison.", "permission"),
    # prohibitions
    ("it", "È fatto divieto al comandante di lasciare la nave.", "prohibition"),
    ("es", "Sólo podrá embarcar quien tenga cartilla.", "prohibition"),
    ("pt", "Não se admite a entrada de veículos.", "prohibition"),
    # advice
    ("fr", "Il est préférable de prévenir le port la veille.", "recommendation"),
    ("es", "Se sugiere a las tripulaciones revisar las balizas.", "recommendation"),
    ("pt", "Sugere-se às tripulações que revejam as balizas.", "recommendation"),
    ("it", "Si consiglia ai comandanti di rivedere le rotte.", "recommendation"),
    ("it", "Sono state sentite le comunità dei pescatori?", "recommendation"),
    # bodies of the state by their own names, and where they are users like anyone
    ("pt", "A Corregedoria promoverá a correição anual.", "power"),
    ("it", "L'Assessore ai porti autorizza gli ormeggi.", "power"),
    ("es", "El Instituto Hidrográfico aprueba las cartas.", "power"),
    ("fr", "Les ministères qui recourent à un automate publient ses règles.", "obligation"),
    ("fr", "Les extincteurs sont placés au sein de chaque cabine.", "obligation"),
    ("pt", "Os faróis devem ser visíveis; o sistema funciona no âmbito da rede.", "obligation"),
    # near misses: a duty beside words of the same form
    ("fr", "Le capitaine est tenu de prendre les mesures utiles.", "obligation"),
    ("fr", "L'enregistrement est obligatoire.", "obligation"),
    ("es", "El capitán mantendrá un libro de a bordo.", "obligation"),
    ("pt", "O comandante entrega o diário à empresa.", "obligation"),
    ("it", "Il verbale è reso pubblico.", "obligation"),
    ("it", "Il comandante puo' sospendere il viaggio.", "permission"),
]


@pytest.mark.parametrize(("language", "text", "expected"), TYPES)
def test_what_a_romance_provision_is(language, text, expected):
    assert type_of(text, language) == expected


ACTORS = [
    ("fr", "L'importateur de balises déclare le nombre de pièces.", ["importateur"]),
    ("fr", "L'association sportive qui loue des canots tient un registre.", ["association sportive"]),
    ("fr", "Les petites entreprises peuvent déposer un dossier simplifié.", ["petite entreprise"]),
    (
        "fr",
        "La Commission de contrôle des phares statue dans le mois.",
        ["commission de contrôle des phares"],
    ),
    ("fr", "Sur avis conforme, le préfet ferme le port.", ["préfet"]),
    ("es", "El armador que arriende el buque conservará el contrato.", ["armador"]),
    ("es", "La Secretaría de Puertos aprueba el plan anual.", ["secretaría de puertos"]),
    ("es", "Las empresas adheridas publicarán sus tarifas.", ["empresa adherida"]),
    ("es", "Corresponde a los municipios limpiar las playas.", ["municipio"]),
    ("pt", "Os exportadores de redes declaram cada remessa.", ["exportador"]),
    ("pt", "Aos municípios cabe limpar as praias.", ["município"]),
    ("pt", "Artigo 8.º\nDever de aviso\n1 — A entidade gestora avisa os utentes.", ["entidade gestora"]),
    ("it", "L'armatore che intenda cedere la nave ne dà avviso al porto.", ["armatore"]),
    ("it", "È fatto divieto al datore di lavoro di imporre turni doppi.", ["datore di lavoro"]),
    ("it", "Le stazioni appaltanti non inseriscono clausole sui marchi.", ["stazione appaltante"]),
    ("es", "Será de cargo del armador la segunda brújula.", ["armador"]),
    ("es", "Al capitán le corresponde cerrar el libro.", ["capitán"]),
    ("pt", "Ficam dispensadas do relatório anual as cooperativas.", ["cooperativa"]),
    ("fr", "Tout passager a le droit d'être informé du retard.", ["passager"]),
    ("fr", "Le préfet et, s'il y a lieu, le maire informent le port.", ["préfet and maire"]),
    # things and prepositions name no one
    ("fr", "La Loi sur les ports reste applicable.", []),
    ("pt", "A taxa é paga a pessoas indicadas no registo.", []),
    ("es", "La Ley de Puertos se aplicará en todo el litoral.", []),
]


@pytest.mark.parametrize(("language", "text", "expected"), ACTORS)
def test_whom_a_romance_provision_names(language, text, expected):
    found = read_text(text, language).requirements
    assert list(dict.fromkeys(requirement.actor for requirement in found if requirement.actor)) == expected


def test_a_quotation_mark_behind_a_vowel_is_no_accent():
    folded = [view_of(text, "it").folded for text in ("Il gestore puo' vendere.", "Il 'gestore' vende.")]
    assert folded == ["il gestore può  vendere.", "il 'gestore' vende."]
