"""Documents to provisions: numbering grammars per drafting tradition, tables of provisions."""

from __future__ import annotations

from fragcheck.segment.segmenter import segment
from fragcheck.segment.tables import read_table

__all__ = ["read_table", "segment"]
