"""What each document regulates and how much of it: coverage, concentration, binding force."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.weights import OVERALL, unit_weights
from fragcheck.records import Concentration, CoverageProfile, Force, Modality, PairResult, Unit

__all__ = ["binding_force", "concentration", "coverage_profile", "document_units"]

_BINDING = frozenset((Modality.OBLIGATION, Modality.PROHIBITION))
_SOFT = frozenset((Modality.RECOMMENDATION, Modality.OUTCOME))


def document_units(pairs: Sequence[PairResult]) -> dict[str, tuple[Unit, ...]]:
    """The units of every document of the pairs, by its id."""
    found: dict[str, tuple[Unit, ...]] = {}
    for pair in pairs:
        found.setdefault(pair.left, pair.left_units)
        found.setdefault(pair.right, pair.right_units)
    return found


def binding_force(units: Sequence[Unit]) -> Force:
    """Whether a document speaks as law or as guidance, by the force of its own words.

    Binding where it obliges and forbids at least as often as it recommends and states outcomes;
    a bill in the words of a law counts as one: what else is known of it is `corpus_summary`'s `forces`.
    """
    modalities = [unit.requirement.modality for unit in units if unit.requirement is not None]
    hard = sum(modality in _BINDING for modality in modalities)
    soft = sum(modality in _SOFT for modality in modalities)
    if not hard and not soft:
        return Force.UNKNOWN
    return Force.BINDING if hard >= soft else Force.NON_BINDING


def coverage_profile(
    document_id: str,
    units: Sequence[Unit],
    principles: Sequence[str],
    settings: DivergenceSettings | None = None,
) -> tuple[CoverageProfile, ...]:
    """How much of a document bears each principle or control point, in the order of `principles`.

    Requirements only; definitions bear what they define. `share` is the share of the document's
    requirements whose tag is on, `weighted_share` their weights over the number of requirements.
    """
    settings = settings or DivergenceSettings.default()
    kept = [unit for unit in units if unit.requirement is not None]
    found = []
    for name in principles:
        weights = unit_weights(kept, name, settings)
        on, total = int((weights > 0).sum()), float(weights.sum())
        size = len(kept)
        found.append(
            CoverageProfile(
                document_id, name, on, size, on / size if size else 0.0, total / size if size else 0.0
            )
        )
    return tuple(found)


def concentration(
    units: Mapping[str, Sequence[Unit]], principles: Sequence[str], settings: DivergenceSettings | None = None
) -> tuple[Concentration, ...]:
    """Herfindahl-Hirschman index of who regulates a principle, and 1 - HHI.

    The shares are those of the documents in all requirements that bear it. It tells how much each
    regulates, not how differently, and is no divergence: ten equal copies have 1 - HHI = 0.9.
    """
    settings = settings or DivergenceSettings.default()
    found = []
    for name in (OVERALL, *principles):
        weights = [
            float(unit_weights([u for u in side if u.requirement is not None], name, settings).sum())
            for side in units.values()
        ]
        total = math.fsum(weights)
        hhi = math.fsum((weight / total) ** 2 for weight in weights) if total else None
        found.append(Concentration(name, hhi, None if hhi is None else 1 - hhi))
    return tuple(found)
