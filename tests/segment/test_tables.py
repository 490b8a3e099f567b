"""Tables of provisions keep their ids and their context."""

from __future__ import annotations

import hashlib

import openpyxl
import pytest

from fragcheck.errors import TableColumnsMissing, UnreadableInput
from fragcheck.records import Tradition
from fragcheck.segment.tables import read_table

ROWS = [
    ("id", "text", "parent", "heading", "context"),
    ("a1", "Providers shall:", "", "Duties of providers", ""),
    ("a1.1", "keep a log of every decision;", "a1", "", ""),
    ("b2", "The authority may inspect the premises.", "", "", "Part 2 > Supervision"),
]


def write_csv(path, rows, encoding="utf-8"):
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def write_xlsx(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(("name", "write"), [("rules.csv", write_csv), ("rules.xlsx", write_xlsx)])
def test_read_table_rows(tmp_path, name, write):
    path = write(tmp_path / name, ROWS)
    document, segmentation = read_table(path)
    assert document.id == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (document.title, document.language) == ("rules", "en")
    assert segmentation.tradition is Tradition.TABLE
    lead, item, other = segmentation.provisions
    assert (lead.eid, lead.heading, lead.context, lead.parent) == ("a1", "Duties of providers", "", None)
    assert (item.parent, item.context) == ("a1", "Duties of providers Providers shall:")
    assert other.context == "Part 2 > Supervision"
    assert not segmentation.warnings


def test_read_table_marks_repeated_and_missing_ids(tmp_path):
    rows = [("ID", "Text"), ("x", "First rule."), ("x", "Second rule."), ("", "Third rule.")]
    _, segmentation = read_table(write_csv(tmp_path / "r.csv", rows))
    assert [p.eid for p in segmentation.provisions] == ["x", "x#2", "row_3"]
    assert [w.code for w in segmentation.warnings] == ["id-repeated", "id-missing"]


def test_read_table_survives_a_circle_of_parents(tmp_path):
    rows = [ROWS[0], ("p", "One.", "q", "", ""), ("q", "Two.", "p", "", ""), ("r", "Three.", "r", "", "")]
    _, segmentation = read_table(write_csv(tmp_path / "r.csv", rows))
    assert [p.context for p in segmentation.provisions] == ["Two.", "One.", ""]
    assert segmentation.provisions[2].parent is None


def test_read_table_other_encoding_is_flagged(tmp_path):
    rows = [("id", "text"), ("1", "Die Behörde prüft die Unterlagen und entscheidet über den Antrag.")]
    document, segmentation = read_table(write_csv(tmp_path / "r.csv", rows, encoding="cp1252"))
    assert "Behörde" in segmentation.provisions[0].text
    assert document.language == "de"
    assert [w.code for w in segmentation.warnings] == ["table-encoding"]


def test_read_table_long_cell(tmp_path):
    rows = [("id", "text"), ("1", "The provider shall keep records. " * 6000)]
    _, segmentation = read_table(write_csv(tmp_path / "r.csv", rows))
    assert len(segmentation.provisions[0].text) > 190_000


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("a.csv", b"", UnreadableInput, "empty"),
        ("a.csv", b"id,text\n", UnreadableInput, "none came"),
        ("a.csv", b"name,words\n1,two\n", TableColumnsMissing, "columns found: name, words"),
        ("a.csv", b"id,words\n1,two\n", TableColumnsMissing, "text is missing"),
        ("a.xlsx", b"not a workbook", UnreadableInput, "XLSX workbook wanted"),
    ],
)
def test_read_table_refusals_name_the_file(tmp_path, name, content, error, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error, match=words) as caught:
        read_table(path)
    assert name in str(caught.value)


def test_read_table_missing_file(tmp_path):
    with pytest.raises(UnreadableInput, match=r"none\.csv: the file cannot be opened"):
        read_table(tmp_path / "none.csv")


def test_read_table_language_can_be_forced(tmp_path):
    _, segmentation = read_table(write_csv(tmp_path / "r.csv", ROWS), language="fr")
    assert {p.language for p in segmentation.provisions} == {"fr"}


LONG = {
    "en": "The provider shall keep the technical documentation at the disposal of the competent authority.",
    "fr": "Le fournisseur tient la documentation technique à la disposition des autorités compétentes.",
    "de": "Der Anbieter hält die technische Dokumentation für die zuständigen Behörden zur Einsicht bereit.",
    "pt": "O fornecedor mantém a documentação técnica à disposição das autoridades competentes do Estado.",
}


@pytest.mark.parametrize(
    ("rows", "languages"),
    [
        # a table of several laws: a short row speaks for itself
        (
            [
                *(LONG[name] for name in ("de", "de", "de", "en", "en", "fr", "fr", "pt", "pt")),
                "An auditor shall conduct audits.",
                "Le livre V est ainsi modifié :",
                "elaborar relatórios;",
            ],
            ["de", "de", "de", "en", "en", "fr", "fr", "pt", "pt", "en", "fr", "pt"],
        ),
        # a row without words of its own speaks as the one before
        ([*[LONG["de"]] * 4, LONG["fr"], LONG["fr"], "§ 2."], [*["de"] * 4, "fr", "fr", "fr"]),
        # a law in one language keeps it on short rows that look like another
        ([LONG["en"], LONG["en"], "Definitions", "Le juge", "Agent"], ["en"] * 5),
        # one foreign quotation does not lend its language to short rows
        (
            [LONG["en"], LONG["en"], LONG["fr"], "Registre des agents", "Sanctions"],
            ["en", "en", "fr", "en", "en"],
        ),
    ],
)
def test_read_table_language_of_each_row(tmp_path, rows, languages):
    table = [("id", "text"), *[(str(number), text) for number, text in enumerate(rows)]]
    document, segmentation = read_table(write_csv(tmp_path / "r.csv", table))
    assert [p.language for p in segmentation.provisions] == languages
    assert document.language == languages[0]
