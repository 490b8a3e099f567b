"""Provisions and annotations as rows: the forms that `parse` and `annotate` print (DESIGN §9)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fragcheck.formats.formulas import quoted_formula
from fragcheck.records import (
    REVIEWED_BY,
    Annotation,
    Definition,
    Parameter,
    Provision,
    Reference,
    Requirement,
    TableCell,
    Tag,
)

__all__ = ["annotation_columns", "annotation_csv_row", "annotation_row", "provision_csv_row", "provision_row"]

Row = dict[str, Any]


def provision_row(provision: Provision) -> Row:
    """Return a provision as the JSON object of ``parse --format jsonl``; ``cells`` only for a table."""
    return {
        "eid": provision.eid,
        "kind": provision.kind.value,
        "num": provision.num,
        "heading": provision.heading,
        "text": provision.text,
        "context": provision.context,
        "parent": provision.parent,
        "page_start": provision.page_start,
        "page_end": provision.page_end,
        "boxes": [[span.page, *(round(side, 2) for side in span.bbox)] for span in provision.spans],
        "lang": provision.language,
        "is_quoted": provision.is_quoted,
        "warnings": [notice.message for notice in provision.warnings],
        **({"cells": [_cell_row(cell) for cell in provision.cells]} if provision.cells else {}),
    }


def _cell_row(cell: TableCell) -> Row:
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "page": cell.page,
        "box": None if cell.bbox is None else [round(side, 2) for side in cell.bbox],
    }


def provision_csv_row(provision: Provision) -> Row:
    """Return a provision as a flat row: boxes and warnings joined by ``;``, cells as in its text."""
    row = provision_row(provision)
    row.pop("cells", None)
    row["boxes"] = ";".join(" ".join(str(side) for side in box) for box in row["boxes"])
    row["warnings"] = ";".join(row["warnings"])
    return row


def annotation_row(provision: Provision, annotation: Annotation, references: Iterable[Reference] = ()) -> Row:
    """Return a provision with its annotation as the JSON object of ``annotate --format jsonl``."""
    return {
        **provision_row(provision),
        "tags": _probabilities(annotation.tags),
        "tags_on": _names_on(annotation.tags),
        "tags_unsure": _names_unsure(annotation.tags),
        "sovereignty": _probabilities(annotation.sovereignty),
        "sovereignty_on": _names_on(annotation.sovereignty),
        "provision_type": annotation.provision_type.value,
        "requirements": [
            *(_requirement_row(requirement) for requirement in annotation.requirements),
            *_unbound_rows(provision, annotation),
        ],
        "definitions": [_definition_row(definition) for definition in annotation.definitions],
        "evidence": {tag.principle: [list(span) for span in tag.evidence] for tag in annotation.tags},
        "references": [_reference_row(reference) for reference in references],
        **_reviewed(annotation),
    }


def _reviewed(annotation: Annotation) -> Row:
    """What a person settled of a provision, with the name; no key where nothing was."""
    tags = (*annotation.tags, *annotation.sovereignty)
    found = {
        f"tag {tag.principle}": tag.source.removeprefix(REVIEWED_BY)
        for tag in tags
        if tag.source.startswith(REVIEWED_BY)
    }
    found.update(annotation.reviewed)
    return {"reviewed": found} if found else {}


def annotation_columns(annotation: Annotation) -> list[str]:
    """Return the column names of ``annotate --format csv``."""
    return [
        "eid",
        *(f"p_{tag.principle}" for tag in annotation.tags),
        "tags_on",
        "tags_unsure",
        *(f"p_{tag.principle}" for tag in annotation.sovereignty),
        "sovereignty_on",
        "provision_type",
        "modalities",
        "actors",
        "n_requirements",
        *_QUOTED,
    ]


#: Columns with the words of the law; those after ``text`` have a line for each requirement, in their order.
_QUOTED = (
    "num",
    "heading",
    "page",
    "text",
    "requirements",
    "actions",
    "conditions",
    "recipients",
    "quantities",
    "evidence",
)


def annotation_csv_row(provision: Provision, annotation: Annotation) -> Row:
    """Return an annotation as the flat row of ``annotate --format csv``; lists of names are joined by ``;``.

    Words of the document that a spreadsheet would take for a formula get a ``'`` before them; the eid, by
    which rows are joined to others, stays as it is.
    """
    found = annotation.requirements
    actors = ";".join(dict.fromkeys(requirement.actor for requirement in found if requirement.actor))
    return {
        "eid": annotation.eid,
        **{f"p_{tag.principle}": f"{tag.probability:.6f}" for tag in annotation.tags},
        "tags_on": ";".join(_names_on(annotation.tags)),
        "tags_unsure": ";".join(_names_unsure(annotation.tags)),
        **{f"p_{tag.principle}": f"{tag.probability:.6f}" for tag in annotation.sovereignty},
        "sovereignty_on": ";".join(_names_on(annotation.sovereignty)),
        "provision_type": annotation.provision_type.value,
        "modalities": ";".join(dict.fromkeys(requirement.modality.value for requirement in found)),
        "actors": quoted_formula(actors),
        "n_requirements": len(found),
        **dict(zip(_QUOTED, map(quoted_formula, _quotes(provision, annotation)), strict=True)),
    }


def _quotes(provision: Provision, annotation: Annotation) -> tuple[str, ...]:
    """The words of a provision, of its requirements and behind its tags, as `_QUOTED` has them."""
    found = annotation.requirements
    page = "" if provision.page_start is None else str(provision.page_start)
    return (
        provision.num,
        provision.heading,
        page,
        provision.text,
        _lines(one.text for one in found),
        _lines(one.action for one in found),
        _lines(one.condition for one in found),
        _lines(one.recipient for one in found),
        _lines("; ".join(parameter.text for parameter in one.parameters) for one in found),
        "\n".join(
            f"{tag.principle}: {'; '.join(_shown(provision.text, tag))}"
            for tag in (*annotation.tags, *annotation.sovereignty)
            if tag.is_on and tag.evidence
        ),
    )


def _lines(words: Iterable[str]) -> str:
    """One line for each; nothing where all are empty."""
    found = [_flat(one) for one in words]
    return "\n".join(found) if any(found) else ""


def _shown(words: str, tag: Tag) -> Iterable[str]:
    """The words behind a tag, each once."""
    return dict.fromkeys(_flat(words[start:end]) for start, end in tag.evidence)


def _flat(words: str) -> str:
    return " ".join(words.split())


def _probabilities(tags: Iterable[Tag]) -> dict[str, float]:
    return {tag.principle: round(tag.probability, 6) for tag in tags}


def _names_on(tags: Iterable[Tag]) -> list[str]:
    return [tag.principle for tag in tags if tag.is_on]


def _names_unsure(tags: Iterable[Tag]) -> list[str]:
    return [tag.principle for tag in tags if tag.is_unsure]


def _requirement_row(requirement: Requirement) -> Row:
    return {
        "text": requirement.text,
        "actor": requirement.actor,
        "actor_role": requirement.actor_role,
        "modality": requirement.modality.value,
        "negated": requirement.is_negated,
        "action": requirement.action,
        "action_class": requirement.action_class,
        "condition": requirement.condition,
        "recipient": requirement.recipient,
        "recipient_role": requirement.recipient_role,
        "promptness": requirement.promptness,
        "parameters": [_parameter_row(parameter) for parameter in requirement.parameters],
        "start": requirement.start,
        "end": requirement.end,
    }


_UNSAID = ("actor", "actor_role", "action", "action_class", "condition", "recipient", "recipient_role")


def _unbound_rows(provision: Provision, annotation: Annotation) -> list[Row]:
    """One entry of modality ``none`` for the quantities that stand in no requirement."""
    if not annotation.parameters:
        return []
    first, last = annotation.parameters[0].start, annotation.parameters[-1].end
    return [
        {
            **dict.fromkeys(
                ("actor", "actor_role", "action", "action_class", "condition", "recipient", "recipient_role"),
                "",
            ),
            "text": provision.text[first:last],
            "modality": "none",
            "negated": False,
            "promptness": "",
            "parameters": [_parameter_row(parameter) for parameter in annotation.parameters],
            "start": first,
            "end": last,
        }
    ]


def _parameter_row(parameter: Parameter) -> Row:
    return {
        "kind": parameter.kind.value,
        "value": parameter.iso_date or parameter.value,
        "unit": parameter.unit,
        "comparator": parameter.comparator,
        "trigger": parameter.trigger,
        "stricter": parameter.stricter.value,
        "whichever": parameter.whichever,
        "text": parameter.text,
    }


def _reference_row(reference: Reference) -> Row:
    return {
        "text": reference.text,
        "start": reference.start,
        "end": reference.end,
        "targets": list(reference.targets),
        "law": reference.law,
        "instrument": reference.instrument,
        "paths": list(reference.paths),
        "reason": reference.reason,
    }


def _definition_row(definition: Definition) -> Row:
    return {"term": definition.term, "definiens": definition.definiens}
