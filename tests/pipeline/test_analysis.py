"""Files become analyses, or errors that stop no other file."""

from __future__ import annotations

import dataclasses

import pytest

from fragcheck.errors import UnreadableInput
from fragcheck.pipeline import AnalysisOptions, Cancelled, analyse_file, analyse_files, read_and_segment
from fragcheck.records import Modality
from fragcheck.store import ArtefactStore

RULES = """id,text
r1,Providers shall report any serious incident to the authority within 72 hours.
r2,Deployers may inform natural persons.
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "rules.csv"
    path.write_text(RULES, encoding="utf-8")
    return path


def test_analyse_files_keeps_order_and_goes_on(tmp_path, table):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    gone = tmp_path / "gone.pdf"
    outcomes = analyse_files([empty, table, gone])
    assert [outcome.label for outcome in outcomes] == ["empty.csv", "rules.csv", "gone.pdf"]
    assert [outcome.analysis is None for outcome in outcomes] == [True, False, True]
    assert isinstance(outcomes[2].error, UnreadableInput)
    assert all(outcome.seconds >= 0 for outcome in outcomes)


def test_analysis_holds_one_annotation_a_provision(table):
    analysis = analyse_file(table)
    assert [found.eid for found in analysis.annotations] == ["r1", "r2"]
    assert [found.requirements[0].modality for found in analysis.annotations] == [
        Modality.OBLIGATION,
        Modality.PERMISSION,
    ]
    assert analysis.provision("r2").text.startswith("Deployers")
    with pytest.raises(KeyError):
        analysis.provision("r3")


def test_a_reading_is_forced_only_by_what_the_user_asks(tmp_path):
    path = tmp_path / "act.txt"
    path.write_text(
        "Article 1\nKeepers shall keep records.\n\nArticle 2\nThey shall pay.\n", encoding="utf-8"
    )
    for options, is_forced in (
        (AnalysisOptions(), False),
        (AnalysisOptions(language="en"), True),
        (AnalysisOptions(tradition="eu"), True),
    ):
        _, found = read_and_segment(path, options)
        assert (found.is_forced, found.language) == (is_forced, "en")


def test_analyse_files_finds_its_artefact_again(tmp_path, table):
    store = ArtefactStore(tmp_path / "store")
    (first,) = analyse_files([table], store=store)
    (second,) = analyse_files([table], store=store)
    assert (first.from_cache, second.from_cache) == (False, True)
    assert second.analysis == first.analysis
    (forced,) = analyse_files([table], AnalysisOptions(language="de"), store=store)
    assert not forced.from_cache
    assert forced.analysis.segmentation.language == "de"


def test_analyse_files_artefact_follows_the_file_not_its_folder(tmp_path, table):
    store = ArtefactStore(tmp_path / "store")
    analyse_files([table], store=store)
    moved = tmp_path / "elsewhere" / table.name
    moved.parent.mkdir()
    moved.write_bytes(table.read_bytes())
    (outcome,) = analyse_files([moved], store=store)
    assert outcome.from_cache
    assert outcome.analysis.document.path == str(moved)


def test_analyse_files_tells_its_progress(table):
    seen = []
    analyse_files([table, table], on_progress=seen.append)
    assert [step.stage for step in seen] == ["read", "segment", "annotate"] * 2
    assert [step.done for step in seen] == list(range(6))
    assert {step.total for step in seen} == {6}


def test_analyse_files_stops_on_request_and_resumes(tmp_path, table):
    store = ArtefactStore(tmp_path / "store")
    other = tmp_path / "other.csv"
    other.write_text(RULES + "r3,Providers must not sell toys.\n", encoding="utf-8")
    asked = []

    def is_cancelled():
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Cancelled, match="finished files are kept"):
        analyse_files([table, other], store=store, is_cancelled=is_cancelled)
    outcomes = analyse_files([table, other], store=store)
    assert [outcome.from_cache for outcome in outcomes] == [True, False]


def test_read_and_segment_keeps_the_lines(sample_pdfs):
    document, segmentation = read_and_segment(sample_pdfs[0])
    assert document.lines
    assert document.language == segmentation.language == "en"
    (outcome,) = analyse_files([sample_pdfs[0]])
    assert outcome.analysis.document.lines == ()
    assert dataclasses.replace(document, lines=()) == outcome.analysis.document


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(UnreadableInput, match="a folder came"):
        analyse_file(tmp_path)
