"""Crosswalks as SSSOM: a TSV with a YAML head (Matentzoglu et al., Database 2022, baac035)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from urllib.parse import quote

import yaml

from fragcheck.exchange.names import identifier, one_line, title_of
from fragcheck.formats.formulas import quoted_formula
from fragcheck.records import Crosswalk, CrosswalkSide, Provision, Relation

__all__ = ["crosswalk_sssom"]

#: SKOS says of the object how it stands to the subject: a subset has a broader match.
_PREDICATES = {
    Relation.EQUAL: "skos:exactMatch",
    Relation.SUBSET_OF: "skos:broadMatch",
    Relation.SUPERSET_OF: "skos:narrowMatch",
    Relation.INTERSECTS_WITH: "skos:relatedMatch",
    Relation.CONTRARY: "skos:relatedMatch",
}
_COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
    "confidence", "comment",
)  # fmt: skip
_JUSTIFICATION = "semapv:SemanticSimilarityThresholdMatching"
_NOTHING = "sssom:NoTermFound"
_LABEL = 300


def crosswalk_sssom(crosswalk: Crosswalk) -> str:
    """Return a crosswalk as SSSOM/TSV.

    Provisions without a counterpart are rows with the object ``sssom:NoTermFound``. Contrary rules are
    ``skos:relatedMatch`` with a comment: SKOS has no word for them.
    """
    left, right = crosswalk.left.document, crosswalk.right.document
    prefixes = {"left": _namespace(crosswalk.left), "right": _namespace(crosswalk.right)}
    head = {
        "mapping_set_id": f"urn:uuid:{identifier('sssom', left.id, right.id)}",
        "mapping_set_title": one_line(f"{left.title} to {right.title}"),
        "license": "https://w3id.org/sssom/license/unspecified",
        "mapping_tool": "fragcheck",
        "mapping_tool_version": crosswalk.version,
        "subject_source": "left:document",
        "object_source": "right:document",
        "curie_map": {
            **prefixes,
            "semapv": "https://w3id.org/semapv/vocab/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "sssom": "https://w3id.org/sssom/",
        },
    }
    lines = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=10_000).splitlines()
    buffer = io.StringIO()
    buffer.writelines(f"# {line}\n" for line in lines)
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(crosswalk))
    return buffer.getvalue()


def _namespace(side: CrosswalkSide) -> str:
    return f"urn:fragcheck:document:{side.document.id}#"


def _rows(crosswalk: Crosswalk) -> Iterator[tuple[str, ...]]:
    left, right = crosswalk.left.provisions(), crosswalk.right.provisions()
    for row in crosswalk.rows:
        comment = "contrary: one demands what the other forbids" if row.relation is Relation.CONTRARY else ""
        differs = f"differs in {', '.join(row.differs)}" if row.differs else ""
        yield (
            _curie("left", row.left),
            _label(left[row.left]),
            _PREDICATES[row.relation],
            _curie("right", row.right),
            _label(right[row.right]),
            _JUSTIFICATION,
            f"{row.probability:.6f}",
            "; ".join(filter(None, (comment, differs))),
        )
    for eid, probability in crosswalk.unmapped:
        yield (
            _curie("left", eid),
            _label(left[eid]),
            "skos:relatedMatch",
            _NOTHING,
            "",
            _JUSTIFICATION,
            f"{probability:.6f}",
            "no counterpart was found",
        )


def _label(provision: Provision) -> str:
    """The words of an element, as text for a spreadsheet too; programs go by the ids."""
    return quoted_formula(title_of(provision)[:_LABEL])


def _curie(prefix: str, eid: str) -> str:
    """A CURIE; signs that it cannot hold are percent-encoded."""
    return f"{prefix}:{quote(eid, safe='-._~')}"
