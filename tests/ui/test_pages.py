"""Every page as Streamlit runs it, on the comparison made by hand."""

import re
import time
from dataclasses import replace

import pytest
from ui_made import OPENS, TITLES, MadeEngine

from fragcheck.records import DocumentKind
from fragcheck.ui import session
from fragcheck.ui.address import token
from fragcheck.ui.jobs import JobState
from fragcheck.ui.pages.method import flag_rows
from fragcheck.ui.texts import section
from fragcheck.ui.workspace import SAMPLE


def words(test):
    kinds = (test.markdown, test.caption, test.text, test.get("html"))
    return "\n".join(str(getattr(each, "value", None) or each.proto) for kind in kinds for each in kind)


def address(test):
    """The address; Streamlit's test gives a parameter as a list or as it is."""
    given = dict(test.query_params.items())
    return {name: value[0] if isinstance(value, list) else value for name, value in given.items()}


def sides(test):
    return address(test)["left"], address(test)["right"]


def images(test):
    return test.get("image")


def notices(test):
    return "\n".join(each.value for kind in (test.warning, test.error, test.info) for each in kind)


def uploaded(home, *names):
    return home.save_set(
        tuple(home.add_file(name, f"{name} {index}".encode()) for index, name in enumerate(names))
    )


def documents(test, n=4):
    job = session.registry().ensure(address(test)["set"])
    return [token(one) for one in job.comparison.document_ids[:n]]


def test_the_start_page_is_the_heatmap_of_the_sample(app):
    test = app(opened=("fold_apart", "fold_table"))
    assert not test.exception
    assert test.subheader[0].value == "Where do they diverge?"
    assert "Sample corpus" in words(test)
    assert address(test)["set"] == "sample"
    pairs, parts = (table.value for table in test.dataframe[:2])
    assert len(pairs) == 6
    assert len(parts) == 12
    assert "apt-get install tesseract-ocr" in notices(test)


def test_what_is_closed_is_not_made(app):
    test = app()
    assert len(test.dataframe) == 0
    assert {each.label for each in test.expander} >= {
        "What tells pairs apart: agreement on a log scale",
        "Every principle at a glance",
        "The same as a table and as a picture",
    }
    assert "choose_role" not in {each.key for each in test.selectbox}


def test_the_first_start_shows_progress(app, home, monkeypatch):
    monkeypatch.setattr(MadeEngine, "compare", lambda self, analyses, hooks: time.sleep(5))
    test = app(wait=False)
    assert not test.exception
    assert "First start" in words(test)
    assert "Cancel" in [each.label for each in test.button]
    test.button(key="cancel_job").click().run()
    job = session.registry().ensure(SAMPLE)
    assert job.stop.is_set()


def test_choices_are_kept_in_the_address(app):
    test = app(opened=("fold_apart", "fold_table"))
    test.selectbox(key="choose_principle").select("fairness").run()
    test.selectbox(key="choose_measure").select("coverage").run()
    test.selectbox(key="choose_order").select("cluster").run()
    test.toggle(key="stretch").set_value(True).run()
    assert not test.exception
    assert address(test)["principle"] == "fairness"
    assert address(test)["component"] == "coverage"
    assert address(test)["order"] == "cluster"
    assert "Few provisions" in " ".join(test.dataframe[1].value["Rests on"])


def test_an_address_restores_the_heatmap(app):
    test = app(principle="privacy", component="content", order="cluster")
    assert test.selectbox(key="choose_principle").value == "privacy"
    assert test.selectbox(key="choose_measure").value == "content"


@pytest.mark.parametrize(
    "query",
    [
        {"principle": "<script>"},
        {"component": "nothing"},
        {"left": "../../etc"},
        {"eid": "a\x01"},
        {"order": "x"},
    ],
)
def test_a_bad_address_is_a_notice(app, query):
    test = app(**query)
    assert not test.exception
    assert "could not be used" in notices(test)


@pytest.mark.parametrize("set_id", ["0" * 16, "../../x"])
def test_an_unknown_set_is_a_notice_and_the_sample(app, home, set_id):
    app()
    test = app(wait=False, set=set_id)
    assert not test.exception
    assert notices(test)
    assert address(test)["set"] == "sample"


def test_a_file_is_called_by_its_name_and_not_by_its_place(app, home):
    found = uploaded(home, "a.pdf", "broken.pdf", "c.pdf")
    test = app("documents", set=found.id)
    assert "broken" in notices(test)
    assert str(home.root) not in notices(test)


