"""Corrections by hand on the command line."""

import json

import pytest

from fragcheck.pipeline import read_and_segment
from fragcheck.records import Correction, CorrectionKind, Corrections, anchor_of
from fragcheck.store import corrections_json


@pytest.fixture
def law(tmp_path):
    path = tmp_path / "law.csv"
    path.write_text("id,text\na,The provider shall keep logs. The deployer shall report.\nb,Terms apply.\n")
    return path


@pytest.fixture
def by_hand(law, tmp_path):
    document, segmentation = read_and_segment(law)
    one = Correction(
        CorrectionKind.SPLIT,
        anchor_of(segmentation.provisions[0]),
        at=len("Theprovidershallkeeplogs."),
        num="2.",
    )
    path = tmp_path / "by-hand.json"
    path.write_text(json.dumps(corrections_json(Corrections(document.id, (one,)))))
    return path


@pytest.mark.parametrize("command", ["parse", "annotate"])
def test_provisions_are_corrected(fragcheck, law, by_hand, command):
    plain = fragcheck(command, law, "--quiet", check=0).stdout.splitlines()
    found = fragcheck(command, law, "--corrections", by_hand, "--quiet", check=0).stdout.splitlines()
    assert (len(plain), len(found)) == (2, 3)
    second = json.loads(found[1])
    assert (second["num"], second["text"]) == ("2.", "The deployer shall report.")
    assert second["warnings"] == ["split"]


def test_corrections_of_another_document_change_nothing(fragcheck, law, by_hand, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text(law.read_text() + "c,More.\n")
    assert len(fragcheck("parse", other, "--corrections", by_hand, check=0).stdout.splitlines()) == 3


@pytest.mark.parametrize("body", [None, "{", "[]", "{}"])
def test_a_file_that_holds_none_is_one_line(fragcheck, law, tmp_path, body):
    path = tmp_path / "none.json"
    if body is not None:
        path.write_text(body)
    found = fragcheck("parse", law, "--corrections", path, check=2)
    assert found.stdout == ""
    assert "corrections by hand were wanted" in " ".join(found.stderr.split())
