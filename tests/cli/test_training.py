"""``train``, ``evaluate``, ``--model`` and ``--taxonomy``: the user's own model and taxonomy."""

from __future__ import annotations

import csv
import io
import json

import pytest

from fragcheck.annotate.tagging import train as training

pytestmark = pytest.mark.model
HEADER = "id,language,tradition,context,text,principles,sovereignty\n"
OWN_TAXONOMY = """
name = "green"
version = "0.1"
[[entries]]
id = "energy"
label = "Energy and water"
definition = "Limits or measures the energy that a system draws."
includes = []
excludes = []
source = "our own"
cues = { en = ["energy", "report*"] }
"""


@pytest.fixture(scope="module")
def labels(tmp_path_factory):
    """A few of the package's texts as a file of labels."""
    path = tmp_path_factory.mktemp("labels") / "own.csv"
    points = {"data", "compute", "model"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER)
        writer = csv.writer(stream)
        for item in training.read_examples(training.training_folder()):
            if item.language in ("nl", "pl"):
                principles = ";".join(tag for tag in item.tags if tag not in points)
                sovereignty = ";".join(tag for tag in item.tags if tag in points)
                writer.writerow([*item[:5], principles, sovereignty])
    return path


@pytest.fixture(scope="module")
def model(fragcheck, labels, tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    done = fragcheck("train", "--labels", labels, "--only-labels", "-o", folder, check=0)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["tag"] for row in rows][:2] == ["safety", "transparency"]
    with labels.open(encoding="utf-8", newline="") as stream:
        assert f"{sum(1 for _ in csv.DictReader(stream))} examples" in done.stderr
    return folder


def test_own_model_is_used_and_differs_from_that_of_the_package(fragcheck, files, model):
    own = fragcheck("annotate", files / "act.pdf", "--model", model, check=0)
    shipped = fragcheck("annotate", files / "act.pdf", check=0)
    own_tags, shipped_tags = (
        [json.loads(line)["tags"] for line in done.stdout.splitlines()] for done in (own, shipped)
    )
    assert len(own_tags) == len(shipped_tags)
    assert own_tags != shipped_tags


def test_evaluate_prints_one_row_per_tag(fragcheck, labels, model):
    rows = list(csv.DictReader(io.StringIO(fragcheck("evaluate", labels, "--model", model, check=0).stdout)))
    assert len(rows) == 9
    assert all(0 <= float(row["average_precision"]) <= 1 for row in rows)
    with labels.open(encoding="utf-8", newline="") as stream:
        positives = sum("safety" in row["principles"].split(";") for row in csv.DictReader(stream))
    assert {row["tag"]: int(row["positives"]) for row in rows}["safety"] == positives


def test_own_taxonomy_in_annotate_and_compare(fragcheck, files, tmp_path):
    path = tmp_path / "green.toml"
    path.write_text(OWN_TAXONOMY, encoding="utf-8")
    lines = fragcheck("annotate", files / "act.pdf", "--taxonomy", path, check=0).stdout.splitlines()
    assert all(list(json.loads(line)["tags"]) == ["energy"] for line in lines)
    assert any(json.loads(line)["tags_on"] == ["energy"] for line in lines)
    done = fragcheck("compare", files / "act.pdf", files / "other.pdf", "--taxonomy", path, check=0)
    result = json.loads(done.stdout)
    assert "energy" in result["pairs"][0]["principles"]
    assert "safety" not in result["pairs"][0]["principles"]
    assert "green 0.1" in result["run"]["taxonomies"]
    assert result["run"]["tag_labels"] == {"energy": "Energy and water"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("train", "--only-labels"), "--only-labels wants --labels"),
        (("train", "--labels", "absent.csv"), "absent.csv cannot be read"),
        (("evaluate", "absent.csv"), "absent.csv cannot be read"),
        (("annotate", "act.pdf", "--taxonomy", "absent.toml"), "absent.toml cannot be read"),
        (("app", "--taxonomy", "absent.toml"), "absent.toml cannot be read"),
        (("annotate", "act.pdf", "--model", "absent"), "cannot be read in absent"),
    ],
)
def test_what_is_absent_is_named_in_one_line(fragcheck, files, arguments, said):
    done = fragcheck(*arguments, check=2, cwd=files)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
