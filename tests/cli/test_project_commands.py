"""``fragcheck project`` and ``fragcheck review``: a whole piece of work, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import NamedTuple

import pytest

from fragcheck.cli import main


class Done(NamedTuple):
    """What a command wrote."""

    stdout: str
    stderr: str


@pytest.fixture(scope="module")
def desk(tmp_path_factory, files):
    """Run commands as somebody, in a home of their own, at a project with two documents."""
    home = tmp_path_factory.mktemp("home")

    def run(*arguments, who="olga", check=0):
        environment = {"FRAGCHECK_HOME": str(home), "FRAGCHECK_USER": who}
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("FRAGCHECK_DATABASE_URL", raising=False)
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["fragcheck", *map(str, arguments)])
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            with pytest.raises(SystemExit) as ended:
                main()
        out, err = (stream.seek(0) or stream.read() for stream in streams)
        assert (ended.value.code or 0) == check, err
        return Done(out, err)

    run("project", "create", "AI laws")
    run("project", "add", "AI laws", files / "act.pdf", "--name", "Act", "--tradition", "eu")
    run("project", "add", "AI laws", files / "other.pdf", "--name", "Other", "--tradition", "eu")
    return run


def rows(done):
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_documents_people_and_provisions(desk):
    assert [row["name"] for row in rows(desk("project", "list"))] == ["AI laws"]
    assert [(row["document"], row["number"]) for row in rows(desk("project", "show", "AI laws"))] == [
        ("Act", "1"),
        ("Other", "1"),
    ]
    people = rows(desk("project", "member", "AI laws", "ann", "--role", "reviewer"))
    assert people == [{"name": "ann", "role": "reviewer"}, {"name": "olga", "role": "owner"}]
    found = rows(desk("project", "find", "AI laws", "72 hours", who="ann"))
    assert [(row["document"], row["eid"]) for row in found] == [("Act", "art_2__para_1")]
    cut = desk("project", "find", "AI laws", "--limit", "2", "--format", "jsonl")
    assert len(cut.stdout.splitlines()) == 2
    assert "provisions shown" in cut.stderr


def test_a_review_moves_the_result_and_is_gone_without_a_trace(desk, tmp_path):
    desk("project", "member", "AI laws", "ann", "--role", "reviewer")
    before = desk("project", "compare", "AI laws").stdout
    top = rows(desk("review", "queue", "AI laws", "--limit", "500"))
    assert [float(row["effect"]) for row in top] == sorted(
        (float(row["effect"]) for row in top), reverse=True
    )
    pair = next(row for row in top if row["target"] == "match" and row["finding"] == "counterparts")
    sides = (pair["document"], pair["name"], pair["other_document"], pair["other_name"])
    said = desk("review", "match", "AI laws", *sides, "reject", "--reason", "Another duty.", who="ann")
    number, digest = said.stdout.split()
    after = json.loads(desk("project", "compare", "AI laws").stdout)
    assert after["pairs"][0]["overall"] > json.loads(before)["pairs"][0]["overall"]
    assert [one["reviewer"] for one in after["reviews"]] == ["ann"]
    (in_force,) = rows(desk("review", "list", "AI laws"))
    assert (in_force["reviewer"], in_force["reason"]) == ("ann", "Another duty.")
    noted = ("--entry", number, "--digest", digest)
    assert desk("review", "verify", "AI laws", *noted).stdout.startswith("verified: ")
    wrong = ("--entry", number, "--digest", "0" * 64)
    assert "NOT VERIFIED" in desk("review", "verify", "AI laws", *wrong, check=1).stdout
    desk("review", "withdraw", "AI laws", number, "--reason", "A slip.", who="ann")
    assert desk("project", "compare", "AI laws").stdout == before
    log = rows(desk("review", "log", "AI laws"))
    assert [row["verdict"] for row in log[-2:]] == ["reject", "withdraw"]


def test_a_crosswalk_of_experts_becomes_reviews(desk, tmp_path):
    home = tmp_path / "result.json"
    desk("project", "compare", "AI laws", "-o", home)
    (pair,) = json.loads(home.read_text(encoding="utf-8"))["pairs"]
    match = pair["matches"][0]
    crosswalk = tmp_path / "theirs.csv"
    crosswalk.write_text(
        f"left_id,right_id\n{match['left']},{match['right']}\nart_999,{match['right']}\n", encoding="utf-8"
    )
    asked = "review", "crosswalk", "AI laws", crosswalk, "Act", "Other"
    before = len(rows(desk("review", "log", "AI laws")))
    dry = desk(*asked, "--dry-run")
    assert "would be recorded" in dry.stderr
    assert len(rows(desk("review", "log", "AI laws"))) == before
    done = desk(*asked)
    assert rows(done) == [{"left": match["left"], "right": match["right"], "state": "settled"}]
    assert "1 ids of the crosswalk name no provision of it: art_999" in done.stderr
    log = rows(desk("review", "log", "AI laws"))[before:]
    assert log
    assert {row["reviewer"] for row in log} == {"olga"}
    assert all("theirs.csv, sha256 " in row["reason"] for row in log)
    for row in log[::-1]:
        desk("review", "withdraw", "AI laws", row["number"], "--reason", "Done.")
    desk("project", "compare", "AI laws", "-o", tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == home.read_bytes()


def test_tags_types_and_quantities_show_in_the_project(desk, tmp_path):
    desk(
        "review", "tag", "AI laws", "Act", "art_2__para_1", "privacy", "change", "--to", "on", "--reason", "x"
    )
    desk("review", "type", "AI laws", "Act", "art_2__para_2", "change", "--to", "permission", "--reason", "x")

    refused = desk(
        "review", "parameter", "AI laws", "Act", "art_2__para_1", "1", "reject", "--reason", "x", check=2
    )
    assert "a quantity at" in refused.stderr
    place = refused.stderr.split("a quantity at ")[1].split(" ")[0]
    values = ("--set", "value=24", "--set", "unit=hour")
    desk("review", "parameter", "AI laws", "Act", "art_2__para_1", place, "change", *values, "--reason", "x")
    reviewed = rows(desk("project", "find", "AI laws", "--reviewed"))
    assert [row["eid"] for row in reviewed] == ["art_2__para_1", "art_2__para_2"]
    assert reviewed[1]["provision_type"] == "permission"
    assert "privacy" in reviewed[0]["tags"]
    agreement = rows(desk("review", "agreement", "AI laws"))
    assert {row["second"] for row in agreement} == {"machine"}
    path = tmp_path / "labels.csv"
    desk("review", "labels", "AI laws", "-o", path, "--partly")
    with path.open(encoding="utf-8") as stream:
        (label,) = csv.DictReader(stream)
    assert "privacy" in label["principles"].split(";")
    desk("review", "labels", "AI laws", "-o", path)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


REFUSALS = [
    (("project", "show", "None"), "olga", "there is no project None"),
    (("project", "show", "AI laws"), "eve", "eve is no member"),
    (("project", "create", "AI laws"), "olga", "already"),
    (("project", "remove", "AI laws", "Act"), "rita", "the role owner is wanted"),
    (("project", "member", "AI laws", "ann"), "olga", "one of them came"),
    (("project", "member", "AI laws", "ann", "--role", "king"), "olga", "reader, reviewer, owner"),
    (("project", "find", "AI laws", "--type", "wish"), "olga", "--type can be"),
    (("project", "compare", "AI laws", "Act"), "olga", "at least two documents"),
    (("project", "compare", "AI laws", "--format", "docx"), "olga", "--format docx"),
    (("review", "tag", "AI laws", "No", "art_1", "privacy", "accept", "--reason", "x"), "olga", "Act, Other"),
    (("review", "tag", "AI laws", "Act", "art_9", "privacy", "accept", "--reason", "x"), "olga", "art_9"),
    (("review", "tag", "AI laws", "Act", "art_2", "privacy", "maybe", "--reason", "x"), "olga", "maybe came"),
    (
        ("review", "tag", "AI laws", "Act", "art_2__para_1", "privacy", "accept", "--reason", " "),
        "olga",
        "a reason",
    ),
    (
        ("review", "type", "AI laws", "Act", "art_2", "change", "--to", "wish", "--reason", "x"),
        "olga",
        "--to can be",
    ),
    (("review", "withdraw", "AI laws", "999", "--reason", "x"), "olga", "999 came"),
    (("review", "verify", "AI laws", "--entry", "1"), "olga", "go together"),
    (("review", "crosswalk", "AI laws", "no.csv", "Act", "Other"), "olga", "no.csv"),
]


@pytest.mark.parametrize(
    ("arguments", "who", "words"), REFUSALS, ids=[" ".join(one[0])[:60] for one in REFUSALS]
)
def test_what_is_refused_is_said_in_one_line(desk, arguments, who, words):
    if who == "rita":
        desk("project", "member", "AI laws", "rita", "--role", "reader")
    done = desk(*arguments, who=who, check=2)
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
