"""Documents to provisions: numbering grammars per drafting tradition, tables of provisions."""

from __future__ import annotations

from fragcheck.segment.corrections import apply_corrections, lost_notice, merge_targets, split_offset
from fragcheck.segment.segmenter import segment
from fragcheck.segment.tables import read_table

__all__ = ["apply_corrections", "lost_notice", "merge_targets", "read_table", "segment", "split_offset"]
