"""How fast a large workspace opens and is looked through.

    python benchmarks/workspace.py [--documents 500] [--provisions 200] [--url URL] [--rounds 5]

Makes a workspace of made-up laws (by default 500 documents with 100,000 provisions of about 500
characters) in a temporary folder, or in the empty database that ``--url`` names, then measures: opening in
a fresh process up to the list of documents and the first page of provisions, Python's start and imports
apart; every filter alone and all together, the rows and the number of all hits. Prints the least and the
median of the rounds, in wall-clock and processor seconds of the asking process.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fragcheck.records import (
    Actor,
    Analysis,
    Annotation,
    Document,
    Modality,
    Provision,
    ProvisionKind,
    ProvisionType,
    Requirement,
    Role,
    Segmentation,
    Tag,
    Tradition,
)
from fragcheck.store.workspace import (
    ProvisionFilter,
    Workspace,
    add_version,
    create_project,
    find_provisions,
    open_workspace,
)

OWNER = Actor("bench", Role.OWNER)
PROJECT = "large"
PRINCIPLES = (
    *("safety", "transparency", "accountability", "fairness", "human_centric", "privacy"),
    *("data", "compute", "model"),
)
WORDS = (  # noqa: SIM905 - sixty words read better as a text
    "the provider deployer authority shall may not system risk assessment data subject person record keep "
    "inform report incident serious within days months market place use high model training test publish "
    "documentation measure appropriate technical oversight human decision affected right request notice "
    "service public body register conformity procedure where unless before after each any such"
).split()
RARE = "quokka"
FILTERS = {
    "everything, first page": ProvisionFilter(),
    "everything, page 900": ProvisionFilter(offset=89_900),
    "a frequent word": ProvisionFilter(words="incident"),
    "a rare word": ProvisionFilter(words=RARE),
    "a word that is nowhere": ProvisionFilter(words="wombat"),
    "a principle": ProvisionFilter(principle="privacy"),
    "a type": ProvisionFilter(provision_type=ProvisionType.PROHIBITION),
    "a modality": ProvisionFilter(modality="permission"),
    "what was reviewed": ProvisionFilter(is_reviewed=True),
    "one document": ProvisionFilter(documents=("law 250",)),
    "all at once": ProvisionFilter(
        words="incident", principle="privacy", provision_type=ProvisionType.OBLIGATION, modality="obligation"
    ),
}
OPEN = """
import json, sys, time
from fragcheck.records import Actor, Role
from fragcheck.store.workspace import documents_of, find_provisions, open_workspace
start, used = time.perf_counter(), time.process_time()
with open_workspace(sys.argv[1]) as workspace:
    documents = documents_of(workspace, Actor("bench", Role.READER), "large")
    page = find_provisions(workspace, Actor("bench", Role.READER), "large")
    took = time.perf_counter() - start, time.process_time() - used
print(json.dumps({"took": took, "documents": len(documents), "provisions": page.total}))
"""


def law(number: int, n_provisions: int, dice: random.Random) -> Analysis:
    """A law of made-up sentences."""
    digest = hashlib.sha256(f"bench {number}".encode()).hexdigest()
    provisions, notes = [], []
    for place in range(1, n_provisions + 1):
        words = dice.choices(WORDS, k=dice.randrange(40, 120))
        if number % 97 == 0 and place == 7:
            words[3] = RARE
        text = " ".join(words).capitalize() + "."
        eid = f"art_{place}"
        provisions.append(Provision(eid, ProvisionKind.ARTICLE, f"Article {place}", "Duties", text))
        modality = dice.choice(tuple(Modality))
        tags = tuple(Tag(name, 0.5, dice.random() < 0.15) for name in PRINCIPLES)
        notes.append(
            Annotation(eid, dice.choice(tuple(ProvisionType)), (Requirement(text, modality),), tags=tags)
        )
    document = Document(digest, f"law {number}", f"law-{number}.pdf", language="en")
    return Analysis(document, Segmentation(digest, tuple(provisions), Tradition.EU, "en"), tuple(notes))


def fill(workspace: Workspace, n_documents: int, n_provisions: int) -> float:
    """Fill the workspace and return the wall-clock seconds that keeping took."""
    dice, took = random.Random(1), 0.0
    create_project(workspace, OWNER, PROJECT)
    for number in range(n_documents):
        analysis = law(number, n_provisions, dice)
        start = time.perf_counter()
        add_version(workspace, OWNER, PROJECT, analysis)
        took += time.perf_counter() - start
    return took


def opened(url: str) -> tuple[float, float]:
    """Wall-clock and processor seconds of opening in a fresh process."""
    done = subprocess.run([sys.executable, "-c", OPEN, url], capture_output=True, text=True, check=True)
    wall, used = json.loads(done.stdout)["took"]
    return wall, used


def filtered(workspace: Workspace, wanted: ProvisionFilter) -> tuple[float, float]:
    """Wall-clock and processor seconds of one filter."""
    start, used = time.perf_counter(), time.process_time()
    find_provisions(workspace, OWNER, PROJECT, wanted)
    return time.perf_counter() - start, time.process_time() - used


def row(name: str, found: list[tuple[float, float]]) -> str:
    """A line of the table: least and median wall-clock seconds, least processor seconds."""
    wall, used = zip(*found, strict=True)
    return f"{name:<26}{min(wall):>9.3f}{statistics.median(wall):>9.3f}{min(used):>9.3f}"


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--provisions", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--url", help="an empty database; a temporary SQLite file by default")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or f"sqlite:///{Path(folder) / 'workspace.sqlite'}"
        with open_workspace(url) as workspace:
            took = fill(workspace, asked.documents, asked.provisions)
            total = find_provisions(workspace, OWNER, PROJECT).total
            print(f"{asked.documents} documents, {total} provisions, kept in {took:.1f} s")
            print(f"{'seconds':<26}{'least':>9}{'median':>9}{'cpu':>9}")
            print(row("open", [opened(url) for _ in range(asked.rounds)]))
            for name, wanted in FILTERS.items():
                print(row(name, [filtered(workspace, wanted) for _ in range(asked.rounds)]))


if __name__ == "__main__":
    main()
