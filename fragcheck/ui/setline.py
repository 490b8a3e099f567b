"""Which set is in view, and what of it could not be read: shown on several pages."""

from __future__ import annotations

import streamlit as st

from fragcheck.ui.jobs import Job
from fragcheck.ui.texts import plain, text
from fragcheck.ui.workspace import SAMPLE

__all__ = ["set_line", "unread_notices", "unread_words"]


def set_line(job: Job) -> None:
    """One line that names the set."""
    if job.set_id == SAMPLE:
        st.caption(text("app.set_sample"))
    elif job.chosen is not None:
        names = ", ".join(entry.name for entry in job.chosen.entries)
        st.caption(text("app.set_uploaded", names=plain(names)))


def unread_words(job: Job) -> tuple[str, ...]:
    """One line for every file that was not, or not wholly, read."""
    lines = []
    for outcome, entry in zip(job.outcomes, job.chosen.entries if job.chosen else (), strict=False):
        if outcome.error is not None:
            lines.append(plain(str(outcome.error)))
        elif outcome.analysis is not None and outcome.analysis.document.unread_pages:
            pages = outcome.analysis.document.unread_pages
            words = text(
                "heatmap.page_one" if len(pages) == 1 else "heatmap.page_many", pages=page_list(pages)
            )
            lines.append(
                text("heatmap.unread", name=plain(entry.name), pages=words, how=text("heatmap.ocr_how"))
            )
    return tuple(lines)


def page_list(pages: tuple[int, ...]) -> str:
    """Page numbers with runs joined: ``1–3, 7``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def unread_notices(job: Job) -> None:
    """Show `unread_words`."""
    for line in unread_words(job):
        st.warning(line, icon=":material/visibility_off:")
