"""Our labels of real provisions (gold_provisions.csv): their form, and the reading measured by them."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from itertools import permutations
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, cohen_kappa_score, f1_score

from fragcheck.annotate import annotate_provisions
from fragcheck.annotate.tagging.scoring import calibration_error
from fragcheck.nlp import detect_language
from fragcheck.records import Annotation, Provision, ProvisionKind, ProvisionType, Tag

COLUMNS = (
    "source,instrument,eid,text_sha1,set,language,tradition,provision_type,principles,principles_optional,"
    "sovereignty,actors,actors_optional,parameters,parameters_optional"
)
LANGUAGES = {"en", "de", "fr", "es", "pt", "nl", "pl", "zh", "ja", "ko"}
TRADITIONS = {"eu", "us", "commonwealth", "civil", "east_asian", "soft_law", "standard", "treaty"}


class NoTags:
    """Tags nothing: only the reading is measured."""

    def tag(self, provisions: object) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]:
        return [((), ()) for _ in provisions]  # type: ignore[attr-defined]


def _load(name: str) -> ModuleType:
    """A script of the folder of benchmarks, which is no package."""
    path = Path(__file__).resolve().parents[2] / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


labels = _load("provision_labels")
overlap = _load("training_overlap")


def test_labels_are_well_formed_and_hold_no_text() -> None:
    rows = labels.read_labels()
    assert ",".join(rows[0]) == COLUMNS
    assert len({row["text_sha1"] for row in rows}) == len(rows)
    kinds = {kind.value for kind in ProvisionType}
    for row in rows:
        assert len(row["text_sha1"]) == 40
        assert row["set"] in labels.SETS
        assert row["language"] in LANGUAGES
        assert row["tradition"] in TRADITIONS
        assert row["provision_type"] in kinds
        assert set(labels.names(row["sovereignty"])) <= set(labels.CONTROL_POINTS)
        sure, spare = (set(labels.names(row[name])) for name in ("principles", "principles_optional"))
        assert sure | spare <= set(labels.PRINCIPLES)
        assert not sure & spare
        assert all(len(name) <= 80 for name in labels.names(row["actors"] + ";" + row["actors_optional"]))
        labels.gold_row(row)


def test_labels_are_many_and_of_many_kinds() -> None:
    rows = labels.read_labels()
    assert len(rows) >= 800
    for column, least in (("instrument", 12), ("source", 12), ("language", 5), ("tradition", 5)):
        assert len({row[column] for row in rows}) >= least
    languages = Counter(row["language"] for row in rows)
    assert sum(count >= 20 for count in languages.values()) >= 5
    tagged = Counter(name for row in rows for name in labels.names(row["principles"]))
    assert min(tagged[name] for name in labels.PRINCIPLES) >= 25


def _labelled_twice() -> list[dict[str, str]]:
    return [row for row in labels.read_labels() if row["set"] in labels.TWICE]


def test_adjudication_chose_between_the_passes() -> None:
    rows = _labelled_twice()
    for row, one, two in zip(rows, *labels.read_passes(rows), strict=True):
        assert row["provision_type"] in (one["provision_type"], two["provision_type"])
        spare = set(labels.names(row["principles_optional"]))
        for field, optional in (("principles", spare), ("sovereignty", set())):
            first, second = set(labels.names(one[field])), set(labels.names(two[field]))
            chosen = set(labels.names(row[field]))
            assert first & second <= chosen | optional
            assert chosen | optional <= first | second
        found = set(labels.names(row["parameters"]))
        assert found in (set(labels.names(one["parameters"])), set(labels.names(two["parameters"])))


def test_passes_cover_the_labels_and_are_consistent() -> None:
    rows = _labelled_twice()
    first, second = labels.read_passes(rows)
    assert len({(row["text_sha1"], row["annotator"]) for row in [*first, *second]}) == 2 * len(rows)
    both = [[row["provision_type"] for row in side] for side in (first, second)]
    assert cohen_kappa_score(*both) >= 0.9
    for name in labels.PRINCIPLES:
        used = [[name in labels.names(row["principles"]) for row in side] for side in (first, second)]
        assert cohen_kappa_score(*used) >= 0.75, name


@pytest.mark.shared
def test_agreement_against_scikit_learn_and_the_definition_of_alpha(shared_dir: Path) -> None:
    rows = _labelled_twice()
    found = labels.agreement(rows, labels.load_scorer(shared_dir), 0)
    first, second = labels.read_passes(rows)
    both = [[row["provision_type"] for row in side] for side in (first, second)]
    assert found["provision_type"]["kappa"] == pytest.approx(cohen_kappa_score(*both), abs=1e-4)
    assert found["provision_type"]["alpha_nominal"]["value"] == pytest.approx(_alpha(*both), abs=1e-4)
    for name in labels.CONTROL_POINTS:
        used = [[name in labels.names(row["sovereignty"]) for row in side] for side in (first, second)]
        assert found["sovereignty"][name]["kappa"] == pytest.approx(cohen_kappa_score(*used), abs=1e-4)
        assert found["sovereignty"][name]["alpha_nominal"]["value"] == pytest.approx(_alpha(*used), abs=1e-4)


@pytest.mark.shared
def test_the_ceiling_is_the_f1_of_one_pass_against_the_other(shared_dir: Path) -> None:
    rows = [row for row in labels.read_labels() if row["set"] == "seventh"]
    found = labels.ceiling(rows, labels.load_scorer(shared_dir), 0)
    first, second = labels.read_passes(rows)
    both = [[row["provision_type"] for row in side] for side in (first, second)]
    assert found["provision_type"]["macro_f1"]["value"] == pytest.approx(
        f1_score(*both, average="macro", labels=sorted(set(both[0]))), abs=1e-4
    )
    for name in labels.PRINCIPLES:
        used = [[name in labels.names(row["principles"]) for row in side] for side in (first, second)]
        value = found["principles"]["classes"][name]["f1"]["value"]
        assert value == pytest.approx(f1_score(*used), abs=1e-4)


def test_the_sets_held_back_are_scored_by_their_names_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[set[str]] = []

    def scored(rows: list[dict[str, str]], *_: object) -> dict[str, object]:
        asked.append({row["set"] for row in rows})
        return {}

    monkeypatch.setattr(labels, "_scored", scored)
    monkeypatch.setattr(labels, "load_scorer", lambda _: None)
    for argv in ([], ["--set", "seventh"]):
        labels.main(argv)
    assert asked == [set(labels.SETS) - set(labels.BY_NAME), {"seventh"}]
    assert capsys.readouterr().out == ""


def test_what_the_place_changes_is_of_labels_and_was_said_by_a_pass() -> None:
    known = {row["text_sha1"]: row for row in labels.read_labels()}
    there: dict[str, dict[str, dict[str, str]]] = {}
    for row in labels._rows(labels.IN_PLACE):
        there.setdefault(row["text_sha1"], {})[row["annotator"]] = row
    assert len(there) >= 20
    for key, said in there.items():
        assert known[key]["set"] in labels.HELD_BACK
        chosen = said.pop("adjudicated")["provision_type"]
        assert set(said) in ({"A", "B"}, {"A"})
        assert chosen in {row["provision_type"] for row in said.values()} | {known[key]["provision_type"]}
    moved = [
        (old, new)
        for old, new in zip(known.values(), labels.in_place(list(known.values())), strict=True)
        if old != new
    ]
    assert {old["text_sha1"] for old, _ in moved} <= set(there)
    assert all(set(old) == set(new) for old, new in moved)


def test_a_source_that_is_not_at_hand_has_no_texts(tmp_path: Path) -> None:
    row = labels.read_labels()[0]
    assert labels.with_texts([row], tmp_path) == []


def _alpha(first: list[object], second: list[object]) -> float:
    """Nominal alpha of two coders from the coincidences (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"): 1 - (n - 1) (share of unequal coincidences) / (pairs of unequal values)."""
    counts = Counter([*first, *second])
    n = sum(counts.values())
    unequal = 2 * sum(a != b for a, b in zip(first, second, strict=True))
    expected = sum(counts[a] * counts[b] for a, b in permutations(counts, 2))
    return 1 - (n - 1) * unequal / expected


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from([0.0, 0.05, 0.1, 0.5, 0.55, 0.9, 1.0]), st.integers(0, 3)),
        min_size=1,
        max_size=30,
    )
)
def test_weighted_figures_equal_those_of_repeated_rows(rows: list[tuple[bool, float, int]]) -> None:
    truth, chances = np.array([float(row[0]) for row in rows]), np.array([row[1] for row in rows])
    weights = np.array([[1.0] * len(rows), [float(row[2]) for row in rows]])
    precision = labels.average_precision(truth, chances, weights)
    for number, times in enumerate(weights.astype(int)):
        said, real = np.repeat(chances, times), np.repeat(truth, times)
        if real.any():
            assert precision[number] == pytest.approx(average_precision_score(real, said))
        else:
            assert np.isnan(precision[number])
        if len(said):
            error = labels.calibration_error(truth, chances, weights[[number]])[0]
            assert error == pytest.approx(calibration_error(said, real.astype(bool)))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("one two three four five six seven", 1),
        ("One, two: three four five six SEVEN eight", 2),
        ("too short", 0),
        ("提供者应当建立风险管理制度并消除隐患", 5),
    ],
)
def test_runs_of_words_and_of_characters(text: str, runs: int) -> None:
    assert len(overlap.chains(text)) == runs


