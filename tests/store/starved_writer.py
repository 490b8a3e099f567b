"""A process that may write no file beyond a size: ``python starved_writer.py FOLDER KIND BYTES``.

What it manages to keep it tells, line by line; what it does not, it tells by the error's name.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from people import ANN, OWNER, law, said, staffed, tag_of

from fragcheck.errors import FragcheckError
from fragcheck.store import ArtefactStore, OriginalStore
from fragcheck.store.workspace import add_version, open_workspace, record_review

folder, kind, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])


def tell(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def starve():
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def artefacts():
    starve()
    store = ArtefactStore(folder)
    for number in range(8):
        store.save_bytes(f"table-{number:02}", bytes([number]) * (number * 4000))
        tell("kept", number)


def originals():
    starve()
    for number in range(8):
        path = Path(sys.argv[4]) / f"{number}.txt"
        OriginalStore(folder).keep(path)
        tell("kept", number)


def reviews():
    analysis = law()
    with open_workspace(f"sqlite:///{folder / 'workspace.sqlite'}") as workspace:
        project = staffed(workspace, "starved")
        add_version(workspace, OWNER, project, analysis)
        starve()
        for number in range(2000):
            entry = record_review(
                workspace, ANN, project, said(tag_of(analysis), is_on=bool(number % 2), reason="why " * 200)
            )
            tell("kept", entry.number, entry.digest)


try:
    {"artefacts": artefacts, "originals": originals, "reviews": reviews}[kind]()
except FragcheckError as error:
    tell("stopped", type(error).__name__, str(error).replace("\n", " "))
