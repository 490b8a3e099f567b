"""What several documents ask together: strictest common set, conflicts, definitions, versions."""

from __future__ import annotations

from fragcheck.synthesis.attribution import attribute_change, attribute_divergence
from fragcheck.synthesis.conflicts import conflicts
from fragcheck.synthesis.definitions import compared_definitions
from fragcheck.synthesis.groups import matched_groups
from fragcheck.synthesis.opposition import opposed_matches
from fragcheck.synthesis.redline import redline
from fragcheck.synthesis.strictest import strictest_common_set

__all__ = [
    "attribute_change",
    "attribute_divergence",
    "compared_definitions",
    "conflicts",
    "matched_groups",
    "opposed_matches",
    "redline",
    "strictest_common_set",
]
