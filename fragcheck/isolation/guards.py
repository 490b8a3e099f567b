"""What a process that reads a foreign file takes from itself before it opens the file."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

__all__ = ["Limits", "leave_network", "limit_resources"]

_MEBI = 1024 * 1024
#: Flags of unshare(2), from linux/sched.h.
_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000
#: PR_SET_PDEATHSIG of prctl(2), from linux/prctl.h.
_DEATH_SIGNAL = 1
_SIGKILL = 9
#: Seconds of processor time beyond the wall-clock limit: the parent's clock should strike first.
_SPARE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a process that reads one file.

    Parameters
    ----------
    timeout_s : float
        Seconds of wall-clock time; of processor time it gets five more.
    memory_mb : int
        Mebibytes of address space.
    answer_mb : int
        Mebibytes of its answer.
    written_mb : int
        Mebibytes of the largest file that it may write (Tesseract gets its image as a file).
    open_files : int
    """

    timeout_s: float = 50.0
    memory_mb: int = 2048
    answer_mb: int = 512
    written_mb: int = 512
    open_files: int = 256


def limit_resources(limits: Limits) -> tuple[str, ...]:
    """Limit this process, and all that it starts.

    Returns
    -------
    tuple of str
        What is limited now: of ``memory``, ``processor-time``, ``written-files``, ``open-files``,
        ``core-dumps`` and ``life`` (it ends with its parent) those that this system knows.
    """
    if sys.platform == "win32":
        return ()
    import resource

    wanted = (
        ("memory", resource.RLIMIT_AS, limits.memory_mb * _MEBI),
        ("processor-time", resource.RLIMIT_CPU, int(limits.timeout_s) + _SPARE_SECONDS),
        ("written-files", resource.RLIMIT_FSIZE, limits.written_mb * _MEBI),
        ("open-files", resource.RLIMIT_NOFILE, limits.open_files),
        ("core-dumps", resource.RLIMIT_CORE, 0),
    )
    found = []
    for name, limit, value in wanted:
        _, hard = resource.getrlimit(limit)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (bound, bound))
        except (ValueError, OSError):
            continue  # macOS knows RLIMIT_AS and does not take it; `fragcheck info` says what is missing
        found.append(name)
    if sys.platform == "linux" and _c_library().prctl(_DEATH_SIGNAL, _SIGKILL, 0, 0, 0) == 0:
        found.append("life")
    return tuple(found)


def leave_network() -> bool:
    """Go into a network namespace of one's own, which has no way out and not even a loopback.

    On Linux it takes the right to make namespaces, or to make user namespaces; files stay as readable
    as they were. Root without that right (in some containers) keeps to its user namespace: in a new
    one it could no longer read the files of others.

    Returns
    -------
    bool
        False where this system does not allow it.
    """
    if sys.platform != "linux":
        return False
    unshare = _c_library().unshare
    if unshare(_NEW_NETWORK) == 0:
        return True
    return os.geteuid() != 0 and unshare(_NEW_USER | _NEW_NETWORK) == 0


def _c_library() -> Any:  # noqa: ANN401 - ctypes finds the functions at run time
    import ctypes  # on use: the parent does without it

    return ctypes.CDLL(None, use_errno=True)
