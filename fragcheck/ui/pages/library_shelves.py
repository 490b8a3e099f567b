"""The files of this machine in their versions, and the catalogue of instruments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from fragcheck.records import Role
from fragcheck.ui import seats, session
from fragcheck.ui.folded import folded
from fragcheck.ui.holdings import HeldFile, catalogue_rows, held_files
from fragcheck.ui.matrix import MatrixShelf
from fragcheck.ui.table_files import Row, downloads, table_of
from fragcheck.ui.texts import section, text

__all__ = ["show_batches", "show_catalogue", "show_held"]


def show_held(open_set: Callable[[str], None]) -> None:
    """All files here; two or more that are chosen become a set: versions of one law, or any others."""
    workspace = session.registry().workspace
    files = held_files(workspace)
    with folded(text("library.held", n=len(files)), ":material/inventory_2:", "fold_held") as seen:
        if not seen:
            return
        st.caption(text("library.held_note"))
        if not files:
            st.info(text("library.held_none"), icon=":material/upload_file:")
            return
        rows = held_rows(files)
        event = st.dataframe(
            table_of(rows),
            hide_index=True,
            height=min(420, 38 + 35 * len(rows)),
            key="held_table",
            on_select="rerun",
            selection_mode="multi-row",
        )
        chosen = [files[at].entry for at in event["selection"]["rows"] if at < len(files)]
        if seats.may(Role.REVIEWER) and st.button(
            text("library.compare", n=len(chosen)),
            icon=":material/play_arrow:",
            disabled=len(chosen) < 2,
            key="compare_held",
        ):
            open_set(workspace.save_set(tuple(chosen)).id)
        downloads("files", lambda: rows)


def show_batches() -> None:
    """Tables of a batch, to look at hundreds of documents as one matrix on the heatmap."""
    shelf = seats.matrices()
    if not (seats.may(Role.OWNER) or shelf.names()):
        return
    with folded(text("overview.open"), ":material/blur_on:", "fold_batches") as seen:
        if not seen:
            return
        st.caption(text("overview.open_note"))
        if seats.may(Role.OWNER):
            _open_batch(shelf)
        for name in shelf.names():
            if st.button(text("overview.reopen", name=name), key=f"matrix_{name}", type="tertiary"):
                _show_matrix(name)


def _open_batch(shelf: MatrixShelf) -> None:
    files = st.file_uploader(
        text("overview.open_files"), type=["parquet"], accept_multiple_files=True, key="batch_tables"
    )
    given = {file.name: file.getvalue() for file in files or ()}
    documents = next((raw for name, raw in given.items() if "documents" in name), None)
    pairs = next((raw for name, raw in given.items() if "pairs" in name), None)
    if st.button(text("overview.open_button"), icon=":material/grid_on:", key="open_batch"):
        if documents is None or pairs is None:
            st.warning(text("overview.open_both"))
        else:
            _show_matrix(shelf.keep(documents, pairs))


def _show_matrix(name: str) -> None:
    session.change(matrix=name, zoom="", group="none")
    st.switch_page(st.session_state["pages"]["heatmap"], query_params=st.query_params.to_dict())


def held_rows(files: Sequence[HeldFile]) -> list[Row]:
    """One row for every file."""
    by_hand = seats.corrections()
    return [
        {
            text("documents.outcome_name"): held.entry.name,
            text("library.col_version"): text("library.version", at=held.version, n=held.n_versions),
            text("library.col_kept"): f"{held.kept_at:%Y-%m-%d %H:%M}",
            text("library.col_size"): text("reports.kilobytes", n=max(1, round(held.size / 1000))),
            text("library.col_sets"): held.n_sets,
            text("library.col_corrected"): len(by_hand.load(held.entry.sha256).corrections),
            text("library.col_hash"): held.entry.sha256[:12],
        }
        for held in files
    ]


def show_catalogue() -> None:
    """The instruments that the catalogue describes. The app asks nothing of another host: it shows where."""
    with folded(text("library.catalogue"), ":material/travel_explore:", "fold_catalogue") as seen:
        if not seen:
            return
        here = {held.entry.sha256 for held in held_files(session.registry().workspace)}
        st.caption(text("library.catalogue_note"))
        words = st.text_input(
            text("library.search"),
            placeholder=text("library.search_hint"),
            icon=":material/search:",
            key="catalogue_words",
        )
        found = catalogue_rows(words or "", here)
        if not found:
            st.info(text("library.catalogue_none"), icon=":material/search_off:")
            return
        rows: list[Row] = [
            {
                text("library.col_short"): each.short_name,
                text("library.col_jurisdiction"): each.jurisdiction,
                text("library.col_kind"): section("instrument_kinds")[each.kind],
                text("library.col_status"): section("instrument_statuses")[each.status],
                text("library.col_applies"): str(each.applies or each.in_force or ""),
                text("library.col_languages"): ", ".join(each.language),
                text("library.col_here"): text("library.is_here") if is_here else "",
                text("library.col_title"): each.title,
                text("library.col_address"): each.url,
                text("library.col_id"): each.id,
            }
            for each, is_here in found
        ]
        links = st.column_config.LinkColumn(display_text=r"https?://([^/]+)")
        st.dataframe(
            table_of(rows),
            hide_index=True,
            height=min(420, 38 + 35 * len(rows)),
            column_config={text("library.col_address"): links},
        )
        downloads("catalogue", lambda: rows)
