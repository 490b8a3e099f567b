"""The numbers behind the figures, against brute force and against scipy and scikit-learn."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import pdist, squareform
from scipy.stats import spearmanr

from fragcheck.errors import InputError
from fragcheck.figures import index_by_jurisdiction, index_by_year, scaled_places
from fragcheck.figures.frames import distances

NAMES = ("a", "b", "c", "d", "e")


def made_pairs(seed=0):
    rng = np.random.default_rng(seed)
    rows = []
    for left, right in itertools.combinations(NAMES, 2):
        value = rng.uniform(0.2, 0.8)
        row = {"left_id": left, "right_id": right, "principle": "overall", "value": value}
        rows.append({**row, "low": value - 0.1, "high": value + 0.1, "screen": 1 - value})
    rows.append({"left_id": "a", "right_id": "b", "principle": "privacy", "value": None})
    return pd.DataFrame(rows)


def made_documents():
    return pd.DataFrame(
        {
            "document_id": NAMES,
            "title": ["One law", "One law", "", None, "x" * 90],
            "jurisdiction": ["North", "North", "South", "South", None],
            "year": [2020, 2021, 2021, 2023, None],
        }
    )


def mean_of(pairs, wanted, column="value"):
    is_wanted = [
        frozenset((left, right)) in wanted for left, right in zip(pairs.left_id, pairs.right_id, strict=True)
    ]
    return pairs[np.array(is_wanted) & (pairs.principle == "overall")][column].mean()


def sets(*names):
    return {frozenset(pair) for pair in names}


def test_the_index_of_a_year_is_the_mean_over_all_documents_up_to_it():
    pairs = made_pairs()
    found = index_by_year(pairs, made_documents())
    assert found[["year", "n_documents", "n_pairs"]].to_numpy().tolist() == [[2021, 3, 3], [2023, 4, 6]]
    expected = [
        mean_of(pairs, sets("ab", "ac", "bc")),
        mean_of(pairs, sets("ab", "ac", "ad", "bc", "bd", "cd")),
    ]
    assert found["mean"].tolist() == pytest.approx(expected)
    assert found["low"].tolist() == pytest.approx([value - 0.1 for value in expected])
    assert (found["sampling_low"] <= found["mean"]).all()
    assert (found["mean"] <= found["sampling_high"]).all()


def test_the_index_of_a_jurisdiction_holds_its_documents_against_all_others():
    pairs = made_pairs()
    found = index_by_jurisdiction(pairs, made_documents()).set_index("jurisdiction")
    across = mean_of(pairs, sets("ac", "ad", "bc", "bd"))
    assert found["mean"].tolist() == pytest.approx([across, across])
    assert found["n_pairs"].tolist() == [4, 4]


def test_neither_the_order_of_rows_nor_that_of_a_pair_shows():
    pairs, documents = made_pairs(), made_documents()
    turned = pairs.rename(columns={"left_id": "right_id", "right_id": "left_id"}).iloc[::-1]
    pd.testing.assert_frame_equal(index_by_year(turned, documents), index_by_year(pairs, documents))


def test_the_screen_has_no_interval_of_reading():
    found = index_by_year(made_pairs(), made_documents(), value="screen")
    assert found["low"].isna().all()
    assert found["sampling_low"].notna().all()


def test_names_are_unlike_and_short():
    names = distances(made_pairs(), made_documents(), "overall", "value").names
    assert list(names.values())[:4] == ["One law", "One law (2)", "c", "d"]
    assert len(names["e"]) == 40


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda pairs, documents: (pairs.drop(columns="value"), documents), "column value are wanted"),
        (lambda pairs, documents: (pairs, documents.drop(columns="year")), "column year are wanted"),
        (lambda pairs, documents: (pairs, documents.assign(year=None)), "none has one"),
        (
            lambda pairs, documents: (pairs, documents.assign(document_id=list("vwxyz"))),
            "their ids are others",
        ),
        (lambda pairs, documents: (pairs[pairs.principle == "privacy"], documents), "'overall' came"),
    ],
)
def test_what_is_missing_is_told(change, told):
    with pytest.raises(InputError, match=told):
        index_by_year(*change(made_pairs(), made_documents()))


def test_places_on_a_plane_are_found_again():
    points = np.random.default_rng(1).standard_normal((12, 2))
    places, stress = scaled_places(squareform(pdist(points)))
    assert stress < 1e-6
    np.testing.assert_allclose(pdist(places), pdist(points), atol=1e-5)
    assert (places[0] >= 0).all()


def test_the_stress_is_that_of_scikit_learn_or_less():
    sklearn_manifold = pytest.importorskip("sklearn.manifold")
    points = np.random.default_rng(2).standard_normal((15, 6))
    matrix = squareform(pdist(points))
    places, stress = scaled_places(matrix)
    peer = sklearn_manifold.smacof(
        matrix, n_components=2, init=places.copy(), n_init=1, random_state=0, eps=1e-9
    )[0]
    lengths = pdist(peer)
    theirs = np.sqrt(((pdist(points) - lengths) ** 2).sum() / (lengths**2).sum())
    assert stress <= theirs + 1e-3
    assert spearmanr(pdist(places), pdist(points)).statistic > 0.7


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_few_places(n):
    places, stress = scaled_places(np.ones((n, n)) - np.eye(n))
    assert places.shape == (n, 2)
    assert stress == pytest.approx(0.0, abs=1e-6)


def test_documents_that_are_all_alike_stand_at_one_place():
    places, stress = scaled_places(np.zeros((4, 4)))
    assert (np.abs(places).max(), stress) == (0.0, 0.0)
