"""The remembering encoder gives what the encoder gives, and asks it once a text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.pipeline.encoding import RememberingEncoder


class LetterCounter:
    """Vectors of letter counts: an encoder whose answers are known."""

    name, sha256, dimension = "letters", "0" * 64, 3

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[text.count(c) for c in "abc"] for text in texts], dtype=np.float32).reshape(-1, 3)


@given(st.lists(st.lists(st.text("abc", max_size=3), max_size=5), max_size=4))
def test_remembering_encoder_asks_once(calls):
    inner = LetterCounter()
    encoder = RememberingEncoder(inner)
    for texts in calls:
        np.testing.assert_array_equal(encoder.encode(texts), LetterCounter().encode(texts))
    assert len(inner.asked) == len(set(inner.asked))


def test_kept_vectors_outlive_the_encoder(tmp_path):
    from fragcheck.store import ArtefactStore

    inner = LetterCounter()
    first = RememberingEncoder(inner, ArtefactStore(tmp_path)).encode(["a rule", "another"])
    second = RememberingEncoder(inner, ArtefactStore(tmp_path)).encode(["another", "a rule", "a third"])
    assert (second[:2] == first[::-1]).all()
    assert inner.asked == ["a rule", "another", "a third"]
