"""Real results obey the published JSON Schema, and the schema is no empty promise."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from fragcheck.pipeline import compare_analyses, comparison_json
from fragcheck.pipeline.schema import result_schema

FILE = Path(__file__).resolve().parents[2] / "docs" / "schema" / "compare.schema.json"


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture(scope="module")
def result(sample_comparison):
    return json.loads(json.dumps(comparison_json(sample_comparison)))


def test_the_published_schema_is_that_of_the_code():
    assert json.loads(FILE.read_text(encoding="utf-8")) == result_schema(), "run `make docs`"


def test_a_result_of_five_documents_is_valid(validator, result):
    assert [error.message for error in validator.iter_errors(result)] == []


def test_so_is_one_with_a_reference_and_one_of_a_document_and_itself(
    validator, sample_analyses, sample_store
):
    asked = ((sample_analyses[:3], 1), ([sample_analyses[0], sample_analyses[0]], None))
    for analyses, reference in asked:
        found = comparison_json(compare_analyses(analyses, store=sample_store, reference=reference))
        assert [error.message for error in validator.iter_errors(json.loads(json.dumps(found)))] == []


def rename(result):
    result["pairs"][0]["total"] = result["pairs"][0].pop("overall")


def leave_the_range(result):
    result["pairs"][0]["overall"] = 1.5


def leave_the_vocabulary(result):
    result["pairs"][0]["matches"][0]["relation"] = "similar"


def drop_a_component(result):
    del result["pairs"][0]["components"]["turnover"]


def turn_into_text(result):
    result["corpus"]["principles"][0]["matrix"][0][1] = "0.5"


def shorten_a_hash(result):
    result["documents"][0]["sha256"] = "abc"


def leave_the_form(result):
    result["schema_version"] += 1


@pytest.mark.parametrize(
    "change",
    [
        rename,
        leave_the_range,
        leave_the_vocabulary,
        drop_a_component,
        turn_into_text,
        shorten_a_hash,
        leave_the_form,
    ],
)
def test_what_breaks_the_form_is_refused(validator, result, change):
    copy = json.loads(json.dumps(result))
    change(copy)
    assert not validator.is_valid(copy)
