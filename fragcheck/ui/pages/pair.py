"""Two documents: how far apart, who is stricter, what corresponds, what is missing."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from fragcheck.records import Comparison, PairResult
from fragcheck.ui import session
from fragcheck.ui.address import document_of, token
from fragcheck.ui.cells import (
    divergence_of,
    document_names,
    document_title,
    figure,
    likely_from,
    pair_of,
    principles_of,
)
from fragcheck.ui.evidence import Source
from fragcheck.ui.jobs import Job
from fragcheck.ui.pages.pair_lists import show_lists
from fragcheck.ui.pairing import oriented, part_rows
from fragcheck.ui.parts_chart import parts_chart, parts_frame, parts_legend, parts_svg, parts_table
from fragcheck.ui.progress import comparison_or_progress
from fragcheck.ui.setline import set_line
from fragcheck.ui.table_files import downloads
from fragcheck.ui.texts import plain, section, text
from fragcheck.ui.verdict import verdict_sentence

__all__ = ["show"]


def show() -> None:
    """Show the pair in view, or the progress of its set."""
    job = session.current_job()
    st.subheader(text("pair.title"), anchor=False)
    set_line(job)
    comparison = comparison_or_progress(job)
    if comparison is None:
        return
    left, right, principle = _choose(comparison)
    pair = pair_of(comparison, left, right)
    if pair is None:
        st.info(text("heatmap.no_chart"))
        return
    pair = oriented(pair, left)
    sources = _sources(job, comparison, left, right)
    for source in sources:
        title = document_title(source.analysis)
        if title:
            st.caption(f"**{plain(source.name)}** · {plain(title)}")
    _unlike(comparison, left, right)
    _headline(pair, principle, comparison, sources)
    _interoperability(pair, comparison, sources)
    _parts(pair, principle, comparison, sources)
    show_lists(pair, principle, sources)


def _unlike(comparison: Comparison, left: str, right: str) -> None:
    """Say where law is set beside what is not: indices leave such pairs out."""
    from fragcheck.pipeline import forces_of

    forces = forces_of(comparison)
    if forces[left] is not forces[right]:
        words = {
            side: section("forces")[forces[one].value] for side, one in (("left", left), ("right", right))
        }
        st.warning(text("pair.unlike", **words), icon=":material/flag:")


def _choose(comparison: Comparison) -> tuple[str, str, str]:
    """The two documents and the principle; an address that names others gets a notice."""
    ids = comparison.document_ids
    names = dict(zip(ids, document_names(comparison.analyses), strict=True))
    state = session.current()
    left, right = document_of(state.left, ids), document_of(state.right, ids)
    unknown = [
        name
        for name, given, found in (("left", state.left, left), ("right", state.right, right))
        if given and found is None
    ]
    if unknown:
        st.warning(text("app.bad_address", parts=", ".join(unknown)), icon=":material/link_off:")
    left = left or next(one for one in ids if one != right)
    if right is None or right == left:
        right = next(one for one in ids if one != left)
    session.change(left=token(left), right=token(right))
    tokens = {token(one): names[one] for one in ids}
    first, swap, second, third = st.columns([8, 3, 8, 6], vertical_alignment="bottom")
    with first:
        _pick("left", tokens)
    swap.button(text("pair.swap"), icon=":material/swap_horiz:", on_click=_swap, width="stretch")
    with second:
        _pick("right", tokens)
    with third:
        principle = session.bound_select(
            "principle", text("pair.principle"), principles_of(comparison), session.principle_name
        )
    return left, right, principle


def _pick(side: str, tokens: dict[str, str]) -> None:
    session.bound_select(
        side, text(f"pair.{side}"), tuple(tokens), tokens.__getitem__, changed=lambda: _other_pair(side)
    )


def _other_pair(changed: str) -> None:
    """After a choice: choosing the document of the other side swaps; what was open is closed."""
    chosen = st.session_state[f"choose_{changed}"]
    state = session.current()
    other = "right" if changed == "left" else "left"
    if getattr(state, other) == chosen:
        session.change(**{other: getattr(state, changed)})
    session.change(**{changed: chosen}, eid="")


def _swap() -> None:
    state = session.current()
    left, _, right = state.eid.partition("|")
    session.change(left=state.right, right=state.left, eid=f"{right}|{left}" if state.eid else "")


def _sources(job: Job, comparison: Comparison, left: str, right: str) -> tuple[Source, Source]:
    names = document_names(comparison.analyses)
    at = {one: index for index, one in enumerate(comparison.document_ids)}
    first, second = (Source(job, comparison.analyses[at[one]], names[at[one]]) for one in (left, right))
    return first, second


def _headline(
    pair: PairResult, principle: str, comparison: Comparison, sources: tuple[Source, Source]
) -> None:
    divergence = divergence_of(pair, principle)
    if divergence.value is None:
        words = escape(text("pair.headline_none"))
    else:
        words = f"D = {figure(divergence.value)}"
        if divergence.low is not None and divergence.high is not None:
            words += (
                f"<small>{figure(divergence.low)}–{figure(divergence.high)} · "
                f"{escape(text('pair.interval_note'))}</small>"
            )
    st.html(f'<div class="fc-figure">{words}</div>')
    status = text(f"status.{divergence.status.value}", n_left=divergence.n_left, n_right=divergence.n_right)
    left, right = (plain(source.name) for source in sources)
    reach = text("pair.reach", left=left, right=right, n_left=divergence.n_left, n_right=divergence.n_right)
    st.markdown(reach if divergence.status.value == "ok" else status)
    if divergence.value is not None:
        st.markdown(plain(_stricter(pair, principle, comparison, sources)), help=text("pair.net_help"))


def _stricter(
    pair: PairResult, principle: str, comparison: Comparison, sources: tuple[Source, Source]
) -> str:
    """Who is stricter, as every report says it."""
    from fragcheck.diverge import pair_strictness
    from fragcheck.pipeline.findings import settings_of

    left, right = sources
    verdict = pair_strictness(pair, settings_of(comparison.run), principle=principle)
    return verdict_sentence(verdict, (left.name, right.name), (left.label, right.label))


def _interoperability(pair: PairResult, comparison: Comparison, sources: tuple[Source, Source]) -> None:
    with st.container(border=True):
        st.markdown(f"**{text('pair.interop')}**")
        st.caption(text("pair.interop_note", threshold=likely_from(comparison)))
        ways = (
            (pair.left_satisfies_right, sources[0], sources[1]),
            (pair.right_satisfies_left, sources[1], sources[0]),
        )
        for column, (found, first, second) in zip(st.columns(2), ways, strict=True):
            names = {"first": plain(first.name), "second": plain(second.name)}
            if found.value is None:
                column.markdown(text("pair.interop_none", **names))
                continue
            line = text("pair.interop_line", value=f"{found.value:.0%}", **names)
            if found.low is not None and found.high is not None:
                line += " " + text("pair.interop_interval", low=f"{found.low:.0%}", high=f"{found.high:.0%}")
            column.progress(min(1.0, max(0.0, found.value)), text=line)
            column.caption(text("pair.interop_residual", n=len(found.residual), all=found.n_duties, **names))


def _parts(pair: PairResult, principle: str, comparison: Comparison, sources: tuple[Source, Source]) -> None:
    with st.expander(text("pair.parts"), expanded=True, icon=":material/stacked_bar_chart:"):
        frame = parts_frame(pair, principles_of(comparison), session.principle_name)
        st.vega_lite_chart(
            parts_chart(frame),
            alt=text("pair.parts_alt", left=sources[0].name, right=sources[1].name),
        )
        st.html(parts_legend())
        title = f"{text('pair.parts')}: {sources[0].name} ↔ {sources[1].name}"
        downloads("parts", lambda: parts_table(frame), lambda: parts_svg(frame, title))
        st.markdown(f"**{plain(session.principle_name(principle))}**")
        st.table(
            pd.DataFrame(
                [
                    {
                        text("pair.col_part"): text(f"measures.{row.part}"),
                        text("pair.col_value"): figure(row.value),
                        text("pair.col_share"): "–" if row.share is None else f"{row.share:.0%}",
                        text("pair.col_signed"): row.direction,
                    }
                    for row in part_rows(pair, principle)
                ]
            ),
            hide_index=True,
            border="horizontal",
        )
