"""Whole PDFs, drawn here, to documents."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_drawing import HEIGHT, paragraph, prose, put, rule
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from fragcheck.pdf import ReadOptions, read_pdf
from fragcheck.pdf.furniture import _skeleton
from fragcheck.records import LineRole, ProvisionKind, TextSource
from fragcheck.segment import segment


def texts(document, role=LineRole.BODY):
    return [line.text for line in document.lines if line.role is role]


def test_a_plain_page_gives_its_lines_with_box_size_and_identity(make_pdf):
    path = make_pdf(
        lambda c: paragraph(c, (70, 100), ["Section 1 applies to operators.", "It enters into force."], 12)
    )
    document = read_pdf(path)
    first, second = document.lines
    assert (first.text, second.text) == ("Section 1 applies to operators.", "It enters into force.")
    assert document.id == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.path == str(path)
    assert first.font_size == 12
    assert first.bbox[0] == pytest.approx(70, abs=1)
    assert first.bbox[1] < 100 <= first.bbox[3] + 0.5
    assert (document.pages[0].width, document.pages[0].height) == (595, 842)
    assert not document.warnings


def test_style_is_by_most_characters(make_pdf):
    def page(c):
        put(c, (70, 100), "Article 1", font="Times-Bold")
        end = put(c, (70, 120), "An ", font="Times-Roman")
        put(c, (end, 120), "italic line of words", font="Times-Italic")

    bold, italic = read_pdf(make_pdf(page)).lines
    assert (bold.is_bold, bold.is_italic) == (True, False)
    assert (italic.text, italic.is_bold, italic.is_italic) == ("An italic line of words", False, True)


def test_headings_in_the_middle_of_a_list_are_no_column(make_pdf):
    wanted = []
    for part in range(4):
        wanted += [f"PART {part}, GENERAL DUTIES", *(f"{3 * part + k} Duties of keepers" for k in range(3))]

    def page(c):
        for place, text in enumerate(wanted):
            put(c, (280 if text.startswith("PART") else 90, 100 + 16 * place), text)

    assert texts(read_pdf(make_pdf(page))) == wanted


def test_two_columns_are_read_one_after_the_other_under_a_full_width_heading(make_pdf):
    def page(c):
        put(
            c,
            (70, 80),
            "Regulation on the keeping of records by operators of automated systems in public use",
        )
        paragraph(c, (60, 120), [f"left {k} operators shall keep a record" for k in range(12)])
        paragraph(c, (315, 120), [f"right {k} records shall be kept for years" for k in range(12)])
        put(
            c,
            (70, 330),
            "This line goes over the whole width of the page, from the left edge to the right one.",
        )
        paragraph(c, (60, 370), [f"lower left {k} operators keep a log" for k in range(6)])
        paragraph(c, (315, 370), [f"lower right {k} logs are kept too" for k in range(6)])

    document = read_pdf(make_pdf(page))
    starts = [" ".join(text.split()[:3]) for text in texts(document)]
    expected = [
        "Regulation on the",
        *[f"left {k} operators" for k in range(12)],
        *[f"right {k} records" for k in range(12)],
        "This line goes",
        *[f"lower left {k}" for k in range(6)],
        *[f"lower right {k}" for k in range(6)],
    ]
    assert starts == expected
    columns = {line.text.split()[0]: line.column for line in document.lines}
    assert (columns["left"], columns["right"], columns["This"]) == (0, 1, 0)


def test_three_columns(make_pdf):
    def page(c):
        for index, x in enumerate((50, 225, 400)):
            paragraph(c, (x, 100), [f"{'abc'[index]}{k} the agency shall report" for k in range(20)], 10)

    document = read_pdf(make_pdf(page))
    assert [text.split()[0] for text in texts(document)] == [f"{n}{k}" for n in "abc" for k in range(20)]
    assert sorted({line.column for line in document.lines}) == [0, 1, 2]


def test_columns_above_a_figure_across_them_are_read_before_those_below_it(make_pdf):
    def page(c):
        for index, x in enumerate((50, 225, 400)):
            paragraph(c, (x, 100), [f"{'abc'[index]}{k} the agency shall report" for k in range(5)], 10)
            paragraph(c, (x, 500), [f"{'def'[index]}{k} the agency shall report" for k in range(2)], 10)

    document = read_pdf(make_pdf(page))
    wanted = [f"{n}{k}" for n in "abc" for k in range(5)] + [f"{n}{k}" for n in "def" for k in range(2)]
    assert [text.split()[0] for text in texts(document)] == wanted


def test_labels_set_apart_from_their_text_are_no_column(make_pdf):
    def page(c):
        for k in range(12):
            put(c, (60, 100 + 30 * k), f"({k + 1})")
            put(c, (95, 100 + 30 * k), "The provider shall inform the user of the purpose of the system.")
            put(c, (95, 114 + 30 * k), "It shall do so before the first use.")

    document = read_pdf(make_pdf(page))
    assert {line.column for line in document.lines} == {0}
    assert document.lines[0].text.startswith("(1) The provider shall")
    assert len(document.lines) == 24


def test_two_versions_side_by_side_come_block_by_block(make_pdf):
    def page(c):
        for block in range(2):
            top = 80 + block * 300
            paragraph(c, (70, top), [f"Change {block}", "Recital of the proposal"])
            put(c, (70, top + 60), "Text as it was proposed")
            put(c, (330, top + 60), "Text as it was changed")
            paragraph(c, (70, top + 85), [f"old {block} {k} shall be informed" for k in range(6)])
            paragraph(c, (330, top + 85), [f"new {block} {k} shall be informed" for k in range(8)])

    read = texts(read_pdf(make_pdf(page)))
    assert read.index("Change 1") > max(index for index, text in enumerate(read) if text.startswith("new 0"))
    assert read.index("Change 1") < min(index for index, text in enumerate(read) if text.startswith("old 1"))


def test_a_heading_at_the_foot_of_versions_side_by_side_comes_last(make_pdf):
    def page(c):
        put(c, (70, 80), "Text as it was proposed")
        put(c, (330, 80), "Text as it was changed")
        paragraph(c, (70, 105), [f"old {k} shall be informed" for k in range(6)])
        paragraph(c, (330, 105), [f"new {k} shall be informed" for k in range(30)])
        put(c, (70, 760), "Change 9", font="Times-Bold")

    assert texts(read_pdf(make_pdf(page)))[-1] == "Change 9"


def test_a_heading_behind_the_longer_of_two_versions_begins_the_next_block(make_pdf):
    def page(c):
        for block, top in ((1, 80), (2, 380)):
            put(c, (70, top), f"Change {block}", font="Times-Bold")
            put(c, (70, top + 40), "Text as it was proposed")
            put(c, (330, top + 40), "Text as it was changed")
            paragraph(c, (70, top + 70), [f"old {block} {k} shall be informed" for k in range(8)])
            paragraph(c, (330, top + 70), [f"new {block} {k} shall be informed" for k in range(6)])

    read = texts(read_pdf(make_pdf(page)))
    assert read.index("Change 2") == read.index("new 1 5 shall be informed") + 1


def test_numbers_that_hang_in_the_gutter_belong_to_the_right_column(make_pdf):
    def page(c):
        for column, x in enumerate((50, 310)):
            for number in range(3):
                top = 80 + number * 150 + column * 7
                put(c, (x, top), f"({3 * column + number + 1})")
                paragraph(c, (x + 28, top), [line[:44] for line in prose(9, start=9 * number)])

    read = texts(read_pdf(make_pdf(page)))
    numbers = [text[:3] for text in read if text.startswith("(")]
    assert numbers == ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]
    assert len(read) == 54


def page_with_furniture(number, side):
    def page(c):
        put(c, (70, 40), f"Gazette of Testland, no. 7 {'EN' if side else 'of May'}", 9)
        paragraph(c, (70, 90), prose(30, start=number * 30))
        put(c, (70, 800), "Published by the Office", 9)
        put(c, (300, 815), f"- {number} -", 9)

    return page


def test_furniture_is_marked_on_odd_and_even_pages_and_never_deleted(make_pdf):
    document = read_pdf(make_pdf(*[page_with_furniture(k, k % 2) for k in range(1, 8)]))
    assert len(texts(document, LineRole.HEADER)) == 7
    assert texts(document, LineRole.FOOTER) == ["Published by the Office"] * 7
    assert texts(document, LineRole.PAGE_NUMBER) == [f"- {k} -" for k in range(1, 8)]
    assert len(texts(document)) == 7 * 30


def test_a_heading_that_opens_many_pages_is_not_furniture(make_pdf):
    def page(number):
        def draw(c):
            put(c, (70, 60), f"Amendment {3 * number + 1}")
            paragraph(c, (70, 90), prose(30, start=number * 30))

        return draw

    document = read_pdf(make_pdf(*[page(k) for k in range(8)]))
    assert not texts(document, LineRole.HEADER)


def test_roman_page_numbers(make_pdf):
    def page(roman, number):
        def draw(c):
            paragraph(c, (70, 90), prose(20, start=number * 20))
            put(c, (300, 815), roman)

        return draw

    document = read_pdf(make_pdf(*[page(r, k) for k, r in enumerate(["ii", "iii", "iv", "v", "vi"])]))
    assert texts(document, LineRole.PAGE_NUMBER) == ["ii", "iii", "iv", "v", "vi"]


def test_single_page_number(make_pdf):
    def page(c):
        paragraph(c, (70, 90), prose(10))
        put(c, (300, 815), "1")

    assert texts(read_pdf(make_pdf(page)), LineRole.PAGE_NUMBER) == ["1"]


def test_footnotes_and_their_marks(make_pdf):
    def page(c):
        paragraph(c, (70, 90), prose(10))
        end = put(c, (70, 260), "Operators shall apply the standard")
        put(c, (end, 256), "12", 6)
        put(c, (end + 7, 260), " at all times.")
        rule(c, (70, 720), (190, 720))
        put(c, (70, 733), "12", 6)
        put(c, (84, 736), "Standard on records, second edition.", 8.5)
        put(c, (84, 747), "It may be had from the publisher.", 8.5)

    document = read_pdf(make_pdf(page))
    notes = [line for line in document.lines if line.role is LineRole.FOOTNOTE]
    assert [line.text for line in notes] == [
        "12 Standard on records, second edition.",
        "It may be had from the publisher.",
    ]
    assert notes[0].superscript_spans == ((0, 2),)
    marked = next(line for line in document.lines if "standard" in line.text and line.role is LineRole.BODY)
    (start, end) = marked.superscript_spans[0]
    assert marked.text[start:end] == "12"
    assert marked.text == "Operators shall apply the standard12 at all times."


def test_a_legend_at_the_foot_is_a_footnote_and_the_signature_is_not(make_pdf):
    def first(c):
        paragraph(c, (70, 90), prose(30))
        paragraph(c, (70, 760), ["Underlined words are new to the law.", "Struck words are deleted."], 7)

    def last(c):
        paragraph(c, (70, 90), prose(5, start=40))
        put(c, (70, 700), "Done at Testville", 9)

    document = read_pdf(make_pdf(first, last))
    assert len(texts(document, LineRole.FOOTNOTE)) == 2
    assert "Done at Testville" in texts(document)


@pytest.mark.parametrize("glued", [False, True])
def test_printed_line_numbers_are_split_off(make_pdf, glued):
    def page(number):
        def draw(c):
            for k, line in enumerate(prose(25, start=25 * number)):
                if glued:
                    put(c, (60, 90 + 20 * k), f"{k + 1} {line}")
                else:
                    put(c, (70 - c.stringWidth(str(k + 1), "Times-Roman", 11), 90 + 20 * k), str(k + 1))
                    put(c, (100, 90 + 20 * k), line)

        return draw

    document = read_pdf(make_pdf(page(0), page(1)))
    assert texts(document, LineRole.LINE_NUMBER) == [str(k) for _ in range(2) for k in range(1, 26)]
    assert texts(document) == prose(50)


def test_a_numbered_list_keeps_its_numbers(make_pdf):
    def page(c):
        for k, line in enumerate(prose(12)):
            put(c, (60, 90 + 40 * k), f"{k + 1} {line}")
            put(c, (60, 104 + 40 * k), "and this goes on in a second line.")

    document = read_pdf(make_pdf(page, page))
    assert not texts(document, LineRole.LINE_NUMBER)


def test_ruled_tables_are_read_cell_by_cell(make_pdf):
    def page(c):
        paragraph(c, (70, 60), ["Before the table."])
        for y in (100, 150, 200, 250):
            rule(c, (70, y), (500, y))
        for x in (70, 200, 500):
            rule(c, (x, 100), (x, 250))
        for k in range(3):
            paragraph(c, (75, 115 + 50 * k), [f"Outcome {k}", "of risk"])
            paragraph(
                c, (205, 115 + 50 * k), [f"The organisation documents the outcome {k}", "and reviews it."]
            )
        paragraph(c, (70, 280), ["After the table."])

    document = read_pdf(make_pdf(page))
    cells = [line.text for line in document.lines if line.role is LineRole.TABLE]
    expected = []
    for k in range(3):
        expected += [
            f"Outcome {k}",
            "of risk",
            f"The organisation documents the outcome {k}",
            "and reviews it.",
        ]
    assert cells == expected
    assert document.lines[0].text == "Before the table."
    assert document.lines[-1].text == "After the table."
    assert [line.column for line in document.lines if line.role is LineRole.TABLE] == [0, 0, 1, 1] * 3


def grid(canvas, xs, ys):
    """Ruling lines of a table."""
    for y in ys:
        rule(canvas, (xs[0], y), (xs[-1], y))
    for x in xs:
        rule(canvas, (x, ys[0]), (x, ys[-1]))


def nested_tables(canvas):
    """A table, with another one between two paragraphs of one of its cells."""
    put(canvas, (70, 60), "Before the tables.")
    grid(canvas, (70, 180, 520), (100, 140, 300, 340))
    grid(canvas, (200, 300, 400, 500), (190, 220, 250))
    put(canvas, (75, 115), "Class")
    put(canvas, (185, 115), "Duties of the keeper")
    put(canvas, (75, 155), "Sorting")
    paragraph(canvas, (185, 155), ["The keeper shall pay these fees", "once a year:"])
    for row, words in enumerate((("small", "medium", "large"), ("ten euro", "twenty euro", "ninety euro"))):
        for column, word in enumerate(words):
            put(canvas, (205 + 100 * column, 210 + 30 * row), word)
    put(canvas, (185, 275), "No fee is due for tests.")
    put(canvas, (75, 325), "Weighing")
    put(canvas, (185, 325), "The keeper shall keep records.")
    put(canvas, (70, 380), "After the tables.")


NESTED = (
    "Class|Duties of the keeper|Sorting|The keeper shall pay these fees|once a year:|small|medium|large|"
    "ten euro|twenty euro|ninety euro|No fee is due for tests.|Weighing|The keeper shall keep records."
)


def test_a_table_in_a_cell_is_read_in_its_place_and_flagged(make_pdf):
    document = read_pdf(make_pdf(nested_tables))
    assert [line.text for line in document.lines] == [
        "Before the tables.",
        *NESTED.split("|"),
        "After the tables.",
    ]
    assert [line.role is LineRole.TABLE for line in document.lines] == [False, *[True] * 14, False]
    assert [(notice.code, notice.page) for notice in document.warnings] == [("nested-table", 1)]
    (table,) = [unit for unit in segment(document).provisions if unit.kind is ProvisionKind.TABLE]
    words = " ".join(NESTED.split("|")[3:12])
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (0, 0, "Class"), (0, 1, "Duties of the keeper"), (1, 0, "Sorting"), (1, 1, words),
        (2, 0, "Weighing"), (2, 1, "The keeper shall keep records."),
    ]  # fmt: skip


def test_tables_ruled_across_only_part_their_columns_where_the_rules_meet(make_pdf):
    def page(c):
        for y in (100, 150, 200, 250):
            rule(c, (70, y), (200, y))
            rule(c, (200, y), (500, y))
        for k in range(3):
            put(c, (75, 115 + 50 * k), f"Outcome {k}")
            put(c, (205, 115 + 50 * k), f"The organisation documents outcome {k}")

    cells = [line for line in read_pdf(make_pdf(page)).lines if line.role is LineRole.TABLE]
    assert [line.text for line in cells][:2] == ["Outcome 0", "The organisation documents outcome 0"]


def test_a_frame_around_text_is_no_table(make_pdf):
    def page(c):
        c.rect(60, HEIGHT - 200, 400, 120)
        paragraph(c, (70, 100), prose(5))

    assert len(texts(read_pdf(make_pdf(page)))) == 5


def test_struck_and_underlined_text(make_pdf):
    def page(c):
        end = put(c, (70, 100), "The operator ")
        stop = put(c, (end, 100), "may")
        put(c, (stop, 100), " shall report.")
        rule(c, (end, 97), (stop, 97))
        last = put(c, (70, 130), "This whole line is gone and underlined.")
        rule(c, (70, 127), (last, 127))
        rule(c, (70, 131.5), (last, 131.5))

    part, whole = read_pdf(make_pdf(page)).lines
    assert [part.text[s:e] for s, e in part.struck_spans] == ["may"]
    assert (part.is_struck, part.is_underlined) == (False, False)
    assert (whole.is_struck, whole.is_underlined, whole.struck_spans) == (True, True, ())


def test_rotated_text_is_margin_and_its_box_lies_where_it_is(make_pdf):
    def page(c):
        paragraph(c, (100, 90), prose(10))
        c.saveState()
        c.translate(40, HEIGHT - 500)
        c.rotate(90)
        c.setFont("Times-Roman", 8)
        c.drawString(0, 0, "printed by the office")
        c.restoreState()

    document = read_pdf(make_pdf(page))
    (margin,) = [line for line in document.lines if line.role is LineRole.MARGIN]
    x0, y0, x1, y1 = margin.bbox
    assert margin.text == "printed by the office"
    assert 25 < x0 < x1 < 45
    assert y1 == pytest.approx(500, abs=1.5)
    assert y1 - y0 > x1 - x0


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_shown_turned_are_read_as_shown(make_pdf, turn):
    def page(c):
        c.setPageRotation(turn)
        c.saveState()
        # reportlab swaps the sides of the page, so that it is shown 595 wide at any turn
        middle = (595 / 2, 842 / 2) if turn == 180 else (842 / 2, 595 / 2)
        c.translate(*middle)
        c.rotate(turn)
        c.setFont("Times-Roman", 12)
        for k in range(3):
            c.drawString(-595 / 2 + 50, 842 / 2 - 100 - 20 * k, f"Line {k} of a turned page")
        c.restoreState()

    document = read_pdf(make_pdf(page))
    assert texts(document) == [f"Line {k} of a turned page" for k in range(3)]
    assert document.lines[0].bbox[0] == pytest.approx(50, abs=1)
    assert document.lines[0].bbox[3] == pytest.approx(100, abs=5)


def test_small_capitals_count_with_the_capitals(make_pdf):
    def page(c):
        end = put(c, (70, 100), "O", 11)
        end = put(c, (end, 100), "PERATORS ", 8)
        end = put(c, (end, 100), "S", 11)
        put(c, (end, 100), "HALL KEEP RECORDS OF USE", 8)
        paragraph(c, (70, 130), prose(3))

    line = read_pdf(make_pdf(page)).lines[0]
    assert (line.text, line.font_size) == ("OPERATORS SHALL KEEP RECORDS OF USE", 11)


def test_letter_spaced_headings_keep_their_words(make_pdf):
    def page(c):
        c.setFont("Times-Roman", 12)
        text = c.beginText(70, HEIGHT - 100)
        text.setCharSpace(3)
        text.textOut("CHAPTER ONE")
        c.drawText(text)

    assert texts(read_pdf(make_pdf(page))) == ["CHAPTER ONE"]


def test_words_without_space_glyphs_are_parted_by_their_gaps(make_pdf):
    def page(c):
        x = 70.0
        for word in ("Operators", "shall", "report", "incidents"):
            x = put(c, (x, 100), word) + 2.2

    assert texts(read_pdf(make_pdf(page))) == ["Operators shall report incidents"]


def test_text_painted_twice_counts_once(make_pdf):
    def page(c):
        put(c, (70, 100), "Model framework")
        put(c, (70.3, 100), "Model framework")

    assert texts(read_pdf(make_pdf(page))) == ["Model framework"]


def test_east_asian_text_has_no_spaces_but_printed_ones(make_pdf):
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))

    def page(c):
        put(c, (70, 100), "第一条　この法律は、試験の目的を定める。", 11, "HeiseiMin-W3")

    assert texts(read_pdf(make_pdf(page))) == ["第一条 この法律は、試験の目的を定める。"]


def test_hyphens_at_line_ends(make_pdf):
    lines = [
        "The governance of systems is the duty of the gover-",
        "nance board, which looks after high-risk uses and high-",
        "risk tools alike, in the UK-",
        "based office as elsewhere.",
    ]
    read = texts(read_pdf(make_pdf(lambda c: paragraph(c, (70, 100), lines))))
    assert [text[-1] for text in read] == ["\u00ad", "-", "-", "."]


def test_title_from_metadata_or_from_the_largest_lines(make_pdf):
    def page(c):
        put(c, (70, 80), "Act on Trustworthy Tests", 20)
        paragraph(c, (70, 120), prose(20))

    assert read_pdf(make_pdf(page, title="Law on Sample Systems")).title == "Law on Sample Systems"
    assert read_pdf(make_pdf(page, title="Microsoft Word - law.docx")).title == "Act on Trustworthy Tests"
    assert read_pdf(make_pdf(lambda c: put(c, (70, 90), "x"), name="short.pdf")).title == "short"


def test_pages_without_text_are_noticed_with_the_way_out(make_pdf, monkeypatch):
    path = make_pdf(
        lambda c: c.rect(50, 50, 100, 100, fill=1), lambda c: paragraph(c, (70, 90), prose(3)), lambda c: None
    )
    monkeypatch.setattr("fragcheck.pdf.ocr.is_available", lambda: False)
    document = read_pdf(path)
    assert document.pages[0].source is TextSource.NONE
    assert document.unread_pages == (1,)
    codes = {notice.page: notice for notice in document.warnings}
    assert codes[1].code == "page-without-text"
    assert "pip install 'fragcheck[ocr]'" in codes[1].message
    assert "apt-get install tesseract-ocr" in codes[1].message
    assert codes[3].code == "page-blank"
    off = read_pdf(path, ReadOptions(ocr="never"))
    assert "switched off" in off.warnings[0].message


def test_reading_twice_gives_the_same(make_pdf):
    path = make_pdf(*[page_with_furniture(k, k % 2) for k in range(1, 4)])
    assert read_pdf(path) == read_pdf(path)


WORD = st.text(st.sampled_from("abcdefghijklmnoprstuvw"), min_size=1, max_size=9)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.lists(WORD, min_size=1, max_size=8), min_size=1, max_size=12), shuffle=st.randoms())
def test_words_come_back_in_order_whatever_the_order_of_drawing(make_pdf, lines, shuffle):
    def page(c):
        order = list(range(len(lines)))
        shuffle.shuffle(order)
        for k in order:
            put(c, (70, 100 + 20 * k), " ".join(lines[k]))

    document = read_pdf(make_pdf(page))
    assert [line.text for line in document.lines] == [" ".join(words) for words in lines]


@given(st.text(max_size=60))
def test_skeletons_hold_every_number(text):
    words, numbers = _skeleton(text)
    assert words.count("#") >= len(numbers) or len(numbers) == 1
