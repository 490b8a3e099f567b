"""The process that a foreign file is read in.

It takes one JSON task on standard input and writes one answer on standard output: a line of JSON with
either ``ok`` or ``error``, then the bytes of the result. It limits itself before any reader is loaded.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any, BinaryIO

from fragcheck.errors import FragcheckError, ReadLimitExceeded
from fragcheck.isolation.guards import Limits, leave_network, limit_resources

__all__ = ["main", "perform"]

Json = dict[str, Any]


def perform(task: Json) -> tuple[Json, bytes]:
    """Do a task.

    Parameters
    ----------
    task : dict
        ``target`` (module:function, called with ``arguments``; it returns bytes), ``path``, ``what``,
        ``damaged`` and ``limits``: see `fragcheck.isolation.parent.Apart`.

    Returns
    -------
    tuple of (dict, bytes)
        The head of the answer (``ok``, or ``error`` and ``message``) and its body.
    """
    limits, path, what = Limits(**task["limits"]), task["path"], task["what"]
    module, _, function = task["target"].partition(":")
    try:
        body: bytes = getattr(import_module(module), function)(**task["arguments"])
        if len(body) > limits.answer_mb << 20:
            msg = f"{path} holds more than is read of one file ({limits.answer_mb} MiB); divide it"
            raise ReadLimitExceeded(msg)
    except FragcheckError as error:
        return {"error": type(error).__name__, "message": str(error)}, b""
    except MemoryError:
        msg = f"{path} needs more than {limits.memory_mb} MiB of memory; divide it or raise memory_mb"
        return {"error": ReadLimitExceeded.__name__, "message": msg}, b""
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes costs this file only
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        msg = f"{path} is damaged and cannot be read ({said}); fetch or export the {what} again"
        return {"error": task["damaged"], "message": msg}, b""
    return {"ok": True}, body


def _guarded(task: Json) -> list[str]:
    """Take limits on and leave the network; the names of what is in force."""
    found = list(limit_resources(Limits(**task["limits"])))
    if task["outer_guard"]:
        return [*found, "network"]
    return [*found, "network"] if leave_network() else found


def _private_output() -> BinaryIO:
    """Standard output for the answer alone: what libraries print goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def main() -> None:
    """Read one task, do it, answer."""
    task = json.loads(sys.stdin.buffer.read())
    guards = _guarded(task)
    output = _private_output()
    head, body = perform(task)
    with output:
        output.write(json.dumps({**head, "guards": guards}).encode("utf-8") + b"\n")
        output.write(body)


def nothing() -> bytes:
    """Answer with nothing: for who asks which guards are in force."""
    return b""


if __name__ == "__main__":
    main()
