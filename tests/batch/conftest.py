"""A folder of small documents, and a finished batch over it."""

from __future__ import annotations

import pytest
from made_laws import fill

from fragcheck.batch import BatchOptions, SerialEngine, read_source, run_batch


@pytest.fixture(scope="session")
def laws(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("laws"))


@pytest.fixture(scope="session")
def artefacts(tmp_path_factory):
    """A store that all tests of this folder share, so that each document is read once."""
    return tmp_path_factory.mktemp("artefacts")


@pytest.fixture(scope="session")
def finished(laws, artefacts, tmp_path_factory):
    """The folder of a batch over `laws` with all pairs in full, done in this process."""
    output = tmp_path_factory.mktemp("finished") / "tables"
    summary = run_batch(read_source(str(laws)), output, BatchOptions(full="all"), SerialEngine(), artefacts)
    assert not summary.failed
    return output
