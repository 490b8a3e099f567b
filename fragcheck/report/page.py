"""A comparison as one HTML file that works offline: no script, no request, all text escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from fragcheck.diverge import DivergenceSettings
from fragcheck.records import (
    Citation,
    CommonRequirement,
    Comparison,
    Conflict,
    Interoperability,
    Match,
    PairResult,
    Side,
)
from fragcheck.report.colours import RAMP
from fragcheck.report.heatmap import MARKS, heat_rows, interval_words
from fragcheck.report.naming import column_letter
from fragcheck.report.registers import provenance_table
from fragcheck.report.tables import stricter_sentence
from fragcheck.report.together import Together, parameter_words
from fragcheck.report.view import (
    View,
    cautions_of,
    divergences,
    duties_words,
    figure_words,
    page_words,
    share_words,
    view_of,
)

__all__ = ["comparison_page"]

Piece = tuple[str, bool]
_PARTS = ("coverage", "content", "stringency_abs", "parameters_abs", "definitions")


def comparison_page(comparison: Comparison, settings: DivergenceSettings, together: Together) -> bytes:
    """Return the HTML report of a comparison in UTF-8: equal bytes for equal results.

    Every figure of the heatmaps leads to its pair, every pair to the words behind it. The file
    holds no script and forbids all requests by its content security policy.

    Parameters
    ----------
    comparison : Comparison
    settings : DivergenceSettings
        Those of the comparison.
    together : Together
        Conflicts and the strictest-common set of the comparison.
    """
    from jinja2 import Environment, StrictUndefined

    folder = files("fragcheck.report") / "data"
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string((folder / "page.html").read_text(encoding="utf-8"))
    # Style sheets are ours; they are the only text that is not escaped.
    style = (folder / "page.css").read_text(encoding="utf-8")
    view = view_of(comparison, together.flags)
    text = template.render(
        style=style,
        ramp=RAMP,
        documents=[_document(view, name, place) for place, name in enumerate(comparison.document_ids)],
        maps=_maps(view),
        pairs=[_pair(view, pair, settings) for pair in comparison.pairs],
        conflicts=[_conflict(view, each) for each in together.conflicts],
        strictest=[_common(view, line) for line in together.strictest],
        provenance=provenance_table(view).rows,
        version=comparison.run.version,
    )
    return text.encode()


def _document(view: View, name: str, place: int) -> dict[str, Any]:
    source = view.sources[name]
    document, segmentation = source.analysis.document, source.analysis.segmentation
    return {
        "letter": column_letter(place),
        "name": source.name,
        "title": document.title,
        "caution": source.caution,
        "language": segmentation.language,
        "tradition": segmentation.tradition.value.replace("_", " "),
        "pages": len(document.pages),
        "provisions": len(segmentation.provisions),
        "requirements": sum(len(found.requirements) for found in source.analysis.annotations),
        "sha256": document.id,
        "unread": ", ".join(map(str, document.unread_pages)),
    }


def _maps(view: View) -> list[dict[str, Any]]:
    names = [divergence.principle for divergence in divergences(view.comparison.pairs[0])]
    sources = [view.sources[name] for name in view.comparison.document_ids]
    return [
        {
            "label": view.label(name),
            "rows": [
                {"letter": column_letter(place), "name": source.name, "cells": cells}
                for place, (source, cells) in enumerate(zip(sources, heat_rows(view, name), strict=True))
            ],
        }
        for name in names
    ]


def _pair(view: View, pair: PairResult, settings: DivergenceSettings) -> dict[str, Any]:
    return {
        "left": view.sources[pair.left].name,
        "right": view.sources[pair.right].name,
        "caution": cautions_of((view.sources[pair.left], view.sources[pair.right])),
        "value": figure_words(pair.overall.value),
        "interval": interval_words(pair.overall),
        "status": pair.overall.status.value.replace("_", " "),
        "stricter": stricter_sentence(view, pair, pair.overall, settings),
        "principles": [
            {
                "label": view.label(each.principle),
                "value": figure_words(each.value),
                "mark": MARKS[each.status],
                "interval": interval_words(each),
                "counts": f"{each.n_left} / {each.n_right}",
                "parts": [figure_words(getattr(each.components, part)) for part in _PARTS],
            }
            for each in divergences(pair)
        ],
        "matches": [_match(view, pair, match) for match in pair.matches],
        "gaps": [
            (view.sources[name].name, list(_gaps(view, pair, side)))
            for side, name in ((Side.LEFT, pair.left), (Side.RIGHT, pair.right))
        ],
        "directions": [
            _direction(view, (pair.left, pair.right), pair.left_satisfies_right),
            _direction(view, (pair.right, pair.left), pair.right_satisfies_left),
        ],
    }


def _match(view: View, pair: PairResult, match: Match) -> dict[str, Any]:
    quantities = match.differences.parameter_pairs
    return {
        "left": _quote(view, (pair.left, match.left, match.left_key), [each.left for each in quantities]),
        "right": _quote(
            view, (pair.right, match.right, match.right_key), [each.right for each in quantities]
        ),
        "relation": match.relation.value.replace("_", " "),
        "is_contrary": match.relation.value == "contrary",
        "probability": figure_words(match.probability),
        "differs": match.differs,
        "why": match.rationale,
        "reviewed": [f"{what} reviewed by {name}" for what, name in match.reviewed],
    }


def _quote(view: View, place: tuple[str, str, str], marked: Sequence[str] = ()) -> dict[str, Any]:
    document, eid, key = place
    source = view.sources[document]
    return {
        "place": source.label(eid),
        "eid": eid,
        "page": page_words(source.page(eid)),
        "language": source.analysis.segmentation.language,
        "pieces": _pieces(view.words(document, key), marked),
    }


def _pieces(words: str, marked: Sequence[str]) -> list[Piece]:
    """The words in pieces, those that are equal to one of `marked` flagged."""
    pieces: list[Piece] = [(words, False)]
    for mark in filter(None, marked):
        for place, (piece, is_marked) in enumerate(pieces):
            before, found, after = piece.partition(mark)
            if found and not is_marked:
                pieces[place : place + 1] = [(before, False), (found, True), (after, False)]
                break
    return [piece for piece in pieces if piece[0]]


def _gaps(view: View, pair: PairResult, side: Side) -> Iterator[dict[str, Any]]:
    name = pair.left if side is Side.LEFT else pair.right
    for gap in pair.gaps:
        if gap.side is side:
            yield {**_quote(view, (name, gap.eid, gap.key)), "probability": figure_words(gap.probability)}


def _direction(view: View, names: tuple[str, str], result: Interoperability) -> dict[str, Any]:
    met, owed = names
    return {
        "met": view.sources[met].name,
        "owed": view.sources[owed].name,
        "share": share_words(result),
        "remaining": duties_words(result),
        "duties": [
            {
                **_quote(view, (owed, duty.eid, duty.key)),
                "reasons": [reason.replace("_", " ") for reason in duty.reasons],
                "closest": view.sources[met].label(duty.counterpart_eid) if duty.counterpart_eid else "",
            }
            for duty in result.duties
        ],
    }


def _cited(view: View, citation: Citation) -> dict[str, Any]:
    source = view.sources[citation.document_id]
    return {
        "place": f"{source.name}, {source.label(citation.eid)}",
        "eid": citation.eid,
        "page": page_words(source.page(citation.eid)),
        "language": source.analysis.segmentation.language,
        "pieces": [(citation.text, False)],
    }


def _conflict(view: View, conflict: Conflict) -> dict[str, Any]:
    return {
        "kind": conflict.kind.value.replace("_", " "),
        "probability": figure_words(conflict.probability),
        "reason": conflict.reason,
        "left": _cited(view, conflict.left),
        "right": _cited(view, conflict.right),
    }


def _common(view: View, line: CommonRequirement) -> dict[str, Any]:
    return {
        "modality": line.modality.value,
        "quantities": [parameter_words(view, parameter) for parameter in line.parameters],
        "strictest": _cited(view, line.strictest),
        "others": [_cited(view, clause) for clause in line.clauses if clause != line.strictest],
    }
