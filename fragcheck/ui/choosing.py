"""Tables of which one row can be chosen, to see what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from fragcheck.ui.table_files import Row, table_of
from fragcheck.ui.texts import text

__all__ = ["choose_row"]

#: Pixels of the longest word for the force of a requirement: the browser looks at the first rows only.
_FORCE = 120


def choose_row(
    rows: Sequence[Row], key: str, *, height: int = 420, columns: Mapping[str, Any] | None = None
) -> int | None:
    """Show the table; the place of the chosen row, or None and how to choose one.

    Parameters
    ----------
    rows : sequence of mapping
    key : str
        Of the session state.
    height : int
        Pixels that it may take; fewer where there are few rows.
    columns : mapping, optional
        What Streamlit is to know of columns, by their heads.
    """
    known = {text("requirements.col_force"): st.column_config.TextColumn(width=_FORCE), **(columns or {})}
    event = st.dataframe(
        table_of(rows),
        hide_index=True,
        height=min(height, 38 + 35 * len(rows)),
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        column_config=known,
    )
    chosen = next((at for at in event["selection"]["rows"] if at < len(rows)), None)
    if chosen is None:
        st.caption(text("requirements.choose"))
    return chosen
