"""Scripts that are written from right to left."""

from __future__ import annotations

from pathlib import Path

import pytest
import ziafont
from hypothesis import given
from hypothesis import strategies as st
from pdf_drawing import HEIGHT, put
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from fragcheck.pdf import read_pdf
from fragcheck.pdf.directions import in_reading_order

BRACKETS = str.maketrans("()", ")(")


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Article 9 (a)", "Article 9 (a)"),
        ("(9) ןוניפ", "פינון (9)"),
        ("2031 ةنسل (9) مقر", "رقم (9) لسنة 2031"),
        ("تالجس .١", "١. سجلات"),
        ("הז AI Act קוח", "חוק AI Act זה"),
        ("הז )א( קוח", "חוק (א) זה"),
        ("ןוניפ (א", "א) פינון"),
        ("3.5% דע 1.5%", "1.5% עד 3.5%"),
        ("the word קוח means a law", "the word חוק means a law"),
    ],
)
def test_a_printed_line_in_the_order_of_reading(printed, read):
    assert in_reading_order(printed)[0] == read


@given(st.text(alphabet="abאבגد ١2(),.", max_size=30))
def test_the_order_of_reading_loses_nothing(text):
    read, places = in_reading_order(text)
    assert sorted(places) == list(range(len(text)))
    moved = "".join(text[places.index(k)] for k in range(len(text)))
    unmirrored = str.maketrans("()", "..")  # some brackets are turned
    assert moved.translate(unmirrored) == read.translate(unmirrored)


def test_a_page_from_right_to_left_is_read_word_by_word(make_pdf):
    font = Path(ziafont.__file__).parent / "fonts" / "DejaVuSans.ttf"
    pdfmetrics.registerFont(TTFont("DejaVu", str(font)))
    lines = ["1. בחוק זה (2031) –", "(א) מחזיק ישמור רשומות 15 שנים;", "זה Act הוא חוק"]

    def page(c):
        for k, text in enumerate(lines):
            x = 500.0
            c.setFont("DejaVu", 11)
            for word in text.split(" "):
                shown = word if word.isalnum() and word.isascii() else word[::-1].translate(BRACKETS)
                shown = shown.replace("1302", "2031")
                x -= c.stringWidth(shown, "DejaVu", 11)
                c.drawString(x, HEIGHT - 100 - 20 * k, shown)
                x -= 4
        put(c, (70, 300), "A line from left to right.")

    assert [line.text for line in read_pdf(make_pdf(page)).lines] == [*lines, "A line from left to right."]
