"""Who must do what, by when, where: obligations, definitions and figures over documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from fragcheck.records import Modality
from fragcheck.ui import session
from fragcheck.ui.address import DUES, LISTS
from fragcheck.ui.choosing import choose_row
from fragcheck.ui.pages.requirements_compared import show_definitions, show_figures
from fragcheck.ui.pages.requirements_together import show_conflicts, show_strictest
from fragcheck.ui.progress import progress_panel
from fragcheck.ui.reading import action_words, modality_words, requirement_rows, role_words
from fragcheck.ui.registers import RegisterFilter, RegisterRow, filtered_register, register_rows
from fragcheck.ui.setline import set_line, unread_notices
from fragcheck.ui.shelf import Shelf
from fragcheck.ui.table_files import Row, downloads
from fragcheck.ui.texts import section, text

__all__ = ["show", "table_rows"]

#: Rows of a table on the page: more would slow it. The files to download hold all.
ROW_LIMIT = 1000

_OTHERS = {
    "definitions": show_definitions,
    "figures": show_figures,
    "strictest": show_strictest,
    "conflicts": show_conflicts,
}


def show() -> None:
    """Show one of the registers of the set in view, of the documents that are read."""
    job = session.current_job()
    st.subheader(text("requirements.title"), anchor=False)
    set_line(job)
    is_finished = job.snapshot().is_finished
    if not is_finished:
        progress_panel(job)
    shelf = Shelf(job)
    if not shelf.analyses:
        if is_finished:
            st.warning(text("document.none_read"), icon=":material/description:")
        return
    chosen = _which()
    st.caption(text(f"requirements.{chosen}_note"))
    if chosen == "register":
        _Register(shelf).show()
    else:
        _OTHERS[chosen](shelf)
    unread_notices(job)


def _which() -> str:
    return session.bound_tabs("list", text("requirements.list"), LISTS, "requirements")


class _Register:
    """The obligations register with its filters, table and files."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.rows = register_rows(shelf.analyses)

    def show(self) -> None:
        """Filters, the count, the table, and the requirement chosen in it."""
        found = filtered_register(self.rows, self._filters())
        n_with = sum(row.has_deadline for row in found)
        st.markdown(text("requirements.count", n=len(found), all=len(self.rows), due=n_with))
        if not found:
            st.info(text("requirements.none"), icon=":material/search_off:")
            return
        if len(found) > ROW_LIMIT:
            st.caption(text("requirements.cut", n=ROW_LIMIT))
        shown = found[:ROW_LIMIT]
        columns = {
            text("requirements.col_action"): st.column_config.TextColumn(width=420),
            text("requirements.col_actor"): st.column_config.TextColumn(width=150),
            text("requirements.col_when"): st.column_config.TextColumn(width=170),
            text("requirements.col_page"): st.column_config.NumberColumn(width="small"),
        }
        at = choose_row(table_rows(shown, self.shelf), "register_table", height=480, columns=columns)
        if at is not None:
            self._chosen(shown[at])
        downloads("requirements", lambda: table_rows(found, self.shelf))

    def _filters(self) -> RegisterFilter:
        roles = Counter(row.requirement.actor_role for row in self.rows if row.requirement.actor_role)
        tags = {tag for row in self.rows for tag in row.principles}
        one, two, three = st.columns(3, vertical_alignment="bottom")
        with one:
            documents = self.shelf.among()
            find = session.bound_words("find", text("document.search"), text("document.search_hint"))
        with two:
            who = session.bound_many(
                "who", text("requirements.role"), tuple(name for name, _ in roles.most_common()), role_words
            )
            tag = session.bound_many(
                "tag",
                text("document.filter_tag"),
                tuple(name for name in session.known_principles() if name in tags),
                session.principle_name,
            )
        with three:
            modality = session.bound_many(
                "modality",
                text("requirements.force"),
                tuple(kind.value for kind in Modality),
                section("modalities").__getitem__,
            )
            due = session.bound_select(
                "due", text("requirements.due"), DUES, lambda name: text(f"requirements.due_{name}")
            )
        return RegisterFilter(documents, who, modality, tag, due, find)

    def _chosen(self, row: RegisterRow) -> None:
        """The requirement that is chosen in the table, in full, and the way to where it stands."""
        with st.container(border=True):
            cells = "".join(
                f'<tr><th scope="row">{escape(name)}</th><td dir="auto">{escape(words)}</td></tr>'
                for name, words in requirement_rows(row.requirement)
            )
            place = f"{self.shelf.names[row.document_id]} · {self.shelf.label(row.document_id, row.eid)}"
            st.html(
                f'<div class="fc-head" dir="auto">{escape(place)}</div>'
                f'<blockquote class="fc-law" dir="auto">{escape(row.requirement.text)}</blockquote>'
                f'<table class="fc-fields">{cells}</table>'
            )
            self.shelf.way_in(row.document_id, row.eid, "open_requirement")


def table_rows(rows: Sequence[RegisterRow], shelf: Shelf) -> list[Row]:
    """Requirements as rows of a table or a file, with the words of the interface as columns."""
    return [
        {
            text("requirements.col_actor"): row.requirement.actor,
            text("requirements.col_force"): modality_words(row.requirement),
            text("requirements.col_action"): row.requirement.action,
            text("requirements.col_when"): "; ".join(found.text for found in row.when),
            text("requirements.col_document"): shelf.names[row.document_id],
            text("requirements.col_place"): shelf.label(row.document_id, row.eid),
            text("requirements.col_page"): row.page,
            text("requirements.col_role"): role_words(row.requirement.actor_role),
            text("requirements.col_figures"): "; ".join(found.text for found in row.figures),
            text("requirements.col_condition"): row.requirement.condition,
            text("requirements.col_recipient"): row.requirement.recipient,
            text("requirements.col_class"): action_words(row.requirement.action_class),
            text("requirements.col_principles"): ", ".join(
                session.principle_name(name) for name in row.principles
            ),
            text("requirements.col_words"): row.requirement.text,
            text("requirements.col_eid"): row.eid,
        }
        for row in rows
    ]
