"""What people say of the machine's findings: reviews, who may give them, and the log of all of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "REVIEWED_BY",
    "REVIEW_LOST",
    "Actor",
    "LogEntry",
    "QueueItem",
    "Review",
    "ReviewTarget",
    "Role",
    "Subject",
    "Verdict",
]

#: How the source of a tag begins that a person settled; the name follows.
REVIEWED_BY = "reviewed by "

#: Code of the notice on reviews whose words are not in the document as it is read now.
REVIEW_LOST = "review-lost"


class Role(StrEnum):
    """What a person may do in a project: look; give reviews as well; change the project as well."""

    READER = "reader"
    REVIEWER = "reviewer"
    OWNER = "owner"

    def includes(self, wanted: Role) -> bool:
        """Whether this role may do what `wanted` may."""
        order = tuple(Role)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a name (an e-mail address, a login) and the role that it has in the project."""

    name: str
    role: Role


class ReviewTarget(StrEnum):
    """What can be reviewed."""

    TAG = "tag"
    TYPE = "type"
    PARAMETER = "parameter"
    MATCH = "match"
    RELATION = "relation"


class Verdict(StrEnum):
    """What is said of a finding. `WITHDRAW` takes an earlier review of the same person back."""

    ACCEPT = "accept"
    CHANGE = "change"
    REJECT = "reject"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Subject:
    """The finding that is spoken of.

    Parameters
    ----------
    target : ReviewTarget
    document_id : str
        sha256 of the document's bytes.
    eid : str
        Provision it stands in.
    name : str
        For tags the principle or control point, for parameters ``start-end`` in the provision's text,
        for matches and relations the key of the unit; empty for types.
    text_sha256 : str
        Of the words that were reviewed, white space apart: of the provision (`anchor_of`), or of the unit.
    other_document_id, other_eid, other_name, other_text_sha256 : str
        The other side of a match or relation; empty for the rest. The side whose document id comes first
        is the first one, so that a pair is the same subject whichever way round it is compared.
    """

    target: ReviewTarget
    document_id: str
    eid: str
    name: str = ""
    text_sha256: str = ""
    other_document_id: str = ""
    other_eid: str = ""
    other_name: str = ""
    other_text_sha256: str = ""

    @property
    def key(self) -> str:
        """What tells subjects apart, as one line; the hashes of the words are no part of it."""
        sides = (self.document_id, self.eid, self.name)
        other = (self.other_document_id, self.other_eid, self.other_name)
        parts = (self.target.value, *sides, *(other if self.other_document_id else ()))
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Review:
    """What one person says of one finding.

    Parameters
    ----------
    subject : Subject
    verdict : Verdict
    before, after : str
        The value found and the value that stands from now on, as JSON; see docs/workspace.md for the form
        by target. Of a withdrawn review, what it had said and ``{"of": reviewer}``.
    reason : str
        Why; never empty in the log.
    model : str
        What had found the value: name and version, or name and hash.
    reviewer, made_at : str
        Who, and when in ISO 8601 (UTC). Empty until the review is recorded.
    """

    subject: Subject
    verdict: Verdict
    before: str
    after: str
    reason: str
    model: str = ""
    reviewer: str = ""
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of the append-only log.

    Parameters
    ----------
    number : int
        From 1, without gaps.
    project : str
    review : Review
    role : Role
        That the reviewer had then.
    version : str
        Of fragcheck.
    previous : str
        `digest` of the entry before; 64 zeros for the first.
    digest : str
        sha256, in hex, over everything above; see `fragcheck.store.workspace.entry_digest`.
    """

    number: int
    project: str
    review: Review
    role: Role
    version: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A finding that a person could review.

    Parameters
    ----------
    subject : Subject
    finding : str
        What the machine says, in words.
    doubt : float
        Probability that it is wrong, in [0, 1].
    change : float
        Sum of the changes of all divergences (every pair, ``overall`` and every principle) if it is.
    effect : float
        Expected change of them by a review.
    """

    subject: Subject
    finding: str
    doubt: float
    change: float
    effect: float
