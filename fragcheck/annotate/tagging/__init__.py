"""Tags of provisions: principles and sovereignty control points, with probability and evidence."""

from __future__ import annotations

from fragcheck.annotate.tagging.tagger import PrincipleTagger, load_tagger

__all__ = ["PrincipleTagger", "load_tagger"]
