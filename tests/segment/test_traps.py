"""Traps met on real pages, in words of our own: each was read wrongly once."""

from __future__ import annotations

import pytest
from typesetter import typeset_text

from fragcheck.segment import segment


def eids(text, tradition, **options):
    return [unit.eid for unit in segment(typeset_text(text, **options), tradition=tradition).provisions]


DEFINED = """\
^/Article 3
^*Definitions
For the purpose of this Regulation, the following definitions apply:
{term} means a system that:
(i) receives data, and
(ii) gives decisions;
(2) ‘keeper’ means a person who keeps a machine;
(3) ‘maker’ means a person who makes one.

^/Article 4
^*Duties
Keepers shall keep records of ‘decisions’.
"""


@pytest.mark.parametrize(
    "term", ["‘machine’ (MA)", "‘learning machine’", "“machine”", '"machine"', "‘machine that’s learning’,"]
)
def test_a_term_that_is_defined_is_no_quotation_of_another_law(term):
    found = segment(typeset_text(DEFINED.format(term=term)), tradition="eu").provisions
    assert not any(unit.is_quoted for unit in found)
    assert {"art_3__point_2", "art_3__point_3", "art_4"} <= {unit.eid for unit in found}


def test_text_of_an_amended_law_stays_quoted():
    text = """\
^/Article 9
^*Amendment
In Article 5, the following paragraph is added:
‘5. For machines, the duties of “keepers” apply.’.

^/Article 10
^*End
This Regulation ends.
"""
    found = {unit.eid: unit for unit in segment(typeset_text(text), tradition="eu").provisions}
    assert found["art_9__para_5"].is_quoted


MEMORANDUM = """\
*1. OVERVIEW
Machines are in use.
*5. MANAGING RISKS
The rules of this section apply.
a. Minimum practices
i. First practice. Agencies must keep records.
ii. More practices. Agencies must also follow these practices:
          *A. Identify and assess the effects on fairness, and mitigate what harm is seen there.
          Agencies must:
              1. Keep records of each decision;
              2. Assess the machine.
          *B. Consult those whom it concerns. This is done each year by all agencies at once.
*6. DEFINITIONS
The terms have their usual meaning, and the risks include:
    1. decisions that are wrong;
    2. the evasion of rules.
"""


def test_letters_in_bold_behind_a_lead_in_are_items_and_no_sections():
    found = eids(MEMORANDUM, "standard")
    assert [eid for eid in found if eid.startswith("sec_") and "__" not in eid] == [
        "sec_1", "sec_5", "sec_6",
    ]  # fmt: skip
    assert {"sec_5__point_a", "sec_5__point_a__subpoint_ii__item_A"} <= set(found)


@pytest.mark.parametrize(
    "number", ["2020.", "2020. It is also in the docket of this rulemaking.", "0686. Open."]
)
def test_years_and_ends_of_numbers_are_no_sections_of_a_code(number):
    text = f"""\
SECTION 1. This act may be cited as the Machine Act.
SECTION 2. The agency keeps the docket under the number 206-231-
{number}
SECTION 3. This act takes effect at once.
"""
    assert [eid for eid in eids(text, "us") if eid.startswith("sec")] == ["sec_1", "sec_2", "sec_3"]


def test_a_section_of_a_code_with_four_figures_is_one():
    text = """\
SECTION 1. Section 2050 of the Machine Code is amended to read:
2050. (a) A keeper shall keep records.
(b) A keeper shall pay.
SECTION 2. This act takes effect at once.
"""
    assert "sec_2050" in [eid.rpartition("__")[2] for eid in eids(text, "us")]


GUIDANCE = """\
+*Guidance on Machines
*1. Introduction
1.1 This guidance comprises measures that promote the responsible use of machines by those that keep
them in their homes, and it helps them to find their way.
1.2 *Keepers may find that not all elements are relevant to them.
*2. Measures
2.1 Records and what they have to show
a) Keepers should keep records.
b) They should keep them for a year.
2.2 Accountability
a) Keepers should answer for their machines.
"""


def test_numbered_paragraphs_of_guidance_are_text_and_numbered_titles_are_headings():
    found = {unit.eid: unit for unit in segment(typeset_text(GUIDANCE), tradition="standard").provisions}
    heads = {eid: found[eid].heading for eid in ("sec_1", "sec_1.1", "sec_1.2", "sec_2.1", "sec_2.2")}
    assert heads == {
        "sec_1": "Introduction", "sec_1.1": "", "sec_1.2": "",
        "sec_2.1": "Records and what they have to show", "sec_2.2": "Accountability",
    }  # fmt: skip
    assert found["sec_1.1"].text.startswith("This guidance comprises measures")
    assert found["sec_1.1"].text.endswith("find their way.")


