"""Conflicts, definitions and the strictest-common set as plain values."""

from __future__ import annotations

from typing import Any

from fragcheck.pipeline.figures import figure
from fragcheck.records import (
    Citation,
    CommonRequirement,
    Comparison,
    Conflict,
    DefinitionPair,
    JointParameter,
    PairResult,
)
from fragcheck.synthesis import compared_definitions, conflicts, strictest_common_set

__all__ = ["conflicts_json", "definitions_json", "strictest_json"]

Json = dict[str, Any]


def conflicts_json(pair: PairResult) -> list[Json]:
    """The conflict candidates of a pair, the likeliest first, with both quotes."""
    return [_conflict(one) for one in conflicts([pair])]


def definitions_json(pair: PairResult, threshold: float) -> list[Json]:
    """The terms that both documents define, then those that one alone does."""
    return [_definition(one) for one in compared_definitions(pair, threshold=threshold)]


def strictest_json(comparison: Comparison, threshold: float) -> list[Json]:
    """The strictest-common set of all documents, each line with its clauses."""
    found = strictest_common_set(comparison.pairs, comparison.document_ids, threshold=threshold)
    return [_line(one) for one in found]


def _cited(citation: Citation) -> Json:
    return {
        "document": citation.document_id,
        "eid": citation.eid,
        "key": citation.key,
        "text": citation.text,
    }


def _conflict(one: Conflict) -> Json:
    return {
        "kind": one.kind.value,
        "left": one.left.eid,
        "right": one.right.eid,
        "left_key": one.left.key,
        "right_key": one.right.key,
        "left_text": one.left.text,
        "right_text": one.right.text,
        "probability": figure(one.probability),
        "reason": one.reason,
    }


def _definition(one: DefinitionPair) -> Json:
    return {
        "left_term": one.left_term,
        "right_term": one.right_term,
        "left": one.left.eid if one.left else "",
        "right": one.right.eid if one.right else "",
        "relation": one.relation.value,
        "distance": figure(one.distance),
        "left_only": list(one.left_only),
        "right_only": list(one.right_only),
    }


def _line(one: CommonRequirement) -> Json:
    return {
        "role": one.role,
        "action_class": one.action_class,
        "modality": one.modality.value,
        "strictest": _cited(one.strictest),
        "clauses": [_cited(clause) for clause in one.clauses],
        "parameters": [_parameter(parameter) for parameter in one.parameters],
        "combination": one.combination,
        "probability": figure(one.probability),
    }


def _parameter(one: JointParameter) -> Json:
    return {
        "kind": one.kind,
        "family": one.family,
        "trigger": one.trigger,
        "low": figure(one.low),
        "high": figure(one.high),
        "is_empty": one.is_empty,
        "strictest": _cited(one.strictest),
        "clauses": [_cited(clause) for clause in one.clauses],
    }
