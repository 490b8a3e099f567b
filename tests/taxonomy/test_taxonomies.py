"""Taxonomies: what the packaged ones hold, and that a faulty file is refused with file and field."""

from __future__ import annotations

import hashlib

import pytest

from fragcheck.errors import TaxonomyError
from fragcheck.taxonomy import LANGUAGES, PACKAGED, load_taxonomy

ENTRY = """
[[entries]]
id = "{id}"
label = "Taste"
definition = "Says how the dish should taste."
includes = ["salt"]
excludes = []
source = "our kitchen"
cues = {{ en = ["salt*", "season to taste"] }}
"""
GOOD = 'name = "kitchen"\nversion = "2"\n' + ENTRY.format(id="taste")


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        (
            "principles",
            ("safety", "transparency", "accountability", "fairness", "human_centric", "privacy"),
        ),
        ("sovereignty", ("data", "compute", "model")),
    ],
)
def test_packaged_taxonomies_hold_their_entries_in_order(name, ids):
    taxonomy = load_taxonomy(name)
    assert taxonomy.ids == ids
    assert taxonomy.name == name
    assert len(taxonomy.sha256) == 64


@pytest.mark.parametrize("name", PACKAGED)
def test_every_entry_has_words_and_cues_in_every_language(name):
    for entry in load_taxonomy(name).entries:
        assert entry.definition
        assert entry.includes
        assert entry.excludes
        assert entry.source
        assert set(entry.cues) == set(LANGUAGES)
        assert all(len(phrases) >= 5 for phrases in entry.cues.values()), entry.id


def test_entry_is_found_by_its_id():
    taxonomy = load_taxonomy("principles")
    assert taxonomy.entry("privacy").label == "Privacy and personal data"
    with pytest.raises(KeyError, match="no entry 'taste'"):
        taxonomy.entry("taste")


def test_own_taxonomy_is_read_from_a_path(tmp_path):
    path = tmp_path / "kitchen.toml"
    path.write_text(GOOD, encoding="utf-8")
    taxonomy = load_taxonomy(path)
    assert taxonomy.ids == ("taste",)
    assert taxonomy.entries[0].cues["en"] == ("salt*", "season to taste")
    assert taxonomy.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert load_taxonomy(str(path)) == taxonomy


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name = ", "TOML in UTF-8"),
        ('name = "k"\nversion = "1"\n', "field 'entries'"),
        ('name = "k"\nversion = "1"\nentries = [1]\n', "a table is wanted, int came"),
        (GOOD.replace('version = "2"', "version = 2"), "field 'version': a text is wanted, 2 came"),
        (GOOD.replace('name = "kitchen"\n', ""), "field 'name': a text is wanted, nothing came"),
        (GOOD.replace('id = "taste"', 'id = "Good Taste"'), "field 'id'"),
        (GOOD.replace('label = "Taste"', 'label = " "'), "field 'label'"),
        (GOOD.replace('["salt"]', '"salt"'), "field 'includes': a list of texts"),
        (GOOD.replace('{ en = ["salt*", "season to taste"] }', "{}"), "field 'cues'"),
        (GOOD.replace("{ en =", "{ english ="), "'english' is no ISO 639-1 code"),
        (GOOD.replace('"season to taste"', '"salt*"'), "field 'cues.en': 'salt*' stands there twice"),
        (GOOD.replace('"season to taste"', '" * "'), "field 'en': a list of texts"),
        (GOOD.replace('source = "our', 'origin = "our'), "field 'origin' is unknown"),
        (GOOD + ENTRY.format(id="taste"), "'taste' stands for two entries"),
        ('colour = "red"\n' + GOOD, "field 'colour' is unknown"),
    ],
)
def test_faulty_file_is_refused_with_file_and_field(tmp_path, content, said):
    path = tmp_path / "faulty.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(path)
    assert "faulty.toml" in str(caught.value)
    assert said in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "bytes.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TaxonomyError, match="UTF-8"):
        load_taxonomy(path)


def test_absent_file_is_refused_with_the_choices(tmp_path):
    with pytest.raises(TaxonomyError, match="principles or sovereignty"):
        load_taxonomy(tmp_path / "nothing.toml")
