"""What is kept beside a comparison: the same as worked out, and found again only for the same comparison."""

from dataclasses import replace

import pytest

from fragcheck.diverge import corpus_summary
from fragcheck.pipeline import beside, forces_of, kept_queue, kept_summary, review_queue
from fragcheck.pipeline.findings import settings_of
from fragcheck.store import ArtefactStore


@pytest.fixture
def kept(tmp_path):
    return ArtefactStore(tmp_path)


def test_summary_and_queue_are_what_they_are_without_a_store_and_are_found_again(
    sample_comparison, kept, monkeypatch
):
    run = sample_comparison.run
    wanted = (
        corpus_summary(
            sample_comparison.pairs,
            sample_comparison.document_ids,
            settings_of(run),
            seed=run.seed,
            forces=forces_of(sample_comparison),
        ),
        review_queue(sample_comparison, limit=7),
    )
    addressed = replace(sample_comparison, address="a" * 64)
    assert (kept_summary(addressed, kept), kept_queue(addressed, 7, kept)) == wanted
    monkeypatch.setattr(beside, "corpus_summary", None)
    monkeypatch.setattr(beside, "review_queue", None)
    assert (kept_summary(addressed, kept), kept_queue(addressed, 7, kept)) == wanted


@pytest.mark.parametrize("change", [{"address": "b" * 64}, {"address": ""}])
def test_another_comparison_and_one_without_an_address_are_worked_out(
    sample_comparison, kept, monkeypatch, change
):
    kept_summary(replace(sample_comparison, address="a" * 64), kept)
    monkeypatch.setattr(beside, "corpus_summary", lambda *_, **__: "worked out")
    assert kept_summary(replace(sample_comparison, **change)) == "worked out"
    monkeypatch.setattr(kept, "keep", lambda *_: None)
    assert kept_summary(replace(sample_comparison, **change), kept) == "worked out"
