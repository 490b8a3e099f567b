"""Every bad input ends in one clear line that names the file and the way out."""

from __future__ import annotations

import json

import pytest

REFUSALS = [
    ("empty.pdf", (), "empty"),
    ("page.pdf", (), "PDF"),
    ("truncated.pdf", (), "PDF"),
    ("locked.pdf", (), "--password"),
    ("locked.pdf", ("--password", "wrong"), "--password"),
    ("no_pages.pdf", (), "page"),
    ("long.pdf", (), "--max-pages"),
    ("columns.csv", (), "columns id and text"),
    ("words.docx", (), "DOCX"),
    ("missing.pdf", (), "no such file"),
    ("no-such-instrument", (), "corpus list"),
]


@pytest.mark.parametrize(("name", "options", "words"), REFUSALS, ids=[f"{n}{o}" for n, o, _ in REFUSALS])
def test_parse_refuses_in_one_line(fragcheck, files, name, options, words):
    target = files / name if "." in name else name
    done = fragcheck("parse", target, *options, check=2)
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("fragcheck: ")
    assert name in line
    assert words in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("align",), "Missing argument 'left'; see `fragcheck align -h`"),
        (("align", "--nope", "a", "b"), "No such option: --nope"),
        (("compare", "--format"), "'--format' requires an argument"),
        (("compare", "a", "b", "--seed", "x"), "--seed"),
        (("corpus", "nope"), "see `fragcheck corpus -h`"),
        (("nope",), "No such command 'nope'"),
    ],
)
def test_a_command_line_that_is_wrong_is_refused_in_one_line(fragcheck, words, said):
    done = fragcheck(*words, check=2)
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("fragcheck: ")
    assert said in line
    assert done.stdout == ""


def test_a_group_that_is_named_alone_shows_its_commands(fragcheck):
    assert "queue" in fragcheck("review", check=2).stdout


def test_parse_opens_with_the_password(fragcheck, files):
    done = fragcheck("parse", files / "locked.pdf", "--password", "sesame", check=0)
    assert any(json.loads(line)["eid"] == "art_2__para_1" for line in done.stdout.splitlines())


def test_parse_reads_long_files_when_asked(fragcheck, files):
    done = fragcheck("parse", files / "long.pdf", "--max-pages", "2000", "--quiet", check=0)
    articles = [row for row in map(json.loads, done.stdout.splitlines()) if row["kind"] == "article"]
    assert len(articles) == 2000


def test_parse_reports_unread_pages(fragcheck, files):
    done = fragcheck("parse", files / "scan.pdf", "--no-ocr", check=1)
    assert "scan.pdf, page 1" in done.stderr
    assert "OCR" in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "words"), [("--tradition", "roman", "eu"), ("--format", "docx", "unknown")]
)
def test_parse_refuses_unknown_choices(fragcheck, files, option, value, words):
    done = fragcheck("parse", files / "act.pdf", option, value, check=2)
    assert words in done.stderr
    assert value in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_parse_language_without_a_grammar_goes_on(fragcheck, files):
    done = fragcheck("parse", files / "act.pdf", "--lang", "sw", check=0)
    assert done.stdout
    assert "sw" in done.stderr


def test_compare_wants_two_documents(fragcheck, files):
    done = fragcheck("compare", files / "act.pdf", check=2)
    assert "at least two" in done.stderr
    assert done.stdout == ""


def test_compare_goes_on_without_the_bad_ones(fragcheck, files):
    names = ("act.pdf", "locked.pdf", "other.pdf", "empty.pdf")
    done = fragcheck("compare", *(files / name for name in names), check=1)
    result = json.loads(done.stdout)
    names = [document["path"].rsplit("/", 1)[-1] for document in result["documents"]]
    assert names == ["act.pdf", "other.pdf"]
    lines = done.stderr.strip().splitlines()
    assert any("locked.pdf" in line and "left out" in line for line in lines)
    assert any("empty.pdf" in line and "left out" in line for line in lines)


def test_compare_with_nothing_left(fragcheck, files):
    done = fragcheck("compare", files / "act.pdf", files / "empty.pdf", check=2)
    assert "empty.pdf" in done.stderr
    assert "1 of 2" in done.stderr


def test_compare_of_identical_files(fragcheck, files):
    done = fragcheck("compare", files / "act.pdf", files / "act.pdf", check=0)
    result = json.loads(done.stdout)
    first, second = (document["id"] for document in result["documents"])
    assert second == f"{first}#2"
    (pair,) = result["pairs"]
    assert pair["overall"] == 0
    assert done.stderr.count("identical files do not diverge") == 1


def test_compare_refuses_formats_that_are_not_written(fragcheck, files):
    done = fragcheck("compare", files / "act.pdf", files / "other.pdf", "--format", "docx", check=2)
    assert "--format docx is unknown" in done.stderr
    assert "xlsx" in done.stderr
