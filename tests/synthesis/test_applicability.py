"""From when provisions apply, and whom, what sector and what class of risk they concern."""

from __future__ import annotations

import datetime as dt

import pytest

from fragcheck.formats import read_text_file
from fragcheck.pipeline import AnalysisOptions, analyse_file
from fragcheck.records import ApplicabilityProfile, Definition, Ground, Modality, Requirement
from fragcheck.synthesis.applicability import Standing, document_facts, judge, load_lexicon
from fragcheck.synthesis.commencement import commencement

ACT = """Regulation on Machines

CHAPTER I
GENERAL PROVISIONS

Article 1
Scope

This Regulation lays down rules on machines.

CHAPTER II
HIGH-RISK SYSTEMS

Article 2
Deployers

1. Deployers shall keep the logs of the system.

2. On and after 1 May 2028, deployers shall report to the authority every month.

Article 3
Hiring

Employers that use a general-purpose model for recruitment shall inform workers.

Article 4
Entry into force and application

This Regulation shall enter into force on 1 January 2026. It shall apply from 1 August 2027.

However:

(a) Chapter I shall apply from 1 February 2027;

(b) Chapter II shall apply from 1 March 2027, with the exception of Article 3.
"""


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    path = tmp_path_factory.mktemp("acts") / "act.txt"
    path.write_text(ACT, encoding="utf-8")
    assert read_text_file(path).lines
    return analyse_file(path, AnalysisOptions(tradition="eu"))


def test_days_are_read_from_the_rule_of_commencement(analysis):
    whole, days = commencement(analysis)
    assert whole == dt.date(2027, 8, 1)
    assert days == {
        "chp_I": dt.date(2027, 2, 1),
        "chp_II": dt.date(2027, 3, 1),
        "art_3": dt.date(2027, 8, 1),
        "art_2__para_2": dt.date(2028, 5, 1),
    }


def verdict(analysis, eid, standing=None, item=None, **wanted):
    facts = document_facts(analysis, standing or Standing())
    notes = {note.eid: note for note in analysis.annotations}
    item = item or next(iter(notes[eid].requirements), None)
    found = judge(item, eid, facts, ApplicabilityProfile(**wanted))
    return None if found.unknown else not found.left_out


@pytest.mark.parametrize(
    ("eid", "day", "wanted"),
    [
        ("art_1", "2027-01-31", False),
        ("art_1", "2027-02-01", True),
        ("art_2__para_1", "2027-02-28", False),
        ("art_2__para_1", "2027-03-01", True),
        ("art_2__para_2", "2027-03-01", False),
        ("art_2__para_2", "2028-05-01", True),
        ("art_3", "2027-07-31", False),
        ("art_3", "2027-08-01", True),
    ],
)
def test_the_nearest_day_holds(analysis, eid, day, wanted):
    assert verdict(analysis, eid, as_of=day) is wanted


@pytest.mark.parametrize(
    ("standing", "wanted"),
    [
        (Standing(), True),
        (Standing(begins=dt.date(2030, 1, 1)), True),  # a day of its own goes first
        (Standing(ended=dt.date(2028, 1, 1)), False),
        (Standing(ended=dt.date(2031, 1, 1), is_law=False), True),  # repealed later
        (Standing(is_law=False), False),
    ],
)
def test_what_is_known_of_the_document_counts(analysis, standing, wanted):
    assert verdict(analysis, "art_2__para_1", standing, as_of="2029-01-01") is wanted


def test_a_document_that_names_no_day_is_kept_and_counted(analysis):
    import dataclasses

    bare = dataclasses.replace(analysis, references=(), annotations=())
    facts = document_facts(bare, Standing())
    found = judge(None, "art_1", facts, ApplicabilityProfile(as_of="2020-01-01"))
    assert (found.left_out, found.unknown) == ((), (Ground.DATE,))


def duty(words="shall act", role="", condition=""):
    return Requirement(words, Modality.OBLIGATION, actor_role=role, condition=condition)


@pytest.mark.parametrize(
    ("role", "wanted"),
    [
        ("deployer", True),
        ("deployer;supplier", True),
        ("supplier", False),
        ("everyone", True),
        ("undertaking", True),
        ("", None),
    ],
)
def test_roles(analysis, role, wanted):
    assert verdict(analysis, "art_1", item=duty(role=role), role="deployer") is wanted


@pytest.mark.parametrize(
    ("words", "sector", "tier"),
    [
        ("An employer shall inform workers.", True, None),
        ("A bank shall check the creditworthiness of clients.", False, None),
        ("Employers and banks shall check creditworthiness.", True, None),
        ("They shall act.", None, None),
        ("A high-risk system shall be tested.", None, True),
        ("A model with systemic risk shall be tested.", None, False),
        ("Unemployed persons shall be heard.", None, None),
    ],
)
def test_sectors_and_classes_of_risk(analysis, words, sector, tier):
    assert verdict(analysis, "art_1", item=duty(words), sector="employment") is sector
    assert verdict(analysis, "art_1", item=duty(words), tier="high") is tier


def test_a_heading_speaks_where_the_words_do_not(analysis):
    assert verdict(analysis, "art_2__para_1", tier="high") is True
    assert verdict(analysis, "art_2__para_1", tier="prohibited") is False
    assert verdict(analysis, "art_3", tier="high") is False, "its own words name another class"


@pytest.mark.parametrize(
    ("territory", "reader", "wanted"),
    [
        ("Germany", "Germany", True),
        ("European Union", "Germany", True),
        ("Germany", "European Union", False),
        ("France", "Germany", False),
        ("United States", "United States: Colorado", True),
        ("United States: Colorado", "United States: Utah", False),
        ("ISO/IEC", "Japan", True),
        ("", "Japan", None),
    ],
)
def test_territories(analysis, territory, reader, wanted):
    assert verdict(analysis, "art_1", Standing(territory), territory=reader) is wanted


def test_definitions_concern_every_role_sector_and_class(analysis):
    item = Definition("recruitment", "hiring of workers")
    assert verdict(analysis, "art_1", item=item, role="importer", sector="health", tier="prohibited") is True


def test_the_lexicon_has_every_class_in_every_language():
    lexicon = load_lexicon()
    languages = {"en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja", "ko", "zh"}
    for classes in (lexicon.sectors, lexicon.tiers):
        for words in classes.values():
            assert set(words) == languages
            assert all(word == word.casefold() for each in words.values() for word in each)
