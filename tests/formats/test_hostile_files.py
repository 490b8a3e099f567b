"""Hostile files of every kind but PDF are refused by a line that names them, or read within limits."""

from __future__ import annotations

import os

import hostile_files
import pytest

from fragcheck.errors import FragcheckError, UnreadableInput
from fragcheck.formats import sniff
from fragcheck.pipeline import AnalysisOptions, read_and_segment
from fragcheck.pipeline.reading import read_input

OPTIONS = AnalysisOptions(timeout_s=120)
#: Those that cost less than a tenth of a second, or that nothing else stands for.
SHORT = frozenset(
    {
        "xml_that_asks_for_a_file",
        "xml_in_utf7_that_asks_for_a_file",
        "docx_with_a_late_declaration",
        "deep_html",
        "xlsx_bomb",
        "odt",
        "plain_archive",
        "archive_called_pdf_free",
        "deep_json",
        "yaml_that_laughs",
        "yaml_that_runs_code",
    }
)


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret"
    path.write_text(hostile_files.HIDDEN, encoding="utf-8")
    return path


def made(tmp_path, secret, make):
    name, data = make(secret)
    path = tmp_path / name
    path.write_bytes(data)
    return path


def cases(makers):
    return [
        pytest.param(make, marks=() if make.__name__ in SHORT else pytest.mark.soak, id=make.__name__)
        for make in makers
    ]


@pytest.mark.parametrize("make", cases(hostile_files.REFUSED))
def test_what_attacks_is_refused(tmp_path, secret, make):
    path = made(tmp_path, secret, make)
    with pytest.raises(UnreadableInput) as caught:
        read_input(path, OPTIONS)
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    assert hostile_files.HIDDEN not in message
    assert secret.read_text(encoding="utf-8") == hostile_files.HIDDEN, "nothing was run"


@pytest.mark.parametrize("make", cases(hostile_files.ODD))
def test_what_is_odd_is_read_or_refused(tmp_path, secret, make):
    path = made(tmp_path, secret, make)
    told = ""
    try:
        document, segmentation = read_and_segment(path, OPTIONS)
    except FragcheckError as error:
        told = str(error)
        assert path.name in told
    else:
        told = repr((document, segmentation))
        assert segmentation.provisions or document.warnings
    assert hostile_files.HIDDEN not in told


def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "law.pdf"
    os.mkfifo(path)
    with pytest.raises(UnreadableInput, match="a pipe or a device came"):
        sniff(path)


def test_a_plain_workbook_is_read(tmp_path, secret):
    document, segmentation = read_input(made(tmp_path, secret, hostile_files.xlsx), OPTIONS)
    assert [each.text for each in segmentation.provisions] == ["Providers shall keep logs."]
    assert document.warnings == ()