def test_text_behind_items_that_are_indented_at_their_first_line_only():
    text = """\
^Chapter I General Provisions
    Article 1 Keepers shall state in the report what follows, in the form that the authority has laid down:
    (1) the purposes for which the machine is used, with the kinds of decisions that it takes and those
whom they concern; and
    (2) the methods by which persons may have decisions looked at again, and the time within which this
is done.
    Where a keeper changes the machine, the report shall be changed within ten days, and those whom it
concerns shall be told.
    Article 2 This law comes into force on May 1, 2031.
"""
    found = {
        unit.eid: unit for unit in segment(typeset_text(text, columns=110), tradition="east_asian").provisions
    }
    assert found["art_1"].text.endswith("those whom it concerns shall be told.")
    assert found["art_1__para_2"].text.endswith("is done.")


FRENCH = """\
^Article 1
I. – Les détenteurs mettent en œuvre des mesures complémentaires pouvant notamment porter sur :
1o La transparence de leurs machines ;
2o L’information des utilisateurs sur la nature des décisions et sur les modalités de leur
diffusion ;
3o L’éducation aux machines.
Ces mesures, ainsi que les moyens qu’ils y consacrent, sont rendus publics chaque année.
^Article 2
I. – Au début du chapitre V du code des machines, l’article 6 est ainsi rétabli :
« Art. 6. – Les articles 1 et 2 sont applicables. »
II. – L’article 7 du même code est abrogé.
"""


def test_a_paragraph_behind_a_french_list_and_one_behind_a_quotation():
    found = {unit.eid: unit for unit in segment(typeset_text(FRENCH), tradition="civil_law").provisions}
    assert found["art_1__subpara_I__point_3"].text == "L’éducation aux machines."
    assert found["art_1__subpara_I"].text.endswith("sont rendus publics chaque année.")
    assert not found["art_2__subpara_II"].is_quoted


INDENTED = """\
*1. SCOPE
b. Covered machines. This memorandum applies to the machines that agencies keep, but not to:
     i. rules for others than agencies;
     ii. the use of machines in basic research, except where its purpose is to make machines
          that agencies use.
       The requirements of this memorandum apply to machines and not to the whole of a system
that holds them, as is said in the sections that concern them.
*2. RISKS
"""


def test_a_paragraph_indented_at_its_first_line_stands_where_its_other_lines_do():
    text = INDENTED.replace("system\nthat holds", "system that holds")
    found = {
        unit.eid: unit for unit in segment(typeset_text(text, columns=100), tradition="standard").provisions
    }
    item = next(unit for eid, unit in found.items() if eid.endswith("subpoint_ii"))
    assert item.text.endswith("that agencies use.")


TITLED = """\
*1. Measures
The measures are these:
*a. Internal governance
Keepers should set up a structure for their machines, with the values and risks that it holds.
*b. Level of involvement
A way to set the appetite for risk is chosen.
c. records of each decision, which are to be kept
for a year by all keepers.
*the words of a sentence in bold that goes on
from the line before are no heading.
*2. End
"""


def test_titles_of_items_in_bold_are_headings_and_emphasised_lines_are_none():
    found = {unit.eid: unit for unit in segment(typeset_text(TITLED), tradition="standard").provisions}
    heads = {eid.rpartition("__")[2]: unit.heading for eid, unit in found.items() if "point" in eid}
    assert heads == {"point_a": "Internal governance", "point_b": "Level of involvement", "point_c": ""}
    assert "other" not in {unit.kind.value for unit in found.values()}


REPEATED_HEADINGS = """\
^+Machines Act 2031
^CONTENTS
^PART 1
^GENERAL
^/Duties and fees
    1 Scope of the Act
    2 Meaning of machine
^PART 2
^SUPERVISION
^/Duties and fees
    3 Powers of inspectors
    4 Fees for inspections

^+Machines Act 2031
An Act to make provision about machines; and for connected purposes.

^PART 1
^GENERAL
^/Duties and fees
*1 Scope of the Act
This Act applies to machines that are kept in a public place.
*2 Meaning of machine
In this Act “machine” means a thing that moves by itself.

^PART 2
^SUPERVISION
^/Duties and fees
*3 Powers of inspectors
An inspector may enter premises where a machine is kept.
*4 Fees for inspections
The keeper of a machine must pay the fee that the rules state.
"""


