"""The Reports page, the desk that makes reports in the background, and the real files."""

import csv
import io
import json
import threading
import xml.etree.ElementTree as ET

import pytest
import yaml
from ui_made import MadeEngine

from fragcheck.catalogue import sample_paths
from fragcheck.errors import ComparisonError
from fragcheck.pipeline import AnalysisOptions, analyse_files, compare_analyses
from fragcheck.ui import desks, session
from fragcheck.ui.address import token
from fragcheck.ui.engine import PipelineEngine
from fragcheck.ui.making import ReportDesk
from fragcheck.ui.pages.reports import preview_files, preview_sheets
from fragcheck.ui.report_kinds import KINDS, file_name, kind_named
from fragcheck.ui.texts import section


def address(test):
    given = dict(test.query_params.items())
    return {name: value[0] if isinstance(value, list) else value for name, value in given.items()}


def made(test):
    """Press the button, wait for the report's end, and look again."""
    test.button(key="make").click().run()
    (one,) = desks.reports()._made.values()
    assert one.wait(60)
    return test.run()


def test_every_kind_has_its_words():
    assert {kind.name for kind in KINDS} == set(section("report_kinds")) == set(section("report_help"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_report_is_made_shown_and_offered(app, kind):
    test = made(app("reports", report=kind.name))
    assert not test.exception
    assert not test.error
    (button,) = test.get("download_button")
    assert button.proto.label == "Download"
    assert [each for each in test.caption if kind.suffix.lstrip(".") in each.value.replace("\\", "")]


def test_the_choice_and_its_documents_are_in_the_address(app):
    test = app("reports")
    test.selectbox(key="choose_report").select("olir").run()
    test.selectbox(key="choose_right").select_index(3).run()
    ids = session.registry().ensure("sample").comparison.document_ids
    assert address(test)["report"] == "olir"
    assert address(test)["right"] == token(ids[3])


def test_a_crosswalk_of_a_document_with_itself_is_refused(app):
    test = app("reports", report="sssom")
    test.selectbox(key="choose_right").select_index(0).run()
    assert "two different documents" in test.info[0].value
    assert not [button for button in test.button if button.key == "make"]


@pytest.mark.parametrize("error", [ComparisonError("nothing is mapped"), RuntimeError("odd")])
def test_what_could_not_be_made_says_why_and_can_be_made_again(app, error):
    test = app("reports")
    engine = session.registry().engine
    engine.fails_with = error
    test = made(test)
    assert str(error) in test.error[0].value
    engine.fails_with = None
    test.button(key="make_again").click().run()
    (one,) = desks.reports()._made.values()
    assert one.wait(60)
    assert test.run().get("download_button")


def test_the_desk_makes_a_report_once_for_all_and_keeps_the_last():
    desk, gate, calls = ReportDesk(kept=2), threading.Event(), []

    def make(name):
        calls.append(name)
        gate.wait(60)
        return name.encode()

    first = desk.ask("a", lambda _: make("a"))
    assert desk.ask("a", lambda _: make("again")) is first
    assert not first.is_finished
    gate.set()
    assert first.wait(60)
    for name in "bcd":
        assert desk.ask(name, lambda _, name=name: make(name)).wait(60)
    assert calls == ["a", "b", "c", "d"]
    assert desk.find("a") is None
    assert desk.find("d").content == b"d"


def test_a_sheet_is_shown_as_far_as_asked_and_runs_nothing():
    book = MadeEngine().report(None, kind_named("xlsx"), ())
    assert preview_sheets(book, 2) == {"Pairs": [["Name", "D"], ["'=1+1", 0.5]]}


@pytest.mark.parametrize(
    ("names", "wanted"),
    [((), "fragcheck.json"), (("../a b", "."), "fragcheck-a-b-.json"), (("قانون",), "fragcheck-قانون.json")],
)
def test_names_of_files(names, wanted):
    assert file_name(kind_named("json"), names) == wanted


@pytest.fixture(scope="module")
def sample():
    """Two laws of the sample corpus, compared."""
    outcomes = analyse_files(sample_paths()[:2], AnalysisOptions())
    return compare_analyses([outcome.analysis for outcome in outcomes])


@pytest.mark.model
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_real_files(sample, kind):
    chosen = sample.document_ids[: {"set": 0, "document": 1, "pair": 2}[kind.about]]
    content = PipelineEngine().report(sample, kind, chosen)
    if kind.suffix.endswith("json"):
        assert json.loads(content)
    elif kind.suffix.endswith("yaml"):
        assert yaml.safe_load(content)
    elif kind.suffix.endswith("xml"):
        assert ET.fromstring(content).tag.endswith("akomaNtoso")  # noqa: S314 - as above
    elif kind.preview == "files":
        tables = preview_files(content, 3)
        assert list(tables)[:2] == ["matrix", "pairs"]
        assert all(0 < len(table) <= 3 for name, table in tables.items() if name in {"matrix", "pairs"})
    elif kind.suffix.endswith("csv"):
        assert next(csv.reader(io.StringIO(content.decode())))[0] == "Focal Document Element"
    else:
        start = {"tables": b"PK", "page": b"<!doctype html>", "paper": b"%PDF", "words": b"#"}[kind.preview]
        assert content.lower().startswith(start.lower())
    if kind.preview == "tables":
        assert len(preview_sheets(content)) > 3
