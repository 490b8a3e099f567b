"""D of pairs of provision groups against a ranking by reading.

    python benchmarks/group_ranks.py

``group_judgements.csv`` beside this file holds 62 pairs of articles (sections, items) of real documents.
They were drawn by seed over the whole range of D; a language model read each pair without seeing D or
any score and wrote down how far the two diverge in what they ask, 0 (the same) to 10 (nothing in common).
It names documents by the start of their sha256 and groups by their eid, and holds no text.

Prints Spearman's rank correlation with its 90 % interval (bootstrap over the pairs), for all, for the
articles of two versions of one law, and for those of laws apart. Needs the measuring material.
"""

from __future__ import annotations

import csv
import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import validity
from conflict_candidates import FURTHER
from scipy.stats import spearmanr

from fragcheck.diverge import DivergenceSettings, diverge
from fragcheck.pipeline import compare_analyses
from fragcheck.records import PairResult, Unit
from fragcheck.store import default_store

JUDGED = Path(__file__).with_name("group_judgements.csv")
#: AI Act and the Commission's proposal for it.
VERSIONS = {"bba630444b3278e8", "ab5622444fdf788f"}


def group_divergence(pair: PairResult, left: str, right: str) -> float | None:
    """D of two groups, with the matches that the whole documents have."""
    lefts, rights = _group(pair.left_units, left), _group(pair.right_units, right)
    if not lefts or not rights:
        return None
    keys = {unit.key for unit in lefts}, {unit.key for unit in rights}
    matches = [m for m in (*pair.matches, *pair.near) if m.left_key in keys[0] and m.right_key in keys[1]]
    settings = dataclasses.replace(DivergenceSettings.default(), draws=0)
    return diverge(lefts, rights, matches, settings)[0].value


def _group(units: Sequence[Unit], name: str) -> list[Unit]:
    return [unit for unit in units if unit.eid.split("__")[0] == name]


def main() -> None:
    """Print the rank correlations."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    analyses = {
        analysis.document.id[:16]: analysis
        for analysis in validity.analysed([*validity.FIVE.values(), *validity.MORE, *FURTHER])
    }
    by_pair = defaultdict(list)
    for row in rows:
        by_pair[row["left_document"], row["right_document"]].append(row)
    values, read, are_versions = [], [], []
    for names, asked in by_pair.items():
        (pair,) = compare_analyses([analyses[name] for name in names], store=default_store()).pairs
        for row in asked:
            value = group_divergence(pair, row["left"], row["right"])
            if value is not None:
                values.append(value)
                read.append(float(row["divergence"]))
                are_versions.append(set(names) == VERSIONS)
    kinds = np.array(are_versions)
    for label, mask in (("all", np.ones_like(kinds)), ("two versions", kinds), ("laws apart", ~kinds)):
        _report(label, np.array(values)[mask], np.array(read)[mask])


def _report(label: str, values: np.ndarray, read: np.ndarray) -> None:
    rng = np.random.default_rng(0)
    drawn = [rng.integers(len(values), size=len(values)) for _ in range(2000)]
    low, high = np.nanquantile([spearmanr(values[d], read[d]).statistic for d in drawn], [0.05, 0.95])
    rho = spearmanr(values, read).statistic
    print(f"{label:14} {len(values):3} pairs  rho {rho:.2f} [{low:.2f}, {high:.2f}]")


if __name__ == "__main__":
    main()
