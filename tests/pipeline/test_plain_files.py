"""Text, tables and JSON made to be slow or large: small ones are read here in no time, large ones apart."""

import itertools
import json

import pytest

from fragcheck.errors import FragcheckError, ReadLimitExceeded, UnreadableInput
from fragcheck.isolation import parent
from fragcheck.pipeline import reading
from fragcheck.pipeline.options import AnalysisOptions
from fragcheck.pipeline.reading import HERE_BYTES, read_input

OPTIONS = AnalysisOptions()
#: Name of the file, its beginning, and what follows again and again; `{}` counts.
MADE = {
    "lines of one letter": ("a.txt", "", "x\n"),
    "one line": ("a.txt", "", "x"),
    "blanks": ("a.txt", "x", " "),
    "marks of points": ("a.txt", "", "(a) "),
    "rows": ("a.csv", "id,text\n", "a,b\n"),
    "the same row": ("a.csv", "id,text\n", "1,x\n"),
    "columns": ("a.csv", "id,text", ",a"),
    "a quote without end": ("a.csv", 'id,text\n1,"', '""'),
    "every row the parent of the next": ("a.csv", "id,text,parent\n0,x,\n", "{0},x,{1}\n"),
    "every row the child of the next": ("a.csv", "id,text,parent\n", "{1},x,{0}\n"),
    "lists in lists": ("a.json", "", "["),
    "objects in objects": ("a.json", "", '{"a":'),
    "a number": ("a.json", "", "1"),
    "records": ("a.jsonl", "", '{"eid":"a","text":"x"}\n'),
    "lists in a line": ("a.jsonl", "", "["),
}


def made(tmp_path, name, size):
    """A file of at least that many bytes."""
    file, head, again = MADE[name]
    parts, length = [head], len(head)
    for at in itertools.count():
        if length >= size:
            break
        parts.append(again.format(at + 1, at) if "{0}" in again else again)
        length += len(parts[-1])
    path = tmp_path / file
    path.write_text("".join(parts), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", MADE)
@pytest.mark.timeout(60)  # a second at most; what was not linear took minutes
def test_small_files_are_read_here_and_at_once(tmp_path, monkeypatch, name):
    monkeypatch.setattr(reading, "read_apart", None)
    path = made(tmp_path, name, HERE_BYTES // 8)
    try:
        said = read_input(path, OPTIONS)[0].path
    except FragcheckError as error:
        said = str(error)
    assert path.name in said


@pytest.mark.parametrize("name", ["lines of one letter", "every row the parent of the next"])
def test_large_ones_are_read_in_a_process_with_limits(tmp_path, name):
    path = made(tmp_path, name, HERE_BYTES + 100)
    with pytest.raises(ReadLimitExceeded, match=r"a\.\w+ was not read within 0\.1 s"):
        read_input(path, AnalysisOptions(timeout_s=0.1))


def test_yaml_is_never_read_here(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "read_controls", None)
    asked = []
    monkeypatch.setattr(parent, "_answer", lambda task: asked.append(task.target) or (0, b'{"ok": 1}\n[]'))
    (tmp_path / "a.yaml").write_text("urn: a\n", encoding="utf-8")
    with pytest.raises(StopIteration):
        read_input(tmp_path / "a.yaml", OPTIONS)
    assert asked == ["fragcheck.isolation.reading:encoded_records"]


def test_both_ways_give_the_same(tmp_path, monkeypatch):
    rows = "".join(f"{at},A provider shall keep record {at}.,{at - 1}\n" for at in range(1, 60))
    path = tmp_path / "rules.csv"
    path.write_text("id,text,parent\n" + rows, encoding="utf-8")
    here = read_input(path, OPTIONS)
    monkeypatch.setattr(reading, "HERE_BYTES", 0)
    assert read_input(path, OPTIONS) == here


def test_words_of_parents_that_are_repeated_too_often_are_refused(tmp_path):
    words = "x" * (HERE_BYTES // 2)
    rows = "".join(f"{at},y,0\n" for at in range(1, 2000))
    path = tmp_path / "wide.csv"
    path.write_text(f"id,text,parent\n0,{words},\n{rows}", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"wide\.csv: the words of its parents"):
        read_input(path, OPTIONS)


@pytest.mark.parametrize("blank", [" ", "\n", "\t", "\u00a0", "\u3000"])
@pytest.mark.parametrize("apart", [False, True])
def test_long_blanks_within_stated_provisions_are_read_as_one(tmp_path, monkeypatch, blank, apart):
    row = {"eid": "art_1", "heading": f"Duty{blank * 17}", "text": f"It{blank * 3000}shall{blank * 16}act."}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    if apart:
        monkeypatch.setattr(reading, "HERE_BYTES", 0)
    provision = read_input(path, OPTIONS)[1].provisions[0]
    assert (provision.heading, provision.text) == ("Duty ", f"It shall{blank * 16}act.")
    assert [(told.code, told.eid) for told in provision.warnings] == [("long-blank", "art_1")]
    assert "3000" in provision.warnings[0].message


def test_other_provisions_stand_as_they_were_stated(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"It  shall\n\n act."\n', encoding="utf-8")
    provision = read_input(path, OPTIONS)[1].provisions[0]
    assert provision.text == "It  shall\n\n act."
    assert provision.warnings == ()
