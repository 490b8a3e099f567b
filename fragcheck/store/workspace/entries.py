"""What a workspace gives back: frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field

from fragcheck.records import ProvisionType

__all__ = [
    "ComparisonEntry",
    "DocumentVersion",
    "LogFinding",
    "MemberChange",
    "Project",
    "ProvisionFilter",
    "ProvisionPage",
    "ProvisionRow",
    "RunEntry",
]


@dataclass(frozen=True, slots=True)
class Project:
    """A project: a set of documents with what people said of them. `n_entries` counts its log."""

    name: str
    created_at: str
    created_by: str
    n_documents: int
    n_entries: int
    head: str


@dataclass(frozen=True, slots=True)
class MemberChange:
    """An entry of the log of members: `made_by` gave `name` a role, or took it away (`role` is empty).

    `number` counts from 1; `previous` is the `digest` of the entry before. Who took a project over by
    holding the database did so themselves.
    """

    number: int
    made_at: str
    made_by: str
    name: str
    role: str
    previous: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A version of a document in a project; `number` counts from 1, `options` is JSON."""

    document: str
    number: int
    sha256: str
    file_name: str
    title: str
    jurisdiction: str
    language: str
    tradition: str
    n_pages: int
    n_provisions: int
    n_requirements: int
    options: str
    added_at: str
    added_by: str
    is_newest: bool = True


@dataclass(frozen=True, slots=True)
class ProvisionFilter:
    """What is looked for among the provisions of a project; what is not said is not asked.

    Parameters
    ----------
    documents : tuple of str
        Names of documents; empty for all.
    words : str
        Text that number, heading or text hold, in any case of the letters a-z.
    principle : str
        Principle or control point that is on.
    provision_type : ProvisionType or None
    modality : str
        Modality of one of its requirements.
    is_reviewed : bool or None
    all_versions : bool
        Whether older versions are looked through as well.
    limit, offset : int
        Which rows are given back: at most `limit` after `offset`.
    """

    documents: tuple[str, ...] = ()
    words: str = ""
    principle: str = ""
    provision_type: ProvisionType | None = None
    modality: str = ""
    is_reviewed: bool | None = None
    all_versions: bool = False
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """A provision as a project lists it, with type and tags in force; `reviewed` says what was settled."""

    document: str
    version: int
    eid: str
    kind: str
    num: str
    heading: str
    text: str
    page: int | None
    provision_type: ProvisionType
    tags: tuple[str, ...]
    modalities: tuple[str, ...]
    n_requirements: int
    reviewed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvisionPage:
    """The rows asked for and how many there are in all; versions in the order in which they were added."""

    rows: tuple[ProvisionRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run: ``running``, ``done`` or ``failed``. `run` is JSON of the `RunInfo`, empty while it runs."""

    id: int
    kind: str
    status: str
    started_at: str
    finished_at: str
    started_by: str
    run: str
    message: str


@dataclass(frozen=True, slots=True)
class ComparisonEntry:
    """A comparison that was kept.

    Parameters
    ----------
    id, run_id : int
    created_at, created_by : str
    documents : tuple of (str, int)
        Names and numbers of the versions, in the order of the result.
    digest : str
        sha256 of the result's bytes, which is its address in the artefact store.
    n_entries, head : int, str
        Length and last digest of the log that the result rests on.
    """

    id: int
    run_id: int
    created_at: str
    created_by: str
    documents: tuple[tuple[str, int], ...] = field(default=())
    digest: str = ""
    n_entries: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True)
class LogFinding:
    """Something in the log that does not hold: at which entry, and what."""

    number: int
    message: str
