"""The sample corpus, analysed once."""

from __future__ import annotations

import pytest

from fragcheck.catalogue import sample_paths
from fragcheck.pipeline import analyse_files, compare_analyses
from fragcheck.store import ArtefactStore


@pytest.fixture(scope="session")
def sample_pdfs():
    return sample_paths()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory):
    return ArtefactStore(tmp_path_factory.mktemp("artefacts"))


@pytest.fixture(scope="session")
def sample_analyses(sample_pdfs, sample_store):
    outcomes = analyse_files(sample_pdfs, store=sample_store)
    assert not [outcome.error for outcome in outcomes if outcome.error]
    return tuple(outcome.analysis for outcome in outcomes)


@pytest.fixture(scope="session")
def sample_comparison(sample_analyses, sample_store):
    return compare_analyses(sample_analyses, store=sample_store)
