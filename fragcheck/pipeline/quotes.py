"""The words behind a comparison: every requirement and definition with its place in the document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from fragcheck.records import Analysis, Provision, Span, Unit

__all__ = ["digest_of", "quotes_json", "unit_quote"]

Json = dict[str, Any]


def quotes_json(analysis: Analysis, units: Sequence[Unit]) -> list[Json]:
    """Return the units of a document: key, eid, words, their characters in the provision, page and boxes.

    `text` is ``provision.text[start:end]`` where the words stand together, which is checked by
    ``fragcheck verify``; `page` is None for documents without pages.
    """
    provisions = {provision.eid: provision for provision in analysis.segmentation.provisions}
    return [_quote(unit, provisions[unit.eid]) for unit in units]


def unit_quote(unit: Unit) -> tuple[str, int, int]:
    """The words of a unit, and the characters of its provision's text that hold them."""
    if unit.requirement is not None:
        return unit.requirement.text, unit.requirement.start, unit.requirement.end
    if unit.definition is not None:
        return unit.definition.definiens, unit.definition.start, unit.definition.end
    return unit.text_unit.text, 0, len(unit.text_unit.text)


def _quote(unit: Unit, provision: Provision) -> Json:
    text, start, end = unit_quote(unit)
    spans = _spans_of(provision, start, end)
    return {
        "key": unit.key,
        "eid": unit.eid,
        "term": unit.definition.term if unit.definition is not None else None,
        "text": text,
        "start": start,
        "end": end,
        "page": min((span.page for span in spans), default=None),
        "boxes": [[span.page, *(round(side, 2) for side in span.bbox)] for span in spans],
    }


def _spans_of(provision: Provision, start: int, end: int) -> list[Span]:
    """The printed places of some characters; those of the whole provision where none is that fine."""
    found = [span for span in provision.spans if span.start < end and span.end > start]
    return found or list(provision.spans)


def digest_of(result: Mapping[str, Any]) -> str:
    """Return the sha256 of a result without its own digest, over compact JSON in the order of its keys."""
    content = {name: value for name, value in result.items() if name != "digest"}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
