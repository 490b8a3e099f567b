"""Cues, terms and passages: the text side of the classifier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.annotate.tagging.cues import CueMatcher
from fragcheck.annotate.tagging.passages import passage_spans, stem, terms, word_count
from fragcheck.taxonomy import load_taxonomy

PRINCIPLES = CueMatcher(load_taxonomy("principles"))
SOVEREIGNTY = CueMatcher(load_taxonomy("sovereignty"))
TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("ab .;:!?\n应当安全。；ひカ한글İßÉ1-"), st.characters()), max_size=200
)


@pytest.mark.parametrize(
    ("text", "language", "entry", "words"),
    [
        ("The maker shall run CYBER SECURITY drills.", "en", "safety", ["CYBER SECURITY"]),
        ("Vulnerabilities and hazards are listed.", "en", "safety", ["Vulnerabilities", "hazards"]),
        ("Unsafety is no word; safetyless neither.", "en", "safety", []),
        ("A representative of the press attends.", "en", "fairness", ["representative of"]),
        ("Representatives attend.", "en", "fairness", []),
        ("The finest fine is a fine of ten.", "en", "accountability", ["fine", "fine"]),
        ("personenbezogene Daten und Einwilligung", "de", "privacy", ["personenbezogene", "Einwilligung"]),
        ("données à\ncaractère personnel", "fr", "privacy", ["données à\ncaractère personnel"]),
        ("提供者不得泄露个人信息。", "zh", "privacy", ["个人信息"]),
        ("プライバシーを尊重する。", "ja", "privacy", ["プライバシー"]),
        ("차별을 하여서는 아니 된다.", "ko", "fairness", ["차별"]),
        ("Personal data are kept.", "sv", "privacy", ["Personal data"]),
        ("Personal data are kept.", "", "privacy", ["Personal data"]),
    ],
)
def test_cues_are_found_at_word_boundaries(text, language, entry, words):
    spans = PRINCIPLES.find(text, language)[entry]
    assert [text[start:end] for start, end in spans] == words
    assert PRINCIPLES.count(text, language)[PRINCIPLES.ids.index(entry)] == len(words)


def test_control_points_have_cues_of_their_own():
    found = SOVEREIGNTY.find("Exports of semiconductors need a licence.", "en")
    assert list(found) == ["data", "compute", "model"]
    assert found["compute"] == [(11, 25)]


def test_ranges_hold_where_lower_case_is_longer():
    text = "İİ privacy"
    assert PRINCIPLES.find(text, "en")["privacy"] == [(3, 10)]


@given(TEXTS, st.sampled_from(["en", "de", "zh", "xx", ""]))
def test_cue_ranges_are_increasing_and_inside(text, language):
    for spans in PRINCIPLES.find(text, language).values():
        flat = [edge for span in spans for edge in span]
        assert flat == sorted(flat)
        assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ("12 — 7", set()),
        ("The Maker, shall", {"the", "maker", "shall", "the maker", "maker shall"}),
        ("安全性", {"安", "全", "性", "安全", "全性"}),
        ("AI を使う", {"ai", "を", "使", "う", "を使", "使う"}),
    ],
)
def test_terms_are_words_and_pairs(text, expected):
    assert {term.text for term in terms(text)} == expected


@given(TEXTS)
def test_terms_stand_where_they_say(text):
    for term in terms(text):
        span = text[term.start : term.end].lower()
        assert term.text.split(" ")[0] in span


@pytest.mark.parametrize(("text", "words"), [("", 0), ("two words", 2), ("安全第一", 2), ("AI 安全", 2)])
def test_two_unspaced_characters_count_as_a_word(text, words):
    assert word_count(text) == words


def test_passages_end_with_sentences():
    first, second = "one two three four. ", "five six seven eight."
    assert passage_spans(first + second, longest=5) == [(0, 20), (20, 41)]
    assert passage_spans(first + second, longest=8) == [(0, 41)]
    assert passage_spans("应当保护用户。不得泄露。", longest=3) == [(0, 7), (7, 12)]


def test_long_sentence_is_one_passage():
    text = "word " * 200
    assert passage_spans(text) == [(0, len(text))]


@given(TEXTS, st.integers(1, 20))
def test_passages_hold_every_visible_character_once(text, longest):
    spans = passage_spans(text, longest)
    flat = [edge for span in spans for edge in span]
    assert flat == sorted(flat)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("disclosures", "discl~"),
        ("disclosed", "discl~"),
        ("überprüft", "überp~"),
        ("audit", ""),
        ("data", ""),
        ("personal data", ""),
        ("安全", ""),
        ("", ""),
    ],
)
def test_forms_of_a_word_have_one_stem(term, expected):
    assert stem(term) == expected
