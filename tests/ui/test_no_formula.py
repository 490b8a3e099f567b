"""Whatever a document begins with, no file that the app or the reports give out runs it in a spreadsheet."""

import csv
import io

import numpy as np
import pytest
from openpyxl import load_workbook

from fragcheck.exchange import crosswalk_olir, crosswalk_sssom
from fragcheck.formats.formulas import is_formula
from fragcheck.records import (
    Crosswalk,
    CrosswalkRow,
    CrosswalkSide,
    Document,
    Provision,
    ProvisionKind,
    Relation,
    Segmentation,
    Tradition,
)
from fragcheck.report.files import files_of
from fragcheck.report.table import Column, Table
from fragcheck.report.workbook import tables_workbook
from fragcheck.ui.matrix import Matrix
from fragcheck.ui.matrix import as_csv as matrix_csv
from fragcheck.ui.table_files import as_csv, as_xlsx, table_of

SIGNS = "=+-@|%\t\r\n＝＋－＠｜％"
ATTACKS = [
    *(f"{sign}1+cmd|' /C calc'!A0" for sign in SIGNS),
    " =1",
    "\ufeff=1",
    "\u200b+1",
    "\u3000@SUM(1)",
    "\x00=1",
    "\x1f-1",
]
HARMLESS = ["Article 1 = scope", "1-2", "", "a\t=1", "§ 3", "– none"]


def rows_of(content, delimiter=","):
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]


def sheet_of(content):
    """Text of all cells; that of a cell which keeps its quote mark, with the mark."""
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    return [f"'{cell.value}" if cell.quotePrefix else cell.value for cell in cells]


def table(words):
    return Table("One", (Column("Words"), Column(words)), ((words, words),))


def crosswalk(words):
    unit = Provision(words or "x", ProvisionKind.ARTICLE, words, words, words)
    side = CrosswalkSide(
        Document("0" * 64, words, "law.pdf", language="en"),
        Segmentation("0" * 64, (unit,), Tradition.TABLE, "en"),
    )
    row = CrosswalkRow(unit.eid, unit.eid, 0.9, Relation.EQUAL)
    return Crosswalk(side, side, (row,), ((unit.eid, 0.5),), "0")


def matrix(words):
    return matrix_csv(Matrix(("a",), (words,), {}, np.array([[0.5]]), 0), (0,), (0,))


FORMS = {
    "report as CSV": lambda words: rows_of(files_of([table(words)], "csv")["one.csv"]),
    "report as XLSX": lambda words: sheet_of(tables_workbook([table(words)])),
    "table as CSV": lambda words: rows_of(as_csv([{words or "x": words}])),
    "table as XLSX": lambda words: sheet_of(as_xlsx([{words or "x": words}], "Words")),
    "table on the page": lambda words: rows_of(table_of([{"x": words}]).to_csv(index=False)),
    "matrix of a batch as CSV": lambda words: rows_of(matrix(words)),
    "OLIR": lambda words: rows_of(crosswalk_olir(crosswalk(words))),
    "SSSOM": lambda words: rows_of(
        "".join(line for line in crosswalk_sssom(crosswalk(words)).splitlines(True) if line[0] != "#"), "\t"
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", ATTACKS, ids=ascii)
def test_no_cell_begins_like_a_formula(form, words):
    cells = [str(cell) for cell in FORMS[form](words) if cell is not None]
    assert [cell for cell in cells if is_formula(cell)] == []
    assert any(cell.startswith("'") for cell in cells) or "SUM" not in words


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", HARMLESS)
def test_other_words_stay_what_they_are(form, words):
    assert not any(str(cell).startswith("'") for cell in FORMS[form](words))


@pytest.mark.parametrize("words", ATTACKS[:-2], ids=ascii)
def test_every_sign_counts(words):
    assert is_formula(words)


def test_words_that_begin_otherwise_are_no_formula():
    assert not any(map(is_formula, HARMLESS))
