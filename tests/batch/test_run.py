"""A batch gives the same tables however it is run, and full comparisons are those of `compare`."""

from __future__ import annotations

import shutil

import pandas as pd
import pyarrow.parquet as pq
import pytest
from made_laws import fill, table_bytes, write_document
from scipy.stats import spearmanr

from fragcheck.batch import (
    TABLES,
    BatchOptions,
    ProcessEngine,
    SerialEngine,
    estimate,
    read_provenance,
    read_source,
    read_table,
    run_batch,
)
from fragcheck.errors import InputError
from fragcheck.pipeline import AnalysisOptions, analyse_file, compare_analyses, comparison_json
from fragcheck.store import ArtefactStore


def frame(output, name):
    return read_table(output, name).to_pandas()


def run(source, output, store, options=None, engine=None, **more):
    return run_batch(
        read_source(str(source)), output, options or BatchOptions(), engine or SerialEngine(), store, **more
    )


def test_tables_have_the_columns_of_the_dictionary_and_fit_together(finished):
    for name, table in TABLES.items():
        schema = pq.read_schema(finished / f"{name}.parquet")
        assert tuple(schema.names) == table.names
        assert pd.read_parquet(finished / f"{name}.parquet").shape[1] == len(table.names)
    documents = frame(finished, "documents")
    assert len(documents) == 7
    assert list(documents["document_id"]) == sorted(documents["document_id"])
    assert documents["n_provisions"].sum() == len(frame(finished, "provisions"))
    assert documents["n_requirements"].sum() == len(frame(finished, "requirements")) > 20
    assert documents["path"].str.startswith("below/").sum() == 1
    parameters = frame(finished, "parameters").merge(
        frame(finished, "requirements"),
        left_on=["document_id", "eid", "requirement_index"],
        right_on=["document_id", "eid", "index"],
    )
    assert len(parameters) == len(frame(finished, "parameters")) > 5
    tags = frame(finished, "tags")
    assert len(tags) == len(frame(finished, "provisions")) * tags["principle"].nunique()
    pairs = frame(finished, "pairs")
    assert len(pairs) == 21 * (1 + tags["principle"].nunique())
    assert (pairs["left_id"].astype(str) < pairs["right_id"].astype(str)).all()
    assert frame(finished, "failures").empty


def test_full_divergence_is_that_of_compare_to_the_last_digit(finished, laws, artefacts):
    store = ArtefactStore(artefacts)
    analyses = [analyse_file(entry.path, store=store) for entry in read_source(str(laws)).entries]
    found = frame(finished, "pairs").set_index(["left_id", "right_id", "principle"])
    # Neither the order of the arguments nor the company matters.
    for chosen in (analyses[:3], analyses[::-1][:4]):
        for pair in comparison_json(compare_analyses(chosen))["pairs"]:
            is_turned = pair["left"] > pair["right"]
            key = tuple(sorted((pair["left"], pair["right"])))
            overall = found.loc[(*key, "overall")]
            assert (overall["value"], overall["low"], overall["high"]) == (
                pair["overall"],
                pair["low"],
                pair["high"],
            )
            satisfied = pair["interoperability"]
            one, two = satisfied["left_satisfies_right"], satisfied["right_satisfies_left"]
            expected = (two, one) if is_turned else (one, two)
            assert (overall["left_satisfies_right"], overall["right_satisfies_left"]) == expected
            for name, divergence in pair["principles"].items():
                row = found.loc[(*key, name)]
                assert row["status"] == divergence["status"]
                assert (None if pd.isna(row["value"]) else row["value"]) == divergence["value"]
                coverage = divergence["components"]["coverage"]
                assert (None if pd.isna(row["coverage"]) else row["coverage"]) == coverage


def test_screen_stands_in_for_divergence(finished):
    pairs = frame(finished, "pairs")
    overall = pairs[pairs["principle"] == "overall"]
    rho = spearmanr(overall["screen"], overall["value"]).statistic
    corpus = frame(finished, "corpus").set_index(["basis", "principle"])
    assert corpus.loc[("full", "overall"), "rank_correlation"] == pytest.approx(rho)
    assert rho > 0.5
    assert corpus.loc[("screen", "overall"), "mean"] == pytest.approx(overall["screen"].mean(), abs=1e-6)
    assert corpus.loc[("full", "overall"), "mean"] == pytest.approx(overall["value"].mean())
    assert corpus.loc[("full", "overall"), "n_pairs"] == 21
    assert not overall["is_same_language"].all()


