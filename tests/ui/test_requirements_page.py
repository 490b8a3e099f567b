"""The registers as Streamlit runs them, on the comparison made by hand."""

import pytest
from test_pages import address, notices, uploaded, words
from ui_made import MadeEngine

from fragcheck.records import (
    Citation,
    CommonRequirement,
    Conflict,
    ConflictKind,
    JointParameter,
    Modality,
)
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


def cited(pair, side):
    unit = (pair.left_units if side == "left" else pair.right_units)[0]
    return Citation(getattr(pair, side), unit.eid, unit.key, unit.requirement.text)


def test_the_strictest_of_what_is_shared(app, monkeypatch):
    def common(pairs, ids, *, threshold):
        assert {pair.left for pair in pairs} <= set(ids)
        left, right = cited(pairs[0], "left"), cited(pairs[0], "right")
        figure = JointParameter("duration", "time", "awareness", None, 360.0, True, left, (left, right))
        return (
            CommonRequirement(
                "supplier", "notify", Modality.OBLIGATION, left, (left, right), (figure,), "", 0.83
            ),
        )

    monkeypatch.setattr("fragcheck.synthesis.strictest_common_set", common)
    test = app("requirements", list="strictest")
    assert not test.exception
    row = table(test).iloc[0]
    assert (row["Class"], row["In documents"], row["Certainty"]) == ("provider or developer", 2, 0.83)
    assert row["Figures that satisfy all"].endswith("nothing satisfies all")
    test.multiselect(key="choose_who").select("supplier").run()
    assert len(table(test)) == 1
    test.text_input(key="choose_find").set_value("unsaid").run()
    assert "No duty under these filters" in notices(test)


def test_what_nobody_shares_is_said(app):
    test = app("requirements", list="strictest")
    assert not test.exception
    assert not test.error
    assert "No duty under these filters" in notices(test)


def test_conflicts_are_candidates(app, monkeypatch):
    def found(pairs):
        return tuple(
            Conflict(
                ConflictKind.DUTY_AGAINST_PROHIBITION,
                cited(pair, "left"),
                cited(pair, "right"),
                0.7,
                "One asks for what the other forbids.",
            )
            for pair in pairs
        )

    monkeypatch.setattr("fragcheck.synthesis.conflicts", found)
    test = app("requirements", list="conflicts")
    assert not test.exception
    assert list(table(test)["Kind of conflict"]) == ["duty against prohibition"] * 6
    first, second = test.multiselect(key="choose_among").options[:2]
    test.multiselect(key="choose_among").set_value([first, second]).run()
    assert len(table(test)) == 1
    test.text_input(key="choose_find").set_value("unsaid").run()
    assert "does not prove" in notices(test)


def test_no_conflict_is_no_proof(app):
    test = app("requirements", list="conflicts")
    assert not test.exception
    assert not test.error
    assert "does not prove" in notices(test)


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
