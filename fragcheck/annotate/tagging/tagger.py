"""Tags of provisions from the trained classifier, with the words behind each tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fragcheck.annotate.tagging.cues import CueMatcher
from fragcheck.annotate.tagging.features import FeatureSpace, SubwordEncoder
from fragcheck.annotate.tagging.model import TaggingModel, load_model
from fragcheck.annotate.tagging.passages import placed_terms, stem
from fragcheck.annotate.tagging.scoring import ScoredText, passage_margins, pooled, probabilities
from fragcheck.errors import ModelMismatch
from fragcheck.nlp import detect_language
from fragcheck.nlp.encoder import load_encoder
from fragcheck.records import Provision, Tag
from fragcheck.taxonomy import Taxonomy, load_taxonomy

__all__ = ["PrincipleTagger", "load_tagger", "load_tagger_from", "packaged_model", "scored_text"]

#: Most weighted terms that are shown as evidence beside the cues.
_SHOWN_TERMS = 3
#: Words with a smaller idf, in one of about twelve training texts or more, are evidence of nothing: "shall".
_LEAST_IDF = 3.5
#: Share of the strongest word's weight that a further one needs to be shown.
_LEAST_SHARE = 0.3
#: Terms whose weights are kept from one call to the next.
_MOST_TERMS = 200_000
#: Probability from which the cues of a tag are shown.
_LEAST_EVIDENCED = 0.1


class _Weighted(NamedTuple):
    """A term in a text: what it and its stem weigh for each tag, and where it is."""

    weights: tuple[float, ...]
    start: int
    end: int


class PrincipleTagger:
    """Tags provisions with principles and sovereignty control points.

    Parameters
    ----------
    model : TaggingModel
    encoder : SubwordEncoder
        The one that the model was trained with.

    Attributes
    ----------
    version : str
        Version of the model.
    sha256 : str
        Hash of the model's arrays.
    thresholds : mapping of str to float
        Probability from which a tag is on.

    Raises
    ------
    ModelMismatch
        Where encoder, concepts or taxonomies are not those that the model was trained with.
    """

    def __init__(self, model: TaggingModel, encoder: SubwordEncoder) -> None:
        taxonomies = load_taxonomy("principles"), load_taxonomy("sovereignty")
        _check(model, encoder, taxonomies)
        self._model = model
        self._matchers = tuple(CueMatcher(taxonomy) for taxonomy in taxonomies)
        self._n_principles = len(taxonomies[0].ids)
        self._space = FeatureSpace(
            model.idf,
            model.stems,
            model.concepts,
            model.centre,
            model.settings,
            self._matchers,
            encoder,
        )
        #: What the terms seen so far weigh; bounded, see `tag`.
        self._weights: dict[str, tuple[float, ...]] = {}
        self._column = {term: index for index, term in enumerate((*model.idf, *model.stems))}
        self.version = model.version
        self.sha256 = model.sha256
        self.thresholds: Mapping[str, float] = dict(zip(model.tags, model.threshold.tolist(), strict=True))

    def tag(self, provisions: Sequence[Provision]) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]:
        """Principles and control points of each provision.

        Parameters
        ----------
        provisions : sequence of Provision
            Heading and context can add a tag, in short fragments above all, and
            take none away. A provision without `language` is tagged in
            the one that its text is found to be in.

        Returns
        -------
        list of (tuple of Tag, tuple of Tag)
            For each provision every principle, then every control point, in the
            taxonomies' order, with a probability in [0, 1]; evidence are the
            character ranges of cues, from a probability of 0.1, and, where the tag
            is on, of the words with most weight: increasing, without overlap.
        """
        if len(self._weights) > _MOST_TERMS:
            self._weights = {}
        items = [scored_text(provision) for provision in provisions]
        chances = self.probabilities(items)
        return [self._tags(item, row) for item, row in zip(items, chances, strict=True)]

    def probabilities(self, items: Sequence[ScoredText]) -> NDArray[np.float64]:
        """Calibrated probabilities, shape (n, n_tags), tags in the model's order."""
        if not items:
            return np.zeros((0, len(self._model.tags)))
        settings = self._model.settings
        margins, owner = passage_margins(
            self._space, items, self._model.weights, self._model.bias, settings["context_words"]
        )
        whole = pooled(margins, owner, len(items), int(settings["peak_passages"]))
        return probabilities(whole, self._model.slope, self._model.offset)

    def _tags(
        self, item: ScoredText, chances: NDArray[np.float64]
    ) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
        on = chances >= self._model.threshold
        weighted = self._weighted_terms(item.text) if on.any() else []
        source = f"fragcheck-principles/{self.version}"
        tags = []
        for index, name in enumerate(self._model.tags):
            spans: list[tuple[int, int]] = []
            if chances[index] >= _LEAST_EVIDENCED:
                matcher = self._matchers[index >= self._n_principles]
                spans = matcher.find_entry(name, item.text, item.language)
            if on[index]:
                spans = spans + _strongest(weighted, index)
            tags.append(Tag(name, float(chances[index]), bool(on[index]), _without_overlap(spans), source))
        return tuple(tags[: self._n_principles]), tuple(tags[self._n_principles :])

    def _weighted_terms(self, text: str) -> list[_Weighted]:
        found: list[_Weighted] = []
        known = self._weights
        for term, start, end in placed_terms(text):
            weights = known.get(term)
            if weights is None:
                weights = known[term] = self._weights_of(term)
            if weights:
                found.append(_Weighted(weights, start, end))
        return found

    def _weights_of(self, term: str) -> tuple[float, ...]:
        """What a term and its stem weigh for each tag; empty where it is evidence of nothing."""
        parts = self._parts_of(term)
        if not parts:
            return ()
        return tuple(
            sum(value * float(weights[column]) for column, value in parts) for weights in self._model.weights
        )

    def _parts_of(self, term: str) -> tuple[tuple[int, float], ...]:
        """Columns of a term and of its stem with their values; none where it is evidence of nothing."""
        idf, stems, settings = self._model.idf, self._model.stems, self._model.settings
        # a pair with a function word says no more than its other word
        if min(idf.get(word, _LEAST_IDF) for word in term.split()) < _LEAST_IDF:
            return ()
        parts = []
        if term in idf:
            parts.append((self._column[term], settings["term_weight"] * idf[term]))
        cut = stem(term)
        if stems.get(cut, 0.0) >= _LEAST_IDF:
            parts.append((self._column[cut], settings["stem_weight"] * stems[cut]))
        return tuple(parts)


