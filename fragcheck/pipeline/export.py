"""A comparison as the JSON object that `compare` prints (DESIGN §9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fragcheck.diverge import DivergenceSettings, document_units
from fragcheck.pipeline.corpus_findings import corpus_json
from fragcheck.pipeline.figures import figure
from fragcheck.pipeline.findings import duties_json, settings_of, strictness_json
from fragcheck.pipeline.form import RESULT_VERSION
from fragcheck.pipeline.quotes import digest_of, quotes_json
from fragcheck.pipeline.synthesis_json import conflicts_json, definitions_json
from fragcheck.records import (
    Analysis,
    ApplicabilityProfile,
    Comparison,
    Components,
    Divergence,
    Ground,
    Interoperability,
    Match,
    PairResult,
    Unit,
)
from fragcheck.records.codec import encode
from fragcheck.store import ArtefactStore

__all__ = ["comparison_json"]

Json = dict[str, Any]


def comparison_json(comparison: Comparison, store: ArtefactStore | None = None) -> Json:
    """Return a comparison as plain JSON values, keys as in DESIGN §9.

    Every pair addresses its documents by id; every match and gap its provisions by eid.

    Parameters
    ----------
    comparison : Comparison
    store : ArtefactStore or None
        Where the findings on pairs and corpus (sensitivity, harmonisation path and others that are
        drawn many times) are kept and found again; without it they are always worked out.
    """
    findings = _findings(comparison, store)
    units = document_units(comparison.pairs)
    result: Json = {
        "schema_version": RESULT_VERSION,
        "run": _run(comparison),
        "documents": [
            _document(name, analysis, units.get(name, ()))
            for name, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
        ],
        "pairs": findings["pairs"],
        "corpus": findings["corpus"],
        "warnings": [notice.message for notice in comparison.warnings],
        **_applicability(comparison),
    }
    if comparison.reviews:
        result["reviews"] = [encode(review) for review in comparison.reviews]
    return {**result, "digest": digest_of(result)}


def _findings(comparison: Comparison, store: ArtefactStore | None) -> Json:
    """The pairs and the corpus as JSON values, from the store where they are kept there."""
    if store is None or not comparison.address:
        return _found(comparison)
    key = ArtefactStore.key("findings", comparison.address)
    kept: Json | None = store.load_json(key)
    if kept is None:
        kept = _found(comparison)
        store.keep(key, kept)
    return kept


def _found(comparison: Comparison) -> Json:
    settings = settings_of(comparison.run)
    titles = {
        name: analysis.document.title
        for name, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
    }
    pairs = [_pair(pair, (titles[pair.left], titles[pair.right]), settings) for pair in comparison.pairs]
    return {"pairs": pairs, "corpus": corpus_json(comparison)}


def _applicability(comparison: Comparison) -> Json:
    """For whom the result was narrowed, and what that left; nothing where it holds all."""
    found = comparison.applicability
    if found is None:
        return {}
    return {
        "applicability": {
            "profile": {ground.value: _wanted(found.profile, ground) for ground in found.profile.grounds},
            "documents": [
                {
                    "id": count.document_id,
                    "n_all": count.n_all,
                    "n_kept": count.n_kept,
                    "left_out": {ground.value: n for ground, n in count.left_out},
                    "unknown": {ground.value: n for ground, n in count.unknown},
                }
                for count in found.counts
                if count.document_id not in found.dropped
            ],
            "dropped": list(found.dropped),
        }
    }


def _wanted(profile: ApplicabilityProfile, ground: Ground) -> str:
    return profile.as_of if ground is Ground.DATE else str(getattr(profile, ground.value))


def _run(comparison: Comparison) -> Json:
    run = comparison.run
    return {
        "version": run.version,
        "seed": run.seed,
        "models": dict(run.models),
        "taxonomies": dict(run.taxonomies),
        **run.stated,
    }


def _document(name: str, analysis: Analysis, units: Sequence[Unit]) -> Json:
    document, segmentation = analysis.document, analysis.segmentation
    return {
        "id": name,
        "title": document.title,
        "path": document.path,
        "sha256": document.id,
        "language": segmentation.language,
        "tradition": segmentation.tradition.value,
        "kind": document.kind.value,
        "status": document.status,
        "instrument": document.instrument,
        "is_translation": document.is_translation,
        "n_pages": len(document.pages),
        "unread_pages": list(document.unread_pages),
        "n_provisions": len(segmentation.provisions),
        "n_requirements": sum(len(annotation.requirements) for annotation in analysis.annotations),
        "warnings": [notice.message for notice in (*document.warnings, *segmentation.warnings)],
        "units": quotes_json(analysis, units),
    }


def _pair(pair: PairResult, names: tuple[str, str], settings: DivergenceSettings) -> Json:
    return {
        "left": pair.left,
        "right": pair.right,
        "overall": figure(pair.overall.value),
        "low": figure(pair.overall.low),
        "high": figure(pair.overall.high),
        "sampling_low": figure(pair.overall.sampling_low),
        "sampling_high": figure(pair.overall.sampling_high),
        "status": pair.overall.status.value,
        "n_left": pair.overall.n_left,
        "n_right": pair.overall.n_right,
        "interoperability": {
            "left_satisfies_right": figure(pair.left_satisfies_right.value),
            "right_satisfies_left": figure(pair.right_satisfies_left.value),
            "left_satisfies_right_detail": _interoperability(pair.left_satisfies_right, pair.right_units),
            "right_satisfies_left_detail": _interoperability(pair.right_satisfies_left, pair.left_units),
        },
        "principles": {divergence.principle: _divergence(divergence) for divergence in pair.principles},
        "components": _components(pair.overall.components),
        "stricter": strictness_json(pair, names, settings),
        "conflicts": conflicts_json(pair),
        "definitions": definitions_json(pair, settings.match_threshold),
        "matches": [_match(match) for match in pair.matches],
        "gaps": [
            {"side": gap.side.value, "eid": gap.eid, "key": gap.key, "probability": figure(gap.probability)}
            for gap in pair.gaps
        ],
    }


def _divergence(divergence: Divergence) -> Json:
    return {
        "value": figure(divergence.value),
        "low": figure(divergence.low),
        "high": figure(divergence.high),
        "sampling_low": figure(divergence.sampling_low),
        "sampling_high": figure(divergence.sampling_high),
        "status": divergence.status.value,
        "n_left": divergence.n_left,
        "n_right": divergence.n_right,
        "components": _components(divergence.components),
    }


def _components(components: Components) -> Json:
    return {name: figure(getattr(components, name)) for name in Components.__slots__}


def _interoperability(result: Interoperability, units: Sequence[Unit]) -> Json:
    eids = {unit.key: unit.eid for unit in units}
    return {
        "value": figure(result.value),
        "low": figure(result.low),
        "high": figure(result.high),
        "residual": [{"eid": eids[key], "key": key} for key in result.residual],
        "n_duties": result.n_duties,
        "duties": duties_json(result),
    }


def _match(match: Match) -> Json:
    return {
        "left": match.left,
        "right": match.right,
        "left_key": match.left_key,
        "right_key": match.right_key,
        "probability": figure(match.probability),
        "relation": match.relation.value,
        "differs": list(match.differs),
        "rationale": match.rationale,
        "differences": encode(match.differences),
        **({"reviewed": dict(match.reviewed)} if match.reviewed else {}),
    }
