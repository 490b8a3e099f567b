"""Foreign files are read in processes of their own: limited, without network, killed and reported alone."""

from __future__ import annotations

from fragcheck.isolation.guards import Limits
from fragcheck.isolation.parent import Apart, guards_in_force, run_apart
from fragcheck.isolation.reading import read_apart

__all__ = ["Apart", "Limits", "guards_in_force", "read_apart", "run_apart"]
