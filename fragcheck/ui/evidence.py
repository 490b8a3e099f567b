"""A provision where it stands: its words, and the page with its place framed."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from fragcheck.errors import FragcheckError
from fragcheck.records import Analysis, BBox
from fragcheck.ui import session
from fragcheck.ui.jobs import Job
from fragcheck.ui.page_image import boxes_by_page, frame_boxes
from fragcheck.ui.reading import shown_label
from fragcheck.ui.texts import plain, text

__all__ = ["Source", "show_provision"]

#: Pixels per point of the page image: sharp on a dense screen, drawn in about 0.1 s.
SCALE = 2.0


class Source:
    """A document of the pair with its provisions by eid.

    Parameters
    ----------
    job : Job
    analysis : Analysis
    name : str
        As shown on the page.
    """

    def __init__(self, job: Job, analysis: Analysis, name: str) -> None:
        self.job = job
        self.analysis = analysis
        self.name = name
        self.provisions = {provision.eid: provision for provision in analysis.segmentation.provisions}

    def label(self, eid: str) -> str:
        """Number and heading of a provision with those of its ancestors."""
        return shown_label(self.provisions, eid)

    def context(self, eid: str) -> str:
        """Lead-ins and headings above a provision; empty where it has none."""
        provision = self.provisions.get(eid)
        return provision.context if provision else ""

    def file(self) -> tuple[str, str | None] | None:
        """Path and password of the file; None where it is not in the set any more."""
        sha256 = self.analysis.document.id.partition("#")[0]
        registry = session.registry()
        for entry in self.job.chosen.entries if self.job.chosen else ():
            if entry.sha256 == sha256:
                return str(registry.workspace.path(entry)), registry.passwords.get(sha256)
        return None


def show_provision(source: Source, eid: str, side: str) -> None:
    """Quote of the provision and the page image with its boxes; why not, where there is none."""
    provision = source.provisions.get(eid)
    if provision is None:
        st.info(text("pair.unknown_eid"))
        return
    st.html(
        f'<div class="fc-head" dir="auto">{escape(source.name)} · {escape(source.label(eid))}</div>'
        f'<div class="fc-context" dir="auto">{escape(provision.context)}</div>'
        f'<blockquote class="fc-law" dir="auto">{escape(provision.text or provision.heading)}</blockquote>'
    )
    boxes = boxes_by_page(source.analysis, eid)
    if not boxes:
        missing = "pair.no_span" if source.analysis.document.pages else "pair.no_page"
        st.info(text(missing, name=plain(source.name)), icon=":material/table:")
        return
    page = next(iter(boxes))
    if len(boxes) > 1:
        page = st.segmented_control(
            text("pair.page_choice"), list(boxes), default=page, required=True, key=f"page_{side}_{eid}"
        )
    _show_page(source, eid, int(page), boxes[int(page)])


def _show_page(source: Source, eid: str, number: int, boxes: tuple[BBox, ...]) -> None:
    found = source.file()
    widths = [page.width for page in source.analysis.document.pages if page.number == number]
    if found is None or not widths:
        st.info(text("pair.no_span"))
        return
    path, password = found
    try:
        image = _page(path, number, boxes, widths[0], _password=password)
    except FragcheckError as error:
        st.warning(text("pair.page_failed", reason=plain(str(error))), icon=":material/broken_image:")
        return
    st.image(
        image,
        caption=plain(text("pair.page_caption", name=source.name, page=number)),
        width="stretch",
        alt=text("pair.page_alt", page=number, name=source.name, label=source.label(eid)),
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _page(path: str, number: int, boxes: tuple[BBox, ...], width: float, *, _password: str | None) -> bytes:

    drawn = session.registry().engine.page_image(Path(path), number, scale=SCALE, password=_password)
    return frame_boxes(drawn, boxes, width)