@pytest.mark.parametrize("block_units", [1, 7, 10_000])
def test_block_size_does_not_show(finished, laws, artefacts, tmp_path, block_units):
    options = BatchOptions(full="all", block_units=block_units)
    run(laws, tmp_path / "tables", artefacts, options)
    assert table_bytes(tmp_path / "tables") == table_bytes(finished)


def test_jobs_and_a_cold_store_do_not_show(finished, laws, tmp_path):
    options = BatchOptions(full="all", block_units=9)
    run(laws, tmp_path / "tables", tmp_path / "store", options, ProcessEngine(2))
    assert table_bytes(tmp_path / "tables") == table_bytes(finished)


def test_order_of_a_manifest_does_not_show(laws, artefacts, tmp_path):
    names = [entry.name for entry in read_source(str(laws)).entries]
    outputs = []
    for place, order in enumerate((names, names[::-1])):
        rows = {"path": [str(laws / name) for name in order], "id": [f"id-{name}" for name in order]}
        pd.DataFrame(rows).to_csv(tmp_path / f"{place}.csv", index=False)
        run(tmp_path / f"{place}.csv", tmp_path / str(place), artefacts)
        outputs.append(table_bytes(tmp_path / str(place)))
    assert outputs[0] == outputs[1]


def test_full_top_and_list_compare_the_pairs_asked_for(finished, laws, artefacts, tmp_path):
    everything = frame(finished, "pairs")
    overall = everything[everything["principle"] == "overall"].sort_values("screen", kind="stable")
    wanted = {(row.left_id, row.right_id) for row in overall.head(3).itertuples()}
    run(laws, tmp_path / "top", artefacts, BatchOptions(full="top", top=3))
    top = frame(tmp_path / "top", "pairs")
    assert {(row.left_id, row.right_id) for row in top[top["is_full"]].itertuples()} == wanted
    assert top.loc[~top["is_full"], "value"].isna().all()
    assert (top["screen"].fillna(-1) == everything["screen"].fillna(-1)).all()
    last = overall.iloc[-1]
    pairs = ((last["right_id"], last["left_id"]),)
    run(laws, tmp_path / "list", artefacts, BatchOptions(full="list", pairs=pairs))
    listed = frame(tmp_path / "list", "pairs").query("is_full and principle == 'overall'")
    assert listed["value"].tolist() == [last["value"]]
    by_path = BatchOptions(full="list", pairs=(("law-0.csv", "below/law-3.csv"),))
    assert run(laws, tmp_path / "paths", artefacts, by_path).n_full == 1


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ((("law-0.csv", "law-9.csv"),), "'law-9.csv' is none of the documents"),
        ((("law-0.csv",) * 2,), "one document"),
    ],
)
def test_a_pair_that_cannot_be_is_refused(laws, artefacts, tmp_path, pairs, told):
    with pytest.raises(InputError, match=told):
        run(laws, tmp_path / "tables", artefacts, BatchOptions(full="list", pairs=pairs))


def test_bad_files_cost_themselves_only(tmp_path, artefacts, finished):
    folder = fill(tmp_path)
    shutil.copy(folder / "law-0.csv", folder / "again.csv")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing of the kind")
    (folder / "columns.csv").write_text("name,words\n1,x\n", encoding="utf-8")
    summary = run(folder, tmp_path / "tables", artefacts, BatchOptions(full="all"))
    failures = frame(tmp_path / "tables", "failures")
    assert list(failures["path"]) == ["broken.pdf", "columns.csv", "empty.pdf"]
    assert failures["message"].str.len().min() > 20
    assert set(failures["error"].astype(str)) >= {"TableColumnsMissing"}
    assert len(summary.failed) == 3
    documents = frame(tmp_path / "tables", "documents")
    twice = documents[documents["also_at"].str.len() > 0]
    assert (twice["path"].tolist(), twice["also_at"].iloc[0].tolist()) == (["again.csv"], ["law-0.csv"])
    ours, theirs = frame(tmp_path / "tables", "pairs"), frame(finished, "pairs")
    pd.testing.assert_frame_equal(ours, theirs)


