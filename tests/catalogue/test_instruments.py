"""The catalogue: its facts hold together, and a wrong file is told where it is wrong."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fragcheck.catalogue import load_catalogue
from fragcheck.errors import CatalogueError

ENTRY = """
[[instrument]]
id = "test-law"
title = "Test Law"
short_name = "TL"
jurisdiction = "Nowhere"
kind = "law"
status = "in_force"
language = ["en"]
adopted = 2024-01-02
in_force = 2024-02-03
url = "https://law.example/test.pdf"
licence = "free"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_catalogue_is_large_and_wide() -> None:
    catalogue = load_catalogue()
    assert len(catalogue) >= 60
    assert len({instrument.jurisdiction for instrument in catalogue}) >= 20
    assert {instrument.kind for instrument in catalogue} == {"law", "bill", "soft_law", "treaty", "standard"}
    assert all(instrument.download_url.startswith("https://") for instrument in catalogue)


def test_statuses_agree_with_kinds_and_dates() -> None:
    for each in load_catalogue():
        if each.kind == "bill":
            assert each.status in {"proposed", "replaced", "vetoed", "lapsed"}, each.id
        if each.ended is not None:
            assert each.status in {"repealed", "replaced", "vetoed", "lapsed"}, each.id
        if each.kind in {"law", "treaty"} and each.status == "adopted":
            assert each.in_force is None, each.id


def test_eli_and_celex_agree_with_the_address() -> None:
    for each in load_catalogue():
        path = urlsplit(each.url).path
        if each.identifier.startswith("ELI http://data.europa.eu"):
            assert path in each.identifier, each.id
            _, _, kind, year, number, _ = path.split("/")
            letter = {"reg": "R", "dir": "L"}[kind]
            assert f"CELEX 3{year}{letter}{int(number):04d}" in each.identifier, each.id
            assert str(each.adopted).startswith(year), each.id


@pytest.mark.shared
def test_hashes_are_those_of_official_copies(shared_dir: Path) -> None:
    with (shared_dir / "data" / "pdfs" / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        official = {row["sha256"] for row in csv.DictReader(file) if row["official|rendered"] == "official"}
    hashes = [each.sha256 for each in load_catalogue() if each.sha256]
    assert len(hashes) == len(set(hashes)) >= 15
    assert set(hashes) <= official


def test_get_and_the_hint_for_a_misspelt_id() -> None:
    catalogue = load_catalogue()
    assert catalogue.get("eu-ai-act").identifier.endswith("32024R1689")
    with pytest.raises(CatalogueError, match="did you mean eu-ai-act"):
        catalogue.get("eu-aiact")
    with pytest.raises(CatalogueError, match="fragcheck corpus list"):
        catalogue.get("zzzzzzzzzzzzzzzz")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GDPR", {"eu-gdpr", "uk-gdpr"}),
        ("colorado", {"us-co-sb24-205"}),
        ("32016r0679", {"eu-gdpr"}),
        ("no such words here", set()),
    ],
)
def test_search_finds_every_word_in_any_case(text: str, expected: set[str]) -> None:
    assert {instrument.id for instrument in load_catalogue().search(text)} == expected


def test_search_for_nothing_finds_all() -> None:
    assert load_catalogue().search("") == tuple(load_catalogue())


def test_a_catalogue_of_ones_own(tmp_path: Path) -> None:
    only = load_catalogue(write(tmp_path, ENTRY)).get("test-law")
    assert only.download_url == "https://law.example/test.pdf"
    assert str(only.in_force) == "2024-02-03"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "test-law"', 'id = "Test Law"', r"entry 1 \(Test Law\): field id: "),
        ('kind = "law"', 'kind = "statute"', r"entry 1 \(test-law\): field kind: .*'soft_law'"),
        ('title = "Test Law"\n', "", r"field title: Field required"),
        ('licence = "free"', 'license = "free"', r"field license: Extra inputs"),
        ("https://law", "http://law", r"field url: .*an https address wanted"),
        ("2024-02-03", "2023-02-03", r"field dates: .*must follow each other"),
        ('["en"]', '["english"]', r"field language\.0: "),
        ('["en"]', "[]", r"field language: "),
        ("[[instrument]]", "[[law]]", r"\[\[instrument\]\] tables wanted"),
        ("[[instrument]]", "[instrument]", r"\[\[instrument\]\] tables wanted"),
        ("[[instrument]]", "[[instrument", r"a catalogue in TOML wanted"),
    ],
)
def test_a_wrong_catalogue_names_file_entry_and_field(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = write(tmp_path, ENTRY.replace(old, new))
    with pytest.raises(CatalogueError, match=words) as caught:
        load_catalogue(path)
    assert str(path) in str(caught.value)


def test_an_entry_that_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"entry 1 \(no table\)"):
        load_catalogue(write(tmp_path, "instrument = [3]"))


def test_an_id_given_twice(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"entry 2 \(test-law\): field id"):
        load_catalogue(write(tmp_path, ENTRY + ENTRY))


def test_a_catalogue_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"absent\.toml"):
        load_catalogue(tmp_path / "absent.toml")
