"""Whoever complies with one document: how much of another is met, and what remains."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from fragcheck.records import Comparison
from fragcheck.ui import session
from fragcheck.ui.address import document_of, token
from fragcheck.ui.cells import Cell, cells, extremes, likely_from, pair_of, span_of
from fragcheck.ui.choosing import choose_row
from fragcheck.ui.duties import DutyRow, directed, duty_rows, filtered_duties, reason_counts
from fragcheck.ui.folded import folded
from fragcheck.ui.heatmap_chart import ChartForm, legend_strip, letter
from fragcheck.ui.heatmap_picture import heatmap_svg, shares_drawing
from fragcheck.ui.jobs import Job
from fragcheck.ui.pairing import unit_words
from fragcheck.ui.parts import chosen_in, show_part
from fragcheck.ui.progress import comparison_or_progress
from fragcheck.ui.reading import modality_words, role_words
from fragcheck.ui.setline import set_line, unread_notices
from fragcheck.ui.shelf import Shelf
from fragcheck.ui.table_files import Row, downloads, table_of
from fragcheck.ui.texts import plain, section, text

__all__ = ["show"]

#: Highest share below which the colours run over the shares shown: over 0 to 1 all would look alike.
FAINT = 0.5


def show() -> None:
    """Show the asymmetric heatmap of the set in view, and the duties that one direction leaves open."""
    job = session.current_job()
    st.subheader(text("interop.title"), anchor=False)
    set_line(job)
    st.caption(text("interop.note"))
    comparison = comparison_or_progress(job)
    if comparison is not None:
        _Interoperability(job, comparison).show()
        unread_notices(job)


class _Interoperability:
    """The page for one finished comparison."""

    def __init__(self, job: Job, comparison: Comparison) -> None:
        self.comparison = comparison
        self.shelf = Shelf(job)
        self.names = self.shelf.names

    def show(self) -> None:
        """The matrix, the direction chosen, and its residual duties."""
        self._matrix()
        first, second = self._direction()
        pair = pair_of(self.comparison, first, second)
        if pair is None:
            st.info(text("interop.not_compared"))
            return
        found, units = directed(pair, first)
        names = {"first": plain(self.names[first]), "second": plain(self.names[second])}
        if found.value is None:
            st.info(text("pair.interop_none", **names))
            return
        line = text("pair.interop_line", value=f"{found.value:.0%}", **names)
        if found.low is not None and found.high is not None:
            line += " " + text("pair.interop_interval", low=f"{found.low:.0%}", high=f"{found.high:.0%}")
        st.progress(min(1.0, max(0.0, found.value)), text=line)
        self._duties(duty_rows(found, units), found.n_duties, first, second)

    def _matrix(self) -> None:
        ids = self.comparison.document_ids
        found = cells(self.comparison, "overall", "interoperability", tuple(range(len(ids))))
        stretch = span_of(found, stretch=True)[1] < FAINT
        names = tuple(self.names[one] for one in ids)
        form = ChartForm(names, text("measures.interoperability"), stretch=stretch)
        highest, lowest = extremes(found, self.names)
        words = text("interop.alt", n=len(ids), highest=highest, lowest=lowest)
        svg = shares_drawing(found, form, words)
        show_part("drawing", {"svg": svg}, key="interop", on_chosen=functools.partial(_followed, ids))
        st.html(legend_strip(*span_of(found, stretch=stretch), is_share=True))
        st.caption(text("interop.read"))
        st.caption(" · ".join(f"**{letter(at)}** {plain(self.names[one])}" for at, one in enumerate(ids)))
        self._matrix_table(found, form)

    def _matrix_table(self, found: Sequence[Cell], form: ChartForm) -> None:
        """The same for those who cannot use the chart, to be taken along."""
        with folded(text("heatmap.table"), ":material/table:", "fold_interop") as seen:
            if not seen:
                return
            rows: list[Row] = [
                {
                    text("interop.col_first"): self.names[cell.left],
                    text("interop.col_second"): self.names[cell.right],
                    text("interop.col_share"): _rounded(cell.value),
                    text("heatmap.col_low"): _rounded(cell.low),
                    text("heatmap.col_high"): _rounded(cell.high),
                }
                for cell in found
                if cell.left != cell.right
            ]
            percent = st.column_config.NumberColumn(format="percent")
            shares = (text("interop.col_share"), text("heatmap.col_low"), text("heatmap.col_high"))
            st.dataframe(table_of(rows), hide_index=True, column_config=dict.fromkeys(shares, percent))
            low, high = span_of(found, stretch=form.stretch)
            downloads("interoperability", lambda: rows, lambda: heatmap_svg(found, form, low=low, high=high))

    def _direction(self) -> tuple[str, str]:
        """The two documents, from the address; the first two where it names none."""
        ids = self.comparison.document_ids
        state = session.current()
        first = document_of(state.left, ids) or ids[0]
        second = document_of(state.right, ids)
        if second is None or second == first:
            second = next(one for one in ids if one != first)
        session.change(left=token(first), right=token(second))
        tokens = {token(one): self.names[one] for one in ids}
        one, two, three = st.columns([4, 4, 1], vertical_alignment="bottom")
        for column, side in ((one, "left"), (two, "right")):
            with column:
                session.bound_select(
                    side,
                    text(f"interop.{side}"),
                    tuple(tokens),
                    tokens.__getitem__,
                    changed=_taken(side),
                )
        three.button(
            text("pair.swap"),
            icon=":material/swap_horiz:",
            on_click=session.change,
            kwargs={"left": token(second), "right": token(first)},
            width="stretch",
        )
        return first, second

    def _duties(self, rows: tuple[DutyRow, ...], n_all: int, first: str, second: str) -> None:
        name = plain(self.names[second])
        st.markdown(f"**{text('interop.duties', n=len(rows), all=n_all, name=name)}**")
        st.caption(text("interop.duties_note", threshold=likely_from(self.comparison)))
        if not rows:
            st.success(text("interop.all_met"))
            return
        found = self._filtered(rows)
        if not found:
            st.info(text("interop.none"), icon=":material/search_off:")
            return
        at = choose_row(self._table(found, first, second), "duty_table", columns=_widths())
        if at is not None:
            self._chosen(found[at], first, second)
        downloads("residual-duties", lambda: self._table(found, first, second))

    def _filtered(self, rows: tuple[DutyRow, ...]) -> tuple[DutyRow, ...]:
        counts = dict(reason_counts(rows))
        roles = Counter(
            row.unit.requirement.actor_role
            for row in rows
            if row.unit.requirement is not None and row.unit.requirement.actor_role
        )
        one, two, three = st.columns(3, vertical_alignment="bottom")
        with one:
            reasons = session.bound_many(
                "reason",
                text("interop.reason"),
                tuple(counts),
                lambda name: f"{section('reasons').get(name, name)} ({counts[name]})",
            )
        with two:
            who = session.bound_many(
                "who", text("requirements.role"), tuple(name for name, _ in roles.most_common()), role_words
            )
        with three:
            words = session.bound_words("find", text("document.search"), text("document.search_hint"))
        return filtered_duties(rows, reasons=reasons, roles=who, words=words)

    def _table(self, rows: Sequence[DutyRow], first: str, second: str) -> list[Row]:
        return [
            {
                text("requirements.col_actor"): row.unit.requirement.actor if row.unit.requirement else "",
                text("requirements.col_force"): (
                    modality_words(row.unit.requirement) if row.unit.requirement else ""
                ),
                text("requirements.col_words"): unit_words(row.unit),
                text("interop.col_why"): "; ".join(section("reasons").get(one, one) for one in row.reasons),
                text("requirements.col_place"): self.shelf.label(second, row.unit.eid),
                text("interop.col_closest"): (
                    self.shelf.label(first, row.counterpart_eid) if row.counterpart_eid else ""
                ),
                text("requirements.col_eid"): row.unit.eid,
            }
            for row in rows
        ]

    def _chosen(self, row: DutyRow, first: str, second: str) -> None:
        """The duty, and the rule of the other document that comes closest to it."""
        left, right = st.columns(2)
        with left, st.container(border=True):
            self._quote(second, row.unit.eid, unit_words(row.unit))
            self.shelf.way_in(second, row.unit.eid, "open_duty")
        with right, st.container(border=True):
            if not row.counterpart_eid:
                st.caption(text("interop.no_closest", name=plain(self.names[first])))
                return
            self._quote(first, row.counterpart_eid, self.shelf.words(first, row.counterpart_eid))
            self.shelf.way_in(first, row.counterpart_eid, "open_closest")

    def _quote(self, document_id: str, eid: str, words: str) -> None:
        place = f"{self.names[document_id]} · {self.shelf.label(document_id, eid)}"
        st.html(
            f'<div class="fc-head" dir="auto">{escape(place)}</div>'
            f'<blockquote class="fc-law" dir="auto">{escape(words)}</blockquote>'
        )


def _followed(ids: Sequence[str]) -> None:
    """Take up the direction of the cell that was clicked."""
    left, _, right = chosen_in("interop").partition("|")
    if left != right and {left, right} <= set(ids):
        session.change(left=token(left), right=token(right))


def _widths() -> dict[str, Any]:
    """Room for who and what, which the first rows may lack; the rest goes by what it holds."""
    return {
        text("requirements.col_actor"): st.column_config.TextColumn(width=140),
        text("requirements.col_words"): st.column_config.TextColumn(width="large"),
    }


def _taken(changed: str) -> Callable[[], None]:
    """After a choice: choosing the document of the other side turns the direction round."""

    def take() -> None:
        chosen = st.session_state[f"choose_{changed}"]
        state = session.current()
        other = "right" if changed == "left" else "left"
        if getattr(state, other) == chosen:
            session.change(**{other: getattr(state, changed)})
        session.change(**{changed: chosen})

    return take


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
