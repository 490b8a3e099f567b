"""The Library page: files in their versions, sets made of them, and the catalogue."""

import os
from pathlib import Path

import pytest
from ui_made import made_analysis

from fragcheck.catalogue import load_catalogue
from fragcheck.errors import ExtractionError
from fragcheck.ui import session
from fragcheck.ui.holdings import catalogue_rows, held_files
from fragcheck.ui.pages.documents import outcome_rows
from fragcheck.ui.pages.library_shelves import held_rows
from fragcheck.ui.texts import section
from fragcheck.ui.work import FoundOutcome
from fragcheck.ui.workspace import SetEntry, safe_name


def keep(workspace, name, content, age):
    entry = workspace.add_file(name, content)
    os.utime(workspace.path(entry), (1_700_000_000 + age, 1_700_000_000 + age))
    return entry


def test_files_of_one_name_are_versions_the_oldest_first(workspace):
    late = keep(workspace, "law.pdf", b"late", 20)
    early = keep(workspace, "law.pdf", b"early", 10)
    alone = keep(workspace, "Act.pdf", b"alone", 30)
    workspace.save_set((early, alone))
    found = [(held.entry, held.version, held.n_versions, held.n_sets) for held in held_files(workspace)]
    assert found == [(alone, 1, 1, 1), (early, 1, 2, 1), (late, 2, 2, 0)]


def test_the_same_bytes_are_kept_once(workspace):
    keep(workspace, "law.pdf", b"same", 1)
    keep(workspace, "law.pdf", b"same", 2)
    assert [(held.version, held.n_versions) for held in held_files(workspace)] == [(1, 1)]


@pytest.mark.parametrize("name", ["قانون.pdf", "北方法.pdf", "x" * 300 + ".pdf", "../../a|b.pdf"])
def test_odd_names_are_held_and_listed(workspace, home, name):
    keep(workspace, name, b"x", 0)
    (held,) = held_files(workspace)
    assert held.entry.name == safe_name(name)
    assert held_rows([held])[0]["Version"] == "1 of 1"


def test_an_empty_machine_holds_nothing(workspace):
    assert held_files(workspace) == ()


def test_the_catalogue_is_searched_and_says_what_is_here():
    known = next(each for each in load_catalogue() if each.sha256)
    assert {is_here for each, is_here in catalogue_rows("", {known.sha256}) if each is known} == {True}
    assert all(not is_here for _, is_here in catalogue_rows("", ()))
    assert catalogue_rows("no such law anywhere", ()) == []
    for each in load_catalogue():
        assert each.kind in section("instrument_kinds")
        assert each.status in section("instrument_statuses")


def test_the_page_lists_files_and_instruments(app):
    test = app("documents", opened=("fold_held", "fold_catalogue"))
    assert not test.exception
    labels = [each.label for each in test.expander]
    assert "Files on this machine (4)" in labels
    assert "Catalogue of real instruments" in labels
    test.text_input(key="catalogue_words").set_value("colorado").run()
    assert any(
        len(found.value) == 1 and "Colorado" in str(found.value.iloc[0].to_dict()) for found in test.dataframe
    )
    test.text_input(key="catalogue_words").set_value("zzz qqq").run()
    assert "No instrument holds" in "".join(each.value for each in test.info)


def test_fewer_than_two_chosen_files_make_no_set(app):
    test = app("documents", opened=("fold_held",))
    assert test.button(key="compare_held").disabled
    assert session.registry().workspace.recent_sets() == ()


def test_a_file_that_was_not_read_leaves_the_columns_in_their_order():
    entries = (SetEntry("0" * 64, "broken.pdf"), SetEntry("1" * 64, "law.pdf"))
    bad = FoundOutcome(Path("broken.pdf"), None, ExtractionError("no PDF"), 0.1)
    good = FoundOutcome(Path("law.pdf"), made_analysis(0), None, 0.1)
    first, second = outcome_rows((bad, good), entries)
    assert list(first) == list(second)
    assert list(first)[:3] == ["File", "Title", "Outcome"]
    assert first["Provisions"] is None
