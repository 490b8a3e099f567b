"""What is no text among the objects of a page, however many texts stand around it."""

from __future__ import annotations

import random

import pypdfium2
import pytest
from pdf_drawing import put, rule

from fragcheck.pdf import ReadOptions, read_pdf
from fragcheck.pdf.contents import others_than_text, shows_text_in_forms
from fragcheck.pdf.engine import open_page


def others(path, *, counted):
    with pypdfium2.PdfDocument(path) as pdf:
        page = open_page(pdf, 0)
        found = others_than_text(page, counted=counted)
        page.close()
    return len(found)


@pytest.mark.parametrize("seed", range(12))
def test_every_rule_amid_texts_is_found(make_pdf, seed):
    rng = random.Random(seed)
    before = [rng.choice((0, 1, 3, 40, 90)) for _ in range(rng.randint(0, 8))]

    def page(c):
        for place, count in enumerate(before):
            for k in range(count):
                put(c, (60 + 5 * (k % 90), 40 + 12 * place), rng.choice("abc "), 6)
            rule(c, (60, 44 + 12 * place), (200, 44 + 12 * place))
        put(c, (60, 700), "end")

    path = make_pdf(page)
    assert others(path, counted=True) == others(path, counted=False) == len(before)


FORM = b"7 0 obj << /Type /XObject /Subtype /Form /Length 9 "


@pytest.mark.parametrize(
    ("data", "shows"),
    [
        (b"1 0 obj << /Type /Page >> endobj", False),
        (b"1 0 obj << /AcroForm 4 0 R >> endobj", False),
        (FORM + b"/Resources << >> >> stream", False),
        (FORM + b"/Resources<</ProcSet[/PDF]/XObject<</Im0 8 0 R>>>> >> stream", False),
        (FORM + b"/Resources << /Font << /F1 5 0 R >> >> >> stream", True),
        (FORM + b"/Resources 8 0 R >> stream", True),
        (FORM + b">> stream", True),
        (FORM + b"/Resources << >> >> stream endobj " + FORM + b">> stream", True),
        (FORM.replace(b"/Form", b"/F#6Frm") + b"/Resources << >> >> stream", True),
    ],
)
def test_forms_that_may_show_text(data, shows):
    assert shows_text_in_forms(data) is shows


def test_a_rule_in_a_form_that_shows_text_is_no_text_of_the_page(make_pdf):
    def page(c):
        for k in range(40):
            put(c, (60, 60 + 14 * k), f"Line {k} of the text")
        c.beginForm("note")
        put(c, (60, 700), "Inserted words")
        put(c, (60, 720), "and what follows")
        rule(c, (60, 702), (133, 702))
        c.endForm()
        c.doForm("note")
        for k in range(3):
            put(c, (60, 740 + 14 * k), f"Line {k} below it")

    path = make_pdf(page)
    assert shows_text_in_forms(path.read_bytes())
    marked = [line.text for line in read_pdf(path, ReadOptions(ocr="never")).lines if line.is_underlined]
    assert marked == ["Inserted words"]
