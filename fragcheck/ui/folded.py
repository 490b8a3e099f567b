"""Parts of a page that are made when a reader opens them: what is closed costs neither server nor browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

__all__ = ["folded"]


@contextmanager
def folded(label: str, icon: str, key: str, *, is_open: bool = False) -> Iterator[bool]:
    """An expander; gives whether it is open, and so whether to fill it.

    Parameters
    ----------
    label, icon : str
    key : str
        Of the session state, which holds whether it is open.
    is_open : bool
        Whether it is open before a reader has opened or closed it.
    """
    with st.expander(label, expanded=is_open, icon=icon, key=key, on_change="rerun") as box:
        yield bool(box.open)
