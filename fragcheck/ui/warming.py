"""What the first view wants, made ready while the server begins to listen and the browser to load."""

from __future__ import annotations

import importlib
import logging
import threading
import time

__all__ = ["begin"]

log = logging.getLogger(__name__)

#: What the first page is drawn with.
_MODULES = ("fragcheck.ui.shell", "fragcheck.ui.pages.heatmap")

#: Seconds between two looks whether the server is there, and after how many nobody looks any more.
_EVERY, _PATIENCE = 0.02, 60.0


def begin() -> threading.Thread:
    """Begin to make ready, in a thread that waits for the server of this process; returns the thread."""
    thread = threading.Thread(target=_warm, name="warming", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    """Begin the sample corpus in its process, and load the pages' modules beside it, once the server is up.

    Nothing depends on it: what fails here is said in the log, and again where a page wants it.
    """
    end = time.monotonic() + _PATIENCE
    while not _is_up():
        if time.monotonic() > end:
            return
        time.sleep(_EVERY)
    try:
        importlib.import_module("fragcheck.ui.session").begin_sample()
        for name in _MODULES:
            importlib.import_module(name)
    except Exception:
        log.exception("the first view could not be made ready")


def _is_up() -> bool:
    """Whether the server is about to listen: what it still does before that would wait for our imports."""
    from streamlit import runtime

    return runtime.exists() and runtime.get_instance().state is not runtime.RuntimeState.INITIAL
