"""The example scripts run as they stand, on the sample corpus."""

from __future__ import annotations

import json
import runpy

import pytest

from fragcheck.batch import TABLES


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Both scripts share a store, so that each document is read once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def example(repository_root, home, monkeypatch):
    monkeypatch.setenv("FRAGCHECK_HOME", str(home))

    def run(name, *arguments):
        return runpy.run_path(str(repository_root / "docs" / "examples" / name))["main"](*arguments)

    return run


def test_a_set_of_laws_makes_tables_and_figures(example, tmp_path, capsys):
    example("set_of_laws.py", tmp_path / "out")
    assert {path.stem for path in (tmp_path / "out" / "tables").glob("*.parquet")} == set(TABLES)
    figures = {path.stem: json.loads(path.read_text("utf-8")) for path in (tmp_path / "out").glob("*.json")}
    assert set(figures) == {"heatmap", "transparency", "dendrogram", "map", "by_year", "by_jurisdiction"}
    assert all(figure["datasets"] for figure in figures.values())
    assert "requirements" in capsys.readouterr().out


def test_two_laws_trace_the_divergence_to_clauses(example, capsys):
    example("two_laws.py")
    printed = capsys.readouterr().out.splitlines()
    total, value = printed[-1].split(" is D: ")
    assert float(total) == pytest.approx(float(value), abs=1e-6)
    assert any(" ~ " in line for line in printed)
