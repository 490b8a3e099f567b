"""Terms and figures of several documents side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from fragcheck.records import Parameter
from fragcheck.ui import session
from fragcheck.ui.choosing import choose_row
from fragcheck.ui.reading import figure_words
from fragcheck.ui.registers import (
    DefinitionRow,
    FigurePair,
    FigureRow,
    definition_rows,
    figure_pairs,
    figure_rows,
)
from fragcheck.ui.shelf import Shelf
from fragcheck.ui.table_files import Row, downloads
from fragcheck.ui.texts import section, text
from fragcheck.ui.wording import mark_differences, similarity

__all__ = ["show_definitions", "show_figures"]

#: Definitions of one term that are shown beside the chosen one.
BESIDE = 6


def show_definitions(shelf: Shelf) -> None:
    """All terms, those of several documents first to hand, with the chosen one compared."""
    pairs = shelf.job.comparison.pairs if shelf.job.comparison else ()
    rows = definition_rows(shelf.analyses, pairs)
    first, second = st.columns(2, vertical_alignment="bottom")
    with first:
        documents = shelf.among()
    with second:
        find = session.bound_words("find", text("requirements.term"), text("requirements.term_hint"))
    shared = len(shelf.analyses) > 1 and st.toggle(text("requirements.only_shared"), key="only_shared")
    groups: dict[int, list[DefinitionRow]] = {}
    for row in rows:
        if not documents or row.document_id in documents:
            groups.setdefault(row.group, []).append(row)
    found = [
        row
        for group in groups.values()
        if (not shared or len({row.document_id for row in group}) > 1) and _has(group, find)
        for row in group
    ]
    st.markdown(text("requirements.terms", n=len({row.group for row in found}), rows=len(found)))
    if not found:
        st.info(text("requirements.no_terms"), icon=":material/search_off:")
        return
    columns = {text("requirements.col_meaning"): st.column_config.TextColumn(width="large")}
    at = choose_row(_definition_table(found, groups, shelf), "definition_table", columns=columns)
    if at is not None:
        _beside(found[at], groups[found[at].group], shelf)
    downloads("definitions", lambda: _definition_table(found, groups, shelf))


def _has(group: Sequence[DefinitionRow], words: str) -> bool:
    wanted = words.casefold().split()
    said = " ".join(f"{row.definition.term} {row.definition.definiens}" for row in group).casefold()
    return all(word in said for word in wanted)


def _definition_table(
    rows: Sequence[DefinitionRow], groups: dict[int, list[DefinitionRow]], shelf: Shelf
) -> list[Row]:
    return [
        {
            text("requirements.col_term"): row.definition.term,
            text("requirements.col_document"): shelf.names[row.document_id],
            text("requirements.col_meaning"): row.definition.definiens,
            text("requirements.col_others"): len(
                {other.document_id for other in groups[row.group]} - {row.document_id}
            ),
            text("requirements.col_place"): shelf.label(row.document_id, row.eid),
            text("requirements.col_eid"): row.eid,
        }
        for row in rows
    ]


def _beside(chosen: DefinitionRow, group: Sequence[DefinitionRow], shelf: Shelf) -> None:
    """The chosen definition, and every other one of the term with the differing words marked."""
    with st.container(border=True):
        st.html(_quoted(chosen, shelf, escape(chosen.definition.definiens)))
        shelf.way_in(chosen.document_id, chosen.eid, "open_definition")
        others = [row for row in group if row is not chosen]
        if not others:
            st.caption(text("requirements.no_other"))
        for at, other in enumerate(others[:BESIDE]):
            sides = mark_differences(chosen.definition.definiens, other.definition.definiens)
            st.html(_quoted(other, shelf, sides.right))
            share = similarity(chosen.definition.definiens, other.definition.definiens)
            st.caption(text("requirements.shared_words", value=f"{share:.0%}"))
            shelf.way_in(other.document_id, other.eid, f"open_definition_{at}")
        if len(others) > BESIDE:
            st.caption(text("requirements.more", n=len(others) - BESIDE))


def _quoted(row: DefinitionRow, shelf: Shelf, words: str) -> str:
    place = f"{shelf.names[row.document_id]} · {shelf.label(row.document_id, row.eid)}"
    return (
        f'<div class="fc-head" dir="auto">{escape(row.definition.term)}</div>'
        f'<div class="fc-context" dir="auto">{escape(place)}</div>'
        f'<blockquote class="fc-law" dir="auto">{words}</blockquote>'
    )


def show_figures(shelf: Shelf) -> None:
    """Figures of corresponding requirements, then all figures by kind and trigger."""
    first, second = st.columns(2, vertical_alignment="bottom")
    with first:
        documents = shelf.among()
    with second:
        kinds = session.bound_many(
            "kind",
            text("requirements.kind"),
            tuple(section("parameter_kinds")),
            section("parameter_kinds").__getitem__,
        )
    _corresponding(shelf, documents, kinds)
    _all_figures(shelf, documents, kinds)


def _corresponding(shelf: Shelf, documents: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    st.markdown(f"**{text('requirements.figure_pairs')}**")
    if shelf.job.comparison is None:
        st.caption(text("requirements.no_comparison"))
        return
    found = [
        one
        for one in figure_pairs(shelf.job.comparison.pairs)
        if (not documents or {one.left, one.right} <= set(documents)) and (not kinds or one.kind in kinds)
    ]
    if not found:
        st.info(text("requirements.no_figure_pairs"), icon=":material/search_off:")
        return
    rows = [_pair_row(one, shelf) for one in found]
    at = choose_row(rows, "figure_pair_table")
    if at is not None:
        _figure_pair(found[at], shelf)
    downloads("figures-compared", lambda: rows)


def _pair_row(one: FigurePair, shelf: Shelf) -> Row:
    if one.stricter:
        stricter = shelf.names[one.stricter]
    else:
        stricter = text("requirements.even" if one.distance == 0 else "requirements.unknown")
    return {
        text("requirements.col_kind"): section("parameter_kinds")[one.kind],
        text("requirements.col_about"): one.action,
        text("requirements.col_one"): shelf.names[one.left],
        text("requirements.col_one_figure"): one.left_words,
        text("requirements.col_other"): shelf.names[one.right],
        text("requirements.col_other_figure"): one.right_words,
        text("requirements.col_stricter"): stricter,
    }


def _figure_pair(one: FigurePair, shelf: Shelf) -> None:
    """Both provisions of a row, and the ways to them."""
    for column, document_id, eid, side in zip(
        st.columns(2), (one.left, one.right), (one.left_eid, one.right_eid), ("left", "right"), strict=True
    ):
        with column, st.container(border=True):
            place = f"{shelf.names[document_id]} · {shelf.label(document_id, eid)}"
            st.html(
                f'<div class="fc-head" dir="auto">{escape(place)}</div>'
                f'<blockquote class="fc-law" dir="auto">{escape(shelf.words(document_id, eid))}</blockquote>'
            )
            shelf.way_in(document_id, eid, f"open_figure_{side}")


def _all_figures(shelf: Shelf, documents: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    st.markdown(f"**{text('requirements.figure_all')}**")
    st.caption(text("requirements.figure_all_note"))
    wanted = {one: found for one, found in shelf.analyses.items() if not documents or one in documents}
    found = [row for row in figure_rows(wanted, _to_base) if not kinds or row.kind in kinds]
    if not found:
        st.info(text("requirements.no_figures"), icon=":material/search_off:")
        return
    rows = [_figure_row(row, shelf) for row in found]
    at = choose_row(rows, "figure_table")
    if at is not None:
        shelf.way_in(found[at].document_id, found[at].eid, "open_figure")
    downloads("figures", lambda: rows)


def _to_base(parameter: Parameter) -> tuple[str, float]:
    """Family and value in its base unit, as the comparison takes them."""
    from fragcheck.align.field_data import load_field_data

    family, factor = load_field_data().units.get(parameter.unit, (parameter.unit, 1.0))
    return family, parameter.value * factor


def _figure_row(row: FigureRow, shelf: Shelf) -> Row:
    return {
        text("requirements.col_kind"): section("parameter_kinds")[row.kind],
        text("requirements.col_trigger"): row.trigger,
        text("requirements.col_document"): shelf.names[row.document_id],
        text("requirements.col_figure"): row.parameter.text,
        text("requirements.col_read"): figure_words(row.parameter, with_trigger=False),
        text("requirements.col_strictest"): text("requirements.is_strictest") if row.is_strictest else "",
        text("requirements.col_place"): shelf.label(row.document_id, row.eid),
        text("requirements.col_page"): row.page,
        text("requirements.col_eid"): row.eid,
    }
