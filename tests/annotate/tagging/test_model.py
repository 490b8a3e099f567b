"""The model file: checked at load, and made again from the tree."""

from __future__ import annotations

import dataclasses
import json
import shutil

import numpy as np
import pytest

from fragcheck.annotate.tagging import train as training
from fragcheck.annotate.tagging.features import FeatureSpace, inverse_document_frequencies, subword_means
from fragcheck.annotate.tagging.model import load_model, save_model
from fragcheck.annotate.tagging.scoring import pooled, probabilities
from fragcheck.annotate.tagging.tagger import packaged_model
from fragcheck.errors import ModelError, ModelMismatch, ModelMissing
from fragcheck.nlp.encoder import load_encoder

HEADER = "id,language,tradition,context,text,principles,sovereignty\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("model.npz", "model.json"):
        shutil.copy(packaged_model() / name, tmp_path / name)
    return tmp_path


def test_saved_model_reads_back_the_same(tmp_path):
    model = load_model(packaged_model())
    sha256 = save_model(model, tmp_path, {})
    again = load_model(tmp_path)
    assert sha256 == model.sha256 == again.sha256
    for field in dataclasses.fields(model):
        left, right = getattr(model, field.name), getattr(again, field.name)
        assert np.array_equal(left, right) if isinstance(left, np.ndarray) else left == right


def test_packaged_model_is_small_and_described():
    assert (packaged_model() / "model.npz").stat().st_size < 5_000_000
    record = json.loads((packaged_model() / "model.json").read_text(encoding="utf-8"))
    assert record["licence"] == "Apache-2.0"
    assert set(record["held_out_figures"]) == set(record["tags"])


@pytest.mark.parametrize("name", ["model.npz", "model.json"])
def test_absent_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelMissing, match=name):
        load_model(folder)


def test_changed_arrays_are_refused(folder):
    content = bytearray((folder / "model.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "model.npz").write_bytes(bytes(content))
    with pytest.raises(ModelMismatch, match="sha256"):
        load_model(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [("{", "no JSON"), ("[]", "wants the fields"), ('{"format": 99}', "wants the fields")],
)
def test_faulty_description_is_refused(folder, change, said):
    (folder / "model.json").write_text(change, encoding="utf-8")
    with pytest.raises(ModelMismatch, match=said):
        load_model(folder)


@pytest.mark.parametrize("content", [b"no archive", b""])
def test_file_that_is_no_archive_is_refused(folder, content):
    import hashlib

    (folder / "model.npz").write_bytes(content)
    record = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    record["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / "model.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(ModelMismatch, match="wants the arrays"):
        load_model(folder)


def test_pooling_is_the_mean_of_the_highest():
    margins = np.array([[1.0, 0.0], [3.0, 0.0], [2.0, 6.0], [-4.0, 5.0]])
    owner = np.array([0, 0, 0, 1])
    assert pooled(margins, owner, 2, 2).tolist() == [[2.5, 3.0], [-4.0, 5.0]]
    assert pooled(margins, owner, 2, 9).tolist() == [[2.0, 2.0], [-4.0, 5.0]]


def test_probabilities_are_logistic_and_bounded():
    assert probabilities(np.array([[0.0, 1e9, -1e9]]), np.ones(3), np.zeros(3)).tolist() == [[0.5, 1.0, 0.0]]


def test_idf_against_its_formula():
    idf = inverse_document_frequencies(["red fish", "red hen", "hen"], 2)
    assert list(idf) == ["hen", "red"]
    assert idf["red"] == pytest.approx(np.log(4 / 3) + 1)


@pytest.mark.model
def test_rows_have_unit_parts():
    encoder = load_encoder()
    idf = inverse_document_frequencies(["the red fish", "the red hen"], 1)
    space = FeatureSpace(idf, np.zeros(512), 0.5, (), encoder)
    rows = space.matrix(["the red fish swims", "", "QUITE"], ["en", "en", "en"]).toarray()
    assert rows.shape == (3, space.n_features)
    assert np.linalg.norm(rows[0, : len(idf)]) == pytest.approx(1)
    assert np.linalg.norm(rows[0, len(idf) :]) == pytest.approx(1, abs=1e-6)
    assert not rows[1].any()
    assert np.array_equal(subword_means(encoder, ["QUITE"]), subword_means(encoder, ["quite"]))


@pytest.mark.model
def test_shipped_coefficients_come_from_the_tree():
    shipped = load_model(packaged_model())
    examples = training.read_examples(training.training_folder())
    weights, bias, parts = training.fit(examples, load_encoder())
    assert training.examples_hash(examples) == shipped.hashes["training"]
    assert list(parts.space.idf) == list(shipped.idf)
    np.testing.assert_allclose(weights, shipped.weights, atol=1e-6)
    np.testing.assert_allclose(bias, shipped.bias, atol=1e-6)
    np.testing.assert_allclose(parts.space.centre, shipped.centre, atol=1e-6)


@pytest.mark.model
def test_training_on_a_few_examples_writes_a_model(tmp_path, capsys):
    source = tmp_path / "texts"
    source.mkdir()
    every = training.read_examples(training.training_folder())
    few = [item for item in every if item.language in ("de", "fr")]
    lines = [
        f'{item.id},{item.language},{item.tradition},,"{item.text}",'
        f"{';'.join(tag for tag in item.tags if tag not in ('data', 'compute', 'model'))},"
        f"{';'.join(tag for tag in item.tags if tag in ('data', 'compute', 'model'))}\n"
        for item in few
    ]
    (source / "few.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    output = tmp_path / "made"
    assert training.main(["--training", str(source), "--output", str(output)]) == 0
    assert load_model(output).tags == load_model(packaged_model()).tags
    assert f"{len(few)} examples" in capsys.readouterr().err


def test_training_texts_cover_what_the_datasheet_says():
    examples = training.read_examples(training.training_folder())
    assert len(examples) >= 1200
    languages = [item.language for item in examples]
    assert all(languages.count(code) >= 40 for code in ("en", "de", "fr", "es", "pt", "it", "zh", "ja", "ko"))
    assert sum(1 for item in examples if not item.tags) >= 400
    assert sum(1 for item in examples if len(item.tags) > 1) >= 80


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "should have the columns"),
        ("id,text\n1,a\n", "should have the columns"),
        (HEADER + "a-1,en,eu,,A duty.,goodness,\n", "tag 'goodness' is unknown"),
        (HEADER + "a-1,en,eu,, ,safety,\n", "a text is wanted"),
        (HEADER + "a-1,en,eu,,A duty.,,\na-1,en,eu,,Another.,,\n", "id 'a-1' stands there twice"),
        (HEADER + "a-1,en,eu,,A duty.,,\na-2,en,eu,,A duty.,,\n", "text 'A duty.' stands there twice"),
    ],
)
def test_faulty_training_file_is_refused(tmp_path, content, said):
    (tmp_path / "faulty.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        training.read_examples(tmp_path)
    assert said in str(caught.value)


def test_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(ModelError, match="there are none"):
        training.read_examples(tmp_path)
