"""The four verbs: lazy, alike on files and on what was analysed already; the documented code runs."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

import fragcheck
from fragcheck.catalogue import sample_paths
from fragcheck.errors import ComparisonError, UnreadableInput

TABLE = "id,text\na1,Providers shall report incidents within 72 hours.\na2,Deployers shall keep logs.\n"
OTHER = (
    "id,text\nb1,Providers shall report incidents within 15 days.\nb2,Users may complain to the authority.\n"
)


@pytest.fixture
def tables(tmp_path):
    paths = tmp_path / "one.csv", tmp_path / "other.csv"
    for path, text in zip(paths, (TABLE, OTHER), strict=True):
        path.write_text(text, "utf-8")
    return paths


def test_the_verbs_are_there_and_nothing_is_loaded_before_they_are_used():
    code = (
        "import fragcheck, sys; assert {'parse', 'analyse', 'match', 'compare'} <= set(dir(fragcheck));"
        "print([m for m in ('numpy', 'spacy', 'fragcheck.api') if m in sys.modules]);"
        "fragcheck.compare; print('fragcheck.api' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split("\n")[:2] == ["[]", "True"]


def test_no_other_names():
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        fragcheck.guess  # noqa: B018 - the access is the test


def test_parse(tables):
    assert [provision.eid for provision in fragcheck.parse(tables[0]).provisions] == ["a1", "a2"]
    assert fragcheck.parse(str(tables[0])) == fragcheck.parse(tables[0])


def test_files_and_analyses_give_the_same(tables):
    analyses = [fragcheck.analyse(path) for path in tables]
    assert fragcheck.analyse(analyses[0]) is analyses[0]
    assert fragcheck.compare(*tables) == fragcheck.compare(*analyses)
    assert fragcheck.match(*tables, top=1) == fragcheck.match(*analyses, top=1)


def test_match_finds_the_counterpart(tables):
    rows = [row for row in fragcheck.match(*tables, top=1) if row.left_id == "a1"]
    assert [(row.rank, row.right_id) for row in rows] == [(0, ""), (1, "b1")]


def test_compare_with_a_reference(tables):
    found = fragcheck.compare(tables[0], tables[1], tables[0], reference=1)
    assert len(found.pairs) == 2


def test_what_cannot_be_read_is_said(tables, tmp_path):
    with pytest.raises(UnreadableInput, match="no such file"):
        fragcheck.parse(tmp_path / "missing.pdf")
    with pytest.raises(ComparisonError, match="at least two"):
        fragcheck.compare(tables[0])


def test_the_documented_code_runs(repository_root, capsys):
    text = (repository_root / "docs" / "api.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 4
    names = {"sample_paths": sample_paths}
    for block in blocks:
        exec(block, names)  # noqa: S102 - our own documentation
    assert capsys.readouterr().out
