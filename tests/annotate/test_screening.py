"""Expressions that are searched only where their needed words stand find what the plain search finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fragcheck.annotate.annotator import _has_code
from fragcheck.annotate.definitions import _rules
from fragcheck.annotate.english import _SHALL_ONLY_OR_NEITHER
from fragcheck.annotate.quantity_grammar import quantity_grammar
from fragcheck.annotate.screening import Screened, needed_words
from fragcheck.annotate.strictness import _promptness
from fragcheck.annotate.tagging.train import read_examples, training_folder
from fragcheck.annotate.type_expressions import type_words
from fragcheck.annotate.view import LANGUAGES

NEEDED = [
    (r"\bshort titles?\b", {"short title"}),
    (r"\b(?:is|are) (?:hereby )?(?:repealed|amended)\b", {"repealed", "amended"}),
    (r"ab?ccd{2}e", {"ccd"}),
    (r"(?:personal|sensitive) data", {"personal", "sensitive"}),
    (r"Act\b(?! of)", {"act"}),
    (r"(?=includes?\b)\w+", {"include"}),
    (r"(?<=the )state", {"state"}),
    (r"(?:[‘'`]{2}|[\"“])\w+", {"‘", "'", "`", '"', "“"}),
    (r"第\d+条|附則", {"第", "附則"}),
    (r"[^.;]{2,40}", set()),
    (r"\w+|repealed", set()),
    (r"fines?\.", {"fine"}),
    (r"\(eu\) no 182", {"(eu) no 182"}),
]


@pytest.mark.parametrize(("expression", "words"), NEEDED)
def test_needed_words(expression, words):
    assert needed_words(expression) == words


@pytest.mark.parametrize("expression", [r"(a)\1", r"(?(1)a|b)", r"\x20a", "(?P<q>a)(?P=q)"])
def test_what_cannot_be_read_is_an_error_and_no_wrong_screen(expression):
    with pytest.raises(ValueError, match="cannot be screened"):
        Screened(expression)


def _shipped():
    for name, expressions in type_words().items():
        if name == "standard_id":  # of labels, not of texts
            continue
        for number, expression in enumerate([expressions] if isinstance(expressions, str) else expressions):
            yield f"{name}-{number}", Screened(expression)
    for language in sorted(LANGUAGES):
        rules, grammar = _rules(language), quantity_grammar(language)
        own = [*rules.forms, rules.announces, rules.listed, grammar.frequency]
        own += [words for _, words in _promptness(language)]
        yield from ((f"{language}-{number}", each) for number, each in enumerate(own) if each is not None)


SHIPPED = dict(_shipped())


def test_every_shipped_expression_finds_the_same_in_our_own_texts():
    texts = [example.text.lower() for example in read_examples(training_folder())][::200]
    for name, expression in SHIPPED.items():
        for text in texts:
            assert expression.found_in(text) == bool(expression.pattern.search(text)), (name, text)


@pytest.mark.soak
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_match_of_a_shipped_expression_is_screened_out(data):
    expression = SHIPPED[data.draw(st.sampled_from(sorted(SHIPPED)))]
    text = data.draw(st.from_regex(expression.pattern))
    plain = expression.pattern.search(text.lower())
    assert expression.found_in(text.lower()) == (plain is not None)
    if plain is not None:
        assert expression.may_match(text.lower())
        assert [found.span() for found in expression.finditer(text.lower(), text.lower())] == [
            found.span() for found in expression.pattern.finditer(text.lower())
        ]


@given(st.text(alphabet="abcx .|", max_size=30))
def test_found_in_is_the_search_of_the_whole(text):
    expression = r"\ba b|x(?:a|bc)+\.|[cx]{2}b"
    assert Screened(expression).found_in(text) == bool(re.search(expression, text))


@pytest.mark.parametrize(
    ("label", "is_code"),
    [
        ("GOVERN 1.1", True),
        ("PR.AC-1", True),
        ("AC-2", True),
        ("Article 9", False),
        ("L0001", False),
        # Labels come from files of strangers: one that nearly fits must not be tried in every division.
        ("A" * 5_000 + ".1x", False),
        ("A" * 5_000 + ".", False),
    ],
)
def test_labels_of_standards(label, is_code):
    assert (_has_code(label) and re.match(type_words()["standard_id"], label) is not None) == is_code


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("shall, however, neither", True),
        ("the provider may do so only if", True),
        ("the provider and all who act for it may only if", False),
        # A word of a damaged file or of a stranger.
        ("a" * 50_000, False),
    ],
)
def test_what_stands_before_only_and_neither(words, is_found):
    assert (_SHALL_ONLY_OR_NEITHER.search(words) is not None) == is_found
