"""Parts of the reader on small inputs."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_drawing import HEIGHT, paragraph, prose, put
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader

from fragcheck.errors import MalformedPdf
from fragcheck.pdf import ReadOptions, ocr, read_pdf
from fragcheck.pdf.characters import is_visible, text_of
from fragcheck.pdf.continued import mark_continuations
from fragcheck.pdf.engine import open_page
from fragcheck.pdf.fallback import fallback_pages
from fragcheck.pdf.fragments import turned_back, upright
from fragcheck.pdf.furniture import _roman_value, mark_furniture
from fragcheck.pdf.hyphens import FEW_WORDS, _counts, mark_soft_hyphens
from fragcheck.pdf.placing import place
from fragcheck.pdf.raised import as_exponent, is_note_mark
from fragcheck.pdf.rules import read_rules
from fragcheck.pdf.runs import runs_of
from fragcheck.pdf.tables import find_tables
from fragcheck.pdf.titles import title_of
from fragcheck.records import Line, LineRole, TextSource

BOX = st.tuples(*[st.floats(0, 900, allow_nan=False)] * 4)


def line(text, page=1, y=100.0, size=11.0, role=LineRole.BODY):
    return Line(text, page, (70.0, y, 400.0, y + size), size, role=role)


def body(page):
    return [line(text, page, 100 + 15 * k) for k, text in enumerate(prose(20, 50 * page))]


def rules_of(pdf):
    page = open_page(pdf, 0)
    rules, all_asked = (read_rules([page], [counted])[0] for counted in (True, False))
    page.close()
    assert np.array_equal(rules.horizontal, all_asked.horizontal)
    assert np.array_equal(rules.vertical, all_asked.vertical)
    return rules


@given(BOX, st.integers(0, 3))
def test_turning_a_box_back_undoes_turning_it(box, turn):
    turned = upright(np.array([box]), turn, 595.0, 842.0)[0]
    assert turned_back(tuple(turned), turn, 595.0, 842.0) == pytest.approx(box, abs=1e-6)


@pytest.mark.parametrize(("figure", "value"), [("i", 1), ("iv", 4), ("xiv", 14), ("xl", 40), ("xcix", 99)])
def test_roman_figures(figure, value):
    assert _roman_value(figure) == value


FURNITURE = [
    (["Act on Tests", "Act on Tests", "Act on Tests"], True),
    (["Gazette page 5", "Gazette page 6", "Gazette page 7"], True),
    (["5 Gazette", "Gazette 6", "7 Gazette", "Gazette 8"], True),
    (["Change 5", "Change 9", "Change 14"], False),
    (["Scope of the Act", "Meaning of terms", "Duties of users"], False),
]


@pytest.mark.parametrize(("heads", "expected"), FURNITURE)
def test_running_heads(heads, expected):
    lines = []
    for page, head in enumerate(heads, 1):
        lines += [
            line(head, page, 40),
            *[line(text, page, 100 + 15 * k) for k, text in enumerate(prose(20, 50 * page))],
        ]
    marked = mark_furniture(lines, [842.0] * len(heads))
    assert [entry.text for entry in marked] == [entry.text for entry in lines]
    assert all((entry.role is LineRole.HEADER) == expected for entry in marked if entry.text in heads)


def test_a_changing_head_at_the_place_of_the_others_is_a_head_too():
    heads = ["Part A"] * 5 + ["Interlude"] + ["Part B"] * 5
    lines = []
    for page, head in enumerate(heads, 1):
        lines += [
            line(head, page, 40),
            *[line(text, page, 100 + 15 * k) for k, text in enumerate(prose(20, 50 * page))],
        ]
    marked = mark_furniture(lines, [842.0] * len(heads))
    assert next(entry for entry in marked if entry.text == "Interlude").role is LineRole.HEADER


def test_a_bare_number_that_fits_the_count_is_the_page_number():
    lines = []
    for page in range(1, 7):
        text = str(100 + page) if page == 1 else f"Gazette {100 + page}"
        lines += [line(text, page, 40), line(f"text {page} of the page", page, 300)]
    assert mark_furniture(lines, [842.0] * 6)[0].role is LineRole.PAGE_NUMBER


HYPHENS = [
    # (lines, last sign of the first one)
    (["the gover-", "nance of it", "good governance"], "\u00ad"),
    (["a high-", "risk system", "any high-risk use"], "-"),
    (["their protec-", "tion is due"], "\u00ad"),
    (["self-", "testing tools"], "-"),
    (["the EU-", "based firm"], "-"),
    (["Franco-", "German work"], "-"),
    (["INFORMA-", "TION DUTIES"], "\u00ad"),
    (["pages 12-", "14 of it"], "-"),
    (["a soft\u00ad", "ware tool"], "\u00ad"),
    (["a lone\u00ad"], "-"),
    (["risk based-", "(see there)"], "-"),
    (["a consensus-", "driven process"], "-"),
    (["it was in-", "effective then"], "\u00ad"),
]


@pytest.mark.parametrize(("texts", "sign"), HYPHENS)
def test_hyphens_at_the_line_end(texts, sign):
    marked = mark_soft_hyphens([line(text, y=100 + 15 * k) for k, text in enumerate(texts)])
    assert marked[0].text[-1] == sign
    assert [entry.text[:-1] for entry in marked] == [text[:-1] for text in texts]


def test_a_footer_between_the_halves_of_a_word_does_not_part_them():
    lines = [
        line("the gover-"),
        line("Gazette", role=LineRole.FOOTER),
        line("nance", page=2),
        line("governance", page=2),
    ]
    assert mark_soft_hyphens(lines)[0].text == "the gover\u00ad"


@given(st.lists(st.text(alphabet="abÄé’--\u00ad 1.,\n\f", max_size=30), max_size=6), st.booleans())
def test_words_are_counted_as_a_pattern_finds_them_but_for_those_at_line_ends(texts, all_of_them):
    found = [re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold()) for text in texts]
    cut = [
        words[1:-1] if text[-1:] in ("-", "\u00ad") else words[1:]
        for text, words in zip(texts, found, strict=True)
    ]
    expected = Counter(word for words in cut for word in words)
    asked = {"a", "ab", "a-b", "b", "äé"}
    if all_of_them:
        asked |= {f"none{'x' * index}" for index in range(FEW_WORDS)}
    counts = _counts([line(text) for text in texts], asked)
    assert {word: counts[word] for word in asked} == {word: expected[word] for word in asked}


def test_table_heads_printed_again_and_notes_of_continuation_are_furniture():
    table = LineRole.TABLE

    def page(number):
        return [
            line(
                "Table 2: Duties by role (continued)" if number > 1 else "Table 2: Duties by role", number, 60
            ),
            line("Role of the person", number, 80, role=table),
            line("Duty", number, 80, role=table),
            line(f"Provider {number}", number, 100, role=table),
            line(f"keeps record {number}", number, 100, role=table),
            line("Continued on next page", number, 700),
        ]

    marked = mark_continuations([*page(1), *page(2)])
    assert [entry.role.value for entry in marked[:6]] == [
        "body",
        "table",
        "table",
        "table",
        "table",
        "footer",
    ]
    assert [entry.role.value for entry in marked[6:]] == ["header"] * 3 + ["table", "table", "footer"]


def test_words_about_continuing_stay_text():
    lines = [
        line("Continued use of the system requires a new test."),
        line("It continued on the next day.", y=120),
    ]
    assert mark_continuations(lines) == lines


RAISED = [
    # (text before, raised, power, note)
    ("more than 10", "25", "²⁵", False),
    ("10", "-6", "⁻⁶", False),
    ("2 × 10", "23", "²³", False),
    ("Article 10", "12", None, True),
    ("of the Council", "7", None, True),
    ("in 2010", "3", None, True),
    ("text.", "*", None, True),
    ("le ", "a", None, True),
    ("Livre I", "er", None, False),
    ("n", "o", None, False),
    ("the 1", "st", None, False),
]


@pytest.mark.parametrize(("before", "raised", "power", "note"), RAISED)
def test_raised_characters(before, raised, power, note):
    assert as_exponent(before, raised) == power
    if power is None:
        assert is_note_mark(before, raised) is note


TITLES = [
    ("Act on Automated Systems", "Act on Automated Systems"),
    ("untitled", "Large Heading of the Act"),
    ("draft_v7.docx", "Large Heading of the Act"),
    ("TA", "Large Heading of the Act"),
    ("人工智能示例管理办法", "人工智能示例管理办法"),
    ("Act\x00 on  \n Automated Systems", "Act on Automated Systems"),
]


@pytest.mark.parametrize(("stated", "expected"), TITLES)
def test_titles(stated, expected):
    lines = [line("Large Heading", size=20), line("of the Act", y=125, size=20)]
    lines += [line(text, y=150 + 15 * k) for k, text in enumerate(prose(10))]
    assert title_of(stated, lines, "file") == expected


def test_titles_without_anything_to_go_by():
    assert title_of("", [], "file") == "file"
    assert title_of("", [line("x"), line("The first long line")], "file") == "The first long line"


def test_no_table_without_rules():
    none = np.zeros((0, 4))
    assert find_tables(none, none) == ()
    across = np.array([[0.0, y, 300.0, y] for y in (0.0, 50.0, 100.0)])
    assert find_tables(across, none) == ()
    down = np.array([[x, 0.0, x, 100.0] for x in (0.0, 300.0)])
    assert find_tables(across, down) == ()


def test_cells_of_a_table_in_reading_order():
    across = np.array([[0.0, y, 300.0, y] for y in (0.0, 50.0, 100.0)])
    down = np.array([[x, 0.0, x, 100.0] for x in (0.0, 100.0, 300.0)])
    (table,) = find_tables(across, down)
    assert table.columns == (0, 1, 0, 1)
    assert [cell[:2] for cell in table.cells] == [(0, 0), (100, 0), (0, 50), (100, 50)]
    assert table.cell_at(150, 60) == 3
    assert table.cell_at(999, 60) == -1


def test_rules_in_forms_rectangles_and_curves(make_pdf):
    def page(c):
        c.beginForm("box")
        c.rect(0, 0, 100, 50)
        c.endForm()
        c.saveState()
        c.translate(100, HEIGHT - 300)
        c.doForm("box")
        c.restoreState()
        c.rect(300, HEIGHT - 101, 80, 0.8, stroke=0, fill=1)
        c.circle(300, 300, 40)
        c.line(300, 500, 350, 560)

    pdf = pypdfium2.PdfDocument(make_pdf(page))
    rules = rules_of(pdf)
    pdf.close()
    assert sorted(rules.horizontal[:, 1].round().tolist()) == [100, 250, 300]
    assert sorted(rules.vertical[:, 0].round().tolist()) == [100, 200]


def test_a_drawing_of_thousands_of_lines_has_no_rules(make_pdf):
    def page(c):
        for k in range(4200):
            c.line(10, 10 + k / 10, 500, 10 + k / 10)

    pdf = pypdfium2.PdfDocument(make_pdf(page))
    assert len(rules_of(pdf).horizontal) == 0
    pdf.close()


def test_glyphs_without_bulk_text_are_asked_one_by_one(make_pdf, monkeypatch):
    path = make_pdf(lambda c: put(c, (70, 100), "Records of use"))
    pdf = pypdfium2.PdfDocument(path)
    bulk = open_page(pdf, 0)
    monkeypatch.setattr("fragcheck.pdf.engine.pdfium.FPDFText_GetText", lambda *_: 0)
    single = open_page(pdf, 0)
    assert text_of([bulk, single]).codes.tolist() == 2 * [ord(c) for c in "Recordsofuse"]
    assert single.codes.tolist() == bulk.codes.tolist()
    bulk.close()
    single.close()
    pdf.close()


def test_pieces_are_as_wide_and_high_as_their_characters_asked_one_by_one(make_pdf):
    def page(c):
        for k, words in enumerate(prose(30, 400)):
            c.setFont("Times-Italic" if k % 3 else "Helvetica", 9 + k % 4)
            put(c, (70, 80 + 20 * k), words)
        put(c, (70, 760), "one            two – three 12345 (a)")

    pdf = pypdfium2.PdfDocument(make_pdf(page))
    opened = open_page(pdf, 0)
    text = text_of([opened])
    starts, boxes, _ = place(text, runs_of(text, [np.zeros((0, 4))]))
    asked = text.source.boxes(text.pages, text.indices)
    opened.close()
    pdf.close()
    assert 3 * len(starts) < len(asked)
    for start, end, box in zip(starts, [*starts[1:], len(asked)], boxes, strict=True):
        low, high = asked[start:end].min(axis=0), asked[start:end].max(axis=0)
        assert box.tolist() == pytest.approx([low[0], high[1], high[2], low[3]], abs=0.1)


def word_by_word(c, at, words, gap=3.0):
    """Each word a text object of its own: its text alone, or (text, font, size, rise, gap behind it)."""
    x = at[0]
    for word in words:
        text, font, size, rise, *wide = (word, "Times-Roman", 11, 0) if isinstance(word, str) else word
        x = put(c, (x, at[1] - rise), text, size, font) + (wide[0] if wide else gap)


PLAIN = ["Operators", "shall", "keep", "records", "of", "every", "test"]
ALL = " ".join(PLAIN)
SET_OTHERWISE = [
    (PLAIN, [ALL]),
    ([*PLAIN, "(a)", "of", "2024"], [f"{ALL} (a) of 2024"]),
    ([*PLAIN[:2], *((word, "Times-Bold", 11, 0) for word in PLAIN[2:])], []),
    ([PLAIN[0], *((word, "Times-Italic", 11, 0) for word in PLAIN[1:5]), *PLAIN[5:]], []),
    ([*PLAIN[:3], ("records", "Times-Roman", 8, 0), *PLAIN[4:]], []),
    ([*PLAIN, ("raised", "Times-Roman", 11, 3), "words", "again"], [ALL]),
    ([*PLAIN, ("raised", "Times-Roman", 11, 3), *PLAIN], [ALL, ALL]),
    ([("(12)", "Times-Roman", 11, 0, 14), *PLAIN], [ALL]),
    ([*PLAIN, ("each", "Times-Roman", 11, 0, 40), "kind"], [f"{ALL} each"]),
    (PLAIN[:3], []),
]


@pytest.mark.parametrize(("words", "even"), SET_OTHERWISE)
def test_lines_that_are_set_alike_are_known_by_where_their_words_begin(make_pdf, words, even):
    def page(c):
        word_by_word(c, (70, 100), words)
        word_by_word(c, (70, 130), PLAIN)

    pdf = pypdfium2.PdfDocument(make_pdf(page))
    opened = open_page(pdf, 0)
    text = text_of([opened])
    starts, boxes, _ = place(text, runs_of(text, [np.zeros((0, 4))]))
    asked = text.source.boxes(text.pages, text.indices)
    opened.close()
    pdf.close()
    codes, spaced = text.codes.tolist(), text.spaced.tolist()
    found = [
        "".join(" " * spaced[index] + chr(codes[index]) for index in range(start, end + 1)).strip()
        for start, end in zip(text.even.starts, text.even.ends, strict=True)
    ]
    assert found == [*even, ALL]
    for start, end, box in zip(starts, [*starts[1:], len(asked)], boxes, strict=True):
        low, high = asked[start:end].min(axis=0), asked[start:end].max(axis=0)
        assert box.tolist() == pytest.approx([low[0], high[1], high[2], low[3]], abs=0.1)


def test_what_is_raised_or_set_off_inside_a_word_is_seen(make_pdf):
    def page(c):
        x = put(c, (70, 100), "Records of the tests are kept by law for 10")
        put(c, (x, 96), "25", size=7)
        put(c, (x + 8, 100), " tests of each kind.")
        x = put(c, (70, 130), "Each of these operators shall keep the following")
        x = put(c, (x + 1.6, 130), ":")
        put(c, (x + 3, 130), "all records of each test")
        x = put(c, (70, 160), "Each of these operators shall keep the tests")
        put(c, (x + 1.6, 160), "of records and say so.")

    assert [entry.text for entry in read_pdf(make_pdf(page)).lines] == [
        "Records of the tests are kept by law for 10²⁵ tests of each kind.",
        "Each of these operators shall keep the following : all records of each test",
        "Each of these operators shall keep the tests of records and say so.",
    ]


@pytest.mark.parametrize(
    ("character", "seen"), [("a", True), (" ", False), ("\u3000", False), ("\x00", False), ("法", True)]
)
def test_visible_characters(character, seen):
    assert is_visible(character) is seen


def test_files_that_pdfium_refuses_are_repaired(make_pdf, monkeypatch):
    def page(c):
        paragraph(c, (70, 90), ["Operators shall keep records.", "They last five years."])

    path = make_pdf(page, lambda c: None)

    def refuse(*_):
        raise MalformedPdf("refused")

    monkeypatch.setattr("fragcheck.pdf.reader.open_or_mend", refuse)
    document = read_pdf(path)
    assert [entry.text for entry in document.lines] == [
        "Operators shall keep records.",
        "They last five years.",
    ]
    assert document.warnings[0].code == "file-repaired"
    assert document.unread_pages == (2,)
    path.write_bytes(b"%PDF-1.7 and nothing else")
    with pytest.raises(MalformedPdf, match="refused"):
        read_pdf(path)


def test_the_fallback_has_no_pages_where_it_cannot_open_either():
    with fallback_pages(b"nothing", None) as pages:
        assert pages is None


WORDS = {
    "text": ["Operators", "shall", "", "report", "noise"],
    "conf": [90, 80, -1, 70, -1],
    "block_num": [1, 1, 1, 1, 2],
    "par_num": [1, 1, 1, 1, 1],
    "line_num": [1, 1, 1, 2, 1],
    "left": [300, 600, 0, 300, 0],
    "top": [300, 310, 0, 360, 0],
    "width": [200, 90, 0, 100, 0],
    "height": [40, 30, 0, 40, 0],
}


def test_words_of_ocr_become_lines():
    page = ocr.page_of(WORDS, 3, 72 / 300)
    assert [entry.text for entry in page.lines] == ["Operators shall", "report"]
    assert page.lines[0].bbox == (72.0, 72.0, 165.6, 81.6)
    assert page.confidence == pytest.approx(0.8)
    assert ocr.page_of({key: [] for key in WORDS}, 3, 0.24) is None


def scanned(c):
    image = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(image).text((150, 200), "Operators shall keep records", 0, ImageFont.load_default(48))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    c.drawImage(ImageReader(buffer), 0, 0, 595, 842)


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="apt-get install tesseract-ocr")
def test_a_scanned_page_is_read_by_tesseract(make_pdf):
    document = read_pdf(make_pdf(scanned))
    assert document.pages[0].source is TextSource.OCR
    assert document.pages[0].ocr_confidence > 0.7
    assert document.warnings[0].code == "page-read-by-ocr"
    assert "Operators shall keep records" in [entry.text for entry in document.lines]
    assert document.lines[0].bbox[0] == pytest.approx(72, abs=6)


def test_ocr_that_finds_nothing_or_fails_leaves_the_page_unread(make_pdf, monkeypatch):
    pytesseract = pytest.importorskip("pytesseract")
    path = make_pdf(scanned)
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    monkeypatch.setattr(ocr, "_languages", lambda: "eng")

    def fail(*_, **__):
        raise RuntimeError("Tesseract process timeout")

    monkeypatch.setattr(pytesseract, "image_to_data", fail)
    document = read_pdf(path, ReadOptions())
    assert document.unread_pages == (1,)
    assert "OCR finds none" in document.warnings[0].message
