"""What a person should look at first, what was said so far, and how far reviewers agree."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from fragcheck.errors import FragcheckError
from fragcheck.records import Comparison, LogEntry, QueueItem, ReviewTarget, Role, Verdict
from fragcheck.store import ArtefactStore
from fragcheck.ui import desks, seats, session
from fragcheck.ui.address import REVIEW_LISTS
from fragcheck.ui.engine import ProgressLike
from fragcheck.ui.jobs import Job
from fragcheck.ui.making import Made
from fragcheck.ui.pairing import unit_words
from fragcheck.ui.progress import comparison_or_progress, made_or_progress
from fragcheck.ui.queue_rows import (
    Place,
    choices_of,
    finding_words,
    made_review,
    places_of,
    settled_words,
)
from fragcheck.ui.reviews import person_here
from fragcheck.ui.setline import set_line
from fragcheck.ui.shelf import Shelf
from fragcheck.ui.table_files import Row, downloads, table_of
from fragcheck.ui.texts import plain, section, text
from fragcheck.ui.work import QUEUE_LENGTH

__all__ = ["show"]


def show() -> None:
    """Show the queue of the set in view, the log, or the agreement."""
    job = session.whole_job()
    st.subheader(text("review.title"), anchor=False)
    set_line(job)
    chosen = session.bound_tabs("review", text("review.title"), REVIEW_LISTS, "review")
    st.caption(text(f"review.{chosen}_note"))
    name = _who()
    if chosen == "log":
        _log(name)
    elif chosen == "agreement":
        _agreement()
    else:
        comparison = comparison_or_progress(job)
        if comparison is not None:
            _Queue(job, comparison, name).show()


def _who() -> str:
    """Name under which is reviewed, and the way to take the last review back."""
    taken = seats.seat()
    if not seats.may(Role.REVIEWER):
        st.info(text("access.reader_no_review"), icon=":material/lock:")
        return taken.name
    first, second = st.columns([2, 3], vertical_alignment="bottom")
    if taken.is_team:
        name = taken.name
        first.markdown(text("access.reviews_as", name=plain(name)))
    else:
        given = first.text_input(text("review.name"), value=person_here(), max_chars=80, key="reviewer")
        name = (given or "").strip() or person_here()
    with second:
        if st.button(text("review.undo"), icon=":material/undo:", key="undo_review"):
            with seats.review_book(name) as book:
                entry = book.undo(text("review.undone"))
            if entry is None:
                st.toast(text("review.nothing"))
            else:
                _measured_anew(text("review.was_undone"))
    return name


def _measured_anew(words: str) -> None:
    """Compare again under the reviews in force; what is kept is not aligned again."""
    session.registry().restart(session.current().set)
    st.toast(words)
    st.rerun()


def _items(
    comparison: Comparison, store: ArtefactStore, made: Made[tuple[QueueItem, ...]]
) -> tuple[QueueItem, ...]:
    from fragcheck.pipeline import kept_queue

    def told(step: ProgressLike) -> None:
        made.share = step.done / step.total

    return kept_queue(
        comparison, QUEUE_LENGTH, store, on_progress=told, is_cancelled=lambda: made.is_cancelled
    )


class _Queue:
    """The findings of one comparison that no review has settled."""

    def __init__(self, job: Job, comparison: Comparison, name: str) -> None:
        self.job = job
        self.comparison = comparison
        self.shelf = Shelf(job)
        self.name = name

    def show(self) -> None:
        """The table, and the finding that is chosen in it."""
        comparison, at = self.comparison, (self.job.set_id, self.job.started)
        store = seats.place().artefacts
        items = made_or_progress(
            desks.queues(),
            at,
            lambda made: _items(comparison, store, made),
            text("review.computing"),
            begun=self.job.beside.get("queue"),
        )
        if items is None:
            return
        if not items:
            st.success(text("review.empty"))
            return
        st.markdown(text("review.count", n=len(items), said=len(self.comparison.reviews)))
        event = st.dataframe(
            table_of([self._row(item) for item in items]),
            hide_index=True,
            height=360,
            key="queue_table",
            on_select="rerun",
            selection_mode="single-row",
            column_config={
                text("review.col_doubt"): st.column_config.NumberColumn(format="percent"),
                text("review.col_effect"): st.column_config.NumberColumn(
                    format="%.3f", help=text("review.effect_help")
                ),
            },
        )
        rows = [at for at in event["selection"]["rows"] if at < len(items)]
        self._chosen(items[rows[0] if rows else 0])
        downloads("review-queue", lambda: [self._row(item) for item in items])

    def _row(self, item: QueueItem) -> Row:
        places = places_of(item.subject, self.comparison)
        return {
            text("review.col_kind"): section("review_targets")[item.subject.target.value],
            text("review.col_finding"): self._finding(item),
            text("review.col_where"): " ↔ ".join(self._place(place) for place in places),
            text("review.col_doubt"): round(item.doubt, 2),
            text("review.col_effect"): round(item.effect, 4),
        }

    def _finding(self, item: QueueItem) -> str:
        return finding_words(item.subject, item.finding, self.comparison, session.principle_name)

    def _place(self, place: Place) -> str:
        return f"{self.shelf.names[place.document_id]} · {self.shelf.label(place.document_id, place.eid)}"

    def _chosen(self, item: QueueItem) -> None:
        with st.container(border=True):
            kind = section("review_targets")[item.subject.target.value]
            st.markdown(f"**{kind}** · {plain(self._finding(item))}")
            places = places_of(item.subject, self.comparison)
            for column, place in zip(st.columns(max(1, len(places))), places, strict=False):
                with column:
                    st.html(
                        f'<div class="fc-head" dir="auto">{escape(self._place(place))}</div>'
                        f'<blockquote class="fc-law" dir="auto">{escape(self._words(place))}</blockquote>'
                    )
                    self.shelf.way_in(place.document_id, place.eid, f"review_{place.document_id[:8]}")
            if seats.may(Role.REVIEWER):
                self._verdict(item)

    def _words(self, place: Place) -> str:
        """Words of the unit, where the finding is about one, else of the provision."""
        for pair in self.comparison.pairs if place.key else ():
            for side, units in ((pair.left, pair.left_units), (pair.right, pair.right_units)):
                found = next((unit for unit in units if unit.key == place.key), None)
                if side == place.document_id and found is not None:
                    return unit_words(found)
        return self.shelf.words(place.document_id, place.eid)

    def _verdict(self, item: QueueItem) -> None:
        choices = choices_of(item.subject)
        words = section("types" if item.subject.target is ReviewTarget.TYPE else "relations")
        with st.form("verdict", border=False, clear_on_submit=True):
            reason = st.text_input(
                text("review.reason"),
                placeholder=text("review.reason_hint"),
                max_chars=500,
                key="verdict_reason",
            )
            with st.container(horizontal=True, vertical_alignment="bottom"):
                is_right = st.form_submit_button(text("review.accept"), icon=":material/check:", key="accept")
                is_wrong = st.form_submit_button(text("review.reject"), icon=":material/close:", key="reject")
                to = (
                    st.selectbox(
                        text("review.change_to"), list(choices), format_func=lambda one: words.get(one, one)
                    )
                    if choices
                    else None
                )
                is_other = bool(choices) and st.form_submit_button(text("review.change"), key="change")
        pressed = {Verdict.ACCEPT: is_right, Verdict.REJECT: is_wrong, Verdict.CHANGE: is_other}
        for verdict, is_asked in pressed.items():
            if is_asked:
                self._keep(item, verdict, to or "", (reason or "").strip())

    def _keep(self, item: QueueItem, verdict: Verdict, to: str, reason: str) -> None:
        """Keep a review and measure anew; without a reason, or where it does not fit, say so."""
        if not reason:
            st.warning(text("review.reason_wanted"))
            return
        asked = to if verdict is Verdict.CHANGE else ""
        try:
            review = made_review(self.comparison, item.subject, verdict, to=asked, reason=reason)
            with seats.review_book(self.name) as book:
                book.record(review)
        except FragcheckError as error:
            st.error(plain(str(error)), icon=":material/error:")
            return
        _measured_anew(text("review.kept"))


def _log(name: str) -> None:
    with seats.review_book(name) as book:
        entries, findings = book.log(), book.verify()
    if findings:
        for found in findings:
            st.error(plain(f"{found.number}: {found.message}"), icon=":material/gpp_bad:")
    if not entries:
        st.info(text("review.log_empty"), icon=":material/rate_review:")
        return
    if not findings:
        st.success(text("review.log_whole", n=len(entries)), icon=":material/verified_user:")
    rows = log_rows(entries)
    st.dataframe(table_of(rows[::-1]), hide_index=True, height=420)
    downloads("reviews", lambda: rows)


def log_rows(entries: Sequence[LogEntry]) -> list[Row]:
    """The log as rows, oldest first."""
    return [
        {
            text("review.col_number"): entry.number,
            text("review.col_when"): entry.review.made_at,
            text("review.col_who"): entry.review.reviewer,
            text("review.col_kind"): section("review_targets")[entry.review.subject.target.value],
            text("review.col_verdict"): section("verdicts")[entry.review.verdict.value],
            text("review.col_where"): entry.review.subject.eid,
            text("review.col_before"): settled_words(entry.review.before),
            text("review.col_after"): settled_words(entry.review.after),
            text("review.col_why"): entry.review.reason,
            text("review.col_digest"): entry.digest,
        }
        for entry in entries
    ]


def _agreement() -> None:
    from fragcheck.pipeline import agreement_table

    with seats.review_book() as book:
        found = agreement_table(book.opinions())
    if not found:
        st.info(text("review.log_empty"), icon=":material/rate_review:")
        return
    rows: list[Row] = [
        {
            text("review.col_kind"): section("review_targets")[one.target.value],
            text("review.col_first"): one.first or text("review.everyone"),
            text("review.col_second"): text("review.machine") if one.second == "machine" else one.second,
            text("review.col_items"): one.n_items,
            text("review.col_observed"): one.observed,
            text("review.col_kappa"): one.kappa,
            text("review.col_alpha"): one.alpha,
        }
        for one in found
    ]
    st.dataframe(table_of(rows), hide_index=True)
    downloads("agreement", lambda: rows)
