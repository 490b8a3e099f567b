"""``fragcheck app``: the Streamlit app on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from fragcheck.errors import OptionalDependencyMissing
from fragcheck.taxonomy import load_taxonomy

__all__ = ["serve"]


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on this machine.")] = 8501,
    headless: Annotated[bool, typer.Option("--headless", help="Do not open a browser.")] = False,
    taxonomy: Annotated[
        Path | None, typer.Option("--taxonomy", help="A taxonomy of your own in place of the principles.")
    ] = None,
) -> None:
    """Open the app on the sample corpus, at http://localhost:8501.

    Example: `fragcheck app --port 8600`
    """
    if find_spec("streamlit") is None:
        raise OptionalDependencyMissing(
            "the app needs streamlit, which is not installed; run `pip install streamlit`"
        )
    if taxonomy is not None:
        load_taxonomy(str(taxonomy))  # a fault is named here, and not by every page
        os.environ["FRAGCHECK_TAXONOMY"] = str(taxonomy.resolve())
    command = [
        sys.executable,
        "-P",  # a json.py in the folder that it is started from is none of ours
        "-m",
        "fragcheck.ui",
        f"--server.port={port}",
        "--server.address=localhost",
        f"--server.headless={str(headless).lower()}",
        "--browser.gatherUsageStats=false",
        "--server.showEmailPrompt=false",
    ]
    if os.name == "posix":
        # In the place of this process: a signal to stop then reaches the server and nothing is left running.
        os.execv(command[0], command)  # noqa: S606 - our own script, no shell
    raise typer.Exit(subprocess.call(command))  # noqa: S603 - our own script
