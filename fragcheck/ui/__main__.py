"""Serve the app: ``python -m fragcheck.ui [streamlit options]``."""

from __future__ import annotations

import sys
from pathlib import Path

from fragcheck.ui import spare, warming

__all__ = ["main", "serve_arguments"]


def serve_arguments(options: tuple[str, ...] = ()) -> list[str]:
    """Arguments of streamlit that serve the app; `options` are handed to it.

    Streamlit finds the settings in ``.streamlit/config.toml`` beside the script, ``start/script.py``.
    """
    return ["run", str(Path(__file__).with_name("start") / "script.py"), *options]


def main() -> int:
    """Serve until interrupted and return streamlit's exit code.

    It is Streamlit's own command, in this process, so that the first view can be made ready in it.
    """
    spare.make_ready()
    from streamlit.web import cli

    warming.begin()
    sys.argv = ["streamlit", *serve_arguments(tuple(sys.argv[1:]))]
    try:
        cli.main(prog_name="streamlit")
    except KeyboardInterrupt:
        return 0
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
