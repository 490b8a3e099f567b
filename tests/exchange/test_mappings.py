"""Crosswalks of others, read and held against ours."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support

from fragcheck.errors import InputError, UnreadableInput
from fragcheck.exchange import read_mapping
from fragcheck.pipeline import CROSSWALKS, AlignedRow, check_crosswalk, crosswalk_text
from fragcheck.records import (
    ImportedCrosswalk,
    ImportedPair,
    Provision,
    ProvisionKind,
    Relation,
    Segmentation,
    Tradition,
)

SUFFIX = {"sssom": ".tsv", "oscal": ".json", "olir": ".csv", "ciso-assistant": ".yaml"}


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.model
@pytest.mark.parametrize("form", CROSSWALKS)
def test_what_is_written_is_read_back(crosswalk, tmp_path, form):
    path = written(tmp_path, f"mapping{SUFFIX[form]}", crosswalk_text(crosswalk, form))
    read = read_mapping(path)
    assert read.form == form
    rows = [
        AlignedRow(row.left, row.right, 1, row.probability, row.probability, row.relation)
        for row in crosswalk.rows
    ]
    sides = crosswalk.left.segmentation, crosswalk.right.segmentation
    check = check_crosswalk(read, *sides, rows, thresholds=[0.5], ranks=[])
    (found,) = check.measured
    assert found.n_theirs == found.n_ours == len({(row.left, row.right) for row in crosswalk.rows})
    assert (found.precision, found.recall, found.f1) == (1.0, 1.0, 1.0)
    assert check.unknown_left == check.unknown_right == ()
    contrary = sum(row.relation is Relation.CONTRARY for row in crosswalk.rows)
    assert found.same_relation == pytest.approx(1 - contrary / found.n_relations)
    if form != "ciso-assistant":  # which has no row for what has no counterpart
        assert sum(not pair.right for pair in read.pairs) == len(crosswalk.unmapped)


TABLES = [
    ("left_id,right_id\na,x\n", [("a", "x", None, None)]),
    ("left_id,right_id,rank,score,probability,relation,differs\na,,0,0,0.4,none,\na,x,1,2,0.7,subset_of,\n",
     [("a", "", Relation.NONE, 0.4), ("a", "x", Relation.SUBSET_OF, 0.7)]),
    ("Source;Target;Relationship\na;x;Superset of\n", [("a", "x", Relation.SUPERSET_OF, None)]),
    ("from\tto\trelation\na\tx\tequal\n", [("a", "x", Relation.EQUAL, None)]),
    ("\ufeffsource_id,target_id\n a , x \n,y\na,x\n", [("a", "x", None, None)]),
    (("Focal Document Element,Rationale,Relationship,Reference Document Element,Strength of Relationship\n"
     "ID.1,Semantic,intersects with,Art. 9,8\n'-x,Semantic,not related to,,\n"),
     [("ID.1", "Art. 9", Relation.INTERSECTS_WITH, 0.8), ("-x", "", Relation.NONE, None)]),
    (("#curie_map:\n#  a: http://x/\nsubject_id\tpredicate_id\tobject_id\tconfidence\tpredicate_modifier\n"
     "a:one%20two\tskos:broadMatch\tb:x\t0.5\t\na:3\tskos:exactMatch\turn:b:4\t\t\na:5\tskos:exactMatch\tb:6\t\tNot\n"
     "a:7\tskos:relatedMatch\tsssom:NoTermFound\t0.9\t\n"),
     [("one two", "x", Relation.SUBSET_OF, 0.5), ("3", "urn:b:4", Relation.EQUAL, None),
      ("7", "", Relation.NONE, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLES, ids=[one[0][:30] for one in TABLES])
def test_tables_are_read(tmp_path, text, expected):
    read = read_mapping(written(tmp_path, "mapping.csv", text))
    assert [dataclasses.astuple(pair) for pair in read.pairs] == expected


REFUSED = [
    ("m.csv", "", "is empty"),
    ("m.csv", "x\n", "its columns are none"),
    ("m.csv", "a,b\n1,2\n", "its columns are a, b"),
    ("m.csv", "left_id,right_id\n", "its columns are none"),
    ("m.csv", "left_id,right_id,relation\na,,none\n", "holds no pair"),
    ("m.json", "{}", "none of them"),
    ("m.json", "[1]", "none of them"),
    ("m.json", "{", "breaks off"),
    ("m.json", '{"mapping-collection": {"mappings": 3}}', "holds no pair"),
    ("m.yaml", "objects: {requirement_mapping_sets: [3]}", "none of them"),
    ("m.yaml", "objects: {requirement_mapping_sets: [{requirement_mappings: no}]}", "holds no pair"),
    ("m.yaml", "a: [", "breaks off"),
]


@pytest.mark.parametrize(("name", "text", "words"), REFUSED)
def test_what_is_no_crosswalk_is_refused(tmp_path, name, text, words):
    with pytest.raises(UnreadableInput, match=words):
        read_mapping(written(tmp_path, name, text))


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "m.csv"
    path.write_bytes(b"left_id,right_id\n\xff\xfe,x\n")
    with pytest.raises(UnreadableInput, match="UTF-8"):
        read_mapping(path)


def segmentation(name, eids):
    provisions = tuple(
        Provision(
            eid,
            ProvisionKind.ARTICLE,
            num=f"{name} {eid}.",
            text="x",
            parent=eid.rpartition("__")[0] or None,
        )
        for eid in eids
    )
    return Segmentation(name * 8, provisions, Tradition.EU, "en")


LEFT = segmentation("L", ["a", "a__1", "a__2", "b", "c"])
RIGHT = segmentation("R", ["x", "x__1", "y", "z:1"])


def row(left, right, probability, relation=Relation.EQUAL, rank=1):
    return AlignedRow(left, right, rank, probability, probability, relation)


def imported(*pairs):
    return ImportedCrosswalk("table", tuple(ImportedPair(*pair) for pair in pairs))


def test_ours_are_lifted_to_what_theirs_speak_of():
    theirs = imported(("a", "x"), ("b", "y"))
    rows = [row("a__1", "x__1", 0.6, rank=3), row("a__2", "x", 0.9), row("c", "y", 0.9), row("b", "z:1", 0.8)]
    check = check_crosswalk(theirs, LEFT, RIGHT, rows, thresholds=[0.5, 0.85], ranks=[1, 3])
    low, high, first, third = check.measured
    assert (first.cut, first.n_ours, first.recall) == ("rank", 2, 0.5)
    assert third.n_ours == 2
    assert (low.n_theirs, low.n_ours, low.n_both, low.precision, low.recall) == (2, 2, 1, 0.5, 0.5)
    assert (high.n_ours, high.n_both, high.precision) == (1, 1, 1.0)
    found = {(pair.left, pair.right): (pair.found.value, pair.probability, pair.rank) for pair in check.pairs}
    assert found == {
        ("a", "x"): ("both", 0.9, 1),
        ("b", "y"): ("theirs", None, None),
        ("b", "z:1"): ("ours", 0.8, 1),
    }


@pytest.mark.parametrize("name", ["a__1", "A__1", "L a__1", "l A__1.", "urn:house:controls:a__1", "doc#a__1"])
def test_ids_are_found_by_what_they_may_be_called(name):
    check = check_crosswalk(
        imported((name, "x"), ("nowhere", "x"), ("b", "nothing")), LEFT, RIGHT, [], thresholds=[0.5], ranks=[]
    )
    assert [pair.left for pair in check.pairs] == ["a__1"]
    assert (check.unknown_left, check.unknown_right) == (("nowhere",), ("nothing",))


def test_a_crosswalk_of_other_documents_is_refused():
    with pytest.raises(InputError, match="in its order"):
        check_crosswalk(imported(("x", "a")), LEFT, RIGHT, [])


EIDS_LEFT, EIDS_RIGHT = ["a", "b", "c"], ["x", "y", "z:1"]
SOME = st.dictionaries(
    st.tuples(st.sampled_from(EIDS_LEFT), st.sampled_from(EIDS_RIGHT)),
    st.sampled_from([Relation.EQUAL, Relation.SUBSET_OF, Relation.INTERSECTS_WITH]),
    min_size=1,
)


@given(SOME, SOME)
def test_figures_are_those_of_scikit_learn(theirs, ours):
    rows = [row(*pair, 0.9, relation) for pair, relation in ours.items()]
    check = check_crosswalk(
        imported(*((*pair, relation) for pair, relation in theirs.items())),
        LEFT,
        RIGHT,
        rows,
        thresholds=[0.5],
        ranks=[],
    )
    (found,) = check.measured
    spoken = {left for left, _ in theirs}
    cells = [(left, right) for left in EIDS_LEFT if left in spoken for right in EIDS_RIGHT]
    truth, said = ([cell in which for cell in cells] for which in (theirs, ours))
    precision, recall, f1, _ = precision_recall_fscore_support(truth, said, average="binary", zero_division=0)
    assert (found.precision or 0) == pytest.approx(precision)
    assert found.recall == pytest.approx(recall)
    assert found.f1 == pytest.approx(f1)
    both = sorted(set(theirs) & set(ours))
    relations = [theirs[pair].value for pair in both], [ours[pair].value for pair in both]
    if found.kappa is not None:
        assert found.kappa == pytest.approx(float(cohen_kappa_score(*relations)))
