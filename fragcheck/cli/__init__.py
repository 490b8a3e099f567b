"""The command line. Data goes to standard output, progress and warnings to standard error."""

from __future__ import annotations

from fragcheck.cli.entry import main

__all__ = ["main"]
