"""``fragcheck verify``: exit codes and what it prints."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(scope="module")
def result(fragcheck, files, tmp_path_factory):
    path = tmp_path_factory.mktemp("result") / "result.json"
    fragcheck("compare", files / "act.pdf", files / "other.pdf", "--tradition", "eu", "-o", path, check=0)
    return path


def test_a_result_as_written_holds(fragcheck, result):
    done = fragcheck("verify", result, check=0)
    assert done.stdout.startswith("verified: 2 files, ")
    assert json.loads(result.read_text(encoding="utf-8"))["run"]["reading"] == {"tradition": "eu"}


def test_a_changed_number_does_not(fragcheck, result, tmp_path):
    changed = tmp_path / "changed.json"
    content = json.loads(result.read_text(encoding="utf-8"))
    content["pairs"][0]["overall"] = 0.5
    changed.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    done = fragcheck("verify", changed, check=1)
    assert "digest: " in done.stdout
    assert "value: pairs[0].overall: 0.5 stands there" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("NOT VERIFIED: 2 findings")


def test_what_cannot_be_checked_is_refused(fragcheck, result, files, tmp_path):
    moved = tmp_path / "moved.json"
    text = result.read_text(encoding="utf-8")
    moved.write_text(text.replace(str(files / "act.pdf"), "gone/act.pdf"), encoding="utf-8")
    assert "--documents" in fragcheck("verify", moved, check=2).stderr
    assert "digest" in fragcheck("verify", moved, "--documents", files, check=1).stdout
    assert "cannot be opened" in fragcheck("verify", tmp_path / "none.json", check=2).stderr
    assert "no JSON" in fragcheck("verify", files / "rules.csv", check=2).stderr
