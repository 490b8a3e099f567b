"""Documents to provisions: numbering grammars per drafting tradition, tables of provisions, references."""

from __future__ import annotations

from fragcheck.segment.corrections import apply_corrections, lost_notice, merge_targets, split_offset
from fragcheck.segment.cross_references import find_references
from fragcheck.segment.nature import Nature, nature_of
from fragcheck.segment.segmenter import segment
from fragcheck.segment.tables import read_table

__all__ = [
    "Nature",
    "apply_corrections",
    "find_references",
    "lost_notice",
    "merge_targets",
    "nature_of",
    "read_table",
    "segment",
    "split_offset",
]
