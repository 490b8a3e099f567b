"""A law of our own in each tradition divides into the units that it was written with."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting_samples import AMERICAN, BRITISH, EUROPEAN, FRENCH, KOREAN_IN_ENGLISH, SAMPLES, STANDARD

from fragcheck.errors import SegmentationError
from fragcheck.records import ProvisionKind, Tradition
from fragcheck.segment import segment

#: Laws written for these tests, each with its tradition, language, names of units and headings beside it.
LAWS = sorted((Path(__file__).parent / "laws").glob("*.txt"))


def by_eid(segmentation):
    return {provision.eid: provision for provision in segmentation.provisions}


@pytest.mark.parametrize("name", SAMPLES)
def test_units_of_each_tradition(typeset, name):
    text, tradition, language, eids = SAMPLES[name]
    found = segment(typeset(text))
    assert (found.tradition, found.language) == (tradition, language)
    assert [provision.eid for provision in found.provisions] == eids


@pytest.mark.parametrize("path", LAWS, ids=[path.stem for path in LAWS])
def test_units_and_headings_of_whole_laws(typeset, path):
    first, *wanted = path.with_suffix(".units").read_text("utf-8").splitlines()
    found = segment(typeset(path.read_text("utf-8")))
    assert f"{found.tradition} {found.language}" == first
    names = [f"{unit.eid} | {unit.heading}" if unit.heading else unit.eid for unit in found.provisions]
    assert names == wanted


@pytest.mark.parametrize(
    "name",
    [
        "german_act",
        "italian_act",
        "portuguese_act",
        "swiss_act",
        "chinese_measures",
        "korean_act",
        "brazilian_act",
        "executive_order",
    ],
)
def test_a_law_printed_in_one_type_divides_alike(typeset, name):
    path = next(path for path in LAWS if path.stem == name)
    text = path.read_text("utf-8")
    plain = "\n\n".join(line.lstrip(" ^*/+") for line in text.split("\n") if line.strip())
    wanted = [line.split(" | ")[0] for line in path.with_suffix(".units").read_text("utf-8").splitlines()[1:]]
    assert [unit.eid for unit in segment(typeset(plain, columns=44)).provisions] == wanted


def test_european_headings_texts_and_contexts(typeset):
    units = by_eid(segment(typeset(EUROPEAN)))
    assert units["chp_I"].heading == "GENERAL PROVISIONS"
    assert units["art_1"].heading == "Scope"
    assert units["art_1"].parent == "chp_I"
    assert units["rec_2"].text.endswith("The record referred to in Article 2 should be complete.")
    point = units["art_1__point_b__subpoint_i"]
    assert (point.num, point.text, point.kind) == ("(i)", "sell them;", ProvisionKind.SUBPOINT)
    assert point.context == (
        "GENERAL PROVISIONS > Scope > This Regulation applies to: > makers of machines, where they:"
    )


def test_text_behind_a_list_belongs_to_what_introduced_it(typeset):
    units = by_eid(segment(typeset(EUROPEAN)))
    assert units["art_2__para_2"].text == (
        "Records shall show: The first subparagraph shall not apply to sealed records."
    )
    assert units["art_1"].text.endswith("It does not apply to tests as defined in Article 2.")
    assert units["art_2__para_2__point_b"].text == "the decision."


def test_text_behind_a_hanging_list_is_told_by_its_indent(typeset):
    text = """
    ^/Article 1
    ^*Duties
    1.  Keepers shall:
        (a) keep a record of all that the machine decides, and of its data, for as long as it lasts;
        (b) show it.
    Keepers of toys need not do so.
    2.  This Article applies from 2032.
    ^/Article 2
    ^*End
    It ends.
    """
    body = "\n".join(line[4:] for line in text.split("\n"))
    units = by_eid(segment(typeset(body), tradition="eu", language="en"))
    assert units["art_1__para_1"].text == "Keepers shall: Keepers of toys need not do so."
    assert units["art_1__para_1__point_b"].text == "show it."


def test_an_i_is_a_letter_behind_h_and_a_figure_elsewhere(typeset):
    units = by_eid(segment(typeset(AMERICAN)))
    assert units["sec_77.002__subsec_b__para_3__subpara_I"].text == "price."
    european = by_eid(segment(typeset(EUROPEAN)))
    assert european["art_1__point_b__subpoint_i"].parent == "art_1__point_b"


def test_a_reference_at_a_line_start_is_no_label(typeset):
    units = by_eid(segment(typeset(AMERICAN)))
    assert units["sec_77.001__subsec_2__para_B"].text.endswith("Section 77.002 or (b)(1) of that section.")
    korean = by_eid(segment(typeset(KOREAN_IN_ENGLISH)))
    assert korean["art_2__subpara_2__item_b"].text == "A borrower under Article 1 (1) of another Act."


def test_several_labels_on_one_row_open_several_levels(typeset):
    units = by_eid(
        segment(typeset("SECTION 1. Terms. (a) (1) (A) First.\n(B) Second.\n(2) Third."), tradition="us")
    )
    assert list(units) == [
        "sec_1",
        "sec_1__subsec_a",
        "sec_1__subsec_a__para_1",
        "sec_1__subsec_a__para_1__subpara_A",
        "sec_1__subsec_a__para_1__subpara_B",
        "sec_1__subsec_a__para_2",
    ]
    assert units["sec_1__subsec_a__para_1"].text == ""


def test_new_text_inside_an_amending_section_is_quoted(typeset):
    units = by_eid(segment(typeset(AMERICAN)))
    assert units["sec_77.001"].is_quoted
    assert units["sec_77.002__subsec_c"].is_quoted
    assert not units["sec_2"].is_quoted
    assert not units["sec_3"].is_quoted


def test_quotations_of_other_laws_are_units_of_their_own(typeset):
    units = by_eid(segment(typeset(FRENCH)))
    assert units["art_2"].text.endswith("il est inséré un article L. 12-1 ainsi rédigé :")
    quoted = [unit for unit in units.values() if unit.is_quoted]
    assert [unit.num for unit in quoted] == ["« Art. L. 12-1. –"]
    assert quoted[0].parent == "art_2"


def test_schedules_number_anew(typeset):
    units = by_eid(segment(typeset(BRITISH)))
    assert units["sch_1"].kind is ProvisionKind.SCHEDULE
    assert units["sch_1__sec_2__subsec_1"].text == "A record must be legible."


def test_a_table_of_contents_is_set_apart(typeset):
    units = by_eid(segment(typeset(STANDARD)))
    assert units["contents"].kind is ProvisionKind.OTHER
    assert "Machine ...." in units["contents"].text
    assert sum(eid == "sec_2.1" for eid in units) == 1


def test_gaps_and_repeats_are_noticed(typeset):
    text = """
