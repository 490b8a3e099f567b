"""What a document is taken for by its title and its opening, and above all what it is not."""

from __future__ import annotations

import dataclasses

import pytest

from fragcheck.catalogue import commencing_as, load_catalogue, recognised
from fragcheck.pipeline.nature import described, instrument_of
from fragcheck.records import Document, DocumentKind, Line

COLORADO = "SENATE BILL 24-205 CONSUMER PROTECTIONS FOR ARTIFICIAL INTELLIGENCE State of Colorado"
PROPOSAL = (
    "Proposal for a REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL LAYING DOWN HARMONISED RULES"
)
CALIFORNIA = """SENATE BILL NO. 1047
CALIFORNIA LEGISLATURE
Safe and Secure Innovation for Frontier Artificial Intelligence Models Act"""
TOLD = [
    ("REGULATION (EU) 2024/1689 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", "", "eu-ai-act"),
    ("VERORDNUNG (EU) 2016/679 DES EUROPÄISCHEN PARLAMENTS UND DES RATES", "", "eu-gdpr"),
    ("RÈGLEMENT (UE) 2024/1689 DU PARLEMENT EUROPÉEN ET DU CONSEIL", "", "eu-ai-act"),
    ("Lei nº 13.709, de 14 de agosto de 2018", "", "br-lgpd"),
    ("PL 2338/2023 (texto aprovado)", "", "br-pl-2338"),
    (
        f"{PROPOSAL} ON ARTIFICIAL INTELLIGENCE (ARTIFICIAL INTELLIGENCE ACT)",
        "Brussels, 21.4.2021\nCOM(2021) 206 final",
        "eu-ai-act-proposal",
    ),
    ("Personal Information Protection Act", "Republic of Korea, Act No. 10465", "kr-pipa"),
    ("互联网信息服务算法推荐管理规定", "", "cn-algorithm-recommendation"),
    ("人工知能関連技術の研究開発及び活用の推進に関する法律", "", "jp-ai-promotion-act"),
    ("인공지능 발전과 신뢰 기반 조성 등에 관한 기본법", "", "kr-ai-basic-act"),
    (
        "An act to add Chapter 22.6",
        CALIFORNIA,
        "us-ca-sb1047",
    ),
    ("SENATE BILL 24-205: Concerning consumer protections", COLORADO, "us-co-sb24-205"),
    (
        "Relating to the regulation of systems",
        "SECTION 1. This Act may be cited as the Texas Responsible Artificial Intelligence Governance Act.",
        "us-tx-traiga",
    ),
]
NOT_TOLD = [
    ("", ""),
    ("Corrigendum to Regulation (EU) 2024/1689 of the European Parliament and of the Council", ""),
    ("Guidelines on Regulation (EU) 2016/679", ""),
    # Another paper of the same publisher.
    ("High-Level Expert Group on Artificial Intelligence: policy recommendations", "European Commission"),
    # A title that several countries give.
    ("Personal Information Protection Act", "Statutes of British Columbia"),
    ("COMMISSION IMPLEMENTING REGULATION (EU) 2025/454", "rules for Regulation (EU) 2024/1689"),
    ("Proposal for a Regulation amending Regulation (EU) 2016/679", ""),
    # The text of another institution on the same proposal.
    (
        f"{PROPOSAL} ON ARTIFICIAL INTELLIGENCE",
        "Council, 10069/22",
    ),
    # The number of another state's bill, and of another session's.
    ("SENATE BILL 1047", "SENATE BILL NO. 1047 Arizona Legislature models of artificial intelligence"),
    (
        "SENATE BILL 1047",
        "SENATE BILL NO. 1047 CALIFORNIA LEGISLATURE An act to amend the Fish and Game Code",
    ),
    ("Opinion", "on the Act that may be cited as a model"),
    ("关于《互联网信息服务算法推荐管理规定》的解释", ""),
]


@pytest.mark.parametrize(("title", "opening", "expected"), TOLD, ids=[each[2] for each in TOLD])
def test_documents_are_told_by_what_they_open_with(title, opening, expected):
    found = recognised(title, opening)
    assert found is not None
    assert found.id == expected


@pytest.mark.parametrize(("title", "opening"), NOT_TOLD)
def test_what_only_names_a_law_is_not_taken_for_it(title, opening):
    assert recognised(title, opening) is None


def test_every_title_of_the_catalogue_tells_its_own_instrument_or_none():
    for instrument in load_catalogue():
        for title in (instrument.title, *instrument.names):
            found = recognised(title, instrument.identifier)
            assert found is None or found.id == instrument.id, title


