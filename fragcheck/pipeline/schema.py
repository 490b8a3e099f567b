"""The published JSON Schema of ``compare --format json``."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from fragcheck.pipeline.form import (
    CLOSED,
    RESULT_VERSION,
    CommonEntry,
    Count,
    Digest,
    DocumentEntry,
    PairEntry,
    Path,
    Place,
    PrincipleSummaryEntry,
    Run,
    Share,
    Signed,
)
from fragcheck.records import ReviewTarget
from fragcheck.records.applicability import Ground
from fragcheck.records.corpus import Force

__all__ = ["Result", "result_schema"]

Rank = Annotated[float, Field(ge=1)]


@CLOSED
class RankEntry(TypedDict):
    """A document beside the reference."""

    id: str
    value: Share | None
    low: Share | None
    high: Share | None
    satisfies_reference: Share | None
    satisfied_by_reference: Share | None


@CLOSED
class ReferenceEntry(TypedDict):
    """The reference and the others, the closest first."""

    id: str
    ranking: list[RankEntry]


@CLOSED
class ProfileEntry(TypedDict):
    """How many of a document's requirements bear a principle."""

    n_requirements: Count
    n_all: Count
    share: Share
    weighted_share: Share


Profile = dict[str, dict[str, ProfileEntry]]


@CLOSED
class ConcentrationEntry(TypedDict):
    """Herfindahl-Hirschman index over documents; no divergence."""

    hhi: Share | None
    one_minus_hhi: Share | None


@CLOSED
class SensitivityPairEntry(TypedDict):
    """How D of a pair and its rank move with weights and thresholds."""

    left: str
    right: str
    value: Share | None
    low: Share | None
    high: Share | None
    rank: Rank | None
    rank_low: Rank | None
    rank_high: Rank | None


@CLOSED
class SensitivityEntry(TypedDict):
    """Monte Carlo over weights and thresholds on one principle."""

    draws: Count
    rank_correlation: Signed | None
    rank_correlation_low: Signed | None
    pairs: list[SensitivityPairEntry]


@CLOSED
class Corpus(TypedDict):
    """The documents as a whole."""

    document_ids: list[str]
    forces: dict[str, Force]
    principles: list[PrincipleSummaryEntry]
    n_common_core: Count
    common_core: dict[str, list[Place]]
    coverage_profile: Profile
    sovereignty_profile: Profile
    concentration: dict[str, ConcentrationEntry]
    strictest: list[CommonEntry]
    reference: ReferenceEntry | None
    harmonisation: Path
    sensitivity: dict[str, SensitivityEntry]


@CLOSED
class ApplicabilityEntry(TypedDict):
    """What of a document concerns the reader: how many left out, and kept though not told, by ground."""

    id: str
    n_all: Count
    n_kept: Count
    left_out: dict[Ground, Count]
    unknown: dict[Ground, Count]


@CLOSED
class Narrowed(TypedDict):
    """For whom the result was narrowed; `dropped` are documents that hold nothing for them."""

    profile: dict[Literal["role", "sector", "tier", "territory", "date"], str]
    documents: list[ApplicabilityEntry]
    dropped: list[str]


@CLOSED
class SubjectEntry(TypedDict):
    """The finding that a review speaks of; see ``fragcheck.records.Subject``."""

    target: ReviewTarget
    document_id: Digest
    eid: str
    name: NotRequired[str]
    text_sha256: NotRequired[Digest]
    other_document_id: NotRequired[Digest]
    other_eid: NotRequired[str]
    other_name: NotRequired[str]
    other_text_sha256: NotRequired[Digest]


@CLOSED
class ReviewEntry(TypedDict):
    """What a person settled; `before` and `after` hold JSON as text."""

    subject: SubjectEntry
    verdict: Literal["accept", "change", "reject"]
    before: str
    after: str
    reason: str
    model: NotRequired[str]
    reviewer: NotRequired[str]
    made_at: NotRequired[str]


@CLOSED
class Result(TypedDict):
    """A result of ``fragcheck compare --format json``; `reviews` where values rest on any."""

    schema_version: int
    run: Run
    documents: Annotated[list[DocumentEntry], Field(min_length=2)]
    pairs: Annotated[list[PairEntry], Field(min_length=1)]
    corpus: Corpus
    warnings: list[str]
    applicability: NotRequired[Narrowed]
    reviews: NotRequired[list[ReviewEntry]]
    digest: Digest


def result_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a result."""
    schema = TypeAdapter(Result).json_schema()
    schema["properties"]["schema_version"]["const"] = RESULT_VERSION
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:fragcheck:schema:compare:{RESULT_VERSION}",
        **schema,
    }
