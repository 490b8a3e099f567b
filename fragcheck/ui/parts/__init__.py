"""What Streamlit has no widget for: contents tree, page with frames, matrix, drawing, PNG, foreign page.

Their scripts and styles stand beside this file and come with the package, so that
nothing is asked of another host.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

__all__ = ["chosen_in", "png_button", "show_drawing", "show_page", "show_part"]


@cache
def _source(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def show_part(name: str, data: Mapping[str, Any], *, key: str, on_chosen: Callable[[], None]) -> None:
    """Show ``tree``, ``sheet`` or ``drawing`` with `data`; `on_chosen` is called after a choice in it.

    Parameters
    ----------
    name : str
        ``<name>.js`` and ``<name>.css`` stand in this folder.
    data : mapping
        What the script draws, as plain JSON values.
    key : str
        Of the session state; `chosen_in` reads the choice from it.
    """
    part = st.components.v2.component(
        f"fragcheck_{name}", css=_source(f"{name}.css"), js=_source(f"{name}.js")
    )
    part(data=dict(data), key=key, on_chosen_change=on_chosen)


def show_drawing(svg: str, *, key: str) -> None:
    """Show a drawing in the colours of the page.

    Parameters
    ----------
    svg : str
        Of our own making, with all words from outside escaped.
    key : str
    """
    part = st.components.v2.component(
        "fragcheck_drawing", css=_source("drawing.css"), js=_source("drawing.js")
    )
    part(data={"svg": svg}, key=key)


def show_page(html: str, title: str, *, key: str) -> None:
    """Show a whole page of HTML in a frame that cannot reach the app, however large it is.

    Parameters
    ----------
    html, title : str
        The page, and what screen readers call its frame.
    key : str
    """
    part = st.components.v2.component("fragcheck_frame", css=_source("frame.css"), js=_source("frame.js"))
    part(data={"html": html, "title": title}, key=key)


def png_button(svg: str, name: str, label: str) -> None:
    """A button that saves a drawing as PNG. The browser makes it: it has the fonts and shapes the text.

    Parameters
    ----------
    svg : str
        The drawing, with its width and height in pixels.
    name : str
        Of the file, without its ending.
    label : str
    """
    part = st.components.v2.component(
        "fragcheck_picture", css=_source("picture.css"), js=_source("picture.js")
    )
    part(data={"svg": svg, "name": f"{name}.png", "label": label}, key=f"png_{name}", width="content")


def chosen_in(key: str) -> str:
    """What was chosen in the part just now; empty where nothing was."""
    found = getattr(st.session_state.get(key), "chosen", None)
    return found if isinstance(found, str) else ""
