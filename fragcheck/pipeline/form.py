"""The form of ``compare --format json``, from which its JSON Schema is made.

Adding a key is compatible; renaming or dropping one, or changing its meaning, raises the schema version.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from fragcheck.records import (
    Modality,
    ParameterKind,
    Relation,
    Side,
    Status,
    Tradition,
)
from fragcheck.records.corpus import ChangeKind
from fragcheck.records.synthesis import ConflictKind

__all__ = [
    "CLOSED",
    "RESULT_VERSION",
    "CommonEntry",
    "Count",
    "Digest",
    "DocumentEntry",
    "PairEntry",
    "Path",
    "Place",
    "PrincipleSummaryEntry",
    "Run",
    "Share",
    "Signed",
]

#: Version of the form. 2: what the run was made with are objects, and no JSON within text any more.
RESULT_VERSION = 2

#: Keys that are not named are an error.
CLOSED = with_config(ConfigDict(extra="forbid"))

Share = Annotated[float, Field(ge=0, le=1)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Count = Annotated[int, Field(ge=0)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
#: Page from 1, then x0, y0, x1, y1 in points, origin top left.
Box = Annotated[list[float], Field(min_length=5, max_length=5)]


@CLOSED
class Run(TypedDict):
    """What the result was made with: enough to make it again.

    `code` is a fingerprint of the package, `reading` holds the options that are not the usual ones.
    `tag_labels` is there for a taxonomy of the user's, `applicability` where the result was narrowed.
    """

    version: str
    seed: int
    models: dict[str, str]
    taxonomies: dict[str, str]
    code: str
    divergence: dict[str, Any]
    libraries: dict[str, str]
    reading: dict[str, Any]
    tagged_by: list[str]
    tag_labels: NotRequired[dict[str, str]]
    applicability: NotRequired[dict[str, Any]]


@CLOSED
class Quote(TypedDict):
    """A requirement or definition with its place; `term` for definitions."""

    key: str
    eid: str
    term: str | None
    text: str
    start: Count
    end: Count
    page: Annotated[int, Field(ge=1)] | None
    boxes: list[Box]


@CLOSED
class DocumentEntry(TypedDict):
    """A document; `id` is its sha256, with ``#2`` and on for one that was given again.

    `instrument` is the id in the catalogue and `status` that instrument's, empty where it is none of it.
    """

    id: str
    title: str
    path: str
    sha256: Digest
    language: str
    tradition: Tradition
    kind: Literal["law", "bill", "order", "treaty", "soft_law", "standard", "unknown"]
    status: str
    instrument: str
    is_translation: bool
    n_pages: Count
    unread_pages: list[Count]
    n_provisions: Count
    n_requirements: Count
    warnings: list[str]
    units: list[Quote]


@CLOSED
class ComponentValues(TypedDict):
    """Parts of D; the five that add up to it are coverage, content, definitions and the two ``_abs``."""

    coverage: Share | None
    asymmetry: Signed | None
    content: Share | None
    stringency: Signed | None
    parameters: Signed | None
    definitions: Share | None
    stringency_abs: Share | None
    parameters_abs: Share | None
    turnover: Share | None
    nestedness: Share | None


@CLOSED
class PrincipleValues(TypedDict):
    """D of a pair on a principle with its 90 % interval; None where both are silent."""

    value: Share | None
    low: Share | None
    high: Share | None
    sampling_low: Share | None
    sampling_high: Share | None
    status: Status
    n_left: Count
    n_right: Count
    components: ComponentValues


@CLOSED
class Place(TypedDict):
    """A unit by eid and key."""

    eid: str
    key: str


@CLOSED
class Duty(TypedDict):
    """What compliance with one document leaves open of the other, and why."""

    eid: str
    key: str
    weight: Share
    reasons: list[str]
    counterpart: str
    counterpart_key: str


@CLOSED
class Satisfaction(TypedDict):
    """Share of one document's demands that compliance with the other meets."""

    value: Share | None
    low: Share | None
    high: Share | None
    residual: list[Place]
    n_duties: int
    duties: list[Duty]


@CLOSED
class InteroperabilityValues(TypedDict):
    """Interoperability both ways."""

    left_satisfies_right: Share | None
    right_satisfies_left: Share | None
    left_satisfies_right_detail: Satisfaction
    right_satisfies_left_detail: Satisfaction


