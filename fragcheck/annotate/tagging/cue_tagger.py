"""Tags by a taxonomy of the user's own, for which no classifier was trained: its cue phrases decide."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from fragcheck.annotate.tagging.cues import CueMatcher
from fragcheck.annotate.tagging.passages import word_count
from fragcheck.annotate.tagging.tagger import scored_text
from fragcheck.records import Provision, Tag
from fragcheck.taxonomy import Taxonomy

__all__ = ["CUE_THRESHOLD", "CueTagger", "cue_score"]

#: Score from which a tag is on: one cue in 25 words, two in 100.
CUE_THRESHOLD = 0.5


class _ControlPoints(Protocol):
    def tag(self, provisions: Sequence[Provision]) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]: ...


def cue_score(n_cues: float, n_words: float) -> float:
    """Score of a text of `n_words` that holds `n_cues` cues: 1 - 2^(-5·n_cues/√n_words), in [0, 1).

    Cues count against the square root of the length, as in a keyword rule: a
    long text holds some cue by chance. The score is no calibrated probability.
    """
    return 1 - 2 ** (-5 * n_cues / math.sqrt(max(n_words, 1.0)))


class CueTagger:
    """Tags provisions with a user's taxonomy in place of the principles.

    Parameters
    ----------
    taxonomy : Taxonomy
    trained : tagger
        Gives the control points of sovereignty, which stay those of the package.

    Attributes
    ----------
    thresholds : mapping of str to float
        Score from which a tag is on.
    """

    def __init__(self, taxonomy: Taxonomy, trained: _ControlPoints) -> None:
        self._matcher = CueMatcher(taxonomy)
        self._trained = trained
        self._source = f"cues/{taxonomy.name} {taxonomy.version} {taxonomy.sha256[:12]}"
        self.thresholds: Mapping[str, float] = dict.fromkeys(taxonomy.ids, CUE_THRESHOLD)

    def tag(self, provisions: Sequence[Provision]) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]:
        """Entries of the taxonomy, with score and cues, and control points of each provision.

        Cues in the heading and in the context count half as much as those in the text.
        """
        control_points = [points for _, points in self._trained.tag(provisions)]
        return [
            (self._tags(provision), points)
            for provision, points in zip(provisions, control_points, strict=True)
        ]

    def _tags(self, provision: Provision) -> tuple[Tag, ...]:
        item = scored_text(provision)
        found = self._matcher.find(item.text, item.language)
        above = self._matcher.find(item.context, item.language)
        words = word_count(item.text)
        tags = []
        for name in self._matcher.ids:
            score = round(cue_score(len(found[name]) + min(len(above[name]), 1) / 2, words), 4)
            tags.append(Tag(name, score, score >= CUE_THRESHOLD, tuple(found[name]), self._source))
        return tuple(tags)