@pytest.mark.parametrize(("kept", "share"), [(28, 1.0), (13, 0.32), (11, 0.23)])
def test_wording_taken_from_a_document_is_found_from_a_quarter_on(kept: int, share: float) -> None:
    example = next(
        item
        for item in overlap.train.read_examples(overlap.train.training_folder())
        if len(overlap.chains(item.text)) == len(item.text.split()) - 6 == 22
    )
    document = "WHEREAS " + " ".join(example.text.split()[:kept]).upper() + " and so on"
    found = dict(overlap.taken_from(["Something else.", document]))
    assert found == ({example.id: pytest.approx(share, abs=0.01)} if share >= overlap.SHARE else {})


@pytest.mark.shared
def test_training_texts_are_not_taken_from_documents(shared_dir: Path) -> None:
    texts = list(overlap.texts_of_material(shared_dir))
    assert sum(len(text) > 20_000 for text in texts) >= 20
    assert not overlap.taken_from(texts)


@pytest.mark.shared
def test_types_actors_and_quantities_of_real_provisions(shared_dir: Path) -> None:
    rows = [row for row in labels.read_labels() if row["source"].endswith(".csv")]
    rows = [row for row in rows if not row["source"].startswith("laws/")]
    pairs = labels.with_texts(rows, shared_dir)
    assert len(pairs) > 0.9 * len(rows)
    assert not overlap.near_training(pairs)
    pairs = [(row, text) for row, text in pairs if row["set"] not in labels.HELD_BACK]
    right = hits = said = wanted = 0
    for row, text in pairs:
        annotation = _read(text)
        right += annotation.provision_type.value == row["provision_type"]
        spare = _quantities(row["parameters_optional"])
        found = {
            (parameter.iso_date or f"{parameter.value:g}", parameter.unit)
            for parameter in (*annotation.parameters, *_bound(annotation))
        } - spare
        gold = _quantities(row["parameters"])
        hits, said, wanted = hits + len(found & gold), said + len(found), wanted + len(gold)
    assert right / len(pairs) >= 0.8
    assert 2 * hits / (said + wanted) >= 0.9


def _read(text: str) -> Annotation:
    language, _ = detect_language(text)
    provision = Provision(eid="row", kind=ProvisionKind.OTHER, text=text, language=language)
    return annotate_provisions([provision], NoTags())[0]


def _bound(annotation: Annotation) -> list[object]:
    return [parameter for requirement in annotation.requirements for parameter in requirement.parameters]


def _quantities(cell: str) -> set[tuple[str, str]]:
    return {
        (item["value"] if isinstance(item["value"], str) else f"{item['value']:g}", item["unit"])
        for item in labels.quantities(cell)
    }
