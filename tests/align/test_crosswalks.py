"""Expert crosswalks of the measuring material: at least the bar of its scorer, and calibrated."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from fragcheck.align import align
from fragcheck.records import TextUnit

pytestmark = [
    pytest.mark.shared,
    pytest.mark.model,
    # The scorer is not ours; it leaves a file to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("alignment_scorer", shared / "score" / "alignment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _units(rows: list[dict[str, str]]) -> list[TextUnit]:
    return [TextUnit(row["id"], row["text"], row["heading"], row["context"]) for row in rows]


@pytest.mark.parametrize(
    "name", ["bsa_to_nist_airmf", "nist-csf-2.0_to_iso27001-2022", "same-text-two-languages_finma_en-de"]
)
def test_ranking_reaches_the_bar(name: str, shared_dir: Path) -> None:
    scorer = _scorer(shared_dir)
    folder = shared_dir / "data" / "crosswalks" / name
    judged = scorer.Set(str(folder))
    ranked: dict[str, list[str]] = {}
    for candidate in align(_units(judged.left), _units(judged.right), top=50).candidates:
        ranked.setdefault(candidate.left, []).append(candidate.right)
    found = [
        scorer.query_metrics(ranked[query], set(judged.truth[query]), judged.canon)["ndcg10"]
        for query in judged.queries
    ]
    with (folder / "baselines.csv").open(newline="", encoding="utf-8") as stream:
        bar = [float(row["auto"]) for row in csv.DictReader(stream) if row["metric"] == "ndcg10"]
    assert np.mean(found) >= np.mean(bar) - 1e-9


def test_probabilities_are_calibrated_on_a_law_in_two_languages(shared_dir: Path) -> None:
    scorer = _scorer(shared_dir)
    judged = scorer.Set(str(shared_dir / "data" / "crosswalks" / "same-text-two-languages_finma_en-de"))
    candidates = align(_units(judged.left), _units(judged.right), top=50).candidates
    truth = [judged.canon[c.right] in judged.truth.get(c.left, {}) for c in candidates]
    assert scorer.ece(truth, [c.probability for c in candidates]) < 0.03
