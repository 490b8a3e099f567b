"""What goes with a law and is no part of it: memoranda, reasons, notes, mastheads; labels in mid-line."""

from __future__ import annotations

import pytest
from typesetter import typeset_text

from fragcheck.segment import segment

PROPOSAL = """\
ARCADIAN COMMISSION
Proposal for a
^*DIRECTIVE
^*on machines
\f
^*EXPLANATORY MEMORANDUM
*1. CONTEXT OF THE PROPOSAL
*1.1. Reasons for the proposal
Machines are in use. Article 1 sets out the scope, and Article 2 the duties of keepers.
*2. LEGAL BASIS
The legal basis is the Treaty.
\f
2031/0009 (COD)
Proposal for a
^*DIRECTIVE
^*on machines
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union,
Whereas:
(1) Machines are in use.
(2) Their keepers should keep records.
HAVE ADOPTED THIS DIRECTIVE:

^/Article 1
^*Scope
This Directive applies to keepers.

^/Article 2
^*Duties
1.   Keepers shall keep records.
2.   Keepers shall pay fees.
Done at Brussels, 1 May 2031.
\f
^*LEGISLATIVE FINANCIAL STATEMENT
*1. FRAMEWORK OF THE PROPOSAL
*1.1. Title of the proposal
The Directive on machines.
*2. COSTS
There are none.
"""


def units(text, **options):
    return {unit.eid: unit for unit in segment(typeset_text(text), **options).provisions}


def test_memorandum_and_financial_statement_stand_apart():
    found = units(PROPOSAL)
    assert list(found) == [
        "cover",
        "memorandum", "memorandum__sec_1", "memorandum__sec_1__sec_1.1", "memorandum__sec_2",
        "preamble", "rec_1", "rec_2", "formula",
        "art_1", "art_2", "art_2__para_1", "art_2__para_2", "conclusions",
        "financial_statement", "financial_statement__sec_1", "financial_statement__sec_1__sec_1.1",
        "financial_statement__sec_2",
    ]  # fmt: skip
    apart = [unit for eid, unit in found.items() if eid.startswith(("memorandum", "financial"))]
    assert {unit.kind.value for unit in apart} == {"preamble"}
    assert found["memorandum"].heading == "EXPLANATORY MEMORANDUM"
    assert found["memorandum__sec_1__sec_1.1"].text.startswith("Machines are in use. Article 1 sets out")
    assert found["preamble"].text.startswith("2031/0009 (COD)")
    assert not segment(typeset_text(PROPOSAL)).warnings


LAW = """\
^BE IT ENACTED by Parliament as follows:

*1  Scope
This Act applies.
*2  Fees
(1) Pay.
(2) Pay more.
"""


@pytest.mark.parametrize(
    ("behind", "names"),
    [
        ("^EXPLANATORY NOTE\n(This note is not part of the Act)\n1. Section 1 is new.\n2. So is section 2.",
         ["explanatory_note", "explanatory_note__para_1", "explanatory_note__para_2"]),
        ("^STATEMENT OF OBJECTS AND REASONS\n1. Machines are in use.\n2. The Bill ends that.\nDelhi.",
         ["reasons", "reasons__para_1", "reasons__para_2"]),
        (("^STATEMENT OF OBJECTS AND REASONS\nMachines are in use.\nThey hum.\n^FINANCIAL MEMORANDUM\n"
         "No costs.\nNot one.\nNone."), ["reasons", "financial_statement"]),
    ],
)  # fmt: skip
def test_notes_behind_an_act_do_not_go_on_with_its_numbers(behind, names):
    found = units(f"{LAW}\n{behind}", tradition="commonwealth")
    law = ["sec_1", "sec_2", "sec_2__subsec_1", "sec_2__subsec_2"]
    assert [eid for eid in found if eid.startswith("sec")] == law
    assert list(found)[-len(names) :] == names


def test_a_memorandum_that_nothing_ends_is_no_part_apart():
    found = units("^*EXPLANATORY MEMORANDUM\n*1. Context\nMachines.\n*2. Basis\nThe Treaty.\n*3. End\nThere.")
    assert not any(eid.startswith("memorandum") for eid in found)


def test_the_masthead_of_a_gazette_is_furniture():
    text = """\
Official Journal
of the European Union
EN
L series
2031/9 1.5.2031
^*REGULATION (EU) 2031/9 OF THE COUNCIL
THE COUNCIL OF THE EUROPEAN UNION,
HAS ADOPTED THIS REGULATION:

^/Article 1
^*Scope`
Machines are allowed.
"""
    found = units(text)
    assert found["preamble"].text.startswith("REGULATION (EU) 2031/9 OF THE COUNCIL")
    assert found["art_1"].heading == "Scope"


CONVENTION = """\
^*Machine Convention
Chapter I – General provisions Article 1 – Scope
1 This Convention applies to machines.
2 It does not apply to tests.
Article 2 – Terms
For the purposes of Article 1, terms have their usual meaning.
Chapter II – Duties Article 3 – Records
1 Keepers shall keep records.
2 They shall pay.
Chapter III – Duties under Article 3
Article 4 – End
This Convention ends.
"""


def test_a_label_behind_the_heading_of_a_division_begins_its_unit():
    found = units(CONVENTION, tradition="eu")
    assert [(eid, unit.heading) for eid, unit in found.items() if "para" not in eid][1:] == [
        ("chp_I", "General provisions"), ("art_1", "Scope"), ("art_2", "Terms"), ("chp_II", "Duties"),
        ("art_3", "Records"), ("chp_III", "Duties under Article 3"), ("art_4", "End"),
    ]  # fmt: skip
    assert found["art_3"].parent == "chp_II"


SHORT = """\
^*Machine Act

{mark}Article 1 Scope
This Act applies to keepers of machines.

{mark}Article 2 Records
1. Keepers shall keep records of all decisions that their machines have taken.
2. Records shall show:
(a) the date;
(b) the decision.

{mark}Article 3 Entry into force
This Act enters into force on 1 May 2031.
"""


@pytest.mark.parametrize("mark", ["", "*", "^*"])
def test_a_short_law_with_titles_beside_its_numbers(mark):
    found = segment(typeset_text(SHORT.format(mark=mark)))
    assert found.tradition.value == "eu"
    heads = [(unit.eid, unit.heading) for unit in found.provisions if unit.kind.value == "article"]
    assert heads == [("art_1", "Scope"), ("art_2", "Records"), ("art_3", "Entry into force")]
    assert {"art_2__para_1", "art_2__para_2__point_b"} <= {unit.eid for unit in found.provisions}
