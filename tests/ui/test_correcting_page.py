"""Corrections by hand in the document view, kept, undone and reported when their provision is gone."""

import time

import pytest
from test_document_page import doc, part
from test_pages import address, notices, words

from fragcheck.records import Anchor, Correction, CorrectionKind, Corrections
from fragcheck.store import default_corrections
from fragcheck.ui import session


def sha(index=0):
    job = session.registry().ensure("sample")
    return job.outcomes[index].analysis.document.id


def settled(test):
    """The page once the document is read again."""
    job = session.registry().ensure("sample")
    while not job.snapshot().is_finished:
        time.sleep(0.01)
    return test.run()


def correct(test, how):
    test.segmented_control(key="correct_how").select(how).run()
    return test


def apply(test):
    test.button(key="correct_apply").click().run()
    assert not test.exception
    return settled(test)


def tree(test):
    return [row[0] for row in part(test, "tree")["rows"]]


def test_split_and_undo(app):
    test = app("document", doc=doc(), unit="art_1__para_1")
    test.selectbox(key="split_art_1__para_1").select_index(6).run()
    test = apply(test)
    assert tree(test) == ["chp_1", "art_1", "art_1__para_1", "art_1__para_1~2", "art_2"]
    assert "corrected by hand" in words(test)
    assert [row[6] for row in part(test, "tree")["rows"]] == [0, 0, 1, 1, 0]
    assert default_corrections().load(sha()).corrections[0].kind is CorrectionKind.SPLIT
    test.button(key="correct_undo").click().run()
    test = settled(test)
    assert len(tree(test)) == 4
    assert default_corrections().load(sha()).corrections == ()


def test_merge_into_the_article(app):
    test = correct(app("document", doc=doc(), unit="art_1__para_1"), "merge")
    test = apply(test)
    assert tree(test) == ["chp_1", "art_1", "art_2"]
    assert address(test)["unit"] == "art_1"
    assert "1. A provider shall report" in words(test)


def test_renumber(app):
    test = correct(app("document", doc=doc(), unit="art_1"), "renumber")
    assert "correct_apply" not in [button.key for button in test.button]
    test.text_input(key="renumber_art_1").set_value("Article 7").run()
    test = apply(test)
    assert tree(test) == ["chp_1", "art_7", "art_7__para_1", "art_2"]
    assert address(test)["unit"] == "art_7"


def test_another_kind(app):
    test = correct(app("document", doc=doc(), unit="art_2"), "change_kind")
    test.selectbox(key="change_kind_art_2").select("section").run()
    test = apply(test)
    assert "sec_2" in tree(test)


def test_nothing_to_split_or_merge_is_said(app):
    test = app("document", doc=doc(), unit="chp_1")
    assert "nothing to split" in notices(test)
    test = correct(test, "merge")
    assert "Nothing stands before it" in notices(test)


def test_a_correction_whose_provision_is_gone_is_shown_and_can_be_removed(app, home):
    app()
    gone = Correction(CorrectionKind.RENUMBER, Anchor("art_9", "0" * 64), num="9a")
    default_corrections().save(Corrections(sha(), (gone,)))
    session.registry().forget_document(sha())
    test = app("document", doc=doc())
    assert "was not applied" in notices(test)
    assert "no longer applies" in words(test)
    test.button(key="correct_drop").click().run()
    test = settled(test)
    assert "was not applied" not in notices(test)
    assert default_corrections().load(sha()).corrections == ()


def test_an_unreadable_file_of_corrections_is_a_notice(app, home):
    app()
    path = default_corrections().root / f"{sha()}.json"
    path.parent.mkdir(parents=True)
    path.write_text("{")
    test = app("document", doc=doc())
    assert not test.exception
    assert "corrections by hand were wanted" in notices(test)


@pytest.mark.parametrize("name", ["<b>x</b>", "![x](y)"])
def test_markup_in_a_number_stays_words(app, name):
    test = correct(app("document", doc=doc(), unit="art_1"), "renumber")
    test.text_input(key="renumber_art_1").set_value(name).run()
    test = apply(test)
    assert not test.exception
    assert "<b>x</b>" not in words(test)


def test_a_choice_left_empty_by_a_run_cut_short_is_no_error(app):
    test = app("document", doc=doc(), unit="art_1__para_1")
    test.session_state["correct_how"] = None
    test.run()
    assert not test.error
    assert test.segmented_control(key="correct_how").value == "split"
