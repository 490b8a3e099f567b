"""Terms of a text in any script."""

from __future__ import annotations

import pytest

from fragcheck.align.words import character_grams, function_words, terms


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The providers shall keep logs.", "en", ("provider", "keep", "log")),
        ("Policies, classes, status and process", "en", ("policy", "classe", "status", "process")),
        ("Providers", "de", ("providers",)),
        ("within 72 hours, or 7 %", "en", ("72", "hour", "7")),
        ("提供者应当", "zh", ("提供", "供者", "者应", "应当")),
        ("第 9 条", "zh", ("第", "9", "条")),
        ("ＡＩ事業者", "ja", ("ai", "事業", "業者")),
        ("L'éditeur établit la liste", "fr", ("éditeur", "établit", "liste")),
        ("", "en", ()),
        ("— ; !", "en", ()),
    ],
)
def test_terms(text: str, language: str, expected: tuple[str, ...]) -> None:
    assert terms(text, language) == expected


@pytest.mark.parametrize(
    ("language", "word"), [("en", "the"), ("de", "der"), ("fr", "les"), ("es", "los"), ("cs", "která")]
)
def test_function_words_are_words_of_one_piece(language: str, word: str) -> None:
    words = function_words(language)
    assert word in words
    assert all(item == item.lower() and " " not in item for item in words)


def test_a_language_without_a_list_keeps_all_its_words() -> None:
    assert function_words("xx") == frozenset()
    assert terms("ai the der", "xx") == ("ai", "the", "der")


def test_character_grams_mark_the_ends_of_a_word() -> None:
    assert character_grams(["logs", "a", "提供"]) == ["_log", "logs", "ogs_", "_a_", "_提供_"]
