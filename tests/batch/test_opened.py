"""Tables that are opened are read when they are asked for, and only what is asked for."""

from __future__ import annotations

import pandas as pd
import pytest

import fragcheck
from fragcheck.batch import TABLES, LazyTable, open_tables, read_table
from fragcheck.errors import InputError


def test_every_table_is_there_with_its_meanings(finished):
    tables = open_tables(finished)
    for name, table in TABLES.items():
        opened = getattr(tables, name)
        assert isinstance(opened, LazyTable)
        assert tuple(opened.columns) == table.names
        assert len(opened) == read_table(finished, name).num_rows
    assert tables.provenance["fragcheck"] == fragcheck.__version__


def test_columns_and_rows_that_are_asked_for(finished):
    pairs = fragcheck.tables(str(finished)).pairs
    whole = read_table(finished, "pairs").to_pandas()
    found = pairs.frame("left_id", "screen", where={"principle": "overall", "is_full": True})
    expected = whole.query("principle == 'overall' and is_full")
    assert list(found.columns) == ["left_id", "screen"]
    assert found["screen"].tolist() == expected["screen"].tolist()
    some = sorted(expected["left_id"].astype(str).unique())[:2]
    chosen = pairs.frame("left_id", where={"left_id": some})
    assert sorted(chosen["left_id"].astype(str).unique()) == some


def test_a_table_in_parts_is_the_table(finished):
    tags = open_tables(finished).tags
    parts = list(tags.frames("eid", "probability", rows=7))
    assert max(map(len, parts)) <= 7
    pd.testing.assert_frame_equal(
        pd.concat(parts, ignore_index=True), tags.frame("eid", "probability"), check_dtype=False
    )


def test_what_is_not_there_is_told(finished, tmp_path):
    tables = open_tables(finished)
    for ask in (
        lambda: tables.pairs.frame("d"),
        lambda: tables.pairs.frame(where={"d": 1}),
        lambda: list(tables.pairs.frames("d")),
    ):
        with pytest.raises(InputError, match="a column of pairs is wanted, 'd' came"):
            ask()
    with pytest.raises(InputError, match="run `fragcheck batch`"):
        fragcheck.tables(tmp_path)
