"""A comparison as a PDF for people who decide: figures first, then the sharpest differences of each pair."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fragcheck.diverge import DivergenceSettings, divergence_shares
from fragcheck.records import Citation, Comparison, Match, PairResult
from fragcheck.report.figures import heatmap_figure, ramp_figure
from fragcheck.report.fonts import FONT, is_east_asian, marked_up, register_fonts
from fragcheck.report.heatmap import MARKS, interval_words
from fragcheck.report.naming import column_letter, shorten
from fragcheck.report.registers import provenance_table
from fragcheck.report.tables import stricter_sentence
from fragcheck.report.together import Together
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

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Paragraph

__all__ = ["comparison_paper"]

_WIDTH = 487.0  # A4 less margins of 54 points
_MARGIN = 54.0
_LINE = "#c9d0da"
_HEAD = "#16598f"
_SOFT = "#55606e"
_SHARPEST = 5
_CONFLICTS = 12
_QUOTE = 420
_LEGAL = "No legal advice, and no measure of quality: a high D may be a difference of scope."


def comparison_paper(comparison: Comparison, settings: DivergenceSettings, together: Together) -> bytes:
    """Return the PDF report of a comparison on A4: equal bytes for equal results.

    Heatmaps of all principles, then for each pair its figures, who is stricter, the duties that
    remain, and the counterparts that add most to D with the words of both sides; provenance last.

    Parameters
    ----------
    comparison : Comparison
    settings : DivergenceSettings
        Those of the comparison.
    together : Together
        Conflicts and the strictest-common set of the comparison.

    Raises
    ------
    OptionalDependencyMissing
        Where the extra ``report`` is not installed.
    """
    register_fonts()
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    view = view_of(comparison, together.flags)
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=50,
        bottomMargin=50,
        title="Divergence of regulations",
        author="fragcheck",
        lang="en",
        invariant=1,
    )
    story = [*_opening(view), *_multiples(view)]
    story += _conflicts(view, together)
    for pair in comparison.pairs:
        story += _pair(view, pair, settings)
    story += _provenance(view)
    footer = _footer(comparison.run.version)
    template.build(story, onFirstPage=footer, onLaterPages=footer)
    return buffer.getvalue()


def _footer(version: str) -> Any:  # noqa: ANN401 - a callback of an untyped library
    def draw(canvas: Any, document: Any) -> None:  # noqa: ANN401
        canvas.saveState()
        canvas.setFont(FONT, 7)
        canvas.setFillColor(_SOFT)
        canvas.drawString(_MARGIN, 28, f"fragcheck {version}. {_LEGAL}")
        canvas.drawRightString(_MARGIN + _WIDTH, 28, str(document.page))
        canvas.restoreState()

    return draw


def _text(words: str, size: float = 9.0, *, language: str = "", colour: str = "#000000") -> Paragraph:
    """A paragraph of plain words; whatever they hold is shown as it stands."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "text",
        fontName=FONT,
        fontSize=size,
        leading=size * 1.38,
        textColor=colour,
        spaceAfter=size * 0.35,
        wordWrap="CJK" if is_east_asian(words) else None,
        splitLongWords=1,
    )
    return Paragraph(marked_up(words, language), style)


def _heading(words: str, size: float = 14.0) -> Paragraph:
    return _text(words, size, colour=_HEAD)


def _opening(view: View) -> Iterator[Flowable]:
    from reportlab.platypus import Spacer

    yield _heading("Where do these documents diverge?", 20)
    yield _text(
        "D is the share of all requirements of two documents that the other lacks or states differently: "
        "0 the same, 1 nothing in common. Small figures are 90 % intervals of our reading.",
        colour=_SOFT,
    )
    yield Spacer(1, 6)
    yield heatmap_figure(view, "overall", _WIDTH)
    yield ramp_figure(_WIDTH)
    yield Spacer(1, 10)
    rows = [["", "Document", "Title", "Language", "Requirements"]]
    for place, name in enumerate(view.comparison.document_ids):
        source = view.sources[name]
        analysis = source.analysis
        count = sum(len(found.requirements) for found in analysis.annotations)
        title = shorten(analysis.document.title, 200)
        title += f" (compare with care: {source.caution})" if source.caution else ""
        language = analysis.segmentation.language
        rows.append([column_letter(place), source.name, title, language, str(count)])
    yield _table(rows, (18, 120, 229, 50, 70))


def _multiples(view: View) -> Iterator[Flowable]:
    """Small heatmaps of all principles, three in a row."""
    from reportlab.platypus import PageBreak, Table, TableStyle

    names = [each.principle for each in view.comparison.pairs[0].principles]
    width = _WIDTH / 3 - 10
    cells = [[_text(view.label(name), 8), heatmap_figure(view, name, width)] for name in names]
    rows = [cells[start : start + 3] for start in range(0, len(cells), 3)]
    if not rows:
        return
    rows[-1] += [""] * (3 - len(rows[-1]))  # type: ignore[list-item]
    yield PageBreak()
    yield _heading("By principle and control point")
    style = TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    yield Table(rows, colWidths=[_WIDTH / 3] * 3, style=style, hAlign="LEFT")


def _conflicts(view: View, together: Together) -> Iterator[Flowable]:
    """The likeliest conflicts, with the words of both sides."""
    from reportlab.platypus import PageBreak

    if not together.conflicts:
        return
    yield PageBreak()
    yield _heading("Where the documents may not be compatible")
    yield _text("Candidates, the likeliest first: each is to be read by a person.", colour=_SOFT)
    rows: list[list[Any]] = [["", ""]]
    for conflict in together.conflicts[:_CONFLICTS]:
        kind = conflict.kind.value.replace("_", " ")
        rows.append([_citation(view, conflict.left), _citation(view, conflict.right)])
        rows.append([_text(f"{kind}: {conflict.reason}", 8, colour=_HEAD), ""])
    yield _quotes(rows)


