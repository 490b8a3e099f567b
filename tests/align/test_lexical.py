"""TF-IDF against scikit-learn, BM25 against its formula written out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from fragcheck.align.lexical import count_terms, okapi, tfidf_cosine

LEFT = [["log", "keep", "log"], ["notify", "incident"], []]
RIGHT = [["keep", "log", "month"], ["incident", "report", "incident", "notify"], ["fine"]]
REFERENCE = [["log", "unseen"], ["fine", "fine"]]
FREQUENCIES = ({"log": 1, "unseen": 1, "fine": 1}, 2)


def test_cosine_is_that_of_scikit_learn() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    oracle = TfidfVectorizer(analyzer=lambda words: words, sublinear_tf=True).fit(LEFT + RIGHT)
    expected = (oracle.transform(LEFT) @ oracle.transform(RIGHT).T).toarray()
    assert np.allclose(tfidf_cosine(count_terms(LEFT, RIGHT)), expected, atol=1e-12)


def test_reference_texts_count_in_the_document_frequencies() -> None:
    counts = count_terms(LEFT, RIGHT, FREQUENCIES)
    names = sorted({word for side in (LEFT, RIGHT) for words in side for word in words})
    assert counts.total == 8
    assert dict(zip(names, counts.frequency, strict=True)) == {
        "fine": 2, "incident": 2, "keep": 2, "log": 3, "month": 1, "notify": 2, "report": 1,
    }  # fmt: skip


def _bm25(asked: list[str], text: list[str], side: list[list[str]], everything: list[list[str]]) -> float:
    mean = sum(map(len, side)) / len(side)
    total = 0.0
    for term in set(asked) & set(text):
        df = sum(term in words for words in everything)
        idf = math.log(1 + (len(everything) - df + 0.5) / (df + 0.5))
        tf = text.count(term)
        total += idf * tf * 2.5 / (tf + 1.5 * (0.25 + 0.75 * len(text) / mean))
    return total


def test_okapi_is_its_formula() -> None:
    everything = [*LEFT, *RIGHT, *REFERENCE]
    found = okapi(count_terms(LEFT, RIGHT, FREQUENCIES))
    for i, left in enumerate(LEFT):
        for j, right in enumerate(RIGHT):
            both = _bm25(left, right, RIGHT, everything) * _bm25(right, left, LEFT, everything)
            own = _bm25(left, left, LEFT, everything) * _bm25(right, right, RIGHT, everything)
            expected = math.sqrt(both) / own**0.25 if own else 0.0
            assert found[i, j] == pytest.approx(expected, abs=1e-12)


def test_texts_without_words_are_like_nothing() -> None:
    counts = count_terms([[], []], [[]])
    assert tfidf_cosine(counts).tolist() == [[0.0], [0.0]]
    assert okapi(counts).tolist() == [[0.0], [0.0]]
