"""Types, actors and quantities against our labels of real provisions (gold_provisions.csv, without texts)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fragcheck.annotate import annotate_provisions
from fragcheck.nlp import detect_language
from fragcheck.records import Annotation, Provision, ProvisionKind, Tag


class NoTags:
    """Tags nothing: only the reading is measured."""

    def tag(self, provisions: object) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]:
        return [((), ()) for _ in provisions]  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def labels(repository_root: Path) -> ModuleType:
    """The module that finds the labels' texts."""
    spec = importlib.util.spec_from_file_location(
        "provision_labels", repository_root / "benchmarks" / "provision_labels.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["provision_labels"] = module
    spec.loader.exec_module(module)
    return module


def test_labels_are_well_formed(labels: ModuleType) -> None:
    rows = labels.read_labels()
    assert len(rows) >= 400
    assert len({row["source"] for row in rows}) >= 12
    assert len({row["text_sha1"] for row in rows}) == len(rows)
    for row in rows:
        assert len(row["text_sha1"]) == 40
        labels.gold_row(row)


@pytest.mark.shared
def test_types_actors_and_quantities_of_real_provisions(labels: ModuleType, shared_dir: Path) -> None:
    rows = [row for row in labels.read_labels() if row["source"].endswith(".csv")]
    pairs = labels.with_texts(rows, shared_dir)
    assert len(pairs) > 0.9 * len(rows)
    right = total = 0
    hits = said = wanted = 0
    for row, text in pairs:
        annotation = _read(text)
        total += bool(row["provision_type"])
        right += annotation.provision_type.value == row["provision_type"]
        spare = _quantities(labels, row["parameters_optional"])
        found = {
            (parameter.iso_date or f"{parameter.value:g}", parameter.unit)
            for parameter in (*annotation.parameters, *_bound(annotation))
        } - spare
        gold = _quantities(labels, row["parameters"])
        hits, said, wanted = hits + len(found & gold), said + len(found), wanted + len(gold)
    assert right / total >= 0.88
    assert 2 * hits / (said + wanted) >= 0.85


def _read(text: str) -> Annotation:
    language, _ = detect_language(text)
    provision = Provision(eid="row", kind=ProvisionKind.OTHER, text=text, language=language)
    return annotate_provisions([provision], NoTags())[0]


def _bound(annotation: Annotation) -> list[object]:
    return [parameter for requirement in annotation.requirements for parameter in requirement.parameters]


def _quantities(labels: ModuleType, cell: str) -> set[tuple[str, str]]:
    return {
        (item["value"] if isinstance(item["value"], str) else f"{item['value']:g}", item["unit"])
        for item in labels.quantities(cell)
    }
