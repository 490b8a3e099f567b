"""Killed at any moment, a workspace loses nothing that was committed, and nothing in it is half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from people import READER

from fragcheck.errors import InputError
from fragcheck.store.workspace import (
    ProvisionFilter,
    document_versions,
    find_provisions,
    open_workspace,
    review_log,
    reviews_in_force,
    verify_log,
)
from fragcheck.store.workspace.provisions import joined

SCRIPT = Path(__file__).with_name("busy_reviewer.py")
PROJECT = "busy"


class Kept:
    """What was told to be committed, over all processes."""

    def __init__(self):
        self.entries = {}
        self.versions = set()

    def note(self, line):
        kind, *words = line.split()
        if kind == "entry":
            self.entries[int(words[0])] = words[1]
        elif kind == "version":
            self.versions.add(words[0])


def run_and_kill(url, seed, dice, kept):
    """Let a process work until it has told a drawn number of steps, and a drawn moment longer."""
    n_steps = dice.randrange(25)
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), url, str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(SCRIPT.parent), *sys.path])},
    ) as process:
        for _ in range(n_steps):
            line = process.stdout.readline()
            if not line:
                break
            kept.note(line)
        # The moment is drawn so that kills fall anywhere within a transaction; nothing depends on its length.
        time.sleep(dice.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        rest, errors = process.communicate()
    for line in rest.splitlines(keepends=True):
        if line.endswith("\n"):  # a line that was begun and cut tells of a commit, too, but not which
            kept.note(line)
    assert "Traceback" not in errors, errors


def check(url, kept):
    """Everything that was told is there, and all that is there is whole."""
    with open_workspace(url) as workspace:
        with workspace.reading() as connection:
            if connection.dialect.name == "sqlite":
                assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
                assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        try:
            log = review_log(workspace, READER, PROJECT)
        except InputError:
            assert not kept.entries
            assert not kept.versions
            return
        assert verify_log(workspace, READER, PROJECT) == ()
        digests = {entry.number: entry.digest for entry in log}
        assert {number: digests.get(number) for number in kept.entries} == kept.entries
        versions = document_versions(workspace, READER, PROJECT)
        assert kept.versions <= {version.sha256 for version in versions}
        for version in versions:
            rows = find_provisions(
                workspace, READER, PROJECT, ProvisionFilter(documents=(version.document,), limit=1000)
            )
            assert rows.total == version.n_provisions
        check_rows(workspace)


def check_rows(workspace):
    """The rows show what is in force, no more and no less."""
    settled = {
        review.subject.eid: '"is_on": true' in review.after
        for review in reviews_in_force(workspace, READER, PROJECT)
    }
    rows = find_provisions(workspace, READER, PROJECT, ProvisionFilter(documents=("law",), limit=1000)).rows
    for row in rows:
        assert (joined(row.reviewed) == ";tag privacy;") == (row.eid in settled)
        if row.eid in settled:
            assert ("privacy" in row.tags) == settled[row.eid]


def kill_often(url, seed, times):
    dice, kept = random.Random(seed), Kept()
    for number in range(times):
        run_and_kill(url, seed + number, dice, kept)
        check(url, kept)
    assert kept.entries, "no process lived long enough to review"


def test_a_few_kills_lose_nothing(database_url):
    kill_often(database_url, 7, 3)


@pytest.mark.soak
def test_many_kills_lose_nothing(database_url):
    kill_often(database_url, random.SystemRandom().randrange(10**9), 60)


@pytest.mark.soak
def test_two_processes_are_killed_side_by_side(database_url):
    """One is killed while the other goes on: the chain has no gap and no fork."""
    dice, kept = random.Random(3), Kept()
    command = [sys.executable, str(SCRIPT), database_url, "99"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SCRIPT.parent), *sys.path])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as other:
        for _ in range(3):
            kept.note(other.stdout.readline())
        for number in range(10):
            run_and_kill(database_url, number, dice, kept)
        other.send_signal(signal.SIGKILL)
        for line in other.communicate()[0].splitlines(keepends=True):
            if line.endswith("\n"):
                kept.note(line)
    check(database_url, kept)


@pytest.mark.soak
def test_a_killed_server_loses_nothing(postgres):
    """PostgreSQL itself is stopped without any shutdown, and recovers."""
    url, dice, kept = postgres.url(), random.Random(11), Kept()
    for number in range(5):
        command = [sys.executable, str(SCRIPT), url, str(number)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SCRIPT.parent), *sys.path])}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        ) as process:
            for _ in range(dice.randrange(5, 40)):
                kept.note(process.stdout.readline())
            postgres.crash()
            rest, errors = process.communicate()
        assert "StoreError" in errors
        for line in rest.splitlines(keepends=True):
            if line.endswith("\n"):
                kept.note(line)
        postgres.start()
        check(url, kept)
    assert kept.entries
