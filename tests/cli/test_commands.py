"""The command line prints what DESIGN §9 says, and nothing else on standard output."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import socket
import subprocess
import sys
import time

import pytest

PARSE_KEYS = [
    "eid", "kind", "num", "heading", "text", "context", "parent", "page_start", "page_end", "boxes", "lang",
    "is_quoted", "warnings",
]  # fmt: skip
PRINCIPLES = ["safety", "transparency", "accountability", "fairness", "human_centric", "privacy"]


def rows_of(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def table_of(done):
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_compare_for_one_reader(fragcheck, files):
    names = files / "act.pdf", files / "other.pdf"
    done = fragcheck("compare", *names, "--role", "deployer", "--as-of", "2026-11-28", check=0)
    result = json.loads(done.stdout)
    assert result["applicability"]["profile"] == {"role": "deployer", "date": "2026-11-28"}
    assert "requirements and definitions apply" in done.stderr
    for option, value in (("--as-of", "tomorrow"), ("--role", "king"), ("--tier", "x")):
        done = fragcheck("compare", *names, option, value, check=2)
        assert option in done.stderr


def test_parse_jsonl(fragcheck, files):
    rows = rows_of(fragcheck("parse", files / "act.pdf", check=0))
    assert all(list(row) == PARSE_KEYS for row in rows)
    by_eid = {row["eid"]: row for row in rows}
    paragraph = by_eid["art_2__para_1"]
    assert paragraph["text"].startswith("Providers shall report")
    assert paragraph["context"] == "Incident reports"
    assert (paragraph["parent"], paragraph["lang"], paragraph["page_start"]) == ("art_2", "en", 1)
    page, x0, y0, x1, y1 = paragraph["boxes"][0]
    assert page == 1
    assert 0 < x0 < x1 < 612
    assert 0 < y0 < y1 < 792


def test_parse_csv_holds_the_same_rows(fragcheck, files):
    rows = rows_of(fragcheck("parse", files / "act.pdf", check=0))
    table = table_of(fragcheck("parse", files / "act.pdf", "--format", "csv", check=0))
    assert [row["eid"] for row in table] == [row["eid"] for row in rows]
    assert [row["text"] for row in table] == [row["text"] for row in rows]


def test_parsed_csv_can_be_annotated(fragcheck, files, tmp_path):
    path, again = tmp_path / "act.csv", tmp_path / "tags.csv"
    assert fragcheck("parse", files / "act.pdf", "--format", "csv", "-o", path, check=0).stdout == ""
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("eid,", "id,", 1), encoding="utf-8")
    assert fragcheck("annotate", path, "--format", "csv", "-o", again, check=0).stdout == ""
    eids = [row["eid"] for row in csv.DictReader(io.StringIO(content))]
    with again.open(encoding="utf-8", newline="") as table:
        assert [row["eid"] for row in csv.DictReader(table)] == eids


def test_a_file_that_cannot_be_written_is_named_in_one_line(fragcheck, files, tmp_path):
    done = fragcheck("parse", files / "act.pdf", "-o", tmp_path, check=2)
    assert done.stderr.count("\n") == 1
    assert f"{tmp_path}: the result cannot be written there" in done.stderr


def test_annotate_jsonl(fragcheck, files):
    rows = {row["eid"]: row for row in rows_of(fragcheck("annotate", files / "act.pdf", check=0))}
    report = rows["art_2__para_1"]
    assert list(report["tags"]) == PRINCIPLES
    assert set(report["tags_on"]) <= set(PRINCIPLES)
    assert list(report["sovereignty"]) == ["data", "compute", "model"]
    assert report["provision_type"] == "obligation"
    (requirement,) = report["requirements"]
    assert requirement["actor"] == "provider"
    assert requirement["modality"] == "obligation"
    (parameter,) = requirement["parameters"]
    assert (parameter["kind"], parameter["value"], parameter["unit"]) == ("duration", 72, "hour")
    assert parameter["text"] in report["text"]
    assert rows["art_3__para_2"]["provision_type"] == "prohibition"


def test_annotate_csv(fragcheck, files):
    table = table_of(fragcheck("annotate", files / "rules.csv", "--format", "csv", check=0))
    assert [row["eid"] for row in table] == ["r1", "r2"]
    for row in table:
        assert all(0 <= float(row[f"p_{name}"]) <= 1 for name in PRINCIPLES)
        assert set(filter(None, row["tags_on"].split(";"))) <= set(PRINCIPLES)


def test_annotate_csv_holds_the_words_and_none_that_a_spreadsheet_runs(fragcheck, tmp_path):
    path = tmp_path / "rules.csv"
    words = "Providers shall report serious incidents to the authority within 72 hours. They may appeal."
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("id", "text", "heading"), ("a", words, "=1+1"), ("b", '=HYPERLINK("x") shall be kept.', "")]
        )
    first, second = table_of(fragcheck("annotate", path, "--format", "csv", check=0))
    assert first["text"] == words
    assert first["heading"] == "'=1+1"
    quotes = first["requirements"].split("\n")
    assert len(quotes) == int(first["n_requirements"])
    assert all(quote in words for quote in quotes)
    assert [len(first[name].split("\n")) for name in ("actions", "recipients", "quantities")] == [2, 2, 2]
    assert first["quantities"].split("\n")[0] == "72 hours"
    assert second["text"].startswith("'=HYPERLINK")
    assert not any(cell.startswith("=") for cell in (*first.values(), *second.values()))
    for line in first["evidence"].splitlines():
        name, _, shown = line.partition(": ")
        assert name in first["tags_on"].split(";")
        assert all(one in words for one in shown.split("; "))


def test_align_csv(fragcheck, files, tmp_path):
    names, path = (files / "act.pdf", files / "other.pdf"), tmp_path / "counterparts.csv"
    assert fragcheck("align", *names, "--top", "3", "-o", path, check=0).stdout == ""
    table = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert list(table[0]) == ["left_id", "right_id", "rank", "score", "probability", "relation", "differs"]
    report = [row for row in table if row["left_id"] == "art_2__para_1"]
    assert [row["rank"] for row in report] == ["0", "1", "2", "3"]
    assert report[0]["right_id"] == ""
    assert report[1]["right_id"] == "art_1__para_1"
    assert "parameters" in report[1]["differs"].split(";")
    scores = [float(row["score"]) for row in report[1:]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= float(row["probability"]) <= 1 for row in report)


def test_compare_json(fragcheck, files):
    result = json.loads(fragcheck("compare", files / "act.pdf", files / "other.pdf", check=0).stdout)
    (pair,) = result["pairs"]
    ids = [document["id"] for document in result["documents"]]
    assert [pair["left"], pair["right"]] == ids
    assert set(pair["principles"]) >= set(PRINCIPLES)
    parts = pair["components"]
    added = ("coverage", "content", "stringency_abs", "parameters_abs", "definitions")
    assert sum(parts[name] or 0 for name in added) == pytest.approx(pair["overall"], abs=1e-6)
    assert parts["parameters"] > 0, "72 hours bind more than 15 days"
    assert parts["stringency"] > 0, "shall binds more than should"
    match = next(match for match in pair["matches"] if match["left"] == "art_2__para_1")
    assert match["right"] == "art_1__para_1"
    assert match["differs"] == ["parameters"]
    assert {"side": "right", "eid": "art_3__para_1"}.items() <= next(
        gap for gap in pair["gaps"] if gap["side"] == "right"
    ).items()
    assert {"left_satisfies_right", "right_satisfies_left"} <= set(pair["interoperability"])
    assert {"version", "seed", "models", "taxonomies", "code"} <= set(result["run"])


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_compare_shows_the_table_on_a_terminal(fragcheck, files, tmp_path):
    compared = ("compare", files / "act.pdf", files / "other.pdf")
    terminal, its_end = os.openpty()
    environment = {**os.environ, "FRAGCHECK_HOME": str(tmp_path), "COLUMNS": "120"}
    command = [sys.executable, "-m", "fragcheck", *map(str, compared), "--quiet"]
    with subprocess.Popen(command, stdout=its_end, stderr=subprocess.PIPE, env=environment) as process:
        os.close(its_end)
        shown = b""
        # reading past the end of a terminal that its process left is an error on Linux
        with contextlib.suppress(OSError):
            while piece := os.read(terminal, 65536):
                shown += piece
        assert process.wait(timeout=240) == 0, process.stderr.read()
    os.close(terminal)
    table = fragcheck(*compared, "--format", "table", "--quiet", check=0).stdout
    assert shown.decode().replace("\r\n", "\n") == table
    assert json.loads(fragcheck(*compared, check=0).stdout)["pairs"], "JSON where it is piped"


def test_compare_is_the_same_each_time_and_from_the_store(fragcheck, files, tmp_path):
    first = fragcheck("compare", files / "act.pdf", files / "other.pdf", check=0)
    output = tmp_path / "result.json"
    fragcheck("compare", files / "act.pdf", files / "other.pdf", "-o", output, check=0)
    assert output.read_text(encoding="utf-8") == first.stdout


def test_compare_reference_keeps_its_pairs_only(fragcheck, files):
    names = [files / name for name in ("act.pdf", "other.pdf", "rules.csv")]
    result = json.loads(fragcheck("compare", *names, "--reference", names[1], check=0).stdout)
    reference = result["documents"][1]["id"]
    assert len(result["pairs"]) == 2
    assert all(reference in (pair["left"], pair["right"]) for pair in result["pairs"])


def test_compare_weights_change_the_value(fragcheck, files, tmp_path):
    weights = tmp_path / "weights.toml"
    weights.write_text("[weights]\nparameters = 0.0\n", encoding="utf-8")
    names = (files / "act.pdf", files / "other.pdf")
    done = fragcheck("compare", *names, "--weights", weights, check=0)
    assert json.loads(done.stdout)["pairs"][0]["components"]["parameters_abs"] in (0, None)


def test_redline_json_and_csv(fragcheck, files, tmp_path):
    found = json.loads(
        fragcheck(
            "redline", files / "act.pdf", files / "other.pdf", "--against", files / "act.pdf", check=0
        ).stdout
    )
    assert sum(found["counts"].values()) == len(found["entries"])
    parts = [one["contribution"] for one in found["divergence"]["by_amendment"]]
    assert sum(parts) == pytest.approx(found["divergence"]["value"], abs=1e-7)
    (against,) = found["against"]
    assert against["before"] == 0
    assert sum(one["contribution"] for one in against["attribution"]) == pytest.approx(
        against["change"], abs=1e-7
    )
    path = tmp_path / "redline.csv"
    fragcheck("redline", files / "act.pdf", files / "other.pdf", "-f", "csv", "-o", path, check=0)
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    assert [row["kind"] for row in rows] == [entry["kind"] for entry in found["entries"]]
    assert "html" in fragcheck("redline", "a", "b", "-f", "html", check=2).stderr


def test_corpus_list_and_show(fragcheck):
    table = table_of(fragcheck("corpus", "list", check=0))
    assert len(table) >= 60
    assert len({row["jurisdiction"] for row in table}) >= 20
    shown = json.loads(fragcheck("corpus", "show", table[0]["id"], check=0).stdout)
    assert shown["title"] == table[0]["title"]
    assert "corpus list" in fragcheck("corpus", "show", "no-such-instrument", check=2).stderr


@pytest.mark.parametrize(
    "command", ["parse", "annotate", "align", "compare", "batch", "redline", "app", "corpus"]
)
def test_every_command_has_help(fragcheck, command):
    done = fragcheck(command, "--help", check=0)
    assert done.stdout.strip()
    if command != "corpus":
        assert f"fragcheck {command}" in " ".join(done.stdout.split())


def test_version(fragcheck):
    import fragcheck as package

    assert fragcheck("--version", check=0).stdout.strip() == f"fragcheck {package.__version__}"


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("options", [["--headless"], []])
def test_the_app_starts_on_a_new_machine_and_leaves_no_server_behind(tmp_path, options):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = subprocess.Popen(
        [sys.executable, "-m", "fragcheck", "app", f"--port={port}", *options],
        # A home without Streamlit's own files, nobody at the keyboard, no browser to open.
        env={**os.environ, "FRAGCHECK_HOME": str(tmp_path), "HOME": str(tmp_path), "BROWSER": "true"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(port):
            assert app.poll() is None
            time.sleep(0.2)
    finally:
        app.terminate()
        app.wait(60)
    assert not answers(port)


def answers(port):
    with socket.socket() as visitor:
        visitor.settimeout(1)
        return visitor.connect_ex(("127.0.0.1", port)) == 0
