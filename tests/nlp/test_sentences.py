"""Where sentences end, which phrases are found, what the base of a word is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fragcheck.nlp import PhraseFinder, base_verb, is_participle, sentence_spans, singular_noun

SENTENCES = [
    (
        "en",
        "The vendor acts under Art. 5 and No. 7. It reports.",
        ["The vendor acts under Art. 5 and No. 7.", "It reports."],
    ),
    ("en", "1. The vendor acts. 2. It reports.", ["1. The vendor acts.", "2. It reports."]),
    ("en", "keep logs; train staff; and warn users.", ["keep logs;", "train staff;", "and warn users."]),
    (
        "en",
        "Tools, e.g. cameras, count. See Annex III. The end",
        ["Tools, e.g. cameras, count.", "See Annex III.", "The end"],
    ),
    (
        "en",
        "Mr. A. Bell (Inc.) signs. 3.5 per cent applies.",
        ["Mr. A. Bell (Inc.) signs.", "3.5 per cent applies."],
    ),
    ("en", "He said “Stop.” Then he left!\n\nNext one", ["He said “Stop.”", "Then he left!", "Next one"]),
    ("en", ". A", [".", "A"]),
    ("en", "Who | What\nKeepers | keep logs\nlater", ["Who | What", "Keepers | keep logs\nlater"]),
    ("de", "Nach Abs. 2 Nr. 3 gilt dies. Das Amt prüft.", ["Nach Abs. 2 Nr. 3 gilt dies.", "Das Amt prüft."]),
    ("fr", "Voir art. 5 al. 2. Le juge décide.", ["Voir art. 5 al. 2.", "Le juge décide."]),
    ("zh", "应当保存日志。不得出售；可以公开。", ["应当保存日志。", "不得出售；", "可以公开。"]),
    ("ja", "記録を保存する。「終わる。」次に進む。", ["記録を保存する。", "「終わる。」", "次に進む。"]),
    ("ko", "기록을 보관하여야 한다. 이용자에게 알린다.", ["기록을 보관하여야 한다.", "이용자에게 알린다."]),
    ("xx", "The vendor acts. It reports.", ["The vendor acts.", "It reports."]),
    ("en", "", []),
    ("en", "  \n ", []),
]

VERBS = [
    ("notified", "notify"),
    ("keeping", "keep"),
    ("carries", "carry"),
    ("ensured", "ensure"),
    ("monitored", "monitor"),
    ("stopped", "stop"),
    ("planned", "plan"),
    ("given", "give"),
    ("using", "use"),
    ("establish", "establish"),
    ("assesses", "assess"),
    ("provides", "provide"),
    ("scoring", "score"),
    ("denying", "deny"),
    ("combined", "combine"),
    ("obtained", "obtain"),
    ("grabbed", "grab"),
    ("toured", "toure"),
    ("bus", "bus"),
    ("red", "red"),
    ("imposed", "impose"),
    ("determined", "determine"),
    ("converted", "convert"),
    ("showed", "show"),
    ("construed", "construe"),
    ("rescued", "rescue"),
]


@pytest.mark.parametrize(("language", "text", "expected"), SENTENCES)
def test_sentences(language: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text, language)] == expected


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "de", "zh", "xx"]))
def test_sentences_hold_every_character(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(("form", "base"), VERBS)
def test_base_of_a_verb(form: str, base: str) -> None:
    assert base_verb(form) == base


def test_known_verbs_are_preferred() -> None:
    assert base_verb("toured", frozenset({"tour"})) == "tour"
    assert base_verb("tagged", frozenset({"tag"})) == "tag"
    assert base_verb("process", frozenset({"process"})) == "process"


def test_participles() -> None:
    assert [
        word
        for word in ("kept", "labelled", "given", "open", "indeed", "safe", "being")
        if is_participle(word)
    ] == [
        "kept",
        "labelled",
        "given",
    ]


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("children", "child"),
        ("authorities", "authority"),
        ("boxes", "box"),
        ("logs", "log"),
        ("basis", "basis"),
        ("gas", "gas"),
        ("ethics", "ethics"),
    ],
)
def test_singular(plural: str, single: str) -> None:
    assert singular_noun(plural) == single


def test_longest_phrase_wins() -> None:
    finder = PhraseFinder("en", [("authority", "a"), ("market authority", "b"), ("workers' council", "c")])
    found = finder.find("The Market Authority and the authority hear the workers’ council.")
    assert [phrase.label for phrase in found] == ["b", "a", "c"]
    assert finder.find("authorities") == []


def test_unspaced_phrases_are_found_anywhere() -> None:
    finder = PhraseFinder("zh", [("提供者", "a"), ("服务提供者", "b")])
    assert [(phrase.start, phrase.label) for phrase in finder.find("向服务提供者和提供者")] == [
        (1, "b"),
        (7, "a"),
    ]
    assert PhraseFinder("zh", []).find("任何") == []


def test_language_without_a_tokeniser_of_its_own() -> None:
    assert [phrase.label for phrase in PhraseFinder("xx", [("vendor", "a")]).find("a vendor acts")] == ["a"]
