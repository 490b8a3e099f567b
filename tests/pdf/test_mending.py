"""Files that are cut off in the middle: whole pages are read, all else is said."""

import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_drawing import paragraph, prose

from fragcheck.errors import MalformedPdf
from fragcheck.pdf import ReadOptions, read_pdf, read_pdf_isolated, render_page
from fragcheck.pdf.mending import is_cut_off, mended

OPTIONS = ReadOptions(ocr="never")


def texts_by_page(document):
    return {
        page.number: [line.text for line in document.lines if line.page == page.number]
        for page in document.pages
    }


def drawn(make_pdf, pages=6):
    def page_of(number):
        return lambda c: paragraph(c, (70, 90), [f"Page {number} says:", *prose(8, 30 * number)])

    return make_pdf(*map(page_of, range(1, pages + 1)), name="whole.pdf")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0.01, 0.999))
def test_whole_pages_before_a_cut_are_read_as_ever_and_the_others_are_named(make_pdf, tmp_path, share):
    whole = drawn(make_pdf)
    expected, data = texts_by_page(read_pdf(whole, OPTIONS)), whole.read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: int(share * len(data))])
    try:
        document = read_pdf(path, OPTIONS)
    except MalformedPdf as error:
        assert "cut.pdf" in str(error)  # noqa: PT017 - most cuts leave pages
        return
    assert document.warnings[0].code == "file-cut-off"
    found = texts_by_page(document)
    unread = set(document.unread_pages)
    assert {number: found[number] for number in found if number not in unread} == {
        number: expected[number] for number in found if number not in unread
    }
    assert unread == {notice.page for notice in document.warnings if notice.code == "page-damaged"}
    assert len(found) == len(expected)


def test_the_notice_counts_pages_and_pages_can_be_drawn(make_pdf, tmp_path):
    data = drawn(make_pdf).read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: data.rindex(b"stream")])
    document = read_pdf_isolated(path, OPTIONS)
    assert "5 of 6 pages stand whole before the cut" in document.warnings[0].message
    assert document.unread_pages == (6,)
    assert render_page(path, 1, scale=0.2).startswith(b"\x89PNG")


def packed(*objects):
    """A stream of packed objects, each given as (number, text)."""
    index = " ".join(
        f"{number} {sum(len(text) + 1 for _, text in objects[:k])}" for k, (number, _) in enumerate(objects)
    )
    body = zlib.compress(f"{index} {' '.join(text for _, text in objects)}".encode())
    head = f"<</Type/ObjStm/N {len(objects)}/First {len(index) + 1}/Length {len(body)}/Filter/FlateDecode>>"
    return head.encode() + b"\nstream\n" + body + b"\nendstream"


FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def file_of(*objects, head=b"%PDF-1.5\n"):
    """A file of objects, given as (number, bytes or text), without an end."""
    parts = [
        f"{number} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
        for number, body in objects
    ]
    return head + b"".join(parts)


def page(number, contents, more="/Resources<</Font<</F1 9 0 R>>>>"):
    text = f"BT /F1 12 Tf 72 700 Td (Operators keep records {number}.) Tj ET"
    return [
        (number, f"<</Type/Page/MediaBox[0 0 595 842]/Contents {contents} 0 R{more}>>"),
        (contents, f"<</Length {len(text)}>>\nstream\n{text}\nendstream"),
    ]


def test_packed_objects_before_the_cut_are_found(tmp_path):
    path = tmp_path / "packed.pdf"
    path.write_bytes(
        file_of(*page(1, 11), (20, packed((9, FONT), (30, "<<>>"))), *page(2, 12)) + b"40 0 obj\n<<"
    )
    document = read_pdf(path, OPTIONS)
    assert [line.text for line in document.lines] == [
        "Operators keep records 1.",
        "Operators keep records 2.",
    ]
    assert "pages behind it may be missing" in document.warnings[0].message


TWO = (*page(1, 11), (9, FONT))
TREE = "<</Type/Pages/Kids[{}]/Count 2{}>>"
LOST = [
    ("its text", file_of(*TWO, page(2, 12)[0]), (2,)),
    ("its font", file_of(*TWO, *page(2, 12, "/Resources<</Font<</F1 8 0 R>>>>")), (2,)),
    (
        "what its font is made of",
        file_of(
            *TWO, *page(2, 12, "/Resources 7 0 R"), (7, "<</Font<</F1 8 0 R>>>>"), (8, "<</ToUnicode 6 0 R>>")
        ),
        (2,),
    ),
    ("its resources", file_of(*TWO, *page(2, 12, "/Resources 7 0 R")), (2,)),
    (
        "nothing: its resources are those of the tree",
        file_of(
            *TWO,
            *page(2, 12, "/Parent 5 0 R"),
            (5, TREE.format("1 0 R 2 0 R", "/Resources<</Font<</F1 9 0 R>>>>")),
        ),
        (),
    ),
    ("a page", file_of(*TWO, (5, TREE.format("2 0 R 1 0 R", ""))), (1,)),
]


@pytest.mark.parametrize(("what", "data", "unread"), LOST)
def test_pages_that_lost_something_stay_unread_in_their_place(tmp_path, what, data, unread):
    path = tmp_path / "cut.pdf"
    path.write_bytes(data)
    document = read_pdf(path, OPTIONS)
    assert document.unread_pages == unread, what
    assert len(document.pages) == 2
    assert len(document.lines) == 2 - len(unread)


REFUSED = [
    b"%PDF-1.7\n1 0 obj\n<</Type/Page",
    b"%PDF-1.7 and nothing else",
    file_of(page(1, 11)[0], (9, FONT)),
    file_of(*page(1, 11), (9, FONT)) + b"8 0 obj\n<</Encrypt 7 0 R>>\nendobj\n",
    file_of(
        (1, "<</Type/Pages/Kids[1 0 R 1 0 R]/Count 2>>"), (2, "<</Type/Pages/Kids[1 0 R 2 0 R]/Count 9>>")
    ),
    file_of((20, b"<</Type/ObjStm/N 9/First 4/Filter/FlateDecode>>\nstream\nno zlib\nendstream")),
]


@pytest.mark.parametrize("data", REFUSED)
def test_what_holds_no_whole_page_is_refused_and_said_to_be_cut_off(tmp_path, data):
    path = tmp_path / "cut.pdf"
    path.write_bytes(data)
    with pytest.raises(MalformedPdf, match=r"cut\.pdf is a PDF that is cut off in the middle"):
        read_pdf(path, OPTIONS)


def test_files_with_an_end_are_none_of_these(make_pdf):
    data = drawn(make_pdf, 1).read_bytes()
    assert not is_cut_off(data)
    assert not is_cut_off(data + b"\n<html>" * 1000)
    assert not is_cut_off(b"no PDF at all")
    assert is_cut_off(data[: data.rindex(b"startxref")])


def test_streams_that_unpack_without_end_are_left(monkeypatch):
    monkeypatch.setattr("fragcheck.pdf.mending.MOST_UNPACKED", 1000)
    bomb = packed((9, FONT), (30, "0" * 100_000))
    found = mended(file_of(*page(1, 11), (20, bomb), (21, bomb)))
    assert found is not None
    assert len(found.data) < 3000
