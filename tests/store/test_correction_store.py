"""Corrections on disk."""

import json

import pytest

from fragcheck.errors import StoreError
from fragcheck.records import Anchor, Correction, CorrectionKind, Corrections, ProvisionKind
from fragcheck.store import CorrectionStore

ONE = Corrections(
    "a" * 64,
    (
        Correction(CorrectionKind.CHANGE_KIND, Anchor("art_1", "b" * 64), to=ProvisionKind.SECTION),
        Correction(CorrectionKind.MERGE, Anchor("x", "c" * 64), target=Anchor("y", "d" * 64)),
    ),
)


def test_kept_and_found_again(tmp_path):
    store = CorrectionStore(tmp_path / "kept")
    assert store.load("a" * 64) == Corrections("a" * 64)
    store.save(ONE)
    assert store.load("a" * 64) == ONE
    assert json.loads((tmp_path / "kept" / f"{'a' * 64}.json").read_text())["schema_version"]


def test_none_leaves_no_file(tmp_path):
    store = CorrectionStore(tmp_path)
    store.save(ONE)
    store.save(Corrections("a" * 64))
    store.save(Corrections("a" * 64))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"schema_version": 99}', '{"schema_version": 1, "x": 2}'])
def test_a_damaged_file_is_an_error_and_stays(tmp_path, body):
    path = tmp_path / f"{'a' * 64}.json"
    path.write_text(body)
    with pytest.raises(StoreError, match="corrections by hand were wanted"):
        CorrectionStore(tmp_path).load("a" * 64)
    assert path.read_text() == body


@pytest.mark.parametrize("name", ["", "../x", "A" * 64, "a" * 64 + "#2"])
def test_only_hashes_name_documents(tmp_path, name):
    with pytest.raises(StoreError, match="sha256"):
        CorrectionStore(tmp_path).load(name)
