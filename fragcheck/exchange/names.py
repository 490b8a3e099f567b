"""Identifiers that the exchange formats ask for, made from ids alone: equal input, equal identifiers."""

from __future__ import annotations

import re
import unicodedata
import uuid

from fragcheck.records import CrosswalkSide, Provision

__all__ = ["identifier", "metadata_of", "one_line", "slug", "title_of", "token"]

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:fragcheck")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_IN_TOKEN = re.compile(r"[^\w\-.]|^[\d\-.]", re.ASCII)
_TITLE = 160


def identifier(*parts: str) -> str:
    """Return a version 5 UUID over `parts` (RFC 9562): the same parts give the same UUID."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(parts)))


def slug(text: str, digest: str) -> str:
    """Return `text` in lower-case letters, digits and hyphens, told apart by the start of a hash."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(filter(None, (_NOT_IN_SLUG.sub("-", plain).strip("-")[:40].strip("-"), digest[:8])))


def token(eid: str) -> str:
    """Return `eid` as an OSCAL token: it begins with a letter or ``_`` and holds no other signs than ``-_.``.

    Signs that cannot stand where they are become ``_x…_`` with their number in hexadecimal.
    """
    return _NOT_IN_TOKEN.sub(lambda sign: f"_x{ord(sign[0]):x}_", eid)


def one_line(text: str) -> str:
    """Return `text` with every run of white space as one space."""
    return " ".join(text.split())


def title_of(provision: Provision) -> str:
    """Number and heading of a provision, or number and first words; never empty."""
    words = one_line(f"{provision.num} {provision.heading or provision.text}") or provision.eid
    return words if len(words) <= _TITLE else words[: _TITLE - 1].rstrip() + "…"


def metadata_of(side: CrosswalkSide, name: str) -> str:
    """What the file said of itself under `name`; empty where it said nothing."""
    return dict(side.document.metadata).get(name, "")
