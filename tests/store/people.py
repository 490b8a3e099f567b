"""Who asks, and a made document with reviews of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

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
    Review,
    ReviewTarget,
    Role,
    Segmentation,
    Subject,
    Tag,
    Tradition,
    Verdict,
    anchor_of,
)
from fragcheck.store.workspace import create_project, set_member

OWNER = Actor("olga", Role.OWNER)
ANN = Actor("ann", Role.REVIEWER)
BEN = Actor("ben", Role.REVIEWER)
READER = Actor("rita", Role.READER)

PRINCIPLES = ("privacy", "safety")


def staffed(workspace, name="AI laws"):
    """The name of an empty project with an owner, two reviewers and a reader."""
    made = create_project(workspace, OWNER, name).name
    for one in (ANN, BEN, READER):
        set_member(workspace, OWNER, made, one.name, one.role)
    return made


class Clock:
    """A second a call."""

    def __init__(self):
        self.now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    def __call__(self):
        self.now += dt.timedelta(seconds=1)
        return self.now


def law(name="law", n_provisions=3, *, title=None, words="The provider shall keep the logs"):
    """An analysed document without any file."""
    digest = hashlib.sha256(f"{name}{n_provisions}{words}".encode()).hexdigest()
    provisions = tuple(
        Provision(
            f"art_{place}", ProvisionKind.ARTICLE, f"Article {place}", "Logs", f"{words} for {place} months."
        )
        for place in range(1, n_provisions + 1)
    )
    notes = tuple(
        Annotation(
            each.eid,
            ProvisionType.OBLIGATION if place % 2 == 0 else ProvisionType.STATEMENT,
            (Requirement(each.text, Modality.OBLIGATION, end=len(each.text)),) if place % 2 == 0 else (),
            tags=tuple(
                Tag(one, 0.8 if (place + at) % 2 == 0 else 0.1, (place + at) % 2 == 0, source="model 1")
                for at, one in enumerate(PRINCIPLES)
            ),
        )
        for place, each in enumerate(provisions)
    )
    document = Document(digest, title or name, f"/somewhere/{name}.pdf", language="en")
    return Analysis(document, Segmentation(digest, provisions, Tradition.EU, "en"), notes)


def tag_of(analysis, eid="art_1", principle="privacy"):
    """The subject of a tag."""
    provision = analysis.provision(eid)
    return Subject(ReviewTarget.TAG, analysis.document.id, eid, principle, anchor_of(provision).text_sha256)


def said(subject, *, is_on, verdict=Verdict.CHANGE, reason="The text names no person."):
    """A review of a tag."""
    before = json.dumps({"is_on": not is_on})
    return Review(subject, verdict, before, json.dumps({"is_on": is_on}), reason, "model 1")
