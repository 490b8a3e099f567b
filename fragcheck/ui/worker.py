"""The process that one piece of work of the server is done in: see `processes.stream`.

It takes one task from standard input and ends when that is closed, for then the server is gone. It answers on
standard output, message by message. It stands behind the server wherever both want a processor, and before it
where the system has to end a process for want of memory.
"""

from __future__ import annotations

import importlib
import os
import pickle
import sys
import threading
import traceback
from pathlib import Path
from typing import BinaryIO

from fragcheck.ui.work import Hooks, WorkerEnded

__all__ = ["NICENESS", "main", "memory_limit"]

#: Of a worker: the pages of readers come first.
NICENESS = 10
#: Which process Linux ends first where memory runs out, from -1000 to 1000: not the server.
_FIRST_TO_GO = "500"
_LEAST_MEMORY = 4 << 30


def memory_limit() -> int:
    """Bytes of address space of a worker: half the machine's memory, but no less than four gibibytes."""
    try:
        return max(_LEAST_MEMORY, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)
    except (AttributeError, ValueError, OSError):
        return _LEAST_MEMORY


def main() -> None:
    """Load the modules that are named, take one task, do it, answer."""
    _stand_back()
    output = _private_output()
    for name in sys.argv[1:]:
        importlib.import_module(name)
    try:
        function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the server that started us
    except EOFError:
        return  # the server ended before it had work
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    # One pickler for all: what an earlier message holds is not sent again.
    answers = pickle.Pickler(output, protocol=5)

    def tell(kind: str, value: object) -> None:
        answers.dump((kind, value))
        output.flush()

    try:
        for item in function(*arguments, Hooks(lambda step: tell("step", step), lambda: False)):
            tell("item", item)
    except MemoryError:
        tell("error", WorkerEnded(f"it takes more than {memory_limit() >> 20} MiB of memory: compare fewer"))
    except Exception as error:  # noqa: BLE001 - it is raised again, and logged, in the server
        tell("error", _travelling(error))
    else:
        tell("end", None)


def _travelling(error: Exception) -> Exception:
    """The error with the place it came from, or its words where it does not survive the way."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - what was written in the same line
    except Exception:  # noqa: BLE001 - whatever an odd error does when it is packed
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _stand_back() -> None:
    """Let the server go first, and bound the memory; what this system does not know is left out."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(NICENESS)
    limit, (_, hard) = memory_limit(), resource.getrlimit(resource.RLIMIT_AS)
    bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    except (ValueError, OSError):
        return  # macOS has neither


def _private_output() -> BinaryIO:
    """Standard output for the answers alone: what libraries print goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _end_with_the_server() -> None:
    """End at once when the server closes its end, however it came to that.

    The file is read past Python's buffer, whose lock would be held when a worker ends by itself.
    """
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
