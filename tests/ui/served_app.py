"""The app on the engine made for tests: what the browser tests serve when they need no real PDFs."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ui_made import MadeEngine

from fragcheck.ui import session
from fragcheck.ui.shell import main

session.make_engine = MadeEngine
main()
