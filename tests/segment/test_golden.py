"""Structure of real documents held against golden files: names, kinds, places and a hash, never the text.

A golden file changes only on purpose: ``FRAGCHECK_REGENERATE=1 pytest tests/segment/test_golden.py``
writes all of them anew, to be looked through with ``git diff`` (they are plain CSV under gzip).
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
from pathlib import Path

import pytest

from fragcheck.pdf import ReadOptions, read_pdf
from fragcheck.records import Provision
from fragcheck.segment import segment

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = (
    "brazil/brazil-pl-2338-2023-en",
    "china/china-algorithm-recommendation-provisions-zh",
    "eu/infosoc-directive-2001-29",
    "france/loi-2018-1202-manipulation-information",
    "international/coe-framework-convention-cets-225",
    "japan/japan-ai-promotion-act-ja",
    "us-federal/nist-ai-rmf-1-0",
    "us-states/texas-hb149-traiga",
)
IS_REGENERATED = os.environ.get("FRAGCHECK_REGENERATE") == "1"
FIELDS = ("eid", "kind", "page", "x0", "y0", "x1", "y1", "sha256")


def row_of(unit: Provision) -> tuple[str, ...]:
    """Name, kind, page and box of the first place in whole points, first figures of the hash of all words."""
    place = unit.spans[0] if unit.spans else None
    box = [str(round(edge)) for edge in place.bbox] if place else [""] * 4
    words = "\x1f".join((unit.num, unit.heading, unit.text))
    digest = hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]
    return unit.eid, unit.kind.value, str(place.page if place else ""), *box, digest


def packed(rows: list[tuple[str, ...]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([FIELDS, *rows])
    return gzip.compress(buffer.getvalue().encode("utf-8"), 9, mtime=0)


def unpacked(path: Path) -> list[tuple[str, ...]]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    return [tuple(row) for row in csv.reader(io.StringIO(text))][1:]


@pytest.mark.shared
@pytest.mark.parametrize("name", DOCUMENTS)
def test_structure_is_that_of_the_golden_file(shared_dir, name):
    path = GOLDEN / f"{Path(name).name}.csv.gz"
    document = read_pdf(shared_dir / "data" / "pdfs" / f"{name}.pdf", ReadOptions(ocr="never"))
    rows = [row_of(unit) for unit in segment(document).provisions]
    if IS_REGENERATED:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(packed(rows))
    assert rows == unpacked(path)


def test_golden_files_are_not_written_anew_by_accident():
    assert not IS_REGENERATED, "golden files were written anew: unset FRAGCHECK_REGENERATE and run again"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.gz")), ids=lambda path: path.stem)
def test_golden_files_hold_structure_only(path):
    for row in unpacked(path):
        assert len(row) == len(FIELDS)
        assert " " not in "".join(row)
        assert all(len(cell) < 120 for cell in row)
