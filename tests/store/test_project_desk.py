"""A project worked on from its files to a kept result, on both databases."""

from __future__ import annotations

import json

import pytest
from people import ANN, OWNER, READER, Clock, staffed

from fragcheck.catalogue import sample_paths
from fragcheck.errors import ComparisonError, PermissionRefused, StoreError, UnreadableInput
from fragcheck.pipeline import (
    AnalysisOptions,
    ProjectDesk,
    review_match,
    review_tag,
    verify_result,
)
from fragcheck.records import Verdict
from fragcheck.store import ArtefactStore, OriginalStore
from fragcheck.store.workspace import (
    comparison_result,
    comparisons_of,
    documents_of,
    open_workspace,
    record_review,
    runs_of,
    withdraw_review,
)


@pytest.fixture(scope="module")
def artefacts(tmp_path_factory):
    """Analyses are made once for all tests of this module."""
    return ArtefactStore(tmp_path_factory.mktemp("artefacts"))


def desk_at(workspace, artefacts, tmp_path, actor=OWNER):
    return ProjectDesk(workspace, actor, "AI laws", artefacts, OriginalStore(tmp_path / "originals"))


def worked(url, artefacts, tmp_path):
    """The bytes of every result of a piece of work: machine's, reviewed, withdrawn."""
    contents = []
    with open_workspace(url, clock=Clock()) as workspace:
        staffed(workspace)
        desk = desk_at(workspace, artefacts, tmp_path)
        for path in sample_paths()[:2]:
            desk.add_file(path)
        first = desk.compare()
        contents.append(first.content)
        (pair,) = first.comparison.pairs
        match = pair.matches[2]
        rejected = review_match(pair, match.left_key, match.right_key, Verdict.REJECT, reason="Other duty.")
        record_review(workspace, ANN, "AI laws", rejected)
        analysis = first.comparison.analyses[0]
        eid = pair.left_units[0].eid
        tag = review_tag(analysis, eid, "privacy", Verdict.REJECT, reason="Names no person.")
        record_review(workspace, ANN, "AI laws", tag)
        contents.append(desk.compare().content)
        for review in (rejected, tag):
            withdraw_review(workspace, ANN, "AI laws", review.subject, reason="A slip.")
        contents.append(desk.compare().content)
        kept = [comparison_result(entry, artefacts) for entry in comparisons_of(workspace, READER, "AI laws")]
        assert kept[::-1] == contents
    return contents


@pytest.mark.model
def test_results_are_the_same_bytes_on_both_databases(artefacts, tmp_path, postgres):
    machine, reviewed, withdrawn = worked(f"sqlite:///{tmp_path / 'w.sqlite'}", artefacts, tmp_path)
    assert withdrawn == machine
    assert reviewed != machine
    assert {one["verdict"] for one in json.loads(reviewed)["reviews"]} == {"reject"}
    # With artefacts of its own, so that everything is worked out again.
    assert worked(postgres.url(), ArtefactStore(tmp_path / "own"), tmp_path) == [machine, reviewed, withdrawn]
    assert verify_result(reviewed.decode(), folders=[tmp_path / "originals"]).findings == ()


@pytest.mark.model
def test_a_failed_run_is_noted_and_nothing_is_kept(database_url, artefacts, tmp_path):
    with open_workspace(database_url) as workspace:
        staffed(workspace)
        desk = desk_at(workspace, artefacts, tmp_path)
        added = desk.add_file(sample_paths()[0], AnalysisOptions(tradition="eu"), name="Union")
        assert json.loads(added.options) == {"tradition": "eu"}
        with pytest.raises(ComparisonError, match="at least two documents"):
            desk.compare()
        desk.add_file(sample_paths()[1])
        (tmp_path / "originals" / added.sha256 / added.file_name).unlink()
        with pytest.raises(StoreError, match="add it to the project again"):
            desk.compare()
        assert [run.status for run in runs_of(workspace, READER, "AI laws")] == ["failed", "failed"]
        assert comparisons_of(workspace, READER, "AI laws") == ()
        desk.add_file(sample_paths()[0], AnalysisOptions(tradition="eu"), name="Union")
        assert desk.compare(versions=documents_of(workspace, OWNER, "AI laws")).entry.documents == (
            ("Union", 1),
            (documents_of(workspace, OWNER, "AI laws")[1].document, 1),
        )


def test_what_cannot_be_read_is_not_added_and_readers_add_nothing(workspace, artefacts, tmp_path):
    staffed(workspace)
    desk = desk_at(workspace, artefacts, tmp_path)
    with pytest.raises(UnreadableInput, match="cannot be opened"):
        desk.add_file(tmp_path / "none.pdf")
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    with pytest.raises(UnreadableInput):
        desk.add_file(empty)
    assert documents_of(workspace, READER, "AI laws") == ()
    for deed in (lambda desk: desk.add_file(sample_paths()[0]), lambda desk: desk.compare()):
        with pytest.raises(PermissionRefused, match="rita is reader"):
            deed(desk_at(workspace, artefacts, tmp_path, READER))


def test_passwords_are_not_kept(workspace, artefacts, tmp_path):
    staffed(workspace)
    desk = desk_at(workspace, artefacts, tmp_path)
    added = desk.add_file(sample_paths()[0], AnalysisOptions(password="sesame", max_pages=99))  # noqa: S106 - made up
    assert json.loads(added.options) == {"max_pages": 99}
