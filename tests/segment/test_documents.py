"""Documents that a gazette prints one after another in one file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from typesetter import typeset_text

from fragcheck.records import ProvisionKind
from fragcheck.segment import find_references, segment

RULE = """\
*DEPARTMENT OF MACHINES
*Office of Conduct
*19 CFR Part 88
*Conduct of Sorting Machines
AGENCY: Office of Conduct, Department of Machines.
ACTION: Final rule.
SUMMARY: The Office sets duties for those who keep sorting machines.
*List of Subjects in 19 CFR Part 88
Machines, Records.
For the reasons given above, the Office amends 19 CFR part 88 as follows:
*PART 88—SORTING MACHINES
■ 1. The authority citation for part 88 continues to read as follows:
Authority: 15 U.S.C. 45.
■ 2. Add § 88.7 to read as follows:
*§ 88.7 Duties of keepers.
*(a) Records of Decisions
A keeper must keep a record of each decision under paragraph (b) of this section for ten years at least.
*(b) Notice
A keeper must give notice of the machine to everyone whose letters it sorts.
[FR Doc. 2031–00001 Filed 1–2–31; 8:45 am]
BILLING CODE 4910–13–P
"""
CUT = """\
*DEPARTMENT OF WATERS
*Office of Wells
*21 CFR Part 7
*Depth of Wells
AGENCY: Office of Wells, Department of Waters.
ACTION: Proposed rule.
SUMMARY: The Office proposes that a well must not be deeper than a tower is high.
"""
SECOND = """\
*DEPARTMENT OF WATERS
*Office of Wells
*21 CFR Part 7
*Depth of Wells
AGENCY: Office of Wells, Department of Waters.
SUMMARY: The Office limits the depth of wells.
*List of Subjects in 21 CFR Part 7
Wells.
For the reasons given above, the Office amends 21 CFR part 7 as follows:
*PART 7—WELLS
■ 1. Add § 88.7 to read as follows:
*§ 88.7 Depth.
*(a) Limit
A well must not be deeper than paragraph (b) of this section allows.
*(b) Measure
The measure is the height of a tower.
[FR Doc. 2031–00002
Filed 1–2–31; 11:15 am]
Billing code 3395–F4–P
"""
TAIL = """\
(3) A keeper of bees must not sell them at night.
Issued on May 1, 2031.
*Ann Clerk,
/Director of Bees.
[FR Doc. 2030–99999 Filed 1–2–31; 8:45 am]
BILLING CODE 1234–01–P
"""


def read(text, path="test.pdf"):
    return segment(replace(typeset_text(text), path=path))


def alone(text):
    return segment(typeset_text(text)).provisions


def own(segmentation):
    return tuple(unit for unit in segmentation.provisions if not unit.eid.startswith("doc_"))


def without_spans(provisions):
    return [replace(each, spans=()) for each in provisions]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (RULE + CUT, {"doc_2"}),
        (TAIL + RULE, {"doc_1"}),
        (TAIL + RULE + CUT, {"doc_1", "doc_3"}),
        (TAIL + RULE + SECOND, {"doc_1", "doc_3"}),
    ],
)
def test_what_stands_before_and_behind_is_no_part_of_the_document(text, others):
    found = read(text)
    assert without_spans(own(found)) == without_spans(alone(RULE))
    assert {unit.eid.partition("__")[0] for unit in found.provisions} - {
        unit.eid.partition("__")[0] for unit in alone(RULE)
    } == others
    assert [notice.code for notice in found.warnings].count("several-documents") == 1
    inside = [unit for unit in found.provisions if unit.eid.startswith("doc_") and unit.parent]
    assert all(unit.is_quoted for unit in inside)
    assert len({unit.eid for unit in found.provisions}) == len(found.provisions)


def test_the_other_document_keeps_its_own_divisions():
    found = {unit.eid: unit for unit in read(RULE + SECOND).provisions}
    assert found["doc_2"].kind is ProvisionKind.PREAMBLE
    assert found["doc_2"].text.startswith("DEPARTMENT OF WATERS")
    assert found["doc_2__sec_88.7__subsec_b"].text == "The measure is the height of a tower."
    assert found["doc_2__sec_88.7__subsec_b"].parent == "doc_2__sec_88.7"
    assert found["sec_88.7__subsec_b"].text.startswith("A keeper must give notice")


def test_citations_stay_in_their_document():
    targets = {each.eid: each.targets for each in find_references(read(RULE + SECOND)) if each.targets}
    assert targets["sec_88.7__subsec_a"] == ("sec_88.7__subsec_b",)
    assert targets["doc_2__sec_88.7__subsec_a"] == ("doc_2__sec_88.7__subsec_b",)


@pytest.mark.parametrize("path", ["fr/2031-00002.pdf", "FR-2031-00002_wells.pdf"])
def test_the_name_of_the_file_says_which_document_is_meant(path):
    found = read(RULE + SECOND, path)
    assert without_spans(own(found)) == without_spans(alone(SECOND))
    assert found.provisions[0].eid == "doc_1"


@pytest.mark.parametrize(
    "behind",
    [
        "",
        "\n*The President\nA note of the printer that is no document and has no end.\nIt goes on.\nAnd on.",
        "\nCORRECTION",
    ],
)
def test_a_document_alone_is_no_collection(behind):
    found = read(RULE + behind)
    assert not any(unit.eid.startswith("doc_") for unit in found.provisions)
    assert "several-documents" not in {notice.code for notice in found.warnings}


def test_the_number_of_a_document_in_its_text_is_no_end():
    cited = RULE.replace("Machines, Records.", "Machines. See the rule [FR Doc. 2029–00007], and its\nannex.")
    assert not any(unit.eid.startswith("doc_") for unit in read(cited).provisions)
