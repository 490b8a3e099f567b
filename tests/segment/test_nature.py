"""What documents are by their own words: openings of our own, in the forms that publishers use."""

from __future__ import annotations

import pytest
from typesetter import typeset_text

from fragcheck.records import Document, DocumentKind
from fragcheck.segment import nature_of

#: Opening lines, language, kind, whether it is a translation.
OPENINGS = [
    (("REGULATION (EU) 2031/9 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\nof 1 May 2031\non machines\n"
     "THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,\nHAVE ADOPTED THIS REGULATION:"), "en",
     "law", False),
    (("Brussels, 1.5.2031\nCOM(2031) 9 final\nProposal for a\nDIRECTIVE OF THE EUROPEAN PARLIAMENT AND OF "
     "THE COUNCIL\non machines\nEXPLANATORY MEMORANDUM"), "en", "bill", False),
    ("Conseil de\nl’Union européenne\nDossier interinstitutionnel:\n2031/0001(COD)", "fr", "bill", False),
    (("CHAPTER 9\nSENATE BILL 31-9\nAN ACT\nCONCERNING MACHINES THAT DECIDE.\nBe it enacted by the General "
     "Assembly:"), "en", "law", False),
    (("ENROLLED MAY 1, 2031\nAMENDED IN SENATE APRIL 1, 2031\nSENATE BILL No. 9\nThe people of the State do "
     "enact as follows:"), "en", "bill", False),
    ("9th CONGRESS\nIN THE HOUSE OF REPRESENTATIVES\nA BILL\nTo regulate machines.\nBe it enacted", "en",
     "bill", False),
    ("Machine Conduct Act 2031\n2031 CHAPTER 9\nBE IT ENACTED by the King", "en", "law", False),
    ("A\nBILL\nTO\nMake provision about machines.\nBE IT ENACTED by the King", "en", "bill", False),
    ("THE MACHINE CONDUCT ACT, 2031\nNo. 9 of 2031\nBE it enacted by Parliament", "en", "law", False),
    (("LOI n° 2031-9 du 1er mai 2031 relative aux machines\nLe Président de la République promulgue la loi "
     "dont la teneur suit :"), "fr", "law", False),
    ("PROJET DE LOI\nrelatif aux machines", "fr", "bill", False),
    ("Gesetzentwurf\nder Bundesregierung\nEntwurf eines Maschinengesetzes", "de", "bill", False),
    ("Maschinengesetz\nDer Bundestag hat das folgende Gesetz beschlossen:", "de", "law", False),
    ("PROJETO DE LEI Nº 9, DE 2031\nO CONGRESSO NACIONAL decreta:", "pt", "bill", False),
    ("机器行为管理办法\n第一条 为了规范机器，制定本办法。", "zh", "law", False),
    ("机器行为管理办法（征求意见稿）\n第一条 为了规范机器，制定本办法。", "zh", "bill", False),
    ("機械の行動に関する法律\n第一条 この法律は、機械を定める。", "ja", "law", False),
    ("機械の行動に関するガイドライン\n本書は機械について述べる。", "ja", "soft_law", False),
    ("기계의 행동에 관한 법률\n제1조(목적) 이 법은 기계를 정한다.", "ko", "law", False),
    ("Machine Act\nUnofficial translation\nArticle 1 (Purpose) The purpose of this Act is order.", "en",
     "law", True),
    ("Regulations on Machines\nOrder of the State Council of the People’s Republic of China\nArticle 1", "en",
     "law", True),
    ("Framework Convention on Machines\nThe Parties to this Convention,\nHave agreed as follows:", "en",
     "treaty", False),
    ("Executive Order 99 of May 1, 2031\nMachines\nBy the authority vested in me as President", "en",
     "order", False),
    ("ISO/IEC 99999\nMachines that decide\nRequirements", "en", "standard", False),
    ("Guidelines for Keepers of Machines\nVersion 2\nMay 2031", "en", "soft_law", False),
    ("Recommendation of the Council on Machines\nOn the proposal of the Machine Policy Committee:", "en",
     "soft_law", False),
    ("Proposed Rules\nDEPARTMENT OF MACHINES\n14 CFR Part 39\nRIN 2031-AA64\nAGENCY: Machine Office.", "en",
     "bill", False),
    ("Rules and Regulations\nDEPARTMENT OF MACHINES\nACTION: Final rule.", "en", "law", False),
    ("The Machine Conduct Act of 2031\nMachine Office Summary\nMay 2031", "en", "soft_law", False),
    ("Notes on a walk\nIt rained all day and we saw nobody.", "en", "unknown", False),
    ("Measures on Machines (Draft for Solicitation of Comments)\nArticle 1: These Measures are law.", "en",
     "bill", False),
]  # fmt: skip


