"""A comparison as plain tables, the same for every form that holds tables."""

from __future__ import annotations

from collections.abc import Iterator

from fragcheck.diverge import DivergenceSettings, pair_strictness
from fragcheck.records import (
    Comparison,
    Components,
    Divergence,
    Gap,
    Interoperability,
    Match,
    PairResult,
    Side,
)
from fragcheck.report.registers import definition_table, parameter_table, provenance_table, requirement_table
from fragcheck.report.table import Cell, Column, Table
from fragcheck.report.together import Together, conflict_table, strictest_table
from fragcheck.report.view import View, cautions_of, divergences, view_of

__all__ = ["comparison_tables", "stricter_sentence"]

_PARTS = tuple(Components.__slots__)
_DISTANCES = (
    "polarity", "actor", "action", "condition", "recipient", "stringency", "parameters", "definition",
)  # fmt: skip
_DOCUMENT, _PLACE, _WORDS = 28, 34, 60


def comparison_tables(
    comparison: Comparison, settings: DivergenceSettings, together: Together
) -> tuple[Table, ...]:
    """Return everything that a comparison says, as tables.

    Parameters
    ----------
    comparison : Comparison
    settings : DivergenceSettings
        Those of the comparison: who is stricter is said in their terms.
    together : Together
        Conflicts and the strictest-common set of the comparison.

    Returns
    -------
    tuple of Table
        Matrix, Pairs, Matches, Gaps, Residual duties, Conflicts, Strictest common, Requirements,
        Parameters, Definitions, Provenance.
    """
    view = view_of(comparison, together.flags)
    return (
        _matrix(view),
        _pairs(view, settings),
        _matches(view),
        _gaps(view),
        _duties(view),
        conflict_table(view, together.conflicts),
        strictest_table(view, together.strictest),
        requirement_table(view),
        parameter_table(view),
        definition_table(view),
        provenance_table(view),
    )


def _matrix(view: View) -> Table:
    """D of every two documents, one block of rows a principle."""
    ids = view.comparison.document_ids
    found: dict[tuple[str, frozenset[str]], float | None] = {}
    names: dict[str, None] = {}
    for pair in view.comparison.pairs:
        for divergence in divergences(pair):
            names[divergence.principle] = None
            found[divergence.principle, frozenset((pair.left, pair.right))] = divergence.value
    rows = tuple(
        (
            view.label(name),
            view.sources[row].name,
            *(0.0 if row == column else found.get((name, frozenset((row, column)))) for column in ids),
        )
        for name in names
        for row in ids
    )
    heads = (Column(view.sources[name].name, "shade", 16) for name in ids)
    return Table("Matrix", (Column("Principle", width=26), Column("Document", width=_DOCUMENT), *heads), rows)


def _pairs(view: View, settings: DivergenceSettings) -> Table:
    columns = (
        Column("Left", width=_DOCUMENT),
        Column("Right", width=_DOCUMENT),
        Column("Principle", width=26),
        Column("D", "shade"),
        Column("Low (90 %)", "figure"),
        Column("High (90 %)", "figure"),
        Column("Status", width=16),
        Column("Left: requirements and definitions", "count"),
        Column("Right: requirements and definitions", "count"),
        *(Column(part.replace("_", " ").capitalize(), "figure") for part in _PARTS),
        Column("Sampling low", "figure"),
        Column("Sampling high", "figure"),
        Column("Left satisfies right", "figure"),
        Column("Right satisfies left", "figure"),
        Column("Who is stricter", width=_WORDS),
        Column("Compare with care", width=_WORDS),
    )
    rows = tuple(
        _pair_row(view, pair, divergence, settings)
        for pair in view.comparison.pairs
        for divergence in divergences(pair)
    )
    return Table("Pairs", columns, rows)


def _pair_row(
    view: View, pair: PairResult, divergence: Divergence, settings: DivergenceSettings
) -> tuple[Cell, ...]:
    is_overall = divergence is pair.overall
    return (
        view.sources[pair.left].name,
        view.sources[pair.right].name,
        view.label(divergence.principle),
        divergence.value,
        divergence.low,
        divergence.high,
        divergence.status.value,
        divergence.n_left,
        divergence.n_right,
        *(getattr(divergence.components, part) for part in _PARTS),
        divergence.sampling_low,
        divergence.sampling_high,
        pair.left_satisfies_right.value if is_overall else None,
        pair.right_satisfies_left.value if is_overall else None,
        stricter_sentence(view, pair, divergence, settings),
        cautions_of((view.sources[pair.left], view.sources[pair.right])),
    )


