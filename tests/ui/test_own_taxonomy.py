"""A taxonomy of the user's takes the place of the principles in the whole app."""

from __future__ import annotations

import pytest
from ui_made import made_analysis

from fragcheck.errors import TaxonomyError
from fragcheck.records import Tag
from fragcheck.taxonomy import load_taxonomy
from fragcheck.ui import own_taxonomy, session
from fragcheck.ui.engine import Hooks, PipelineEngine
from fragcheck.ui.own_taxonomy import VARIABLE, taxonomies
from fragcheck.ui.pages.document_reading import _tag_lines
from fragcheck.ui.pages.method import taxonomy_rows
from fragcheck.ui.texts import plain
from fragcheck.ui.workspace import SetEntry

OWN = """
name = "green"
version = "0.1"
[[entries]]
id = "energy"
label = "Energy and water"
definition = "Limits or measures what a system draws."
includes = []
excludes = ["fees for electricity"]
source = "our own"
cues = { en = ["energy", "water"] }
"""
POINTS = load_taxonomy("sovereignty").ids


@pytest.fixture(autouse=True)
def nothing_kept():
    own_taxonomy._loaded.cache_clear()
    yield
    own_taxonomy._loaded.cache_clear()


@pytest.fixture
def green(tmp_path, monkeypatch):
    path = tmp_path / "green.toml"
    path.write_text(OWN, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def test_choices_and_names_are_those_of_the_users(green):
    assert session.known_principles() == ("overall", "energy", *POINTS)
    assert session.principle_name("energy") == "Energy and water"
    assert session.principle_name("compute") != "compute"
    (row,) = taxonomy_rows(taxonomies()[0])
    name, definition, exclusion = row.values()
    assert name == "Energy and water"
    assert "what a system draws" in definition
    assert exclusion == "fees for electricity"


def test_a_label_is_shown_as_it_stands_and_loads_nothing(tmp_path, monkeypatch):
    path = tmp_path / "hostile.toml"
    hostile = "![b](https://attack.invalid/x.png) <b>f</b>"
    path.write_text(OWN.replace("Energy and water", hostile), encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(path))
    provision = made_analysis(0).segmentation.provisions[0]
    (line,) = _tag_lines(provision, [Tag("energy", 0.9, is_on=True)])
    assert plain(hostile) in line
    assert hostile not in line
    (row,) = taxonomy_rows(taxonomies()[0])
    assert next(iter(row.values())) == plain(hostile)


def test_without_one_the_principles_stand(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert session.known_principles() == ("overall", *load_taxonomy("principles").ids, *POINTS)
    assert session.principle_name("human_centric") != "Human centric"


def test_file_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "absent.toml"))
    with pytest.raises(TaxonomyError, match=r"absent\.toml"):
        taxonomies()


@pytest.mark.model
def test_documents_are_tagged_with_it(green, tmp_path):
    path = tmp_path / "rules.csv"
    path.write_text("id,text\na,The operator shall report its energy and water use.\n", encoding="utf-8")
    hooks = Hooks(lambda progress: None, lambda: False)
    outcome = PipelineEngine().analyse(path, SetEntry("0" * 64, "rules.csv"), None, hooks)
    (annotation,) = outcome.analysis.annotations
    assert [(tag.principle, tag.is_on) for tag in annotation.tags] == [("energy", True)]
