"""Reviews given in the app: kept in the workspace of this machine, under one project."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from fragcheck.records import Actor, LogEntry, Review, Role, Subject, Verdict
from fragcheck.store import default_database
from fragcheck.ui.access import Seat

if TYPE_CHECKING:
    from fragcheck.store.workspace import LogFinding, Workspace

__all__ = ["PROJECT", "ReviewBook", "kept_reviews", "person_here"]

#: Project of the workspace that holds what is reviewed in the app.
PROJECT = "app"


def person_here() -> str:
    """Name of who sits at this machine: ``FRAGCHECK_USER``, else the login; ``reviewer`` without either."""
    try:
        return os.environ.get("FRAGCHECK_USER", "").strip() or getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"


def kept_reviews(project: str = PROJECT) -> tuple[Review, ...]:
    """The reviews in force; none, and no database is made, where nobody has reviewed anything here."""
    place = default_database()
    if place.startswith("sqlite:///") and not Path(place.removeprefix("sqlite:///")).is_file():
        return ()
    from fragcheck.store.workspace import open_workspace, standing_reviews

    with open_workspace() as workspace:
        return standing_reviews(workspace, project)


class ReviewBook:
    """The log of reviews, opened for a moment: ``with ReviewBook() as book``.

    Without logins everybody at this machine may review under the name that they give; only its owner, whose
    name is that of the login, can take back what others said. Of a team everybody works under the name of
    their login in the role that the project gives them. The workspace enforces all of it.

    Parameters
    ----------
    name : str
        Who reviews, where there are no logins; the person of this machine if empty.
    seat : Seat or None
        Who sits at the screen; the person of this machine by default.
    """

    def __init__(self, name: str = "", *, seat: Seat | None = None) -> None:
        self._is_team = seat is not None and seat.is_team
        self.project = seat.project if seat is not None else PROJECT
        self.owner = Actor(seat.name if seat is not None else person_here(), Role.OWNER)
        is_owner = self._is_team or name in ("", self.owner.name)
        self.actor = self.owner if is_owner else Actor(name, Role.REVIEWER)
        self._workspace: Workspace | None = None

    def __enter__(self) -> ReviewBook:
        from fragcheck.store.workspace import open_workspace

        self._workspace = open_workspace()
        self._workspace.__enter__()
        if not self._is_team:
            self._join()
        return self

    def _join(self) -> None:
        """Make whoever sits here an owner of the project, and others who review here its reviewers."""
        from fragcheck.store import workspace as library

        if all(found.name != self.project for found in library.projects_of(self.workspace)):
            library.create_project(self.workspace, self.owner, self.project)
        mine = library.projects_of(self.workspace, self.owner.name)
        if all(found.name != self.project for found in mine) or not self._is_owner():
            library.take_over(self.workspace, self.project, self.owner.name)
        people = {one.name for one in library.members_of(self.workspace, self.owner, self.project)}
        if self.actor.name not in people:
            library.set_member(self.workspace, self.owner, self.project, self.actor.name, self.actor.role)

    def _is_owner(self) -> bool:
        from fragcheck.store.workspace import member_actor

        return member_actor(self.workspace, self.project, self.owner.name).role is Role.OWNER

    def __exit__(self, *details: object) -> None:
        if self._workspace is not None:
            self._workspace.__exit__(*details)

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        assert self._workspace is not None  # noqa: S101 - used inside `with` only
        return self._workspace

    def record(self, review: Review) -> LogEntry:
        """Keep a review in the name of who asks."""
        from fragcheck.store.workspace import record_review

        return record_review(self.workspace, self.actor, self.project, review)

    def undo(self, reason: str) -> LogEntry | None:
        """Take back the last review of who asks that still stands; None where there is none."""
        from fragcheck.store.workspace import withdraw_review

        subject = self.last_of_mine()
        if subject is None:
            return None
        return withdraw_review(self.workspace, self.actor, self.project, subject, reason=reason)

    def last_of_mine(self) -> Subject | None:
        """What the last standing review of who asks is about."""
        standing = {
            key for key, said in self.opinions().items() if self.actor.name in said
        }  # withdrawn reviews are no opinions
        for entry in reversed(self.log()):
            review = entry.review
            is_mine = review.reviewer == self.actor.name and review.verdict is not Verdict.WITHDRAW
            if is_mine and review.subject.key in standing:
                return review.subject
        return None

    def in_force(self) -> tuple[Review, ...]:
        """The newest review of every finding that was reviewed."""
        from fragcheck.store.workspace import reviews_in_force

        return reviews_in_force(self.workspace, self.owner, self.project)

    def log(self) -> tuple[LogEntry, ...]:
        """Everything that was ever said, oldest first."""
        from fragcheck.store.workspace import review_log

        return review_log(self.workspace, self.owner, self.project)

    def opinions(self) -> Mapping[str, Mapping[str, Review]]:
        """What each reviewer says of each finding now."""
        from fragcheck.store.workspace import opinions

        return opinions(self.log())

    def verify(self) -> tuple[LogFinding, ...]:
        """What was changed in the log by other ways than this one; empty where nothing was."""
        from fragcheck.store.workspace import verify_log

        return verify_log(self.workspace, self.owner, self.project)
