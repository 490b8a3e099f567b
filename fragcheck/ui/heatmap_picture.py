"""Heatmaps as SVG: one to download, and small ones side by side, one for every principle."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from fragcheck.ui.cells import RAMP, Cell, ink_on, shade, span_of
from fragcheck.ui.heatmap_chart import INTERVALS, ChartForm, letter

__all__ = ["heatmap_svg", "multiples_file", "multiples_svg", "shares_drawing"]

_CELL = 84
_HEAD = 74
_NAMES = 250
_SMALL = 168
_COLUMNS = 5
#: Of a drawing in the page: room that all cells share, what a cell may take of it, and room for names.
_ROOM, _NARROWEST, _WIDEST, _LEFT = 860, 40, 110, 240
#: Pixels above the cells for slanted words and for letters, and beside the last one for what slants out.
_ABOVE, _LETTERS, _BESIDE = 110, 28, 70


def heatmap_svg(found: Sequence[Cell], form: ChartForm, *, low: float = 0.0, high: float = 1.0) -> str:
    """One heatmap with its title, the names of the rows, values and intervals, as a file of its own.

    Parameters
    ----------
    found : sequence of Cell
        Of `fragcheck.ui.cells.cells`.
    form : ChartForm
        Names of rows and columns with their heads, and the title.
    low, high : float
        Values at the ends of the colours.
    """
    n_columns = len(form.columns or form.names)
    width, height = _NAMES + n_columns * _CELL + 20, _HEAD + len(form.names) * _CELL + 16
    parts = [f'<text x="16" y="30" font-size="18" font-weight="bold">{escape(form.title)}</text>']
    for at in range(n_columns):
        x, head = _NAMES + at * _CELL + _CELL / 2, escape(form.column_head(at))
        parts.append(f'<text x="{x}" y="{_HEAD - 10}" text-anchor="middle">{head}</text>')
    for at, name in enumerate(form.names):
        y = _HEAD + at * _CELL + _CELL / 2
        shown = name if len(name) <= 30 else f"{name[:29]}…"
        words = escape(shown if shown.startswith(form.row_head(at)) else f"{shown} {form.row_head(at)}")
        parts.append(f'<text x="{_NAMES - 12}" y="{y + 5}" text-anchor="end">{words}</text>')
    for cell in found:
        x, y = _NAMES + cell.column * _CELL, _HEAD + cell.row * _CELL
        parts += _box(cell, (x, y, _CELL - 2), (low, high))
        if cell.label:
            ink = ink_on(shade(cell.value, low, high)) if cell.value is not None else "#555555"
            middle = x + (_CELL - 2) / 2
            parts.append(
                f'<text x="{middle}" y="{y + 40}" text-anchor="middle" font-size="17" fill="{ink}">'
                f"{escape(cell.label)}</text>"
            )
            parts.append(
                f'<text x="{middle}" y="{y + 60}" text-anchor="middle" font-size="11" fill="{ink}">'
                f"{escape(cell.interval)}</text>"
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="14" fill="#1a1a1a">'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>'
    )


def _box(cell: Cell, place: tuple[float, float, float], span: tuple[float, float]) -> list[str]:
    """A cell without its words: its colour, or two strokes where neither side says anything."""
    x, y, side = place
    box = f'<rect x="{x}" y="{y}" width="{side}" height="{side}"'
    if cell.value is not None:
        return [f'{box} fill="{shade(cell.value, *span)}"><title>{_said(cell)}</title></rect>']
    found = [f'{box} fill="#88888822"/>']
    if cell.status == "both_silent":
        found += [
            f'<line x1="{x}" y1="{y + side * share}" x2="{x + side * share}" y2="{y}" '
            'stroke="#888888" stroke-width="1.5"/>'
            for share in (0.5, 1.0)
        ]
    return found


def _said(cell: Cell) -> str:
    return escape(f"{cell.label} {cell.interval}".strip())


def shares_drawing(found: Sequence[Cell], form: ChartForm, words: str) -> str:
    """Shares of every row by column, with the names of both, to stand in a page in its colours.

    It needs no library in the browser. A cell of two documents says which they are, for a click:
    ``data-chosen="left|right"``.

    Parameters
    ----------
    found : sequence of Cell
    form : ChartForm
        Names of rows and columns with their heads; whether colours run over the values shown.
    words : str
        What the picture shows, for readers who cannot see it.
    """
    heads = [form.column_head(at) for at in range(len(form.columns or form.names))]
    is_wordy, is_roomy = any(len(head) > 8 for head in heads), form.n <= INTERVALS and not form.columns
    wide, low = max(_NARROWEST, min(_WIDEST, _ROOM // len(heads))), 52 if is_roomy else 30
    top, beside = (_ABOVE, _BESIDE) if is_wordy else (_LETTERS, 0)
    width, height = _LEFT + len(heads) * wide + beside, top + len(form.names) * low
    turned = "rotate(-45)" if is_wordy else ""
    parts = [
        f'<text transform="translate({_LEFT + at * wide + wide // 2} {top - 10}) {turned}" '
        f'text-anchor="{"start" if is_wordy else "middle"}">{escape(head)}</text>'
        for at, head in enumerate(heads)
    ]
    for at, name in enumerate(form.names):
        shown = name if len(name) <= 30 else f"{name[:29]}…"
        label = escape(shown if shown.startswith(form.row_head(at)) else f"{form.row_head(at)} · {shown}")
        y = top + at * low + low // 2 + 4
        parts.append(f'<text x="{_LEFT - 10}" y="{y}" text-anchor="end">{label}</text>')
    span = span_of(found, stretch=form.stretch)
    for cell in found:
        place = (_LEFT + cell.column * wide, top + cell.row * low, wide, low)
        parts.append(_share(cell, form, place, span, is_roomy=is_roomy))
    size = f"width:100%;min-width:{width * 2 // 3}px;max-width:{width}px;height:auto"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" tabindex="0" viewBox="0 0 {width} {height}" '
        f'aria-label="{escape(words, quote=True)}" font-size="13" fill="currentColor" style="{size}">'
        f"{''.join(parts)}</svg>"
    )


def _share(
    cell: Cell,
    form: ChartForm,
    place: tuple[int, int, int, int],
    span: tuple[float, float],
    *,
    is_roomy: bool,
) -> str:
    """A cell with its value and, where there is room, its interval; pointed at, it says what it is of."""
    x, y, wide, low = place
    colour = "#88888822" if cell.value is None else shade(cell.value, *span)
    ink = "currentColor" if cell.value is None else ink_on(colour)
    is_pair = not form.columns and cell.left != cell.right
    chosen = escape(f"{cell.left}|{cell.right}", quote=True)
    click = f' data-chosen="{chosen}" style="cursor:pointer"' if is_pair else ""
    interval = cell.interval if is_roomy else ""
    said = f"{form.names[cell.row]} → {form.column_name(cell.column)}: {cell.label} {cell.interval}".strip()
    said += f" ({cell.why})" if cell.why else ""
    middle = f'x="{x + wide // 2 - 1}" text-anchor="middle" fill="{ink}"'
    lines = ((cell.label, 15 if is_roomy else 12, -3 if interval else 4), (interval, 11, 14))
    drawn = "".join(
        f'<text {middle} y="{y + low // 2 + shift}" font-size="{size}">{escape(words)}</text>'
        for words, size, shift in lines
        if words
    )
    box = f'x="{x}" y="{y}" width="{wide - 2}" height="{low - 2}" fill="{colour}" stroke="#88888855"'
    return f"<g{click}><title>{escape(said)}</title><rect {box}/>{drawn}</g>"


def multiples_svg(
    panels: Sequence[tuple[str, Sequence[Cell]]], n: int, words: str, *, columns: int = _COLUMNS
) -> str:
    """Small heatmaps without words in their cells, on one scale from 0 to 1, to stand in a page.

    Parameters
    ----------
    panels : sequence of (str, sequence of Cell)
        Title and cells of each.
    n : int
        Documents of each.
    words : str
        What the picture shows, for readers who cannot see it.
    columns : int
    """
    parts, width, height = _panels(panels, n, columns)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(words, quote=True)}" '
        f'viewBox="0 0 {width} {height}" style="width:100%;max-width:{width}px;height:auto" '
        f'font-size="14" fill="currentColor">{"".join(parts)}</svg>'
    )


def multiples_file(
    panels: Sequence[tuple[str, Sequence[Cell]]], names: Sequence[str], title: str, ends: tuple[str, str]
) -> str:
    """The same as a file of its own: with a title, the scale, and the documents in the order of the rows.

    Parameters
    ----------
    panels : sequence of (str, sequence of Cell)
    names : sequence of str
        Of the documents, in the order of the rows.
    title : str
    ends : (str, str)
        What the lowest and the highest value mean.
    """
    drawn, width, height = _panels(panels, len(names), _COLUMNS)
    top, line = 78, 20
    stops = "".join(
        f'<stop offset="{at / (len(RAMP) - 1):.3f}" stop-color="{colour}"/>' for at, colour in enumerate(RAMP)
    )
    parts = [
        f'<defs><linearGradient id="scale">{stops}</linearGradient></defs>',
        f'<text x="0" y="18" font-size="18" font-weight="bold">{escape(title)}</text>',
        f'<text x="0" y="50">0 {escape(ends[0])}</text>',
        '<rect x="90" y="38" width="200" height="14" fill="url(#scale)" stroke="#88888855"/>',
        f'<text x="300" y="50">{escape(ends[1])} 1</text>',
        f'<g transform="translate(0 {top})">{"".join(drawn)}</g>',
    ]
    for at, name in enumerate(names):
        y = top + height + 8 + at * line
        parts.append(
            f'<text x="0" y="{y}"><tspan font-weight="bold">{letter(at)}</tspan> {escape(name)}</text>'
        )
    total = top + height + 8 + len(names) * line
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -10 {width + 32} {total + 20}" '
        f'width="{width + 32}" height="{total + 20}" font-family="sans-serif" font-size="14" fill="#1a1a1a">'
        f'<rect x="-16" y="-10" width="{width + 32}" height="{total + 20}" fill="#ffffff"/>'
        f"{''.join(parts)}</svg>"
    )


def _panels(panels: Sequence[tuple[str, Sequence[Cell]]], n: int, columns: int) -> tuple[list[str], int, int]:
    """The panels with their width and height."""
    side = (_SMALL - 2) / max(1, n)
    gap, head = 22, 24
    rows = -(-len(panels) // columns)
    parts = []
    for at, (title, found) in enumerate(panels):
        left, top = (at % columns) * (_SMALL + gap), (at // columns) * (_SMALL + head + gap)
        parts.append(f'<text x="{left}" y="{top + 15}">{escape(title)}</text>')
        for cell in found:
            x, y = left + cell.column * side, top + head + cell.row * side
            parts += _box(cell, (round(x, 2), round(y, 2), round(side - 1, 2)), (0.0, 1.0))
    return parts, columns * (_SMALL + gap), rows * (_SMALL + head + gap)
