"""What comes out of a comparison: units, matches, divergences, interoperability."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fragcheck.records.annotation import Annotation, Definition, Requirement
from fragcheck.records.applicability import Applicability
from fragcheck.records.document import Document, Notice
from fragcheck.records.provision import Provision, Segmentation
from fragcheck.records.reference import Reference
from fragcheck.records.review import Review

__all__ = [
    "Alignment",
    "Analysis",
    "Candidate",
    "Comparison",
    "Components",
    "Differences",
    "Divergence",
    "Gap",
    "Interoperability",
    "Match",
    "PairResult",
    "ParameterDifference",
    "Relation",
    "Residual",
    "RunInfo",
    "Share",
    "Side",
    "Status",
    "TextUnit",
    "Unit",
]


class Relation(StrEnum):
    """Set relation of two requirements (NIST IR 8477, 2024), and `CONTRARY`."""

    EQUAL = "equal"
    SUBSET_OF = "subset_of"
    SUPERSET_OF = "superset_of"
    INTERSECTS_WITH = "intersects_with"
    NONE = "none"
    CONTRARY = "contrary"


class Status(StrEnum):
    """What a divergence value rests on."""

    OK = "ok"
    FEW_PROVISIONS = "few_provisions"
    ONE_SILENT = "one_silent"
    BOTH_SILENT = "both_silent"


class Side(StrEnum):
    """Side of a pair."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with its provisions, what is found in them, and what they refer to."""

    document: Document
    segmentation: Segmentation
    annotations: tuple[Annotation, ...]
    references: tuple[Reference, ...] = ()

    def provision(self, eid: str) -> Provision:
        """The provision of that eid; KeyError if there is none."""
        for provision in self.segmentation.provisions:
            if provision.eid == eid:
                return provision
        raise KeyError(eid)


