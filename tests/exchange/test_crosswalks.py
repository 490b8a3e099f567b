"""Crosswalks as other programs read them."""

from __future__ import annotations

import csv
import dataclasses
import io
import json

import pytest
import yaml

from fragcheck.errors import ComparisonError, InputError
from fragcheck.exchange.names import token
from fragcheck.pipeline import CROSSWALKS, crosswalk_text
from fragcheck.records import CrosswalkRow, Relation

OSCAL = {
    "equal": "equal-to",
    "subset_of": "subset-of",
    "superset_of": "superset-of",
    "intersects_with": "intersects-with",
    "contrary": "intersects-with",
}


@pytest.fixture(scope="module")
def contrary(crosswalk):
    """The same crosswalk with every relation in it."""
    first = crosswalk.rows[0]
    rows = [dataclasses.replace(first, relation=relation) for relation in Relation if relation != "none"]
    return dataclasses.replace(crosswalk, rows=tuple(rows))


def test_the_crosswalk_holds_what_an_expert_would_map(crosswalk):
    assert len(crosswalk.rows) > 5
    assert all(row.probability >= 0.5 and row.relation is not Relation.NONE for row in crosswalk.rows)
    mapped = {row.left for row in crosswalk.rows}
    assert not mapped & {eid for eid, _ in crosswalk.unmapped}
    left = crosswalk.left.provisions()
    assert mapped | {eid for eid, _ in crosswalk.unmapped} == {
        eid for eid, each in left.items() if each.text or each.heading
    }


def test_sssom_is_valid_and_says_the_same(crosswalk, foreign):
    read = foreign("sssom", crosswalk_text(crosswalk, "sssom"))
    assert len(read) == len(crosswalk.rows) + len(crosswalk.unmapped)
    found = {(each["subject_id"], each["object_id"]): each["confidence"] for each in read}
    for row in crosswalk.rows:
        assert found.pop((f"left:{row.left}", f"right:{row.right}")) == pytest.approx(
            row.probability, abs=1e-6
        )
    assert set(found) == {(f"left:{eid}", "sssom:NoTermFound") for eid, _ in crosswalk.unmapped}


def test_sssom_says_which_side_is_broader(contrary):
    lines = [line for line in crosswalk_text(contrary, "sssom").splitlines() if not line.startswith("#")]
    read = list(csv.DictReader(lines, delimiter="\t"))
    predicates = {
        row.relation: found["predicate_id"] for row, found in zip(contrary.rows, read, strict=False)
    }
    assert predicates["subset_of"] == "skos:broadMatch"
    assert predicates["superset_of"] == "skos:narrowMatch"
    assert predicates["equal"] == "skos:exactMatch"
    assert predicates["contrary"] == predicates["intersects_with"] == "skos:relatedMatch"


def test_oscal_is_valid_and_says_the_same(crosswalk, contrary, foreign):
    for each in (crosswalk, contrary):
        read = foreign("oscal-mapping", crosswalk_text(each, "oscal"))
        assert read == [[OSCAL[row.relation], token(row.left), token(row.right)] for row in each.rows]


def test_oscal_lists_what_is_not_mapped(crosswalk):
    (mapping,) = json.loads(crosswalk_text(crosswalk, "oscal"))["mapping-collection"]["mappings"]
    (source,) = mapping["source-gap-summary"]["unmapped-controls"]
    assert source["with-ids"] == [token(eid) for eid, _ in crosswalk.unmapped]
    (target,) = mapping["target-gap-summary"]["unmapped-controls"]
    assert not {token(row.right) for row in crosswalk.rows} & set(target["with-ids"])


def test_contrary_rules_are_told_apart_where_a_format_has_no_word_for_them(contrary):
    place = [row.relation for row in contrary.rows].index(Relation.CONTRARY)
    (mapping,) = json.loads(crosswalk_text(contrary, "oscal"))["mapping-collection"]["mappings"]
    assert {"name": "relation", "ns": "urn:fragcheck:oscal", "value": "contrary"} in mapping["maps"][place][
        "props"
    ]
    for form in ("sssom", "olir", "ciso-assistant"):
        assert crosswalk_text(contrary, form).count("contrary: one demands") in {1, 2}


def test_ciso_assistant_holds_both_directions(crosswalk, contrary, foreign):
    text = crosswalk_text(contrary, "ciso-assistant")
    library = yaml.safe_load(text)
    assert foreign("yaml", text) == library
    forward, backward = library["objects"]["requirement_mapping_sets"]
    assert forward["source_framework_urn"] == backward["target_framework_urn"]
    assert len(set(library["dependencies"])) == 2
    flipped = {"equal": "equal", "subset": "superset", "superset": "subset", "intersect": "intersect"}
    for one, other in zip(forward["requirement_mappings"], backward["requirement_mappings"], strict=True):
        assert one["source_requirement_urn"] == other["target_requirement_urn"]
        assert other["relationship"] == flipped[one["relationship"]]
        assert 0 <= one["strength_of_relationship"] <= 10
        assert one["rationale"] in {"syntactic", "semantic", "functional"}


def test_olir_has_the_columns_of_the_template(crosswalk):
    read = list(csv.DictReader(io.StringIO(crosswalk_text(crosswalk, "olir"))))
    relations = {"equal", "subset of", "superset of", "intersects with", "not related to"}
    assert {row["Relationship"] for row in read} <= relations
    assert {row["Rationale"] for row in read} == {"Semantic"}
    assert len(read) == len(crosswalk.rows) + len(crosswalk.unmapped)
    assert [row["Focal Document Element"] for row in read[: len(crosswalk.rows)]] == [
        row.left for row in crosswalk.rows
    ]


def test_olir_runs_no_formula(crosswalk):
    provision = crosswalk.left.segmentation.provisions[0]
    evil = dataclasses.replace(provision, eid="=1+1", heading="", text="@SUM(1)")
    left = dataclasses.replace(
        crosswalk.left, segmentation=dataclasses.replace(crosswalk.left.segmentation, provisions=(evil,))
    )
    row = CrosswalkRow("=1+1", crosswalk.rows[0].right, 0.9, Relation.EQUAL)
    text = crosswalk_text(dataclasses.replace(crosswalk, left=left, rows=(row,), unmapped=()), "olir")
    (found,) = csv.DictReader(io.StringIO(text))
    assert found["Focal Document Element"] == "'=1+1"
    assert found["Focal Document Element Description"] == "'@SUM(1)"


@pytest.mark.parametrize("form", CROSSWALKS)
def test_equal_results_give_equal_texts(crosswalk, form, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert crosswalk_text(crosswalk, form) == crosswalk_text(crosswalk, form)


def test_what_cannot_be_said_is_refused(crosswalk):
    nothing = dataclasses.replace(crosswalk, rows=())
    for form in ("oscal", "ciso-assistant"):
        with pytest.raises(ComparisonError, match="--min-probability"):
            crosswalk_text(nothing, form)
    with pytest.raises(InputError, match="sssom"):
        crosswalk_text(crosswalk, "docx")
