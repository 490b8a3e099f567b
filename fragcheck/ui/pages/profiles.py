"""What each document speaks about: shares of its requirements by principle, as a small heatmap."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from fragcheck.records import Comparison, CoverageProfile
from fragcheck.ui import session
from fragcheck.ui.cells import Cell, principles_of
from fragcheck.ui.heatmap_chart import ChartForm, letter
from fragcheck.ui.heatmap_picture import heatmap_svg, shares_drawing
from fragcheck.ui.parts import show_drawing
from fragcheck.ui.table_files import Row, downloads
from fragcheck.ui.texts import plain, text

__all__ = ["profile_cells", "show_profiles"]


def show_profiles(comparison: Comparison, names: Mapping[str, str]) -> None:
    """The shares of every document and principle, as chart and files."""
    from fragcheck.diverge import coverage_profile, document_units
    from fragcheck.pipeline.findings import settings_of

    principles = principles_of(comparison)[1:]
    if not principles:
        return
    settings = settings_of(comparison.run)
    found = {
        one: coverage_profile(one, units, principles, settings)
        for one, units in document_units(comparison.pairs).items()
    }
    st.markdown(f"**{text('harmonise.profiles')}**")
    st.caption(text("harmonise.profiles_note"))
    cells = profile_cells(found)
    columns = tuple(session.principle_name(name) for name in principles)
    form = ChartForm(
        tuple(names[one] for one in found),
        text("harmonise.col_on_share"),
        columns=columns,
        column_heads=columns,
    )
    show_drawing(shares_drawing(cells, form, text("harmonise.profiles_alt", n=len(found))), key="profiles")
    st.caption(" · ".join(f"**{letter(at)}** {plain(names[one])}" for at, one in enumerate(found)))
    rows: list[Row] = [
        {
            text("requirements.col_document"): names[one],
            text("harmonise.col_principle"): session.principle_name(each.principle),
            text("harmonise.col_on"): each.n_requirements,
            text("harmonise.col_all"): each.n_all,
            text("harmonise.col_on_share"): round(each.share, 4),
        }
        for one, profile in found.items()
        for each in profile
    ]
    downloads("profiles", lambda: rows, lambda: heatmap_svg(cells, form))


def profile_cells(found: Mapping[str, tuple[CoverageProfile, ...]]) -> tuple[Cell, ...]:
    """One cell for each document (row) and principle (column)."""
    return tuple(
        Cell(
            row,
            column,
            one,
            each.principle,
            each.share,
            None,
            None,
            "ok",
            text("harmonise.profile_why", n=each.n_requirements, all=each.n_all),
            is_share=True,
        )
        for row, (one, profile) in enumerate(found.items())
        for column, each in enumerate(profile)
    )
