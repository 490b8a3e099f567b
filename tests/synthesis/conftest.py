"""The sample corpus, compared once."""

from __future__ import annotations

import pytest

from fragcheck.catalogue import sample_paths
from fragcheck.pipeline import analyse_files, compare_analyses


@pytest.fixture(scope="session")
def sample_comparison():
    outcomes = analyse_files(sample_paths())
    return compare_analyses([outcome.analysis for outcome in outcomes])
