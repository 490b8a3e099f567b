"""Run a task on a foreign file in a process of its own; its death becomes an error that names the file."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

from fragcheck import errors
from fragcheck.errors import ExtractionError, FragcheckError, ReadLimitExceeded
from fragcheck.isolation.guards import Limits

__all__ = ["COMMAND", "Apart", "guards_in_force", "run_apart"]

#: What runs in the process; -P: a folder of foreign files is no place to import modules from.
COMMAND: tuple[str, ...] = (sys.executable, "-P", "-m", "fragcheck.isolation.child")
_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])
#: Signals that say "no more memory or time": allocators trap or abort when memory is refused.
_LIMIT_SIGNALS = frozenset({"SIGKILL", "SIGXCPU", "SIGABRT", "SIGTRAP", "SIGILL"})
#: Variables that a reader of foreign files has no business to know.
_SECRET = re.compile(r"PASS|SECRET|TOKEN|CREDENTIAL|DATABASE_URL|API_?KEY|ACCESS_KEY|PRIVATE", re.IGNORECASE)
#: Bytes that the head of an answer may add to its body.
_HEAD_BYTES = 1 << 16
#: bubblewrap where the system lets only it make namespaces: everything as it is, but for the network.
_BUBBLEWRAP = ("--die-with-parent", "--unshare-net", "--dev-bind", "/", "/", "--")
_PROBE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Apart:
    """A task for a process of its own.

    Parameters
    ----------
    target : str
        ``module:function``; it is called with `arguments` as keywords and returns bytes.
    path : str
        The file, as messages name it.
    arguments : mapping
        Plain JSON values.
    limits : Limits
    what : str
        What the file should be, for messages: "PDF".
    damaged : str
        Name of the error in `fragcheck.errors` where the file breaks its reader.
    """

    target: str
    path: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    what: str = "file"
    damaged: str = "UnreadableInput"


def run_apart(task: Apart) -> bytes:
    """Run a task in a new process. Safe to call from any thread.

    Returns
    -------
    bytes
        What its target returned.

    Raises
    ------
    ReadLimitExceeded
        It took too long, answered too much, or died of too little memory.
    FragcheckError
        The error that the target raised; ``task.damaged`` where it crashed.
    """
    status, answer = _answer(task)
    head, body = _parted(answer)
    if status == 0 and "ok" in head:
        return body
    if status == 0 and "error" in head:
        raise _error_of(str(head["error"]), str(head.get("message", "")))
    raise _death(task, status)


def guards_in_force() -> tuple[str, ...]:
    """Names of the guards that a reading process has on this machine, asked of one.

    Returns
    -------
    tuple of str
        Those of `limit_resources`, and ``network`` where it is cut off from every network.
    """
    _, answer = _answer(Apart("fragcheck.isolation.child:nothing", "(no file)", limits=Limits(timeout_s=30)))
    return tuple(str(name) for name in _parted(answer)[0].get("guards", ()))


def _answer(task: Apart) -> tuple[int, bytes]:
    outer = _outer_guard()
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        (*outer, *COMMAND),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    asked = json.dumps({**asdict(task), "outer_guard": bool(outer)}).encode("utf-8")
    with process:
        try:
            answer = _exchange(process, asked, task)
        except BaseException:
            _kill(process)
            raise
    return process.returncode, answer


def _exchange(process: subprocess.Popen[bytes], asked: bytes, task: Apart) -> bytes:
    """Give the task and take the answer, for no longer and no more than is allowed."""
    limits, is_late = task.limits, threading.Event()

    def strike() -> None:
        is_late.set()
        _signal_all(process)

    clock = threading.Timer(limits.timeout_s, strike)
    clock.daemon = True
    clock.start()
    most = (limits.answer_mb << 20) + _HEAD_BYTES
    try:
        _give(process.stdin, asked)
        answer = process.stdout.read(most + 1) if process.stdout is not None else b""
        if len(answer) > most:
            msg = f"{task.path} holds more than is read of one file ({limits.answer_mb} MiB); divide it"
            raise ReadLimitExceeded(msg)
        process.wait()
    finally:
        clock.cancel()
    if is_late.is_set():
        msg = f"{task.path} was not read within {limits.timeout_s:g} s; raise timeout_s to wait longer"
        raise ReadLimitExceeded(msg)
    return answer


def _give(pipe: IO[bytes] | None, asked: bytes) -> None:
    """Write the task, which is smaller than a pipe; a process that is dead already says so by its status."""
    if pipe is None:
        return
    try:
        with pipe:
            pipe.write(asked)
    except BrokenPipeError:
        return


@cache
def _outer_guard() -> tuple[str, ...]:
    """Bubblewrap and its options, where it is installed, works, and is needed."""
    program = shutil.which("bwrap") if sys.platform == "linux" else None
    if program is None:
        return ()
    code = "import sys; from fragcheck.isolation.guards import leave_network; sys.exit(not leave_network())"
    if _succeeds(sys.executable, "-P", "-c", code):
        return ()
    return (program, *_BUBBLEWRAP) if _succeeds(program, *_BUBBLEWRAP, "true") else ()


def _succeeds(*command: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - our own code, or a program that was found by name
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _environment() -> dict[str, str]:
    """The caller's environment without its secrets, the package on the path, one thread for numbers."""
    open_ones = {name: value for name, value in os.environ.items() if not _SECRET.search(name)}
    known = open_ones.get("PYTHONPATH")
    path = _PACKAGE_PARENT if not known else os.pathsep.join([_PACKAGE_PARENT, known])
    threads = dict.fromkeys(
        ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT"), "1"
    )
    return {**open_ones, **threads, "PYTHONPATH": path}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and wait for its end."""
    _signal_all(process)
    process.wait()


def _signal_all(process: subprocess.Popen[bytes]) -> None:
    """Kill the process together with what it started (it leads a session of its own)."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError, PermissionError):
        process.kill()


def _parted(answer: bytes) -> tuple[dict[str, Any], bytes]:
    """Head and body of an answer; no head where a dying process cut it."""
    line, _, body = answer.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError:
        return {}, b""
    return (head, body) if isinstance(head, dict) else ({}, b"")


def _death(task: Apart, status: int) -> FragcheckError:
    name, path = _signal_name(status), task.path
    if name in _LIMIT_SIGNALS:
        memory = task.limits.memory_mb
        msg = f"{path} broke off its reader ({name}), likely for want of memory (limit {memory} MiB)"
        return ReadLimitExceeded(msg)
    msg = (
        f"{path} crashed its reader ({name}); it is damaged or hostile: fetch or export the {task.what} again"
    )
    return _error_of(task.damaged, msg)


def _signal_name(status: int) -> str:
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"exit status {status}"


def _error_of(name: str, message: str) -> FragcheckError:
    kind = getattr(errors, name, ExtractionError)
    known = isinstance(kind, type) and issubclass(kind, FragcheckError)
    return kind(message) if known else ExtractionError(message)
