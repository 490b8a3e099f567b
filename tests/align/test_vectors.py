"""Sentence vectors of units: cut, composed, centred, multiplied."""

from __future__ import annotations

import numpy as np
import pytest
from alignment_inputs import HashedWordEncoder, side

from fragcheck.align.vectors import MOST_SENTENCES, centred, embed, sentences, similarities
from fragcheck.records import TextUnit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("One rule.", ["One rule."]),
        (
            "The first rule is long enough to stand alone here. The second one follows it.",
            ["The first rule is long enough to stand alone here.", "The second one follows it."],
        ),
        (
            "Short. Then a longer sentence follows the short one.",
            ["Short. Then a longer sentence follows the short one."],
        ),
        (
            "提供者应当保存日志不少于六个月并且应当定期对其进行检查和维护以确保其完整性和准确性要求得到满足。主管部门可以检查。",
            None,
        ),
    ],
)
def test_sentences(text: str, expected: list[str] | None) -> None:
    found = sentences(text)
    assert found == expected if expected else len(found) == 2


def test_long_texts_are_grouped_and_lose_no_words() -> None:
    text = " ".join(f"Sentence number {index} speaks about a different matter." for index in range(30))
    found = sentences(text)
    assert len(found) == MOST_SENTENCES
    assert " ".join(found) == text


def test_each_distinct_text_is_encoded_once() -> None:
    class Counting(HashedWordEncoder):
        seen: list[str] = []  # noqa: RUF012 - counted over the whole test

        def encode(self, texts):
            self.seen.extend(texts)
            return super().encode(texts)

    units = [TextUnit(str(index), "The same text.", "Heading", "Part > Chapter") for index in range(5)]
    embed(units, Counting())
    assert sorted(Counting.seen) == ["Chapter", "Heading", "Part", "The same text."]


def _sides() -> list:
    reference = np.zeros(HashedWordEncoder.dimension)
    units = (
        side(1, 9),
        [*side(2, 7), TextUnit("long", "One thing is said here in full. " * 6), TextUnit("none", "")],
    )
    return [centred(embed(items, HashedWordEncoder()), reference) for items in units]


def test_best_sentences_are_what_a_loop_finds() -> None:
    left, right = _sides()
    _, parts = similarities(left, right)

    def rows(side_vectors, index):
        ends = [*side_vectors.starts[1:], len(side_vectors.parts)]
        return side_vectors.parts[side_vectors.starts[index] : ends[index]]

    for i in range(len(left.starts)):
        for j in range(len(right.starts)):
            product = rows(left, i) @ rows(right, j).T
            assert parts[i, j] == pytest.approx((product.max(axis=1).mean() + product.max(axis=0).mean()) / 2)


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    import fragcheck.align.vectors as module

    left, right = _sides()
    whole = similarities(left, right)
    monkeypatch.setattr(module, "_BLOCK", 2)
    blocked = similarities(left, right)
    assert np.array_equal(whole[0], blocked[0])
    assert np.array_equal(whole[1], blocked[1])


def test_products_are_exact_in_any_order() -> None:
    left, right = _sides()
    forward, backward = similarities(left, right), similarities(right, left)
    assert np.array_equal(forward[0], backward[0].T)
    assert np.abs(forward[0]).max() <= 1.001


def test_a_unit_without_words_is_like_nothing() -> None:
    left, right = _sides()
    whole, parts = similarities(left, right)
    assert not whole[:, -1].any()
    assert not parts[:, -1].any()
