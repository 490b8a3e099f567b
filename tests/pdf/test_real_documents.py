"""Real documents: pdfplumber as the oracle, odd files as the hardship."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter

import pdfplumber
import pytest

from fragcheck.errors import FragcheckError
from fragcheck.pdf import ReadOptions, read_pdf, read_pdf_isolated
from fragcheck.records import LineRole

pytestmark = pytest.mark.shared

#: Document, page: one of each kind of layout.
ORACLE = [
    ("eu/eu-ai-act-2024-1689.pdf", 31),
    ("eu/gdpr-2016-679.pdf", 18),
    ("eu/infosoc-directive-2001-29.pdf", 3),
    ("eu/ep-amendments-ta-2023-0236.pdf", 33),
    ("eu/eu-ai-act-proposal-com-2021-206.pdf", 43),
    ("us-federal/nist-ai-rmf-1-0.pdf", 28),
    ("us-federal/omb-m-24-10.pdf", 8),
    ("us-states/colorado-sb24-205-session-law.pdf", 4),
    ("uk/uk-pro-innovation-white-paper-cp815.pdf", 18),
    ("korea/korea-ai-basic-act-en.pdf", 3),
]


def words_of(text):
    return unicodedata.normalize("NFKC", text.replace("\u00ad", "-")).split()


@pytest.fixture(scope="module")
def pages_of(shared_dir):
    """Lines of one page of a document; each document is read once."""
    read = {}

    def lines(name, page):
        if name not in read:
            read[name] = read_pdf(shared_dir / "data" / "pdfs" / name, ReadOptions(ocr="never"))
        return [line for line in read[name].lines if line.page == page]

    return lines


@pytest.mark.parametrize(("name", "page"), ORACLE)
def test_words_are_those_of_pdfplumber(shared_dir, pages_of, name, page):
    with pdfplumber.open(shared_dir / "data" / "pdfs" / name) as pdf:
        found = pdf.pages[page - 1].extract_words(x_tolerance_ratio=0.12)
    theirs = Counter(word for entry in found for word in words_of(entry["text"]))
    ours = Counter(word for line in pages_of(name, page) for word in words_of(line.text))
    shared = 2 * (ours & theirs).total() / (ours.total() + theirs.total())
    assert shared >= 0.98


def test_a_ruled_table_has_the_cells_that_pdfplumber_finds(shared_dir, pages_of):
    """A page of checklist tables with drawn borders."""
    name, page = "us-federal/nist-ai-rmf-1-0.pdf", 28
    cells = [line for line in pages_of(name, page) if line.role is LineRole.TABLE]
    assert {line.column for line in cells} == {0, 1}
    left = [line for line in cells if line.column == 0]
    right = [line for line in cells if line.column == 1]
    assert max(line.bbox[2] for line in left) < min(line.bbox[0] for line in right)
    with pdfplumber.open(shared_dir / "data" / "pdfs" / name) as pdf:
        rules = [edge for edge in pdf.pages[page - 1].horizontal_edges if 20 < edge["width"] < 400]
    joint = min(edge["x1"] for edge in rules)
    assert all(line.bbox[2] <= joint for line in left)
    assert all(line.bbox[0] >= joint for line in right)


def test_struck_words_are_those_that_lie_under_pdfplumbers_rectangles(shared_dir, pages_of):
    name, page = "eu/eu-ai-act-fra-presidency-2022-tracked.pdf", 30
    with pdfplumber.open(shared_dir / "data" / "pdfs" / name) as pdf:
        source = pdf.pages[page - 1]
        bars = [bar for bar in source.rects if bar["height"] < 1.5]
        theirs = Counter(
            word["text"]
            for word in source.extract_words(x_tolerance_ratio=0.12)
            for bar in bars
            if bar["x0"] - 1 <= (word["x0"] + word["x1"]) / 2 <= bar["x1"] + 1
            and 0.3 < (bar["top"] - word["top"]) / (word["bottom"] - word["top"]) < 0.6
        )
    ours: Counter[str] = Counter()
    for line in pages_of(name, page):
        spans = line.struck_spans or (((0, len(line.text)),) if line.is_struck else ())
        ours.update(
            word for start, end in spans for word in line.text[start:end].replace("\u00ad", "-").split()
        )
    assert ours.total() > 200
    assert 2 * (ours & theirs).total() / (ours.total() + theirs.total()) >= 0.97


def odd_files(shared_dir):
    folder = shared_dir / "data" / "torture"
    with (folder / "TRIAGE.csv").open(encoding="utf-8") as table:
        return [(folder / row["file"], row) for row in csv.DictReader(table)]


def check(path, row):
    try:
        lines = read_pdf_isolated(path, ReadOptions(ocr="never", timeout_s=60)).lines
    except FragcheckError as error:
        assert path.name in str(error)  # noqa: PT017 - both ways are right, each with its own check
        lines = ()
    if row["stage"] == "ok" and int(row["chars3"]) > 0:
        assert lines, path.name


def test_odd_files_in_part(shared_dir):
    for path, row in odd_files(shared_dir)[::9]:
        check(path, row)


@pytest.mark.soak
def test_odd_files(shared_dir):
    for path, row in odd_files(shared_dir):
        check(path, row)
