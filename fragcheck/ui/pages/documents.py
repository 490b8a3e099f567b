"""Uploads, what became of every file, and what is detected or forced for it."""

from __future__ import annotations

import streamlit as st

from fragcheck.errors import EncryptedPdf
from fragcheck.formats import SUFFIXES
from fragcheck.records import Analysis, Role
from fragcheck.ui import seats, session
from fragcheck.ui.cells import document_title
from fragcheck.ui.engine import OutcomeLike
from fragcheck.ui.forcing import can_force, force_form, language_name
from fragcheck.ui.jobs import Job
from fragcheck.ui.pages.library_shelves import show_batches, show_catalogue, show_held
from fragcheck.ui.progress import progress_panel
from fragcheck.ui.setline import page_list, set_line, standing_words, unread_notices
from fragcheck.ui.table_files import table_of
from fragcheck.ui.texts import bare, plain, section, text
from fragcheck.ui.workspace import SAMPLE, SetEntry

__all__ = ["outcome_rows", "provision_rows", "show"]

#: Rows of the provision table; the table scrolls, and more would slow every rerun.
ROW_LIMIT = 3000


def show() -> None:
    """Show the upload, the outcomes of the set in view, and one document in detail."""
    st.subheader(text("documents.title"), anchor=False)
    if seats.may(Role.OWNER):
        _upload()
    else:
        st.info(text("access.owners_upload"), icon=":material/lock:")
        _recent()
    job = session.whole_job()
    set_line(job)
    _outcomes(job)
    show_held(_open_set)
    show_catalogue()
    show_batches()


def _outcomes(job: Job) -> None:
    """What became of every file of the set in view, and one of them in detail."""
    snapshot = job.snapshot()
    if not snapshot.is_finished:
        progress_panel(job)
        return
    if job.reason:
        st.error(text("documents.failed", reason=plain(seats.public(job.reason))), icon=":material/error:")
    elif job.stop.is_set():
        st.info(text("documents.cancelled"), icon=":material/cancel:")
    if not job.outcomes or job.chosen is None:
        _again(job)
        return
    rows = outcome_rows(job.outcomes, job.chosen.entries)
    st.dataframe(table_of(rows), hide_index=True, placeholder=text("pair.absent"))
    _passwords(job)
    unread_notices(job)
    _again(job)
    _detail(job)


def _upload() -> None:
    workspace = session.registry().workspace
    turn = st.session_state.setdefault("upload_turn", 0)
    files = st.file_uploader(
        text("documents.upload"),
        type=list(SUFFIXES),
        accept_multiple_files=True,
        key=f"upload_{turn}",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            text("documents.analyse"),
            type="primary",
            icon=":material/play_arrow:",
            disabled=not files,
            key="analyse",
        ):
            entries = tuple(workspace.add_file(file.name, file.getvalue()) for file in files)
            if len(entries) < 2:
                st.warning(text("documents.two_needed"))
            _open_set(workspace.save_set(entries).id)
        if session.current().set != SAMPLE and st.button(text("documents.sample"), key="to_sample"):
            _open_set(SAMPLE)
        _recent()
    if seats.seat().is_team:
        st.caption(text("access.kept_on_server"))
    else:
        st.caption(text("documents.pick", folder=plain(str(workspace.root))))


def _recent() -> None:
    """Sets that were uploaded before, to open again."""
    recent = {found.id: found for found in session.registry().workspace.recent_sets()}
    others = [set_id for set_id in recent if set_id != session.current().set]
    if not others:
        return
    with st.popover(text("documents.recent"), icon=":material/history:"):
        for set_id in others:
            names = ", ".join(entry.name for entry in recent[set_id].entries)
            if st.button(plain(names), key=f"recent_{set_id}", type="tertiary"):
                _open_set(set_id)


def _open_set(set_id: str) -> None:
    st.session_state["upload_turn"] += 1
    session.change(set=set_id)
    st.rerun()


def outcome_rows(outcomes: tuple[OutcomeLike, ...], entries: tuple[SetEntry, ...]) -> list[dict[str, object]]:
    """One row for every file, in order; all have the same columns, empty where a file was not read."""
    rows = []
    known = next((_facts(one.analysis) for one in outcomes if one.analysis is not None), {})
    for outcome, entry in zip(outcomes, entries, strict=False):
        found = outcome.analysis
        row: dict[str, object] = {
            text("documents.outcome_name"): entry.name,
            text("documents.outcome_title"): None if found is None else document_title(found),
            text("documents.outcome_state"): _state(outcome),
        }
        row.update(dict.fromkeys(known) if found is None else _facts(found))
        kept = text("documents.from_cache") if outcome.from_cache else f"{outcome.seconds:.1f}"
        row[text("documents.outcome_seconds")] = kept
        rows.append(row)
    return rows


def _state(outcome: OutcomeLike) -> str:
    if outcome.analysis is None:
        return text("documents.state_failed")
    is_partly = bool(outcome.analysis.document.unread_pages)
    return text("documents.state_partly" if is_partly else "documents.state_read")


