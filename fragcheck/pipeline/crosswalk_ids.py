"""What the ids of a crosswalk that others made name in our documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from fragcheck.errors import InputError
from fragcheck.exchange.names import token
from fragcheck.records import ImportedCrosswalk, Provision, Relation

__all__ = ["NamedPairs", "ProvisionIds", "resolved_crosswalk"]


@dataclass(frozen=True, slots=True)
class NamedPairs:
    """A crosswalk in eids.

    Parameters
    ----------
    pairs : mapping of (str, str) to Relation or None
        None where it does not name the relation. In its order; of a pair that comes twice the first holds.
    spoken : (set of str, set of str)
        Provisions of each side that it speaks of, mapped or not.
    unknown_left, unknown_right : tuple of str
        Its ids that name no provision.
    """

    pairs: Mapping[tuple[str, str], Relation | None]
    spoken: tuple[set[str], set[str]]
    unknown_left: tuple[str, ...]
    unknown_right: tuple[str, ...]


class ProvisionIds:
    """The provisions of a document by everything that a crosswalk may call them.

    Eids, numbers as printed ("Article 9"), OSCAL tokens, the last part of a URN; in any case of letters.

    Parameters
    ----------
    provisions : sequence of Provision
    """

    def __init__(self, provisions: Sequence[Provision]) -> None:
        self.place = {provision.eid: number for number, provision in enumerate(provisions)}
        self._parent = {provision.eid: provision.parent for provision in provisions}
        named: dict[str, set[str]] = defaultdict(set)
        for provision in provisions:
            for name in (
                provision.eid,
                token(provision.eid),
                provision.num,
                provision.eid.rpartition(":")[2],
            ):
                if _plain(name):
                    named[_plain(name)].add(provision.eid)
        self._named = {name: next(iter(eids)) for name, eids in named.items() if len(eids) == 1}

    def eid(self, text: str) -> str | None:
        """The provision that an id names; None where it names none, or several."""
        if text in self.place:
            return text
        for name in (text, unquote(text), text.rpartition("#")[2], text.rpartition(":")[2]):
            found = self._named.get(_plain(name))
            if found is not None:
                return found
        return None

    def is_within(self, eid: str, above: str) -> bool:
        """True where a provision is `above` or stands in it."""
        return self.lifted(eid, {above}) == above

    def lifted(self, eid: str, spoken: set[str]) -> str:
        """The nearest of `spoken` at or above a provision; itself where there is none."""
        at: str | None = eid
        while at is not None and at not in spoken:
            at = self._parent.get(at)
        return eid if at is None else at


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .:()").casefold()


def resolved_crosswalk(crosswalk: ImportedCrosswalk, sides: tuple[ProvisionIds, ProvisionIds]) -> NamedPairs:
    """Return the pairs of a crosswalk by eid.

    Raises
    ------
    InputError
        Where no pair names provisions of both documents: the wrong document, or the wrong way round.
    """
    pairs: dict[tuple[str, str], Relation | None] = {}
    spoken: tuple[set[str], set[str]] = (set(), set())
    unknown: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for pair in crosswalk.pairs:
        one = sides[0].eid(pair.left)
        other = sides[1].eid(pair.right) if pair.right else ""
        if one is None:
            unknown[0][pair.left] = None
        else:
            spoken[0].add(one)
        if other is None:
            unknown[1][pair.right] = None
        elif other:
            spoken[1].add(other)
        if one is not None and other:
            pairs.setdefault((one, other), pair.relation)
    if not pairs:
        examples = ", ".join(f"{pair.left} to {pair.right}" for pair in crosswalk.pairs[:2])
        raise InputError(
            f"no pair of the crosswalk names provisions of both documents ({examples}); check that these are "
            "its documents, in its order"
        )
    return NamedPairs(pairs, spoken, tuple(unknown[0]), tuple(unknown[1]))
