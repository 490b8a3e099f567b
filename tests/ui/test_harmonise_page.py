"""The page for those who write standards, as Streamlit runs it."""

import threading
from dataclasses import replace

import pytest
from test_document_page import part
from test_pages import address, documents, notices, uploaded, words
from ui_made import MadeEngine

from fragcheck.errors import InputError
from fragcheck.records import (
    Bloc,
    Change,
    ChangeKind,
    CorpusSummary,
    Force,
    HarmonisationPath,
    PrincipleSummary,
)
from fragcheck.ui import desks, progress, session
from fragcheck.ui.pages import harmonise
from fragcheck.ui.texts import text
from fragcheck.ui.work import Prepared


@pytest.fixture
def whole(monkeypatch):
    """The summary and the path made by hand: their computation has tests of its own."""

    def summary(comparison, store):
        ids = comparison.document_ids
        blocs = (Bloc((ids[0], ids[2]), 0.8, 0.3), Bloc((ids[1],), 0.9, 0.3), Bloc((ids[3],), None, 0.3))
        some = PrincipleSummary(
            "overall", (), ids, 0.5, 0.4, 0.6, 3, fragmentation_all=0.55, n_pairs_all=6, blocs=blocs
        )
        mixed = PrincipleSummary(
            "fairness", (), ids, None, None, None, 0, fragmentation_all=0.7, n_pairs_all=6
        )
        forces = tuple((one, Force.BINDING) for one in ids)
        core = ((ids[0], ("art_2#0",)), (ids[1], ()))
        return CorpusSummary(ids, (some, mixed), ((ids[0], 1),), 1, forces, core)

    def path(principle, steps, comparison, made):
        ids = comparison.document_ids
        if principle == "privacy":
            return HarmonisationPath(principle, False, None, ())
        change = Change(
            ChangeKind.ADOPT, ids[1], ids[0], "art_1__para_1", "art_1__para_1#0", "", "", 0.55, 0.5
        )
        return HarmonisationPath(principle, False, 0.55, (change,) * steps)

    monkeypatch.setattr(harmonise, "_summary", summary)
    monkeypatch.setattr(harmonise, "_path", path)


def test_the_whole_set(app, whole):
    test = app("harmonise")
    assert not test.exception
    said = words(test)
    for wanted in (
        "Fragmentation",
        "the closest first",
        "Who stands apart",
        "**0.5500** to **0.5000**",
    ):
        assert wanted in said
    assert [len(each.value) for each in test.dataframe] == [3, 4, 5, 1]
    picture = part(test, "picture")
    assert picture["svg"].startswith("<svg ")
    assert picture["name"] == "fragcheck-reference.png"
    assert list(test.dataframe[1].value["Speaks as"].unique()) == ["law"]
    assert "- sample 0, sample 2 (stable in 80% of redrawn sets)\n- Alone: sample 1, sample d" in said


def test_blocs_say_how_much_there_is_to_them(app, whole, monkeypatch):
    assert "Mean silhouette width: 0.30 (1: clear blocs, 0: none)." in words(app("harmonise"))
    made = harmonise._summary

    def faint(comparison, store):
        found = made(comparison, store)
        first = found.principles[0]
        blocs = tuple(replace(bloc, silhouette=0.02) for bloc in first.blocs)
        return replace(found, principles=(replace(first, blocs=blocs), *found.principles[1:]))

    monkeypatch.setattr(harmonise, "_summary", faint)
    desks._desk.clear()
    said = words(app("harmonise"))
    assert "Mean silhouette width: 0.02" in said
    assert "read this as an order, not as blocs" in said


def test_the_path_is_that_of_the_pairs_of_one_force(app, whole):
    assert "lower the mean D of the pairs of one force" in words(app("harmonise"))


