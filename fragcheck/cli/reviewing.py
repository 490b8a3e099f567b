"""``fragcheck review tag``, ``type``, ``parameter``, ``match``, ``relation`` and ``withdraw``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fragcheck.cli.desk import (
    AsOption,
    DocumentArgument,
    ProjectArgument,
    ReasonOption,
    analysis_of,
    given_verdict,
    open_desk,
    pair_of,
)
from fragcheck.errors import InputError

if TYPE_CHECKING:
    from fragcheck.pipeline import ProjectDesk
    from fragcheck.records import Review

__all__ = ["match", "parameter", "relation", "tag", "type_", "withdraw"]

EidArgument = Annotated[
    str, typer.Argument(help="eid of the provision, as `fragcheck project find` lists it.")
]
VerdictArgument = Annotated[str, typer.Argument(help="accept, reject or change.")]
KeyArgument = Annotated[
    str, typer.Argument(help="Key of a requirement, as eid#number; `fragcheck review queue` lists them.")
]


def tag(
    project: ProjectArgument,
    document: DocumentArgument,
    eid: EidArgument,
    principle: Annotated[str, typer.Argument(help="Principle or control point.")],
    verdict: VerdictArgument,
    reason: ReasonOption,
    to: Annotated[str | None, typer.Option("--to", help="on or off, for a change.")] = None,
    name: AsOption = None,
) -> None:
    """Say whether a provision bears a principle. Rejecting turns the tag over.

    Example: `fragcheck review tag AI "AI Act" art_9__para_1 privacy reject --reason "Names no one."`
    """
    from fragcheck.pipeline import review_tag
    from fragcheck.records import Verdict

    if to not in (None, "on", "off"):
        raise InputError(f"--to can be on or off; {to} came")
    is_on = None if to is None else to == "on"
    said = Verdict(given_verdict(verdict))
    with open_desk(project, name) as desk:
        analysis = analysis_of(desk, document)
        _record(desk, review_tag(analysis, eid, principle, said, is_on=is_on, reason=reason))


def type_(
    project: ProjectArgument,
    document: DocumentArgument,
    eid: EidArgument,
    verdict: VerdictArgument,
    reason: ReasonOption,
    to: Annotated[str | None, typer.Option("--to", help="The right type, for a change.")] = None,
    name: AsOption = None,
) -> None:
    """Say what type a provision is of. Its requirements take the force of the type.

    Example: `fragcheck review type AI "AI Act" art_9__para_1 change --to permission --reason "May."`
    """
    from fragcheck.pipeline import review_type
    from fragcheck.records import ProvisionType, Verdict

    if to is not None and to not in tuple(ProvisionType):
        raise InputError(f"--to can be {', '.join(ProvisionType)}; {to} came")
    right = None if to is None else ProvisionType(to)
    said = Verdict(given_verdict(verdict))
    with open_desk(project, name) as desk:
        _record(desk, review_type(analysis_of(desk, document), eid, said, to=right, reason=reason))


def parameter(
    project: ProjectArgument,
    document: DocumentArgument,
    eid: EidArgument,
    start: Annotated[int, typer.Argument(help="Character of the provision's text where its words begin.")],
    verdict: VerdictArgument,
    reason: ReasonOption,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="name=value, for a change; repeatable: kind, value, unit, comparator, trigger, stricter, "
            "iso_date.",
        ),
    ] = None,
    name: AsOption = None,
) -> None:
    """Say what a quantity is. Rejecting takes it away.

    Example: `fragcheck review parameter AI "AI Act" art_73__para_2 80 change --set unit=day --reason "Days."`
    """
    from fragcheck.pipeline import review_parameter
    from fragcheck.records import Verdict

    pairs = [each.partition("=") for each in values or ()]
    if any(not sign for _, sign, _ in pairs):
        raise InputError("--set wants name=value, as in --set unit=day")
    right = {key.strip(): value.strip() for key, _, value in pairs}
    said = Verdict(given_verdict(verdict))
    with open_desk(project, name) as desk:
        analysis = analysis_of(desk, document)
        _record(desk, review_parameter(analysis, eid, start, said, to=right or None, reason=reason))


def match(
    project: ProjectArgument,
    left: DocumentArgument,
    left_key: KeyArgument,
    right: DocumentArgument,
    right_key: KeyArgument,
    verdict: VerdictArgument,
    reason: ReasonOption,
    to: Annotated[
        str | None,
        typer.Option("--to", help="Key of the right counterpart in the second document, for a change."),
    ] = None,
    name: AsOption = None,
) -> None:
    """Say whether two requirements are counterparts. Accepting makes them so, found or not.

    Example: `fragcheck review match AI "AI Act" art_9__para_1#0 Colorado sec_2#0 reject --reason "Other."`
    """
    from fragcheck.pipeline import review_match
    from fragcheck.records import Verdict

    said = Verdict(given_verdict(verdict))
    with open_desk(project, name) as desk:
        pair = pair_of(desk, left, right)
        _record(desk, review_match(pair, left_key, right_key, said, instead=to, reason=reason))


def relation(
    project: ProjectArgument,
    left: DocumentArgument,
    left_key: KeyArgument,
    right: DocumentArgument,
    right_key: KeyArgument,
    verdict: VerdictArgument,
    reason: ReasonOption,
    to: Annotated[
        str | None, typer.Option("--to", help="The right relation, left to right, for a change.")
    ] = None,
    name: AsOption = None,
) -> None:
    """Say how a match stands: equal, subset_of, superset_of, intersects_with, contrary or none.

    Example: `fragcheck review relation AI "AI Act" art_9#0 Korea art_31#0 change --to equal --reason "So."`
    """
    from fragcheck.pipeline import review_relation
    from fragcheck.records import Relation, Verdict

    if to is not None and to not in tuple(Relation):
        raise InputError(f"--to can be {', '.join(Relation)}; {to} came")
    right_one = None if to is None else Relation(to)
    said = Verdict(given_verdict(verdict))
    with open_desk(project, name) as desk:
        pair = pair_of(desk, left, right)
        _record(desk, review_relation(pair, left_key, right_key, said, to=right_one, reason=reason))


def withdraw(
    project: ProjectArgument,
    number: Annotated[int, typer.Argument(help="Number of the review in `fragcheck review log`.")],
    reason: ReasonOption,
    name: AsOption = None,
) -> None:
    """Take a review back: what stood before it stands again. Owners take back what others said, too.

    Example: `fragcheck review withdraw AI 12 --reason "I read the wrong article."`
    """
    from fragcheck.store.workspace import review_log, withdraw_review

    with open_desk(project, name) as desk:
        log = review_log(desk.workspace, desk.actor, project)
        entry = next((each for each in log if each.number == number), None)
        if entry is None:
            raise InputError(f"a number of 1 to {len(log)} wanted, {number} came; see `fragcheck review log`")
        review = entry.review
        taken = withdraw_review(
            desk.workspace, desk.actor, project, review.subject, reason=reason, of=review.reviewer
        )
        typer.echo(f"{taken.number} {taken.digest}")


def _record(desk: ProjectDesk, review: Review) -> None:
    """Keep a review and print its number and digest, which may be noted elsewhere."""
    from fragcheck.store.workspace import record_review

    entry = record_review(desk.workspace, desk.actor, desk.project, review)
    typer.echo(f"{entry.number} {entry.digest}")
