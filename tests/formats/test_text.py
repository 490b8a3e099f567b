"""Plain text: short lines are joined by layout, long ones are paragraphs; lines rejoin to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.errors import UnreadableInput
from fragcheck.formats import read_text_file
from fragcheck.formats.blocks import Block, is_label, labelled, lines_of, table_row
from fragcheck.pipeline import read_and_segment

PARAGRAPHS = """ORDINANCE ON MACHINES
Article 1
Scope
1. This Ordinance applies to keepers of machines that take decisions about natural persons in the whole of \
the State of Arcadia.
2. It does not apply to:
(a) toys, whoever keeps them, wherever they are kept and whatever they decide about the persons who \
play with them;
(b) tests.
Article 2
Records
The keeper shall keep records of all decisions.
"""  # fmt: skip
TYPED = """                    ORDINANCE ON MACHINES

                          Article 1
                            Scope

1.  This Ordinance applies to keepers of machines that take
decisions about natural persons in the whole of the State
of Arcadia.

2.  It does not apply to:

    (a)  toys, whoever keeps them, wherever they are kept and
    whatever they decide about the persons who play with them;

    (b)  tests.

                          Article 2
                           Records

The keeper shall keep records of all decisions.
"""
UNITS = {
    "art_1__para_1": "This Ordinance applies to keepers of machines that take decisions about natural "
    "persons in the whole of the State of Arcadia.",
    "art_1__para_2": "It does not apply to:",
    "art_1__para_2__point_a": "toys, whoever keeps them, wherever they are kept and whatever they decide "
    "about the persons who play with them;",
    "art_1__para_2__point_b": "tests.",
    "art_2": "The keeper shall keep records of all decisions.",
}


@pytest.mark.parametrize("text", [PARAGRAPHS, TYPED, TYPED.replace("\n", "\r\n"), TYPED.replace("\n", "\r")])
def test_two_ways_of_typing_a_law(kept, text):
    _, found = read_and_segment(kept("act.txt", text))
    by_eid = {provision.eid: provision.text for provision in found.provisions}
    assert {eid: by_eid.get(eid) for eid in UNITS} == UNITS


ENCODED = [
    ("§ 1 Größe".encode(), "§ 1 Größe", 0),
    ("§ 1 Größe".encode("utf-16"), "§ 1 Größe", 0),
    ("§ 1 Größe".encode("utf-8-sig"), "§ 1 Größe", 0),
    ("§ 1 Größe".encode("cp1252"), "§ 1 Größe", 1),
    (b"a\x00b\x0cc", "ab", 0),
]


@pytest.mark.parametrize(("data", "first", "warnings"), ENCODED)
def test_encodings(kept, data, first, warnings):
    document = read_text_file(kept("act.txt", data))
    assert document.lines[0].text == document.title == first
    assert [notice.code for notice in document.warnings] == ["text-encoding"] * warnings


def test_an_empty_file_is_refused(kept):
    with pytest.raises(UnreadableInput, match="empty"):
        read_text_file(kept("act.txt", b"\n \n"))


LABELS = [("(a)", True), ("1.", True), ("1.2.3", True), ("iv)", True), ("—", True), ("③", True),
          ("12a.", True),
          ("A", False), ("7", True), ("2031", False), ("Article", False), ("", False),
          ("(abc)", False)]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_labels(text, expected):
    assert is_label(text) is expected


def test_rows_of_tables():
    cell = Block("text", struck=((0, 2),))
    assert table_row([[], []]) == []
    assert table_row([[cell], []]) == [cell]
    (item,) = table_row([[Block("(a)")], [cell]])
    assert (item.text, item.struck) == ("(a) text", ((4, 6),))
    assert item.indent > cell.indent
    (row,) = table_row([[Block("term")], [cell], [Block("x"), Block("y")]])
    assert (row.text, row.role.value) == ("term | text | x y", "table")
    assert labelled("1.", [])[0].text == "1."


@given(
    st.lists(
        st.text(st.sampled_from("ab-/.;,) 条の、é\u00ad"), min_size=1, max_size=400)
        .map(str.split)
        .map(" ".join),
        max_size=4,
    ),
    st.floats(0, 400),
)  # fmt: skip
def test_lines_hold_the_text_and_nothing_else(texts, indent):
    blocks = [Block(text, indent=indent) for text in texts if text]
    lines = lines_of(blocks)
    printed, wanted = "".join(line.text for line in lines), "".join(each.text for each in blocks)
    assert printed.replace(" ", "") == wanted.replace(" ", "")
    assert sum(bool(line.begins_paragraph) for line in lines) == len(blocks)
    assert all(line.bbox[0] < line.bbox[2] and line.bbox[1] < line.bbox[3] for line in lines)
