"""The documents of a set that were read, side by side, and the way into each of them."""

from __future__ import annotations

from functools import cached_property

import streamlit as st

from fragcheck.records import Analysis, Provision
from fragcheck.ui import session
from fragcheck.ui.address import document_of, token
from fragcheck.ui.jobs import Job
from fragcheck.ui.reading import named_documents, shown_label
from fragcheck.ui.texts import plain, text

__all__ = ["Shelf"]


class Shelf:
    """All documents of a job that were read so far.

    Parameters
    ----------
    job : Job
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        found = [outcome.analysis for outcome in job.outcomes if outcome.analysis is not None]
        self.names = named_documents(found)
        self.analyses: dict[str, Analysis] = dict(zip(self.names, found, strict=True))

    @cached_property
    def _provisions(self) -> dict[str, dict[str, Provision]]:
        return {
            one: {unit.eid: unit for unit in found.segmentation.provisions}
            for one, found in self.analyses.items()
        }

    def label(self, document_id: str, eid: str) -> str:
        """Number and heading of a provision with those of its ancestors."""
        return shown_label(self._provisions[document_id], eid)

    def words(self, document_id: str, eid: str) -> str:
        """Own text of a provision."""
        unit = self._provisions[document_id].get(eid)
        return unit.text if unit else ""

    def among(self) -> tuple[str, ...]:
        """A box to choose some of the documents; the ids chosen, empty for all."""
        tokens = {token(one): name for one, name in self.names.items()}
        chosen = session.bound_many(
            "among", text("requirements.documents"), tuple(tokens), tokens.__getitem__, hint=text("app.all")
        )
        found = (document_of(one, tuple(self.names)) for one in chosen)
        return tuple(one for one in found if one is not None)

    def way_in(self, document_id: str, eid: str, key: str) -> None:
        """A button that opens a provision in the document view."""
        label = text("requirements.open", name=plain(self.names[document_id]))
        if st.button(label, icon=":material/article:", key=key):
            session.change(doc=token(document_id), unit=eid)
            st.switch_page(st.session_state["pages"]["document"], query_params=st.query_params.to_dict())
