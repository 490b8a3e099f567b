"""Where the corpora are looked for: the source tree first, then the installed package."""

from __future__ import annotations

import importlib
import runpy
import sys
from pathlib import Path

import pytest

from fragcheck.catalogue import places, sample, sample_files, sample_paths
from fragcheck.errors import CatalogueError


def test_the_source_tree_comes_first(repository_root: Path) -> None:
    assert places.corpora_folder() == repository_root / "corpora"
    assert all(path.is_file() for path in sample_paths())


def _pretend_installed(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    monkeypatch.setattr(places, "__file__", str(site / "fragcheck" / "catalogue" / "places.py"))
    monkeypatch.syspath_prepend(str(site))
    # An editable install answers for the package from anywhere, a plain one only from its site folder.
    monkeypatch.setattr(
        sys, "meta_path", [finder for finder in sys.meta_path if "ditable" not in repr(finder)]
    )
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if "editable" not in entry])
    importlib.invalidate_caches()
    monkeypatch.delitem(sys.modules, "fragcheck_corpora", raising=False)


def test_the_installed_package_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "fragcheck_corpora" / "sample"
    folder.mkdir(parents=True)
    (folder / "truth.json").write_text("{}", encoding="utf-8")
    _pretend_installed(monkeypatch, tmp_path)
    assert places.corpora_folder() == tmp_path / "fragcheck_corpora"


def test_no_corpora_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "fragcheck_corpora").mkdir()
    _pretend_installed(monkeypatch, tmp_path)
    with pytest.raises(CatalogueError, match="reinstall fragcheck"):
        places.corpora_folder()


def test_a_damaged_truth_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "truth.json").write_text('{"documents": [{}]}', encoding="utf-8")
    monkeypatch.setattr(sample_files, "corpora_folder", lambda: tmp_path)
    for read in (sample.sample_truth.__wrapped__, sample_files.sample_paths):
        with pytest.raises(CatalogueError, match=r"truth\.json"):
            read()


def test_the_wheel_holds_the_corpora(monkeypatch: pytest.MonkeyPatch, repository_root: Path) -> None:
    setuptools = pytest.importorskip("setuptools")
    seen: dict[str, object] = {}
    monkeypatch.setattr(setuptools, "setup", lambda **keys: seen.update(keys))
    monkeypatch.chdir(repository_root)
    runpy.run_path(str(repository_root / "setup.py"))
    packages = set(seen["packages"])
    assert {"fragcheck", "fragcheck.ui", "fragcheck_corpora", "fragcheck_corpora.sample.pdf"} <= packages
    assert seen["package_dir"] == {"fragcheck_corpora": "corpora"}