^/Article 1
^*Scope

This Regulation applies to:

    (a) keepers of machines;

    (a) makers of machines;

    (b) sellers of machines.

^/Article 3
^*End

It ends.
"""
    found = segment(typeset(text), tradition="eu", language="en")
    assert [(notice.code, notice.eid) for notice in found.warnings] == [
        ("number-repeated", "art_1__point_a~2"),
        ("numbering-gap", "art_3"),
    ]
    assert all(notice.page == 1 for notice in found.warnings)


def test_a_forced_tradition_is_taken(typeset):
    found = segment(typeset(EUROPEAN), tradition=Tradition.STANDARD)
    assert found.is_forced
    assert found.tradition is Tradition.STANDARD


@pytest.mark.parametrize("name", ["martian", "table", ""])
def test_a_tradition_without_a_grammar_is_refused(typeset, name):
    with pytest.raises(SegmentationError, match="use one of eu, us"):
        segment(typeset(EUROPEAN), tradition=name)


def test_a_language_without_a_grammar_falls_back_to_headings(typeset):
    found = segment(typeset(SAMPLES["bengali"][0]))
    assert found.tradition is Tradition.PLAIN
    assert [notice.code for notice in found.warnings] == ["language-without-grammar"]


def test_a_forced_language_is_kept(typeset):
    found = segment(typeset(EUROPEAN), language="fr")
    assert found.language == "fr"
    assert {provision.language for provision in found.provisions} == {"fr"}


def test_scores_of_the_traditions_are_shares(typeset):
    scores = dict(segment(typeset(EUROPEAN)).tradition_scores)
    assert set(scores) == {"eu", "us", "commonwealth", "east_asian", "civil_law", "standard", "plain"}
    assert sum(scores.values()) == pytest.approx(1.0, abs=1e-5)


def test_labels_that_a_scanner_misread_are_read_by_sequence(typeset, monkeypatch):
    monkeypatch.setattr("fragcheck.segment.segmenter._MANY_BREAKS", 1)
    rows = ["*1. Scope", "This guidance is for keepers, who should:"]
    rows += [
        "  i. do one thing;",
        "  11. do another thing;",
        "  iii. do a third thing; and",
        "  1v. do the last.",
    ]
    found = segment(typeset("\n".join(rows)), tradition="standard", language="en")
    assert "labels-misread" in [notice.code for notice in found.warnings]
    units = by_eid(found)
    assert (units["sec_1__point_ii"].num, units["sec_1__point_iv"].num) == ("11.", "1v.")


def test_an_amended_code_may_show_a_late_paragraph_only(typeset):
    text = "SECTION 1. In Arcadia Code, 4-2-105, add (1)(kk) as follows:\n"
    text += "4-2-105. Deceit. (1) A keeper deceives if it:\n(kk) Hides its machine."
    units = by_eid(segment(typeset(text), tradition="us"))
    assert units["sec_4-2-105__subsec_1__para_kk"].text == "Hides its machine."


def test_figures_torn_apart_are_one_number(typeset):
    text = "\n\n".join(f"({mark}) Rule {mark} of this holds." for mark in ("8", "9", "10", "1 1", "12"))
    units = by_eid(segment(typeset("*1. Rules\n(7) Rule 7 holds.\n" + text), tradition="standard"))
    assert [eid for eid in units if eid.endswith(("_10", "_11", "_12"))] == [
        "sec_1__para_10", "sec_1__para_11", "sec_1__para_12",
    ]  # fmt: skip


def test_a_line_before_the_number_is_the_heading(typeset):
    text = """
^PART 1
^PRELIMINARY

*Short title
1.—(1) This Act may be cited as the Machine Conduct Act.
(2) It comes into force at once.
*Interpretation
2. In this Act, unless the context otherwise requires—
  (a) “keeper” means a person who keeps a machine.
"""
    units = by_eid(segment(typeset(text), tradition="commonwealth", language="en"))
    assert units["sec_1"].heading == "Short title"
    assert units["sec_1__subsec_2"].text == "It comes into force at once."
    assert (units["sec_2"].heading, units["sec_2"].text) == (
        "Interpretation",
        "In this Act, unless the context otherwise requires—",
    )
