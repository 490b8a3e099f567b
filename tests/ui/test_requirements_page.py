"""The registers as Streamlit runs them, on the comparison made by hand."""

import pytest
from test_pages import address, notices, uploaded, words
from ui_made import MadeEngine

from fragcheck.ui import session


def table(test, at=0):
    return test.dataframe[at].value


def test_the_register_of_all_documents(app):
    test = app("requirements")
    assert not test.exception
    assert len(table(test)) == 4
    row = table(test).iloc[0]
    assert (row["Who"], row["Force"], row["By when"], row["Page"]) == ("provider", "must", "15 days", 1)
    assert row["Where"] == "Article 1 › 1: Incidents"
    assert "**4** of 4 requirements, 4 of them with a deadline" in words(test)


def test_filters_narrow_it_and_stay_in_the_address(app):
    test = app("requirements")
    test.multiselect(key="choose_modality").select("recommendation").run()
    assert list(table(test)["Who"]) == ["organisation"]
    assert address(test)["modality"] == "recommendation"
    test.selectbox(key="choose_due").select("without").run()
    assert "No requirement passes" in notices(test)
    assert address(test)["due"] == "without"


def test_an_address_restores_the_filters(app):
    first = app("requirements")
    among = first.multiselect(key="choose_among").options
    test = app("requirements", modality="obligation,prohibition", tag="safety", find="incident")
    assert test.multiselect(key="choose_modality").value == ["obligation", "prohibition"]
    assert list(table(test)["Who"]) == ["provider", "developer", "person"]
    assert len(among) == 4


@pytest.mark.parametrize(("name", "column"), [("definitions", "Meaning"), ("figures", "Stricter")])
def test_the_other_registers(app, name, column):
    test = app("requirements")
    test.segmented_control(key="choose_list").select(name).run()
    assert not test.exception
    assert address(test)["list"] == name
    assert column in table(test).columns


def test_definitions_are_filtered_to_shared_terms(app):
    test = app("requirements", list="definitions")
    assert list(table(test)["Other documents that define it"]) == [3, 3, 3, 3]
    test.toggle(key="only_shared").set_value(True).run()
    assert len(table(test)) == 4
    test.text_input(key="choose_find").set_value("unsaid").run()
    assert "No term passes" in notices(test)


def test_figures_are_compared_and_filtered(app):
    test = app("requirements", list="figures")
    assert list(table(test)["Its figure"]) == ["15 days"] * 6
    assert list(table(test, 1)["Kind"].unique()) == ["Deadline or period"]
    test.multiselect(key="choose_kind").select("age").run()
    assert "No corresponding requirements" in notices(test)
    assert "No figures of this kind" in notices(test)


def test_registers_stand_while_the_comparison_runs(app, monkeypatch):
    monkeypatch.setattr(
        MadeEngine, "compare", lambda self, analyses, hooks: hooks.is_cancelled.__self__.wait(9)
    )
    test = app("requirements", wait=False)
    while len(session.registry().ensure("sample").outcomes) < 4:
        pass
    test.run()
    assert not test.exception
    assert len(table(test)) == 4
    test.segmented_control(key="choose_list").select("figures").run()
    assert "has not ended" in words(test)


def test_nothing_read_says_so(app, home):
    found = uploaded(home, "broken-a.pdf", "broken-b.pdf")
    test = app("requirements", set=found.id)
    assert not test.exception
    assert "could be read" in notices(test)
