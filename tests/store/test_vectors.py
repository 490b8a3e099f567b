"""Vectors on disk: found by their text, shared by processes, and never worse than none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.store import VectorStore

ENCODER = "0123456789abcdef0123"


def vector(*values):
    return np.array(values, dtype=np.float32)


def test_vectors_come_back_as_they_were(tmp_path):
    kept = {"one": vector(1.5, -2.0), "다른 문장": vector(0.25, 1e-7)}
    VectorStore(tmp_path / "new", ENCODER, 2).save(kept)
    found = VectorStore(tmp_path / "new", ENCODER, 2).load(["다른 문장", "one", "never seen"])
    assert {text: values.tobytes() for text, values in found.items()} == {
        text: values.tobytes() for text, values in kept.items()
    }


@given(st.lists(st.text(max_size=30), unique=True, max_size=20))
def test_any_text(tmp_path_factory, texts):
    store = VectorStore(tmp_path_factory.mktemp("vectors"), ENCODER, 1)
    store.save({text: vector(i) for i, text in enumerate(texts)})
    assert {text: float(values[0]) for text, values in store.load(texts).items()} == {
        text: float(i) for i, text in enumerate(texts)
    }


def test_more_texts_than_a_statement_holds(tmp_path):
    store = VectorStore(tmp_path, ENCODER, 1)
    store.save({str(i): vector(i) for i in range(2500)})
    assert len(store.load([str(i) for i in range(2600)])) == 2500


def test_another_encoder_has_a_file_of_its_own(tmp_path):
    VectorStore(tmp_path, ENCODER, 1).save({"one": vector(1)})
    assert VectorStore(tmp_path, "f" * 20, 1).load(["one"]) == {}
    assert VectorStore(tmp_path, ENCODER, 3).load(["one"]) == {}


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_damaged_file_is_no_obstacle(tmp_path, content, caplog):
    store = VectorStore(tmp_path, ENCODER, 1)
    store.path.write_bytes(content)
    assert store.load(["one"]) == {}
    store.save({"one": vector(1)})
    assert len(store.load(["one"])) == 1
    assert "vectors" in caplog.text