def test_a_pair_is_opened_by_keyboard(app):
    test = app()
    left, right = test.selectbox(key="open_left"), test.selectbox(key="open_right")
    left.select_index(2)
    right.select_index(0)
    test.button(key="open_go").click().run()
    assert not test.exception
    assert test.subheader[0].value == "Pair"
    ids = documents(test)
    assert address(test)["left"] == ids[2]
    assert address(test)["right"] == ids[0]


def test_the_pair_page_says_it_all(app):
    test = app("pair", principle="safety")
    shown = words(test)
    assert not test.exception
    assert "D = 0.35" in shown
    assert "0.30–0.40" in shown
    assert re.search(
        r"Neither is clearly stricter: .* shared requirements?, too few to tell", shown.replace("\\", "")
    )
    assert "remain" in shown
    assert "within <mark>15</mark> days" in shown or "<mark>" in shown
    assert "fc-differs" in shown
    assert "<script>alert" not in shown


def test_the_pair_of_an_address_and_its_page(app):
    app()
    job = session.registry().ensure(SAMPLE)
    ids = [token(one) for one in job.comparison.document_ids]
    test = app("pair", left=ids[2], right=ids[0], eid="art_1__para_1|art_1__para_1")
    assert not test.exception
    assert address(test)["left"] == ids[2]
    assert "Hide the page" in [each.label for each in test.button]
    assert len(images(test)) == 2
    assert "blockquote" in words(test)
    next(each for each in test.button if each.label == "Hide the page").click().run()
    assert not images(test)
    assert "eid" not in test.query_params


def test_a_table_has_no_page_and_says_so(app):
    app()
    ids = [token(one) for one in session.registry().ensure(SAMPLE).comparison.document_ids]
    test = app("pair", left=ids[0], right=ids[3], eid="|art_2")
    assert "no pages to show" in notices(test)


def test_a_provision_that_is_not_there_is_a_notice(app):
    test = app("pair", eid="art_999|art_1")
    assert not test.exception
    assert "not in these documents" in notices(test)


def test_a_document_that_is_not_there_is_a_notice(app):
    test = app("pair", left="0123456789ab")
    assert not test.exception
    assert "left" in notices(test)
    assert address(test)["left"] == documents(test)[0]


def test_choosing_the_other_sides_document_swaps(app):
    test = app("pair")
    a, b, c, _ = documents(test)
    test.selectbox(key="choose_left").select(b).run()
    assert sides(test) == (b, a)
    test.selectbox(key="choose_right").select(c).run()
    assert sides(test) == (b, c)
    test.button[0].click().run()
    assert sides(test) == (c, b)
    assert not test.exception


@pytest.mark.parametrize("name", ["gaps_left", "gaps_right", "residual_right", "residual_left"])
def test_the_other_lists(app, name):
    test = app("pair")
    test.session_state["pair_list"] = name
    test.run()
    assert not test.exception
    assert ("Show on the page" in [each.label for each in test.button]) != ("residual_left" in name)


def test_filters(app):
    test = app("pair", principle="safety")
    test.multiselect(key="filter_fields").select("actor").run()
    assert "1–1 of 1" in words(test)
    test.multiselect(key="filter_relations").select("equal").run()
    assert "No matched requirements" in notices(test)
    test.toggle(key="only_principle").set_value(False).run()
    assert not test.exception


@pytest.mark.parametrize("principle", ["fairness", "privacy", "compute"])
def test_pairs_that_rest_on_little_say_so(app, principle):
    test = app("pair", principle=principle)
    assert not test.exception
    assert any(part in words(test) for part in ("Few provisions", "Only one of the two", "no evidence"))


def test_documents_show_every_outcome(app, home):
    found = uploaded(home, "a.pdf", "broken.pdf", "locked.pdf", "d.pdf")
    test = app("documents", set=found.id)
    assert not test.exception
    table = test.dataframe[0].value
    assert list(table["Outcome"]) == ["read", "not read", "not read", "read"]
    assert "broken" in notices(test)
    assert "](https" not in notices(test).replace("\\]\\(https", "")
    assert test.text_input[0].label.startswith("Password of")


def test_a_password_is_asked_for_in_place(app, home):
    found = uploaded(home, "a.pdf", "locked.pdf")
    test = app("documents", set=found.id)
    test.text_input[0].input("wrong")
    test.button[-1 - [each.label for each in test.button][::-1].index("Open it")].click().run()
    job = session.registry().ensure(found.id)
    while not job.snapshot().is_finished:
        time.sleep(0.01)
    test.run()
    assert "does not open" in notices(test)
    test.text_input[0].input(OPENS)
    test.button[-1 - [each.label for each in test.button][::-1].index("Open it")].click().run()
    job = session.registry().ensure(found.id)
    while not job.snapshot().is_finished:
        time.sleep(0.01)
    test.run()
    assert list(test.dataframe[0].value["Outcome"]) == ["read", "read"]


