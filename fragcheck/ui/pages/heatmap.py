"""The start page: all pairs at a glance for a chosen principle."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from fragcheck.records import Comparison
from fragcheck.ui import seats, session
from fragcheck.ui.address import ORDERS, document_of, token
from fragcheck.ui.apart import ApartRow, apart_chart, apart_rows, apart_svg
from fragcheck.ui.cells import (
    MEASURES,
    Cell,
    cells,
    cluster_order,
    document_names,
    document_title,
    extremes,
    figure,
    is_narrow,
    is_saturated,
    principles_of,
    span_of,
)
from fragcheck.ui.folded import folded
from fragcheck.ui.heatmap_chart import INTERVALS, SELECTION, ChartForm, heatmap_chart, legend_strip, letter
from fragcheck.ui.heatmap_picture import heatmap_svg, multiples_file, multiples_svg
from fragcheck.ui.jobs import Job
from fragcheck.ui.matrix import Matrix, MatrixShelf, matrix_of
from fragcheck.ui.pages.overview import CELLS, Overview
from fragcheck.ui.parts import png_button, show_drawing
from fragcheck.ui.progress import comparison_or_progress
from fragcheck.ui.setline import document_flags, set_line, unread_notices
from fragcheck.ui.table_files import Row, downloads
from fragcheck.ui.table_files import table_of as table_of_rows
from fragcheck.ui.texts import plain, section, text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["principle_rows", "show", "table_of"]

#: Documents up to which every principle is drawn: beyond, a page would hold tens of thousands of cells.
MULTIPLES = 30

#: Pairs on the chart of agreement.
APART = 45


def show() -> None:
    """Show the heatmap of the set in view, or its progress; or the tables of a batch."""
    if session.current().matrix:
        _show_batch(session.current().matrix)
        return
    job = session.current_job()
    st.subheader(text("heatmap.title"), anchor=False)
    set_line(job)
    comparison = comparison_or_progress(job)
    if comparison is None:
        return
    _Heatmap(job, comparison).show()


@st.cache_resource(max_entries=12, show_spinner=False)
def _matrix(root: Path, name: str, principle: str, _shelf: MatrixShelf) -> Matrix:
    del root  # of the shelf: what one project keeps is not found by another
    return _shelf.load(name, principle)


def _show_batch(name: str) -> None:
    """The tables of a batch as a matrix."""
    st.subheader(text("heatmap.title"), anchor=False)
    st.button(
        text("overview.leave"),
        icon=":material/arrow_back:",
        key="leave_matrix",
        on_click=lambda: session.change(matrix="", zoom="", group="none"),
    )
    principle = session.bound_select(
        "principle", text("heatmap.principle"), session.known_principles(), session.principle_name
    )
    shelf = seats.matrices()
    matrix = _matrix(shelf.root, name, principle, shelf)
    Overview(matrix, text("measures.divergence"), None).show()


class _Heatmap:
    """The page for one finished comparison."""

    def __init__(self, job: Job, comparison: Comparison) -> None:
        self.job = job
        self.comparison = comparison
        names = document_names(comparison.analyses)
        self.names = dict(zip(comparison.document_ids, names, strict=True))
        self.flags = document_flags(comparison)
        self.places = st.columns([2, 3, 2], vertical_alignment="bottom")

    def show(self) -> None:
        """Controls, chart, and the same for those who cannot use the chart."""
        principle, measure = self._controls()
        if len(self.comparison.document_ids) > CELLS:
            matrix = matrix_of(self.comparison, principle, measure)
            Overview(matrix, text(f"measures.{measure}"), self._go).show()
            self._open_pair()
            unread_notices(self.job)
            return
        order = self._order()
        positions = (
            cluster_order(self.comparison, principle)
            if order == "cluster"
            else tuple(range(len(self.comparison.document_ids)))
        )
        found = cells(self.comparison, principle, measure, positions)
        self._chart(found, positions, stretch=self._stretch(found))
        self._open_pair()
        unread_notices(self.job)
        self._apart(principle, is_open=measure == "divergence" and is_saturated(found))
        self._multiples(measure, positions)
        self._table(found, positions)

    def _controls(self) -> tuple[str, str]:
        with self.places[0]:
            principle = session.bound_select(
                "principle",
                text("heatmap.principle"),
                principles_of(self.comparison),
                session.principle_name,
            )
        with self.places[1]:
            measure = session.bound_select(
                "measure", text("heatmap.measure"), tuple(MEASURES), section("measures").__getitem__
            )
        st.caption(text(f"measure_help.{measure}"))
        return principle, measure

    def _order(self) -> str:
        with self.places[2]:
            return session.bound_select(
                "order", text("heatmap.order"), ORDERS, lambda name: text(f"heatmap.order_{name}")
            )

    def _stretch(self, found: tuple[Cell, ...]) -> bool:
        """Whether colours run over the values shown; on at first where 0 to 1 would hide them."""
        st.session_state.setdefault("stretch", is_narrow(found))
        stretch = st.toggle(text("heatmap.stretch"), key="stretch", help=text("heatmap.stretch_help"))
        if session.current().measure == "divergence" and is_saturated(found):
            st.caption(text("heatmap.saturated"))
        return stretch

    def _chart(self, found: tuple[Cell, ...], positions: tuple[int, ...], *, stretch: bool) -> None:
        state = session.current()
        ids = self.comparison.document_ids
        form = ChartForm(
            tuple(self.names[ids[index]] for index in positions), text(f"measures.{state.measure}"), stretch
        )
        highest, lowest = extremes(found, self.names)
        turn = st.session_state.setdefault("heatmap_turn", 0)
        event = st.vega_lite_chart(
            heatmap_chart(found, form),
            key=f"heatmap_{turn}",
            on_select="rerun",
            selection_mode=[SELECTION],
            alt=text(
                "heatmap.alt",
                measure=text(f"measures.{state.measure}"),
                principle=session.principle_name(state.principle),
                n=len(ids),
                highest=highest,
                lowest=lowest,
            ),
        )
        is_share = state.measure == "interoperability"
        st.html(legend_strip(*span_of(found, stretch=stretch), is_share=is_share))
        where = "marks.legend_interval" if form.n <= INTERVALS else "marks.legend_pointed"
        st.caption(f"{text('heatmap.click')} {text('marks.legend')} · {text(where)}")
        st.caption("  \n".join(self._key(row, index) for row, index in enumerate(positions)))
        self._follow(event.get("selection", {}).get(SELECTION) or [])

    def _key(self, row: int, index: int) -> str:
        """Letter, name and title of a document, in Markdown."""
        title = document_title(self.comparison.analyses[index])
        name = plain(self.names[self.comparison.document_ids[index]])
        flags = self.flags.get(self.comparison.document_ids[index], ())
        marks = "".join(f" · :material/flag: **{section('flags')[flag.value]}**" for flag in flags)
        return f"**{letter(row)}** {name}" + (f" · {plain(title)}" if title else "") + marks

    def _follow(self, clicked: list[dict[str, str]]) -> None:
        """Open the pair of a click; the chart gets a new key, so that coming back does not click again."""
        if not clicked:
            return
        st.session_state["heatmap_turn"] += 1
        left, right = (str(clicked[0].get(side, "")) for side in ("left", "right"))
        if left != right and {left, right} <= set(self.comparison.document_ids):
            self._go(left, right)

    def _go(self, left: str, right: str) -> None:
        session.change(left=token(left), right=token(right), eid="")
        st.switch_page(st.session_state["pages"]["pair"], query_params=st.query_params.to_dict())

    def _open_pair(self) -> None:
        """The way to a pair by keyboard."""
        ids = self.comparison.document_ids
        state = session.current()
        known = document_of(state.left, ids), document_of(state.right, ids)
        with st.form("open_pair", border=False):
            first, second, third = st.columns([3, 3, 1], vertical_alignment="bottom")
            left = first.selectbox(
                f"{text('heatmap.open_pair')}: {text('heatmap.col_left')}",
                ids,
                key="open_left",
                index=ids.index(known[0]) if known[0] else 0,
                format_func=self.names.__getitem__,
            )
            right = second.selectbox(
                text("heatmap.col_right"),
                ids,
                key="open_right",
                index=ids.index(known[1]) if known[1] else 1,
                format_func=self.names.__getitem__,
            )
            if (
                third.form_submit_button(text("heatmap.open_button"), width="stretch", key="open_go")
                and left != right
            ):
                self._go(left, right)

    def _apart(self, principle: str, *, is_open: bool) -> None:
        """Agreement on a log scale, which still tells pairs apart where D is close to 1."""
        rows = apart_rows(self.comparison, principle, self.names)
        if not rows:
            return
        with folded(text("apart.title"), ":material/scatter_plot:", "fold_apart", is_open=is_open) as seen:
            if not seen:
                return
            st.caption(text("apart.note"))
            shown = rows[:APART]
            st.vega_lite_chart(apart_chart(shown), alt=text("apart.alt", n=len(shown)))
            if len(rows) > APART:
                st.caption(text("apart.cut", n=APART, all=len(rows)))
            table = [_apart_row(row) for row in rows]
            percent = st.column_config.NumberColumn(format="%.1f%%")
            shares = ("apart.col_agreement", "apart.col_low", "apart.col_high", "apart.col_counterpart")
            columns = dict.fromkeys((text(one) for one in shares), percent)
            columns[text(shares[3])] = st.column_config.NumberColumn(
                format="%.1f%%", help=text("apart.counterpart_help")
            )
            st.dataframe(table_of_rows(table), hide_index=True, column_config=columns)
            title = f"{text('apart.axis')} · {session.principle_name(principle)}"
            downloads("agreement-of-pairs", lambda: table, lambda: apart_svg(rows, title))

    def _multiples(self, measure: str, positions: tuple[int, ...]) -> None:
        """All principles side by side on one scale; interoperability is known over all of them only."""
        if measure == "interoperability" or len(positions) > MULTIPLES:
            return
        with folded(text("heatmap.multiples"), ":material/grid_view:", "fold_multiples") as seen:
            if not seen:
                return
            names = principles_of(self.comparison)
            panels = [
                (session.principle_name(name), cells(self.comparison, name, measure, positions))
                for name in names
            ]
            words = text("heatmap.multiples_alt", n=len(names), measure=text(f"measures.{measure}"))
            show_drawing(multiples_svg(panels, len(positions), words), key="multiples")
            st.html(legend_strip())
            ids = self.comparison.document_ids
            shown = [self.names[ids[index]] for index in positions]
            ends = (text("heatmap.legend_low"), text("heatmap.legend_high"))
            title = f"{text('heatmap.multiples')}: {text(f'measures.{measure}')}"
            downloads(
                "principles",
                lambda: principle_rows(panels, self.names),
                lambda: multiples_file(panels, shown, title, ends),
            )

    def _picture(self, found: tuple[Cell, ...], positions: tuple[int, ...]) -> str:
        state = session.current()
        ids = self.comparison.document_ids
        low, high = span_of(found, stretch=bool(st.session_state.get("stretch")))
        title = f"{text(f'measures.{state.measure}')} · {session.principle_name(state.principle)}"
        names = [self.names[ids[index]] for index in positions]
        return heatmap_svg(found, ChartForm(tuple(names), title), low=low, high=high)

    def _table(self, found: tuple[Cell, ...], positions: tuple[int, ...]) -> None:
        with folded(text("heatmap.table"), ":material/table:", "fold_table") as seen:
            if not seen:
                return
            table = table_of(found, self.names)
            st.dataframe(table, hide_index=True)
            state = session.current()
            name = f"fragcheck-{state.principle}-{state.measure}"
            svg = self._picture(found, positions)
            with st.container(horizontal=True):
                st.download_button(
                    text("heatmap.download_csv"),
                    table.to_csv(index=False).encode("utf-8-sig"),
                    file_name=f"{name}.csv",
                    mime="text/csv",
                    icon=":material/download:",
                    on_click="ignore",
                )
                st.download_button(
                    text("heatmap.download_json"),
                    self._json,
                    file_name="fragcheck.json",
                    mime="application/json",
                    icon=":material/download:",
                    on_click="ignore",
                )
                st.download_button(
                    text("app.svg"),
                    svg.encode("utf-8"),
                    file_name=f"{name}.svg",
                    mime="image/svg+xml",
                    icon=":material/image:",
                    on_click="ignore",
                )
                png_button(svg, name, text("app.png"))

    def _json(self) -> bytes:
        found = session.registry().engine.as_json(self.comparison)
        return json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8")


def principle_rows(panels: Sequence[tuple[str, Sequence[Cell]]], names: Mapping[str, str]) -> list[Row]:
    """One row for every pair and principle."""
    return [
        {
            text("pair.principle"): title,
            text("heatmap.col_left"): names[cell.left],
            text("heatmap.col_right"): names[cell.right],
            text("heatmap.col_value"): None if cell.value is None else round(cell.value, 4),
            text("heatmap.col_low"): None if cell.low is None else round(cell.low, 4),
            text("heatmap.col_high"): None if cell.high is None else round(cell.high, 4),
            text("heatmap.col_status"): cell.why,
        }
        for title, found in panels
        for cell in found
        if cell.left != cell.right
    ]


def _apart_row(row: ApartRow) -> Row:
    """A pair with its shares in percent, to three digits behind the point."""

    def percent(value: float | None) -> float | None:
        return None if value is None else round(100 * max(0.0, value), 3)

    return {
        text("apart.col_pair"): row.name,
        text("apart.col_agreement"): percent(row.agreement),
        text("apart.col_low"): percent(row.low),
        text("apart.col_high"): percent(row.high),
        text("apart.col_counterpart"): percent(row.counterpart),
    }


def table_of(found: tuple[Cell, ...], names: dict[str, str]) -> pd.DataFrame:
    """The cells off the diagonal as a table with one row for each."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                text("heatmap.col_left"): names[cell.left],
                text("heatmap.col_right"): names[cell.right],
                text("heatmap.col_value"): figure(cell.value),
                text("heatmap.col_low"): figure(cell.low),
                text("heatmap.col_high"): figure(cell.high),
                text("heatmap.col_status"): cell.why,
            }
            for cell in found
            if cell.left != cell.right
        ]
    )
