"""Texts that repeat one thing thousands of times cost in proportion to their length, by counted steps."""

from __future__ import annotations

import re
import sys

import pytest

from fragcheck.annotate import annotate_provisions, clause_leads, english_clauses
from fragcheck.annotate.lead_ins import inline_lead_in
from fragcheck.nlp import sentence_spans
from fragcheck.records import Provision, ProvisionKind, Tradition


class NoTagger:
    """Tags nothing: what is counted here is the reading of sentences."""

    def tag(self, provisions):
        return [((), ()) for _ in provisions]


class Counted:
    """An expression that adds up the characters that it was given to search."""

    seen = 0

    def __init__(self, pattern):
        self._pattern = pattern

    def __getattr__(self, name):
        def asked(text, start=0, end=sys.maxsize):
            if name != "match":  # which looks at one place
                Counted.seen += max(0, min(end, len(text)) - start)
            return getattr(self._pattern, name)(text, start, end)

        return asked


def read(text, language="en"):
    given = Provision("art_1", ProvisionKind.ARTICLE, "1", "", text, "", None, ())
    return annotate_provisions([given], NoTagger(), tradition=Tradition.TABLE, language=language)


def calls(text, language="en"):
    """How many functions are entered while a text is read, built-in ones included."""
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read(text, language)
    finally:
        sys.setprofile(None)
    return counted


def repeated(unit, size, before="", behind=""):
    return before + unit * (size // len(unit)) + behind


#: What is repeated, and what stands before and behind it.
REPEATED = [
    ("shall ", "", ""),
    ("that shall ", "", ""),
    ("A shall, ", "", ""),
    ("the provider shall ", "", ""),
    ("It may. ", "", ""),
    ("they shall. ", "", ""),
    ("1 May ", "", ""),
    ("(as it was before) shall ", "", ""),
    ("providers, ", "", "and deployers shall test it."),
    ("and shall keep it ", "providers, " * 30 + "and deployers shall test it ", "."),
    ("and keep the logs ", "providers, " * 30 + "and deployers shall test the thing ", "."),
    ("(b) keep it; ", "word " * 30 + "the provider shall: (a) test it; ", ""),
    ("(b) keep it; ", "providers, " * 30 + "and deployers shall: (a) test it; ", ""),
    ("and it shall keep it ", "provider " + "word " * 20 + "shall test it ", "."),
    ("3 days if ", "The provider shall test it ", "."),
    ("within 3 days. ", "", ""),
]


@pytest.mark.parametrize(("unit", "before", "behind"), REPEATED)
def test_twice_the_text_takes_twice_the_steps(unit, before, behind):
    read(repeated(unit, 1650, before, behind))  # tables are read once
    none, once, twice = (calls(repeated(unit, size, before, behind)) for size in (150, 900, 1650))
    assert twice - once < 1.25 * (once - none)


@pytest.mark.parametrize(("unit", "before", "behind"), REPEATED[:8])
def test_twice_the_text_gives_twice_the_characters_to_search(monkeypatch, unit, before, behind):
    for module in (clause_leads, english_clauses):
        for name, value in list(vars(module).items()):
            if isinstance(value, re.Pattern):
                monkeypatch.setattr(module, name, Counted(value))

    def searched(size):
        Counted.seen = 0
        read(repeated(unit, size, before, behind))
        return Counted.seen

    none, once, twice = searched(150), searched(900), searched(1650)
    assert once > none or not once
    assert twice - once <= 1.25 * (once - none)


def test_of_a_lead_in_without_end_the_last_words_are_read():
    text = "word " * 2000 + "the provider shall: (a) test it;"
    lead = inline_lead_in(text, 0, len(text))
    assert len(lead) < 2000
    assert lead.endswith("word the provider shall")
    assert lead.startswith("word ")


def test_a_pronoun_stands_for_who_is_named_before_sentences_that_name_no_one():
    (annotation,) = read("The provider shall test the system. " + "It may stop it. " * 100)
    assert {requirement.actor for requirement in annotation.requirements} == {"provider"}
    assert len(annotation.requirements) == 101


#: The same in other languages: (language, unit, before, behind).
ABROAD = [
    ("it", ": ", "si intende per ", ""),
    ("nl", "moet ", "mag niet " * 20, ""),
    ("pl", "musi ", "", ""),
    ("de", "ist ", "Der Anbieter ", ""),
    ("zh", "三日内", "一百万元", "可以"),
    ("ja", "百万円\n", "", ""),
]


@pytest.mark.parametrize(("language", "unit", "before", "behind"), ABROAD)
def test_twice_the_text_takes_twice_the_steps_in_other_languages(language, unit, before, behind):
    read(repeated(unit, 1650, before, behind), language)  # tables are read once
    none, once, twice = (calls(repeated(unit, size, before, behind), language) for size in (150, 900, 1650))
    assert twice - once < 1.25 * (once - none)


@pytest.mark.parametrize("behind", ["", "."])
def test_a_text_without_end_is_parted_at_blanks_and_loses_nothing(behind):
    text = "word " * 6000 + behind
    spans = sentence_spans(text, "en")
    assert max(end - start for start, end in spans) <= 12_000
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")
    assert all(text[start:end].startswith("word") for start, end in spans[:-1])
