"""The app: heatmap, pair, documents and method pages on top of the pipeline.

``python -m fragcheck.ui`` serves it; ``app.py`` is the script for ``streamlit run``.
Only this room imports streamlit. What the pages show is computed by
plain functions (`cells`, `pairing`, `wording`, `address`) that know no widgets.
"""
