"""Two laws of the sample corpus aligned once, and the libraries that the formats come from."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from fragcheck.catalogue import sample_paths
from fragcheck.pipeline import align_analyses, analyse_files, crosswalk_of

CHECK = Path(__file__).with_name("foreign_check.py")


@pytest.fixture(scope="session")
def crosswalk():
    paths = sample_paths()
    left, right = (outcome.analysis for outcome in analyse_files([paths[0], paths[3]]))
    return crosswalk_of(left, right, align_analyses(left, right, top=5))


@pytest.fixture(scope="session")
def foreign(repository_root, tmp_path_factory):
    """Read a text with the library that its format comes from; returns what that library read."""
    default = repository_root / ".venv-validators" / "bin" / "python"
    python = Path(os.environ.get("FRAGCHECK_VALIDATORS", default))
    if not python.exists():
        pytest.skip("no validators: make validators (or FRAGCHECK_VALIDATORS=/path/to/python)")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def read(kind, text):
        path = tmp_path_factory.mktemp("foreign") / f"{kind}.txt"
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [str(python), str(CHECK), kind, str(path)],
            capture_output=True,
            text=True,
            env=environment,
            timeout=200,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    return read
