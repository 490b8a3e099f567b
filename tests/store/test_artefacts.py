"""Artefacts come back whole or not at all."""

from __future__ import annotations

import logging

import pytest

from fragcheck.errors import StoreError
from fragcheck.records import Notice, Page
from fragcheck.store import ArtefactStore, code_fingerprint, default_store, fingerprint, home_folder

NOTICE = Notice("page-without-text", "Page 4 holds no text.", page=4)


@pytest.fixture
def store(tmp_path):
    return ArtefactStore(tmp_path / "artefacts")


def test_store_gives_back_what_it_keeps(store):
    key = store.key("read", "abc", "v1")
    assert store.load(Notice, key) is None
    store.save(key, NOTICE)
    assert store.load(Notice, key) == NOTICE
    assert not list(store.root.rglob("*.part"))


@pytest.mark.parametrize("other", [("read", "abc", "v2"), ("segment", "abc", "v1"), ("read", "ab", "cv1")])
def test_store_key_tells_inputs_apart(other):
    assert ArtefactStore.key("read", "abc", "v1") != ArtefactStore.key(*other)


@pytest.mark.parametrize("damage", [b"", b"not compressed", None])
def test_store_makes_damaged_artefacts_anew(store, caplog, damage):
    key = store.key("read", "abc")
    store.save(key, NOTICE)
    path = next(store.root.rglob("*.json.z"))
    path.write_bytes(path.read_bytes()[:-9] if damage is None else damage)
    with caplog.at_level(logging.WARNING):
        assert store.load(Notice, key) is None
    assert "damaged" in caplog.text
    assert not path.exists()


def test_store_does_not_read_a_record_as_another(store, caplog):
    key = store.key("read", "abc")
    store.save(key, NOTICE)
    assert store.load(Page, key) is None
    assert "damaged" in caplog.text


def test_store_names_the_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="FRAGCHECK_HOME"):
        ArtefactStore(tmp_path / "file").save("a-00", NOTICE)


def test_home_folder_follows_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAGCHECK_HOME", str(tmp_path))
    assert home_folder() == tmp_path
    assert default_store().root == tmp_path / "artefacts"


def test_another_catalogue_is_another_fingerprint(tmp_path, monkeypatch):
    """What the catalogue says of a document is kept with its analysis."""
    shipped = code_fingerprint()
    (tmp_path / "catalogue.toml").write_text("[[instrument]]\n", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "corpora_folder", lambda: tmp_path)
    other = code_fingerprint.__wrapped__()
    assert other != shipped
    (tmp_path / "catalogue.toml").write_text("[[instrument]]\n\n", encoding="utf-8")
    assert code_fingerprint.__wrapped__() != other


def test_code_fingerprint_is_stable():
    assert code_fingerprint() == code_fingerprint.__wrapped__()
    assert len(code_fingerprint()) == 64
