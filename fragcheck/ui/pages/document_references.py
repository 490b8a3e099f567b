"""What the chosen provision refers to, and which others refer to it: each one click away."""

from __future__ import annotations

import streamlit as st

from fragcheck.records import Reference
from fragcheck.ui import session
from fragcheck.ui.evidence import Source
from fragcheck.ui.texts import bare, plain, text

__all__ = ["show_references"]

#: Provisions of one reference, and of those that refer here, that get a button.
MOST = 8


def show_references(source: Source, eid: str) -> None:
    """Show the references of a provision; nothing where there are none."""
    given = [one for one in source.analysis.references if one.eid == eid]
    if given:
        st.markdown(f"**{text('document.refers')}**")
    for at, one in enumerate(given):
        _reference(source, one, at)
    asking = list(
        dict.fromkeys(one.eid for one in source.analysis.references if eid in one.targets and one.eid != eid)
    )
    if asking:
        st.markdown(f"**{text('document.referred')}**")
        _ways(source, asking, "from")


def _reference(source: Source, one: Reference, at: int) -> None:
    words = f"“{plain(one.text)}”"
    if one.law:
        place = text("document.other_law", law=plain(one.law), places=plain(", ".join(one.paths)))
        words += f": {place}"
    if one.reason:
        words += f" ({text('document.unresolved', reason=plain(one.reason))})"
    st.caption(words)
    known = [target for target in one.targets if target in source.provisions]
    if known:
        _ways(source, known, f"to_{at}")


def _ways(source: Source, eids: list[str], key: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for at, eid in enumerate(eids[:MOST]):
            st.button(
                bare(source.label(eid)),
                key=f"way_{key}_{at}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=session.change,
                kwargs={"unit": eid},
            )
        if len(eids) > MOST:
            st.caption(text("requirements.more", n=len(eids) - MOST))
