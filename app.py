"""The Streamlit script of fragcheck: ``streamlit run app.py``."""

from __future__ import annotations

from fragcheck.ui.shell import main

main()
