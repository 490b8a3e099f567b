"""Names of Akoma Ntoso: elements, namespaces, identifiers, and how our kinds map to them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import quote, unquote

from fragcheck.records import ProvisionKind

__all__ = [
    "AKN",
    "AKN_MARK",
    "OURS",
    "Vocabulary",
    "from_xml_id",
    "load_vocabulary",
    "to_xml_id",
    "writable",
]

#: Namespace of Akoma Ntoso 3.0, and what every version's namespace holds.
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
AKN_MARK = "akn"
#: Namespace of what only fragcheck says: places on pages, warnings.
OURS = "https://github.com/fragcheck/fragcheck/ns/1"
#: Identifiers that the metadata use themselves.
_RESERVED = frozenset({"fragcheck", "issuer"})
#: Characters that XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE = "~-._!$'()*+,;:@/&=?[]#|^`{}\"\\"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the elements of Akoma Ntoso are to us; see ``data/akoma_ntoso.toml``."""

    hierarchical: frozenset[ProvisionKind]
    kind: dict[str, ProvisionKind]
    kind_by_name: dict[str, ProvisionKind]
    prefix: dict[str, str]
    skipped: frozenset[str]
    breaking: frozenset[str]
    quoting: frozenset[str]
    language: dict[str, str]

    def short_language(self, code: str) -> str:
        """ISO 639-1 code of a two- or three-letter code, with or without a region; empty if unknown."""
        plain = code.strip().lower().partition("-")[0]
        if plain in self.language:
            return plain
        return next((short for short, long in self.language.items() if long == plain), "")


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The names of Akoma Ntoso."""
    text = files("fragcheck.formats").joinpath("data", "akoma_ntoso.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return Vocabulary(
        hierarchical=frozenset(ProvisionKind(name) for name in data["hierarchical"]),
        kind={name: ProvisionKind(kind) for name, kind in data["kind"].items()},
        kind_by_name={name: ProvisionKind(kind) for name, kind in data["kind_by_name"].items()},
        prefix=data["prefix"],
        skipped=frozenset(data["skipped"]["elements"]),
        breaking=frozenset(data["breaking"]["elements"]),
        quoting=frozenset(data["quoting"]["elements"]),
        language=data["language"],
    )


def to_xml_id(eid: str) -> str:
    """`eid` as an eId: without white space (percent-encoded), and unlike those of the metadata.

    Examples
    --------
    >>> to_xml_id("GOVERN 1.1"), to_xml_id("art_9__para_2")
    ('GOVERN%201.1', 'art_9__para_2')
    """
    if eid in _RESERVED:
        return f"%{ord(eid[0]):02X}{eid[1:]}"
    return quote(eid, safe=_SAFE)


def from_xml_id(identifier: str) -> str:
    """The eid that `to_xml_id` made `identifier` of."""
    return unquote(identifier)


def writable(words: str) -> str:
    """`words` with U+FFFD for what XML cannot hold (control characters, lone surrogates)."""
    return _UNWRITABLE.sub("\ufffd", words)
