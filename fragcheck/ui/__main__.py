"""Serve the app: ``python -m fragcheck.ui [streamlit options]``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["main", "serve_command"]


def serve_command(options: tuple[str, ...] = ()) -> list[str]:
    """Command line that serves the app; `options` are handed to streamlit.

    Streamlit finds the settings in ``.streamlit/config.toml`` beside the script.
    """
    script = Path(__file__).with_name("script.py")
    return [sys.executable, "-m", "streamlit", "run", str(script), *options]


def main() -> int:
    """Serve until interrupted and return streamlit's exit code."""
    try:
        return subprocess.call(serve_command(tuple(sys.argv[1:])))  # noqa: S603 - no shell
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    raise SystemExit(main())
