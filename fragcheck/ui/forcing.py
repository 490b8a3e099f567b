"""Choose the drafting tradition and the language of a document; it is then read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import streamlit as st

from fragcheck.records import Tradition
from fragcheck.ui import session
from fragcheck.ui.jobs import Job
from fragcheck.ui.texts import section, text

__all__ = ["can_force", "force_form", "language_name"]


def language_name(code: str) -> str:
    """The words for a language; its code where the catalogue has none."""
    return section("languages").get(code, code or text("pair.absent"))


def can_force(job: Job, index: int) -> bool:
    """True where the file of that place in the set has a tradition to choose.

    Tables and Akoma Ntoso have none: they state their provisions.
    """
    entries = job.chosen.entries if job.chosen else ()
    return Path(entries[index].name).suffix.lower() not in (".csv", ".xlsx", ".xml", ".akn")


def force_form(job: Job, index: int, opened: Callable[[str], None]) -> None:
    """Show the form for one file of the set.

    Parameters
    ----------
    job : Job
    index : int
        Place of the file in the set.
    opened : callable
        Is called with the id of the set that holds the choice, which is another set.
    """
    entries = job.chosen.entries if job.chosen else ()
    traditions = ["", *(found.value for found in Tradition if found is not Tradition.TABLE)]
    languages = ["", *section("languages")]
    with st.form(f"force_{job.set_id}_{index}", border=False):
        first, second, third = st.columns([2, 2, 1], vertical_alignment="bottom")
        tradition = first.selectbox(
            text("documents.force_tradition"),
            traditions,
            index=traditions.index(entries[index].tradition or ""),
            format_func=lambda name: section("traditions")[name] if name else text("documents.detect"),
        )
        language = second.selectbox(
            text("documents.force_language"),
            languages,
            index=languages.index(entries[index].language or ""),
            format_func=lambda code: language_name(code) if code else text("documents.detect"),
        )
        if third.form_submit_button(text("documents.forced"), width="stretch"):
            changed = list(entries)
            changed[index] = replace(entries[index], tradition=tradition or None, language=language or None)
            opened(session.registry().workspace.save_set(tuple(changed)).id)
