"""What is found in a provision: requirements, parameters, definitions, tags."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "ActorEntry",
    "Annotation",
    "DefinedTerm",
    "Definition",
    "Modality",
    "Parameter",
    "ParameterKind",
    "ProvisionType",
    "Requirement",
    "Stricter",
    "Tag",
]


class Modality(StrEnum):
    """Deontic modality of a requirement. `OUTCOME` is how soft law and standards state theirs."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    RECOMMENDATION = "recommendation"
    OUTCOME = "outcome"


class ProvisionType(StrEnum):
    """Main normative force of a provision; exactly one per provision."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    RECOMMENDATION = "recommendation"
    POWER = "power"
    DEFINITION = "definition"
    PROCEDURE = "procedure"
    STATEMENT = "statement"


class ParameterKind(StrEnum):
    """Kinds of comparable quantities."""

    DURATION = "duration"
    AMOUNT = "amount"
    SHARE = "share"
    THRESHOLD = "threshold"
    AGE = "age"
    RETENTION = "retention"
    DATE = "date"


class Stricter(StrEnum):
    """Which direction of a quantity binds more; `UNKNOWN` compares by magnitude only."""

    HIGHER = "higher"
    LOWER = "lower"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A quantity as a comparable value.

    Parameters
    ----------
    kind : ParameterKind
    value : float
        In `unit`. A date is its proleptic ordinal day number (`date.toordinal`).
    unit : str
        In full and singular: ``hour``, ``day``, ``working_day``, ``month``,
        ``year``, ``EUR``, ``percent``, ``flop``, ``user``, ``date``, …
    comparator : str
        ``<=``, ``<``, ``=``, ``>``, ``>=``.
    trigger : str
        What starts the clock or what the quantity is of, in the law's words.
    stricter : Stricter
        Which direction is stricter here.
    text : str
        The words it was read from.
    start, end : int
        Characters of the provision's text.
    iso_date : str
        ``YYYY-MM-DD`` for dates, else empty.
    whichever : str
        ``higher`` or ``lower`` where the law takes that one of this quantity and those beside it.
    """

    kind: ParameterKind
    value: float
    unit: str
    comparator: str = "="
    trigger: str = ""
    stricter: Stricter = Stricter.UNKNOWN
    text: str = ""
    start: int = 0
    end: int = 0
    iso_date: str = ""
    whichever: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A normative sentence (or list item under its lead-in) of a provision.

    Parameters
    ----------
    text : str
        The words of the requirement as they stand in the provision.
    modality : Modality
    is_negated : bool
        True where the action itself is denied (``shall not``); a prohibition is
        negated, a permission not to act ("need not") is too.
    actor : str
        Who is bound or entitled, in the law's word, lower case, singular; empty if unsaid.
    actor_role : str
        Class of the actor in the roles lexicon; empty if unknown.
    action : str
        The verb phrase, normalised (lower case, active, base form of the head verb).
    action_class : str
        Class of the action in the actions lexicon; empty if unknown.
    condition : str
        Words of the condition or exception ("if", "unless", "before", …), or empty.
    recipient : str
        Towards whom, in the law's word; empty if unsaid.
    recipient_role : str
        Class of the recipient.
    parameters : tuple of Parameter
    start, end : int
        Characters of the provision's text.
    promptness : str
        How soon where no number says it: ``immediately``, ``without_undue_delay``, ``promptly``,
        ``within_reasonable_time``; empty if unsaid. The strictest one where the sentence names several.
    """

    text: str
    modality: Modality
    is_negated: bool = False
    actor: str = ""
    actor_role: str = ""
    action: str = ""
    action_class: str = ""
    condition: str = ""
    recipient: str = ""
    recipient_role: str = ""
    parameters: tuple[Parameter, ...] = ()
    start: int = 0
    end: int = 0
    promptness: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means. `term` is lower case; `definiens` in the law's words."""

    term: str
    definiens: str
    start: int = 0
    end: int = 0


#: Probability from which a tag that is off, and up to which one that is on, is unsure: a reader should look.
UNSURE = (0.3, 0.7)


@dataclass(frozen=True, slots=True)
class Tag:
    """A principle (or control point) with its calibrated probability and the words behind it.

    `evidence` holds character ranges of the provision's text; `source` names
    the model and its version, or the reviewer.
    """

    principle: str
    probability: float
    is_on: bool
    evidence: tuple[tuple[int, int], ...] = ()
    source: str = ""

    @property
    def is_unsure(self) -> bool:
        """True where whether the tag is on is wrong in three of ten or more, by its probability.

        A tag that is on from a low threshold is unsure below `UNSURE` too: at .17, wrong in eight of ten.
        """
        return self.probability <= UNSURE[1] if self.is_on else self.probability >= UNSURE[0]


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that is found in one provision; refers back by `eid`.

    `tags` holds every principle of the taxonomy, `sovereignty` every control
    point, whether on or not, in the taxonomy's order. `parameters` holds the
    quantities that stand in no requirement: in definitions, rules of scope and
    entry into force, recitals. `reviewed` names what a person has settled and who:
    ``("type", "ann")``, ``("parameter 12-30", "ann")``; for tags their `source` says it.
    """

    eid: str
    provision_type: ProvisionType
    requirements: tuple[Requirement, ...] = ()
    definitions: tuple[Definition, ...] = ()
    tags: tuple[Tag, ...] = ()
    sovereignty: tuple[Tag, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    reviewed: tuple[tuple[str, str], ...] = ()

    def probability(self, principle: str) -> float:
        """Probability of a principle or control point, in [0, 1]; 0 where it has no tag."""
        for tag in (*self.tags, *self.sovereignty):
            if tag.principle == principle:
                return tag.probability
        return 0.0

    def weight(self, principle: str) -> float:
        """Probability where the tag is on, else 0: the u_r of the divergence."""
        for tag in (*self.tags, *self.sovereignty):
            if tag.principle == principle:
                return tag.probability if tag.is_on else 0.0
        return 0.0


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor of a document and what it bears.

    Parameters
    ----------
    name : str
        As the law names it, lower case, singular; empty for requirements that name no one.
    role : str
        Class of the actor in the roles lexicon; empty if unknown.
    counts : tuple of (Modality, int)
        Requirements per modality, those with none left out.
    action_classes : tuple of (str, int)
        Action classes with their counts, most frequent first; the empty name for unknown ones.
    eids : tuple of str
        The provisions, in document order, each once.
    """

    name: str
    role: str
    counts: tuple[tuple[Modality, int], ...]
    action_classes: tuple[tuple[str, int], ...]
    eids: tuple[str, ...]

    @property
    def n_requirements(self) -> int:
        """Number of requirements."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term, its text and the provision that defines it."""

    term: str
    definiens: str
    eid: str
