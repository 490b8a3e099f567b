"""The script that streamlit runs when the app is served from the installed package."""

from __future__ import annotations

from fragcheck.ui.shell import main

main()