def document_of(opening: str) -> Document:
    return typeset_text(opening, columns=400)


@pytest.mark.parametrize(("opening", "language", "kind", "is_translation"), OPENINGS)
def test_kind_and_translation(opening, language, kind, is_translation):
    document = document_of(opening)
    title = opening.split("\n")[0]
    found = nature_of(Document(document.id, title, "", lines=document.lines), language)
    assert (found.kind.value, found.is_translation) == (kind, is_translation), found.evidence


#: Title as read, opening lines, title by the rules.
TITLES = [
    ("Proposal for a", OPENINGS[1][0],
     "Proposal for a DIRECTIVE OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL on machines"),
    ("MACHINES AND TRADE", OPENINGS[3][0], "SENATE BILL 31-9: Concerning machines that decide"),
    ("EXECUTIVE OFFICE", ("EXECUTIVE OFFICE OF THE PRESIDENT\nM-31-09\nMEMORANDUM FOR THE HEADS OF AGENCIES\n"
     "SUBJECT: Use of Machines\nMachines are in use."), "M-31-09: Use of Machines"),
    ("Federal Senate", "Federal Senate\nBill\nNo. 9, 2031\nProvides for the use of machines.\nArt. 1",
     "Bill No. 9, 2031: Provides for the use of machines"),
    ("Council of Arcadia", OPENINGS[21][0], "Framework Convention on Machines"),
    ("Chapter I: General Provisions", "Chapter I: General Provisions\nArticle 1: All.", "law-of-machines"),
    ("Machine Conduct Act 2031", OPENINGS[6][0], "Machine Conduct Act 2031"),
]  # fmt: skip


@pytest.mark.parametrize(("read", "opening", "wanted"), TITLES)
def test_title(read, opening, wanted):
    document = document_of(opening)
    found = nature_of(Document(document.id, read, "laws/law-of-machines.pdf", lines=document.lines), "en")
    assert found.title == wanted


def test_an_empty_document_is_nothing():
    assert nature_of(Document("0" * 64, "", ""), "").kind is DocumentKind.UNKNOWN


#: What each development document is, by its publisher.
REAL = {
    "brazil/brazil-pl-2338-2023-en": ("bill", True),
    "brazil/brazil-pl-2338-2023-pt": ("bill", False),
    "china/china-genai-interim-measures-en": ("law", True),
    "eu/eu-ai-act-fra-presidency-2022-tracked": ("bill", False),
    "eu/eu-ai-act-proposal-com-2021-206": ("bill", False),
    "france/loi-2018-1202-manipulation-information": ("law", False),
    "international/coe-framework-convention-cets-225": ("treaty", False),
    "switzerland/finma-guidance-08-2024": ("soft_law", False),
    "us-federal/eo-14110": ("order", False),
    "us-states/colorado-sb24-205-session-law": ("law", False),
    "us-states/california-sb1047-enrolled": ("bill", False),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_real_documents(shared_dir, name):
    from fragcheck.pdf import ReadOptions, read_pdf

    document = read_pdf(shared_dir / "data" / "pdfs" / f"{name}.pdf", ReadOptions(ocr="never"))
    found = nature_of(document, name.rpartition("-")[2] if name[-3] == "-" else "en")
    assert (found.kind.value, found.is_translation) == REAL[name]
