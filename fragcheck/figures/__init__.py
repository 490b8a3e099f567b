"""Figures of a set of documents, as Altair charts, and the numbers behind them.

Each takes plain data frames: `pairs` as the table ``pairs`` of a batch or `pairs_frame`, `documents` as the
table ``documents`` or `documents_frame`.
"""

from __future__ import annotations

from fragcheck.figures.charts import dendrogram, heatmap, map_of_documents
from fragcheck.figures.frames import documents_frame, pairs_frame
from fragcheck.figures.places import scaled_places
from fragcheck.figures.trend_charts import trend_by_jurisdiction, trend_by_year
from fragcheck.figures.trends import index_by_jurisdiction, index_by_year

__all__ = [
    "dendrogram",
    "documents_frame",
    "heatmap",
    "index_by_jurisdiction",
    "index_by_year",
    "map_of_documents",
    "pairs_frame",
    "scaled_places",
    "trend_by_jurisdiction",
    "trend_by_year",
]
