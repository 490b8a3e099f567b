"""What workers are given to do: a module of its own, so that they can import it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def double(number):
    return 2 * number


def whoami(_):
    return os.getpid()


def threads(_):
    """Number of threads of each numeric library, which are loaded here and not before."""
    import numpy as np
    from threadpoolctl import threadpool_info

    product = np.ones((8, 8)) @ np.ones((8, 8))
    return float(product.sum()), [found["num_threads"] for found in threadpool_info()]


def fail_on_three(number):
    if number == 3:
        raise ValueError("three")
    return number


def die(task):
    """Kill this worker: each time, or, where a folder is given, only the first time."""
    number, folder = task
    if number == 4:
        mark = Path(folder, "died") if folder else None
        if mark is None or not mark.exists():
            if mark is not None:
                mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return number


def slowly(task):
    """Leave a mark that names this worker, and take a while."""
    number, folder = task
    Path(folder, f"{os.getpid()}-{number}").touch()
    time.sleep(0.3)
    return number * number


def deadly(number):
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number
