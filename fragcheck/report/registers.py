"""What the documents themselves hold, as tables: requirements, parameters, definitions, provenance."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fragcheck.records import REVIEWED_BY, Annotation, Parameter, Provision, Requirement, Review
from fragcheck.report.table import Cell, Column, Table
from fragcheck.report.view import Source, View

__all__ = ["definition_table", "parameter_table", "provenance_table", "requirement_table"]

_DOCUMENT, _PLACE, _WORDS = 28, 34, 60


def requirement_table(view: View) -> Table:
    """Return the register of obligations: every requirement of every document, in document order."""
    columns = (
        Column("Document", width=_DOCUMENT),
        Column("Place", width=_PLACE),
        Column("Modality", width=16),
        Column("Who", width=22),
        Column("Role", width=16),
        Column("Does what", width=40),
        Column("Condition", width=30),
        Column("Towards", width=20),
        Column("Parameters", width=24),
        Column("Principles", width=28),
        Column("Words", width=_WORDS),
        Column("eid", width=24),
        Column("Page", "count"),
        Column("Reviewed", width=24),
    )
    return Table("Requirements", columns, tuple(_requirement_rows(view)))


def _annotated(view: View) -> Iterator[tuple[Source, Provision, Annotation]]:
    for source in view.sources.values():
        analysis = source.analysis
        for provision, annotation in zip(analysis.segmentation.provisions, analysis.annotations, strict=True):
            yield source, provision, annotation


def _requirement_rows(view: View) -> Iterator[tuple[Cell, ...]]:
    for source, provision, annotation in _annotated(view):
        tags = (*annotation.tags, *annotation.sovereignty)
        principles = "; ".join(view.label(tag.principle) for tag in tags if tag.is_on)
        for requirement in annotation.requirements:
            yield (
                source.name,
                source.label(provision.eid),
                requirement.modality.value,
                requirement.actor,
                requirement.actor_role,
                requirement.action,
                requirement.condition,
                requirement.recipient,
                "; ".join(parameter.text for parameter in requirement.parameters),
                principles,
                requirement.text,
                provision.eid,
                provision.page_start,
                _reviewed(annotation),
            )


def _reviewed(annotation: Annotation) -> str:
    """What a person settled of a provision, and who."""
    tags = (*annotation.tags, *annotation.sovereignty)
    settled = [(f"tag {tag.principle}", tag.source) for tag in tags if tag.source.startswith(REVIEWED_BY)]
    marks = [(what, source.removeprefix(REVIEWED_BY)) for what, source in settled]
    return "; ".join(f"{what} by {name}" for what, name in (*marks, *annotation.reviewed))


def parameter_table(view: View) -> Table:
    """Return every quantity of every requirement, as a comparable value with its words."""
    columns = (
        Column("Document", width=_DOCUMENT),
        Column("Place", width=_PLACE),
        Column("Kind", width=14),
        Column("Comparator", width=12),
        Column("Value", "figure"),
        Column("Unit", width=14),
        Column("Date", width=12),
        Column("Of what", width=30),
        Column("Stricter is", width=12),
        Column("As written", width=28),
        Column("Requirement", width=_WORDS),
        Column("eid", width=24),
        Column("Page", "count"),
    )
    rows = tuple(
        _parameter_row(source, provision, requirement, parameter)
        for source, provision, annotation in _annotated(view)
        for requirement in annotation.requirements
        for parameter in requirement.parameters
    )
    return Table("Parameters", columns, rows)


def _parameter_row(
    source: Source, provision: Provision, requirement: Requirement, parameter: Parameter
) -> tuple[Cell, ...]:
    return (
        source.name,
        source.label(provision.eid),
        parameter.kind.value,
        parameter.comparator,
        None if parameter.iso_date else parameter.value,
        parameter.unit,
        parameter.iso_date,
        parameter.trigger,
        parameter.stricter.value,
        parameter.text,
        requirement.text,
        provision.eid,
        provision.page_start,
    )


def definition_table(view: View) -> Table:
    """Return every definition, those of one term together."""
    columns = (
        Column("Term", width=28),
        Column("Document", width=_DOCUMENT),
        Column("Meaning", width=90),
        Column("Place", width=_PLACE),
        Column("eid", width=24),
        Column("Page", "count"),
    )
    found = [
        (source, provision, definition)
        for source, provision, annotation in _annotated(view)
        for definition in annotation.definitions
    ]
    rows = tuple(
        (
            definition.term,
            source.name,
            definition.definiens,
            source.label(provision.eid),
            provision.eid,
            provision.page_start,
        )
        for source, provision, definition in sorted(found, key=lambda each: each[2].term.casefold())
    )
    return Table("Definitions", columns, rows)


def provenance_table(view: View) -> Table:
    """Return what the result was made from and with: enough to make it again."""
    run = view.comparison.run
    rows: list[tuple[Cell, ...]] = [
        ("Run", "fragcheck", run.version),
        ("Run", "seed", str(run.seed)),
        *(("Model, sha256", name, digest) for name, digest in run.models),
        *(("Taxonomy, sha256", name, digest) for name, digest in run.taxonomies),
        *(("Setting", name, value) for name, value in _settings(run.settings)),
    ]
    for source in view.sources.values():
        rows += _document_rows(source)
    rows += [("Warning", "comparison", notice.message) for notice in view.comparison.warnings]
    rows += [_review_row(view, review) for review in view.comparison.reviews]
    columns = (Column("What", width=20), Column("Name", width=44), Column("Value", width=90))
    return Table("Provenance", columns, tuple(rows))


def _review_row(view: View, review: Review) -> tuple[Cell, ...]:
    """A review that the values rest on: what of which provision, from what to what, by whom and why."""
    subject = review.subject
    places = [(subject.document_id, subject.eid), (subject.other_document_id, subject.other_eid)]
    named = " / ".join(_label(view.sources.get(name), eid) for name, eid in places if name)
    said = f"{review.before} -> {review.after} ({review.verdict.value} by {review.reviewer}, {review.made_at}"
    return ("Review", f"{subject.target.value}: {named}", f"{said}: {review.reason})")


def _label(source: Source | None, eid: str) -> str:
    """The label of a provision; its eid where its document was left out, or its words moved."""
    return source.label(eid) if source is not None and eid in source.provisions else eid


def _settings(settings: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """Settings one value a row: JSON objects are taken apart."""
    for name, value in settings:
        if not value.startswith("{"):
            yield name, value
            continue
        for part, inner in json.loads(value).items():
            yield f"{name}: {part}", inner if isinstance(inner, str) else json.dumps(inner)


def _document_rows(source: Source) -> Iterator[tuple[Cell, ...]]:
    document, segmentation = source.analysis.document, source.analysis.segmentation
    values = {
        "title": document.title,
        "compare with care": source.caution or "nothing known against it",
        "instrument of the catalogue": document.instrument or "not recognised",
        "sha256": document.id,
        "language": segmentation.language,
        "drafting tradition": segmentation.tradition.value,
        "pages": str(len(document.pages)),
        "unread pages": ", ".join(map(str, document.unread_pages)) or "none",
        "provisions": str(len(segmentation.provisions)),
    }
    for name, value in values.items():
        yield (f"Document: {name}", source.name, value)
    for notice in dict.fromkeys((*document.warnings, *segmentation.warnings)):
        yield ("Warning", source.name, notice.message)
