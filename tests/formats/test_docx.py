"""Word files: numbers of lists as Word prints them, tracked changes, notes, tables, hostile archives."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_files import add_item, add_list, add_xml, new_document, saved, with_parts

from fragcheck.errors import UnreadableInput
from fragcheck.formats import read_docx
from fragcheck.formats.numerals import numeral
from fragcheck.pipeline import read_and_segment
from fragcheck.records import LineRole

NUMERALS = [
    (1, "decimal", "1"), (27, "lowerLetter", "aa"), (3, "upperLetter", "C"), (14, "lowerRoman", "xiv"),
    (9, "upperRoman", "IX"), (10, "chineseCounting", "十"), (21, "chineseCountingThousand", "二十一"),
    (105, "chineseCounting", "一百〇五"),
    (110, "chineseCounting", "一百一十"), (3, "decimalEnclosedCircle", "③"), (2, "ganada", "나"),
    (2, "iroha", "ロ"), (7, "decimalZero", "07"), (12, "decimalFullWidth", "１２"), (2, "ordinal", "2nd"),
    (4, "unheardOf", "4"), (0, "lowerRoman", "0"), (5, "none", ""), (10**6, "lowerLetter", "1000000"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "kind", "expected"), NUMERALS)
def test_numerals(value, kind, expected):
    assert numeral(value, kind) == expected


def bodies(document):
    return [line.text for line in document.lines if line.role is LineRole.BODY]


def test_lists_count_as_word_prints_them(kept):
    made = new_document()
    add_list(
        made,
        50,
        [("decimal", "Article %1"), ("decimal", "%2."), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)")],
    )
    add_list(made, 51, [], abstract=150)
    start = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride>'
    add_list(made, 52, [], abstract=150, overrides=start)
    for text, number, level in [
        ("Scope", 50, 0), ("one", 50, 1), ("x", 50, 2), ("y", 50, 2), ("deep", 50, 3), ("two", 50, 1),
        ("z", 50, 2),
        ("Records", 51, 0), ("goes on", 51, 1), ("begins at seven", 52, 1), ("then", 52, 1),
        ("End", 50, 0), ("one", 50, 1),
    ]:  # fmt: skip
        add_item(made, text, number, level)
    assert bodies(read_docx(kept("act.docx", saved(made)))) == [
        "Article 1", "Scope", "1. one", "(a) x", "(b) y", "(i) deep", "2. two", "(a) z",
        "Article 2", "Records", "1. goes on", "7. begins at seven", "8. then", "Article 3", "End", "1. one",
    ]  # fmt: skip


def test_other_ways_of_counting(kept):
    made = new_document()
    add_list(
        made,
        60,
        [("upperRoman", "PART %1"), ("decimal", "%1.%2", 1, "<w:isLgl/>"), ("decimal", "%1.%2.%3", 5, "")],
    )
    add_list(made, 61, [("chineseCounting", "第%1条")])
    add_list(made, 62, [("bullet", "\uf0b7")])
    add_list(made, 63, [("decimal", "%1)"), ("decimal", "%1.%2", 1, '<w:lvlRestart w:val="0"/>')])
    add_list(made, 64, [("hebrew1", "%1.")])
    for text, number, level in [
        ("a", 60, 0), ("b", 60, 1), ("c", 60, 2), ("条文", 61, 0), ("条文", 61, 0), ("dot", 62, 0),
        ("p", 63, 0), ("q", 63, 1), ("r", 63, 0), ("never restarts", 63, 1), ("h", 64, 0), ("plain", 0, 0),
        ("gone", 99, 0),
    ]:  # fmt: skip
        add_item(made, text, number, level)
    document = read_docx(kept("act.docx", saved(made)))
    assert bodies(document) == [
        "PART I", "a", "1.1 b", "I.1.5 c", "第一条 条文", "第二条 条文", "• dot", "1) p", "1.1 q", "2) r",
        "2.2 never restarts", "1. h", "plain", "gone",
    ]  # fmt: skip
    assert [notice.code for notice in document.warnings] == ["list-numbers-unknown"]


def test_lists_by_style(kept):
    made = new_document()
    document = read_docx(kept("act.docx", saved(_numbered_by_style(made))))
    assert bodies(document) == ["1. first", "2. second", "Heading"]
    assert document.lines[-1].font_size > document.lines[0].font_size
    assert document.lines[-1].is_bold


def _numbered_by_style(made):
    made.add_paragraph("first", style="List Number")
    made.add_paragraph("second", style="List Number")
    made.add_heading("Heading", level=1)
    return made


def test_changes_notes_and_hidden_text(kept):
    made = new_document()
    paragraph = made.add_paragraph("It is ")
    add_xml(paragraph, "del", "<w:r><w:delText>not </w:delText></w:r>", 'w:id="1" w:author="x"')
    add_xml(paragraph, "ins", "<w:r><w:t>now </w:t></w:r>", 'w:id="2" w:author="x"')
    add_xml(paragraph, "r", "<w:rPr><w:strike/></w:rPr><w:t>old </w:t>")
    add_xml(paragraph, "r", "<w:rPr><w:vanish/></w:rPr><w:t>hidden </w:t>")
    add_xml(paragraph, "r", '<w:fldChar w:fldCharType="begin"/>')
    add_xml(paragraph, "r", "<w:t>PAGEREF</w:t>")
    add_xml(paragraph, "r", '<w:fldChar w:fldCharType="separate"/>')
    add_xml(paragraph, "sdt", "<w:sdtContent><w:r><w:t>law</w:t></w:r></w:sdtContent>")
    add_xml(paragraph, "r", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t>')
    made.sections[0].header.paragraphs[0].text = "Gazette"
    document = read_docx(kept("act.docx", saved(made)))
    (line,) = [line for line in document.lines if line.role is LineRole.BODY]
    assert line.text == "It is not now old law2"
    assert [line.text[start:end].strip() for start, end in line.struck_spans] == ["not", "old"]
    assert line.superscript_spans == ((21, 22),)
    assert [line.text for line in document.lines if line.role is LineRole.HEADER] == ["Gazette"]


def test_tables(kept):
    made = new_document()
    table = made.add_table(rows=3, cols=2)
    for row, cells in zip(table.rows, [("(a)", "keepers;"), ("Term", "Meaning"), ("whole", "")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document = read_docx(kept("act.docx", saved(made)))
    assert [(line.text, line.role.value) for line in document.lines] == [
        ("(a) keepers;", "body"), ("Term | Meaning", "table"), ("whole", "body"),
    ]  # fmt: skip


def test_a_law_numbered_by_word_is_segmented(kept):
    made = new_document()
    add_list(made, 70, [("decimal", "Article %1"), ("decimal", "%2."), ("lowerLetter", "(%3)")])
    made.add_paragraph("ORDINANCE ON MACHINES")
    for text, level in [
        ("Register", 0), ("Keepers of machines shall keep a register of all decisions.", 1),
        ("The register shall hold:", 1),
        ("the date;", 2), ("the decision.", 2), ("", 0), ("The authority may inspect the register.", 1),
    ]:  # fmt: skip
        add_item(made, text, 70, level)
    document, found = read_and_segment(kept("act.docx", saved(made)))
    assert found.provisions[1].heading == "Register"
    texts = {provision.eid: provision.text for provision in found.provisions}
    assert texts["art_1__para_1"] == "Keepers of machines shall keep a register of all decisions."
    assert texts["art_1__para_2__point_b"] == "the decision."
    assert texts["art_2__para_1"] == "The authority may inspect the register."
    assert all(provision.spans == () for provision in found.provisions)
    assert document.pages == ()


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(130):
                part.write(b" " * (1 << 20))
    return buffer.getvalue()


ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="x">&a;</w:document>'
DEEP = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    + "<w:sdt><w:sdtContent>" * 400 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 400 + "</w:body></w:document>"
)  # fmt: skip


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (bomb, "ZIP bomb"),
        (lambda: with_parts(saved(new_document()), word__document_xml=ENTITY), "document type declaration"),
        (lambda: with_parts(saved(new_document()), word__styles_xml=ENTITY), "document type declaration"),
        (lambda: with_parts(saved(new_document()), word__document_xml=DEEP), "cannot be read"),
        (lambda: with_parts(saved(new_document()), word__document_xml="<w:document"), "cannot be read"),
        (lambda: saved(new_document())[:2000], "damaged archive"),
        (lambda: b"PK\x03\x04 torn", "damaged archive"),
        (lambda: with_parts(b"PK\x05\x06" + b"\0" * 18, a_xml="<a/>"), "cannot be read"),
    ],
)
def test_hostile_files_are_refused(kept, make, words):
    with pytest.raises(UnreadableInput, match=words) as caught:
        read_docx(kept("act.docx", make()))
    assert "act.docx" in str(caught.value)
    assert "\n" not in str(caught.value)
