"""A tour of the pages for who opens the sample corpus for the first time."""

from __future__ import annotations

import streamlit as st

from fragcheck.ui import session
from fragcheck.ui.texts import text
from fragcheck.ui.workspace import SAMPLE

__all__ = ["STEPS", "show_tour"]

#: Pages in the order in which they answer each other's questions.
STEPS = ("heatmap", "pair", "document", "requirements", "interoperability", "reports", "documents")

_KEY = "tour_step"


def show_tour(page: str) -> None:
    """Offer the tour on the start page of the sample; on the way, say what the page at hand is for."""
    step = st.session_state.get(_KEY)
    if step is None:
        if page == STEPS[0] and session.current().set == SAMPLE and not st.session_state.get("tour_ended"):
            _offer()
        return
    at = STEPS.index(page) if page in STEPS else step
    st.session_state[_KEY] = at
    with st.container(border=True, key="tour"):
        st.markdown(f"**{text('tour.step', at=at + 1, n=len(STEPS))}** {text(f'tour.{STEPS[at]}')}")
        with st.container(horizontal=True):
            if at + 1 < len(STEPS) and st.button(
                text("tour.next"), type="primary", icon=":material/arrow_forward:", key="tour_next"
            ):
                st.session_state[_KEY] = at + 1
                _go(STEPS[at + 1])
            if st.button(text("tour.end"), icon=":material/close:", key="tour_end"):
                _end()


def _offer() -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="tour"):
        if st.button(text("tour.take"), icon=":material/tour:", key="tour_take"):
            st.session_state[_KEY] = 0
            st.rerun()
        if st.button(text("tour.no"), type="tertiary", key="tour_no"):
            _end()


def _end() -> None:
    st.session_state.pop(_KEY, None)
    st.session_state["tour_ended"] = True
    st.rerun()


def _go(page: str) -> None:
    st.switch_page(st.session_state["pages"][page], query_params=st.query_params.to_dict())
