"""For those who write standards: one reference against all, outliers, common core, what pays most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from fragcheck.records import Bloc, Comparison, CorpusSummary, HarmonisationPath, Unit
from fragcheck.store import ArtefactStore
from fragcheck.ui import desks, seats, session
from fragcheck.ui.address import document_of, token
from fragcheck.ui.bars_picture import BarRow, bars_svg
from fragcheck.ui.cells import figure, principles_of
from fragcheck.ui.choosing import choose_row
from fragcheck.ui.concord import StepRow, beside_reference, mean_distances, path_rows
from fragcheck.ui.jobs import Job
from fragcheck.ui.making import Made
from fragcheck.ui.pages.profiles import show_profiles
from fragcheck.ui.pairing import unit_words
from fragcheck.ui.progress import comparison_or_progress, made_or_progress
from fragcheck.ui.setline import set_line, unread_notices
from fragcheck.ui.shelf import Shelf
from fragcheck.ui.table_files import Row, downloads, table_of
from fragcheck.ui.texts import plain, section, text

__all__ = ["show"]

#: Changes that the path may have on the page; each costs as much again.
MOST_STEPS = 10

#: Documents up to which the path is looked for without being asked: it takes minutes for twenty.
AT_ONCE = 8

#: Decimals of what one change does: of long laws it moves a mean by less than a hundredth.
FINE = 4

#: Mean silhouette width below which a cut finds no substantial structure (Kaufman and Rousseeuw, *Finding
#: Groups in Data*, 1990, chapter 2).
SUBSTANTIAL = 0.25

_BAR = "#3a87b7"

#: Pixels of a column of bars with their values.
_BAR_WIDTH = 130


def show() -> None:
    """Show what the set in view has in common, and which changes would bring it together."""
    job = session.current_job()
    st.subheader(text("harmonise.title"), anchor=False)
    set_line(job)
    st.caption(text("harmonise.note"))
    comparison = comparison_or_progress(job)
    if comparison is not None:
        _Harmonise(job, comparison).show()
        unread_notices(job)


def _summary(comparison: Comparison, store: ArtefactStore) -> CorpusSummary:
    from fragcheck.pipeline import kept_summary

    return kept_summary(comparison, store)


def _path(
    principle: str, steps: int, comparison: Comparison, made: Made[HarmonisationPath]
) -> HarmonisationPath:
    from fragcheck.diverge import harmonisation_path
    from fragcheck.pipeline import Cancelled, pairs_on_path
    from fragcheck.pipeline.findings import settings_of

    def told(share: float) -> None:
        made.share = share
        if made.is_cancelled:
            raise Cancelled("stopped on request before the path was found")

    settings = settings_of(comparison.run)
    pairs = pairs_on_path(comparison)
    return harmonisation_path(pairs, steps, settings, principle=principle, on_progress=told)


class _Harmonise:
    """The page for one finished comparison."""

    def __init__(self, job: Job, comparison: Comparison) -> None:
        self.comparison = comparison
        self.shelf = Shelf(job)
        self.names = self.shelf.names
        self.at = (job.set_id, job.started, repr(session.profile()))
        self.units = _units(comparison)
        # Of the whole comparison: what concerns one reader is summed up when that reader asks.
        self.begun = None if session.profile().grounds else job.beside.get("summary")

    def show(self) -> None:
        """The parts of the page, from the whole set to single rules."""
        principle, reference = self._controls()
        comparison, store = self.comparison, seats.place().artefacts
        summary = made_or_progress(
            desks.summaries(),
            self.at,
            lambda _: _summary(comparison, store),
            text("harmonise.computing"),
            name="summary",
            can_stop=False,
            begun=self.begun,
        )
        if summary is not None:
            self._headline(summary, principle)
        left, right = st.columns([3, 2], gap="medium")
        with left:
            self._beside(reference, principle)
        if summary is not None:
            with right:
                self._apart(summary, principle)
        self._steps(principle)
        if summary is not None:
            self._core(summary, reference)
        show_profiles(self.comparison, self.names)

    def _controls(self) -> tuple[str, str]:
        ids = self.comparison.document_ids
        reference = document_of(session.current().reference, ids) or ids[0]
        session.change(reference=token(reference))
        tokens = {token(one): self.names[one] for one in ids}
        first, second = st.columns(2, vertical_alignment="bottom")
        with first:
            principle = session.bound_select(
                "principle",
                text("heatmap.principle"),
                principles_of(self.comparison),
                session.principle_name,
            )
        with second:
            session.bound_select("reference", text("harmonise.reference"), tuple(tokens), tokens.__getitem__)
        return principle, reference

    def _headline(self, summary: CorpusSummary, principle: str) -> None:
        found = next((one for one in summary.principles if one.principle == principle), None)
        if found is None or found.fragmentation is None:
            value = figure(found.fragmentation_all) if found and found.fragmentation_all is not None else ""
            st.html(f'<div class="fc-figure">{escape(value or text("pair.headline_none"))}</div>')
            st.markdown(text("harmonise.mixed_only" if value else "harmonise.no_value"))
            return
        interval = f"{figure(found.low)}–{figure(found.high)} · {text('pair.interval_note')}"
        st.html(
            f'<div class="fc-figure">{figure(found.fragmentation)}<small>{escape(interval)}</small></div>'
        )
        if found.n_pairs_all == 1:
            st.markdown(text("harmonise.index_single"))
        else:
            all_pairs = {"all": figure(found.fragmentation_all), "n_all": found.n_pairs_all}
            st.markdown(text("harmonise.index", n=found.n_pairs, **all_pairs))
        if found.blocs:
            lines = self._bloc_lines(found.blocs)
            st.markdown(f"**{text('harmonise.blocs')}**\n" + "\n".join(lines))
            width = found.blocs[0].silhouette  # of the whole cut
            key = "harmonise.silhouette_faint" if width < SUBSTANTIAL else "harmonise.silhouette"
            st.caption(text(key, value=figure(width), least=figure(SUBSTANTIAL)))

    def _bloc_lines(self, blocs: Sequence[Bloc]) -> list[str]:
        """Blocs of several documents with their stability, then all that stand alone."""
        lines, alone = [], []
        for bloc in blocs:
            names = ", ".join(plain(self.names[one]) for one in bloc.documents)
            if len(bloc.documents) == 1:
                alone.append(names)
                continue
            stable = bloc.stability
            sure = "" if stable is None else text("harmonise.stable", value=f"{stable:.0%}")
            lines.append(f"- {names}{sure}")
        if alone:
            lines.append("- " + text("harmonise.alone", names=", ".join(alone)))
        return lines

    def _beside(self, reference: str, principle: str) -> None:
        st.markdown(f"**{text('harmonise.beside', name=plain(self.names[reference]))}**")
        rows: list[Row] = [
            {
                text("requirements.col_document"): self.names[row.document_id],
                text("harmonise.col_d"): row.value,
                text("harmonise.col_interval"): f"{figure(row.low)}–{figure(row.high)}",
                text("harmonise.col_meets"): _rounded(row.meets),
                text("harmonise.col_is_met"): _rounded(row.is_met),
            }
            for row in beside_reference(self.comparison, reference, principle)
        ]
        percent = st.column_config.NumberColumn(format="percent")
        st.dataframe(
            table_of(rows),
            hide_index=True,
            placeholder=text("pair.absent"),
            column_config={
                text("harmonise.col_d"): _bar(),
                text("harmonise.col_meets"): percent,
                text("harmonise.col_is_met"): percent,
            },
        )
        title = f"D · {session.principle_name(principle)} · {self.names[reference]}"
        downloads("reference", lambda: rows, lambda: _bars(rows, text("harmonise.col_d"), title))

    def _apart(self, summary: CorpusSummary, principle: str) -> None:
        st.markdown(f"**{text('harmonise.apart')}**")
        forces = {one: force.value for one, force in summary.forces}
        rows: list[Row] = [
            {
                text("requirements.col_document"): self.names[one],
                text("harmonise.col_mean"): mean,
                text("harmonise.col_pairs"): n,
                text("harmonise.col_force"): section("forces").get(forces.get(one, ""), ""),
            }
            for one, mean, n in mean_distances(self.comparison, principle)
        ]
        st.dataframe(table_of(rows), hide_index=True, column_config={text("harmonise.col_mean"): _bar()})
        title = f"{text('harmonise.col_mean')} · {session.principle_name(principle)}"
        downloads("outliers", lambda: rows, lambda: _bars(rows, text("harmonise.col_mean"), title))

    def _steps(self, principle: str) -> None:
        st.markdown(f"**{text('harmonise.path')}**")
        steps = st.slider(text("harmonise.steps"), 1, MOST_STEPS, 5, key="harmonise_steps")
        path = self._looked_for(principle, steps)
        if path is None:
            return
        if path.mean_start is None or not path.changes:
            st.info(text("harmonise.no_path"))
            return
        rows = path_rows(path, self.units)
        st.markdown(
            text(
                "harmonise.path_line" if _is_of_one_force(self.comparison) else "harmonise.path_line_mixed",
                n=len(rows),
                before=figure(path.mean_start, FINE),
                after=figure(path.changes[-1].mean_after, FINE),
            )
        )
        table = [self._step(at, row) for at, row in enumerate(rows, 1)]
        at = choose_row(table, "path_table")
        if at is not None:
            self._chosen(rows[at])
        st.caption(text("harmonise.path_note"))
        downloads("harmonisation-path", lambda: table)

    def _looked_for(self, principle: str, steps: int) -> HarmonisationPath | None:
        """The path, looked for in a thread of its own; None while that lasts, or until it is asked for."""
        desk, comparison, key = desks.paths(), self.comparison, (self.at, principle, steps)
        if desk.find(key) is None and len(comparison.document_ids) > AT_ONCE:
            st.caption(text("harmonise.path_many", n=len(comparison.document_ids)))
            if not st.button(text("harmonise.path_look"), icon=":material/search:", key="look"):
                return None
        return made_or_progress(
            desk, key, lambda made: _path(principle, steps, comparison, made), text("harmonise.looking")
        )

    def _step(self, at: int, row: StepRow) -> Row:
        change = row.change
        return {
            text("harmonise.col_step"): at,
            text("harmonise.col_who"): self.names[change.document_id],
            text("harmonise.col_does"): text(f"harmonise.{change.kind.value}"),
            text("harmonise.col_rule"): row.words,
            text("harmonise.col_source"): self.names[change.source_id],
            text("requirements.col_place"): self.shelf.label(change.source_id, change.source_eid),
            text("harmonise.col_instead"): row.replaced,
            text("harmonise.col_after"): figure(change.mean_after, FINE),
            text("harmonise.col_gain"): figure(change.mean_before - change.mean_after, FINE),
        }

    def _chosen(self, row: StepRow) -> None:
        change = row.change
        left, right = st.columns(2)
        with left, st.container(border=True):
            self._quote(change.source_id, change.source_eid, row.words)
            self.shelf.way_in(change.source_id, change.source_eid, "open_source")
        with right, st.container(border=True):
            if change.replaced_eid:
                self._quote(change.document_id, change.replaced_eid, row.replaced)
                self.shelf.way_in(change.document_id, change.replaced_eid, "open_replaced")
            else:
                st.caption(text("harmonise.no_own", name=plain(self.names[change.document_id])))

    def _quote(self, document_id: str, eid: str, words: str) -> None:
        place = f"{self.names[document_id]} · {self.shelf.label(document_id, eid)}"
        st.html(
            f'<div class="fc-head" dir="auto">{escape(place)}</div>'
            f'<blockquote class="fc-law" dir="auto">{escape(words)}</blockquote>'
        )

    def _core(self, summary: CorpusSummary, reference: str) -> None:
        keys = dict(summary.core_keys).get(reference, ())
        units = {unit.key: unit for unit in self.units.get(reference, ())}
        found = [units[key] for key in keys if key in units]
        name = plain(self.names[reference])
        st.markdown(f"**{text('harmonise.core', n=summary.n_common_core)}**")
        st.caption(text("harmonise.core_note", n=len(found), name=name))
        if not found:
            st.info(text("harmonise.no_core", name=name))
            return
        rows: list[Row] = [
            {
                text("requirements.col_place"): self.shelf.label(reference, unit.eid),
                text("requirements.col_words"): unit_words(unit),
                text("requirements.col_eid"): unit.eid,
            }
            for unit in found
        ]
        st.dataframe(table_of(rows), hide_index=True)
        downloads("common-core", lambda: rows)


def _is_of_one_force(comparison: Comparison) -> bool:
    """Whether any pair is of one force: the path is looked for among these, and otherwise among all."""
    from fragcheck.pipeline import forces_of, pairs_on_path

    forces = forces_of(comparison)
    return all(forces[pair.left] == forces[pair.right] for pair in pairs_on_path(comparison))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _bars(rows: Sequence[Row], column: str, title: str) -> str:
    """The bars of a table as a picture; rows without a value have none."""
    document = text("requirements.col_document")
    found = []
    for row in rows:
        value = row[column]
        known = value if isinstance(value, float) else None
        parts = () if known is None else ((known, _BAR),)
        found.append(BarRow(str(row[document]), parts, figure(known)))
    return bars_svg(found, title)


def _bar() -> Any:  # noqa: ANN401 - Streamlit's own type of a column
    return st.column_config.ProgressColumn(min_value=0.0, max_value=1.0, format="%.2f", width=_BAR_WIDTH)


def _units(comparison: Comparison) -> Mapping[str, Sequence[Unit]]:
    found: dict[str, Sequence[Unit]] = {}
    for pair in comparison.pairs:
        found.setdefault(pair.left, pair.left_units)
        found.setdefault(pair.right, pair.right_units)
    return found
