"""The document view as Streamlit runs it, on the analyses made by hand."""

import hashlib
import json

import pytest
from test_pages import address, notices, uploaded, words

from fragcheck.ui import session
from fragcheck.ui.address import token


def part(test, name):
    """What one of the two parts was given to draw."""
    for each in test.get("bidi_component"):
        proto = each.proto
        if proto.component_name == f"fragcheck_{name}":
            kind = proto.WhichOneof("data")
            return json.loads(proto.json if kind == "json" else proto.mixed.json)
    return None


def doc(index=0):
    """Token of a document of the sample made by hand."""
    return token(hashlib.sha256(f"sample {index}".encode()).hexdigest())


def test_contents_words_and_page(app):
    test = app("document")
    assert not test.exception
    assert test.subheader[0].value == "Document"
    tree = part(test, "tree")
    assert [row[0] for row in tree["rows"]] == ["chp_1", "art_1", "art_1__para_1", "art_2"]
    assert tree["chosen"] == "chp_1"
    assert address(test)["unit"] == "chp_1"
    sheet = part(test, "sheet")
    assert sheet["image"].startswith("data:image/png;base64,")
    assert {frame["eid"] for frame in sheet["frames"]} == {"art_1", "art_1__para_1", "art_2"}
    assert "A provider shall report" in words(test)


def test_a_provision_with_all_that_was_found(app):
    test = app("document", doc=doc(), unit="art_1__para_1")
    assert not test.exception
    said = words(test)
    for wanted in ("Article 1 › 1: Incidents", "Obligation", "provider", "at most 15 days", "Safety"):
        assert wanted in said
    assert "90%" in said
    assert "not counted as bearing on it: Privacy 40%" in said
    assert "Kind: not known · Status: not known" in said


def test_an_address_restores_the_view(app):
    test = app("document", doc=doc(1), unit="art_2", tag="safety", find="system")
    assert test.selectbox(key="choose_doc").value == doc(1)
    assert test.multiselect(key="choose_tag").value == ["safety"]
    assert test.text_input(key="choose_find").value == "system"
    assert [row[0] for row in part(test, "tree")["rows"]] == ["art_2"]
    assert "any machine" in words(test)


def test_previous_and_next(app):
    test = app("document", doc=doc(), unit="art_1")
    test.button(key="next").click().run()
    assert address(test)["unit"] == "art_1__para_1"
    test.button(key="previous").click().run()
    test.button(key="previous").click().run()
    assert address(test)["unit"] == "chp_1"
    assert test.button(key="previous").disabled


def test_filters_and_clearing_them(app):
    test = app("document")
    test.multiselect(key="choose_type").select("definition").run()
    assert [row[0] for row in part(test, "tree")["rows"]] == ["art_2"]
    assert address(test)["type"] == "definition"
    test.text_input(key="choose_find").set_value("nowhere said").run()
    assert part(test, "tree") is None
    assert "No provision passes" in notices(test)
    test.button(key="clear").click().run()
    assert len(part(test, "tree")["rows"]) == 4
    assert "type" not in address(test)


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ({"unit": "art_99"}, "not in this document"),
        ({"doc": "0" * 12}, "not in this set"),
        ({"doc": "zz"}, "could not be used"),
        ({"tag": "<b>"}, "could not be used"),
    ],
)
def test_a_link_to_what_is_not_there_is_a_notice(app, query, notice):
    test = app("document", **query)
    assert not test.exception
    assert notice in notices(test)
    assert part(test, "tree")


def test_a_table_has_no_page_and_nothing_to_force(app):
    test = app("document", doc=doc(3), unit="art_2")
    assert not test.exception
    assert "has no pages to show" in notices(test)
    assert "taken as it is" in words(test)


def test_forcing_opens_a_set_with_the_document_still_in_view(app, home):
    test = app("document", doc=doc(1))
    first = address(test)
    tradition = next(each for each in test.selectbox if each.label == "Drafting tradition")
    tradition.select("us")
    next(each for each in test.button if each.label == "Read again with these").click().run()
    assert address(test)["set"] != first["set"]
    assert address(test)["doc"] == first["doc"]
    entries = home.load_set(address(test)["set"]).entries
    assert [entry.tradition for entry in entries] == [None, "us", None, None]


def test_a_set_that_could_not_be_read_says_so(app, home):
    found = uploaded(home, "broken-a.pdf", "broken-b.pdf")
    test = app("document", set=found.id)
    assert not test.exception
    assert "could be read" in notices(test)


def test_one_document_alone_can_be_read(app, home):
    found = uploaded(home, "alone.pdf")
    test = app("document", set=found.id)
    assert not test.exception
    assert part(test, "tree")["rows"]


def test_another_set_forgets_document_and_provision(app, home):
    test = app("document", doc=doc(), unit="art_2", find="system")
    found = uploaded(home, "x.pdf", "y.pdf")
    session.registry().ensure(found.id)
    test.query_params["set"] = found.id
    for name in ("doc", "unit"):
        del test.query_params[name]
    test.run()
    assert not test.exception
    assert address(test)["unit"] == "art_2"
    assert "not in this" not in notices(test)


def test_references_lead_to_what_they_name(app):
    test = app("document", doc=doc(), unit="art_2")
    said = words(test)
    assert "Refers to" in said
    assert "this document has no Article 99" in said
    assert "<b>that" not in said
    test.button(key="way_to_0_1").click().run()
    assert address(test)["unit"] == "art_1__para_1"
    assert "Is referred to by" in words(test)
    test.button(key="way_from_0").click().run()
    assert address(test)["unit"] == "art_2"
