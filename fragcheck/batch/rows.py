"""An analysis as rows of the tables, without the columns that its source fills in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fragcheck.records import Analysis, Annotation, Requirement, Tag

__all__ = ["analysis_rows"]

Row = dict[str, Any]

_PLACES = 6


def analysis_rows(analysis: Analysis, n_units: int) -> dict[str, list[Row]]:
    """Return the rows of one document, by table (`DOCUMENT_TABLES`)."""
    return {
        "documents": [_document_row(analysis, n_units)],
        "provisions": list(_provision_rows(analysis)),
        "requirements": [
            _requirement_row(found.eid, index, requirement)
            for found in analysis.annotations
            for index, requirement in enumerate(found.requirements)
        ],
        "definitions": [
            {"eid": found.eid, "index": index, "term": item.term, "definiens": item.definiens}
            for found in analysis.annotations
            for index, item in enumerate(found.definitions)
        ],
        "parameters": [row for found in analysis.annotations for row in _parameter_rows(found)],
        "tags": [
            row
            for found in analysis.annotations
            for taxonomy, tags in (("principles", found.tags), ("sovereignty", found.sovereignty))
            for row in _tag_rows(found.eid, taxonomy, tags)
        ],
    }


def _document_row(analysis: Analysis, n_units: int) -> Row:
    document, segmentation = analysis.document, analysis.segmentation
    notices = (*document.warnings, *segmentation.warnings)
    return {
        "sha256": document.id,
        "title": document.title,
        "tradition": segmentation.tradition.value,
        "language": segmentation.language,
        "n_pages": len(document.pages),
        "n_unread_pages": len(document.unread_pages),
        "n_provisions": len(segmentation.provisions),
        "n_requirements": sum(len(found.requirements) for found in analysis.annotations),
        "n_units": n_units,
        "warnings": list(dict.fromkeys(notice.message for notice in notices)),
    }


def _provision_rows(analysis: Analysis) -> Iterator[Row]:
    rows = zip(analysis.segmentation.provisions, analysis.annotations, strict=True)
    for position, (provision, found) in enumerate(rows):
        yield {
            "eid": provision.eid,
            "position": position,
            "kind": provision.kind.value,
            "num": provision.num,
            "heading": provision.heading,
            "text": provision.text,
            "context": provision.context,
            "parent": provision.parent,
            "page_start": provision.page_start,
            "page_end": provision.page_end,
            "language": provision.language,
            "is_quoted": provision.is_quoted,
            "provision_type": found.provision_type.value,
        }


def _requirement_row(eid: str, index: int, requirement: Requirement) -> Row:
    return {
        "eid": eid,
        "index": index,
        "modality": requirement.modality.value,
        "is_negated": requirement.is_negated,
        "actor": requirement.actor,
        "actor_role": requirement.actor_role,
        "action": requirement.action,
        "action_class": requirement.action_class,
        "condition": requirement.condition,
        "recipient": requirement.recipient,
        "recipient_role": requirement.recipient_role,
        "text": requirement.text,
        "start": requirement.start,
        "end": requirement.end,
    }


def _parameter_rows(found: Annotation) -> Iterator[Row]:
    for place, requirement in enumerate(found.requirements):
        for index, parameter in enumerate(requirement.parameters):
            yield {
                "eid": found.eid,
                "requirement_index": place,
                "index": index,
                "kind": parameter.kind.value,
                "value": parameter.value,
                "unit": parameter.unit,
                "comparator": parameter.comparator,
                "trigger": parameter.trigger,
                "stricter": parameter.stricter.value,
                "iso_date": parameter.iso_date,
                "text": parameter.text,
            }


def _tag_rows(eid: str, taxonomy: str, tags: Sequence[Tag]) -> Iterator[Row]:
    for tag in tags:
        yield {
            "eid": eid,
            "taxonomy": taxonomy,
            "principle": tag.principle,
            "probability": round(tag.probability, _PLACES),
            "is_on": tag.is_on,
            "source": tag.source,
        }
