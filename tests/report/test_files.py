"""The tables of a comparison as CSV and Parquet, as other programs read them."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from fragcheck.pipeline import comparison_report
from fragcheck.report.cells import safe_cell
from fragcheck.report.files import files_of, zipped
from fragcheck.report.table import Column, Table


def opened(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def csv_rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def archives(report_comparison):
    return {form: comparison_report(report_comparison, form) for form in ("csv", "parquet", "xlsx")}


def test_both_forms_hold_the_sheets_of_the_workbook(archives):
    book = openpyxl.load_workbook(io.BytesIO(archives["xlsx"]))
    stems = [name.lower().replace(" ", "_") for name in book.sheetnames]
    tables = {form: opened(archives[form]) for form in ("csv", "parquet")}
    for form, files in tables.items():
        assert list(files) == [f"{stem}.{form}" for stem in stems]
    for sheet, stem in zip(book, stems, strict=True):
        rows = csv_rows(tables["csv"][f"{stem}.csv"])
        frame = pd.read_parquet(io.BytesIO(tables["parquet"][f"{stem}.parquet"]))
        assert len(rows) == sheet.max_row == len(frame) + 1
        assert rows[0] == list(frame.columns) == [cell.value for cell in sheet[1]]


def test_figures_are_those_of_the_comparison_to_the_last_digit(archives, report_comparison):
    values = [
        divergence.value
        for pair in report_comparison.pairs
        for divergence in (pair.overall, *pair.principles)
    ]
    frame = pd.read_parquet(io.BytesIO(opened(archives["parquet"])["pairs.parquet"]))
    assert [None if pd.isna(value) else value for value in frame["D"]] == values
    head, *rows = csv_rows(opened(archives["csv"])["pairs.csv"])
    assert [float(row[head.index("D")]) if row[head.index("D")] else None for row in rows] == values


def test_parquet_has_typed_columns_and_the_exact_words(hostile_comparison):
    files = opened(comparison_report(hostile_comparison, "parquet"))
    schema = pq.read_schema(io.BytesIO(files["gaps.parquet"]))
    assert [str(schema.field(name).type) for name in ("Words", "Probability of none", "Page")] == [
        "string",
        "double",
        "int64",
    ]
    words = [
        word for name in ("requirements", "matches", "gaps")
        for column, kind in pd.read_parquet(io.BytesIO(files[f"{name}.parquet"])).items()
        if "ords" in str(column)
        for word in kind
    ]  # fmt: skip
    assert any(word.startswith("=HYPERLINK(") for word in words)


def test_no_field_of_a_csv_file_is_a_formula(hostile_comparison):
    files = opened(comparison_report(hostile_comparison, "csv"))
    fields = [field for content in files.values() for row in csv_rows(content) for field in row]
    assert any(field.startswith("'=HYPERLINK(") for field in fields)
    for field in fields:
        if field.startswith(("=", "+", "-", "@", "\t")):
            float(field)  # a number below zero and nothing else


def test_equal_results_give_equal_bytes(archives, report_comparison):
    for form in ("csv", "parquet"):
        assert comparison_report(report_comparison, form) == archives[form]


def test_odd_tables_are_written_all_the_same():
    columns = Column("D", "shade"), Column("D"), Column("D (2)", "count")
    rows = ((0.5, "half \ud800 pair", None), (None, None, 7))
    files = files_of([Table("One two", columns, rows), Table("Empty", columns, ())], "parquet")
    assert list(files) == ["one_two.parquet", "empty.parquet"]
    table = pq.read_table(io.BytesIO(files["one_two.parquet"]))
    assert table.column_names == ["D", "D (2)", "D (2) (2)"]
    assert table.to_pydict() == {"D": [0.5, None], "D (2)": ["half ? pair", None], "D (2) (2)": [None, 7]}
    assert pq.read_table(io.BytesIO(files["empty.parquet"])).num_rows == 0
    assert opened(zipped(files)) == files
    long = files_of([Table("One", columns[1:2], (("x" * 40_000,),))], "csv")["one.csv"]
    assert csv_rows(long)[1][0].endswith(" […]")


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("=1", "'=1"), (" \n@x", "' \n@x"), ("a=1", "a=1"), (-1.5, -1.5), (None, None), ("\ud800-1", "'-1")],
)
def test_cells_that_no_spreadsheet_runs(value, wanted):
    assert safe_cell(value) == wanted
