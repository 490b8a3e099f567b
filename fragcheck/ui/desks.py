"""What this server makes beside its pages, each once for all who ask: reports, paths, summaries, queues."""

from __future__ import annotations

from typing import Any

import streamlit as st

from fragcheck.records import CorpusSummary, HarmonisationPath, QueueItem
from fragcheck.store import home_folder
from fragcheck.ui.making import ReportDesk

__all__ = ["paths", "queues", "reports", "summaries"]


@st.cache_resource(show_spinner=False)
def _desk(root: str, kind: str, kept: int) -> ReportDesk[Any]:
    del root, kind  # of the server's folder, so that tests get desks of their own, and of what is made there
    return ReportDesk(kept=kept)


def reports() -> ReportDesk[bytes]:
    """All reports of this server."""
    return _desk(str(home_folder()), "reports", 6)


def paths() -> ReportDesk[HarmonisationPath]:
    """All harmonisation paths that were looked for on this server."""
    return _desk(str(home_folder()), "paths", 24)


def summaries() -> ReportDesk[CorpusSummary]:
    """All summaries of sets that were made on this server."""
    return _desk(str(home_folder()), "summaries", 16)


def queues() -> ReportDesk[tuple[QueueItem, ...]]:
    """All queues of findings to review that were put in order on this server."""
    return _desk(str(home_folder()), "queues", 8)
