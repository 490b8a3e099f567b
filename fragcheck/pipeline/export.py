"""A comparison as the JSON object that `compare` prints (DESIGN §9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fragcheck.diverge import corpus_summary
from fragcheck.records import (
    Analysis,
    Comparison,
    Components,
    Divergence,
    Interoperability,
    Match,
    PairResult,
    Unit,
)
from fragcheck.records.codec import SCHEMA_VERSION, encode

__all__ = ["comparison_json"]

Json = dict[str, Any]

#: Decimals of all printed figures: the precision at which scores are rounded before any threshold.
_DECIMALS = 9


def comparison_json(comparison: Comparison) -> Json:
    """Return a comparison as plain JSON values, keys as in DESIGN §9.

    Every pair addresses its documents by id; every match and gap its provisions by eid.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "run": _run(comparison),
        "documents": [
            _document(name, analysis)
            for name, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
        ],
        "pairs": [_pair(pair) for pair in comparison.pairs],
        "corpus": encode(corpus_summary(comparison.pairs, comparison.document_ids)),
        "warnings": [notice.message for notice in comparison.warnings],
    }


def _run(comparison: Comparison) -> Json:
    run = comparison.run
    return {
        "version": run.version,
        "seed": run.seed,
        "models": dict(run.models),
        "taxonomies": dict(run.taxonomies),
        **dict(run.settings),
    }


def _document(name: str, analysis: Analysis) -> Json:
    document, segmentation = analysis.document, analysis.segmentation
    return {
        "id": name,
        "title": document.title,
        "path": document.path,
        "sha256": document.id,
        "language": segmentation.language,
        "tradition": segmentation.tradition.value,
        "n_pages": len(document.pages),
        "unread_pages": list(document.unread_pages),
        "n_provisions": len(segmentation.provisions),
        "n_requirements": sum(len(annotation.requirements) for annotation in analysis.annotations),
        "warnings": [notice.message for notice in (*document.warnings, *segmentation.warnings)],
    }


def _pair(pair: PairResult) -> Json:
    return {
        "left": pair.left,
        "right": pair.right,
        "overall": _figure(pair.overall.value),
        "low": _figure(pair.overall.low),
        "high": _figure(pair.overall.high),
        "status": pair.overall.status.value,
        "n_left": pair.overall.n_left,
        "n_right": pair.overall.n_right,
        "interoperability": {
            "left_satisfies_right": _figure(pair.left_satisfies_right.value),
            "right_satisfies_left": _figure(pair.right_satisfies_left.value),
            "left_satisfies_right_detail": _interoperability(pair.left_satisfies_right, pair.right_units),
            "right_satisfies_left_detail": _interoperability(pair.right_satisfies_left, pair.left_units),
        },
        "principles": {divergence.principle: _divergence(divergence) for divergence in pair.principles},
        "components": _components(pair.overall.components),
        "matches": [_match(match) for match in pair.matches],
        "gaps": [
            {"side": gap.side.value, "eid": gap.eid, "key": gap.key, "probability": _figure(gap.probability)}
            for gap in pair.gaps
        ],
    }


def _divergence(divergence: Divergence) -> Json:
    return {
        "value": _figure(divergence.value),
        "low": _figure(divergence.low),
        "high": _figure(divergence.high),
        "status": divergence.status.value,
        "n_left": divergence.n_left,
        "n_right": divergence.n_right,
        "components": _components(divergence.components),
    }


def _components(components: Components) -> Json:
    return {name: _figure(getattr(components, name)) for name in Components.__slots__}


def _interoperability(result: Interoperability, units: Sequence[Unit]) -> Json:
    eids = {unit.key: unit.eid for unit in units}
    return {
        "value": _figure(result.value),
        "low": _figure(result.low),
        "high": _figure(result.high),
        "residual": [{"eid": eids[key], "key": key} for key in result.residual],
    }


def _match(match: Match) -> Json:
    return {
        "left": match.left,
        "right": match.right,
        "left_key": match.left_key,
        "right_key": match.right_key,
        "probability": _figure(match.probability),
        "relation": match.relation.value,
        "differs": list(match.differs),
        "rationale": match.rationale,
        "differences": encode(match.differences),
    }


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
