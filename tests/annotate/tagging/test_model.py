"""The model file: checked at load, and made again from the tree."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections import Counter

import numpy as np
import pytest
from rapidfuzz import fuzz, process, utils
from scipy.sparse import csr_matrix
from sklearn.metrics import average_precision_score, f1_score, recall_score

from fragcheck.annotate.tagging import train as training
from fragcheck.annotate.tagging.evaluating import evaluate_tagger
from fragcheck.annotate.tagging.features import (
    FeatureSpace,
    concept_frequencies,
    inverse_document_frequencies,
    subword_means,
    terms_of,
)
from fragcheck.annotate.tagging.model import load_model, save_model
from fragcheck.annotate.tagging.scoring import (
    ScoredText,
    calibration_error,
    interpolated_rows,
    passage_margins,
    pooled,
    probabilities,
)
from fragcheck.annotate.tagging.tagger import load_tagger, load_tagger_from, packaged_model
from fragcheck.errors import ModelError, ModelMismatch, ModelMissing
from fragcheck.nlp.encoder import load_encoder
from fragcheck.records import Provision, ProvisionKind
from fragcheck.taxonomy import load_taxonomy

HEADER = "id,language,tradition,context,text,principles,sovereignty\n"


def counted(text, size):
    """Runs of `size` characters of a text, numbered where they stand more than once."""
    seen = Counter()
    for run in zip(*(text[at:] for at in range(size)), strict=False):
        seen[run] += 1
        yield run, seen[run]


def shared(texts, size):
    """Number of runs of `size` characters that two texts share, for all pairs."""
    column, columns, ends = {}, [], [0]
    for text in texts:
        columns += [column.setdefault(run, len(column)) for run in counted(text, size)]
        ends.append(len(columns))
    table = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends))
    table = table[:, np.asarray(table.sum(axis=0)).ravel() > 1].toarray()
    return table @ table.T


def alike(texts, cutoff):
    """Pairs of texts whose token-set ratio is above `cutoff`, 50 or more, in order; few pairs are compared.

    None is missed. A ratio r of strings of lengths x and y, T = x + y, is 2m / T for a common subsequence of
    m characters. So r > c has m > cT / 2, and T - 2m < (1 - c)T characters stand apart. The strings share m
    characters or more, and of pairs of neighbours m - 1 less one for each character apart: more than
    (3c / 2 - 1)T - 1. The distinct words of both, in whatever order, hold all these pairs, if each word has a
    blank on both sides. The ratio of the common words, s characters, to all x of one text is 2s / (s + x):
    above c, s > cx / (2 - c).
    """
    words = [" ".join(sorted(set(utils.default_process(text).split()))) for text in texts]
    lengths = np.array([len(text) for text in words], dtype=np.float32)
    total, least = lengths[:, None] + lengths, np.minimum(lengths[:, None], lengths)
    c, slack = cutoff / 100, 1e-3
    neighbours = shared([f" {text} " for text in words], 2)
    whole = (neighbours > (1.5 * c - 1) * total - 1 - slack) & (shared(words, 1) > c / 2 * total - slack)
    left, right = np.nonzero(np.triu(whole | (neighbours > c / (2 - c) * least - slack), k=1))
    pairs = [[words[at] for at in side] for side in (left, right)]
    ratios = process.cpdist(*pairs, scorer=fuzz.token_set_ratio)
    return list(zip(left[ratios > cutoff].tolist(), right[ratios > cutoff].tolist(), strict=True))


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


@pytest.mark.model
def test_a_context_speaks_for_a_tag_and_never_against():
    encoder = load_encoder()
    idf = inverse_document_frequencies([terms_of("records fine"), terms_of("records fine")], 1)
    weights = {
        "term_weight": 1,
        "stem_weight": 1,
        "concept_weight": 1,
        "vector_weight": 0,
        "cue_weight": 1,
        "phrase_weight": 1,
    }
    space = FeatureSpace(idf, {}, {}, np.zeros(512), weights, (), encoder)
    toward = np.zeros((1, space.n_features))
    toward[0, list(idf).index("records")] = 1
    toward[0, list(idf).index("fine")] = -1
    bias = np.array([-0.1])

    def margins(text, context):
        found, owner = passage_margins(space, [ScoredText(text, context, "en")], toward, bias, 2.0)
        rows, same = interpolated_rows(space, [ScoredText(text, context, "en")], 2.0)
        assert owner.tolist() == same.tolist() == [0]
        return found.item(), float((rows @ toward.T).item() + bias.item())

    assert margins("records", "")[0] == pytest.approx(0.9)
    for text, context in (("hens", "records"), ("fine", "records"), ("", "fine"), ("", "records"), ("", "")):
        found, interpolated = margins(text, context)
        assert found == pytest.approx(interpolated)
    found, interpolated = margins("records", "fine")
    assert interpolated < found == pytest.approx(0.9)


def test_probabilities_are_logistic_and_bounded():
    assert probabilities(np.array([[0.0, 1e9, -1e9]]), np.ones(3), np.zeros(3)).tolist() == [[0.5, 1.0, 0.0]]


def test_idf_against_its_formula():
    idf = inverse_document_frequencies([["red", "fish"], ["red", "hen", "red"], ["hen"]], 2)
    assert list(idf) == ["hen", "red"]
    assert idf["red"] == pytest.approx(np.log(4 / 3) + 1)


@pytest.mark.model
def test_parts_of_a_row_have_the_length_of_their_weight():
    encoder = load_encoder()
    idf = inverse_document_frequencies([terms_of("the red fish"), terms_of("the red hen")], 1)
    weights = {
        "term_weight": 0.5,
        "stem_weight": 0.25,
        "concept_weight": 1.5,
        "vector_weight": 2.0,
        "cue_weight": 1,
        "phrase_weight": 1,
    }
    concepts = concept_frequencies(encoder, ["the red fish", "the red hen"], 1)
    space = FeatureSpace(idf, {"swimm~": 1.0}, concepts, np.zeros(512), weights, (), encoder)
    rows = space.matrix(["the red fish swimming", "", "QUITE"], ["en", "en", "en"]).toarray()
    assert rows.shape == (3, space.n_features)
    assert np.linalg.norm(rows[0, : len(idf)]) == pytest.approx(0.5)
    assert rows[0, len(idf)] == pytest.approx(0.25)
    assert np.linalg.norm(rows[0, len(idf) + 1 : space.n_terms]) == pytest.approx(1.5)
    assert np.linalg.norm(rows[0, space.n_terms :]) == pytest.approx(2, abs=1e-6)
    assert not rows[1].any()
    assert np.array_equal(subword_means(encoder, ["QUITE"]), subword_means(encoder, ["quite"]))


@pytest.mark.model
def test_concepts_of_a_row_against_their_formula():
    encoder = load_encoder()
    texts = ["Safety and safety again", "", "sécurité, Sicherheit", "1 2 3", "an unknown word"]
    concepts = concept_frequencies(encoder, texts[:3], 1)
    weights = dict.fromkeys(("term_weight", "stem_weight", "vector_weight", "cue_weight"), 1.0)
    space = FeatureSpace(
        {}, {}, concepts, np.zeros(512), {**weights, "concept_weight": 0.5, "phrase_weight": 1.0}, (), encoder
    )
    rows = space.matrix(texts, ["en"] * len(texts)).toarray()[:, : space.n_terms]
    for row, found in zip(rows, encoder.concepts_of(encoder.subwords(texts)), strict=True):
        counts = Counter(found.tolist())
        own = np.array(
            [(1 + np.log(counts[at])) * idf if at in counts else 0.0 for at, idf in concepts.items()]
        )
        np.testing.assert_allclose(row, 0.5 * own / (np.linalg.norm(own) or 1), atol=1e-12)


@pytest.mark.model
def test_shipped_coefficients_come_from_the_tree():
    shipped = load_model(packaged_model())
    examples = training.read_examples(training.training_folder())
    weights, bias, parts = training.fit(examples, load_encoder())
    assert training.examples_hash(examples) == shipped.hashes["training"]
    assert list(parts.space.idf) == list(shipped.idf)
    assert list(parts.space.stems) == list(shipped.stems)
    assert list(parts.space.concepts) == list(shipped.concepts)
    np.testing.assert_allclose(weights, shipped.weights, atol=1e-6)
    np.testing.assert_allclose(bias, shipped.bias, atol=1e-6)
    np.testing.assert_allclose(parts.space.centre, shipped.centre, atol=1e-6)


@pytest.mark.model
def test_training_on_a_few_examples_writes_a_model(tmp_path):
    every = training.read_examples(training.training_folder())
    few = [item for item in every if item.language in ("de", "fr")]
    model, figures = training.write_model(few, tmp_path / "made", load_encoder())
    again = load_model(tmp_path / "made")
    assert again.tags == load_model(packaged_model()).tags == tuple(figures)
    assert again.sha256 == model.sha256
    assert json.loads((tmp_path / "made" / "model.json").read_text(encoding="utf-8"))["examples"] == len(few)


@pytest.mark.model
def test_tag_that_no_example_bears_is_never_on(tmp_path):
    every = training.read_examples(training.training_folder())
    few = [item for item in every if item.language == "it" and "compute" not in item.tags]
    training.write_model(few, tmp_path, load_encoder())
    tagger = load_tagger_from(tmp_path)
    ((_, points),) = tagger.tag(
        [Provision("p", ProvisionKind.PARAGRAPH, text="Un fondo per i supercalcolatori.")]
    )
    assert not {tag.principle: tag.is_on for tag in points}["compute"]


def test_scale_of_a_term_against_a_case_by_hand():
    # The first term stands in both texts with the tag, the second in all texts; the third in none.
    stands = csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 1, 0], [0, 1, 0]], dtype=float))
    truth = np.array([True, True, False, False])
    scale = training._log_ratios(stands, truth, {"ratio_share": 0.5, "ratio_smoothing": 1.0})
    ratios = np.abs(np.log([3 / 7, 3 / 7, 1 / 7]) - np.log([1 / 5, 3 / 5, 1 / 5]))
    np.testing.assert_allclose(scale, 0.5 + 0.5 * ratios / ratios.mean())
    assert scale[0] > scale[1]
    even = training._log_ratios(stands, truth, {"ratio_share": 0.0, "ratio_smoothing": 1.0})
    assert even.tolist() == [1, 1, 1]


def test_folds_hold_whole_groups_where_there_are_enough():
    groups = np.repeat(np.arange(7), [50, 9, 9, 9, 9, 9, 5])
    folds = training._folds(groups)
    assert all(len(np.unique(folds[groups == group])) == 1 for group in range(7))
    assert len(np.unique(folds)) == 5
    assert np.bincount(training._folds(np.zeros(20, dtype=np.intp))).tolist() == [4] * 5


def test_calibration_error_against_a_case_by_hand():
    chances, truth = np.array([0.05, 0.05, 0.95, 0.95]), np.array([False, False, True, False])
    assert calibration_error(chances, truth) == pytest.approx((0.05 + 0.45) / 2)
    assert calibration_error(np.array([]), np.array([], dtype=bool)) == 0


@pytest.mark.model
def test_evaluation_against_scikit_learn():
    examples = [item for item in training.read_examples(training.training_folder()) if item.language == "pt"]
    tagger = load_tagger()
    scores = {score.tag: score for score in evaluate_tagger(tagger, examples)}
    provisions = [
        Provision(item.id, ProvisionKind.PARAGRAPH, text=item.text, context=item.context, language="pt")
        for item in examples
    ]
    said = [principles for principles, _ in tagger.tag(provisions)]
    for index, name in enumerate(load_taxonomy("principles").ids):
        truth = [name in item.tags for item in examples]
        on = [tags[index].is_on for tags in said]
        assert scores[name].f1 == pytest.approx(f1_score(truth, on))
        assert scores[name].recall == pytest.approx(recall_score(truth, on))
        assert scores[name].average_precision == pytest.approx(
            average_precision_score(truth, [tags[index].probability for tags in said])
        )


def test_no_two_training_texts_are_alike():
    texts = [item.text for item in training.read_examples(training.training_folder())]
    assert alike(texts, 80) == []


def test_alike_finds_what_comparing_all_pairs_finds():
    texts = [item.text for item in training.read_examples(training.training_folder())][::40]
    texts += [text[: len(text) * 3 // 4] + " or so" for text in texts[::5]]
    texts += [" ".join(text.split()[:4]) for text in texts[:5]]
    for cutoff in (50, 80):
        ratios = process.cdist(texts, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process)
        every = [tuple(pair) for pair in np.argwhere(np.triu(ratios > cutoff, k=1)).tolist()]
        assert len(every) > 10
        assert alike(texts, cutoff) == every


def test_training_texts_cover_what_the_datasheet_says():
    examples = training.read_examples(training.training_folder())
    assert len(examples) >= 3000
    languages = [item.language for item in examples]
    training_languages = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "zh", "ja", "ko")
    assert all(languages.count(code) >= 40 for code in training_languages)
    assert sum(1 for item in examples if not item.tags) >= 800
    assert sum(1 for item in examples if len(item.tags) > 1) >= 120


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
