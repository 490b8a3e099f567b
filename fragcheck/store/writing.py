"""Files written in one step: whole and new, or as they were."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path, data: bytes, *, is_lasting: bool = False) -> None:
    """Write a file beside its place and put it there when it is complete; folders are made.

    Where that fails (a full disk, a folder that cannot be written), the file is as it was before and
    nothing is left beside it.

    Parameters
    ----------
    path : Path
    data : bytes
    is_lasting : bool
        Whether it has to be on the disk, and not on its way there, when this returns.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if is_lasting:
                file.flush()
                os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
