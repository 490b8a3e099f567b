"""A set of laws: tables of all that is in them, and figures of how they stand to each other.

    python docs/examples/set_of_laws.py FOLDER

Writes tables and figures of the sample corpus into FOLDER. The figures are Vega-Lite (JSON): in a notebook
the chart itself is shown, ``chart.save("name.html")`` makes a page of it.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import fragcheck
from fragcheck import figures
from fragcheck.batch import BatchOptions
from fragcheck.catalogue import sample_paths

# What is known of the five made-up laws of the sample corpus; a manifest of your own says it of yours.
ABOUT = (
    ("Meridian Union", 2024),
    ("Altamora", 2025),
    ("Kestrel Isles", 2023),
    ("Norvane", 2022),
    ("Valverana", 2025),
)


def write_manifest(path: Path) -> Path:
    """A table with one row per document."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "id", "jurisdiction", "year"])
        for document, (jurisdiction, year) in zip(sample_paths(), ABOUT, strict=True):
            rows.writerow([document, document.stem, jurisdiction, year])
    return path


def main(folder: Path) -> None:
    """Tables first, then figures."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = write_manifest(folder / "manifest.csv")
    tables = fragcheck.survey(manifest, folder / "tables", BatchOptions(full="all"))

    # Nothing is read before it is asked for, and only the columns and rows that are.
    print(len(tables.requirements), "requirements")
    duties = tables.requirements.frame("document_id", "actor_role", where={"modality": "obligation"})
    print(duties.groupby("document_id", observed=True)["actor_role"].value_counts().head(8).to_string())
    deadlines = tables.parameters.frame("document_id", "value", "unit", "trigger", where={"kind": "duration"})
    print(deadlines.head(5).to_string(index=False))

    documents, pairs = tables.documents.frame(), tables.pairs.frame()
    documents["title"] = documents["jurisdiction"]
    charts = {
        "heatmap": figures.heatmap(pairs, documents),
        "transparency": figures.heatmap(pairs, documents, "transparency"),
        "dendrogram": figures.dendrogram(pairs, documents),
        "map": figures.map_of_documents(pairs, documents),
        "by_year": figures.trend_by_year(pairs, documents),
        "by_jurisdiction": figures.trend_by_jurisdiction(pairs, documents),
    }
    for name, chart in charts.items():
        (folder / f"{name}.json").write_text(chart.to_json(), encoding="utf-8")
    print(figures.index_by_year(pairs, documents).round(3).to_string(index=False))
    print(tables.provenance["fragcheck"], "wrote these tables: name it with your results")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
