"""The written provisions that types and actors are measured on are whole and labelled in known terms."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fragcheck.annotate.tagging.train import read_examples, training_folder
from fragcheck.records import ProvisionType
from fragcheck.taxonomy import load_taxonomy

_BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def written():
    sys.path.insert(0, str(_BENCHMARKS))
    try:
        import written_provisions
    finally:
        sys.path.remove(str(_BENCHMARKS))
    return written_provisions


@pytest.fixture(scope="module")
def rows(written):
    return written.read_written()


def test_rows_are_labelled_in_terms_of_the_taxonomy(rows):
    types = {kind.value for kind in ProvisionType}
    principles, points = (set(load_taxonomy(name).ids) for name in ("principles", "sovereignty"))
    for row in rows:
        assert row["provision_type"] in types, row["id"]
        assert principles.issuperset(filter(None, row["principles"].split(";"))), row["id"]
        assert points.issuperset(filter(None, row["sovereignty"].split(";"))), row["id"]
        assert row["actors"] == row["actors"].strip().lower(), row["id"]


def test_every_type_stands_in_every_part(rows):
    kinds = {(row["part"], row["provision_type"]) for row in rows}
    assert len(kinds) == len({row["part"] for row in rows}) * len(ProvisionType)


def test_no_row_stands_twice_or_among_the_training_texts(rows):
    texts = [row["text"] for row in rows]
    assert len(rows) >= 4_000
    assert len({row["id"] for row in rows}) == len(rows)
    assert len(set(texts)) == len(texts)
    assert not {example.text for example in read_examples(training_folder())} & set(texts)


def test_half_of_every_part_was_left_unread(written, rows):
    for part in written.PARTS:
        read = [written.was_read(row) for row in rows if row["part"] == part]
        assert 0.45 < sum(read) / len(read) < 0.55


def test_the_second_pass_holds_every_row_in_known_terms(written, rows):
    seen = written.second_pass()
    assert list(seen) == [row["id"] for row in rows]
    principles, types = set(load_taxonomy("principles").ids), {"", *(kind.value for kind in ProvisionType)}
    for row in seen.values():
        used = {*row["principles"].split(";"), *row["principles_optional"].split(";")} - {""}
        assert used <= principles, row["id"]
        assert row["provision_type"] in types, row["id"]
    assert sum(not row["provision_type"] for row in seen.values()) == 250


def test_a_principle_that_one_pass_sees_is_optional(written, rows):
    for row in rows:
        first = set(row["principles"].split(";")) - {""}
        second = set(written.second_pass()[row["id"]]["principles"].split(";")) - {""}
        label = written.as_label(row)
        assert set(written.names(label["principles"])) == first & second
        assert set(written.names(label["principles_optional"])) == first ^ second


@pytest.mark.shared
def test_an_answer_that_says_the_labels_scores_one(written, rows, shared_dir):
    some = [row for row in rows if row["part"] == "us"][:60]
    labels = [written.as_label(row) for row in some]
    answer = [
        {
            "eid": row["id"],
            "provision_type": row["provision_type"],
            "tags": {},
            "tags_on": row["principles"].split(";"),
            "sovereignty_on": row["sovereignty"].split(";") if row["sovereignty"] else [],
            "requirements": [
                {"actor": actor, "parameters": []} for actor in row["actors"].split(";") if actor
            ],
        }
        for row in some
    ]
    found = written.score(
        written.answers_for(some, labels, answer, written.load_scorer(shared_dir)), labels, 20
    )
    assert found["provision_type"]["accuracy"]["value"] == 1
    assert found["actors"]["f1"]["value"] == 1