@CLOSED
class Verdict(TypedDict):
    """Who is stricter, where one clearly is; how likely the sign of the net is; eids of the main reason."""

    stricter: Side | None
    likelihood: Share | None
    net: Signed
    n_shared: Count
    n_left_stricter: Count
    n_right_stricter: Count
    sentence: str
    left: str
    right: str


@CLOSED
class ConflictEntry(TypedDict):
    """A candidate of a conflict, to be read by a person."""

    kind: ConflictKind
    left: str
    right: str
    left_key: str
    right_key: str
    left_text: str
    right_text: str
    probability: Share
    reason: str


@CLOSED
class DefinitionEntry(TypedDict):
    """A term that both documents define, or one alone."""

    left_term: str
    right_term: str
    left: str
    right: str
    relation: Relation
    distance: Share | None
    left_only: list[str]
    right_only: list[str]


@CLOSED
class QuantityDifference(TypedDict):
    """Two quantities, or one without a counterpart; `signed` is positive where the left is stricter."""

    kind: ParameterKind
    left: str
    right: str
    distance: Share
    signed: Signed


@CLOSED
class FieldDistances(TypedDict):
    """Distances of the compared fields of a match; those at rest are left out."""

    polarity: NotRequired[Share]
    actor: NotRequired[Share]
    action: NotRequired[Share]
    condition: NotRequired[Share]
    recipient: NotRequired[Share]
    stringency: NotRequired[Share]
    stringency_signed: NotRequired[Signed]
    parameters: NotRequired[Share]
    parameters_signed: NotRequired[Signed]
    definition: NotRequired[Share]
    parameter_pairs: NotRequired[list[QuantityDifference]]


@CLOSED
class MatchEntry(TypedDict):
    """Two counterparts, with the probability that an expert would map them.

    `reviewed` stands where a person settled the ``match`` or the ``relation``, with the name.
    """

    left: str
    right: str
    left_key: str
    right_key: str
    probability: Share
    relation: Relation
    differs: list[str]
    rationale: str
    differences: FieldDistances
    reviewed: NotRequired[dict[str, str]]


@CLOSED
class GapEntry(TypedDict):
    """A unit without a counterpart."""

    side: Side
    eid: str
    key: str
    probability: Share


@CLOSED
class PairEntry(TypedDict):
    """Two documents by id, with everything that is known of them together."""

    left: str
    right: str
    overall: Share | None
    low: Share | None
    high: Share | None
    sampling_low: Share | None
    sampling_high: Share | None
    status: Status
    n_left: Count
    n_right: Count
    interoperability: InteroperabilityValues
    principles: dict[str, PrincipleValues]
    components: ComponentValues
    stricter: dict[str, Verdict]
    conflicts: list[ConflictEntry]
    definitions: list[DefinitionEntry]
    matches: list[MatchEntry]
    gaps: list[GapEntry]


@CLOSED
class BlocEntry(TypedDict):
    """Documents that stand together."""

    documents: list[str]
    stability: Share | None
    silhouette: Signed


@CLOSED
class PrincipleSummaryEntry(TypedDict):
    """A principle over all documents."""

    principle: str
    matrix: list[list[Share | None]]
    order: list[str]
    fragmentation: Share | None
    low: Share | None
    high: Share | None
    n_pairs: Count
    sampling_low: Share | None
    sampling_high: Share | None
    fragmentation_all: Share | None
    n_pairs_all: Count
    blocs: list[BlocEntry]


@CLOSED
class Clause(TypedDict):
    """A clause with its words."""

    document: str
    eid: str
    key: str
    text: str


@CLOSED
class JointQuantity(TypedDict):
    """What satisfies all clauses that set a quantity, in the base unit of its family."""

    kind: str
    family: str
    trigger: str
    low: float | None
    high: float | None
    is_empty: bool
    strictest: Clause
    clauses: list[Clause]


@CLOSED
class CommonEntry(TypedDict):
    """A line of the strictest-common set."""

    role: str
    action_class: str
    modality: Modality
    strictest: Clause
    clauses: list[Clause]
    parameters: list[JointQuantity]
    combination: str
    probability: Share


@CLOSED
class ChangeEntry(TypedDict):
    """A step of the harmonisation path."""

    kind: ChangeKind
    document: str
    source: str
    source_eid: str
    source_key: str
    replaced_eid: str
    replaced_key: str
    mean_before: Share
    mean_after: Share


@CLOSED
class Path(TypedDict):
    """Which changes reduce the mean divergence most."""

    principle: str
    is_exact: bool
    mixes_forces: bool
    mean_start: Share | None
    changes: list[ChangeEntry]