def test_upload_starts_an_analysis(app, home):
    test = app("documents")
    test.file_uploader(key="upload_0").set_value(
        [("x.pdf", b"x 1", "application/pdf"), ("y.pdf", b"y 2", "application/pdf")]
    ).run()
    test.button(key="analyse").click().run()
    assert not test.exception
    (found,) = home.recent_sets()
    assert address(test)["set"] == found.id
    assert [entry.name for entry in found.entries] == ["x.pdf", "y.pdf"]


def test_one_file_alone_says_what_to_do(app, home):
    found = uploaded(home, "a.pdf")
    assert "at least two" in notices(app(set=found.id))
    test = app("documents", set=found.id)
    assert not test.exception
    assert list(test.dataframe[0].value["Outcome"]) == ["read"]


def test_tradition_and_language_can_be_forced(app, home):
    found = uploaded(home, "a.pdf", "b.pdf")
    test = app("documents", set=found.id)
    boxes = {each.label: each for each in test.selectbox}
    boxes["Drafting tradition"].select("us")
    boxes["Language"].select("fr")
    next(each for each in test.button if each.label == "Read again with these").click().run()
    assert not test.exception
    forced = home.load_set(address(test)["set"])
    assert (forced.entries[0].tradition, forced.entries[0].language) == ("us", "fr")
    assert forced.entries[1].tradition is None


def test_sets_can_be_reopened_and_removed(app, home):
    first, second = uploaded(home, "a.pdf", "b.pdf"), uploaded(home, "c.pdf", "d.pdf")
    test = app("documents", set=first.id)
    test.button(key=f"recent_{second.id}").click().run()
    assert address(test)["set"] == second.id
    job = session.registry().ensure(second.id)
    while not job.snapshot().is_finished:
        time.sleep(0.01)
    test.run()
    test.button(key="remove").click().run()
    assert address(test)["set"] == "sample"
    assert [found.id for found in home.recent_sets()] == [first.id]


def test_the_sample_can_be_reopened_and_read_again(app, home):
    found = uploaded(home, "a.pdf", "b.pdf")
    test = app("documents", set=found.id)
    before = session.registry().ensure(found.id)
    test.button(key="again").click().run()
    assert session.registry().ensure(found.id) is not before
    test.button(key="to_sample").click().run()
    assert address(test)["set"] == "sample"


def test_a_failed_comparison_is_a_notice_with_a_way_on(app, monkeypatch):
    def fails(self, analyses, hooks):
        raise RuntimeError("odd ![x](https://e.invalid/z)")

    monkeypatch.setattr(MadeEngine, "compare", fails)
    test = app()
    assert not test.exception
    assert "odd" in notices(test)
    assert "![x](" not in notices(test)
    assert session.registry().ensure(SAMPLE).state is JobState.FAILED
    assert "odd" in notices(app("documents"))


def test_a_page_that_breaks_is_a_notice(app, monkeypatch):
    from fragcheck.ui.pages import heatmap

    def broken(*args, **kwargs):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(heatmap, "cells", broken)
    test = app()
    assert not test.exception
    assert "ZeroDivisionError" in notices(test)
    assert "secret detail" not in notices(test)


def test_the_method_page(app):
    test = app("method")
    assert not test.exception
    assert "Limits" in words(test)
    flags, principles, controls, run = (found.value for found in test.table)
    assert list(flags["Flag"]) == list(section("flags").values())
    assert (len(principles), len(controls)) == (6, 3)
    assert "encoder" in set(run["Name"])
    settings = dict(zip(*(test.dataframe[0].value[name] for name in ("Name", "Value")), strict=True))
    assert settings["divergence › few provisions"] == "5"


def test_flags_of_the_documents_in_view(comparison):
    bill = replace(comparison.analyses[0].document, kind=DocumentKind.BILL, status="vetoed")
    first = replace(comparison.analyses[0], document=bill)
    rows = flag_rows(replace(comparison, analyses=(first, *comparison.analyses[1:])))
    carried = {row["Flag"]: row["In this set"] for row in rows}
    assert carried["bill"] == carried["vetoed"] == "doc0"
    assert carried["treaty"] == "–"
    assert {row["In this set"] for row in flag_rows(None)} == {"–"}


def test_names_from_documents_are_never_markup(app):
    test = app("pair")
    ids = documents(test)
    test = app("pair", left=ids[0], right=ids[2])
    assert "![x](https" not in words(test)
    assert TITLES[2][:10] in words(test)
