"""The counterparts of each provision of one document in another, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from fragcheck.align import align, relate
from fragcheck.nlp.encoder import load_encoder
from fragcheck.pipeline.options import OnProgress, Progress
from fragcheck.records import Analysis, Annotation, Provision, Relation, TextUnit

__all__ = ["AlignedRow", "align_analyses"]

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A candidate of a left provision, or, with rank 0, the chance that it has none.

    `score` falls with `rank`; `probability` is calibrated, in [0, 1].
    """

    left_id: str
    right_id: str
    rank: int
    score: float
    probability: float
    relation: Relation
    differs: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain values, columns as in DESIGN §9."""
        return {**asdict(self), "relation": self.relation.value, "differs": list(self.differs)}


def align_analyses(
    left: Analysis, right: Analysis, *, top: int = 10, on_progress: OnProgress | None = None
) -> Iterator[AlignedRow]:
    """Yield, per left provision that holds words, a row of rank 0 and then at most `top` candidates.

    Provisions without text and heading (mere containers) are left out on both sides.
    """
    if on_progress is not None:
        label = f"{left.document.title} / {right.document.title}"
        on_progress(Progress("align", 0, 1, label))
    left_rows, right_rows = _worded(left), _worded(right)
    alignment = align(
        [_text_unit(provision) for provision, _ in left_rows.values()],
        [_text_unit(provision) for provision, _ in right_rows.values()],
        top=top,
        encoder=load_encoder(),
    )
    candidates: dict[str, list[AlignedRow]] = {}
    for found in alignment.candidates:
        relation, differs, _ = relate(left_rows[found.left], right_rows[found.right], found.probability)
        row = AlignedRow(
            found.left,
            found.right,
            found.rank,
            round(found.score, _DECIMALS),
            round(found.probability, _DECIMALS),
            relation,
            tuple(differs),
        )
        candidates.setdefault(found.left, []).append(row)
    for key, probability in alignment.no_counterpart_left:
        yield AlignedRow(key, "", 0, 0.0, round(probability, _DECIMALS), Relation.NONE)
        yield from candidates.get(key, ())


def _worded(analysis: Analysis) -> dict[str, tuple[Provision, Annotation]]:
    rows = zip(analysis.segmentation.provisions, analysis.annotations, strict=True)
    return {
        provision.eid: (provision, found) for provision, found in rows if provision.text or provision.heading
    }


def _text_unit(provision: Provision) -> TextUnit:
    return TextUnit(
        key=provision.eid,
        text=provision.text,
        heading=provision.heading,
        context=provision.context,
        language=provision.language,
    )
