"""Lines become rows: what is left out, what is joined, where paragraphs begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.records import Document, Line, LineRole
from fragcheck.segment import rows, segment
from fragcheck.segment.contents import contents_rows
from fragcheck.segment.rows import (
    _COMMA,
    _ENDS,
    _JOINING,
    _LEADS,
    _leads,
    _odds_of_end,
    body_rows,
    measure,
)
from fragcheck.segment.typography import heading_blocks


def line(text, y=100.0, x=72.0, **values):
    box = (x, y, x + 5.0 * len(text), y + 10.0)
    return Line(text, 1, values.pop("bbox", box), 10.0, **values)


def document(*lines):
    return Document("0" * 64, "rows", "rows.pdf", lines=lines)


def texts(*lines):
    return [row.text for row in body_rows(document(*lines))[0]]


@pytest.mark.parametrize(
    "role", [LineRole.HEADER, LineRole.FOOTER, LineRole.PAGE_NUMBER, LineRole.FOOTNOTE, LineRole.MARGIN]
)
def test_furniture_is_left_out_unless_there_is_nothing_else(role):
    assert texts(line("Body."), line("Furniture", 200.0, role=role)) == ["Body."]
    assert texts(line("Furniture", role=role)) == ["Furniture"]


def test_tables_are_body():
    assert texts(line("Cell", role=LineRole.TABLE)) == ["Cell"]


@pytest.mark.parametrize(
    ("text", "span", "kept"),
    [
        ("1 This law applies", (0, 1), "1 This law applies"),  # the raised number of a Swiss paragraph
        ("1Dieses Gesetz gilt", (0, 1), "1Dieses Gesetz gilt"),
        ("12 and no more", (0, 2), "and no more"),
    ],
)
def test_a_raised_number_before_a_sentence_is_kept(text, span, kept):
    assert texts(line(text, superscript_spans=(span,))) == [kept]


def test_footnote_marks_are_dropped():
    assert texts(line("the Council 12 shall", superscript_spans=((12, 14),))) == ["the Council shall"]
    assert texts(line("the Council (12), shall", superscript_spans=((13, 15),))) == ["the Council, shall"]


@pytest.mark.parametrize("name", ["_OPENED", "_TEN"])
def test_a_mark_costs_what_stands_beside_it_however_long_its_line_is(monkeypatch, name):
    whole = getattr(rows, name)
    searched = []

    class Counted:
        def search(self, text, start=0, end=None):
            end = len(text) if end is None else end
            searched.append(end - start)
            return whole.search(text, start, end)

    monkeypatch.setattr(rows, name, Counted())
    marked = line("word1" * 2000, superscript_spans=tuple((5 * n + 4, 5 * n + 5) for n in range(2000)))
    assert texts(marked) == ["word" * 2000]
    assert len(searched) == 2000
    assert max(searched) <= 40


def test_powers_and_ordinals_are_kept():
    assert texts(line("more than 1025 operations", superscript_spans=((12, 14),))) == [
        "more than 1025 operations"
    ]
    assert texts(line("le 1er janvier", superscript_spans=((4, 6),))) == ["le 1er janvier"]


def test_struck_words_are_left_out_and_noticed():
    struck = document(
        line("The big keeper pays.", struck_spans=((4, 8),)), line("Gone.", 130.0, is_struck=True)
    )
    assert [row.text for row in body_rows(struck)[0]] == ["The keeper pays."]
    assert "struck-text-excluded" in [notice.code for notice in segment(struck).warnings]


def test_a_label_and_its_text_side_by_side_are_one_row():
    assert texts(line("(a)"), line("keepers;", x=110.0)) == ["(a) keepers;"]
    assert texts(line("(a)"), line("keepers;", 130.0, x=110.0)) == ["(a)", "keepers;"]


def test_control_characters_go_and_hyphen_marks_stay():
    assert texts(line("de\x00cide\u200b and trans\ufffe")) == ["decide and trans\u00ad"]


def test_paragraphs_begin_behind_short_lines_and_gaps():
    full = "A line of text that fills the whole measure of this small page to the end"
    lines = [line(full, 100.0 + 12 * i) for i in range(4)]
    lines += [
        line("short end.", 148.0),
        line("New paragraph here that is as long as the others are on the page", 160.0),
    ]
    lines += [line("Far below.", 200.0)]
    rows, _ = measure(body_rows(document(*lines))[0])
    assert [row.odds > 1 for row in rows] == [True, False, False, False, False, True, True]


def test_contents_with_leaders_and_without():
    leaders = [line(f"{i} Part {i} ........ {i}", 100.0 + 12 * i) for i in range(1, 5)]
    assert contents_rows(body_rows(document(*leaders))[0]) == frozenset(range(4))
    plain = [line("Contents"), line("Scope 1", 112.0), line("Terms 2", 124.0), line("Text begins.", 136.0)]
    assert contents_rows(body_rows(document(*plain))[0]) == frozenset(range(3))
    assert (
        contents_rows(body_rows(document(line("Contents"), line("Nothing here.", 112.0)))[0]) == frozenset()
    )


def test_headings_by_type_and_emphasis_that_is_none():
    body = [
        line(f"Body text of the document, line {i}, set in the common type.", 200.0 + 12 * i)
        for i in range(6)
    ]
    rows, layout = measure(body_rows(document(line("Why it matters", is_bold=True), *body))[0])
    assert heading_blocks(rows, layout) == {0: 1}
    emphasis = line("A bold start of a sentence that goes on", 188.0, is_bold=True)
    onward = line("in the next line.", 200.0)
    rows, layout = measure(
        body_rows(document(emphasis, onward, *[line(b.text, b.bbox[1] + 30) for b in body]))[0]
    )
    assert heading_blocks(rows, layout) == {}
    clause = line("a clause in bold;", 100.0, is_bold=True)
    rows, layout = measure(body_rows(document(clause, *body))[0])
    assert heading_blocks(rows, layout) == {}


PARTS = [*_JOINING, "land", *"yoeiиو和或及x1,;،、，.:!。：؟—–»”)』 "]


@given(st.lists(st.sampled_from(PARTS), max_size=6).map("".join).map(str.strip))
def test_the_end_of_a_row_is_read_as_its_patterns_read_it(text):
    expected = 1.5 if _ENDS.search(text) else 0.2 if _COMMA.search(text) else -1.5
    assert (_odds_of_end(text), _leads(text)) == (expected, _LEADS.search(text) is not None)
