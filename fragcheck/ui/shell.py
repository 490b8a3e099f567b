"""The frame around the pages: title, navigation, the set in view."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable

import streamlit as st
from PIL import Image, ImageDraw

from fragcheck.ui import seats, session
from fragcheck.ui.account import account_control, enter, settle_project
from fragcheck.ui.asking import asking_control
from fragcheck.ui.cells import RAMP
from fragcheck.ui.style import put_style
from fragcheck.ui.texts import LANGUAGES, text
from fragcheck.ui.tour import show_tour

__all__ = ["main"]

#: Address, which is also the module's name in `fragcheck.ui.pages`, and icon of every page.
_PAGES = (
    ("heatmap", ":material/grid_on:"),
    ("pair", ":material/compare_arrows:"),
    ("document", ":material/article:"),
    ("requirements", ":material/checklist:"),
    ("interoperability", ":material/sync_alt:"),
    ("harmonise", ":material/handshake:"),
    ("review", ":material/rate_review:"),
    ("reports", ":material/summarize:"),
    ("documents", ":material/description:"),
    ("method", ":material/help:"),
)

#: The first page has the empty address; this is a name that Streamlit sets aside for it.
_START = "start"

#: Names that people type, with the page that they mean.
_OTHER_NAMES = {"heatmap": "heatmap", "library": "documents"}

#: Where people log in.
_TEAM_PAGES = (("members", ":material/group:"),)


def _icon() -> Image.Image:
    """The icon of the browser's tab, drawn here: a named one would be fetched from elsewhere."""
    icon = Image.new("RGB", (32, 32), "white")
    draw = ImageDraw.Draw(icon)
    for place, colour in enumerate((RAMP[4], RAMP[2], RAMP[1], RAMP[5])):
        x, y = 16 * (place % 2), 16 * (place // 2)
        draw.rectangle((x + 1, y + 1, x + 14, y + 14), fill=colour)
    return icon


def main() -> None:
    """Show the page that the address asks for."""
    st.set_page_config(page_title=text("app.name"), page_icon=_icon(), layout="wide")
    session.speak(st.query_params.get("lang", ""))
    if not _is_let_in():
        return
    pages = {
        name: st.Page(
            session.guarded(functools.partial(_show, name)),
            title=text(f"app.{name}"),
            icon=icon,
            url_path=_START if name == "heatmap" else name,
            default=name == "heatmap",
        )
        for name, icon in (*_PAGES, *(_TEAM_PAGES if seats.seat().is_team else ()))
    }
    st.session_state["pages"] = pages
    others = [
        st.Page(_nothing, title=pages[meant].title, url_path=name, visibility="hidden")
        for name, meant in _OTHER_NAMES.items()
    ]
    chosen = st.navigation([*pages.values(), *others], position="top")
    put_style()
    if chosen in others:
        meant = tuple(_OTHER_NAMES.values())[others.index(chosen)]
        st.switch_page(pages[meant], query_params=st.query_params.to_dict())
    asked = st.query_params.get("view")
    if asked in pages and asked != "heatmap" and chosen == pages["heatmap"]:
        rest = {name: value for name, value in st.query_params.to_dict().items() if name != "view"}
        st.switch_page(pages[asked], query_params=rest)
    name = next((name for name, page in pages.items() if page == chosen), "heatmap")
    session.guarded(functools.partial(session.read_address, name))()
    session.guarded(settle_project)()
    session.guarded(session.begin)()
    session.guarded(session.check_profile)()
    session.write_address()
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key="who_and_how"):
        session.guarded(account_control)()
        session.guarded(asking_control)()
        _language_control()
    session.guarded(functools.partial(show_tour, name))()
    chosen.run()


def _show(name: str) -> None:
    """A page, imported with all that it draws with when it is first asked for."""
    importlib.import_module(f"fragcheck.ui.pages.{name}").show()


def _is_let_in() -> bool:
    """Whether the pages may be shown; what is shown instead stands at the same addresses."""
    closed: list[Callable[[], None] | None] = []
    session.guarded(lambda: closed.append(enter()))()
    if closed == [None]:
        return True
    _, *names = [name for name, _ in (*_PAGES, *_TEAM_PAGES)]
    title = text("app.name")
    st.navigation(
        [
            st.Page(_nothing, title=title, url_path=_START, default=True),
            *(st.Page(_nothing, title=title, url_path=name) for name in (*names, *_OTHER_NAMES)),
        ],
        position="hidden",
    )
    put_style()
    for show in closed:
        session.guarded(show or _nothing)()
    return False


def _nothing() -> None:
    """A page that is closed."""


def _language_control() -> None:
    """The language of the interface; the documents keep theirs."""
    with st.container(width=125):
        session.bound_select(
            "lang", text("app.language"), tuple(LANGUAGES), LANGUAGES.__getitem__, is_label_shown=False
        )
