"""What the pair page shows, as plain rows and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fragcheck.records import (
    Components,
    Differences,
    Divergence,
    Gap,
    Interoperability,
    Match,
    PairResult,
    ParameterDifference,
    Relation,
    Requirement,
    Side,
    Unit,
)
from fragcheck.ui.cells import divergence_of, figure
from fragcheck.ui.texts import section, text

__all__ = [
    "PARTS",
    "FieldRow",
    "MatchFilter",
    "PartRow",
    "field_rows",
    "filtered_gaps",
    "filtered_matches",
    "flipped",
    "oriented",
    "page_of_list",
    "part_rows",
    "residual_units",
    "slice_of_page",
    "unit_words",
    "units_by_key",
]

#: Parts that add up to D: measure -> field of `Components`.
PARTS: dict[str, str] = {
    "coverage": "coverage",
    "content": "content",
    "stringency": "stringency_abs",
    "parameters": "parameters_abs",
    "definitions": "definitions",
}

#: Below this size a net difference is shown as 0.00.
EVEN = 0.005

#: Net differences up to this are the noise of sums, as for the verdict on who is stricter.
NOTHING = 1e-9

_SWAPPED = {Relation.SUBSET_OF: Relation.SUPERSET_OF, Relation.SUPERSET_OF: Relation.SUBSET_OF}


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of D on one principle; `share` of D in [0, 1], None where D is 0 or has no value."""

    principle: str
    part: str
    value: float | None
    share: float | None
    direction: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A compared field of a match in the words of both sides."""

    field: str
    left: str
    right: str
    differs: bool


@dataclass(frozen=True, slots=True)
class MatchFilter:
    """Which matches to list. Empty values let everything through; `order` of the texts' sort names."""

    fields: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    principle: str = "overall"
    order: str = "differs"
    words: str = ""


def oriented(pair: PairResult, left: str) -> PairResult:
    """The pair with `left` on its left side."""
    return pair if pair.left == left else flipped(pair)


def flipped(pair: PairResult) -> PairResult:
    """The pair seen from the other side; twice is the identity."""
    return PairResult(
        left=pair.right,
        right=pair.left,
        overall=_flip_divergence(pair.overall),
        principles=tuple(_flip_divergence(divergence) for divergence in pair.principles),
        left_satisfies_right=pair.right_satisfies_left,
        right_satisfies_left=pair.left_satisfies_right,
        matches=tuple(_flip_match(match) for match in pair.matches),
        gaps=tuple(
            replace(gap, side=Side.RIGHT if gap.side is Side.LEFT else Side.LEFT) for gap in pair.gaps
        ),
        left_units=pair.right_units,
        right_units=pair.left_units,
        near=tuple(_flip_match(match) for match in pair.near),
        opposed=tuple(_flip_match(match) for match in pair.opposed),
        is_one_work=pair.is_one_work,
    )


def _flip_divergence(divergence: Divergence) -> Divergence:
    parts = divergence.components
    turned = replace(
        parts,
        asymmetry=_minus(parts.asymmetry),
        stringency=_minus(parts.stringency),
        parameters=_minus(parts.parameters),
    )
    return replace(divergence, n_left=divergence.n_right, n_right=divergence.n_left, components=turned)


def _flip_match(match: Match) -> Match:
    found = match.differences
    turned = replace(
        found,
        stringency_signed=-found.stringency_signed,
        parameters_signed=-found.parameters_signed,
        parameter_pairs=tuple(_flip_parameter(each) for each in found.parameter_pairs),
    )
    return replace(
        match,
        left=match.right,
        right=match.left,
        left_key=match.right_key,
        right_key=match.left_key,
        relation=_SWAPPED.get(match.relation, match.relation),
        differences=turned,
    )


def _flip_parameter(found: ParameterDifference) -> ParameterDifference:
    return replace(found, left=found.right, right=found.left, signed=-found.signed)


def _minus(value: float | None) -> float | None:
    return None if value is None else -value


def part_rows(pair: PairResult, principle: str) -> tuple[PartRow, ...]:
    """The parts of D on a principle, in the order of `PARTS`.

    Of one instrument in two languages no part leans to a side.
    """
    divergence = divergence_of(pair, principle)
    total = divergence.value
    rows = []
    for part, field in PARTS.items():
        value = getattr(divergence.components, field)
        share = value / total if value is not None and total else None
        if part == "coverage":
            n_left, n_right = (
                len(filtered_gaps(pair, side, MatchFilter(principle=principle))) for side in Side
            )
            direction = text("pair.only_counts", n_left=n_left, n_right=n_right)
        else:
            direction = "" if pair.is_one_work else _direction(part, divergence.components)
        rows.append(PartRow(principle, part, value, share, direction))
    return tuple(rows)


def _direction(part: str, parts: Components) -> str:
    signed = {"stringency": parts.stringency, "parameters": parts.parameters}.get(part)
    if signed is None:
        return ""
    if abs(signed) <= NOTHING:
        return text("pair.signed_even")
    side = "left" if signed > 0 else "right"
    if abs(signed) < EVEN:
        return text(f"pair.signed_slight_{side}")
    return text(f"pair.signed_{side}", value=figure(abs(signed)))


