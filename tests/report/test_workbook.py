"""The workbook as other programs read it."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess

import openpyxl
import pytest

from fragcheck.pipeline import comparison_json, comparison_report
from fragcheck.report.table import Column, Table
from fragcheck.report.workbook import tables_workbook

SHEETS = [
    "Matrix", "Pairs", "Matches", "Gaps", "Residual duties", "Conflicts", "Strictest common", "Requirements",
    "Parameters", "Definitions", "Provenance",
]  # fmt: skip
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def content(report_comparison):
    return comparison_report(report_comparison, "xlsx")


@pytest.fixture(scope="module")
def book(content):
    return opened(content)


def test_every_sheet_has_a_frozen_head_and_a_filter(book):
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes in {"B2", "C2"}
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.max_row > 1
        assert all(6 <= dimension.width <= 100 for dimension in sheet.column_dimensions.values())


def test_the_figures_are_those_of_the_comparison(book, report_comparison):
    rows = rows_of(book["Pairs"])
    values = [
        divergence.value
        for pair in report_comparison.pairs
        for divergence in (pair.overall, *pair.principles)
    ]
    assert [row["D"] for row in rows] == pytest.approx(values)
    assert len(rows_of(book["Matches"])) == sum(len(pair.matches) for pair in report_comparison.pairs)
    assert len(rows_of(book["Gaps"])) == sum(len(pair.gaps) for pair in report_comparison.pairs)
    matrix = [row for row in rows_of(book["Matrix"]) if row["Principle"] == "Overall"]
    assert [row[row["Document"]] for row in matrix] == [0, 0, 0]
    assert matrix[0][matrix[1]["Document"]] == matrix[1][matrix[0]["Document"]] == pytest.approx(values[0])


def test_quotes_are_the_words_of_the_documents(book, report_comparison):
    texts = [
        provision.text
        for analysis in report_comparison.analyses
        for provision in analysis.segmentation.provisions
    ]
    rows = rows_of(book["Requirements"])
    assert rows
    everything = " ".join(" ".join(texts).split())
    assert all(" ".join(row["Words"].split()) in everything for row in rows)


def test_conflicts_and_the_strictest_set_are_those_of_the_result(book, report_comparison):
    result = comparison_json(report_comparison)
    conflicts = [each for pair in result["pairs"] for each in pair["conflicts"]]
    assert conflicts
    assert {(row["Left: words"], row["Right: words"]) for row in rows_of(book["Conflicts"])} == {
        (each["left_text"], each["right_text"]) for each in conflicts
    }
    strictest = [line["strictest"]["text"] for line in result["corpus"]["strictest"]]
    assert [row["Words"] for row in rows_of(book["Strictest common"])] == strictest


def test_equal_results_give_equal_bytes(report_comparison, content):
    assert comparison_report(report_comparison, "xlsx") == content


def test_no_cell_is_a_formula_or_a_link(hostile_comparison):
    book = opened(comparison_report(hostile_comparison, "xlsx"))
    risky = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}, cell.coordinate
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@\t" and cell.value:
                    risky += 1
                    assert cell.row == 1 or cell.quotePrefix
    assert risky > 20


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "%", "|"])
def test_text_that_begins_like_a_formula_is_quoted(start):
    table = Table("One", (Column("Words"),), ((f"{start}1+1",), ("harmless",)))
    sheet = opened(tables_workbook([table]))["One"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix
    assert not sheet["A3"].quotePrefix


def test_text_that_no_cell_can_hold_is_cut_and_says_so():
    table = Table("One", (Column("Words"),), (("x" * 40_000,), ("a\x00b\x0bc\ud800",)))
    sheet = opened(tables_workbook([table]))["One"]
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("[…]")
    assert sheet["A3"].value == "abc"


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice: sudo apt-get install -y libreoffice-calc-nogui")
def test_libreoffice_reads_the_same(hostile_comparison, tmp_path):
    path = tmp_path / "report.xlsx"
    content = comparison_report(hostile_comparison, "xlsx")
    path.write_bytes(content)
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", options, "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    for sheet in opened(content):
        if sheet.title == "Requirements":
            with (tmp_path / f"report-{sheet.title}.csv").open(encoding="utf-8", newline="") as file:
                read = list(csv.reader(file))
            assert len(read) == sheet.max_row
            place = read[0].index("Words")
            words = [str(row[place].value) for row in sheet.iter_rows(min_row=2)]
            assert [row[place].strip() for row in read[1:]] == [each.strip() for each in words]
