"""The data dictionary in the documentation is the schema's."""

from __future__ import annotations

from pathlib import Path

from fragcheck.batch import TABLES, data_dictionary

PAGE = Path(__file__).resolve().parents[2] / "docs" / "batch.md"


def test_the_page_ends_with_the_data_dictionary():
    """Anew: ``python -c "from fragcheck.batch import data_dictionary as d; print(d())"``."""
    page = PAGE.read_text(encoding="utf-8")
    _, _, dictionary = page.partition("## Data dictionary\n")
    assert dictionary[dictionary.index("### ") :] == data_dictionary()


def test_every_column_has_a_meaning():
    for table in TABLES.values():
        assert table.row.endswith(".")
        assert all(text.endswith((".", "…")) and len(text) > 4 for _, _, text in table.columns)
