"""Many documents at a glance: the whole matrix, groups, or a block of it with names and values."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from fragcheck.ui import session
from fragcheck.ui.address import GROUPS, ORDERS
from fragcheck.ui.cells import RAMP, Cell, is_narrow, shade, span_of
from fragcheck.ui.heatmap_chart import SELECTION, ChartForm, heatmap_chart, legend_strip
from fragcheck.ui.heatmap_picture import heatmap_svg
from fragcheck.ui.matrix import Block, FloatArray, Matrix, as_csv, bloc_labels, gathered, matrix_order
from fragcheck.ui.parts import chosen_in, png_button, show_part
from fragcheck.ui.texts import language, plain, section, speaking, text

__all__ = ["CELLS", "Overview", "matrix_png", "packed"]

#: Rows or columns up to which cells are drawn one by one with names; beyond, they are points of a picture.
CELLS = 40

#: Documents on each side of a block that a click on the picture opens: as many as have room for values.
WINDOW = 16

_NONE = 65535
_ZOOM = re.compile(r"(\d+)-(\d+):(\d+)-(\d+)")


class Overview:
    """The view of one matrix.

    Parameters
    ----------
    matrix : Matrix
    title : str
        What its values are.
    open_pair : callable or None
        Opens the pair of two ids; None where the words of the documents are not here.
    """

    def __init__(self, matrix: Matrix, title: str, open_pair: Callable[[str, str], None] | None) -> None:
        self.matrix = matrix
        self.title = title
        self.open_pair = open_pair
        self.order: tuple[int, ...] = ()

    def show(self) -> None:
        """Controls, then the whole, the groups or the block that the address asks for."""
        n = len(self.matrix.ids)
        pairs = int((~np.isnan(np.triu(self.matrix.values, 1))).sum() - n * (n + 1) // 2)
        group = self._controls()
        st.markdown(text("overview.n_documents", n=n, pairs=f"{pairs:,}".replace(",", "\u202f")))
        if self.matrix.n_full < pairs:
            st.caption(text("overview.screened", n=f"{pairs - self.matrix.n_full:,}".replace(",", "\u202f")))
        self.order = matrix_order(self.matrix, is_clustered=session.current().order == "cluster")
        block = None
        if group != "none":
            block = gathered(self.matrix, self._labels(group), self.order)
            self.order = tuple(at for members in block.members for at in members)
        zoom = self._zoom()
        if zoom is not None:
            self._block(*zoom)
        elif block is not None:
            self._gathered(block)
        else:
            self._picture(range(n), range(n), self.matrix.values, self._names(self.order))

    def _controls(self) -> str:
        first, second = st.columns(2, vertical_alignment="bottom")
        with first:
            group = session.bound_select(
                "group",
                text("overview.group"),
                GROUPS,
                lambda name: text(f"overview.group_{name}"),
                changed=lambda: session.change(group=st.session_state["choose_group"], zoom=""),
            )
        with second:
            session.bound_select(
                "order",
                text("heatmap.order"),
                ORDERS,
                lambda name: text(f"heatmap.order_{name}"),
                changed=lambda: session.change(order=st.session_state["choose_order"], zoom=""),
            )
        return group

    def _labels(self, group: str) -> tuple[str, ...]:
        if group == "bloc":
            return tuple(text("overview.bloc", name=name) for name in bloc_labels(self.matrix))
        words = section("document_kinds") if group == "kind" else {}
        unknown = text("overview.unknown")
        return tuple(words.get(one, one) or unknown for one in self.matrix.labels[group])

    def _names(self, places: Sequence[int]) -> list[str]:
        return [self.matrix.names[at] for at in places]

    def _zoom(self) -> tuple[range, range] | None:
        """Rows and columns of the address, in the order of the view; None for the whole."""
        found = _ZOOM.fullmatch(session.current().zoom)
        if found is None:
            return None
        last = len(self.order) - 1
        top, bottom, left, right = (min(int(one), last) for one in found.groups())
        if top > bottom or left > right:
            return None
        return range(top, bottom + 1), range(left, right + 1)

    def _go(self, rows: range, columns: range) -> None:
        session.change(zoom=f"{rows[0]}-{rows[-1]}:{columns[0]}-{columns[-1]}")

    def _around(self, row: int, column: int) -> None:
        """Zoom to the documents around a cell."""
        n = len(self.order)
        size = min(WINDOW, n)
        top, left = (max(0, min(at - size // 2, n - size)) for at in (row, column))
        self._go(range(top, top + size), range(left, left + size))

    def _gathered(self, block: Block) -> None:
        counts = [
            text("overview.group_name", name=one, n=len(members))
            for one, members in zip(block.names, block.members, strict=True)
        ]
        starts = np.cumsum([0, *(len(members) for members in block.members)]).tolist()

        def follow(row: int, column: int) -> None:
            self._go(range(starts[row], starts[row + 1]), range(starts[column], starts[column + 1]))

        if len(block.names) > CELLS:
            n = len(block.names)
            groups = Matrix(tuple(counts), tuple(counts), {}, block.mean, 0)
            self._picture(range(n), range(n), block.mean, counts, follow=follow, groups=groups)
            return
        found = tuple(
            self._group_cell(block, row, column)
            for row in range(len(block.names))
            for column in range(len(block.names))
        )
        heads = tuple(name[:14] for name in block.names)
        groups = Matrix(tuple(counts), tuple(counts), {}, block.mean, 0)
        self._cells(found, ChartForm(tuple(counts), self.title, heads=heads), follow, groups)
        st.caption(text("overview.gathered_note"))

    def _group_cell(self, block: Block, row: int, column: int) -> Cell:
        value, low, high = (float(one[row, column]) for one in (block.mean, block.lowest, block.highest))
        if np.isnan(value):
            return Cell(row, column, str(row), str(column), None, None, None, "same", text("pair.absent"))
        why = text("overview.why", n=int(block.n_pairs[row, column]))
        return Cell(row, column, str(row), str(column), value, low, high, "ok", why)

    def _block(self, rows: range, columns: range) -> None:
        """Part of the matrix, with the way back to the whole."""
        self._way_back(rows, columns)
        if max(len(rows), len(columns)) > CELLS:
            self._picture(rows, columns, self.matrix.values, self._names(self.order))
            return
        found = tuple(
            self._document_cell(row, column, self.order[at], self.order[to])
            for row, at in enumerate(rows)
            for column, to in enumerate(columns)
        )
        form = ChartForm(
            tuple(self.matrix.names[self.order[at]] for at in rows),
            self.title,
            columns=tuple(self.matrix.names[self.order[at]] for at in columns),
            heads=tuple(str(at + 1) for at in rows),
            column_heads=tuple(str(at + 1) for at in columns),
        )

        def follow(row: int, column: int) -> None:
            left, right = self.order[rows[row]], self.order[columns[column]]
            if self.open_pair is not None and left != right:
                self.open_pair(self.matrix.ids[left], self.matrix.ids[right])

        self._cells(found, form, follow)
        st.caption(text("overview.cells_note" if self.open_pair is not None else "overview.batch_note"))
        st.caption(" · ".join(f"**{at + 1}** {plain(self.matrix.names[self.order[at]])}" for at in columns))

    def _way_back(self, rows: range, columns: range) -> None:
        """What the block is, and the button that leaves it."""
        n = len(self.order)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                text("overview.whole"),
                icon=":material/zoom_out_map:",
                key="whole",
                on_click=lambda: session.change(zoom=""),
            )
            st.markdown(
                text(
                    "overview.block",
                    row_from=rows[0] + 1,
                    row_to=rows[-1] + 1,
                    column_from=columns[0] + 1,
                    column_to=columns[-1] + 1,
                    n=n,
                )
            )

    def _document_cell(self, row: int, column: int, left: int, right: int) -> Cell:
        value = float(self.matrix.values[left, right])
        if left == right:
            return Cell(row, column, str(row), str(column), None, None, None, "same", text("status.same"))
        if np.isnan(value):
            why = text("status.both_silent")
            return Cell(row, column, str(row), str(column), None, None, None, "both_silent", why)
        return Cell(row, column, str(row), str(column), value, None, None, "ok", "")

    def _stretch(self, found: Sequence[Cell]) -> bool:
        st.session_state.setdefault("stretch", is_narrow(found))
        return st.toggle(text("heatmap.stretch"), key="stretch", help=text("heatmap.stretch_help"))

    def _cells(
        self,
        found: tuple[Cell, ...],
        form: ChartForm,
        follow: Callable[[int, int], None],
        groups: Matrix | None = None,
    ) -> None:
        """Cells drawn one by one, with names and values."""
        stretch = self._stretch(found)
        form = ChartForm(form.names, form.title, stretch, form.columns, form.heads, form.column_heads)
        turn = st.session_state.setdefault("overview_turn", 0)
        label = text(
            "overview.label",
            rows=len(form.names),
            columns=len(form.columns or form.names),
            measure=self.title,
        )
        event = st.vega_lite_chart(
            heatmap_chart(found, form),
            key=f"overview_{turn}",
            on_select="rerun",
            selection_mode=[SELECTION],
            alt=label,
        )
        span = span_of(found, stretch=stretch)
        st.html(legend_strip(*span))
        clicked = event.get("selection", {}).get(SELECTION) or []
        if clicked:
            st.session_state["overview_turn"] += 1
            follow(int(clicked[0]["left"]), int(clicked[0]["right"]))
            st.rerun()
        spoken = language()

        def svg() -> bytes:
            with speaking(spoken):
                return heatmap_svg(found, form, low=span[0], high=span[1]).encode("utf-8")

        self._downloads(svg, "svg", groups)

    def _picture(
        self,
        rows: range,
        columns: range,
        values: FloatArray,
        names: Sequence[str],
        *,
        follow: Callable[[int, int], None] | None = None,
        groups: Matrix | None = None,
    ) -> None:
        """Cells as points of a picture; a click goes to `follow`, or to the documents around the cell."""
        if follow is None:
            values = values[np.ix_([self.order[at] for at in rows], [self.order[at] for at in columns])]
        known = values[~np.isnan(values)]
        stretch = st.toggle(
            text("heatmap.stretch"), value=True, key="stretch_all", help=text("heatmap.stretch_help")
        )
        span = (float(known.min()), float(known.max())) if stretch and known.size else (0.0, 1.0)
        if span[0] >= span[1]:
            span = (0.0, 1.0)
        label = text("overview.label", rows=len(rows), columns=len(columns), measure=self.title)

        def chosen() -> None:
            row, _, column = chosen_in("overview_matrix").partition(",")
            if row.isdecimal() and column.isdecimal():
                at, to = rows[min(int(row), len(rows) - 1)], columns[min(int(column), len(columns) - 1)]
                (follow or self._around)(at, to)

        show_part(
            "matrix",
            {
                "rows": [names[at] for at in rows],
                "columns": [names[at] for at in columns],
                "values": packed(values),
                "span": list(span),
                "ramp": list(RAMP),
                "words": {"label": label, "hint": text("overview.hint"), "none": text("marks.both_silent")},
            },
            key="overview_matrix",
            on_chosen=chosen,
        )
        st.html(legend_strip(*span))
        self._downloads(lambda: matrix_png(values, *span), "png", groups)

    def _downloads(self, picture: Callable[[], bytes], kind: str, groups: Matrix | None) -> None:
        """The picture, and the values of what is in view: of the documents, or of the groups."""
        whole = range(len(self.order))
        rows, columns = self._zoom() or (whole, whole)
        places = [self.order[at] for at in rows], [self.order[at] for at in columns]
        if groups is not None:
            places = list(range(len(groups.ids))), list(range(len(groups.ids)))
        with st.container(horizontal=True):
            st.download_button(
                text("overview.download_csv"),
                lambda: as_csv(groups or self.matrix, *places),
                file_name="fragcheck-matrix.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                key="overview_csv",
            )
            st.download_button(
                text(f"app.{kind}"),
                picture,
                file_name=f"fragcheck-matrix.{kind}",
                mime="image/png" if kind == "png" else "image/svg+xml",
                icon=":material/image:",
                on_click="ignore",
                key="overview_picture",
            )
            if kind == "svg":
                png_button(picture().decode("utf-8"), "fragcheck-matrix", text("app.png"))


def packed(values: FloatArray) -> str:
    """Values as base64 of 16-bit whole numbers (0 to 10000 for 0 to 1, 65535 for none), row by row."""
    whole = np.where(np.isnan(values), _NONE, np.round(np.nan_to_num(values) * 10_000))
    return base64.b64encode(whole.astype("<u2").tobytes()).decode("ascii")


def matrix_png(values: FloatArray, low: float, high: float) -> bytes:
    """A matrix as a picture of at least 1,000 pixels a side; grey where there is no value."""
    from PIL import Image

    ramp = np.array([_rgb(shade(step / 255)) for step in range(256)], dtype=np.uint8)
    steps = np.clip(np.round(255 * (np.nan_to_num(values) - low) / (high - low)), 0, 255).astype(int)
    colours = ramp[steps]
    colours[np.isnan(values)] = (200, 200, 200)
    image = Image.fromarray(colours, "RGB")
    scale = max(1, -(-1000 // max(values.shape)))
    image = image.resize((image.width * scale, image.height * scale), Image.Resampling.NEAREST)
    out = io.BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()


def _rgb(colour: str) -> Any:  # noqa: ANN401 - a triple for numpy
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
