"""Many documents: the tables of a batch as a matrix, gathered, ordered and zoomed; on the page too."""

import base64
import io
import itertools

import numpy as np
import pandas as pd
import pytest
from matrix_made import made_tables
from PIL import Image
from test_document_page import part
from test_pages import address, notices, words
from ui_made import made_analysis, made_comparison

from fragcheck.errors import InputError
from fragcheck.ui.matrix import (
    Matrix,
    MatrixShelf,
    as_csv,
    bloc_labels,
    gathered,
    matrix_of,
    matrix_order,
    read_matrix,
)
from fragcheck.ui.pages.overview import matrix_png, packed


@pytest.fixture(scope="module")
def tables():
    return made_tables(60)


@pytest.fixture(scope="module")
def matrix(tables):
    return read_matrix(*tables)


def small(values, **labels):
    n = len(values)
    names = tuple(f"d{at}" for at in range(n))
    return Matrix(names, names, {name: tuple(found) for name, found in labels.items()}, np.array(values), 0)


NAN = float("nan")
FOUR = [
    [NAN, 0.2, 0.9, 0.8],
    [0.2, NAN, NAN, 0.7],
    [0.9, NAN, NAN, 0.1],
    [0.8, 0.7, 0.1, NAN],
]


def test_a_batch_is_read_as_it_was_written(tables, matrix):
    pairs = pd.read_parquet(io.BytesIO(tables[1]))
    pairs = pairs[pairs["principle"] == "overall"]
    at = {one: place for place, one in enumerate(matrix.ids)}
    for row in pairs.sample(200, random_state=1).itertuples():
        wanted = row.screen if np.isnan(row.value) else row.value
        for found in (
            matrix.values[at[row.left_id], at[row.right_id]],
            matrix.values[at[row.right_id], at[row.left_id]],
        ):
            assert found == pytest.approx(wanted, nan_ok=True)
    assert np.isnan(np.diag(matrix.values)).all()
    assert matrix.n_full == 20
    assert matrix.names[0] == "aurelia law 0"
    assert matrix.labels["jurisdiction"][:2] == ("", "Borealis")
    assert matrix.labels["year"][:2] == ("", "2019")


@pytest.mark.parametrize("wrong", ["swapped", "no table", "other batch"])
def test_files_that_are_no_tables_of_one_batch_are_refused(tables, tmp_path, wrong):
    documents, pairs = tables
    given = {
        "swapped": (pairs, documents),
        "no table": (b"%PDF-1.7", pairs),
        "other batch": (made_tables(5)[0], pairs),
    }[wrong]
    shelf = MatrixShelf(tmp_path)
    with pytest.raises(InputError, match=r"wanted"):
        shelf.keep(*given)
    assert shelf.names() == ()


def test_tables_are_kept_by_their_bytes(tables, tmp_path):
    shelf = MatrixShelf(tmp_path)
    name = shelf.keep(*tables)
    assert shelf.keep(*tables) == name
    assert shelf.names() == (name,)
    assert shelf.load(name, "safety").values.shape == (60, 60)
    with pytest.raises(InputError, match="not on this machine"):
        shelf.load("0" * 16, "overall")


def test_groups_have_the_mean_over_their_pairs():
    block = gathered(small(FOUR), ("x", "x", "", "y"), range(4))
    assert block.names == ("x", "y", "")
    assert block.members == ((0, 1), (3,), (2,))
    assert block.mean[0, 0] == pytest.approx(0.2)
    assert block.mean[0, 1] == pytest.approx(0.75)
    assert (block.lowest[0, 1], block.highest[0, 1]) == (0.7, 0.8)
    assert block.mean[0, 2] == pytest.approx(0.9)  # the pair without a value is left out
    assert np.isnan(block.mean[1, 1])
    assert block.n_pairs.tolist() == [[1, 2, 1], [2, 0, 1], [1, 1, 0]]


def test_years_stand_in_their_order():
    assert gathered(small(FOUR), ("2024", "2019", "", "998"), range(4)).names == ("998", "2019", "2024", "")


