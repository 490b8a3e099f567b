"""What is written is read back: laws of every tradition and real files, as Akoma Ntoso and as JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from drafting_samples import SAMPLES
from hypothesis import HealthCheck, given, settings
from test_invariance import LAWS, STYLES, written
from test_ruled import ABOVE, BELOW, FEES, laid_out
from typesetter import typeset_text

from fragcheck.errors import UnreadableInput
from fragcheck.formats import read_akn, read_provisions
from fragcheck.pipeline import AnalysisOptions, akoma_ntoso, provision_row, read_and_segment
from fragcheck.segment import segment


def jsonl(provisions) -> str:
    return "".join(json.dumps(provision_row(one), ensure_ascii=False) + "\n" for one in provisions)


def check(document, segmentation, folder: Path) -> None:
    path = folder / "law.xml"
    path.write_bytes(akoma_ntoso(document, segmentation))
    read, back = read_akn(path)
    assert back.provisions == segmentation.provisions
    assert (read.kind, read.status, read.is_translation) == (
        document.kind,
        document.status,
        document.is_translation,
    )
    lines = folder / "law.jsonl"
    lines.write_text(jsonl(segmentation.provisions), encoding="utf-8")
    _, again = read_provisions(lines)
    assert jsonl(again.provisions) == lines.read_text(encoding="utf-8")
    for one, other in zip(again.provisions, segmentation.provisions, strict=True):
        kept = (
            "eid",
            "kind",
            "num",
            "heading",
            "text",
            "context",
            "parent",
            "language",
            "is_quoted",
            "cells",
        )
        assert all(getattr(one, name) == getattr(other, name) for name in kept)


@pytest.mark.parametrize("tradition", STYLES)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(law=LAWS)
def test_generated_laws(tradition, law, tmp_path):
    text, names = written(STYLES[tradition], law)
    document = typeset_text(text)
    found = segment(document)
    assert {*names} <= {unit.eid for unit in found.provisions}
    check(document, found, tmp_path)


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_laws(name, tmp_path):
    document = typeset_text(SAMPLES[name][0])
    check(document, segment(document), tmp_path)


def test_a_law_with_a_table(tmp_path):
    document = laid_out(ABOVE, FEES, BELOW)
    found = segment(document, tradition="eu")
    assert any(unit.cells for unit in found.provisions)
    check(document, found, tmp_path)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["eu/hleg-ethics-guidelines-2019", "us-federal/omb-m-24-10", "us-states/utah-sb149-ch70",
     "france/loi-2018-1202-manipulation-information", "taiwan/ey-genai-guidelines-2023-zh-hant"],
)  # fmt: skip
def test_real_files(name, shared_dir, tmp_path):
    check(*read_and_segment(shared_dir / "data" / "pdfs" / f"{name}.pdf"), tmp_path)


def test_lines_of_parse_are_an_input_like_any_other(tmp_path):
    path = tmp_path / "law.jsonl"
    found = segment(typeset_text(SAMPLES["european"][0]))
    path.write_text(jsonl(found.provisions), encoding="utf-8")
    document, read = read_and_segment(path, AnalysisOptions())
    assert [unit.eid for unit in read.provisions] == [unit.eid for unit in found.provisions]
    assert (document.title, read.language) == ("law", "en")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1: a JSON object wanted"),
        ('{"text": "no name"}', "keys eid and text"),
        ('{"eid": "art_1", "text": "x", "kind": "verse"}', "one of its values"),
        ('{"eid": "art_1", "text": "x", "boxes": [[1, 2]]}', "one of its values"),
        ('{"eid": "art_1", "text": "x"}\n{"eid": "art_1", "text": "y"}', "each eid once"),
        ("\n \n", "the file is empty"),
    ],
)
def test_lines_that_are_no_provisions_are_refused_in_one_line(line, said, tmp_path):
    path = tmp_path / "law.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=said) as error:
        read_provisions(path)
    assert "\n" not in str(error.value)
