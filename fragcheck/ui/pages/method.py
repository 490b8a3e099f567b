"""What the figures mean, what they do not, and what the result in view was computed with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from fragcheck.records import RunInfo
from fragcheck.taxonomy import load_taxonomy
from fragcheck.ui import session
from fragcheck.ui.texts import plain, text

__all__ = ["run_rows", "show", "taxonomy_rows"]


def show() -> None:
    """Show the page."""
    st.subheader(text("method.title"), anchor=False)
    st.markdown(text("method.body"))
    st.markdown(f"#### {text('method.limits')}")
    st.markdown(text("method.limits_body"))
    for name in ("principles", "sovereignty"):
        st.markdown(f"#### {text(f'method.{name}')}")
        st.table(pd.DataFrame(taxonomy_rows(name)), hide_index=True, border="horizontal")
    st.markdown(f"#### {text('method.private')}")
    st.markdown(text("method.private_body", folder=str(session.registry().workspace.root)))
    job = session.whole_job()
    if job.comparison is not None:
        st.markdown(f"#### {text('method.run')}")
        st.dataframe(pd.DataFrame(run_rows(job.comparison.run)), hide_index=True)


def taxonomy_rows(name: str) -> list[dict[str, str]]:
    """One row for every tag of a taxonomy: name, what counts, what does not."""
    return [
        {
            text("method.col_name"): session.principle_name(entry.id),
            text("method.col_definition"): plain(entry.definition),
            text("method.col_exclusion"): plain("; ".join(entry.excludes)),
        }
        for entry in load_taxonomy(name).entries
    ]


def run_rows(run: RunInfo) -> list[dict[str, str]]:
    """Versions, models, taxonomies and settings of a run."""
    pairs = [("fragcheck", run.version), ("seed", str(run.seed)), *run.models, *run.taxonomies, *run.settings]
    return [{text("method.col_name"): name, text("method.col_value"): value} for name, value in pairs]
