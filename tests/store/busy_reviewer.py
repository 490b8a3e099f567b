"""A process that works on a workspace until it is killed: ``python busy_reviewer.py URL SEED``.

After every step that is committed it writes a line, and only then goes on.
"""

from __future__ import annotations

import contextlib
import random
import sys

from people import ANN, OWNER, law, said, staffed, tag_of

from fragcheck.errors import InputError
from fragcheck.store.workspace import (
    add_version,
    open_workspace,
    record_reviews,
    withdraw_review,
)

PROJECT = "busy"


def done(*words):
    """Tell that a step is committed."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def work(url, seed):
    """Open, add documents, review and withdraw without end."""
    dice = random.Random(seed)
    with open_workspace(url) as workspace:
        with contextlib.suppress(InputError):  # made before the last kill
            staffed(workspace, PROJECT)
        done("opened")
        analysis = law("law", 40)
        add_version(workspace, OWNER, PROJECT, analysis)
        done("version", analysis.document.id)
        said_of = []
        while True:
            deed = dice.random()
            if deed < 0.1:
                other = law(f"law {dice.randrange(10**9)}", dice.randrange(1, 60))
                add_version(workspace, OWNER, PROJECT, other)
                done("version", other.document.id)
            elif deed < 0.2 and said_of:
                entry = withdraw_review(
                    workspace, ANN, PROJECT, said_of.pop(dice.randrange(len(said_of))), reason="A slip."
                )
                done("entry", entry.number, entry.digest)
            else:
                places = dice.sample(range(1, 41), dice.randrange(1, 5))
                subjects = [tag_of(analysis, f"art_{place}") for place in places]
                given = [said(one, is_on=dice.random() < 0.5) for one in subjects]
                for entry in record_reviews(workspace, ANN, PROJECT, given):
                    done("entry", entry.number, entry.digest)
                said_of = [*(one for one in said_of if one not in subjects), *subjects]


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]))
