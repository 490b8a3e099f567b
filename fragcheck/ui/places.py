"""Where the work of a project is kept, and the reviews that are in force there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fragcheck.records import Review
from fragcheck.store import ArtefactStore, CorrectionStore, home_folder
from fragcheck.ui.reviews import PROJECT, kept_reviews

__all__ = ["Place", "here", "project_folder"]


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a project. On a server for teams every project has one and shares nothing.

    What leaves a place that is shared by a team names no folder of the server.
    """

    root: Path
    project: str = PROJECT
    is_shared: bool = False

    @property
    def artefacts(self) -> ArtefactStore:
        """What was computed for the project."""
        return ArtefactStore(self.root / "artefacts")

    @property
    def corrections(self) -> CorrectionStore:
        """What was corrected by hand in the project."""
        return CorrectionStore(self.root / "corrections")

    def reviews(self) -> tuple[Review, ...]:
        """The reviews in force in the project."""
        return kept_reviews(self.project)


def here() -> Place:
    """The place of a machine without logins."""
    return Place(home_folder())


def project_folder(name: str, created_at: str) -> str:
    """Name of a project's folder: nothing of the project's own name can lead out of the folder above."""
    return f"projects/{hashlib.sha256(f'{name}|{created_at}'.encode()).hexdigest()[:32]}"
