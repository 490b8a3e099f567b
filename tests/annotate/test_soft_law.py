"""Guidance, codes, standards and statutes of Asia and the civil law in English: types and actors."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fragcheck.annotate import annotate_provisions
from fragcheck.records import Provision, ProvisionKind

with (Path(__file__).parent / "soft_law.csv").open(newline="", encoding="utf-8") as _handle:
    ROWS = [tuple(row.values()) for row in csv.DictReader(_handle)]


class NoTags:
    def tag(self, provisions):
        return [((), ()) for _ in provisions]


@pytest.mark.parametrize(("kind", "expected", "actors", "text"), ROWS)
def test_a_sentence_has_its_type_and_its_actors(kind, expected, actors, text):
    provision = Provision(eid="p", kind=ProvisionKind.ITEM, text=text, language="en")
    (found,) = annotate_provisions([provision], NoTags(), language="en")
    named = {requirement.actor for requirement in found.requirements if requirement.actor}
    assert (kind, found.provision_type.value, named) == (kind, expected, set(filter(None, actors.split(";"))))
