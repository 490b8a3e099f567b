"""Run a task on a PDF in a process of its own, and turn its death into an error that names the file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from fragcheck import errors
from fragcheck.errors import ExtractionError, FragcheckError, MalformedPdf, ReadLimitExceeded

__all__ = ["COMMAND", "run_task"]

#: What runs as the worker.
COMMAND: tuple[str, ...] = (sys.executable, "-m", "fragcheck.pdf.worker")
_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])
#: Signals that say "no more memory or time": the engine's allocators trap or abort when memory is refused.
_LIMIT_SIGNALS = frozenset({"SIGKILL", "SIGXCPU", "SIGABRT", "SIGTRAP", "SIGILL"})


def run_task(task: dict[str, Any]) -> bytes:
    """Run a task of `fragcheck.pdf.worker` in a new process.

    Returns
    -------
    bytes
        The body of its answer.

    Raises
    ------
    ReadLimitExceeded
        It took too long, or died of too little memory.
    MalformedPdf
        It crashed.
    FragcheckError
        The error that the worker reported.
    """
    path, timeout = task["path"], float(task["options"]["timeout_s"])
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    with process:
        try:
            answer, _ = process.communicate(json.dumps(task).encode("utf-8"), timeout=timeout)
        except subprocess.TimeoutExpired:
            _kill(process)
            msg = f"{path} was not read within {timeout:g} s; raise timeout_s in ReadOptions to wait longer"
            raise ReadLimitExceeded(msg) from None
        except BaseException:
            _kill(process)
            raise
    return _body(answer, process.returncode, task)


def _environment() -> dict[str, str]:
    """The caller's environment, with the package on the path and one thread for numeric libraries."""
    known = os.environ.get("PYTHONPATH")
    path = _PACKAGE_PARENT if not known else os.pathsep.join([_PACKAGE_PARENT, known])
    threads = dict.fromkeys(
        ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT"), "1"
    )
    return {**os.environ, **threads, "PYTHONPATH": path}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the worker together with what it started (it leads a session of its own)."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError, PermissionError):
        process.kill()
    process.wait()


def _body(answer: bytes, status: int, task: dict[str, Any]) -> bytes:
    path = task["path"]
    head, _, body = answer.partition(b"\n")
    if status == 0 and head:
        fields = json.loads(head)
        if "ok" in fields:
            return body
        raise _error_of(fields["error"], fields["message"])
    name = _signal_name(status)
    if name in _LIMIT_SIGNALS:
        memory = task["options"]["memory_mb"]
        msg = f"{path} broke off the PDF engine ({name}), likely for want of memory (limit {memory} MiB)"
        raise ReadLimitExceeded(msg)
    msg = f"{path} crashed the PDF engine ({name}); it is damaged or hostile: fetch or export it again"
    raise MalformedPdf(msg)


def _signal_name(status: int) -> str:
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"exit status {status}"


def _error_of(name: str, message: str) -> FragcheckError:
    kind = getattr(errors, name, ExtractionError)
    known = isinstance(kind, type) and issubclass(kind, FragcheckError)
    return kind(message) if known else ExtractionError(message)
