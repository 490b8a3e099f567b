"""Tables to download: no cell is a formula, nothing is lost."""

import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from fragcheck.report.cells import safe_cell
from fragcheck.ui.table_files import as_csv, as_xlsx, table_of


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=cmd()", "'=cmd()"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("", ""),
        (-1, -1),
        (None, None),
        ("a\x00b\x1f", "ab"),
        ("\x00=1", "'=1"),
    ],
)
def test_cells(value, cell):
    assert safe_cell(value) == cell


values = st.one_of(st.none(), st.integers(-1000, 1000), st.text(max_size=30))


@given(st.lists(st.fixed_dictionaries({"Name": values, "=Head": values}), min_size=1, max_size=4))
def test_no_file_holds_a_formula_and_both_hold_the_same(rows):
    read = list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig"), newline="")))
    assert sorted(read[0]) == ["'=Head", "Name"]
    assert len(read) == len(rows) + 1
    for line in read[1:]:
        for cell in line:
            assert not cell.startswith(("=", "+", "@", "\t", "\r"))
            assert not cell.startswith("-") or math.isfinite(float(cell))


def test_a_workbook_reads_back():
    rows = [{"Name": "=1+1", "Page": 3}, {"Name": "Article 1", "Page": None}]
    sheet = load_workbook(io.BytesIO(as_xlsx(rows, "a/b"))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Name", "Page"],
        ["'=1+1", 3],
        ["Article 1", None],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet.freeze_panes == "A2"


def test_no_rows_give_an_empty_file():
    assert as_csv([]) == b"\xef\xbb\xbf"
    assert load_workbook(io.BytesIO(as_xlsx([], "x"))).active.max_row <= 1


def test_the_table_on_the_page_is_safe_to_save():
    found = table_of([{"Name": "=1+1", "Page": 3}, {"Name": "-", "Page": None}])
    assert list(found["Name"]) == ["'=1+1", "'-"]
    assert found["Page"][0] == 3
