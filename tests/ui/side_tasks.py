"""What the processes of `test_processes` do; they import it by name."""

import itertools
import os
import signal
import time
from pathlib import Path

import numpy as np

from fragcheck.errors import InputError
from fragcheck.ui.processes import stream


class OddError(Exception):
    """It cannot be unpacked: it wants two arguments and keeps one."""

    def __init__(self, first, second):
        super().__init__(first)
        self.second = second


def steps(count, hooks):
    shared = ["the same"]
    for at in range(count):
        hooks.on_progress(at)
        yield at, shared
    os.write(1, b"libraries print what they like")


def own_id(hooks):
    del hooks
    yield os.getpid()


def niceness(hooks):
    del hooks
    yield os.nice(0)


def swallow(size, hooks):
    del hooks
    yield np.empty(size, np.uint8).size  # it is asked for and never touched


def die(number, hooks):
    del hooks
    yield "before"
    os.kill(os.getpid(), number)
    time.sleep(60)


def refuse(name, hooks):
    del hooks
    yield "before"
    raise {"ours": InputError("a number is wanted"), "a fault": IndexError("deep"), "odd": OddError(1, 2)}[
        name
    ]


def last_for_ever(file, hooks):
    del hooks
    Path(file).write_text(str(os.getpid()), encoding="ascii")
    for at in itertools.count():
        yield at
        time.sleep(0.02)


def lose_the_server(file):
    """A server that starts a process and is killed."""
    from fragcheck.ui.work import Hooks

    for _ in stream(last_for_ever, (file,), Hooks(lambda step: None, lambda: False)):
        os.kill(os.getpid(), signal.SIGKILL)
