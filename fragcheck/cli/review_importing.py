"""``fragcheck review crosswalk``: what experts mapped becomes reviews of a project."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fragcheck.cli.console import warn
from fragcheck.cli.desk import (
    AsOption,
    DocumentArgument,
    ProjectArgument,
    TableFormatOption,
    analysis_of,
    open_desk,
    pair_of,
    write_table,
)
from fragcheck.errors import InputError

if TYPE_CHECKING:
    from fragcheck.pipeline import CrosswalkReviews

__all__ = ["crosswalk"]

_SHOWN = 5


def crosswalk(
    project: ProjectArgument,
    mapping: Annotated[
        Path,
        typer.Argument(
            help="SSSOM (TSV), OLIR or a table left_id,right_id (CSV), OSCAL mapping (JSON), "
            "CISO Assistant mapping (YAML)."
        ),
    ],
    left: DocumentArgument,
    right: DocumentArgument,
    reason: Annotated[
        str | None,
        typer.Option("--reason", help="Why, for the log; by default the name and sha256 of the crosswalk."),
    ] = None,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete", help="It is complete: other matches of provisions it speaks of are rejected."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be recorded and record nothing.")
    ] = False,
    format_: TableFormatOption = "csv",
    name: AsOption = None,
) -> None:
    """Record what a crosswalk of yours maps as reviews of matches and relations, all or none.

    Prints its pairs: `settled`; `open` where the provisions hold several requirements and the crosswalk does
    not say which, to be reviewed by hand; `empty` where one of them holds none.

    Example: `fragcheck review crosswalk AI mapping.csv Controls "AI Act" --reason "Mapped by the board."`
    """
    from fragcheck.exchange import read_mapping
    from fragcheck.pipeline import crosswalk_reviews
    from fragcheck.store.workspace import record_reviews

    given = read_mapping(mapping)
    digest = hashlib.sha256(mapping.read_bytes()).hexdigest()
    with open_desk(project, name) as desk:
        if left == right:
            raise InputError(f"a crosswalk maps two documents; {left} came twice")
        sides = analysis_of(desk, left), analysis_of(desk, right)
        found = crosswalk_reviews(
            given,
            pair_of(desk, left, right),
            sides[0].segmentation,
            sides[1].segmentation,
            reason=reason or f"crosswalk {mapping.name}, sha256 {digest}",
            is_complete=complete,
        )
        if not dry_run and found.reviews:
            record_reviews(desk.workspace, desk.actor, desk.project, found.reviews)
    states = ("settled", "open", "empty")
    rows = [
        {"left": one, "right": other, "state": state}
        for state in states
        for one, other in getattr(found, state)
    ]
    write_table(("left", "right", "state"), rows, format_)
    _tell(found, left, right, is_dry=dry_run)


def _tell(found: CrosswalkReviews, left: str, right: str, *, is_dry: bool) -> None:
    counted = ", ".join(f"{len(getattr(found, state))} {state}" for state in ("settled", "open", "empty"))
    what = "would be recorded" if is_dry else "recorded"
    warn(f"{len(found.reviews)} reviews {what}; pairs of the crosswalk: {counted}")
    for document, ids in ((left, found.unknown_left), (right, found.unknown_right)):
        if ids:
            named = ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
            warn(f"{document}: {len(ids)} ids of the crosswalk name no provision of it: {named}")
