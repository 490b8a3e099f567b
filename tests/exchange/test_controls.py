"""Control catalogues are documents like any other: read, written, and read again."""

from __future__ import annotations

import json

import pytest
import yaml

from fragcheck.errors import UnreadableInput
from fragcheck.exchange import read_controls
from fragcheck.exchange.names import token
from fragcheck.pipeline import (
    align_analyses,
    analyse_file,
    crosswalk_of,
    crosswalk_text,
    provisions_text,
    read_and_segment,
)

NODE = "urn:house:risk:req_node:controls"
DUTY = "The provider shall report any serious incident to the authority within 24 hours."


def item(label, prose):
    return {"name": "item", "props": [{"name": "label", "value": label}], "prose": prose}


STATEMENT = {
    "name": "statement",
    "prose": "Report serious incidents within {{ insert: param, inc-1_p }}:",
    "parts": [item("a.", "to the board;"), item("b.", "to the authority.")],
}
INNER = {"id": "inc-1.1", "title": "Logs", "parts": [{"name": "statement", "prose": "Keep logs."}]}
CONTROL = {
    "id": "inc-1",
    "title": "Reporting",
    "params": [{"id": "inc-1_p", "label": "period"}],
    "props": [{"name": "label", "value": "INC-1"}],
    "parts": [STATEMENT, {"name": "guidance", "prose": "Guidance is no demand."}],
    "controls": [INNER],
}
OSCAL = {
    "catalog": {
        "uuid": "b3ab8d3c-3a52-4d5c-9fd2-1e2f54d1a111",
        "metadata": {"title": "House controls", "version": "1", "oscal-version": "1.1.2"},
        "groups": [{"id": "inc", "title": "Incidents", "controls": [CONTROL]}],
    }
}
GROUP_NODE = {"urn": f"{NODE}:1", "assessable": False, "depth": 1, "ref_id": "1", "name": "Incidents"}
CONTROL_NODE = {
    "urn": f"{NODE}:1.1",
    "parent_urn": f"{NODE}:1",
    "assessable": True,
    "depth": 2,
    "ref_id": "1.1",
    "name": "Reporting",
    "description": DUTY,
}
BARE_NODE = {"urn": f"{NODE}:1.2", "assessable": True, "depth": 1, "name": "The provider shall keep logs."}
LIBRARY = {
    "urn": "urn:house:risk:library:controls",
    "name": "House library",
    "objects": {
        "framework": {
            "urn": "urn:house:risk:framework:controls",
            "name": "House framework",
            "requirement_nodes": [GROUP_NODE, CONTROL_NODE, BARE_NODE],
        }
    },
}


@pytest.fixture
def catalog(tmp_path):
    path = tmp_path / "house.json"
    path.write_text(json.dumps(OSCAL), encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "house.yaml"
    path.write_text(yaml.safe_dump(LIBRARY), encoding="utf-8")
    return path


def test_an_oscal_catalog(catalog):
    document, segmentation = read_controls(catalog)
    found = {provision.eid: provision for provision in segmentation.provisions}
    assert list(found) == ["inc", "inc-1", "inc-1.1"]
    assert document.title == "House controls"
    control = found["inc-1"]
    assert (control.num, control.heading, control.parent) == ("INC-1", "Reporting", "inc")
    assert control.text == "Report serious incidents within [period]:\na. to the board;\nb. to the authority."
    assert found["inc-1.1"].context.startswith("Incidents > Reporting: Report serious incidents")


def test_a_ciso_assistant_framework(library):
    document, segmentation = read_controls(library)
    group, control, bare = segmentation.provisions
    assert document.title == "House framework"
    assert (group.heading, group.text) == ("Incidents", "")
    assert (control.num, control.heading, control.parent) == ("1.1", "Reporting", group.eid)
    assert control.context == "Incidents"
    assert (bare.heading, bare.text) == ("", "The provider shall keep logs.")


def test_own_controls_are_aligned_with_a_law_and_keep_their_urns(library, tmp_path, foreign):
    law = tmp_path / "law.csv"
    law.write_text(f"id,text\nart_1,{DUTY}\n", encoding="utf-8")
    left, right = analyse_file(law), analyse_file(library)
    crosswalk = crosswalk_of(left, right, align_analyses(left, right), min_probability=0.3)
    mapping = foreign("yaml", crosswalk_text(crosswalk, "ciso-assistant"))
    forward = mapping["objects"]["requirement_mapping_sets"][0]
    assert forward["target_framework_urn"] == "urn:house:risk:framework:controls"
    assert mapping["dependencies"][1] == "urn:house:risk:library:controls"
    targets = [row["target_requirement_urn"] for row in forward["requirement_mappings"]]
    assert "urn:house:risk:req_node:controls:1.1" in targets


@pytest.mark.parametrize("form", ["oscal", "ciso-assistant"])
def test_written_and_read_again(crosswalk, form, tmp_path, foreign):
    side = crosswalk.left
    text = provisions_text(side.document, side.segmentation, form)
    kind, suffix = ("oscal-catalog", "json") if form == "oscal" else ("yaml", "yaml")
    assert foreign(kind, text)
    path = tmp_path / f"again.{suffix}"
    path.write_text(text, encoding="utf-8")
    document, again = read_and_segment(path)
    assert document.title == " ".join(side.document.title.split())
    assert [each.text.split() for each in again.provisions] == [
        each.text.split() for each in side.segmentation.provisions
    ]
    if form == "oscal":
        assert [each.eid for each in again.provisions] == [
            token(each.eid) for each in side.segmentation.provisions
        ]
        kept = ("kind", "num", "parent")
        for one, other in zip(again.provisions, side.segmentation.provisions, strict=True):
            assert [getattr(one, name) for name in kept] == [getattr(other, name) for name in kept]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"{", "breaks off"),
        ("a.json", b"[" * 100_000, "breaks off"),
        ("a.json", b'{"catalog": {"metadata": {}}}', "with controls wanted"),
        ("a.json", b'{"package": 1}', "it is neither"),
        ("a.yaml", b"a: [", "breaks off"),
        ("a.yaml", b"- 1\n- 2\n", "it is neither"),
        ("a.yaml", b"!!python/object/apply:os.system ['true']", "breaks off"),
        ("a.yaml", b"objects: {framework: {requirement_nodes: 7}}", "with controls wanted"),
    ],
)
def test_odd_files_are_refused_in_one_line(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=words) as caught:
        read_controls(path)
    assert "\n" not in str(caught.value)


def test_repeated_ids_are_numbered_and_told(tmp_path):
    controls = [{"id": "x", "title": "One"}, {"id": "x", "title": "Two"}]
    path = tmp_path / "twice.json"
    path.write_text(json.dumps({"catalog": {"controls": controls}}), encoding="utf-8")
    _, segmentation = read_controls(path)
    assert len({each.eid for each in segmentation.provisions}) == 2
    assert [notice.code for notice in segmentation.warnings] == ["ids-repeated"]


def test_no_two_eids_become_one_token():
    eids = ["a b", "a_b", "a-b", "a(b)", "1", "_1", "第1条", "a.b", "A.b", "a/b", "a_x20_b"]
    tokens = [token(eid) for eid in eids]
    assert len(set(tokens)) == len(eids) - 1  # "a_x20_b" is how "a b" is written
