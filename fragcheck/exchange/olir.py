"""Crosswalks in the columns of the NIST OLIR template (IR 8278A) with the relations of IR 8477."""

from __future__ import annotations

import csv
import io

from fragcheck.exchange.names import one_line
from fragcheck.formats.formulas import quoted_formula
from fragcheck.records import Crosswalk, Provision, Relation

__all__ = ["crosswalk_olir"]

_COLUMNS = (
    "Focal Document Element",
    "Focal Document Element Description",
    "Rationale",
    "Relationship",
    "Reference Document Element",
    "Reference Document Element Description",
    "Comments",
    "Strength of Relationship",
)
#: Read from the focal to the reference element. The set relations have no word for contrary rules.
_RELATIONS = {
    Relation.EQUAL: "equal",
    Relation.SUBSET_OF: "subset of",
    Relation.SUPERSET_OF: "superset of",
    Relation.INTERSECTS_WITH: "intersects with",
    Relation.CONTRARY: "intersects with",
}
_CONTRARY = "contrary: one demands what the other forbids"


def crosswalk_olir(crosswalk: Crosswalk) -> str:
    """Return a crosswalk as CSV: one row a mapped pair, or an element that is not related to any.

    The left document is the focal one. Strength runs from 1 to 10, after the probability.
    """
    left, right = crosswalk.left.provisions(), crosswalk.right.provisions()
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in crosswalk.rows:
        comments = [_CONTRARY] if row.relation is Relation.CONTRARY else []
        comments += [f"differs in {', '.join(row.differs)}"] if row.differs else []
        cells = (
            row.left,
            _words(left[row.left]),
            "Semantic",
            _RELATIONS[row.relation],
            row.right,
            _words(right[row.right]),
            "; ".join(comments),
            str(max(1, round(10 * row.probability))),
        )
        writer.writerow(map(quoted_formula, cells))
    for eid, probability in crosswalk.unmapped:
        comment = f"no counterpart, with probability {probability:.2f}"
        cells = (eid, _words(left[eid]), "Semantic", "not related to", "", "", comment, "")
        writer.writerow(map(quoted_formula, cells))
    return buffer.getvalue()


def _words(provision: Provision) -> str:
    return one_line(": ".join(filter(None, (provision.heading, provision.text)))) or provision.num
