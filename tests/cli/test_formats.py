"""Formats in and out through the command line: the same law gives the same provisions in each."""

from __future__ import annotations

import json

import docx
import pytest

LINES = (
    "SAMPLE ACT ON MACHINE DECISIONS",
    "Article 1",
    "Scope",
    "1. This Act applies to providers and deployers of decision systems in Arbora.",
    "Article 2",
    "Incident reports",
    "1. Providers shall report any serious incident to the authority within 72 hours.",
    "2. Deployers shall keep the logs of the system for at least six months.",
    "Article 3",
    "Information",
    "1. Providers shall not place on the market a system that manipulates children.",
    "Article 4",
    "Links",
    "1. Providers of Regulation (EU) 2016/679 shall report under Article 1 within 72 hours.",
)


@pytest.fixture(scope="module")
def acts(tmp_path_factory):
    """One law as HTML, DOCX and plain text."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "act.html").write_text("".join(f"<p>{line}</p>" for line in LINES), encoding="utf-8")
    (folder / "act.txt").write_text("\n\n".join(LINES), encoding="utf-8")
    word = docx.Document()
    for line in LINES:
        word.add_paragraph(line)
    word.save(folder / "act.docx")
    return folder


def rows(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_law_in_three_formats(fragcheck, acts):
    found = [rows(fragcheck("parse", acts / f"act.{kind}", check=0)) for kind in ("html", "docx", "txt")]
    assert [row["eid"] for row in found[0]][-2:] == ["art_4", "art_4__para_1"]
    assert found[0] == found[1] == found[2]
    assert all(row["boxes"] == [] and row["page_start"] is None for row in found[0])


def test_akoma_ntoso_out_and_in(fragcheck, acts, files, tmp_path):
    for source in (acts / "act.html", files / "act.pdf", files / "rules.csv"):
        written = tmp_path / f"{source.stem}.xml"
        written.write_text(fragcheck("parse", source, "--format", "akn", check=0).stdout, encoding="utf-8")
        assert rows(fragcheck("parse", written, check=0)) == rows(fragcheck("parse", source, check=0))


def test_references_are_annotated(fragcheck, acts):
    found = {row["eid"]: row for row in rows(fragcheck("annotate", acts / "act.txt", "--quiet", check=0))}
    law, article = found["art_4__para_1"]["references"]
    assert (law["instrument"], law["targets"], law["reason"]) == ("eu-gdpr", [], "")
    assert (article["text"], article["targets"], article["instrument"]) == ("Article 1", ["art_1"], "")
    assert found["art_1__para_1"]["references"] == []


def test_compare_takes_files_of_different_kinds(fragcheck, acts, files):
    done = fragcheck("compare", acts / "act.docx", files / "other.pdf", "--quiet", check=0)
    (pair,) = json.loads(done.stdout)["pairs"]
    assert 0 < pair["overall"] < 1


def test_the_way_out_is_named(fragcheck, tmp_path):
    (tmp_path / "act.rtf").write_bytes(b"{\\rtf1 Article 1}")
    done = fragcheck("parse", tmp_path / "act.rtf", check=2)
    assert "act.rtf" in done.stderr
    assert "save it as DOCX" in done.stderr
