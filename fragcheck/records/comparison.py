"""What comes out of a comparison: units, matches, divergences, interoperability."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fragcheck.records.annotation import Annotation, Definition, Requirement
from fragcheck.records.document import Document, Notice
from fragcheck.records.provision import Provision, Segmentation

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
    "RunInfo",
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
    """A document with its provisions and what is found in them."""

    document: Document
    segmentation: Segmentation
    annotations: tuple[Annotation, ...]

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
    action, condition, recipient, parameters, definition.
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
    """Divergence of a pair on one principle (or ``overall``), with its 90 % interval."""

    principle: str
    value: float | None
    low: float | None
    high: float | None
    status: Status
    n_left: int
    n_right: int
    components: Components = Components()


@dataclass(frozen=True, slots=True)
class Interoperability:
    """S(A→B): weighted share of B's requirements met by whoever complies with A.

    `residual` lists the keys of B's units that remain to be met.
    """

    value: float | None
    low: float | None
    high: float | None
    residual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairResult:
    """Everything that is known about two documents, addressed by their ids."""

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


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What is needed to replay a result."""

    version: str
    seed: int
    models: tuple[tuple[str, str], ...] = ()
    taxonomies: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs of a set of documents. `document_ids` are in argument order."""

    run: RunInfo
    document_ids: tuple[str, ...]
    analyses: tuple[Analysis, ...]
    pairs: tuple[PairResult, ...]
    warnings: tuple[Notice, ...] = ()
