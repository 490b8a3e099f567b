import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.errors import StoreError
from fragcheck.ui.workspace import SAMPLE, SetEntry, UnknownSet, safe_name


def test_the_same_bytes_are_kept_once_and_sets_are_addressed_by_content(workspace):
    one = workspace.add_file("a.pdf", b"one")
    two = workspace.add_file("b.pdf", b"two")
    assert workspace.add_file("a.pdf", b"one") == one
    first = workspace.save_set((one, two))
    assert workspace.save_set((one, two)).id == first.id
    assert workspace.save_set((two, one)).id != first.id
    assert workspace.load_set(first.id) == first
    assert workspace.path(one).read_bytes() == b"one"


def test_what_is_forced_makes_another_set(workspace):
    one = workspace.add_file("a.pdf", b"one")
    forced = SetEntry(one.sha256, one.name, "eu", "fr")
    assert workspace.save_set((one,)).id != workspace.save_set((forced,)).id
    assert workspace.load_set(workspace.save_set((forced,)).id).entries == (forced,)


@pytest.mark.parametrize("set_id", ["0" * 16, "../secret", "", "sample/../x", "0" * 15, "G" * 16])
def test_unknown_sets_are_refused(workspace, set_id):
    with pytest.raises(UnknownSet):
        workspace.load_set(set_id)


@pytest.mark.parametrize(
    "body", ["", "[]x", '[{"name": "a"}]', '[{"sha256": "../../x", "name": "a"}]', "[1]", "{}1"]
)
def test_damaged_sets_are_refused(workspace, body):
    (workspace.root / "sets").mkdir(parents=True)
    (workspace.root / "sets" / f"{'0' * 16}.json").write_text(body)
    with pytest.raises(UnknownSet):
        workspace.load_set("0" * 16)


def test_a_set_whose_file_is_gone_names_it(workspace):
    one = workspace.add_file("a.pdf", b"one")
    found = workspace.save_set((one,))
    workspace.path(one).unlink()
    with pytest.raises(UnknownSet, match=r"a\.pdf"):
        workspace.load_set(found.id)
    assert workspace.recent_sets() == ()


def test_the_sample_set_and_recent_sets(workspace, tmp_path):
    assert workspace.recent_sets() == ()
    path = tmp_path / "s.pdf"
    path.write_bytes(b"sample")
    workspace.save_sample((path,))
    assert workspace.load_set(SAMPLE).entries[0].name == "s.pdf"
    uploaded = workspace.save_set((workspace.add_file("a.pdf", b"one"),))
    assert workspace.recent_sets() == (uploaded,)


def test_removing_a_set_keeps_files_that_others_name(workspace):
    one, two = workspace.add_file("a.pdf", b"one"), workspace.add_file("b.pdf", b"two")
    both, single = workspace.save_set((one, two)), workspace.save_set((one,))
    workspace.remove_set(both.id)
    assert workspace.path(one).is_file()
    assert not workspace.path(two).exists()
    assert workspace.recent_sets() == (single,)
    workspace.save_set((one,), set_id=SAMPLE)
    workspace.remove_set(single.id)
    assert workspace.path(one).is_file()


def test_a_folder_that_cannot_be_written_is_named(workspace):
    workspace.root.write_text("a file in the way")
    with pytest.raises(StoreError, match="FRAGCHECK_HOME"):
        workspace.add_file("a.pdf", b"one")


@given(st.text(max_size=300))
def test_names_are_safe(name):
    found = safe_name(name)
    assert found
    assert len(found) <= 120
    assert "/" not in found
    assert "\\" not in found
    assert not found.startswith(".")
    assert found.isprintable()
    assert safe_name(found) == found
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("law.pdf", "law.pdf"),
        ("C:\\laws\\a b.pdf", "a b.pdf"),
        ("../../.bashrc", "bashrc"),
        ("", "document"),
        ("...", "document"),
        ("人工智能.pdf", "人工智能.pdf"),
    ],
)
def test_names(name, kept):
    assert safe_name(name) == kept