def test_headings_that_stand_over_several_parts_do_not_end_the_contents():
    found = segment(typeset_text(REPEATED_HEADINGS, language="en"), tradition="commonwealth").provisions
    own = [unit for unit in found if unit.kind == "section"]
    assert [unit.eid for unit in own] == ["sec_1", "sec_2", "sec_3", "sec_4"]
    assert own[3].text == "The keeper of a machine must pay the fee that the rules state."
    contents = next(unit for unit in found if unit.eid == "contents")
    assert contents.text.endswith("4 Fees for inspections")


WRAPPED_LEAD = """\
*SECTION 1. SHORT TITLE; TABLE OF CONTENTS.
    (a) Short Title.—This Act may be cited as the “Machines Act”.
    (b) Table of Contents.—The table of contents for this Act is as
follows:
        Sec. 1. Short title; table of contents.
    ^TITLE I—GENERAL
        Sec. 101. Definition.
        Sec. 102. Duties of keepers.
    ^TITLE II—SUPERVISION
        Sec. 201. Inspections.

^*TITLE I—GENERAL
*SEC. 101. DEFINITION.
    In this Act, the term “machine” means a thing that moves by itself.
*SEC. 102. DUTIES OF KEEPERS.
    (a) In General.—A keeper shall register each machine.
    (b) Records.—A keeper shall keep records of each machine.
^*TITLE II—SUPERVISION
*SEC. 201. INSPECTIONS.
    The Secretary may inspect machines.
"""


def test_the_sentence_before_a_table_of_contents_may_wrap():
    found = segment(typeset_text(WRAPPED_LEAD, language="en"), tradition="us").provisions
    own = [unit.eid for unit in found if unit.kind == "section"]
    assert own == ["sec_1", "sec_101", "sec_102", "sec_201"]


NUMBERED_PARTS = """\
^Maschinengesetz
^Inhaltsübersicht
^Abschnitt 1
^Allgemeines
    § 1 Anwendungsbereich
    § 2 Begriffe
^Abschnitt 2
^Aufsicht
    § 3 Prüfung der Maschinen
    § 4 Gebühren der Prüfung

^*Abschnitt 1
^*Allgemeines
^*§ 1
^*Anwendungsbereich
Dieses Gesetz gilt für Maschinen.
^*§ 2
^*Begriffe
Eine Maschine ist, was sich selbst bewegt.
^*Abschnitt 2
^*Aufsicht
^*§ 3
^*Prüfung der Maschinen
(1) Wer eine Maschine hält, lässt sie prüfen.
(2) Die Behörde prüft die Maschine.
^*§ 4
^*Gebühren der Prüfung
Die Prüfung ist kostenlos.
"""

ROMAN_CHAPTERS = """\
^THE MACHINES ACT, 2031
^ARRANGEMENT OF SECTIONS
^CHAPTER I
^PRELIMINARY
    1. Short title.
    2. Definitions.
^CHAPTER II
^DUTIES OF KEEPERS
    3. Registration of machines.
    4. Fees for registration.

^THE MACHINES ACT, 2031
An Act to provide for machines.
^CHAPTER I
^PRELIMINARY
    1. Short title.—This Act may be called the Machines Act, 2031.
    2. Definitions.—In this Act, “machine” means a thing that moves by itself.
^CHAPTER II
^DUTIES OF KEEPERS
    3. Registration of machines.—Every keeper shall register the machine.
    4. Fees for registration.—The fee shall be such as may be prescribed.
"""


@pytest.mark.parametrize(
    ("text", "tradition", "ends", "last"),
    [
        (NUMBERED_PARTS, "civil_law", "§ 4 Gebühren der Prüfung", "Die Prüfung ist kostenlos."),
        (
            ROMAN_CHAPTERS,
            "commonwealth",
            "4. Fees for registration.",
            "The fee shall be such as may be prescribed.",
        ),
    ],
)
def test_parts_that_differ_in_their_number_alone_do_not_end_the_contents(text, tradition, ends, last):
    found = segment(typeset_text(text), tradition=tradition).provisions
    contents = next(unit for unit in found if unit.eid == "contents")
    assert contents.text.endswith(ends)
    assert found[-1].text == last
    assert not [unit.eid for unit in found if "~" in unit.eid]
