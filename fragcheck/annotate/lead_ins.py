"""Lead-ins of lists: what their items inherit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from fragcheck.records import Provision

__all__ = ["announces_items", "goes_on", "inline_lead_in", "lead_in_of"]

_OPEN_END = re.compile(
    r"(?:[:：—–-]|,|\b(?:shall|must|may|should|to|that|be|the following|following"
    r"|include|includes|including|by|for|of|on))\W*$",
    re.IGNORECASE,
)
_LAST_CLAUSE = re.compile(r"(?:^|(?<=[.;。；!?])\s+|(?<=[。；]))(?=[^.;。；]*$)", re.DOTALL)
#: What announces the items of a Japanese or Korean list, but not cases and conditions.
_ANNOUNCES = re.compile(
    r"(?:次の(?:各号に(?:掲げる|定める)|事項|こと|とおり|書類|措置|方法|行為)|次に掲げる)(?!.*(?:いずれか|該当|場合|とき、))"
    r"|다음 (?:각 [호목]의 (?!어느|경우|구분)|각 [호목]와|사항|서류|행위|조치)"
)
#: When a Korean paragraph was changed: "<개정 2025.10.1>".
_EDITORIAL = re.compile(r"(?:\s*<[^<>]{1,80}>)+$")
_MAX_DEPTH = 4
#: Characters of a lead-in at most; the longest of 22,900 real provisions has 916.
_MAX_WORDS = 1600
_INLINE = re.compile(
    r"(?:[:：—–]|--)\s*[\"“`']*\s*(?:[(（]?(?:[a-zA-Z]|[ivxIVX]{1,5}|\d{1,2}|[一二三四五六七八九十]+)[)）.、]|[①-⑳]|[•▪●◦·*-]\s)"
)
_ITEM = re.compile(
    r"[\"“`'\s]*(?:[(（]?(?P<label>[a-zA-Z]{1,4}|\d{1,3}|[一二三四五六七八九十]+)[)）.、]|[①-⑳•▪●◦·*-])"
)
#: What stands before an item of a list that goes on.
_GOES_ON = re.compile(r"(?:[;；:：—–,，、]|--|[;；,]\s*(?:and|or|und|oder|et|ou|y|e|o|en|of|i|lub))\s*$")


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
        last = _announcing(text) or _last_clause(text)
        if not last or not (_OPEN_END.search(last) or _ANNOUNCES.search(last)):
            break
        kept.append(re.sub(r"\s*[:：—–-]+\s*$", "", last))
        if re.match(r"\s*[A-Z\u3400-\u9fff\uac00-\ud7af\u3041-\u30fa]", last):
            break
    return " ".join(reversed(kept))


def _announcing(text: str) -> str:
    """The closed sentence that announces a Japanese or Korean list: "次の書類を添えなければならない。"."""
    words = _EDITORIAL.sub("", text[-_MAX_WORDS:].rstrip()).rstrip(" 。.")
    last = re.split(r"。|\.\s", words)[-1].strip()
    return " ".join(last.split()) if _ANNOUNCES.search(last) else ""


@lru_cache(maxsize=64)  # asked anew for each item of a list
def _last_clause(text: str) -> str:
    plain = " ".join(text.split())
    borders = [match.end() for match in _LAST_CLAUSE.finditer(plain)]
    return _nearest(plain[borders[-1] :].strip() if borders else plain)


def _nearest(words: str) -> str:
    """The words of a lead-in, of one too long the last: each item of its list is read together with them."""
    return words if len(words) <= _MAX_WORDS else words[-_MAX_WORDS:].partition(" ")[2]


def announces_items(lead_in: str) -> bool:
    """True for a Japanese or Korean lead-in that is a sentence of its own, which its items do not end."""
    return _ANNOUNCES.search(lead_in) is not None


def inline_lead_in(text: str, start: int, end: int) -> str:
    """Lead-in of a list inside one text ("shall: (a) …; (b) …"); empty if none opens here.

    Its items may stand in the same sentence, or begin behind it on lines of their own.
    """
    found = _INLINE.search(text, start, end)
    if found is None:
        # where a blank line parts the lead-in from its first item, the sentence ends with the lead-in
        found = _INLINE.match(text, end - 2 if text[end - 2 : end] == "--" else end - 1)
    return _nearest(" ".join(text[start : found.start()].split())) if found else ""


def goes_on(text: str, opening: int, start: int) -> bool:
    """True where a list goes on with the sentence at `start`.

    Parameters
    ----------
    text : str
    opening : int
        Where the sentence with the lead-in starts; an item numbered as that sentence is stands beside it.
    start : int
    """
    label = _ITEM.match(text, start)
    if label is None:
        return bool(_GOES_ON.search(text, max(0, start - 16), start))
    outer = _ITEM.match(text, opening)
    return outer is None or _numbering(outer["label"]) != _numbering(label["label"])


def _numbering(label: str | None) -> str:
    """How items are numbered: "1", "a", "A", "一", or without numbers."""
    if not label:
        return ""
    return "1" if label.isdigit() else "A" if label.isupper() else "a" if label.isascii() else "一"
