"""Work of the server in processes of their own: the pages of readers do not wait for it."""

from __future__ import annotations

import contextlib
import pickle
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import Any

from fragcheck.errors import FragcheckError
from fragcheck.ui.spare import started
from fragcheck.ui.work import Hooks, WorkerEnded

__all__ = ["Stopped", "stream"]

#: Seconds between two questions whether the work is to stop.
_ASKED_EVERY = 0.2


class Stopped(FragcheckError):
    """The work was stopped on request; what was finished is kept."""


def stream(function: Callable[..., Iterator[Any]], arguments: tuple[Any, ...], hooks: Hooks) -> Iterator[Any]:
    """Yield what ``function(*arguments, hooks)`` yields in a process of its own, of lower priority.

    Parameters
    ----------
    function : callable
        A generator function at the top of its module.
    arguments : tuple
        They are packed for the process, as are the items that come back.
    hooks : Hooks
        Steps are reported as they come; the process is killed where the work is to stop.

    Raises
    ------
    Stopped
        Where `hooks` asked for it.
    WorkerEnded
        Where the process died.
    Exception
        What `function` raised, with its traceback as a note.
    """
    process = started()
    is_done = threading.Event()
    watch = threading.Thread(target=_watch, args=(process, hooks, is_done), name="watch", daemon=True)
    watch.start()
    try:
        yield from _answers(process, (function, arguments), hooks)
    finally:
        is_done.set()
        process.kill()
        with contextlib.suppress(BrokenPipeError):  # of a task that it did not take
            process.__exit__(None, None, None)
        watch.join()


def _answers(process: subprocess.Popen[bytes], task: object, hooks: Hooks) -> Iterator[Any]:
    if process.stdin is None or process.stdout is None:
        raise WorkerEnded("a process of the server has no way to answer")
    try:
        process.stdin.write(pickle.dumps(task, protocol=5))
        process.stdin.flush()  # it stays open: a worker ends when it is closed
        # A process that we started and that ran our code: its answers are as good as our own memory.
        answers = pickle.Unpickler(process.stdout)  # noqa: S301
        while True:
            kind, value = answers.load()
            if kind == "end":
                return
            if kind == "error":
                raise value
            if kind == "step":
                hooks.on_progress(value)
            else:
                yield value
    except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
        if hooks.is_cancelled():
            raise Stopped("stopped on request; what was finished is kept") from None
        raise WorkerEnded(_death(process)) from error


def _watch(process: subprocess.Popen[bytes], hooks: Hooks, is_done: threading.Event) -> None:
    """Kill the process where its work is to stop; all it keeps is written in one step."""
    while not is_done.wait(_ASKED_EVERY):
        if hooks.is_cancelled():
            process.kill()
            return


def _death(process: subprocess.Popen[bytes]) -> str:
    status = process.wait()
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"exit status {status}"
    why = ", likely for want of memory" if name == "SIGKILL" else ""
    return f"the process of this work was ended ({name}){why}; what it had finished is kept: start it again"