MEASURES = "Article 2: These measures apply to generative AI services offered to the public in China."
POLICY = "Chapter 70. ARTIFICIAL INTELLIGENCE POLICY ACT"
UTAH = "rules under the Utah Administrative Rulemaking Act"
COMMENCING = [
    ("", MEASURES, "Article 24: These measures take effect on August 15, 2023.", "cn-genai-measures"),
    ("", MEASURES, "These Measures shall come into force on 15 August 2023.", "cn-genai-measures"),
    (POLICY, UTAH, "This bill takes effect on May 1, 2024.", "us-ut-sb149"),
    # Another day, none, or one that is none.
    ("", MEASURES, "These measures take effect on August 16, 2023.", None),
    ("", MEASURES, "These measures take effect 60 days from now.", None),
    ("", MEASURES, "These measures take effect on August 35, 2023.", None),
    # A text that does not call itself so: a decree to the measures, or a paper about them.
    (
        "",
        "Article 1: This Decree implements the measures on generative AI services in China.",
        "This Decree takes effect on August 15, 2023.",
        None,
    ),
    # No word of the country.
    ("", MEASURES.replace("China", "Arcadia"), "These measures take effect on August 15, 2023.", None),
    (POLICY, "rules under the Administrative Rulemaking Act", "This bill takes effect on May 1, 2024.", None),
    # A title with a word more, and a name that is too short to be one law's alone.
    (
        "Enforcement Decree of the AI Basic Act",
        "Republic of Korea, This Act",
        "This Decree shall enter into force on January 22, 2026.",
        None,
    ),
    ("AI Act", "Colorado, this Act", "This act takes effect on June 30, 2026.", None),
]


@pytest.mark.parametrize(("title", "opening", "closing", "expected"), COMMENCING)
def test_a_copy_without_number_is_told_by_name_country_and_first_day_together(
    title, opening, closing, expected
):
    found = commencing_as(title, opening, closing)
    assert (None if found is None else found.id) == expected


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("Federal Senate", "Bill", "No. 2338, 2023", "Provides for the use of machines."), "br-pl-2338"),
        (("Federal Senate", "Bill", "No. 2339, 2023", "Provides for the use of machines."), ""),
        # The report on a bill, and the bill of another country.
        (("Opinion on Bill No. 2338, 2023", "Provides for the use of machines."), ""),
    ],
)
def test_a_bill_in_translation_is_told_by_its_number_beside_the_country(lines, wanted):
    for place, expected in (("in Brazil", wanted), ("in Arcadia", "")):
        found = described(document(*lines, "Art. 1", f"This Law holds {place}.", "Art. 2"), "en")
        assert found.instrument == expected


def test_the_title_page_that_a_translation_lacks_is_made_up_for_by_its_own_words():
    lines = ("Chapter I: General Provisions", "Article 1: These Provisions are drafted by law.", MEASURES)
    found = described(document(*lines, "Article 24: These measures take effect on August 15, 2023."), "en")
    assert (found.instrument, found.status) == ("cn-genai-measures", "in_force")
    draft = described(
        document("Draft for comment", *lines, "These measures take effect on August 15, 2023."), "en"
    )
    assert draft.instrument == ""


def document(*lines):
    return Document(
        id="0" * 64,
        title="",
        path="copy.pdf",
        lines=tuple(
            Line(text, page=1, bbox=(0, 10 * n, 100, 10 * n + 9), font_size=10)
            for n, text in enumerate(lines)
        ),
    )


def test_a_copy_from_another_place_has_the_status_of_its_instrument():
    found = described(
        document(
            "SENATE BILL NO. 1047",
            "CALIFORNIA LEGISLATURE",
            "An act to add Chapter 22.6",
            "Safe and Secure Innovation for Frontier Artificial Intelligence Models Act",
        ),
        "en",
    )
    assert (found.instrument, found.status) == ("us-ca-sb1047", "vetoed")
    assert found.jurisdiction == "United States: California"
    assert instrument_of(found) is load_catalogue().get("us-ca-sb1047")


def test_a_draft_that_bears_the_name_of_a_law_is_not_that_law():
    bill = document(
        "SENATE BILL 24-205", "A BILL FOR AN ACT", "CONCERNING CONSUMER PROTECTIONS", "State of Colorado"
    )
    assert described(bill, "en").kind is DocumentKind.BILL
    assert described(bill, "en").instrument == ""


def test_the_verified_copy_needs_no_title():
    law = next(each for each in load_catalogue() if each.sha256)
    found = described(dataclasses.replace(document("Anything"), id=law.sha256), "en")
    assert found.instrument == law.id