def _citation(view: View, citation: Citation) -> list[Paragraph]:
    source = view.sources[citation.document_id]
    place = f"{source.name}, {shorten(source.label(citation.eid), 140)}"
    language = source.analysis.segmentation.language
    return [
        _text(place, 7.5, colour=_SOFT),
        _text(shorten(citation.text, _QUOTE), 8.5, language=language),
    ]


def _pair(view: View, pair: PairResult, settings: DivergenceSettings) -> Iterator[Flowable]:
    from reportlab.platypus import PageBreak, Spacer

    left, right = view.sources[pair.left].name, view.sources[pair.right].name
    yield PageBreak()
    yield _heading(f"{left} and {right}")
    yield _text(f"D = {figure_words(pair.overall.value)}   ({interval_words(pair.overall)})", 12)
    if caution := cautions_of((view.sources[pair.left], view.sources[pair.right])):
        yield _text(f"Compare with care: {caution}")
    yield _text(stricter_sentence(view, pair, pair.overall, settings))
    for met, owed, result in (
        (left, right, pair.left_satisfies_right),
        (right, left, pair.right_satisfies_left),
    ):
        share = share_words(result)
        yield _text(
            f"Whoever complies with {met} meets {share} of {owed} in expectation; {duties_words(result)}."
        )
    rows = [["Principle", "D", "90 % interval", "Reqs. and defs.", "Coverage", "Content", "Force", "Figures"]]
    for each in divergences(pair):
        parts = each.components
        shown = (parts.coverage, parts.content, parts.stringency_abs, parts.parameters_abs)
        rows.append(
            [
                view.label(each.principle),
                figure_words(each.value) + MARKS[each.status],
                interval_words(each),
                f"{each.n_left} / {each.n_right}",
                *map(figure_words, shown),
            ]
        )
    yield _table(rows, (150, 40, 66, 67, 46, 41, 37, 40))
    yield Spacer(1, 8)
    yield from _sharpest(view, pair, settings)


def _sharpest(view: View, pair: PairResult, settings: DivergenceSettings) -> Iterator[Flowable]:
    """The counterparts that add most to D, with the words of both sides."""
    shares = divergence_shares(pair.left_units, pair.right_units, pair.matches, settings, principle="overall")
    added = {(*share.left, *share.right): share.value for share in shares}
    keys = {id(match): (match.left_key, match.right_key) for match in pair.matches}
    ordered = sorted(pair.matches, key=lambda match: (-added.get(keys[id(match)], 0.0), keys[id(match)]))
    kept = [match for match in ordered if match.differs][:_SHARPEST]
    if not kept:
        return
    yield _heading("Where both speak and differ most", 11)
    sides = (view.sources[pair.left].name, view.sources[pair.right].name)
    rows: list[list[Any]] = [[_text(name, 8, colour=_SOFT) for name in sides]]
    for match in kept:
        rows.append(
            [
                _quote(view, pair.left, match.left, match.left_key),
                _quote(view, pair.right, match.right, match.right_key),
            ]
        )
        rows.append([_text(_verdict(match), 8, colour=_HEAD), ""])
    yield _quotes(rows)


def _verdict(match: Match) -> str:
    relation, fields = match.relation.value.replace("_", " "), ", ".join(match.differs)
    marks = "".join(f" ({what} reviewed by {name})" for what, name in match.reviewed)
    return f"{relation}, probability {match.probability:.2f}{marks}; differs in {fields}. {match.rationale}"


def _quote(view: View, document: str, eid: str, key: str) -> list[Paragraph]:
    source = view.sources[document]
    place = ", ".join(filter(None, (shorten(source.label(eid), 160), page_words(source.page(eid)))))
    words = shorten(view.words(document, key), _QUOTE)
    return [
        _text(place, 7.5, colour=_SOFT),
        _text(words, 8.5, language=source.analysis.segmentation.language),
    ]


def _quotes(rows: list[list[Any]]) -> Flowable:
    from reportlab.platypus import Table, TableStyle

    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
    ]
    for number in range(2, len(rows), 2):
        commands += [("SPAN", (0, number), (1, number)), ("LINEBELOW", (0, number), (1, number), 0.5, _LINE)]
        commands.append(("NOSPLIT", (0, number - 1), (1, number)))
    return Table(rows, colWidths=[_WIDTH / 2] * 2, style=TableStyle(commands), repeatRows=1, hAlign="LEFT")


def _table(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Flowable:
    """A table of plain words; the first row is its head."""
    from reportlab.platypus import Table, TableStyle

    cells = [
        [_text(value, 7.5, colour=_SOFT if number == 0 else "#000000") for value in row]
        for number, row in enumerate(rows)
    ]
    style = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ]
    )
    return Table(cells, colWidths=list(widths), style=style, repeatRows=1, hAlign="LEFT")


def _provenance(view: View) -> Iterator[Flowable]:
    from reportlab.platypus import PageBreak

    yield PageBreak()
    yield _heading("Provenance")
    found = provenance_table(view)
    rows = [[column.head for column in found.columns]]
    rows += [["" if value is None else shorten(str(value), 400) for value in row] for row in found.rows]
    yield _table(rows, (110, 160, 217))