def units_by_key(pair: PairResult) -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Units of the left and of the right side by key, their duplicates' keys included."""
    found: tuple[dict[str, Unit], dict[str, Unit]] = ({}, {})
    for side, units in zip(found, (pair.left_units, pair.right_units), strict=True):
        for unit in units:
            for key in (unit.key, *unit.duplicates):
                side.setdefault(key, unit)
    return found


def unit_words(unit: Unit | None) -> str:
    """The law's words of a requirement or a definition; empty for no unit."""
    if unit is None:
        return ""
    if unit.definition is not None:
        return f"{unit.definition.term}: {unit.definition.definiens}"
    return unit.requirement.text if unit.requirement else unit.text_unit.text


def _bears(unit: Unit | None, principle: str) -> bool:
    if principle == "overall":
        return True
    return unit is not None and any(name == principle and weight > 0 for name, weight in unit.weights)


def _says(units: Sequence[Unit | None], words: str) -> bool:
    """True where one of the units holds all of the words, in any order and case."""
    wanted = words.casefold().split()
    found = [unit_words(unit).casefold() for unit in units] if wanted else []
    return not wanted or any(all(word in one for word in wanted) for one in found)


def filtered_matches(pair: PairResult, wanted: MatchFilter) -> tuple[Match, ...]:
    """Matches that pass the filter, in its order."""
    left, right = units_by_key(pair)
    found = [
        match
        for match in pair.matches
        if (not wanted.fields or set(wanted.fields) & set(match.differs))
        and (not wanted.relations or match.relation.value in wanted.relations)
        and (
            _bears(left.get(match.left_key), wanted.principle)
            or _bears(right.get(match.right_key), wanted.principle)
        )
        and _says((left.get(match.left_key), right.get(match.right_key)), wanted.words)
    ]
    if wanted.order == "document":
        place = {unit.key: index for index, unit in enumerate(pair.left_units)}
        return tuple(sorted(found, key=lambda match: place.get(match.left_key, len(place))))
    if wanted.order == "sure":
        return tuple(sorted(found, key=lambda match: -match.probability))
    return tuple(
        sorted(
            found,
            key=lambda match: (
                match.relation is not Relation.CONTRARY,
                -len(match.differs),
                -match.probability,
            ),
        )
    )


def filtered_gaps(pair: PairResult, side: Side, wanted: MatchFilter) -> tuple[Gap, ...]:
    """Gaps of a side that bear on the principle and hold the words, in document order."""
    units = units_by_key(pair)[0 if side is Side.LEFT else 1]
    return tuple(
        gap
        for gap in pair.gaps
        if gap.side is side
        and _bears(units.get(gap.key), wanted.principle)
        and _says((units.get(gap.key),), wanted.words)
    )


def field_rows(match: Match, left: Unit | None, right: Unit | None) -> tuple[FieldRow, ...]:
    """The compared fields of a match that at least one side has, in the order of the texts."""
    if left is None or right is None:
        return ()
    if left.definition is not None or right.definition is not None:
        return (FieldRow("definition", "", "", "definition" in match.differs),)
    rows = []
    for name in section("fields"):
        one = _field(name, left.requirement, match.differences, 0)
        other = _field(name, right.requirement, match.differences, 1)
        if one or other or name in match.differs:
            rows.append(FieldRow(name, one, other, name in match.differs))
    return tuple(rows)


def _field(name: str, requirement: Requirement | None, differences: Differences, side: int) -> str:
    """The words of one side for a field; empty where it has none, or the field is not shown alone."""
    if requirement is None:
        return ""
    if name == "modality":
        return section("modalities")[requirement.modality.value]
    if name in ("actor", "action", "condition", "recipient"):
        return str(getattr(requirement, name))
    if name == "parameters":
        words = [pair.left if side == 0 else pair.right for pair in differences.parameter_pairs]
        if not any(words):
            words = [parameter.text for parameter in requirement.parameters]
        return "; ".join(dict.fromkeys(word for word in words if word))
    return ""


def residual_units(found: Interoperability, units: dict[str, Unit], words: str = "") -> tuple[Unit, ...]:
    """The units that remain to be met and hold `words`, each once, in the order of the document."""
    wanted = {units[key].key for key in found.residual if key in units}
    return tuple(
        unit for key, unit in units.items() if key == unit.key and key in wanted and _says((unit,), words)
    )


def page_of_list(position: int, size: int) -> int:
    """Page, from 1, of the list on which the item at `position` (from 0) stands."""
    return position // size + 1


def slice_of_page(n: int, page: int, size: int) -> tuple[int, int]:
    """First and last position (exclusive) on a page, from 1, of a list of `n`; kept within it."""
    last = max(1, -(-n // size))
    kept = min(max(page, 1), last)
    return (kept - 1) * size, min(kept * size, n)
