"""Types and actors of sentences drafted as statutes are, in English, German, Dutch and Polish."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fragcheck.annotate import annotate_provisions, read_text
from fragcheck.records import Provision, ProvisionKind


def kinds():
    """Our own sentences, with near misses of each pattern."""
    for name in ("kinds_common_law.csv", "kinds_de_nl_pl.csv"):
        with (Path(__file__).parent / name).open(newline="", encoding="utf-8") as handle:
            for row in csv.DictReader(handle):
                yield row["language"], row["type"], row["actors"], row["text"]


class NoTags:
    def tag(self, provisions):
        return [((), ()) for _ in provisions]


@pytest.mark.parametrize(("language", "kind", "actors", "text"), list(kinds()))
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
