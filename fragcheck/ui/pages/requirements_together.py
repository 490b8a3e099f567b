"""What all documents ask together: the strictest-common set, and clauses that may not be compatible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from fragcheck.records import Citation, CommonRequirement, Comparison, Conflict, PairResult
from fragcheck.ui import session
from fragcheck.ui.choosing import choose_row
from fragcheck.ui.reading import action_words, role_words
from fragcheck.ui.shelf import Shelf
from fragcheck.ui.table_files import Row, downloads
from fragcheck.ui.texts import plain, section, text

__all__ = ["show_conflicts", "show_strictest"]

#: Clauses of one line that are shown with it.
CLAUSES = 6


def _compared(shelf: Shelf) -> Comparison | None:
    if shelf.job.comparison is None:
        st.info(text("requirements.no_comparison"), icon=":material/hourglass_empty:")
    return shelf.job.comparison


def _pairs(comparison: Comparison, documents: tuple[str, ...]) -> tuple[PairResult, ...]:
    return tuple(
        pair for pair in comparison.pairs if not documents or {pair.left, pair.right} <= set(documents)
    )


def show_strictest(shelf: Shelf) -> None:
    """For every duty that several documents share, the clause and the figures that satisfy all of them."""
    comparison = _compared(shelf)
    if comparison is None:
        return
    found = _shared_duties(comparison, shelf)
    st.markdown(text("requirements.strictest_count", n=len(found)))
    if not found:
        st.info(text("requirements.no_strictest"), icon=":material/search_off:")
        return
    rows = [_strictest_row(line, shelf) for line in found]
    at = choose_row(rows, "strictest_table", height=480, columns=_sure())
    if at is not None:
        _clauses(found[at].clauses, shelf, "strictest")
    downloads("strictest-common", lambda: rows)


def _shared_duties(comparison: Comparison, shelf: Shelf) -> list[CommonRequirement]:
    """The lines that pass the filters, those of the most documents first."""
    from fragcheck.pipeline.findings import settings_of
    from fragcheck.synthesis import strictest_common_set

    first, second, third = st.columns(3, vertical_alignment="bottom")
    with first:
        documents = shelf.among()
    ids = tuple(one for one in comparison.document_ids if not documents or one in documents)
    threshold = settings_of(comparison.run).match_threshold
    lines = strictest_common_set(_pairs(comparison, documents), ids, threshold=threshold)
    roles = Counter(line.role for line in lines if line.role)
    with second:
        who = session.bound_many(
            "who", text("requirements.role"), tuple(name for name, _ in roles.most_common()), role_words
        )
    with third:
        find = session.bound_words("find", text("document.search"), text("document.search_hint"))
    return sorted(
        (line for line in lines if (not who or line.role in who) and _says(line.clauses, find)),
        key=lambda line: (-len(line.clauses), -line.probability),
    )


def _sure() -> dict[str, Any]:
    return {text("requirements.col_sure"): st.column_config.NumberColumn(format="percent")}


def _says(clauses: Sequence[Citation], words: str) -> bool:
    said = " ".join(clause.text for clause in clauses).casefold()
    return all(word in said for word in words.casefold().split())


def _strictest_row(line: CommonRequirement, shelf: Shelf) -> Row:
    figures = [
        f"{one.strictest.text} ({shelf.names[one.strictest.document_id]})"
        + (f" — {text('requirements.no_meeting')}" if one.is_empty else "")
        for one in line.parameters
    ]
    return {
        text("requirements.col_role"): role_words(line.role),
        text("requirements.col_force"): section("modalities")[line.modality.value],
        text("requirements.col_class"): action_words(line.action_class),
        text("requirements.col_in"): len(line.clauses),
        text("requirements.col_strictest"): line.strictest.text,
        text("requirements.col_document"): shelf.names[line.strictest.document_id],
        text("requirements.col_place"): shelf.label(line.strictest.document_id, line.strictest.eid),
        text("requirements.col_all_figures"): "; ".join(figures),
        text("requirements.col_sure"): round(line.probability, 2),
    }


def show_conflicts(shelf: Shelf) -> None:
    """Pairs of clauses that may not both be met: candidates, for a person to read."""
    comparison = _compared(shelf)
    if comparison is None:
        return
    from fragcheck.synthesis import conflicts

    first, second = st.columns(2, vertical_alignment="bottom")
    with first:
        documents = shelf.among()
    with second:
        find = session.bound_words("find", text("document.search"), text("document.search_hint"))
    found = [one for one in conflicts(_pairs(comparison, documents)) if _says((one.left, one.right), find)]
    st.markdown(text("requirements.conflict_count", n=len(found)))
    if not found:
        is_narrowed = bool(find) or len(documents) < len(comparison.document_ids)
        said = "requirements.no_conflicts" if is_narrowed else "requirements.no_conflicts_at_all"
        st.info(text(said), icon=":material/search_off:")
        return
    rows = [_conflict_row(one, shelf) for one in found]
    at = choose_row(rows, "conflict_table", height=480, columns=_sure())
    if at is not None:
        st.caption(plain(found[at].reason))
        _clauses((found[at].left, found[at].right), shelf, "conflict")
    downloads("conflicts", lambda: rows)


def _conflict_row(one: Conflict, shelf: Shelf) -> Row:
    return {
        text("requirements.col_conflict"): section("conflicts")[one.kind.value],
        text("requirements.col_sure"): round(one.probability, 2),
        text("requirements.col_one"): shelf.names[one.left.document_id],
        text("requirements.col_one_words"): one.left.text,
        text("requirements.col_other"): shelf.names[one.right.document_id],
        text("requirements.col_other_words"): one.right.text,
        text("pair.why"): one.reason,
        text("requirements.col_one_eid"): one.left.eid,
        text("requirements.col_other_eid"): one.right.eid,
    }


def _clauses(clauses: Sequence[Citation], shelf: Shelf, key: str) -> None:
    """Clauses side by side, each with the way into its document."""
    for at, (column, clause) in enumerate(zip(_columns(len(clauses)), clauses, strict=False)):
        with column, st.container(border=True):
            place = f"{shelf.names[clause.document_id]} · {shelf.label(clause.document_id, clause.eid)}"
            st.html(
                f'<div class="fc-head" dir="auto">{escape(place)}</div>'
                f'<blockquote class="fc-law" dir="auto">{escape(clause.text)}</blockquote>'
            )
            shelf.way_in(clause.document_id, clause.eid, f"open_{key}_{at}")
    if len(clauses) > CLAUSES:
        st.caption(text("requirements.more", n=len(clauses) - CLAUSES))


def _columns(n: int) -> list[st.delta_generator.DeltaGenerator]:
    wide = [*st.columns(2), *st.columns(2), *st.columns(2)] if n > 2 else st.columns(2)
    return list(wide)