@dataclass(frozen=True, slots=True)
class TextUnit:
    """What the aligner sees of a row: words only."""

    key: str
    text: str
    heading: str = ""
    context: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A distinct requirement or definition of one document: an element of U (DESIGN §7).

    Parameters
    ----------
    key : str
        ``eid#index``, unique in the document.
    eid : str
        Provision it stands in.
    requirement : Requirement or None
    definition : Definition or None
        Exactly one of the two is given.
    duplicates : tuple of str
        Keys of further places of the same requirement, counted once.
    weights : tuple of (str, float)
        u_r per principle and control point, in [0, 1].
    probabilities : tuple of (str, float)
        Tag probability per principle, thresholds apart: what the intervals draw from.
    text_unit : TextUnit
    """

    key: str
    eid: str
    text_unit: TextUnit
    requirement: Requirement | None = None
    definition: Definition | None = None
    duplicates: tuple[str, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    probabilities: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A right unit proposed for a left one; `score` falls with `rank`, `probability` is calibrated."""

    left: str
    right: str
    rank: int
    score: float
    probability: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Candidates of two lists of text units.

    `candidates` stand in the order of the left units, then by rank.
    `no_counterpart_left` and `no_counterpart_right` give, per unit in order,
    (key, calibrated probability that it has no counterpart on the other side).
    """

    candidates: tuple[Candidate, ...]
    no_counterpart_left: tuple[tuple[str, float], ...]
    no_counterpart_right: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class ParameterDifference:
    """Two quantities of the same trigger, or one without a counterpart.

    `distance` in [0, 1]; `signed` is positive where the left is stricter.
    `left` and `right` are the words, empty where absent.
    """

    kind: str
    left: str
    right: str
    distance: float
    signed: float


@dataclass(frozen=True, slots=True)
class Differences:
    """Distances of the compared fields of a match, each in [0, 1].

    None: the field does not apply (neither side has it). `stringency` and
    `parameters` carry a sign beside their size: positive where left is stricter.
    """

    polarity: float = 0.0
    actor: float | None = None
    action: float | None = None
    condition: float | None = None
    recipient: float | None = None
    stringency: float = 0.0
    stringency_signed: float = 0.0
    parameters: float | None = None
    parameters_signed: float = 0.0
    definition: float | None = None
    parameter_pairs: tuple[ParameterDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Two units that an expert would map, with probability, relation and compared fields.

    `left` and `right` are eids; the keys name the units within them.
    `differs` names the fields that differ, of: polarity, modality, actor,
    action, condition, recipient, parameters, definition. `reviewed` names what a
    person has settled (``match``, ``relation``) and who.
    """

    left: str
    right: str
    left_key: str
    right_key: str
    probability: float
    relation: Relation
    differs: tuple[str, ...] = ()
    rationale: str = ""
    differences: Differences = Differences()
    reviewed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement without a counterpart. `probability` = that there is none."""

    side: Side
    eid: str
    key: str
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Components:
    """Parts of a divergence. None: does not apply.

    ``coverage + content + stringency_abs + parameters_abs + definitions`` is D
    exactly. `asymmetry`, `stringency` and `parameters` are signed and reported
    beside it (positive: left covers more, left is stricter). ``turnover +
    nestedness`` is the presence part alone (Baselga's partition of Jaccard).
    """

    coverage: float | None = None
    asymmetry: float | None = None
    content: float | None = None
    stringency: float | None = None
    parameters: float | None = None
    definitions: float | None = None
    stringency_abs: float | None = None
    parameters_abs: float | None = None
    turnover: float | None = None
    nestedness: float | None = None


@dataclass(frozen=True, slots=True)
class Divergence:
    """Divergence of a pair on one principle (or ``overall``), with its two 90 % intervals.

    ``low`` and ``high`` bound what our reading leaves open (tags, matches, fields); None for
    ``sampling_low`` and ``sampling_high`` means that no bootstrap over articles was asked for.
    The two answer different questions and are never added up.
    """

    principle: str
    value: float | None
    low: float | None
    high: float | None
    status: Status
    n_left: int
    n_right: int
    components: Components = Components()
    sampling_low: float | None = None
    sampling_high: float | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one element of U adds to the divergence of a pair on a principle.

    Parameters
    ----------
    left, right : tuple of str
        Keys of the two units of a match, or of one unit as far as it has no counterpart; then the
        other side is empty.
    weight : float
        u_r / Σ u_r times the probability, in [0, 1]; the weights of all elements add up to 1.
    value : float
        u_r d_r / Σ u_r, in [0, weight]; the values of all elements add up to D.
    components : Components
        Parts of `value`; the signed ones as in `Divergence`.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    weight: float
    value: float
    components: Components = Components()


@dataclass(frozen=True, slots=True)
class Residual:
    """A demand of B that compliance with A leaves open.

    Parameters
    ----------
    key, eid : str
        The demand, on the side of B.
    weight : float
        What it weighs by its force, in (0, 1].
    reasons : tuple of str
        Of ``no_counterpart``, ``contrary``, ``other_party``, ``other_act``, ``weaker_force``,
        ``weaker_quantity``; those of the counterpart that comes closest.
    counterpart_key, counterpart_eid : str
        That counterpart on the side of A, empty where there is none.
    """

    key: str
    eid: str
    weight: float
    reasons: tuple[str, ...]
    counterpart_key: str = ""
    counterpart_eid: str = ""


@dataclass(frozen=True, slots=True)
class Interoperability:
    """S(A→B): weighted share of B's requirements met by whoever complies with A.

    `residual` lists the keys of B's units that remain to be met, `duties` says of each why; `n_duties` counts
    all that B demands.
    """

    value: float | None
    low: float | None
    high: float | None
    residual: tuple[str, ...] = ()
    duties: tuple[Residual, ...] = ()
    n_duties: int = 0


@dataclass(frozen=True, slots=True)
class PairResult:
    """Everything that is known about two documents, addressed by their ids.

    `near` holds the candidates that fell short of a match: no value counts them, the intervals
    draw them, and with them the pair can be measured again under other weights and thresholds.
    `opposed` holds the candidates of opposite polarity, matches or not: what conflicts are read from.
    `is_one_work` says that both are texts of one instrument of the catalogue in two languages.
    """

    left: str
    right: str
    overall: Divergence
    principles: tuple[Divergence, ...]
    left_satisfies_right: Interoperability
    right_satisfies_left: Interoperability
    matches: tuple[Match, ...]
    gaps: tuple[Gap, ...]
    left_units: tuple[Unit, ...] = ()
    right_units: tuple[Unit, ...] = ()
    near: tuple[Match, ...] = ()
    opposed: tuple[Match, ...] = ()
    is_one_work: bool = False


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What is needed to replay a result."""

    version: str
    seed: int
    models: tuple[tuple[str, str], ...] = ()
    taxonomies: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def tag_labels(self) -> dict[str, str]:
        """Labels of the tags of a taxonomy of the user's, by id; empty where the packaged one was used."""
        found: dict[str, str] = json.loads(dict(self.settings).get("tag_labels", "{}"))
        return found

    @property
    def stated(self) -> dict[str, Any]:
        """The settings as JSON values, by name; the fingerprint of the code is text."""
        return {name: value if name == "code" else json.loads(value) for name, value in self.settings}


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs of a set of documents. `document_ids` are in argument order.

    `address` is a hash of all that the pairs were made from (empty where nothing is kept): what is
    worked out of them may be kept under it.
    `applicability` says for whom it was narrowed; None where it holds all.
    `reviews` are those that the values rest on: `analyses` and `pairs` have them applied.
    """

    run: RunInfo
    document_ids: tuple[str, ...]
    analyses: tuple[Analysis, ...]
    pairs: tuple[PairResult, ...]
    warnings: tuple[Notice, ...] = ()
    address: str = field(default="", compare=False)
    applicability: Applicability | None = None
    reviews: tuple[Review, ...] = ()
