"""What `compare` prints of a set of documents as a whole (the ``corpus`` object)."""

from __future__ import annotations

from typing import Any

from fragcheck.diverge import (
    DivergenceSettings,
    concentration,
    corpus_summary,
    coverage_profile,
    document_units,
    harmonisation_path,
    pairs_of_one_force,
)
from fragcheck.pipeline.figures import figure
from fragcheck.pipeline.findings import sensitivity_json, settings_of
from fragcheck.pipeline.standing import forces_of
from fragcheck.pipeline.synthesis_json import strictest_json
from fragcheck.records import (
    Change,
    Comparison,
    CorpusSummary,
    PairResult,
    PrincipleSummary,
    ReferenceRank,
    Unit,
)
from fragcheck.taxonomy import load_taxonomy

__all__ = ["corpus_json", "pairs_on_path"]

Json = dict[str, Any]

#: Steps of the harmonisation path that are printed.
_STEPS = 5


def corpus_json(comparison: Comparison) -> Json:
    """Return the summary of all pairs, keys as in docs/methods.md."""
    settings, seed = settings_of(comparison.run), comparison.run.seed
    summary = corpus_summary(
        comparison.pairs, comparison.document_ids, settings, seed=seed, forces=forces_of(comparison)
    )
    units = document_units(comparison.pairs)
    return {
        "document_ids": list(summary.document_ids),
        "forces": {name: force.value for name, force in summary.forces},
        "principles": [_principle(one) for one in summary.principles],
        **_common_core(summary, units),
        **_profiles(comparison, units, settings),
        "strictest": strictest_json(comparison, settings.match_threshold),
        "reference": _reference(summary),
        "harmonisation": _harmonisation(comparison, summary, settings),
        "sensitivity": sensitivity_json(comparison),
    }


def pairs_on_path(comparison: Comparison) -> tuple[PairResult, ...]:
    """The pairs whose mean D a harmonisation path lowers: those of one force, or all where there is none."""
    return pairs_of_one_force(comparison.pairs, forces_of(comparison)) or comparison.pairs


def _principle(summary: PrincipleSummary) -> Json:
    return {
        "principle": summary.principle,
        "matrix": [[figure(value) for value in row] for row in summary.matrix],
        "order": list(summary.order),
        "fragmentation": figure(summary.fragmentation),
        "low": figure(summary.low),
        "high": figure(summary.high),
        "n_pairs": summary.n_pairs,
        "sampling_low": figure(summary.sampling_low),
        "sampling_high": figure(summary.sampling_high),
        "fragmentation_all": figure(summary.fragmentation_all),
        "n_pairs_all": summary.n_pairs_all,
        "blocs": [
            {
                "documents": list(bloc.documents),
                "stability": figure(bloc.stability),
                "silhouette": figure(bloc.silhouette),
            }
            for bloc in summary.blocs
        ],
    }


def _common_core(summary: CorpusSummary, units: dict[str, tuple[Unit, ...]]) -> Json:
    eids = {(name, unit.key): unit.eid for name, side in units.items() for unit in side}
    return {
        "n_common_core": summary.n_common_core,
        "common_core": {
            name: [{"eid": eids[name, key], "key": key} for key in keys] for name, keys in summary.core_keys
        },
    }


def _profiles(
    comparison: Comparison, units: dict[str, tuple[Unit, ...]], settings: DivergenceSettings
) -> Json:
    names = dict.fromkeys(divergence.principle for pair in comparison.pairs for divergence in pair.principles)
    points = set(load_taxonomy("sovereignty").ids)
    found: Json = {}
    for key, chosen in (
        ("coverage_profile", [name for name in names if name not in points]),
        ("sovereignty_profile", [name for name in names if name in points]),
    ):
        found[key] = {
            name: {
                one.principle: {
                    "n_requirements": one.n_requirements,
                    "n_all": one.n_all,
                    "share": figure(one.share),
                    "weighted_share": figure(one.weighted_share),
                }
                for one in coverage_profile(name, side, chosen, settings)
            }
            for name, side in units.items()
        }
    found["concentration"] = {
        one.principle: {"hhi": figure(one.hhi), "one_minus_hhi": figure(one.one_minus_hhi)}
        for one in concentration(units, tuple(names), settings)
    }
    return found


def _reference(summary: CorpusSummary) -> Json | None:
    if not summary.reference:
        return None
    return {"id": summary.reference, "ranking": [_rank(rank) for rank in summary.reference_ranks]}


def _rank(rank: ReferenceRank) -> Json:
    return {
        "id": rank.document_id,
        "value": figure(rank.value),
        "low": figure(rank.low),
        "high": figure(rank.high),
        "satisfies_reference": figure(rank.satisfies_reference),
        "satisfied_by_reference": figure(rank.satisfied_by_reference),
    }


def _harmonisation(comparison: Comparison, summary: CorpusSummary, settings: DivergenceSettings) -> Json:
    """The greedy path over the pairs of one force, or over all where there is no such pair."""
    alike = pairs_of_one_force(comparison.pairs, dict(summary.forces))
    path = harmonisation_path(pairs_on_path(comparison), _STEPS, settings)
    return {
        "principle": path.principle,
        "is_exact": path.is_exact,
        "mixes_forces": not alike,
        "mean_start": figure(path.mean_start),
        "changes": [_change(change) for change in path.changes],
    }


def _change(change: Change) -> Json:
    return {
        "kind": change.kind.value,
        "document": change.document_id,
        "source": change.source_id,
        "source_eid": change.source_eid,
        "source_key": change.source_key,
        "replaced_eid": change.replaced_eid,
        "replaced_key": change.replaced_key,
        "mean_before": figure(change.mean_before),
        "mean_after": figure(change.mean_after),
    }
