"""Phrases in running text, and in text that is made to be slow."""

import pytest

from fragcheck.nlp.phrases import PhraseFinder

TERMS = [("risk assessment", "a"), ("risk", "b"), ("provider's duty", "c")]


def test_the_longest_phrase_counts_and_its_place_is_that_of_the_text():
    text = "A risk\u00a0assessment is a Provider\u2019s duty; risk stays."
    found = PhraseFinder("en", TERMS).find(text)
    assert [(text[phrase.start : phrase.end], phrase.label) for phrase in found] == [
        ("risk\u00a0assessment", "a"),
        ("Provider\u2019s duty", "c"),
        ("risk", "b"),
    ]


@pytest.mark.parametrize("mark", ["(", "“", ".", "、"])
@pytest.mark.timeout(60)  # the tokenizer took the square of the run: half an hour
def test_thousands_of_marks_in_a_row_hide_no_phrase_behind_them(mark):
    text = f"risk {mark * 100_000} risk assessment"
    found = PhraseFinder("en", TERMS).find(text)
    assert [(phrase.start, phrase.label) for phrase in found] == [(0, "b"), (100_006, "a")]
