"""Lead-ins of lists: what their items inherit."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fragcheck.records import Provision

__all__ = ["inline_lead_in", "lead_in_of"]

_OPEN_END = re.compile(
    r"(?:[:：—–-]|,|\b(?:shall|must|may|should|to|that|be|the following|following"
    r"|include|includes|including|by|for|of|on))\W*$",
    re.IGNORECASE,
)
_LAST_CLAUSE = re.compile(r"(?:^|(?<=[.;。；!?])\s+|(?<=[。；]))(?=[^.;。；]*$)", re.DOTALL)
_MAX_DEPTH = 4
_INLINE = re.compile(
    r"(?:[:：—–]|--)\s*[\"“`']*\s*(?:[(（]?(?:[a-zA-Z]|[ivxIVX]{1,5}|\d{1,2}|[一二三四五六七八九十]+)[)）.、]|[①-⑳])"
)


def lead_in_of(provision: Provision, by_eid: Mapping[str, Provision]) -> str:
    """The words that introduce an item, with those of the lists around it; empty where there are none.

    Parameters
    ----------
    provision : Provision
    by_eid : mapping of str to Provision
        Provisions of the same document. Where the parent is not among them,
        the last segments of `provision.context` are read.
    """
    parent = by_eid.get(provision.parent or "")
    if parent is not None and parent.eid != provision.eid:
        return _from_parents(parent, by_eid)
    segments = [segment.strip() for segment in provision.context.split(" > ")]
    return _joined(list(reversed(segments)))


def _from_parents(parent: Provision, by_eid: Mapping[str, Provision]) -> str:
    texts: list[str] = []
    seen: set[str] = set()
    node: Provision | None = parent
    while node is not None and node.eid not in seen and len(texts) < _MAX_DEPTH:
        seen.add(node.eid)
        texts.append(node.text)
        outer = by_eid.get(node.parent or "")
        if outer is None:
            texts += [segment.strip() for segment in reversed(node.context.split(" > "))]
        node = outer
    return _joined(texts)


def _joined(innermost_first: list[str]) -> str:
    """Lead-ins from the innermost outwards as long as each one is left open, then in reading order."""
    kept: list[str] = []
    for text in innermost_first[:_MAX_DEPTH]:
        last = _last_clause(text)
        if not last or not _OPEN_END.search(last):
            break
        kept.append(re.sub(r"\s*[:：—–-]+\s*$", "", last))
        if re.match(r"\s*[A-Z\u3400-\u9fff\uac00-\ud7af\u3041-\u30fa]", last):
            break
    return " ".join(reversed(kept))


def _last_clause(text: str) -> str:
    plain = " ".join(text.split())
    borders = [match.end() for match in _LAST_CLAUSE.finditer(plain)]
    return plain[borders[-1] :].strip() if borders else plain


def inline_lead_in(text: str, start: int, end: int) -> str:
    """Lead-in of a list inside one paragraph ("shall: (a) …; (b) …"); empty if none opens here."""
    found = _INLINE.search(text, start, end)
    return " ".join(text[start : found.start()].split()) if found else ""
