"""Hostile PDFs are read, read in part, or refused by a line that names them; each costs itself only."""

from __future__ import annotations

import broken_structures
import hostile_pdfs
import pytest

from fragcheck.errors import ExtractionError, MalformedPdf, ReadLimitExceeded
from fragcheck.pdf import ReadOptions, read_pdf, read_pdf_isolated

#: Limits that a laptop has to spare; the files of `hostile_pdfs` want thousands of times as much.
LIMITS = ReadOptions(memory_mb=512, timeout_s=60, ocr="never")
LAW = "Article 1. Providers shall keep records for ten years."
SHORT = (
    "decompression_bomb",
    "nested_marks",
    "form_that_draws_itself",
    "pages_without_end",
    "page_tree_in_a_ring",
)


def made(tmp_path, make):
    path = tmp_path / f"{make.__name__}.pdf"
    path.write_bytes(make())
    return path


def told(path):
    """What a reader of the file is told: why it was refused, or what came of it."""
    try:
        document = read_pdf_isolated(path, LIMITS)
    except ExtractionError as error:
        return str(error)
    return f"{document.path}: {len(document.lines)} lines" if document.lines or document.warnings else ""


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(make, marks=() if make.__name__ in SHORT else pytest.mark.soak, id=make.__name__)
        for make in hostile_pdfs.HOSTILE
    ],
)
def test_a_hostile_file_costs_itself_only(tmp_path, make):
    path = made(tmp_path, make)
    assert path.stat().st_size < 4_000_000, "what attacks is small"
    outcome = told(path)
    assert outcome
    assert path.name in outcome
    assert "\n" not in outcome


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (hostile_pdfs.pages_without_end, ReadLimitExceeded),
        (hostile_pdfs.pages_that_are_not_there, MalformedPdf),
    ],
)
def test_pages_are_counted_before_they_are_read(tmp_path, make, error):
    with pytest.raises(error):
        read_pdf(made(tmp_path, make), LIMITS)


def test_a_law_inside_a_form_that_draws_itself_is_read(tmp_path):
    document = read_pdf(made(tmp_path, hostile_pdfs.form_that_draws_itself), LIMITS)
    assert [line.text for line in document.lines] == [LAW]


def test_what_would_be_run_is_mentioned_and_not_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = read_pdf(made(tmp_path, hostile_pdfs.with_active_content), LIMITS)
    assert [line.text for line in document.lines] == [LAW]
    (notice,) = (each for each in document.warnings if each.code == "active-content")
    assert notice.message == (
        "the file brings JavaScript, a program to start, an embedded file: nothing of it is run or read"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["with_active_content.pdf"]


def test_a_plain_law_has_no_such_notice(tmp_path):
    path = tmp_path / "plain.pdf"
    path.write_bytes(hostile_pdfs.one_page())
    assert read_pdf(path, LIMITS).warnings == ()


def test_every_break_changes_the_file(repository_root):
    import random

    from break_many import BREAKS, originals_of

    (first, *_, last) = [data for _, data in originals_of([repository_root / "corpora" / "sample" / "pdf"])]
    for make in BREAKS:
        given = (first, last) if make in broken_structures.OF_TWO else (first,)
        assert any(make(*given, random.Random(seed)) != first for seed in range(12)), make.__name__


@pytest.mark.soak
@pytest.mark.timeout(3600)  # each file has its own limit; all of them take long on a machine under load
def test_broken_files_end_as_read_or_refused(repository_root):
    """The sample laws, broken in hundreds of ways by a drawn seed, which the failure tells."""
    import random

    from break_many import run

    from fragcheck.pipeline import AnalysisOptions

    seed = random.SystemRandom().randrange(10**9)
    folder = repository_root / "corpora" / "sample" / "pdf"
    counts, _ = run([folder], 420, seed, AnalysisOptions(ocr="never", timeout_s=120))
    assert sum(sum(endings.values()) for endings in counts.values()) == 420, f"seed {seed}"


def test_the_time_for_ocr_ends_and_the_rest_is_reported(make_pdf, monkeypatch):
    """Pages that OCR does not come to cost themselves, and not the pages that were read."""
    from fragcheck.pdf import ocr

    def picture(canvas):
        canvas.rect(100, 100, 50, 50, fill=1)

    def text(canvas):
        canvas.drawString(72, 700, "Article 1")

    monkeypatch.setattr(ocr, "is_available", lambda: True)
    monkeypatch.setattr(ocr, "read_by_ocr", lambda *_, **__: pytest.fail("no time was left"))
    document = read_pdf(make_pdf(picture, text), ReadOptions(timeout_s=1e-9))
    assert [line.text for line in document.lines] == ["Article 1"]
    assert [(each.code, each.page) for each in document.warnings] == [("page-without-text", 1)]
    assert "raise --timeout" in document.warnings[0].message
