"""East Asian names that a provision gives in full first and in short afterwards: "公共交通企业 … 企业"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fragcheck.annotate.mentions import party_data
from fragcheck.records import Requirement

__all__ = ["in_full"]

_FEWEST = 2


def in_full(requirements: Iterable[Requirement], language: str) -> list[Requirement]:
    """Requirements whose actors bear the full name that an earlier one of the same text gives.

    Parameters
    ----------
    requirements : iterable of Requirement
        Of one text, in order.
    language : str
        ISO 639-1.

    Returns
    -------
    list of Requirement
        A name is left as it is where it is general ("部门"), two fuller names end with it, or none does.
    """
    general = frozenset(party_data()["general"].get(language, ()))
    known: dict[str, None] = {}
    kept = []
    for requirement in requirements:
        names = requirement.actor.split(" and ") if requirement.actor else []
        fuller = [_fuller(name, known) if name not in general else name for name in names]
        kept.append(replace(requirement, actor=" and ".join(dict.fromkeys(fuller))))
        known.update(dict.fromkeys(fuller))
    return kept


def _fuller(name: str, known: Iterable[str]) -> str:
    if len(name) < _FEWEST or name in known:
        return name
    longer = [each for each in known if each.endswith(name)]
    return longer[0] if len(longer) == 1 else name
