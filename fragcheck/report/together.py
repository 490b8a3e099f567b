"""What several documents ask together, as tables: conflict candidates and the strictest-common set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fragcheck.records import Citation, CommonRequirement, Conflict, Flag, JointParameter
from fragcheck.report.table import Cell, Column, Table
from fragcheck.report.view import View

__all__ = ["Together", "conflict_table", "parameter_words", "strictest_table"]

_DOCUMENT, _PLACE, _WORDS = 28, 34, 60


@dataclass(frozen=True, slots=True)
class Together:
    """Conflict candidates of all pairs, the likeliest first, and the lines of the strictest-common set.

    `flags` say by document why it is to be compared with care.
    """

    conflicts: tuple[Conflict, ...] = ()
    strictest: tuple[CommonRequirement, ...] = ()
    flags: Mapping[str, tuple[Flag, ...]] = field(default_factory=dict)


def conflict_table(view: View, conflicts: tuple[Conflict, ...]) -> Table:
    """Return one row a conflict candidate, with the words of both sides."""
    columns = (
        Column("Kind", width=26),
        Column("Left", width=_DOCUMENT),
        Column("Left: place", width=_PLACE),
        Column("Left: words", width=_WORDS),
        Column("Right", width=_DOCUMENT),
        Column("Right: place", width=_PLACE),
        Column("Right: words", width=_WORDS),
        Column("Probability", "figure"),
        Column("Reason", width=50),
    )
    rows = tuple(
        (
            conflict.kind.value.replace("_", " "),
            *_cited(view, conflict.left),
            *_cited(view, conflict.right),
            conflict.probability,
            conflict.reason,
        )
        for conflict in conflicts
    )
    return Table("Conflicts", columns, rows)


def strictest_table(view: View, lines: tuple[CommonRequirement, ...]) -> Table:
    """Return one row a requirement that several documents ask: what satisfies each of them."""
    columns = (
        Column("Modality", width=16),
        Column("Role", width=18),
        Column("Strictest in", width=_DOCUMENT),
        Column("Place", width=_PLACE),
        Column("Words", width=_WORDS),
        Column("Quantities that satisfy all", width=44),
        Column("Also asked by", width=_WORDS),
        Column("Probability", "figure"),
    )
    return Table("Strictest common", columns, tuple(_line(view, line) for line in lines))


def _cited(view: View, citation: Citation) -> tuple[str, str, str]:
    source = view.sources[citation.document_id]
    return source.name, source.label(citation.eid), citation.text


def _line(view: View, line: CommonRequirement) -> tuple[Cell, ...]:
    others = [clause for clause in line.clauses if clause != line.strictest]
    return (
        line.modality.value,
        line.role,
        *_cited(view, line.strictest),
        "; ".join(parameter_words(view, parameter) for parameter in line.parameters),
        "\n".join(": ".join(_cited(view, clause)) for clause in others),
        line.probability,
    )


def parameter_words(view: View, parameter: JointParameter) -> str:
    """``72 hours (duration; 2 altamora)``, or that nothing satisfies all."""
    if parameter.is_empty:
        words = " against ".join(clause.text for clause in parameter.clauses)
        return f"nothing satisfies all: {words}"
    name = view.sources[parameter.strictest.document_id].name
    return f"{parameter.strictest.text} ({parameter.kind}; {name})"