def test_reference_principle_and_steps(app, whole):
    test = app("harmonise")
    ids = documents(test)
    test.selectbox(key="choose_reference").select(ids[1]).run()
    assert address(test)["reference"] == ids[1]
    assert "has a counterpart in every other document" in notices(test)
    test.slider(key="harmonise_steps").set_value(2).run()
    assert len(test.dataframe[2].value) == 2
    test.selectbox(key="choose_principle").select("fairness").run()
    assert "no two documents of one force" in words(test)
    test.selectbox(key="choose_principle").select("privacy").run()
    assert "No change would bring" in notices(test)
    assert not test.exception


def test_an_address_restores_the_reference(app, whole):
    ids = documents(app("harmonise"))
    test = app("harmonise", reference=ids[2], principle="safety")
    assert test.selectbox(key="choose_reference").value == ids[2]


def test_the_real_summary_of_the_comparison_made_by_hand(app):
    test = app("harmonise")
    assert not test.exception
    assert not test.error
    assert "Common core" in words(test)


def test_the_summary_that_came_with_the_comparison_is_shown_to_all_but_one_reader(app, whole, monkeypatch):
    made = harmonise._summary
    monkeypatch.setattr(
        MadeEngine, "prepare", lambda _, comparison, __: [Prepared("summary", made(comparison, None))]
    )
    asked = []
    monkeypatch.setattr(
        harmonise, "_summary", lambda comparison, store: asked.append(comparison) or made(comparison, store)
    )
    assert "Fragmentation" in words(app("harmonise"))
    assert not asked
    assert "Fragmentation" in words(app("harmonise", role="supplier"))
    assert len(asked) == 1


def test_a_summary_that_is_still_made_with_the_comparison_is_waited_for(app, whole, monkeypatch):
    go_on, made = threading.Event(), harmonise._summary

    def held(_, comparison, hooks):
        go_on.wait(60)
        yield Prepared("summary", made(comparison, None))

    monkeypatch.setattr(MadeEngine, "prepare", held)
    monkeypatch.setattr(progress, "QUICK", 0.0)
    test = app("harmonise")
    assert text("harmonise.computing").partition(" …")[0] in [
        each.label.partition(" …")[0] for each in test.status
    ]
    go_on.set()
    assert session.registry().ensure("sample").beside["summary"].wait(60)
    assert "Fragmentation" in words(test.run())
    assert desks.summaries()._made == {}


def test_summary_and_path_are_made_at_once_and_may_both_fail(app, whole, monkeypatch):
    go_on = threading.Event()

    def fails(*_):
        go_on.wait(60)
        raise InputError("nothing came of it")

    monkeypatch.setattr(progress, "QUICK", 0.0)
    monkeypatch.setattr(harmonise, "_summary", fails)
    monkeypatch.setattr(harmonise, "_path", fails)
    test = app("harmonise")
    assert not test.exception
    assert not test.error
    assert [each.label.partition(" …")[0] for each in test.status] == [
        text("harmonise.computing").partition(" …")[0],
        text("harmonise.looking").partition(" …")[0],
    ]
    assert [each.key for each in test.button].count("cancel_made") == 1
    go_on.set()
    for desk in (desks.summaries(), desks.paths()):
        (made,) = desk._made.values()
        assert made.wait(60)
    test.run()
    assert not test.exception
    assert sum("nothing came of it" in each.value for each in test.error) == 2
    assert {"again_summary", "again_made"} <= {each.key for each in test.button}


def test_one_document_has_nothing_to_harmonise(app, home):
    found = uploaded(home, "alone.pdf")
    test = app("harmonise", set=found.id)
    assert not test.exception
    assert "at least two documents" in notices(test)


def test_among_many_documents_the_path_is_looked_for_when_asked(app, whole, monkeypatch):
    monkeypatch.setattr(harmonise, "AT_ONCE", 3)
    test = app("harmonise")
    assert not test.exception
    assert "among 4 documents can take a minute" in words(test)
    assert "would lower the mean D" not in words(test)
    test.button(key="look").click().run()
    (made,) = desks.paths()._made.values()
    assert made.wait(60)
    test.run()
    assert not test.exception
    assert "would lower the mean D" in words(test)