def test_nothing_readable_is_bad_input_and_still_told(tmp_path, artefacts):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.pdf").write_bytes(b"")
    with pytest.raises(InputError, match="none of 1 documents can be read"):
        run(folder, tmp_path / "out", artefacts)
    assert len(frame(tmp_path / "out", "failures")) == 1


def test_one_document_and_one_without_rules_make_tables(tmp_path, artefacts):
    folder = tmp_path / "in"
    folder.mkdir()
    write_document(folder / "a.csv", ["Providers shall keep records."], number=1)
    run(folder, tmp_path / "one", artefacts)
    assert frame(tmp_path / "one", "pairs").empty
    write_document(folder / "b.csv", ["Chapter one"], number=1)
    run(folder, tmp_path / "two", artefacts)
    pairs = frame(tmp_path / "two", "pairs").set_index("principle")
    assert sorted(frame(tmp_path / "two", "documents")["n_units"]) == [0, 1]
    assert pairs.loc["overall", "screen"] == 1.0
    assert pairs[["left_covered", "right_covered"]].loc["overall"].isna().sum() == 1


def test_a_folder_that_is_taken_is_refused(finished, laws, artefacts, tmp_path):
    source = read_source(str(laws))
    with pytest.raises(InputError, match="add --resume"):
        run_batch(source, finished, BatchOptions(full="all"), SerialEngine(), artefacts)
    with pytest.raises(InputError, match=r"other options \(seed, full\)"):
        run_batch(source, finished, BatchOptions(seed=1), SerialEngine(), artefacts, is_resumed=True)
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="it holds other files"):
        run_batch(source, tmp_path, BatchOptions(), SerialEngine(), artefacts, is_resumed=True)


def test_resumed_batch_computes_nothing_twice(finished, laws, artefacts, monkeypatch):
    before = table_bytes(finished)

    def refuse(*arguments, **options):
        pytest.fail("nothing is to be computed twice")

    for name in (
        "stages.analyse_file",
        "stages.screen_side",
        "stages.compare_sides",
        "screen.covered_weights",
    ):
        monkeypatch.setattr(f"fragcheck.batch.{name}", refuse)
    seen = []

    class Idle(SerialEngine):
        """What is in the store is no task for a worker."""

        def run(self, function, tasks):
            assert not list(tasks)
            return iter(())

    run(laws, finished, artefacts, BatchOptions(full="all"), Idle(), is_resumed=True, on_progress=seen.append)
    assert table_bytes(finished) == before
    last = {progress.stage: (progress.done, progress.total) for progress in seen}
    assert last == {"documents": (7, 7), "pairs": (21, 21)}


def test_a_journal_that_was_cut_off_is_gone_on_with(finished, laws, artefacts, tmp_path):
    output = tmp_path / "tables"
    options = BatchOptions(full="all", block_units=7)
    run(laws, output, artefacts, options)
    (journal,) = (output / "work").glob("*.journal")
    lines = journal.read_text(encoding="utf-8").splitlines()
    journal.write_text("\n".join(lines[:2]) + "\n" + lines[2][:1], encoding="utf-8")
    run(laws, output, artefacts, options, is_resumed=True)
    assert table_bytes(output) == table_bytes(finished)


def test_provenance_says_what_the_tables_were_made_with(finished, laws, artefacts, tmp_path):
    secret = AnalysisOptions(password="sesame")  # noqa: S106
    run(laws, tmp_path / "tables", artefacts, BatchOptions(analysis=secret))
    for name in TABLES:
        about = read_provenance(finished, name)
        assert {"fragcheck", "code", "models", "taxonomies", "libraries", "divergence", "screen"} <= set(
            about
        )
        assert about["table"] == name
        assert "sesame" not in str(read_provenance(tmp_path / "tables", name))
    assert "sesame" not in (tmp_path / "tables" / "run.json").read_text(encoding="utf-8")


def test_estimate_counts_what_is_at_hand(laws, artefacts, finished, tmp_path):
    source = read_source(str(laws))
    known = estimate(source, BatchOptions(full="top", top=99), 2, artefacts)
    assert (known.n_files, known.n_prepared, known.n_pairs, known.n_full) == (7, 7, 21, 21)
    assert known.n_units == frame(finished, "documents")["n_units"].sum()
    unknown = estimate(source, BatchOptions(block_units=64), 2, tmp_path)
    assert (unknown.n_prepared, unknown.n_full) == (0, 0)
    assert unknown.block_mib < known.block_mib