def stricter_sentence(
    view: View, pair: PairResult, divergence: Divergence, settings: DivergenceSettings
) -> str:
    """Who of a pair is stricter on a principle and why, in one sentence; empty where nothing is known."""
    if divergence.value is None:
        return ""
    names = view.sources[pair.left].name, view.sources[pair.right].name
    verdict = pair_strictness(pair, settings, principle=divergence.principle, names=names)
    sentence = verdict.sentence
    for document, eid in ((pair.left, verdict.left), (pair.right, verdict.right)):
        if eid:  # readers know articles, not eids
            sentence = sentence.replace(f" {eid} ", f" {view.sources[document].label(eid)} ", 1)
    return sentence


def _matches(view: View) -> Table:
    columns = (
        Column("Left", width=_DOCUMENT),
        Column("Left: place", width=_PLACE),
        Column("Left: words", width=_WORDS),
        Column("Right", width=_DOCUMENT),
        Column("Right: place", width=_PLACE),
        Column("Right: words", width=_WORDS),
        Column("Relation", width=16),
        Column("Probability", "figure"),
        Column("Differs in", width=24),
        Column("Why", width=40),
        *(Column(f"Distance: {name}", "figure") for name in _DISTANCES),
        Column("Left: eid", width=24),
        Column("Left: page", "count"),
        Column("Right: eid", width=24),
        Column("Right: page", "count"),
        Column("Reviewed", width=24),
    )
    rows = tuple(_match_row(view, pair, match) for pair in view.comparison.pairs for match in pair.matches)
    return Table("Matches", columns, rows)


def _match_row(view: View, pair: PairResult, match: Match) -> tuple[Cell, ...]:
    left, right = view.sources[pair.left], view.sources[pair.right]
    return (
        left.name,
        left.label(match.left),
        view.words(pair.left, match.left_key),
        right.name,
        right.label(match.right),
        view.words(pair.right, match.right_key),
        match.relation.value,
        match.probability,
        "; ".join(match.differs),
        match.rationale,
        *(getattr(match.differences, name) for name in _DISTANCES),
        match.left,
        left.page(match.left),
        match.right,
        right.page(match.right),
        "; ".join(f"{what} by {name}" for what, name in match.reviewed),
    )


def _gaps(view: View) -> Table:
    columns = (
        Column("Document", width=_DOCUMENT),
        Column("Place", width=_PLACE),
        Column("Words", width=_WORDS),
        Column("Has no counterpart in", width=_DOCUMENT),
        Column("Probability of none", "figure"),
        Column("eid", width=24),
        Column("Page", "count"),
    )
    rows = tuple(_gap_row(view, pair, gap) for pair in view.comparison.pairs for gap in pair.gaps)
    return Table("Gaps", columns, rows)


def _gap_row(view: View, pair: PairResult, gap: Gap) -> tuple[Cell, ...]:
    own, other = (pair.left, pair.right) if gap.side is Side.LEFT else (pair.right, pair.left)
    source = view.sources[own]
    return (
        source.name,
        source.label(gap.eid),
        view.words(own, gap.key),
        view.sources[other].name,
        gap.probability,
        gap.eid,
        source.page(gap.eid),
    )


def _duties(view: View) -> Table:
    columns = (
        Column("Whoever complies with", width=_DOCUMENT),
        Column("still owes, under", width=_DOCUMENT),
        Column("Place", width=_PLACE),
        Column("Words", width=_WORDS),
        Column("Weight", "figure"),
        Column("Reasons", width=28),
        Column("Closest counterpart", width=_PLACE),
        Column("Its words", width=_WORDS),
    )
    return Table(
        "Residual duties",
        columns,
        tuple(row for pair in view.comparison.pairs for row in _duty_rows(view, pair)),
    )


def _duty_rows(view: View, pair: PairResult) -> Iterator[tuple[Cell, ...]]:
    directions: tuple[tuple[str, str, Interoperability], ...] = (
        (pair.left, pair.right, pair.left_satisfies_right),
        (pair.right, pair.left, pair.right_satisfies_left),
    )
    for met, owed, result in directions:
        for duty in result.duties:
            yield (
                view.sources[met].name,
                view.sources[owed].name,
                view.sources[owed].label(duty.eid),
                view.words(owed, duty.key),
                duty.weight,
                "; ".join(reason.replace("_", " ") for reason in duty.reasons),
                view.sources[met].label(duty.counterpart_eid) if duty.counterpart_eid else "",
                view.words(met, duty.counterpart_key),
            )
