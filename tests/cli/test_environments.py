"""One comparison in environments that differ in all that must not matter: equal bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "corpora" / "sample" / "pdf"

#: Order of sets, clock, language of messages, threads, and the matrix kernels of another processor family.
ELSEWHERE = {
    "PYTHONHASHSEED": "4711",
    "TZ": "Pacific/Chatham",
    "LC_ALL": "C",
    "OMP_NUM_THREADS": "4",
    "OPENBLAS_NUM_THREADS": "3",
    "OPENBLAS_CORETYPE": "Prescott",
}


def compared(python, folder, **environment):
    """The result of a comparison made in a home and a folder of its own."""
    folder.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    laws = sorted(SAMPLE.glob("*.pdf"))[:2]
    subprocess.run(
        [python, "-m", "fragcheck", "compare", *laws, "--quiet", "-o", "result.json"],
        cwd=folder,
        env={**kept, "FRAGCHECK_HOME": str(folder / "home"), **environment},
        check=True,
        capture_output=True,
        timeout=240,
    )
    return (folder / "result.json").read_bytes()


@pytest.mark.model
def test_the_environment_does_not_move_a_byte(tmp_path):
    here = compared(sys.executable, tmp_path / "here", PYTHONHASHSEED="1", OMP_NUM_THREADS="1")
    assert b'"overall": 0.' in here
    assert compared(sys.executable, tmp_path / "there with a longer name", **ELSEWHERE) == here


@pytest.mark.soak
@pytest.mark.timeout(3000)
def test_two_clean_installations_give_equal_bytes(tmp_path):
    """Installed twice from the locked versions, out of two copies of the tree; asks the package registry."""
    found = []
    for name, environment in (("one", {}), ("two", ELSEWHERE)):
        tree, place = tmp_path / f"tree-{name}", tmp_path / f"venv-{name}"
        left_out = shutil.ignore_patterns(".git", ".venv*", "build", ".*_cache", ".hypothesis")
        shutil.copytree(ROOT, tree, ignore=left_out)
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        python = place / "bin" / "python"
        install = [python, "-m", "pip", "install", "--quiet", "-c", tree / "constraints.txt", tree]
        subprocess.run(install, check=True, env={**os.environ, "PYTHONPATH": ""})
        shutil.rmtree(tree)
        found.append(compared(python, tmp_path / name, PYTHONPATH="", **environment))
    assert found[0] == found[1]
