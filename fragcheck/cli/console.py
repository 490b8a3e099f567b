"""Progress and warnings on standard error; standard output is for data alone."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from fragcheck.errors import StoreError
from fragcheck.records import Notice

if TYPE_CHECKING:
    from fragcheck.pipeline import Progress

__all__ = [
    "error_console",
    "progress_bar",
    "warn",
    "warn_notices",
    "write_bytes",
    "write_csv",
    "write_json",
    "write_jsonl",
]

_STDERR = Console(stderr=True, highlight=False, soft_wrap=True)
_SHOWN_PER_CODE = 3


def error_console() -> Console:
    """Return the console of standard error."""
    return _STDERR


@contextmanager
def progress_bar(*, is_quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Give a callable that draws the progress of a run; it draws nothing off a terminal."""
    columns = (
        TextColumn("{task.fields[stage]:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=_STDERR, transient=True, disable=is_quiet or not _STDERR.is_terminal) as bar:
        task = bar.add_task("", stage="", total=None)

        def show(progress: Progress) -> None:
            bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                description=progress.label[:60],
                stage=progress.stage,
            )

        yield show


def warn(message: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write("fragcheck: " + " ".join(message.split()) + "\n")


def warn_notices(label: str, notices: Iterable[Notice], *, is_quiet: bool) -> None:
    """Write notices to standard error, the first three of each code and the count of the rest."""
    if is_quiet:
        return
    shown: Counter[str] = Counter()
    for notice in notices:
        shown[notice.code] += 1
        if shown[notice.code] <= _SHOWN_PER_CODE:
            place = f", page {notice.page}" if notice.page else ""
            warn(f"{label}{place}: {notice.message}")
    for code, count in sorted(shown.items()):
        if count > _SHOWN_PER_CODE:
            warn(f"{label}: {count - _SHOWN_PER_CODE} more of the kind {code}")


def write_bytes(content: bytes, output: Path | None = None) -> None:
    """Write a finished file to `output`, or to standard output, as it is.

    Raises
    ------
    StoreError
        Where it cannot be written there.
    """
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise StoreError(f"{output}: the result cannot be written there ({error.strerror})") from error


def write_jsonl(rows: Iterable[Mapping[str, Any]], output: Path | None = None) -> None:
    """Write one JSON object a line, to where `write_bytes` does."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_bytes("".join(lines).encode(), output)


def write_json(value: object) -> str:
    """Return `value` as indented JSON text with a final line end."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], output: Path | None = None) -> None:
    """Write rows with a header, to where `write_bytes` does."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_bytes(text.getvalue().encode(), output)
