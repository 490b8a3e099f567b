"""What is shown while an analysis runs, and where it ended without a comparison."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import streamlit as st

from fragcheck.records import Comparison, Role
from fragcheck.ui import seats, session
from fragcheck.ui.jobs import FileState, Job, JobState, Snapshot
from fragcheck.ui.making import Made, ReportDesk
from fragcheck.ui.session import registry
from fragcheck.ui.texts import plain, text
from fragcheck.ui.time_left import left_of_share, time_words
from fragcheck.ui.workspace import SAMPLE

__all__ = [
    "comparison_or_progress",
    "made_or_progress",
    "overall_words",
    "progress_panel",
    "share_done",
    "step_lines",
    "wait_for",
]

T = TypeVar("T")

#: Seconds that a page waits for a result before it shows that one is being made.
QUICK = 0.8

#: Seconds between two looks at an analysis that has only just begun.
SOON = 0.3

#: Share of the whole that reading the documents takes; the rest is comparing.
READING_SHARE = 0.7


def comparison_or_progress(job: Job) -> Comparison | None:
    """The comparison of `job`; where there is none (yet), show why and return None."""
    snapshot = job.snapshot()
    if not snapshot.is_finished:
        progress_panel(job)
        return None
    if job.comparison is not None and not job.comparison.pairs:
        st.warning(text("asking.nothing"), icon=":material/person_search:")
        return None
    if job.comparison is not None:
        return job.comparison
    if snapshot.state is JobState.CANCELLED:
        st.info(text("documents.cancelled"), icon=":material/cancel:")
    elif snapshot.state is JobState.FAILED:
        st.error(text("documents.failed", reason=plain(seats.public(job.reason))), icon=":material/error:")
    else:
        n_read = sum(1 for outcome in job.outcomes if outcome.analysis is not None)
        st.warning(text("heatmap.needs_two", n=n_read), icon=":material/description:")
        for outcome in job.outcomes:
            if outcome.error is not None:
                words = str(outcome.error).replace(str(outcome.path), outcome.path.name)
                st.error(plain(words), icon=":material/error:")
        return None
    if seats.may(Role.REVIEWER) and st.button(
        text("documents.retry"), icon=":material/refresh:", key="retry"
    ):
        registry().restart(job.set_id)
        st.rerun()
    return None


def progress_panel(job: Job) -> None:
    """Stages and per-file progress; ends by running the page again.

    It is looked at every second, and three times a second where the analysis has only just begun: then it is
    most often one that is kept from before, and nearly there.
    """
    age = job.snapshot().seconds
    st.fragment(_polled, run_every=SOON if age < QUICK + session.PATIENCE else 1.0)(job)


def _polled(job: Job) -> None:
    session.speak()
    snapshot = job.snapshot()
    if snapshot.is_finished:
        st.rerun(scope="app")
    box = st.status(text("progress.title"), expanded=True)  # leaving a `with` would mark it complete
    if job.set_id == SAMPLE:
        box.write(text("progress.first"))
    box.progress(share_done(snapshot), text=overall_words(snapshot))
    box.text("\n".join(step_lines(snapshot)))
    if snapshot.is_cancelling:
        box.text(text("progress.cancelling"))
    elif seats.may(Role.REVIEWER) and box.button(
        text("progress.cancel"), icon=":material/cancel:", key="cancel_job"
    ):
        registry().cancel(job)
        st.rerun(scope="fragment")


def made_or_progress(
    desk: ReportDesk[T],
    key: Hashable,
    make: Callable[[Made[T]], T],
    words: str,
    *,
    name: str = "made",
    can_stop: bool = True,
    begun: Made[T] | None = None,
) -> T | None:
    """The result of that key, begun where nobody asked for it yet; while it is not there, say why.

    The rest of the page goes on: what is being made is shown with its share and can be cancelled, where
    `make` looks whether it is. Two on one page have different names. `begun` is the same result where the
    analysis makes it beside its comparison: it is waited for, and made by `make` only if nothing came of it.
    """
    if begun is not None and desk.find(key) is None:
        begun.wait(QUICK)
        if not begun.is_finished:
            wait_for(begun, words)
            return None
        if begun.content is not None:
            return begun.content
    made = desk.find(key)
    if made is None:
        made = desk.ask(key, make)
        made.wait(QUICK)
    if not made.is_finished:
        wait_for(made, words, can_stop=can_stop and seats.may(Role.REVIEWER))
        return None
    if made.content is not None:
        return made.content
    if made.is_cancelled:
        st.info(text("progress.stopped"), icon=":material/cancel:")
    else:
        st.error(text("reports.failed", reason=plain(seats.public(made.reason))), icon=":material/error:")
    if st.button(text("documents.retry"), icon=":material/refresh:", key=f"again_{name}"):
        desk.ask(key, make)
        st.rerun()
    return None


@st.fragment(run_every=1.0)
def wait_for(made: Made[Any], words: str, *, can_stop: bool = False) -> None:
    """Say how long a result has taken and how far it is; run the page again once it is there."""
    session.speak()
    if made.is_finished:
        st.rerun(scope="app")
    box = st.status(f"{words} {text('reports.made_for', seconds=f'{made.seconds:.0f}')}", expanded=can_stop)
    if made.share is not None:
        left = left_of_share(made.share, made.seconds)
        box.progress(
            min(1.0, made.share), text=None if left is None else text("progress.left", time=time_words(left))
        )
    if made.is_cancelled:
        box.text(text("progress.cancelling"))
    elif can_stop and box.button(text("progress.cancel"), icon=":material/cancel:", key="cancel_made"):
        seats.ask(Role.REVIEWER, "stop an analysis")
        made.cancel()
        st.rerun(scope="fragment")


def overall_words(snapshot: Snapshot) -> str:
    """How far an analysis is, how long it has run, and how long it still takes where that can be told."""
    n = len(snapshot.files)
    said = [text("progress.overall", done=snapshot.n_ended, total=n, seconds=f"{snapshot.seconds:.0f}")]
    if snapshot.left is not None:
        key = "progress.left_reading" if snapshot.pairs is None else "progress.left"
        said.append(text(key, time=time_words(snapshot.left)))
    if snapshot.left is not None and snapshot.pairs is None and n > 1:
        pairs = n * (n - 1) // 2
        said.append(text("progress.then_pairs", n=pairs) if pairs > 1 else text("progress.then_pair"))
    return " · ".join(said)


def step_lines(snapshot: Snapshot) -> tuple[str, ...]:
    """One line for every file, then one for the pairs."""
    if snapshot.state is JobState.QUEUED:
        return (text("progress.queued", at=snapshot.position),)
    lines = [
        text("progress.file_line", label=name, stage=text(f"progress.{state.value}"))
        for name, state in snapshot.files
    ]
    if snapshot.pairs is not None:
        stage, done, total = snapshot.pairs
        lines.append(text("progress.step_line", stage=text(f"progress.{stage}"), done=done, total=total))
    return tuple(lines)


def share_done(snapshot: Snapshot) -> float:
    """Share of the work that is done, in [0, 1]; a guess for the progress bar only."""
    if snapshot.pairs is not None:
        _, done, total = snapshot.pairs
        return READING_SHARE + (1 - READING_SHARE) * (min(1.0, done / total) if total else 0.0)
    if not snapshot.files:
        return 0.0
    order = list(FileState)
    steps = [min(order.index(state), order.index(FileState.DONE)) for _, state in snapshot.files]
    return READING_SHARE * sum(steps) / (order.index(FileState.DONE) * len(steps))
