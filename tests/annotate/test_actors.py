"""Who acts in sentences of our own, with names of parties that no list holds, in eleven languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fragcheck.annotate import read_text
from fragcheck.annotate.mentions import base_of_compound, find_mentions

with (Path(__file__).parent / "actors.csv").open(newline="", encoding="utf-8") as _handle:
    CASES = [(row["language"], row["text"], row["actor"], row["roles"]) for row in csv.DictReader(_handle)]


@pytest.mark.parametrize(("language", "text", "actor", "roles"), CASES)
def test_who_acts(language: str, text: str, actor: str, roles: str) -> None:
    found = read_text(text, language).requirements
    assert (";".join(dict.fromkeys(r.actor for r in found)), found[0].actor_role if found else "") == (
        actor,
        roles,
    )


COMPOUNDS = [
    ("de", "Der Krisenstab tagt.", ["Krisenstab"]),
    ("de", "Die KI-Betreiber melden es den Landesbehörden.", ["KI-Betreiber", "Landesbehörden"]),
    ("de", "Jeder Fach- und Geschäftsbereich meldet es.", ["Fach- und Geschäftsbereich"]),
    ("de", "Datenträger, Schnittstellen und Maßstäbe sind gesichert.", []),
    ("nl", "De vergunninghouders en de maatstaf.", ["vergunninghouders"]),
    ("ja", "病院の長は", ["病院の長"]),
    ("ko", "병원의 장은", ["병원의 장"]),
    ("en", "a third-party provider", ["provider"]),
]


@pytest.mark.parametrize(("language", "text", "names"), COMPOUNDS)
def test_mentions_of_parties(language: str, text: str, names: list[str]) -> None:
    assert [text[found.start : found.end] for found in find_mentions(text, language)] == names


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("kontrollinstanzen", "kontrollinstanz"),
        ("geschäfts- und fachbereichen", "geschäftsbereich and fachbereich"),
        ("system", "system"),
    ],
)
def test_base_of_a_compound(name: str, base: str) -> None:
    assert base_of_compound(name, "de") == base
