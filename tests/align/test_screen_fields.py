"""What the screen sees of a unit beside its words, and the directions that it keeps of its vector."""

from __future__ import annotations

import numpy as np
import pytest

from fragcheck.align.projection import DENSE_DIMENSIONS, PROJECTION_GRID, load_projection, projected
from fragcheck.align.screen_fields import ACT_DIMENSIONS, PRINCIPLE_DIMENSIONS, acts, kinds, principles
from fragcheck.errors import ModelMismatch
from fragcheck.nlp.encoder import load_encoder
from fragcheck.records import Definition, Modality, Requirement, TextUnit, Unit
from fragcheck.taxonomy import PACKAGED, load_taxonomy
from fragcheck.taxonomy.actions import load_actions


def rule(action_class="", **fields):
    return Unit(
        "k",
        "k",
        TextUnit("k", "x"),
        Requirement("x", Modality.OBLIGATION, action_class=action_class),
        **fields,
    )


def test_rules_meet_rules_and_definitions_definitions():
    definition = Unit("d", "d", TextUnit("d", "x"), None, definition=Definition("x", "y"))
    column = kinds([rule(), definition])
    assert (column @ column.T).tolist() == [[1.0, -1.0], [-1.0, 1.0]]


def test_every_class_of_act_meets_itself_and_no_more_than_one_is_its_opposite():
    names = load_actions().names
    assert len(names) <= 2 * ACT_DIMENSIONS
    products = acts([rule(name) for name in names])
    products = products @ products.T
    assert np.array_equal(np.diag(products), np.ones(len(names)))
    others = products - np.eye(len(names))
    assert set(np.unique(others)) <= {-1.0, 0.0}
    assert (others < 0).sum(axis=1).max() == 1
    assert not acts([rule(), rule("no_such_class")]).any()


def test_every_packaged_tag_has_a_column_and_others_find_one():
    names = [entry.id for name in PACKAGED for entry in load_taxonomy(name).entries]
    assert len(names) == PRINCIPLE_DIMENSIONS
    rows = principles([rule(probabilities=((name, 0.3),)) for name in names])
    assert np.array_equal(rows, np.eye(len(names)))
    assert principles([rule(probabilities=(("thrift", 0.2),))]).sum() == 1.0
    mixed = principles([rule(probabilities=((names[0], 0.3), (names[1], 0.4))), rule()])
    np.testing.assert_allclose(mixed[0, :2], [0.6, 0.8])
    assert not mixed[1].any()


@pytest.mark.model
def test_directions_are_orthonormal_to_their_grid_and_bound_to_their_encoder():
    directions = load_projection(load_encoder().sha256)
    assert directions.shape == (load_encoder().dimension, DENSE_DIMENSIONS)
    assert np.array_equal(directions * PROJECTION_GRID, np.rint(directions * PROJECTION_GRID))
    np.testing.assert_allclose(directions.T @ directions, np.eye(DENSE_DIMENSIONS), atol=5e-3)
    with pytest.raises(ModelMismatch, match="projection_fit"):
        load_projection("0" * 64)


@pytest.mark.model
def test_a_projection_is_the_same_in_whatever_order_it_is_added_up():
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((20, load_encoder().dimension))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.rint(vectors * 4096) / 4096
    directions = load_projection(load_encoder().sha256)
    found = projected(vectors, directions)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0)
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(vectors.shape[1])
        assert np.array_equal(projected(vectors[:, order], directions[order]), found)


@pytest.mark.soak
def test_the_packaged_directions_are_those_of_the_packaged_texts():
    """Another library of linear algebra may turn single directions; the plane that they span stays."""
    from fragcheck.pipeline.projection_fit import fit_projection, own_texts

    encoder = load_encoder()
    found, kept = fit_projection(own_texts(), encoder) / PROJECTION_GRID, load_projection(encoder.sha256)
    # Texts may have been added since: the bulk of the plane stays all the same.
    assert np.sum((found.T @ kept) ** 2) / DENSE_DIMENSIONS > 0.97
