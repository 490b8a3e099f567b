"""Concepts: sub-words of one meaning under one number."""

from __future__ import annotations

import numpy as np
import pytest

from fragcheck.errors import ModelMismatch, ModelMissing
from fragcheck.nlp import concepts as module
from fragcheck.nlp.concepts import NO_CONCEPT, group_by_direction, load_concepts
from fragcheck.nlp.encoder import load_encoder


def test_directions_that_lie_apart_are_found():
    rng = np.random.default_rng(1)
    truth = np.arange(300) % 5
    vectors = np.eye(5, 8)[truth] + rng.normal(scale=0.05, size=(300, 8))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    found = [group_by_direction(vectors, 5, 10, seed) for seed in range(8)]
    assert any(len(set(zip(truth.tolist(), groups.tolist(), strict=True))) == 5 for groups in found)
    assert all(groups.min() >= 0 and groups.max() < 5 for groups in found)
    assert np.array_equal(found[3], group_by_direction(vectors, 5, 10, 3))


@pytest.mark.model
def test_table_has_a_number_for_every_subword_with_letters():
    names, vectors = load_encoder().vocabulary()
    table = load_concepts()
    assert len(table) == len(names) == len(vectors)
    assert all(
        (number == NO_CONCEPT) == (not any(map(str.isalpha, name)))
        for number, name in zip(table, names, strict=True)
    )


@pytest.mark.model
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("safety", "Sicherheit"),
        ("safety", "安全"),
        ("discrimination", "discriminación"),
        ("supervision", "nadzor"),
    ],
)
def test_words_of_one_meaning_share_a_concept(left, right):
    encoder = load_encoder()
    one, other = (set(found.tolist()) for found in encoder.concepts_of(encoder.subwords([left, right])))
    assert one & other


@pytest.mark.model
def test_subwords_without_letters_have_none():
    encoder = load_encoder()
    assert [len(found) for found in encoder.concepts_of(encoder.subwords(["12 (3) –", ""]))] == [0, 0]


def test_absent_or_changed_table_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "__file__", str(tmp_path / "concepts.py"))
    load_concepts.cache_clear()
    with pytest.raises(ModelMissing, match=r"concepts\.npz"):
        load_concepts()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "concepts.npz").write_bytes(b"other")
    with pytest.raises(ModelMismatch, match=r"concepts\.npz should have sha256"):
        load_concepts()
    load_concepts.cache_clear()
