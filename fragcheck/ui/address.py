"""The view as a shareable address, and back. Nothing in an address is trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from fragcheck.ui.report_kinds import KINDS
from fragcheck.ui.workspace import SAMPLE

__all__ = [
    "DUES",
    "GROUPS",
    "LISTS",
    "ORDERS",
    "REPORTS",
    "REVIEW_LISTS",
    "VIEWS",
    "ViewState",
    "document_of",
    "from_query",
    "parse_eid",
    "to_query",
    "token",
]

VIEWS = (
    "heatmap",
    "pair",
    "document",
    "requirements",
    "interoperability",
    "harmonise",
    "review",
    "reports",
    "documents",
    "method",
)
ORDERS = ("given", "cluster")
GROUPS = ("none", "jurisdiction", "bloc", "kind", "year")
DUES = ("any", "with", "without")
REVIEW_LISTS = ("queue", "log", "agreement")
REPORTS = tuple(kind.name for kind in KINDS)
LISTS = ("register", "definitions", "figures", "strictest", "conflicts")
_SAFE = {
    "set": re.compile(rf"{SAMPLE}|[0-9a-f]{{16}}"),
    "matrix": re.compile(r"[0-9a-f]{16}"),
    "zoom": re.compile(r"\d{1,5}-\d{1,5}:\d{1,5}-\d{1,5}"),
    "left": re.compile(r"[0-9a-f]{8,64}(\.\d{1,3})?"),
    "right": re.compile(r"[0-9a-f]{8,64}(\.\d{1,3})?"),
    "eid": re.compile(r"[^\x00-\x1f]{1,400}"),
    "doc": re.compile(r"[0-9a-f]{8,64}(\.\d{1,3})?"),
    "reference": re.compile(r"[0-9a-f]{8,64}(\.\d{1,3})?"),
    "unit": re.compile(r"[^\x00-\x1f]{1,200}"),
    "find": re.compile(r"[^\x00-\x1f]{1,200}"),
    "role": re.compile(r"[a-z_]{1,40}"),
    "sector": re.compile(r"[a-z_]{1,40}"),
    "tier": re.compile(r"[a-z_]{1,40}"),
    "project": re.compile(r"[^\x00-\x1f]{1,200}"),
    "territory": re.compile(r"[^\x00-\x1f]{1,80}"),
    "as_of": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "among": re.compile(r"[0-9a-f.]{8,68}(,[0-9a-f.]{8,68}){0,199}"),
}
_NAMES_LIST = re.compile(r"[A-Za-z0-9_-]{1,60}(,[A-Za-z0-9_-]{1,60}){0,59}")
_LISTS = ("tag", "type", "who", "modality", "kind", "reason")


@dataclass(frozen=True, slots=True)
class ViewState:
    """What is being looked at.

    `left`, `right`, `doc` and `reference` are tokens of documents, `eid` is ``left|right``, `unit` a
    provision of `doc`. The filters `among` (documents), `tag`, `type`, `who` (roles),
    `modality`, `kind` (of figures) and `reason` (of residual duties) hold names joined by commas.
    `matrix` names opened tables of a batch, `zoom` the rows and columns of it in view (``0-24:100-124``,
    both ends counted, from 0, in the order of the view), `group` what documents are gathered by.
    `role`, `sector`, `tier`, `territory` and `as_of` say who is asking, `lang` in which language. `project`
    is the name of a project, on a server for teams.
    """

    set: str = SAMPLE
    left: str = ""
    right: str = ""
    principle: str = "overall"
    measure: str = "divergence"
    order: str = "given"
    matrix: str = ""
    group: str = "none"
    zoom: str = ""
    eid: str = ""
    doc: str = ""
    unit: str = ""
    reference: str = ""
    find: str = ""
    tag: str = ""
    type: str = ""
    who: str = ""
    modality: str = ""
    kind: str = ""
    reason: str = ""
    among: str = ""
    due: str = "any"
    list: str = "register"
    report: str = "xlsx"
    review: str = "queue"
    role: str = ""
    sector: str = ""
    tier: str = ""
    territory: str = ""
    as_of: str = ""
    lang: str = "en"
    project: str = ""


#: Name in the address, by field; all others are called like their field.
_NAMES = {"measure": "component"}


def to_query(state: ViewState) -> dict[str, str]:
    """Query parameters of a view; what is at its default is left out, but for the set."""
    default = ViewState()
    found = {"set": state.set}
    for field in fields(ViewState):
        value = getattr(state, field.name)
        if value and value != getattr(default, field.name):
            found[_NAMES.get(field.name, field.name)] = value
    return found


def from_query(
    query: Mapping[str, str],
    base: ViewState,
    *,
    principles: Sequence[str],
    measures: Sequence[str],
    languages: Sequence[str] = ("en",),
) -> tuple[ViewState, tuple[str, ...]]:
    """The view that `query` asks for, and the names of the parts that could not be used.

    Parameters
    ----------
    query : mapping of str
        Parameters as they came; unknown names are ignored.
    base : ViewState
        What holds for parts that the address does not name.
    principles, measures, languages : sequence of str
        Values that exist.
    """
    allowed = {
        "principle": principles,
        "measure": measures,
        "order": ORDERS,
        "group": GROUPS,
        "due": DUES,
        "list": LISTS,
        "report": REPORTS,
        "review": REVIEW_LISTS,
        "lang": languages,
    }
    state, refused = base, []
    for field in fields(ViewState):
        name = _NAMES.get(field.name, field.name)
        value = query.get(name)
        if value is None:
            continue
        if _is_good(field.name, value, allowed):
            state = replace(state, **{field.name: value})
        else:
            refused.append(name)
    return state, tuple(refused)


def _is_good(name: str, value: str, allowed: Mapping[str, Sequence[str]]) -> bool:
    if name in allowed:
        return value in allowed[name]
    if name in _LISTS:
        return bool(_NAMES_LIST.fullmatch(value))
    return bool(_SAFE[name].fullmatch(value))


def token(document_id: str) -> str:
    """Short form of a document id for an address: 12 hex digits, ``.2`` for a second copy.

    Examples
    --------
    >>> token("0123456789abcdef" * 4 + "#2")
    '0123456789ab.2'
    """
    digest, _, copy = document_id.partition("#")
    return f"{digest[:12]}.{copy}" if copy else digest[:12]


def document_of(given: str, document_ids: Sequence[str]) -> str | None:
    """The only document that the token stands for; None where there is none or more than one."""
    digest, _, copy = given.partition(".")
    found = [
        document_id
        for document_id in document_ids
        if len(digest) >= 8
        and document_id.partition("#")[0].startswith(digest)
        and document_id.partition("#")[2] == copy
    ]
    return found[0] if len(found) == 1 else None


def parse_eid(given: str) -> tuple[str, str]:
    """Provisions left and right of ``left|right``; either may be empty."""
    left, _, right = given.partition("|")
    return left, right
