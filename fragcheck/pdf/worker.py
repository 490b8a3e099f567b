"""The process in which a PDF is read or drawn apart from its caller.

It takes one JSON task on standard input and writes one answer on standard output: a line of JSON with either
``ok`` or ``error``, then the bytes of the result. It limits itself before the PDF engine is loaded.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from fragcheck.errors import FragcheckError, MalformedPdf, ReadLimitExceeded
from fragcheck.pdf.options import ReadOptions

__all__ = ["main", "perform", "task_of"]


def task_of(kind: str, path: str, options: ReadOptions, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - plain JSON values
    """The task as plain JSON values."""
    return {"kind": kind, "path": path, "options": asdict(options), **more}


def perform(task: dict[str, Any]) -> tuple[dict[str, str], bytes]:
    """Do a task.

    Returns
    -------
    tuple of (dict, bytes)
        The head of the answer (``ok``, or ``error`` and ``message``) and its body.
    """
    options = ReadOptions(**task["options"])
    path = task["path"]
    try:
        body = _read(path, options) if task["kind"] == "read" else _draw(path, options, task)
    except FragcheckError as error:
        return {"error": type(error).__name__, "message": str(error)}, b""
    except MemoryError:
        msg = f"{path} needs more than {options.memory_mb} MiB of memory; raise memory_mb in ReadOptions"
        return {"error": ReadLimitExceeded.__name__, "message": msg}, b""
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes costs this file only
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        msg = f"{path} is damaged and cannot be read ({what}); fetch or export the PDF again"
        return {"error": MalformedPdf.__name__, "message": msg}, b""
    return {"ok": task["kind"]}, body


def _read(path: str, options: ReadOptions) -> bytes:
    from fragcheck.pdf.reader import read_document
    from fragcheck.records.codec import encode

    return json.dumps(encode(read_document(path, options)), ensure_ascii=True).encode("ascii")


def _draw(path: str, options: ReadOptions, task: dict[str, Any]) -> bytes:
    from fragcheck.pdf.render import draw_page

    return draw_page(Path(path), int(task["number"]), scale=float(task["scale"]), password=options.password)


def _limit(options: ReadOptions) -> None:
    """Limit address space and processor time of this process; nothing is dumped when it dies."""
    if sys.platform == "win32":
        return
    import resource

    memory = options.memory_mb * 1024 * 1024
    seconds = int(options.timeout_s) + 5
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (bound, hard))


def _private_output() -> BinaryIO:
    """Standard output for the answer alone: what libraries print goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def main() -> None:
    """Read one task, do it, answer."""
    task = json.loads(sys.stdin.buffer.read())
    _limit(ReadOptions(**task["options"]))
    output = _private_output()
    head, body = perform(task)
    with output:
        output.write(json.dumps(head).encode("utf-8") + b"\n")
        output.write(body)


if __name__ == "__main__":
    main()
