"""Languages of documents: a note in front of a law says nothing about the law."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.segment import segment
from fragcheck.segment.languages import document_languages, row_languages

NOTE = "La présidence transmet aux délégations le texte du règlement, tel que modifié par le groupe."
LAW = "The operator shall keep the records of the engine for five years and shall give them to the authority."
SATZ = "Der Betreiber bewahrt die Aufzeichnungen fünf Jahre lang auf und übergibt sie der Behörde."


@pytest.mark.parametrize(
    ("texts", "languages"),
    [
        ([LAW] * 40, ("en",)),
        ([NOTE] * 8 + [LAW] * 92, ("en", "fr")),
        ([LAW] * 60 + [SATZ] * 40, ("en", "de")),
        ([LAW] * 99 + ["Pacta sunt servanda."], ("en",)),
        ([LAW], ("en",)),
        (["12 % – 7"], ()),
        ([], ()),
    ],
)
def test_languages_of_a_text(texts, languages):
    assert document_languages(texts) == languages


def test_a_note_in_front_keeps_its_language_and_the_law_has_its_own(typeset):
    articles = "\n".join(f"Article {number}\nRecords\n{LAW} {LAW}\n" for number in range(1, 60))
    document = typeset("\n".join([NOTE] * 10) + "\n\n" + articles)
    found = segment(replace(document, language=""))
    assert found.language == "en"
    first, *others = found.provisions
    assert first.language == "fr"
    assert {each.language for each in others} == {"en"}


@given(st.lists(st.sampled_from([NOTE, LAW, SATZ, "", "§ 3", "Art. 5"]), max_size=12))
def test_each_row_has_a_language_of_the_table(texts):
    found = row_languages(texts)
    assert len(found) == len(texts)
    for text, language in zip(texts, found, strict=True):
        if text in (NOTE, LAW, SATZ):
            assert language == {NOTE: "fr", LAW: "en", SATZ: "de"}[text]