def _facts(analysis: Analysis) -> dict[str, object]:
    document, segmentation = analysis.document, analysis.segmentation
    kind, status = standing_words(document)
    return {
        text("documents.outcome_kind"): kind,
        text("documents.outcome_status"): status,
        text("documents.outcome_provisions"): len(segmentation.provisions),
        text("documents.outcome_requirements"): sum(
            len(found.requirements) for found in analysis.annotations
        ),
        text("documents.outcome_warnings"): len(document.warnings) + len(segmentation.warnings),
        text("documents.outcome_pages"): str(len(document.pages) or text("pair.absent")),
        text("documents.outcome_unread"): page_list(document.unread_pages),
        text("documents.outcome_language"): language_name(segmentation.language),
        text("documents.outcome_tradition"): section("traditions")[segmentation.tradition.value],
    }


def _passwords(job: Job) -> None:
    """Ask for the password of every encrypted file, in place."""
    if not seats.may(Role.REVIEWER):
        return
    registry = session.registry()
    for outcome, entry in zip(job.outcomes, job.chosen.entries if job.chosen else (), strict=False):
        if not isinstance(outcome.error, EncryptedPdf):
            continue
        with st.form(f"password_{entry.sha256}"):
            if entry.sha256 in registry.passwords:
                st.warning(text("documents.password_wrong"))
            given = st.text_input(
                text("documents.password", name=bare(entry.name)), type="password", autocomplete="off"
            )
            if (
                st.form_submit_button(text("documents.password_button"), icon=":material/lock_open:")
                and given
            ):
                registry.set_password(entry.sha256, given)
                registry.restart(job.set_id)
                st.rerun()


def _again(job: Job) -> None:
    if not seats.may(Role.REVIEWER):
        return
    with st.container(horizontal=True):
        if st.button(text("documents.again"), icon=":material/refresh:", key="again"):
            session.registry().restart(job.set_id)
            st.rerun()
        is_mine = job.set_id != SAMPLE and seats.may(Role.OWNER)
        if is_mine and st.button(text("documents.remove"), icon=":material/delete:", key="remove"):
            session.registry().forget(job.set_id)
            session.registry().workspace.remove_set(job.set_id)
            _open_set(SAMPLE)


def _detail(job: Job) -> None:
    """One document: what was detected, what can be forced, its warnings and provisions."""
    entries = job.chosen.entries if job.chosen else ()
    with st.container(border=True):
        index = st.selectbox(
            text("documents.detail"),
            range(len(entries)),
            index=next((at for at, one in enumerate(job.outcomes) if one.analysis is not None), 0),
            format_func=lambda at: f"{at + 1}. {entries[at].name}",
            key=f"detail_{job.set_id}",
        )
        analysis = job.outcomes[index].analysis
        if analysis is not None:
            found = analysis.segmentation
            is_forced = entries[index].tradition or entries[index].language
            st.markdown(
                text(
                    "documents.was_forced" if is_forced else "documents.detected",
                    tradition=section("traditions")[found.tradition.value],
                    language=language_name(found.language),
                )
            )
        if can_force(job, index) and seats.may(Role.REVIEWER):
            force_form(job, index, _open_set)
        if analysis is not None:
            _warnings(analysis)
            _provisions(analysis)


def _warnings(analysis: Analysis) -> None:
    notices = (*analysis.document.warnings, *analysis.segmentation.warnings)
    if not notices:
        st.caption(text("documents.no_warnings"))
        return
    with st.expander(text("documents.warnings", n=len(notices)), icon=":material/warning:"):
        st.dataframe(
            table_of(
                [
                    {
                        text("documents.warning_page"): notice.page,
                        text("documents.col_eid"): notice.eid,
                        text("documents.warning_message"): notice.message,
                        text("documents.warning_code"): notice.code,
                    }
                    for notice in notices[:ROW_LIMIT]
                ]
            ),
            hide_index=True,
        )


def _provisions(analysis: Analysis) -> None:
    n = len(analysis.segmentation.provisions)
    with st.expander(text("documents.provisions", n=n), icon=":material/list:"):
        st.dataframe(table_of(provision_rows(analysis)[:ROW_LIMIT]), hide_index=True, height=420)


def provision_rows(analysis: Analysis) -> list[dict[str, object]]:
    """One row for every provision, in document order."""
    notes = {annotation.eid: annotation for annotation in analysis.annotations}
    rows: list[dict[str, object]] = []
    for provision in analysis.segmentation.provisions:
        note = notes.get(provision.eid)
        tags = [tag.principle for tag in (*note.tags, *note.sovereignty) if tag.is_on] if note else []
        rows.append(
            {
                text("documents.col_eid"): provision.eid,
                text("documents.col_kind"): provision.kind.value,
                text("documents.col_page"): provision.page_start,
                text("documents.col_heading"): " ".join(f"{provision.num} {provision.heading}".split()),
                text("documents.col_text"): provision.text,
                text("documents.col_tags"): ", ".join(session.principle_name(tag) for tag in tags),
            }
        )
    return rows
