"""What the figures mean, what they do not, and what the result in view was computed with."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from fragcheck.records import Comparison, Flag, RunInfo
from fragcheck.taxonomy import Taxonomy
from fragcheck.ui import seats, session
from fragcheck.ui.cells import document_names
from fragcheck.ui.own_taxonomy import taxonomies
from fragcheck.ui.setline import document_flags
from fragcheck.ui.texts import plain, section, text

__all__ = ["flag_rows", "run_rows", "setting_rows", "show", "taxonomy_rows"]


def show() -> None:
    """Show the page."""
    st.subheader(text("method.title"), anchor=False)
    st.markdown(text("method.body"))
    st.markdown(f"#### {text('method.limits')}")
    st.markdown(text("method.limits_body"))
    job = session.whole_job()
    st.markdown(f"#### {text('method.flags')}")
    st.markdown(text("method.flags_body"))
    st.table(pd.DataFrame(flag_rows(job.comparison)), hide_index=True, border="horizontal")
    for name, taxonomy in zip(("principles", "sovereignty"), taxonomies(), strict=True):
        st.markdown(f"#### {text(f'method.{name}')}")
        st.table(pd.DataFrame(taxonomy_rows(taxonomy)), hide_index=True, border="horizontal")
    st.markdown(f"#### {text('method.private')}")
    if seats.seat().is_team:
        st.markdown(text("method.private_team"))
    else:
        st.markdown(text("method.private_body", folder=str(session.registry().workspace.root)))
    if job.comparison is not None:
        run = job.comparison.run
        st.markdown(f"#### {text('method.run')}")
        st.table(pd.DataFrame(run_rows(run)), hide_index=True, border="horizontal")
        settings = setting_rows(run)
        with st.expander(text("method.settings", n=len(settings)), icon=":material/tune:"):
            st.dataframe(pd.DataFrame(settings), hide_index=True)


def flag_rows(comparison: Comparison | None) -> list[dict[str, str]]:
    """One row for every flag: what it means, and which documents in view carry it."""
    carriers: dict[Flag, list[str]] = {}
    if comparison is not None:
        names = dict(zip(comparison.document_ids, document_names(comparison.analyses), strict=True))
        for one, flags in document_flags(comparison).items():
            for flag in flags:
                carriers.setdefault(flag, []).append(plain(names[one]))
    return [
        {
            text("method.col_flag"): section("flags")[flag.value],
            text("method.col_means"): section("flag_help")[flag.value],
            text("method.col_here"): ", ".join(carriers.get(flag, [])) or text("pair.absent"),
        }
        for flag in Flag
    ]


def taxonomy_rows(taxonomy: Taxonomy) -> list[dict[str, str]]:
    """One row for every tag of a taxonomy: name, what counts, what does not."""
    return [
        {
            text("method.col_name"): plain(session.principle_name(entry.id)),
            text("method.col_definition"): plain(entry.definition),
            text("method.col_exclusion"): plain("; ".join(entry.excludes)),
        }
        for entry in taxonomy.entries
    ]


def run_rows(run: RunInfo) -> list[dict[str, str]]:
    """Versions, models and taxonomies of a run, hashes by their first 16 digits."""
    pairs = [("fragcheck", run.version), (text("method.seed"), str(run.seed))]
    pairs += [(name, value[:16]) for name, value in (*run.models, *run.taxonomies)]
    name, value = text("method.col_name"), text("method.col_value")
    return [{name: plain(one), value: plain(found)} for one, found in pairs]


def setting_rows(run: RunInfo) -> list[dict[str, str]]:
    """Settings of a run, one row for each value; structured ones are taken apart."""
    rows = []
    for name, value in run.settings:
        for path, found in _leaves(name, _decoded(value)):
            rows.append({text("method.col_name"): path, text("method.col_value"): found})
    return rows


def _decoded(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _leaves(path: str, value: object) -> list[tuple[str, str]]:
    """Dotted names and values of all that is not itself structured; empty structures are left out."""
    if isinstance(value, dict):
        inner = ((f"{path} › {key}".replace("_", " "), one) for key, one in value.items())
        return [leaf for name, one in inner for leaf in _leaves(name, one)]
    if isinstance(value, list):
        return [(path, ", ".join(str(one) for one in value))] if value else []
    return [(path, str(value))]
