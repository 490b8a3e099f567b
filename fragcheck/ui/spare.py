"""Processes for the work of the server, one of which may be started before there is work for it.

This module imports nothing but the standard library: a server that starts begins with it.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from pathlib import Path

__all__ = ["COMMAND", "make_ready", "started"]

#: What runs in the process; -P: the folder that the server was started from is no place for modules.
COMMAND: tuple[str, ...] = (sys.executable, "-P", "-m", "fragcheck.ui.worker")

#: What an analysis is made of, loaded by a process that waits for one.
_MODULES = ("fragcheck.ui.engine", "fragcheck.pipeline.analysis", "fragcheck.pipeline.comparing")

_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])

_lock = threading.Lock()
_waiting: list[subprocess.Popen[bytes]] = []


def make_ready() -> None:
    """Start a process that loads what an analysis needs, and waits for one; once for a server."""
    with _lock:
        if not _waiting:
            _waiting.append(_start(*_MODULES))
            atexit.register(_end)


def started() -> subprocess.Popen[bytes]:
    """The process that waits, if there is one and it is well; otherwise a new one."""
    with _lock:
        while _waiting:
            found = _waiting.pop()
            if found.poll() is None:
                return found
    return _start()


def _start(*modules: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [*COMMAND, *modules],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )


def _end() -> None:
    """End the process that nobody wanted."""
    with _lock:
        while _waiting:
            _waiting[0].kill()
            _waiting.pop().communicate()


def _environment() -> dict[str, str]:
    """The server's, with this package on the path."""
    known = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([_PACKAGE_PARENT, known]) if known else _PACKAGE_PARENT,
    }