def test_documents_of_a_bloc_stand_together(matrix):
    order = matrix_order(matrix, is_clustered=True)
    assert sorted(order) == list(range(60))
    assert matrix_order(matrix, is_clustered=False) == tuple(range(60))
    labels = bloc_labels(matrix)
    placed = [labels[at] for at in order]
    assert len({*labels}) == 4
    assert sum(one != other for one, other in itertools.pairwise(placed)) == 3
    near = np.array(labels)[:, None] == np.array(labels)[None, :]
    off = ~np.eye(60, dtype=bool)
    assert np.nanmean(matrix.values[near & off]) < np.nanmean(matrix.values[~near]) - 0.2


def test_a_comparison_as_a_matrix_keeps_its_direction():
    comparison = made_comparison(tuple(made_analysis(at) for at in range(4)))
    found = matrix_of(comparison, "overall", "interoperability")
    assert found.values[0, 1] == 0.5
    assert np.isnan(found.values[1, 0])
    assert found.labels["kind"] == ("unknown",) * 4
    assert found.labels["year"] == ("",) * 4


def test_what_the_picture_is_drawn_from():
    raw = np.frombuffer(base64.b64decode(packed(np.array([[0.1234, NAN], [1.0, 0.0]]))), "<u2")
    assert raw.tolist() == [1234, 65535, 10_000, 0]


def test_the_picture_to_download():
    image = Image.open(io.BytesIO(matrix_png(np.array([[NAN, 0.0], [1.0, NAN]]), 0.0, 1.0)))
    assert image.size == (1000, 1000)
    assert image.getpixel((10, 10)) == (200, 200, 200)
    assert image.getpixel((900, 100)) == (243, 239, 248)
    assert image.getpixel((100, 900)) == (11, 44, 94)


def test_the_values_to_download():
    found = small(FOUR)
    frame = pd.read_csv(io.BytesIO(as_csv(found, (2, 3), (0, 1))), index_col=0)
    assert list(frame.columns) == ["d0", "d1"]
    assert frame.loc["d2", "d0"] == 0.9
    assert np.isnan(frame.loc["d2", "d1"])


def test_five_hundred_documents_on_the_page(app, home):
    name = MatrixShelf(home.root).keep(*made_tables(500))
    test = app(matrix=name)
    assert not test.exception
    assert "**500** documents, 123" in words(test)
    drawn = part(test, "matrix")
    assert len(drawn["rows"]) == len(drawn["columns"]) == 500
    assert len(base64.b64decode(drawn["values"])) == 2 * 500 * 500
    test.selectbox(key="choose_order").set_value("cluster").run()
    assert part(test, "matrix")["rows"] != drawn["rows"]
    assert sorted(part(test, "matrix")["rows"]) == sorted(drawn["rows"])
    test.selectbox(key="choose_group").set_value("jurisdiction").run()
    assert not test.exception
    assert address(test)["group"] == "jurisdiction"
    assert part(test, "matrix") is None
    assert "mean over the pairs of two groups" in words(test)


def test_a_block_has_names_and_values_and_a_way_back(app, home):
    name = MatrixShelf(home.root).keep(*made_tables(60))
    test = app(matrix=name, zoom="0-9:20-31")
    assert not test.exception
    assert "Rows 1–10 of 60, columns 21–32" in words(test)
    assert part(test, "matrix") is None
    test.button(key="whole").click().run()
    assert "zoom" not in address(test)
    assert len(part(test, "matrix")["rows"]) == 60
    test.button(key="leave_matrix").click().run()
    assert "matrix" not in address(test)
    assert "Sample corpus" in words(test)


@pytest.mark.parametrize("zoom", ["9-3:0-1", "0-99999:0-99999", "x"])
def test_a_zoom_that_cannot_be_is_no_fault(app, home, zoom):
    name = MatrixShelf(home.root).keep(*made_tables(45))
    test = app(matrix=name, zoom=zoom)
    assert not test.exception
    assert len(part(test, "matrix")["rows"]) == 45


def test_tables_that_are_gone_become_a_notice(app):
    test = app(matrix="0123456789abcdef")
    assert not test.exception
    assert "open them again in the Library" in notices(test)
