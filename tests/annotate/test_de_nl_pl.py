"""Types and actors of sentences in German, Dutch and Polish, drafted as statutes are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fragcheck.annotate import annotate_provisions, read_text
from fragcheck.records import Provision, ProvisionKind

with (Path(__file__).parent / "kinds_de_nl_pl.csv").open(newline="", encoding="utf-8") as _handle:
    #: Our own sentences, with near misses of each pattern.
    KINDS = [(row["language"], row["type"], row["actors"], row["text"]) for row in csv.DictReader(_handle)]


class NoTags:
    def tag(self, provisions):
        return [((), ()) for _ in provisions]


@pytest.mark.parametrize(("language", "kind", "actors", "text"), KINDS)
def test_type_and_actors_of_a_sentence(language, kind, actors, text):
    provision = Provision("p", ProvisionKind.ITEM, text=text, language=language)
    (annotation,) = annotate_provisions([provision], NoTags(), language=language)
    named = dict.fromkeys(name for r in annotation.requirements for name in r.actor.split(" and ") if name)
    assert annotation.provision_type.value == kind
    if kind not in ("procedure", "statement"):  # their parties bind no one
        assert ";".join(named) == actors


def test_a_comma_before_an_item_parts_its_clause():
    lead_in = "Die Landesregierung wird ermächtigt, durch Verordnung zu bestimmen,"
    item = "2. unter welchen Bedingungen Zeugnisse anderer Staaten anerkannt werden;"
    (requirement,) = read_text(item, "de", lead_in=lead_in).requirements
    assert requirement.actor == "landesregierung"
