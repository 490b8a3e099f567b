"""A comparison as one reader sees it: only what concerns it, measured again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence

from fragcheck.catalogue import load_catalogue
from fragcheck.diverge import remeasure
from fragcheck.errors import InputError
from fragcheck.pipeline.findings import settings_of
from fragcheck.pipeline.nature import instrument_of
from fragcheck.records import (
    Analysis,
    Annotation,
    Applicability,
    ApplicabilityCount,
    ApplicabilityProfile,
    Comparison,
    Gap,
    Ground,
    PairResult,
    Side,
    Unit,
)
from fragcheck.records.codec import encode
from fragcheck.synthesis.applicability import (
    DocumentFacts,
    Judgement,
    Standing,
    document_facts,
    judge,
    load_lexicon,
)
from fragcheck.taxonomy.roles import load_roles

__all__ = [
    "applicability_choices",
    "apply_profile",
    "checked_profile",
    "narrowed_analysis",
]

#: Statuses of instruments that bind nobody on any day.
_NEVER = frozenset(("proposed", "vetoed", "lapsed", "replaced", "repealed"))


def applicability_choices() -> dict[Ground, tuple[str, ...]]:
    """What a profile can name, by ground; a day can be any."""
    lexicon = load_lexicon()
    enacted = {each.jurisdiction for each in load_catalogue()} - lexicon.everywhere
    return {
        Ground.ROLE: load_roles().names,
        Ground.SECTOR: tuple(lexicon.sectors),
        Ground.TIER: tuple(lexicon.tiers),
        Ground.TERRITORY: tuple(sorted({*lexicon.territories, *enacted})),
    }


def checked_profile(profile: ApplicabilityProfile) -> ApplicabilityProfile:
    """Return the profile as it is.

    Raises
    ------
    InputError
        Where it names a role, sector, class of risk or territory that is not known, or no day.
    """
    for ground, known in applicability_choices().items():
        value = getattr(profile, ground.value)
        if value and value not in known:
            raise InputError(f"--{ground.value} can be {', '.join(known)}; {value} came")
    if profile.as_of:
        try:
            dt.date.fromisoformat(profile.as_of)
        except ValueError as error:
            raise InputError(f"--as-of wants a day as YYYY-MM-DD; {profile.as_of} came") from error
    return profile


def apply_profile(comparison: Comparison, profile: ApplicabilityProfile) -> Comparison:
    """Return the comparison of what concerns the reader, its figures measured anew without aligning.

    Where a counterpart does not concern the reader, what it was matched with has none. A document that
    holds nothing for the reader is dropped, with its pairs; what a document does not tell is kept and
    counted. An empty profile returns the comparison as it is.
    """
    if not profile.grounds:
        return comparison
    facts = {
        one: document_facts(analysis, _standing(analysis))
        for one, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
    }
    units = _units(comparison)
    verdicts = {
        one: {unit.key: _judge_unit(unit, facts[one], profile) for unit in side}
        for one, side in units.items()
    }
    counts = tuple(_count(one, verdicts[one], profile) for one in comparison.document_ids if one in verdicts)
    dropped = tuple(count.document_id for count in counts if count.n_all and not count.n_kept)
    kept = [one for one in comparison.document_ids if one not in dropped]
    analyses = {
        one: narrowed_analysis(analysis, profile)
        for one, analysis in zip(comparison.document_ids, comparison.analyses, strict=True)
        if one not in dropped
    }
    settings, seed = settings_of(comparison.run), comparison.run.seed
    return dataclasses.replace(
        comparison,
        run=dataclasses.replace(
            comparison.run,
            settings=(*comparison.run.settings, ("applicability", json.dumps(encode(profile)))),
        ),
        document_ids=tuple(kept),
        analyses=tuple(analyses[one] for one in kept),
        pairs=tuple(
            remeasure(_narrowed_pair(pair, verdicts), settings, seed=seed)
            for pair in comparison.pairs
            if pair.left in analyses and pair.right in analyses
        ),
        address="",
        applicability=Applicability(profile, counts, dropped),
    )


def narrowed_analysis(analysis: Analysis, profile: ApplicabilityProfile) -> Analysis:
    """Return the analysis with what concerns the reader of its requirements and definitions."""
    if not profile.grounds:
        return analysis
    facts = document_facts(analysis, _standing(analysis))

    def narrowed(note: Annotation) -> Annotation:
        return dataclasses.replace(
            note,
            requirements=tuple(
                one for one in note.requirements if not judge(one, note.eid, facts, profile).left_out
            ),
            definitions=tuple(
                one for one in note.definitions if not judge(one, note.eid, facts, profile).left_out
            ),
        )

    return dataclasses.replace(analysis, annotations=tuple(map(narrowed, analysis.annotations)))


def _standing(analysis: Analysis) -> Standing:
    found = instrument_of(analysis.document)
    if found is None:
        return Standing(territory=analysis.document.jurisdiction)
    return Standing(
        found.jurisdiction, found.applies or found.in_force, found.ended, found.status not in _NEVER
    )


def _units(comparison: Comparison) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for pair in comparison.pairs:
        found.setdefault(pair.left, pair.left_units)
        found.setdefault(pair.right, pair.right_units)
    return found


def _judge_unit(unit: Unit, facts: DocumentFacts, profile: ApplicabilityProfile) -> Judgement:
    """That of the first of its places that concerns the reader, else that of its first place."""
    item = unit.requirement or unit.definition
    places = (unit.eid, *(key.partition("#")[0] for key in unit.duplicates))
    found = [judge(item, place, facts, profile) for place in dict.fromkeys(places)]
    return next((one for one in found if not one.left_out), found[0])


def _count(
    document_id: str, verdicts: dict[str, Judgement], profile: ApplicabilityProfile
) -> ApplicabilityCount:
    kept = [one for one in verdicts.values() if not one.left_out]
    out = Counter(ground for one in verdicts.values() for ground in one.left_out)
    unknown = Counter(ground for one in kept for ground in one.unknown)
    return ApplicabilityCount(
        document_id,
        len(verdicts),
        len(kept),
        tuple((ground, out[ground]) for ground in profile.grounds),
        tuple((ground, unknown[ground]) for ground in profile.grounds),
    )


def _narrowed_pair(pair: PairResult, verdicts: dict[str, dict[str, Judgement]]) -> PairResult:
    left = {key for key, one in verdicts[pair.left].items() if not one.left_out}
    right = {key for key, one in verdicts[pair.right].items() if not one.left_out}
    matches = tuple(one for one in pair.matches if one.left_key in left and one.right_key in right)
    left_units = tuple(unit for unit in pair.left_units if unit.key in left)
    right_units = tuple(unit for unit in pair.right_units if unit.key in right)
    gaps = {(gap.side, gap.key): gap for gap in pair.gaps}
    sides: tuple[tuple[Side, Sequence[Unit], set[str]], ...] = (
        (Side.LEFT, left_units, {one.left_key for one in matches}),
        (Side.RIGHT, right_units, {one.right_key for one in matches}),
    )
    return dataclasses.replace(
        pair,
        matches=matches,
        near=tuple(one for one in pair.near if one.left_key in left and one.right_key in right),
        opposed=tuple(one for one in pair.opposed if one.left_key in left and one.right_key in right),
        left_units=left_units,
        right_units=right_units,
        gaps=tuple(
            gaps.get((side, unit.key)) or Gap(side, unit.eid, unit.key)
            for side, units, taken in sides
            for unit in units
            if unit.key not in taken
        ),
    )
