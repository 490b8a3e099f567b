"""What a batch may be given, and how it says what is wrong with it."""

from __future__ import annotations

import pandas as pd
import pytest

from fragcheck.batch import read_source
from fragcheck.errors import InputError


def manifest(folder, text, name="m.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_folder_is_read_with_all_below_it_in_order(laws):
    (laws / ".hidden.csv").write_text("id,text\n", encoding="utf-8")
    (laws / "notes.md").write_text("not a document", encoding="utf-8")
    source = read_source(str(laws))
    names = [entry.name for entry in source.entries]
    assert names == ["below/law-3.csv", "gesetz.csv", *(f"law-{index}.csv" for index in (0, 1, 2, 4, 5))]
    assert all(entry.path.is_absolute() and not entry.document_id for entry in source.entries)


def test_a_manifest_says_what_it_knows(tmp_path):
    path = manifest(
        tmp_path,
        "\ufeffPath,id,jurisdiction,kind,year,tradition,language,note\n"
        "a.pdf,A,Arbora,Law,2024,eu,EN,mine\n"
        "b.pdf,,,,,,,\n",
    )
    first, second = read_source(path).entries
    assert (first.path, first.document_id, first.jurisdiction) == (tmp_path / "a.pdf", "A", "Arbora")
    assert (first.kind, first.year, first.tradition, first.language) == ("law", 2024, "eu", "en")
    assert (second.document_id, second.year, second.tradition) == ("", None, "")


def test_a_manifest_in_parquet_is_the_same(tmp_path):
    rows = {"path": ["a.pdf", "b.pdf"], "year": [2024, None], "id": ["A", None]}
    pd.DataFrame(rows).to_parquet(tmp_path / "m.parquet")
    pd.DataFrame(rows).to_csv(tmp_path / "m.csv", index=False)
    assert read_source(str(tmp_path / "m.parquet")) == read_source(str(tmp_path / "m.csv"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("file,id\na.pdf,A\n", "column path is wanted, file, id came"),
        ("path,id\na.pdf,A\nb.pdf,A\n", "row 2: each id once is wanted, 'A' stands in row 1"),
        ("path\na.pdf\na.pdf\n", "row 2: each path once is wanted"),
        ("path,year\na.pdf,soon\n", "row 1: a year is wanted, 'soon' came"),
        ("path,year\na.pdf,-4\n", "row 1: a year is wanted, '-4' came"),
        ("path,tradition\na.pdf,roman\n", "tradition 'roman' is unknown; known are eu"),
        ("path,language\na.pdf,english\n", "ISO 639-1 .two letters. is wanted, 'english' came"),
        ("path,id\n,A\n", "row 1: a path is wanted, the field is empty"),
        ("path,id,id\na.pdf,A,B\n", None),  # pandas renames the second one, which is then unknown
        ("path\n", "at least one document is wanted"),
        ("", "a manifest in CSV or Parquet is wanted"),
        ('path,id\n"a.pdf,A\n', "a manifest in CSV or Parquet is wanted"),
    ],
)
def test_a_wrong_manifest_is_told_with_its_row(tmp_path, text, told):
    path = manifest(tmp_path, text)
    if told is None:
        assert read_source(path).entries[0].document_id == "A"
        return
    with pytest.raises(InputError, match=told):
        read_source(path)


def test_what_is_neither_folder_nor_manifest_is_refused(tmp_path):
    (tmp_path / "act.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "m.parquet").write_bytes(b"not a table")
    (tmp_path / "empty").mkdir()
    for name, told in (
        ("act.pdf", "a folder, or a manifest in CSV or Parquet, is wanted; it is neither"),
        ("none.csv", "there is no such file or folder"),
        ("m.parquet", "a manifest in CSV or Parquet is wanted"),
        ("empty", "at least one document is wanted"),
    ):
        with pytest.raises(InputError, match=told):
            read_source(str(tmp_path / name))


def test_a_query_of_the_catalogue_names_what_was_not_fetched(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAGCHECK_HOME", str(tmp_path))
    source = read_source("catalogue:korea")
    assert not source.entries
    assert all("corpus get" in str(error) for _, error in source.missing)
    name = source.missing[0][0]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / f"{name}.pdf").write_bytes(b"%PDF-1.4")
    (entry,) = read_source("catalogue:korea").entries
    assert (entry.document_id, entry.jurisdiction != "") == (name, True)
    with pytest.raises(InputError, match="no entry holds these words"):
        read_source("catalogue:atlantis")
