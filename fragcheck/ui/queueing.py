"""The queue of a server: some analyses at once, a bounded number of others behind them in order."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from fragcheck.errors import FragcheckError
from fragcheck.ui.texts import text

__all__ = ["ServerBusy", "Ticket", "WorkQueue"]

log = logging.getLogger(__name__)


class ServerBusy(FragcheckError):
    """More work waits than the queue takes; nothing was begun."""


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """A place in the queue."""

    queue: WorkQueue
    owner: str
    work: Callable[[], None]

    @property
    def position(self) -> int:
        """Place among those that wait, from 1; 0 where it waits no more."""
        return self.queue.position(self)

    def withdraw(self) -> bool:
        """Leave the queue; False where the work was begun already."""
        return self.queue.withdraw(self)


class WorkQueue:
    """Runs work in threads of its own, first come, first served.

    No thread is left when nothing is to do. What waits holds a ticket and no thread.

    Parameters
    ----------
    at_once : int
        How much runs at the same time.
    waiting : int
        How much may wait.
    of_one : int
        How much of one owner may wait, so that none can fill the queue alone.
    """

    def __init__(self, *, at_once: int = 1, waiting: int = 50, of_one: int = 10) -> None:
        self.at_once = at_once
        self._most = waiting
        self._of_one = of_one
        self._waiting: list[Ticket] = []
        self._n_running = 0
        self._lock = threading.Lock()

    def put(self, owner: str, work: Callable[[], None]) -> Ticket:
        """Take up work: at once where there is room, else at the end of the queue.

        Raises
        ------
        ServerBusy
            Where too much waits already, of all or of this owner.
        """
        ticket = Ticket(self, owner, work)
        with self._lock:
            if self._n_running < self.at_once:
                self._n_running += 1
                threading.Thread(target=self._serve, args=(ticket,), name="analysis", daemon=True).start()
                return ticket
            mine = sum(1 for one in self._waiting if one.owner == owner)
            if len(self._waiting) >= self._most or mine >= self._of_one:
                raise ServerBusy(text("progress.busy", n=len(self._waiting)))
            self._waiting.append(ticket)
        return ticket

    @property
    def n_waiting(self) -> int:
        """How much waits."""
        with self._lock:
            return len(self._waiting)

    def position(self, ticket: Ticket) -> int:
        """Place among those that wait, from 1; 0 where it waits no more."""
        with self._lock:
            return next((at for at, one in enumerate(self._waiting, 1) if one is ticket), 0)

    def withdraw(self, ticket: Ticket) -> bool:
        """Take work out of the queue; False where it was begun already."""
        with self._lock:
            if not any(one is ticket for one in self._waiting):
                return False
            self._waiting = [one for one in self._waiting if one is not ticket]
            return True

    def _serve(self, ticket: Ticket) -> None:
        """Do one piece of work after another until none waits."""
        while True:
            try:
                ticket.work()
            except Exception:  # a fault of one must not take the thread of all others
                log.exception("work of %s stopped", ticket.owner)
            with self._lock:
                if not self._waiting:
                    self._n_running -= 1
                    return
                ticket = self._waiting.pop(0)
