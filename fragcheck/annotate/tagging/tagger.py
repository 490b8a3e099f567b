"""Tags of provisions from the cue phrases of the taxonomies."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from fragcheck.annotate.tagging.cues import CueMatcher
from fragcheck.records import Provision, Tag
from fragcheck.taxonomy import load_taxonomy

__all__ = ["PrincipleTagger", "load_tagger"]


class PrincipleTagger:
    """Tags provisions with principles and sovereignty control points."""

    version = "0-cues"

    def __init__(self) -> None:
        principles, sovereignty = load_taxonomy("principles"), load_taxonomy("sovereignty")
        self.sha256 = principles.sha256
        self.thresholds: Mapping[str, float] = dict.fromkeys((*principles.ids, *sovereignty.ids), 0.5)
        self._matchers = CueMatcher(principles), CueMatcher(sovereignty)

    def tag(self, provisions: Sequence[Provision]) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]:
        """Principles and control points of each provision."""
        principles, sovereignty = self._matchers
        return [(self._tags(principles, item), self._tags(sovereignty, item)) for item in provisions]

    def _tags(self, matcher: CueMatcher, provision: Provision) -> tuple[Tag, ...]:
        found = matcher.find(provision.text, provision.language)
        words = len(provision.text.split())
        tags = []
        for name, spans in found.items():
            probability = round(1 - math.exp(-3 * len(spans) / math.sqrt(words + 1)), 4)
            is_on = probability >= self.thresholds[name]
            tags.append(Tag(name, probability, is_on, tuple(spans), f"fragcheck-principles/{self.version}"))
        return tuple(tags)


def load_tagger() -> PrincipleTagger:
    """The tagger that ships with the package."""
    return PrincipleTagger()
