"""Reports and other slow results that are made in threads, once for all who ask for the same one."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from fragcheck.errors import FragcheckError

__all__ = ["Made", "ReportDesk"]

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(slots=True)
class Made(Generic[T]):
    """A result that is being made or is made. `content` and `reason` are set before `ended`.

    `share` of the work is done, in [0, 1], where its maker tells.
    """

    content: T | None = None
    reason: str = ""
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    share: float | None = None
    _done: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def is_cancelled(self) -> bool:
        """True where it was asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask it to stop; its maker looks now and then."""
        self._stop.set()

    @property
    def is_finished(self) -> bool:
        """True where nothing more will happen."""
        return self._done.is_set()

    @property
    def seconds(self) -> float:
        """How long it took, or has taken so far."""
        return (time.monotonic() if self.ended is None else self.ended) - self.started

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the end; False where it did not come within `timeout` seconds."""
        return self._done.wait(timeout)

    def finish(self, content: T | None, reason: str) -> None:
        """Keep what became of it."""
        self.content, self.reason, self.ended = content, reason, time.monotonic()
        self._done.set()


class ReportDesk(Generic[T]):
    """Results of this server by what they are of; the last ones stay in memory.

    Parameters
    ----------
    kept : int
        How many stay; one that is being made is never dropped.
    """

    def __init__(self, *, kept: int = 6) -> None:
        self._kept = kept
        self._made: OrderedDict[Hashable, Made[T]] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(1)

    def find(self, key: Hashable) -> Made[T] | None:
        """The result of that key, if it was asked for and is still kept."""
        with self._lock:
            return self._made.get(key)

    def ask(self, key: Hashable, make: Callable[[Made[T]], T]) -> Made[T]:
        """The result of that key; made by `make` in a thread where there is none.

        `make` is given what it fills, to tell how far it is and to see whether it was cancelled: it ends then
        by an error of its own. What failed or was cancelled is made again when it is asked for again.
        """
        with self._lock:
            found = self._made.get(key)
            if found is not None and not (found.is_finished and found.content is None):
                self._made.move_to_end(key)
                return found
            found = self._made[key] = Made()
            self._made.move_to_end(key)
            done = [old for old, one in self._made.items() if one.is_finished]
            for old in done[: max(0, len(self._made) - self._kept)]:
                del self._made[old]
        threading.Thread(target=self._run, args=(found, make), name="report", daemon=True).start()
        return found

    def _run(self, made: Made[T], make: Callable[[Made[T]], T]) -> None:
        with self._turn:
            try:
                made.finish(make(made), "")
            except FragcheckError as error:
                made.finish(None, str(error))
            except Exception as error:
                log.exception("a result could not be made")
                made.finish(None, f"{type(error).__name__}: {error}")
