"""Reviewed provisions as labels for ``fragcheck train``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fragcheck.pipeline.reviewing import reviewed_analysis
from fragcheck.records import REVIEWED_BY, Analysis, Review
from fragcheck.taxonomy import load_taxonomy

__all__ = ["LABEL_COLUMNS", "review_labels"]

#: The columns that ``fragcheck train --labels`` reads.
LABEL_COLUMNS = ("id", "language", "tradition", "context", "text", "principles", "sovereignty")


def review_labels(
    analyses: Sequence[Analysis], reviews: Iterable[Review], *, whole: bool = True
) -> Iterator[dict[str, str]]:
    """Yield a row per provision of which tags were reviewed, its tags as they are in force.

    A label says of every principle whether it is borne. Tags of such a provision that no one reviewed
    are the machine's, which a model trained on them would only learn to repeat.

    Parameters
    ----------
    analyses : sequence of Analysis
        As the machine read them.
    reviews : iterable of Review
        Those in force.
    whole : bool
        Only provisions whose tags were all reviewed; False takes those with one reviewed tag or more.

    Notes
    -----
    A text is given once: the training wants no text twice. Tags of a taxonomy of the user's are left out.
    """
    known = {name: load_taxonomy(name).ids for name in ("principles", "sovereignty")}
    seen: set[str] = set()
    settled = tuple(reviews)
    for analysis in analyses:
        found = reviewed_analysis(analysis, settled).analysis
        pairs = zip(found.segmentation.provisions, found.annotations, strict=True)
        for provision, annotation in pairs:
            tags = (*annotation.tags, *annotation.sovereignty)
            marks = [tag.source.startswith(REVIEWED_BY) for tag in tags]
            text = " ".join(provision.text.split())
            if not any(marks) or (whole and not all(marks)) or not text or text in seen:
                continue
            seen.add(text)
            on = [tag.principle for tag in tags if tag.is_on]
            yield {
                "id": f"{analysis.document.id[:12]}/{provision.eid}",
                "language": provision.language or found.segmentation.language,
                "tradition": found.segmentation.tradition.value,
                "context": provision.context,
                "text": text,
                "principles": ";".join(name for name in on if name in known["principles"]),
                "sovereignty": ";".join(name for name in on if name in known["sovereignty"]),
            }
