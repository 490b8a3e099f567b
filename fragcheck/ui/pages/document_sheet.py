"""The page that the chosen provision is printed on, with all its provisions framed."""

from __future__ import annotations

import base64
import hashlib
from functools import partial
from pathlib import Path

import streamlit as st

from fragcheck.errors import FragcheckError
from fragcheck.records import Page
from fragcheck.ui import session
from fragcheck.ui.evidence import SCALE, Source
from fragcheck.ui.outline import below
from fragcheck.ui.parts import chosen_in, show_part
from fragcheck.ui.reading import page_frames
from fragcheck.ui.texts import plain, text

__all__ = ["show_sheet"]


def show_sheet(source: Source, eid: str) -> None:
    """Show the page of a provision; why not, where there is none."""
    pages = {page.number: page for page in source.analysis.document.pages}
    if not pages:
        st.info(text("document.no_pages", name=plain(source.name)), icon=":material/table:")
        return
    key = f"sheet_{session.current().doc}_{eid}"
    last = max(pages)
    first = min(_first_page(source, eid), last)
    number = int(
        st.number_input(
            text("document.sheet_page", n=last),
            1,
            last,
            value=st.session_state.get(f"{key}_from", first),
            key=key,
        )
    )
    if number not in pages:
        st.info(text("pair.no_span"))
        return
    _draw(source, eid, pages[number])


def _first_page(source: Source, eid: str) -> int:
    """Page of a provision; of the first one under it where it is only a heading without a place."""
    start = source.provisions[eid].page_start
    if start is not None:
        return start
    found, _ = below(source.analysis, eid, 10_000)
    return next((one.page_start for _, one in found if one.page_start is not None), 1)


def _draw(source: Source, eid: str, page: Page) -> None:
    file = source.file()
    if file is None:
        st.info(text("pair.no_span"))
        return
    path, password = file
    try:
        image, digest = _image(path, page.number, _password=password)
    except FragcheckError as error:
        st.warning(text("pair.page_failed", reason=plain(str(error))), icon=":material/broken_image:")
        return
    provisions = source.analysis.segmentation.provisions
    labels = {
        one.eid: source.label(one.eid)
        for one in provisions
        if (one.page_start or 0) <= page.number <= (one.page_end or 0)
    }
    show_part(
        "sheet",
        {
            "image": image,
            "image_id": digest,
            "width": page.width,
            "height": page.height,
            "alt": text("document.sheet_alt", page=page.number, name=source.name, label=source.label(eid)),
            "frames": page_frames(provisions, page.number, (page.width, page.height), eid, labels),
        },
        key="sheet",
        on_chosen=partial(_from_sheet, page.number),
    )
    st.caption(text("document.sheet_hint"))


def _from_sheet(number: int) -> None:
    """Choose what was clicked, and stay on the page although it may begin on the one before."""
    chosen = chosen_in("sheet")
    if chosen:
        st.session_state[f"sheet_{session.current().doc}_{chosen}_from"] = number
        session.change(unit=chosen)


@st.cache_data(max_entries=48, show_spinner=False)
def _image(path: str, number: int, *, _password: str | None) -> tuple[str, str]:
    """The page as an address that holds the picture itself, and its hash."""
    drawn = session.registry().engine.page_image(Path(path), number, scale=SCALE, password=_password)
    digest = hashlib.sha256(drawn).hexdigest()
    return f"data:image/png;base64,{base64.b64encode(drawn).decode('ascii')}", digest