def _strongest(weighted: Sequence[_Weighted], tag: int) -> list[tuple[int, int]]:
    ranked = nsmallest(_SHOWN_TERMS, [(-item.weights[tag], item.start, item.end) for item in weighted])
    if not ranked:
        return []
    least = min(_LEAST_SHARE * ranked[0][0], 0.0)
    return [(start, end) for value, start, end in ranked if value < 0 and value <= least]


def _without_overlap(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def scored_text(provision: Provision) -> ScoredText:
    """What is scored of a provision; its language is detected where it names none."""
    context = " > ".join(part for part in (provision.context, provision.heading) if part)
    language = provision.language
    if not language:
        # Capitals mislead the detector.
        seen = provision.text or context
        language = detect_language(seen.lower() if seen.isupper() else seen)[0]
    return ScoredText(provision.text, context, language)


def _check(model: TaggingModel, encoder: SubwordEncoder, taxonomies: Sequence[Taxonomy]) -> None:
    wanted = {
        "encoder": encoder.sha256,
        "concepts": encoder.concepts_sha256,
        **{item.name: item.sha256 for item in taxonomies},
    }
    for name, found in wanted.items():
        if model.hashes.get(name) != found:
            raise ModelMismatch(
                f"the tagging model {model.version} was trained with {name} {model.hashes.get(name)}, "
                f"but {found} is installed: reinstall fragcheck or train again"
            )


def packaged_model() -> Path:
    """Folder of the model that ships with the package."""
    return Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def load_tagger() -> PrincipleTagger:
    """The tagger that ships with the package; loaded once per process.

    Raises
    ------
    ModelMissing, ModelMismatch
        Where model or encoder is absent or not the one on record.
    """
    return PrincipleTagger(load_model(packaged_model()), load_encoder())


def load_tagger_from(folder: str | Path) -> PrincipleTagger:
    """A tagger with the model that ``fragcheck train`` wrote to `folder`.

    Raises
    ------
    ModelMissing, ModelMismatch
        As `load_tagger`.
    """
    return PrincipleTagger(load_model(Path(folder)), load_encoder())
