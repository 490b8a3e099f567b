"""Reports and exchange formats as the commands write them."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("xlsx", b"PK"),
        ("html", b"<!doctype html>"),
        ("pdf", b"%PDF-"),
        ("csv", b"PK"),
        ("parquet", b"PK"),
    ],
)
def test_compare_writes_reports(fragcheck, files, tmp_path, form, start):
    path = tmp_path / f"report.{form}{'.zip' if form in {'csv', 'parquet'} else ''}"
    done = fragcheck("compare", files / "act.pdf", files / "other.pdf", "--format", form, "-o", path, check=0)
    assert done.stdout == ""
    assert path.read_bytes().startswith(start)


def test_tables_are_written_into_a_folder(fragcheck, files, tmp_path):
    folder = tmp_path / "new" / "tables.v1"
    names = files / "act.pdf", files / "other.pdf"
    fragcheck("compare", *names, "--format", "csv", "-o", folder, check=0)
    assert {path.name for path in folder.iterdir()} >= {"pairs.csv", "matches.csv", "provenance.csv"}
    (folder / "pairs.csv").unlink()
    (folder / "pairs.csv").mkdir()
    done = fragcheck("compare", *names, "--format", "csv", "-o", folder, check=2)
    assert "the tables cannot be written there" in done.stderr


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("sssom", "skos:"),
        ("oscal", '"mapping-collection"'),
        ("olir", "Focal Document Element"),
        ("ciso-assistant", "requirement_mapping_sets"),
    ],
)
def test_align_writes_crosswalks(fragcheck, files, form, words):
    names = files / "act.pdf", files / "other.pdf"
    done = fragcheck("align", *names, "--format", form, "--min-probability", "0.2", check=0)
    assert words in done.stdout


def test_a_catalogue_is_written_and_read_as_a_document(fragcheck, files, tmp_path):
    path = tmp_path / "act.json"
    path.write_text(
        fragcheck("parse", files / "act.pdf", "--format", "oscal", check=0).stdout, encoding="utf-8"
    )
    rows = [json.loads(line) for line in fragcheck("parse", path, check=0).stdout.splitlines()]
    wanted = [json.loads(line) for line in fragcheck("parse", files / "act.pdf", check=0).stdout.splitlines()]
    assert [row["eid"] for row in rows] == [row["eid"] for row in wanted]
    assert [row["text"] for row in rows] == [row["text"] for row in wanted]
